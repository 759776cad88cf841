"""Publications: each figure once for every value it was filed with, and the best name where a filing gives several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator.model.period import Kind, Period
from generator.sources.edgar.answers import Filed
from generator.sources.edgar.concepts import LARGEST

LENGTHS: tuple[tuple[Kind, int, int], ...] = (
    ("quarter", 77, 120),
    ("half", 160, 200),
    ("nine_months", 240, 300),
    ("fiscal_year", 340, 380),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A metric's value for a period, as one filing gives it; `again` tells a restatement from the first time."""

    metric: str
    period: Period
    filed: Filed
    again: bool


def period_of(filed: Filed) -> Period | None:
    """Return the period by its own days, whatever year and quarter the filing was for; None for an odd length."""
    if filed.start is None:
        return Period.instant(filed.end)
    days = (filed.end - filed.start).days + 1
    for kind, shortest, longest in LENGTHS:
        if shortest <= days <= longest:
            return Period(kind=kind, start=filed.start, end=filed.end)
    return None


def publications(metric: str, names: Sequence[str], filed: Iterable[Filed], *, since: date) -> Iterator[Publication]:
    """Give every value a metric was filed with, period by period, in the order of filing.

    A filing that repeats a known value says nothing new. One under another name is no restatement, unless it is a flow
    under a better one.
    """
    rank = {name: place for place, name in enumerate(names)}
    periods: dict[Period, dict[tuple[date, str], list[Filed]]] = {}
    for each in filed:
        period = period_of(each) if each.concept in rank and each.end >= since else None
        if period is not None:
            periods.setdefault(period, {}).setdefault((each.on, each.filing), []).append(each)
    for period, filings in sorted(periods.items(), key=lambda item: (item[0].end, item[0].kind, str(item[0].start))):
        last: Filed | None = None
        for _, rows in sorted(filings.items()):
            best = _best(metric, rows, rank, names)
            if last is not None and (best.value == last.value or _is_another(best, last, rank)):
                continue
            yield Publication(metric=metric, period=period, filed=best, again=last is not None)
            last = best


def _is_another(filed: Filed, before: Filed, rank: dict[str, int]) -> bool:
    """Tell whether a value under another name is another figure: a balance is, a flow under a lesser name is."""
    if filed.concept == before.concept:
        return False
    return filed.start is None or rank[filed.concept] > rank[before.concept]


def _best(metric: str, rows: Sequence[Filed], rank: dict[str, int], names: Sequence[str]) -> Filed:
    """Return the row under the best name; of some metrics the larger of the first two."""
    if metric in LARGEST:
        totals = [row for row in rows if row.concept in names[:2]]
        if totals:
            return max(totals, key=lambda row: (row.value, -rank[row.concept]))
    return min(rows, key=lambda row: rank[row.concept])
