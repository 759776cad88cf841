"""Listing: one company's files in the seeds, as they were known on one day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from generator.language import day_in_words
from generator.model.fact import Fact, Unit
from generator.model.series import Series
from generator.model.snapshot import Company
from generator.sources.facts import read_facts
from generator.sources.histories import (
    HALTS,
    Credit,
    Credits,
    Dated,
    gaps,
    is_hole,
    read_dividends,
    read_prices,
)
from generator.sources.rows import Sheet, place
from generator.sources.splits import Splits, adjusted, basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """What the folder says about all tickers: profiles, splits, and who published the histories."""

    companies: dict[str, Company]
    splits: Splits
    prices: Credits
    dividends: Credits
    rates: Credits


@dataclass(slots=True, kw_only=True)
class Listing:
    """Reads the files of one company; collects their problems in `sheets` and what they lack in `notes`."""

    folder: Path
    index: Index
    company: Company
    until: date
    today: date | None = None
    sheets: list[Sheet] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def prices(self) -> Series | None:
        """Return the closes up to the day, or None where there is no file."""
        sheet = self._sheet("prices")
        if sheet is None:
            self.notes.append(f"{self.folder.name}/prices holds no prices of {self.company.ticker}")
            return None
        closes = read_prices(sheet, today=self.today)
        credited = self._credited(sheet, self.index.prices)
        halts = {halt for credit in credited for halt in credit.halts}
        for gap in () if sheet.problems else gaps(closes, mic=self.company.mic):
            if is_hole(gap, mic=self.company.mic) and gap not in halts:
                advice = f"add the missing days, or write {gap[0]}/{gap[1]} in the column {HALTS} of prices/sources.csv"
                sheet.wrong(f"no close between {gap[0]} and {gap[1]}", advice)
            elif gap[1] <= self.until:
                why = "trading was halted" if gap in halts else "the exchange was closed, or the file lacks days"
                words = f"{day_in_words(gap[0])} and {day_in_words(gap[1])}"
                self.notes.append(f"{self.company.ticker} has no close between {words}: {why}")
        return self._series("close", closes, credited)

    def dividends(self) -> Series | None:
        """Return the dividends up to the day (an empty series: none was paid), or None where there is no file."""
        sheet = self._sheet("dividends")
        if sheet is None:
            if self.company.instrument == "equity":
                self.notes.append(
                    f"dividends of {self.company.short_name} are not held, so that its total return is not known"
                )
            return None
        paid = read_dividends(sheet, currency=self.company.price_currency, today=self.today)
        return self._series("dividends", paid, self._credited(sheet, self.index.dividends))

    def facts(self) -> tuple[Fact, ...]:
        """Return the stated facts published up to the day, on the share basis of that day."""
        sheet = self._sheet("facts")
        facts = () if sheet is None else read_facts(sheet, today=self.today)
        seen = (fact for fact in facts if fact.published_on <= self.until)
        return tuple(adjusted(fact, self.index.splits, self.until) for fact in seen)

    def _sheet(self, kind: str) -> Sheet | None:
        path = self.folder / kind / f"{self.company.ticker}.csv"
        if not path.exists():
            return None
        self.sheets.append(Sheet(path, where=place(path, self.folder)))
        return self.sheets[-1]

    def _credited(self, sheet: Sheet, known: Credits) -> tuple[Credit, ...]:
        """Return who published a history; nobody, or one in another currency, is a problem."""
        found = known.get(self.company.ticker, ())
        if not found:
            sheet.wrong("no source is named", f"add a line for {self.company.ticker} to sources.csv beside it")
        for credit in found:
            if credit.currency != self.company.price_currency:
                what = f"sources.csv says {credit.currency}, companies.csv {self.company.price_currency}"
                sheet.wrong(what, "mend one of the two")
        return found

    def _series(self, metric: str, history: tuple[Dated, ...], credited: Sequence[Credit]) -> Series:
        """Return the part of a history up to the day, on the share basis of that day: later splits are undone."""
        seen = tuple(each for each in history if each.day <= self.until)
        factor = basis(self.index.splits.get(self.company.ticker, ()), self.until)
        return Series(
            entity=self.company.ticker,
            metric=metric,
            label=metric,
            days=tuple(each.day for each in seen),
            values=tuple(float(each.number * factor) for each in seen),
            unit=Unit.PER_ADS if self.company.ads_ratio else Unit.PER_SHARE,
            currency=self.company.price_currency,
            sources=tuple(credit.source(seen[-1].day) for credit in credited) if seen else (),
        )
