"""KPI files: the figures a desk keeps itself, in reports/<ticker>/kpis.csv."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from generator.errors import Problem
from generator.model.snapshot import Snapshot
from generator.sources.facts import read_facts
from generator.sources.rows import TICKER, Sheet, place
from generator.sources.splits import Splits, adjusted


class KpiSource:
    """Answers with the facts of a company's KPI file, and with nothing where there is no file."""

    def __init__(
        self,
        folder: Path,
        *,
        files: Mapping[str, Path] | None = None,
        splits: Splits | None = None,
        today: date | None = None,
    ) -> None:
        """`folder` is reports/; `files` names the files of tickers that keep theirs elsewhere."""
        self._folder = folder
        self._files = files or {}
        self._splits = splits or {}
        self._today = today

    def collect(self, ticker: str, until: date) -> Snapshot:
        """Return the facts that were public on `until`.

        Raises:
            InputError: the file has problems, all of them told.
        """
        path = self._path(ticker)
        if path is None:
            return Snapshot(ticker=ticker, until=until)
        sheet = self._sheet(path)
        facts = read_facts(sheet, today=self._today)
        sheet.raise_problems()
        seen = (fact for fact in facts if fact.published_on <= until)
        return Snapshot(ticker=ticker, until=until, facts=tuple(adjusted(fact, self._splits, until) for fact in seen))

    def problems(self) -> Iterator[Problem]:
        """Give everything wrong with the KPI files of the folder, and with those named beside it."""
        for path in dict.fromkeys((*sorted(self._folder.glob("*/kpis.csv")), *self._files.values())):
            sheet = self._sheet(path)
            read_facts(sheet, today=self._today)
            yield from sheet.problems

    def _path(self, ticker: str) -> Path | None:
        if ticker in self._files:
            return self._files[ticker]
        path = self._folder / ticker.lower() / "kpis.csv"
        return path if TICKER.fullmatch(ticker) and path.is_file() else None

    def _sheet(self, path: Path) -> Sheet:
        return Sheet(path, where=place(path, self._folder))
