"""Seeds: dated public facts, prices and exchange rates in a folder of CSV files, for work without a network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from generator.errors import InputError, NoDataError, Problem, UnknownNameError
from generator.model.fact import Unit
from generator.model.series import Series
from generator.model.snapshot import Company, Snapshot
from generator.sources.companies import read_companies
from generator.sources.facts import read_facts
from generator.sources.histories import CREDITS, RATE_CREDITS, Credits, Dated, read_credits, read_rates
from generator.sources.listing import Index, Listing
from generator.sources.rows import Sheet, place
from generator.sources.splits import Splits, read_splits

BASE = "USD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Units of each currency per US dollar, all days of the files."""

    by_currency: dict[str, tuple[Dated, ...]]
    sheets: tuple[Sheet, ...]


class SeedSource:
    """Answers from the files of one folder; nothing published after the day asked for is seen."""

    def __init__(self, folder: Path, *, today: date | None = None) -> None:
        """`today` makes prices and publications of days that have not been yet a problem."""
        self._folder = folder
        self._today = today
        self._index_sheets: list[Sheet] = []

    @property
    def there(self) -> bool:
        """Whether the folder exists at all."""
        return self._folder.is_dir()

    @property
    def splits(self) -> Splits:
        """All splits the folder knows, by ticker."""
        return self._index.splits

    @property
    def companies(self) -> dict[str, Company]:
        """All companies the folder knows, by ticker."""
        return self._index.companies

    def collect(self, ticker: str, until: date) -> Snapshot:
        """Return what was public about a ticker on `until`.

        Raises:
            NoDataError: the folder does not know the ticker.
            InputError: its files have problems, all of them told.
        """
        index = self._index
        _raise(self._index_sheets)
        if ticker not in index.companies:
            where = f"{self._folder.name}/companies.csv"
            raise NoDataError(str(UnknownNameError(where, "ticker", ticker, tuple(index.companies))))
        listing = self._listing(index.companies[ticker], until)
        snapshot = Snapshot(
            ticker=ticker,
            until=until,
            company=listing.company,
            prices=listing.prices(),
            dividends=listing.dividends(),
            rates=self._rates_for(listing.company, until),
            facts=listing.facts(),
            notes=tuple(listing.notes),
        )
        _raise((*listing.sheets, *self._rates.sheets))
        return snapshot

    def problems(self) -> Iterator[Problem]:
        """Give everything wrong with any file of the folder."""
        if not self.there:
            yield Problem(str(self._folder), "there is no such folder", "it holds the companies, prices and facts")
            return
        sheets = [*self._rates.sheets, *self._strays()]
        for company in self._index.companies.values():
            listing = self._listing(company, date.max)
            listing.prices()
            listing.dividends()
            listing.facts()
            sheets += listing.sheets
        for sheet in (*self._index_sheets, *sheets):
            yield from sheet.problems

    def _strays(self) -> Iterator[Sheet]:
        """Give the files of tickers without a profile; facts about them are welcome, prices are not."""
        for kind in ("dividends", "facts", "prices"):
            for path in sorted(self._folder.glob(f"{kind}/*.csv")):
                if path.stem == "sources" or path.stem in self._index.companies:
                    continue
                sheet = Sheet(path, where=place(path, self._folder))
                if kind == "facts":
                    read_facts(sheet, today=self._today)
                else:
                    sheet.wrong(f"{path.stem} is not in companies.csv", "add its line there, or remove the file")
                yield sheet

    def _listing(self, company: Company, until: date) -> Listing:
        return Listing(folder=self._folder, index=self._index, company=company, until=until, today=self._today)

    @cached_property
    def _index(self) -> Index:
        if not self.there:
            raise NoDataError(f"{self._folder}: there is no such folder; it holds the companies, prices and facts")
        splits = self._folder / "splits.csv"
        return Index(
            companies=read_companies(self._index_sheet(self._folder / "companies.csv")),
            splits=read_splits(self._index_sheet(splits)) if splits.is_file() else {},
            prices=self._credits("prices", CREDITS),
            dividends=self._credits("dividends", CREDITS),
            rates=self._credits("fx", RATE_CREDITS),
        )

    def _credits(self, kind: str, columns: tuple[str, ...]) -> Credits:
        path = self._folder / kind / "sources.csv"
        return read_credits(self._index_sheet(path), columns) if path.is_file() else {}

    def _index_sheet(self, path: Path) -> Sheet:
        self._index_sheets.append(Sheet(path, where=place(path, self._folder)))
        return self._index_sheets[-1]

    def _rates_for(self, company: Company, until: date) -> dict[str, Series]:
        """Return the rates published by `until`; the files count units per US dollar, so other prices have none."""
        if company.price_currency != BASE:
            return {}
        return {
            currency: self._rate_series(company, currency, tuple(rate for rate in rates if rate.published_on <= until))
            for currency, rates in self._rates.by_currency.items()
        }

    def _rate_series(self, company: Company, currency: str, seen: tuple[Dated, ...]) -> Series:
        last = max((rate.published_on for rate in seen), default=date.min)
        return Series(
            entity=company.ticker,
            metric=f"rate_{currency}",
            label=f"{currency} per {BASE}",
            days=tuple(rate.day for rate in seen),
            values=tuple(float(rate.number) for rate in seen),
            unit=Unit.RATE,
            currency=currency,
            sources=tuple(credit.source(last) for credit in self._index.rates.get(currency, ())) if seen else (),
        )

    @cached_property
    def _rates(self) -> Rates:
        by_currency, sheets = {}, []
        for path in sorted(self._folder.glob("fx/*.csv")):
            if path.stem != "sources":
                sheet = Sheet(path, where=place(path, self._folder))
                sheets.append(sheet)
                by_currency[path.stem] = read_rates(sheet, today=self._today)
                if path.stem not in self._index.rates:
                    sheet.wrong("no source is named", f"add a line for {path.stem} to fx/sources.csv")
        return Rates(by_currency=by_currency, sheets=tuple(sheets))


def _raise(sheets: Iterable[Sheet]) -> None:
    problems = [problem for sheet in sheets for problem in sheet.problems]
    if problems:
        raise InputError(problems)
