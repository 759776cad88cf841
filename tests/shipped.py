"""The shipped briefs, built at most once in a test process."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from generator import pipeline
from generator.definitions import read_report
from generator.model.document import Document
from generator.model.ledger import Ledger
from generator.sources.kpis import KpiSource
from generator.sources.seeds import SeedSource

ROOT = Path(__file__).parents[1]
DAY = date(2025, 10, 2)
TICKERS = ("BABA", "GOOGL", "MSFT", "AMZN", "AAPL", "NVDA")


@dataclass(frozen=True, kw_only=True)
class Built:
    """A finished brief with the ledger behind it and the text of its pages as a reader's program sees it."""

    document: Document
    ledger: Ledger
    path: Path
    pages: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words of all pages, with plain spaces."""
        return " ".join(" ".join(self.pages).split())


@lru_cache(maxsize=32)
def ledger_of(ticker: str, until: date = DAY) -> Ledger:
    """Return the ledger of one shipped report on a day."""
    report = read_report(ROOT / "reports" / f"{ticker.lower()}.toml")
    seeds = SeedSource(ROOT / "seeds")
    sources = (seeds, KpiSource(ROOT / "reports", splits=seeds.splits))
    return pipeline.measure_brief(report, pipeline.gather(report, sources=sources, until=until))


@lru_cache(maxsize=32)
def build(ticker: str, until: date = DAY) -> Document:
    """Return the document of one shipped report on a day."""
    report = read_report(ROOT / "reports" / f"{ticker.lower()}.toml")
    seeds = SeedSource(ROOT / "seeds")
    sources = (seeds, KpiSource(ROOT / "reports", splits=seeds.splits))
    return pipeline.make(report, sources=sources, until=until, templates=(ROOT / "templates",))


def pages_of(path: Path, count: int) -> tuple[str, ...]:
    """Return the text of each page in reading order."""
    texts = []
    for page in range(1, count + 1):
        command = ["pdftotext", "-f", str(page), "-l", str(page), str(path), "-"]
        done = subprocess.run(command, capture_output=True, check=True)
        texts.append(done.stdout.decode().replace("\u00a0", " "))
    return tuple(texts)


def built(ticker: str, folder: Path, until: date = DAY) -> Built:
    """Return a shipped brief as a file, built at most once in a test process."""
    document = build(ticker, until)
    path = folder / f"{ticker}-{until}.pdf"
    if not path.exists():
        path.write_bytes(document.pdf)
    return Built(document=document, ledger=ledger_of(ticker, until), path=path, pages=pages_of(path, document.pages))
