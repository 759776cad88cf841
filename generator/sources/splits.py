"""Splits: share counts and amounts per share brought to the basis of one day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from generator.language import day_in_words
from generator.model.fact import PER_SECURITY, Fact, Unit
from generator.sources.rows import TICKER, Sheet

COLUMNS = ("ticker", "date", "ratio", "publisher", "url")


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """On `day` each share became `ratio` shares."""

    day: date
    ratio: Decimal

    def __str__(self) -> str:
        return f"the {self.ratio.normalize():f}:1 split of {day_in_words(self.day)}"


Splits = Mapping[str, Sequence[Split]]


def read_splits(sheet: Sheet) -> dict[str, tuple[Split, ...]]:
    """Return the splits of each ticker, oldest first."""
    found: dict[str, list[Split]] = {}
    for row in sheet.rows(COLUMNS):
        if not TICKER.fullmatch(row["ticker"]):
            row.unfit("ticker", "a ticker")
        day, ratio = row.day("date"), row.positive("ratio", "a split ratio")
        if day is not None and ratio is not None:
            found.setdefault(row["ticker"], []).append(Split(day=day, ratio=ratio))
    return {ticker: tuple(sorted(splits, key=lambda split: split.day)) for ticker, splits in found.items()}


def basis(splits: Sequence[Split], until: date) -> Decimal:
    """Return what a price on today's basis is multiplied by to stand as it was quoted on `until`."""
    factor = Decimal(1)
    for split in splits:
        factor *= split.ratio if split.day > until else Decimal(1)
    return factor


def adjusted(fact: Fact, splits: Splits, until: date) -> Fact:
    """Return the fact on the share basis of `until`: shares times the ratio, amounts per share divided by it.

    Why: a count printed before a split and a price quoted after it must not meet.
    """
    if fact.unit not in (Unit.SHARES, *PER_SECURITY):
        return fact
    due = [split for split in splits.get(fact.entity, ()) if fact.published_on < split.day <= until]
    if not due:
        return fact
    ratio = Decimal(1)
    for split in due:
        ratio *= split.ratio
    words = f"adjusted for {' and '.join(map(str, due))}"
    note = "; ".join(part for part in (fact.note, words) if part)
    times = ratio if fact.unit is Unit.SHARES else 1 / ratio
    value = _times(fact.value, times) if isinstance(fact.value, float) else fact.value
    return replace(fact, value=value, low=_times(fact.low, times), high=_times(fact.high, times), note=note)


def _times(number: float | None, times: Decimal) -> float | None:
    return None if number is None else float(Decimal(repr(number)) * times)
