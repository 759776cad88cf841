"""Subject: the brief that is measured, from the shipped demo data, and its parts for the others to print."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from generator import pipeline
from generator.definitions import read_report
from generator.model.brief import Brief
from generator.model.document import Document
from generator.model.ledger import Ledger
from generator.model.report import Report
from generator.sources.kpis import KpiSource
from generator.sources.seeds import SeedSource

ROOT = Path(__file__).parents[2]
TEMPLATES = (ROOT / "templates",)
DAY = date(2025, 10, 2)
TICKERS = ("BABA", "GOOGL", "MSFT", "AMZN", "AAPL", "NVDA")


@dataclass(frozen=True)
class Subject:
    """One shipped report."""

    ticker: str = "BABA"

    @cached_property
    def report(self) -> Report:
        """The report file, read."""
        return read_report(ROOT / "reports" / f"{self.ticker.lower()}.toml")

    def sources(self) -> Sequence[pipeline.Collect]:
        """Return the demo's sources, new ones, as a run of the program has them."""
        seeds = SeedSource(ROOT / "seeds")
        return (seeds, KpiSource(ROOT / "reports", splits=seeds.splits))

    def made(self) -> Document:
        """Return the finished brief: the whole chain, from the sources to the PDF."""
        return pipeline.make(self.report, sources=self.sources(), until=DAY, templates=TEMPLATES)

    @cached_property
    def ledger(self) -> Ledger:
        """All facts of the brief."""
        return pipeline.measure_brief(self.report, pipeline.gather(self.report, sources=self.sources(), until=DAY))

    @cached_property
    def brief(self) -> Brief:
        """What the brief says."""
        return pipeline.compose_brief(self.report, self.ledger, templates=TEMPLATES)

    def stages(self) -> dict[str, float]:
        """Return the seconds of each stage of the chain, in its order."""
        marks: list[tuple[str, float]] = []
        pipeline.make(
            self.report,
            sources=self.sources(),
            until=DAY,
            templates=TEMPLATES,
            watch=lambda stage: marks.append((stage, time.perf_counter())),
        )
        ends = [when for _, when in marks[1:]] + [time.perf_counter()]
        return {stage: end - begin for (stage, begin), end in zip(marks, ends, strict=True)}
