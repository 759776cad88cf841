"""Stated facts: the rows of seeds/facts/*.csv and reports/*/kpis.csv, one row one fact."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import cast

from generator.analysis.catalogue import METRICS
from generator.model.fact import AHEAD, Fact, Source, Unit, Value
from generator.model.period import KINDS, Kind, Period
from generator.sources.rows import TICKER, Row, Sheet, once, refuse_future
from generator.sources.units import NEEDS_CURRENCY, UNITS, Written, fits, unit_of

COLUMNS = (
    "id", "entity", "metric", "name", "value", "low", "high", "unit", "currency", "period", "start", "end",
    "published_on", "publisher", "title", "url", "locator", "confirmed", "note",
)  # fmt: skip
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
METRIC = re.compile(r"[a-z][a-z0-9_]{0,59}")
URL = re.compile(r"https?://[^\s\"'<>]+")
QUALIFIER = re.compile(r"(at least|at most|about|more than|less than|up to|nearly|over)(?:\s*;\s*(.*))?")
LENGTHS: dict[str, tuple[int, int]] = {
    "quarter": (77, 120),
    "half": (170, 200),
    "nine_months": (255, 300),
    "fiscal_year": (340, 380),
    "ttm": (355, 380),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """The value of a row, or its range."""

    value: Value | None = None
    low: float | None = None
    high: float | None = None


@once
def read_facts(sheet: Sheet, *, today: date | None = None) -> tuple[Fact, ...]:
    """Return the facts of a file as it states them; rows with a problem are left out and remembered in the sheet."""
    lines: dict[str, int] = {}
    facts = []
    for row in sheet.rows(COLUMNS):
        if row["id"] in lines:
            row.wrong(f'id "{row["id"]}" stands twice', f"it is also in line {lines[row['id']]}")
        lines[row["id"]] = row.line
        refuse_future(row, "published_on", today=today)
        fact = _fact(row)
        if fact is not None:
            facts.append(fact)
    return tuple(facts)


def _fact(row: Row) -> Fact | None:
    _check_names(row)
    _check_source(row)
    written, period, published = _unit(row), _period(row), row.day("published_on")
    amount = None if written is None else _amount(row, written)
    if written is None or period is None or published is None or amount is None:
        return None
    _check_order(row, period, published, written)
    qualifier, note = _qualifier(row["note"])
    counted = f"stated in {row['unit']}" if written.counted else ""
    metric = METRICS.get(row["metric"])
    return Fact(
        id=row["id"],
        entity=row["entity"],
        metric=row["metric"],
        label=metric.label if metric else row["metric"].replace("_", " "),
        name=row["name"] or written.security,
        value=amount.value,
        low=amount.low,
        high=amount.high,
        unit=written.unit,
        currency=row["currency"] or None,
        period=period,
        as_of=min(period.end, published),
        published_on=published,
        qualifier=qualifier,
        sources=(Source(publisher=row["publisher"], title=row["title"], url=row["url"], published_on=published),),
        note="; ".join(part for part in (note, counted) if part),
        confirmed=row["confirmed"] == "yes",
    )


def _check_names(row: Row) -> None:
    if not ID.fullmatch(row["id"]):
        row.unfit("id", "an identifier", "use letters, digits, points and hyphens")
    if not TICKER.fullmatch(row["entity"]):
        row.unfit("entity", "a ticker", "use capital letters and digits, such as BABA or SECTOR")
    if not METRIC.fullmatch(row["metric"]):
        row.unfit("metric", "a metric", "use small letters and underscores, such as segment_growth")
    elif row["metric"] not in METRICS:
        near = _nearest(row["metric"])
        if near:
            row.wrong(f'metric "{row["metric"]}" is not in the catalogue', f"did you mean {near!r}?")


@lru_cache(maxsize=1024)
def _nearest(metric: str) -> str:
    """Return the metric of the catalogue that a name is a slip of the pen away from, or nothing."""
    return next(iter(get_close_matches(metric, METRICS, n=1, cutoff=0.92)), "")


def _check_source(row: Row) -> None:
    for column in ("publisher", "title"):
        if not row[column]:
            row.wrong(f"{column} is empty", "a figure without a source cannot be printed")
    if row["url"] and not URL.fullmatch(row["url"]):
        row.unfit("url", "a web address", "begin it with https://, or leave it empty")
    if row["confirmed"] == "no":
        row.wrong("confirmed is no", "it must not be printed; confirm it, mark it claim, or take the line out")
    elif row["confirmed"] not in ("yes", "claim"):
        row.unfit("confirmed", "an answer", "use yes or claim")


def _unit(row: Row) -> Written | None:
    written = unit_of(row["unit"])
    if written is None:
        near = get_close_matches(row["unit"], UNITS, n=1)
        row.unfit("unit", "a unit", f"did you mean {near[0]!r}?" if near else f"use one of {', '.join(UNITS)}")
        return None
    if written.unit in NEEDS_CURRENCY:
        row.currency("currency")
    elif row["currency"]:
        row.wrong(f'currency "{row["currency"]}" stands beside the unit "{row["unit"]}"', "leave it empty")
    metric = METRICS.get(row["metric"])
    if metric is not None and not fits(written.unit, metric.unit):
        row.wrong(f'unit "{row["unit"]}" does not fit {row["metric"]}', f"it is stated in {_units_for(metric.unit)}")
    return written


def _units_for(unit: Unit) -> str:
    return " or ".join(words for words, written in UNITS.items() if fits(written.unit, unit)) or unit.value


def _period(row: Row) -> Period | None:
    kind = row["period"]
    if kind not in KINDS:
        near = get_close_matches(kind, KINDS, n=1)
        row.unfit("period", "a period", f"did you mean {near[0]!r}?" if near else f"use one of {', '.join(KINDS)}")
        return None
    end = row.day("end")
    if kind == "instant":
        if row["start"]:
            row.wrong("start stands beside the period instant", "leave it empty, a day has no start")
        return None if end is None else Period.instant(end)
    start = row.day("start")
    if start is None or end is None:
        return None
    if end < start:
        row.wrong(f"the period ends on {end}, before it starts on {start}", "mend start or end")
        return None
    shortest, longest = LENGTHS.get(kind, (1, 100_000))
    days = (end - start).days + 1
    if not shortest <= days <= longest:
        row.wrong(f"the period {kind} from {start} to {end} has {days} days", f"it has {shortest} to {longest}")
    return Period(kind=cast("Kind", kind), start=start, end=end)


def _amount(row: Row, written: Written) -> Amount | None:
    ranged = bool(row["low"] or row["high"])
    if ranged == bool(row["value"]):
        row.wrong("give either a value, or low and high" if ranged else "value is empty", "or take the line out")
        return None
    if written.unit is Unit.TEXT:
        return Amount(value=row["value"]) if row["value"] else None
    if written.unit is Unit.DATE:
        day = row.day("value")
        return None if day is None else Amount(value=day)
    if not ranged:
        number = row.number("value")
        if number is not None and number <= 0 and written.unit is Unit.SHARES:
            row.unfit("value", "a number of shares", "it must be above zero")
        return None if number is None else Amount(value=written.value(number))
    low, high = row.number("low"), row.number("high")
    if low is None or high is None:
        return None
    if low >= high:
        row.wrong(f"low {low} is not below high {high}", "swap them, or write one value")
    return Amount(low=written.value(low), high=written.value(high))


def _check_order(row: Row, period: Period, published: date, written: Written) -> None:
    ahead = period.kind == "plan" or written.unit in (Unit.TEXT, Unit.DATE) or AHEAD.search(row["metric"])
    if published < period.end and not ahead:
        what = f"published on {published}, before the period's end on {period.end}"
        row.wrong(what, "mend the dates, or use the period plan")


def _qualifier(note: str) -> tuple[str, str]:
    """Return the words before a figure ("at least") and the rest of a note."""
    found = QUALIFIER.fullmatch(note)
    return (found[1], found[2] or "") if found else ("", note)
