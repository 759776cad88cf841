"""Answers: what Yahoo's bodies say, each looked at for its canary before anything in it is believed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from generator.sources.outcome import GarbledError, NotThereError

Json = Mapping[str, Any]
EMPTY: Json = {}
LAST_MOMENT = 1e11


def number(value: object) -> float | None:
    """Return a finite number, also out of {"raw": 1.5, "fmt": "1.50"}; everything else is None."""
    if isinstance(value, Mapping):
        value = value.get("raw")
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def text(value: object) -> str:
    """Return a text without odd spaces, or nothing."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def moment(value: object) -> datetime | None:
    """Return a count of seconds as a moment of UTC."""
    seconds = number(value)
    return None if seconds is None or abs(seconds) > LAST_MOMENT else datetime.fromtimestamp(seconds, tz=UTC)


def day(value: object, zone: tzinfo = UTC) -> date | None:
    """Return a count of seconds, or a written date, as a day of a zone."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            return None
    at = moment(value)
    return None if at is None else at.astimezone(zone).date()


def zone_of(name: object, offset: object) -> tzinfo:
    """Return an exchange's time zone by its name, or else by its distance from UTC in seconds."""
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError):
        return timezone(timedelta(seconds=number(offset) or 0.0))


def part(value: object) -> Json:
    """Return a table of an answer; anything else in its place is empty."""
    return value if isinstance(value, Mapping) else EMPTY


def listed(value: object) -> list[Any]:
    """Return a list of an answer; anything else in its place is empty."""
    return value if isinstance(value, list) else []


def result_of(body: Json, part: str) -> list[Any]:
    """Return the list of results of an answer.

    Raises:
        GarbledError: there is none.
    """
    found = body.get(part)
    results = found.get("result") if isinstance(found, dict) else None
    if not isinstance(results, list):
        raise GarbledError(f"answered without {part}")
    return results


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The modules of one quoteSummary answer, kept apart: the same field means different things in two of them."""

    modules: Mapping[str, Json]

    def __getitem__(self, module: str) -> Json:
        """Return a module; one that Yahoo does not have is empty."""
        return part(self.modules.get(module))

    def rows(self, module: str, field: str) -> tuple[Json, ...]:
        """Return the rows of a list inside a module."""
        return tuple(row for row in listed(self[module].get(field)) if isinstance(row, dict))


def read_summary(body: Json, symbol: str) -> Summary:
    """Return the modules.

    Raises:
        GarbledError: a canary is missing: what there is is not empty, and speaks of the symbol asked for.
    """
    results = result_of(body, "quoteSummary")
    if not results or not isinstance(results[0], dict) or not results[0]:
        raise GarbledError("answered with an empty summary")
    summary = Summary(modules=results[0])
    kind = summary["quoteType"]
    _same(symbol, kind.get("symbol"), kind.get("underlyingSymbol"), summary["price"].get("symbol"))
    return summary


def _same(symbol: str, *named: object) -> None:
    """Look whether an answer speaks of the symbol asked for, by any of the names it goes by.

    Raises:
        GarbledError: it names another.
    """
    said = [found for each in named if (found := text(each))]
    if said and symbol not in said:
        raise GarbledError(f"answered about {said[0]} instead")


def read_quote(body: Json, symbol: str) -> Json:
    """Return the quote of the one symbol that was asked for.

    Raises:
        NotThereError: an empty list, which is how Yahoo says that it does not know the symbol.
        GarbledError: the canary is missing: every instrument that Yahoo knows has a `quoteType`.
    """
    results = result_of(body, "quoteResponse")
    if not results:
        raise NotThereError("no quote")
    if not isinstance(results[0], dict) or not text(results[0].get("quoteType")):
        raise GarbledError("answered without quoteType")
    _same(symbol, results[0].get("symbol"))
    return results[0]


def read_chart(body: Json, symbol: str) -> Json:
    """Return the chart.

    Raises:
        GarbledError: a canary is missing: the symbol, its currency, as many closes as days, events in tables.
    """
    results = result_of(body, "chart")
    chart = results[0] if results else None
    meta = chart.get("meta") if isinstance(chart, dict) else None
    if not isinstance(chart, dict) or not isinstance(meta, dict) or not text(meta.get("currency")):
        raise GarbledError("answered with a chart without currency")
    _same(symbol, meta.get("symbol"))
    if len(listed(chart.get("timestamp"))) != len(closes_of(chart)):
        raise GarbledError("answered with a chart that has not one close a day")
    events = chart.get("events") or {}
    kinds = list(events.values()) if isinstance(events, dict) else [None]
    if not all(isinstance(kind, dict) and all(isinstance(row, dict) for row in kind.values()) for kind in kinds):
        raise GarbledError("answered with a chart whose dividends and splits cannot be read")
    return chart


def events_of(chart: Json, kind: str) -> tuple[Json, ...]:
    """Return the dividends or the splits of a chart."""
    return tuple(part(part(chart.get("events")).get(kind)).values())


def closes_of(chart: Json) -> list[Any]:
    """Return the closes of a chart, adjusted for splits and not for dividends."""
    quotes = listed(part(chart.get("indicators")).get("quote"))
    return listed(part(quotes[0]).get("close")) if quotes else []


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One figure of a statement: Yahoo's key without its frequency, the last day of its period, its currency code."""

    key: str
    end: date
    length: str
    value: float
    code: str


def read_points(body: Json, symbol: str) -> tuple[Point, ...]:
    """Return the figures of all statements asked for; empty where Yahoo names the statements and has no figure.

    Raises:
        GarbledError: the canary is missing: each kind of figure comes back with its name, with or without figures.
    """
    results = result_of(body, "timeseries")
    if not results:
        raise GarbledError("answered with an empty list of statements")
    points: list[Point] = []
    for row in results:
        meta = row.get("meta") if isinstance(row, dict) else None
        types = meta.get("type") if isinstance(meta, dict) else None
        if not isinstance(meta, dict) or not isinstance(types, list) or not types or not isinstance(types[0], str):
            raise GarbledError("answered with statements without their names")
        _same(symbol, *listed(meta.get("symbol")))
        figures = row.get(types[0]) or []
        if not isinstance(figures, list) or not all(isinstance(each, dict | None) for each in figures):
            raise GarbledError("answered with statements that cannot be read")
        points.extend(_points(types[0], figures))
    return tuple(points)


def _points(kind: str, rows: list[Any]) -> list[Point]:
    key = kind.removeprefix("annual").removeprefix("quarterly")
    points = []
    for row in rows:
        end, value = (day(row.get("asOfDate")), number(row.get("reportedValue"))) if row else (None, None)
        if end is not None and value is not None:
            length, code = text(row.get("periodType")), text(row.get("currencyCode"))
            points.append(Point(key=key, end=end, length=length, value=value, code=code))
    return points
