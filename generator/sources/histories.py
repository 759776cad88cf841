"""Histories: daily closes, dividends and exchange rates as files in seeds/, with who published them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from generator.model.fact import Source
from generator.sources.rows import DAY, Row, Sheet, ascending, once, refuse_future

PRICES = ("date", "open", "high", "low", "close", "volume")
DIVIDENDS = ("ex_date", "amount", "currency")
RATES = ("date", "rate", "published_on")
CREDITS = ("ticker", "currency", "adjustment", "publisher", "title", "url", "licence")
RATE_CREDITS = ("currency", "unit", "publisher", "title", "url", "licence")
HALTS = "halts"
# Weekdays without trade that no holiday explains. The New York exchanges never closed longer than the four days of
# September 2001; elsewhere the lunar new year and the golden weeks take up to seven.
NEW_YORK = ("XNYS", "XNAS", "ARCX", "XASE", "BATS")
LONGEST_BREAK = 7
LONGEST_NEW_YORK = 4
USUAL_NEW_YORK = 2

Halt = tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Who published a history, in which currency, and the halts it declares."""

    currency: str
    publisher: str
    title: str
    url: str
    licence: str
    halts: tuple[Halt, ...] = ()

    def source(self, day: date) -> Source:
        """Return the credit as the source of figures up to a day."""
        return Source(publisher=self.publisher, title=self.title, url=self.url, published_on=day, licence=self.licence)


Credits = Mapping[str, tuple[Credit, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A number, the day it speaks of and the day it was published."""

    day: date
    number: Decimal
    published_on: date


def read_credits(sheet: Sheet, columns: tuple[str, ...]) -> Credits:
    """Return who published each history, by the first column of the file."""
    known: dict[str, tuple[Credit, ...]] = {}
    for row in sheet.rows(columns, optional=(HALTS,)):
        row.currency("currency")
        credit = Credit(
            currency=row["currency"],
            publisher=row["publisher"],
            title=row["title"],
            url=row["url"],
            licence=row["licence"],
            halts=tuple(_halts(row)),
        )
        known[row[columns[0]]] = (*known.get(row[columns[0]], ()), credit)
    return known


def _halts(row: Row) -> list[Halt]:
    halts = []
    for words in row[HALTS].split():
        first, _, last = words.partition("/")
        if DAY.fullmatch(first) and DAY.fullmatch(last) and first < last:
            halts.append((date.fromisoformat(first), date.fromisoformat(last)))
        else:
            row.unfit(HALTS, "a list of halts", "write last close before/first after, as 2024-03-01/2024-04-02")
    return halts


@once
def read_prices(sheet: Sheet, *, today: date | None = None) -> tuple[Dated, ...]:
    """Return the closes of a file, oldest first."""
    closes = []
    for day, row in ascending(sheet.rows(PRICES), "date"):
        refuse_future(row, "date", today=today)
        close = row.positive("close", "a price")
        if close is not None:
            closes.append(Dated(day=day, number=close, published_on=day))
    return tuple(closes)


@once
def read_dividends(sheet: Sheet, *, currency: str, today: date | None = None) -> tuple[Dated, ...]:
    """Return the dividends of a file by ex-date, all in one currency."""
    paid = []
    for day, row in ascending(sheet.rows(DIVIDENDS), "ex_date"):
        refuse_future(row, "ex_date", today=today)
        amount = row.positive("amount", "a dividend")
        if row.currency("currency") not in (None, currency):
            row.wrong(f'currency "{row["currency"]}" is not that of the price', f"convert the dividend to {currency}")
        if amount is not None:
            paid.append(Dated(day=day, number=amount, published_on=day))
    return tuple(paid)


@once
def read_rates(sheet: Sheet, *, today: date | None = None) -> tuple[Dated, ...]:
    """Return exchange rates by day, each with the day it was published."""
    rates = []
    for day, row in ascending(sheet.rows(RATES), "date"):
        refuse_future(row, "published_on", today=today)
        rate, published = row.positive("rate", "an exchange rate"), row.day("published_on")
        if published is not None and published < day:
            row.wrong(f"published_on {published} is before the day of the rate", "mend one of the two dates")
        elif rate is not None and published is not None:
            rates.append(Dated(day=day, number=rate, published_on=published))
    return tuple(rates)


def gaps(closes: tuple[Dated, ...], *, mic: str) -> list[Halt]:
    """Return the stretches without a close that are longer than usual: last close before, first close after."""
    usual = USUAL_NEW_YORK if mic in NEW_YORK else LONGEST_BREAK
    pairs = ((first.day, last.day) for first, last in pairwise(closes))
    return [pair for pair in pairs if (pair[1] - pair[0]).days - 1 > usual and weekdays_between(*pair) > usual]


def is_hole(gap: Halt, *, mic: str) -> bool:
    """Tell whether a stretch is longer than any closing of its exchange."""
    return weekdays_between(*gap) > (LONGEST_NEW_YORK if mic in NEW_YORK else LONGEST_BREAK)


def weekdays_between(first: date, last: date) -> int:
    """Return the number of Mondays to Fridays strictly between two days."""
    days = (last - first).days - 1
    weeks, rest = divmod(max(days, 0), 7)
    return weeks * 5 + sum((first + timedelta(days=1 + i)).weekday() < 5 for i in range(rest))
