"""KPI files: the figures a desk keeps itself, in reports/<ticker>/kpis.csv or kpis.toml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from generator.errors import Problem
from generator.model.fact import Fact
from generator.model.snapshot import Snapshot
from generator.sources.facts import read_facts
from generator.sources.rows import TICKER, Sheet, place
from generator.sources.splits import Splits, adjusted
from generator.sources.tables import TableSheet

NAMES = ("kpis.toml", "kpis.csv")


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
        facts = self._facts(sheet)
        sheet.raise_problems()
        seen = (fact for fact in facts if fact.published_on <= until)
        return Snapshot(ticker=ticker, until=until, facts=tuple(adjusted(fact, self._splits, until) for fact in seen))

    def problems(self) -> Iterator[Problem]:
        """Give everything wrong with the KPI files of the folder, and with those named beside it."""
        usual = (path for name in NAMES for path in sorted(self._folder.glob(f"*/{name}")))
        for path in dict.fromkeys((*usual, *self._files.values())):
            sheet = self._sheet(path)
            self._facts(sheet)
            yield from sheet.problems

    def _facts(self, sheet: Sheet) -> tuple[Fact, ...]:
        twin = sheet.path.with_suffix(".csv")
        if sheet.path.suffix == ".toml" and sheet.path.name in NAMES and twin.is_file():
            sheet.wrong(f"{twin.name} stands beside it", "keep one of the two")
        return read_facts(sheet, today=self._today)

    def _path(self, ticker: str) -> Path | None:
        if ticker in self._files:
            return self._files[ticker]
        if not TICKER.fullmatch(ticker):
            return None
        paths = (self._folder / ticker.lower() / name for name in NAMES)
        return next((path for path in paths if path.is_file()), None)

    def _sheet(self, path: Path) -> Sheet:
        kind = TableSheet if path.suffix.lower() == ".toml" else Sheet
        return kind(path, where=place(path, self._folder))
