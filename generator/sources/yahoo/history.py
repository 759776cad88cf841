"""History: closes, dividends and splits of a chart, by the exchange's own days, in the major currency."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from itertools import pairwise
from math import prod

from generator.language import day_in_words
from generator.sources.histories import LONGEST_BREAK, weekdays_between
from generator.sources.yahoo.answers import Json, closes_of, day, events_of, listed, moment, number, text, zone_of
from generator.sources.yahoo.money import Coin, coin, single

LARGEST_DIVIDEND = 0.5
"""A dividend of more than half the price is an error of units far more often than a payment."""

LARGEST_DIFFERENCE = 0.005
"""Half a percent: more between the close of a day and the last price of that day is worth a note."""

HOLE = timedelta(days=45)
"""Closes before a longer stretch without any are not compared with those since."""

COVERED = timedelta(days=300)
"""Dividends of a shorter history do not make up a year's."""

SLIP = (80.0, 125.0)
"""A close that is about a hundred times its neighbours is one in the other unit (pence for pounds)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """The last price: in the major currency, when, on which day of the exchange, and whether trading went on."""

    price: float
    at: datetime
    day: date
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Closes adjusted for splits only and dividends by ex-date, up to a day and on the share basis of that day.

    `basis` is what a price on today's basis was multiplied by for that. `listed` is the first day of trade. `paid` says
    that `dividends` are all there were in a year.
    """

    coin: Coin
    zone: tzinfo
    days: tuple[date, ...]
    closes: tuple[float, ...]
    dividends: tuple[tuple[date, float], ...] = ()
    notes: tuple[str, ...] = ()
    basis: float = 1.0
    listed: date | None = None
    paid: bool = False


def read_history(chart: Json, until: date) -> History:
    """Return the history up to a day; a day without a close is left out, and a note says so where it is the last."""
    meta: Json = chart["meta"]
    unit = coin(text(meta.get("currency")))
    zone = zone_of(meta.get("exchangeTimezoneName"), meta.get("gmtoffset"))
    basis = prod(ratio for when, ratio in _splits(chart, zone) if when > until)
    closes, notes = _closes(chart, zone, until)
    kept, slips = _without_slips([(each, unit.major(closes[each]) * basis) for each in sorted(closes)])
    paid, odd = _dividends(chart, (unit, zone), closes, until)
    return History(
        coin=unit,
        zone=zone,
        days=tuple(each for each, _ in kept),
        closes=tuple(value for _, value in kept),
        dividends=tuple((each, amount * basis) for each, amount in paid),
        notes=(*notes, *slips, *odd),
        basis=basis,
        listed=day(meta.get("firstTradeDate"), zone),
        paid=True,
    )


def _closes(chart: Json, zone: tzinfo, until: date) -> tuple[dict[date, float], list[str]]:
    """Return the closes by day, as quoted; a last bar without a close takes the last price of its own day."""
    closes: dict[date, float] = {}
    seen: date | None = None
    for stamp, close in zip(listed(chart.get("timestamp")), closes_of(chart), strict=True):
        when, value = day(stamp, zone), number(close)
        if when is None or when > until:
            continue
        seen = when
        if value is not None and value > 0:
            closes[when] = single(value)
    if seen is None or seen in closes:
        return closes, []
    meta: Json = chart["meta"]
    price, traded = number(meta.get("regularMarketPrice")), day(meta.get("regularMarketTime"), zone)
    if price and traded == seen:
        closes[seen] = price
        return closes, [f"the daily bar of {day_in_words(seen)} has no close; the last price of that day stands for it"]
    held = f"; the last close is of {day_in_words(max(closes))}" if closes else ""
    return closes, [f"the daily bar of {day_in_words(seen)} has no close{held}"]


def _without_slips(points: list[tuple[date, float]]) -> tuple[list[tuple[date, float]], list[str]]:
    """Leave out single closes that are a hundred times off both neighbours, and all before a jump that stays."""
    kept, notes = [], []
    for i, (when, value) in enumerate(points):
        near = [points[j][1] for j in (i - 1, i + 1) if 0 <= j < len(points)]
        if len(points) > 2 and all(slipped(value, other) for other in near):
            notes.append(f"the close of {day_in_words(when)} is a hundred times off its neighbours and is left out")
        else:
            kept.append((when, value))
    jumps = [i for i, (one, two) in enumerate(pairwise(kept), start=1) if slipped(one[1], two[1])]
    if jumps:
        start = day_in_words(kept[jumps[-1]][0])
        notes.append(f"closes before {start} are a hundred times off those since, and are left out")
        kept = kept[jumps[-1] :]
    return kept, notes


def slipped(value: float, other: float) -> bool:
    """Tell whether two prices of one security are about a hundredfold apart, as pence and pounds are."""
    low, high = SLIP
    return low <= value / other <= high or low <= other / value <= high


def _splits(chart: Json, zone: tzinfo) -> list[tuple[date, float]]:
    found = []
    for row in events_of(chart, "splits"):
        when, new, old = day(row.get("date"), zone), number(row.get("numerator")), number(row.get("denominator"))
        if when is not None and new and old:
            found.append((when, new / old))
    return sorted(found)


def _dividends(
    chart: Json, place: tuple[Coin, tzinfo], closes: dict[date, float], until: date
) -> tuple[list[tuple[date, float]], list[str]]:
    """Return the dividends up to a day in the major currency, each in its own unit where Yahoo names one."""
    unit, zone = place
    paid, notes = [], []
    for row in events_of(chart, "dividends"):
        when, amount = day(row.get("date"), zone), number(row.get("amount"))
        if when is None or when > until or not amount or amount <= 0:
            continue
        own = coin(text(row.get("currency")) or unit.quoted)
        price = _near(closes, when)
        if own.currency != unit.currency or (price and own.major(amount) > LARGEST_DIVIDEND * unit.major(price)):
            notes.append(f"the dividend of {amount:g} {own.quoted} of {day_in_words(when)} is left out: it cannot be")
        else:
            paid.append((when, own.major(amount)))
    return sorted(paid), notes


def _near(closes: dict[date, float], when: date) -> float | None:
    """Return the close of a day, or of the session before it."""
    days = sorted(closes)
    place = bisect_left(days, when)
    near = days[place] if place < len(days) and days[place] == when else days[place - 1] if place else None
    return None if near is None else closes[near]


def topped_up(history: History, last: Last, until: date) -> History:
    """Return the history with the last price where its day has no close; the notes say so, and where the two differ."""
    if last.day > until:
        return history
    when = day_in_words(last.day)
    if history.days and slipped(history.closes[-1], last.price):
        note = "the daily closes are a hundred times off the last price, and are left out"
        history = replace(history, days=(), closes=(), dividends=(), paid=False, notes=(*history.notes, note))
    if history.days and last.day <= history.days[-1]:
        close = history.closes[-1]
        differ = last.day == history.days[-1] and not last.open and abs(close / last.price - 1) > LARGEST_DIFFERENCE
        said = f"the daily bar of {when} closes at {close:.2f}, the quote at {last.price:.2f}"
        return replace(history, notes=(*history.notes, said)) if differ else history
    note = f"there is no daily close of {when}; the last price of that day stands for it"
    return replace(
        history, days=(*history.days, last.day), closes=(*history.closes, last.price), notes=(*history.notes, note)
    )


def unbroken(history: History, until: date) -> History:
    """Return the history since its last hole; the notes tell holes and longer breaks, and dividends need a year."""
    notes, first = list(history.notes), 0
    for i, (before, after) in enumerate(pairwise(history.days), start=1):
        if weekdays_between(before, after) > LONGEST_BREAK:
            hole = after - before > HOLE
            first = i if hole else first
            left_out = "; closes before are left out" if hole else ""
            notes.append(f"there is no close between {day_in_words(before)} and {day_in_words(after)}{left_out}")
    days = history.days[first:]
    start = days[0] if days else until
    whole = start <= until - COVERED or (history.listed is not None and start <= history.listed + HOLE)
    return replace(
        history,
        days=days,
        closes=history.closes[first:],
        dividends=tuple(each for each in history.dividends if each[0] >= start),
        notes=tuple(notes),
        paid=history.paid and whole,
    )


def last_price(quote: Json, unit: Coin, zone: tzinfo) -> Last | None:
    """Return the last price of a quote, or None where there is none."""
    price, at = number(quote.get("regularMarketPrice")), moment(quote.get("regularMarketTime"))
    if price is None or price <= 0 or at is None:
        return None
    return Last(
        price=unit.major(price), at=at, day=at.astimezone(zone).date(), open=quote.get("marketState") == "REGULAR"
    )
