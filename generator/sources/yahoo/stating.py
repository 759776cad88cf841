"""Stating: how a figure of Yahoo becomes a fact, with its page, its day and its label."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from generator.analysis.catalogue import METRICS
from generator.model.fact import Fact, Source, Unit, Value, fact_id
from generator.model.period import Kind, Period

PUBLISHER = "Yahoo Finance"
LICENCE = "Yahoo terms of use apply; not for redistribution"
PAGES = {
    "history": "daily history",
    "key-statistics": "statistics",
    "financials": "financial statements",
    "analysis": "analysts' estimates",
    "news": "news",
}


def page(ticker: str, part: str, day: date) -> Source:
    """Return Yahoo's page for a part of what it knows, as the source of figures read on a day."""
    url = f"https://finance.yahoo.com/quote/{ticker}/{part}/"
    return Source(publisher=PUBLISHER, title=PAGES[part], url=url, published_on=day, licence=LICENCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stating:
    """States facts about one ticker. `seen` is the day on which Yahoo's answer was read."""

    ticker: str
    seen: date

    def fact(self, metric: str, value: Value | None, part: str, **details: Any) -> Fact:  # noqa: ANN401
        """Return a fact; its period is the day it was seen, its label and unit those of the catalogue, if not given."""
        row = METRICS.get(metric)
        period: Period = details.pop("period", Period.instant(self.seen))
        published: date = details.pop("published_on", self.seen)
        name = details.get("name", "")
        fields: dict[str, Any] = {
            "id": f"yahoo-{fact_id(self.ticker, metric, period, name)}-{published:%y%m%d}",
            "entity": self.ticker,
            "metric": metric,
            "label": row.label if row else metric.replace("_", " "),
            "value": value,
            "unit": row.unit if row else Unit.NUMBER,
            "period": period,
            "as_of": min(period.end, published),
            "published_on": published,
            "sources": (page(self.ticker, part, published),),
        }
        fact = Fact(**(fields | details))
        return replace(fact, unit=Unit.QUOTED) if fact.unit is Unit.PER_SHARE else fact


def span(kind: Kind, end: date, *, months: int) -> Period:
    """Return the period of so many months that ends on a day: the quarter to 31 December starts on 1 October."""
    return Period(kind=kind, start=months_back(end + timedelta(days=1), months), end=end)


def months_back(when: date, months: int) -> date:
    """Return the same day so many months before, or the last day of that month where it has no such day."""
    count = when.year * 12 + when.month - 1 - months
    year, month = divmod(count, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(when.day, (following - timedelta(days=1)).day))


def month_end(when: date) -> date:
    """Return the month's end within a week of a day, else the day: Yahoo dates statements by the end of the month.

    A quarter of thirteen weeks to 28 December stands under 31 December, one to 2 June under 31 May.
    """
    nominal = when - timedelta(days=7)
    end = months_back(date(nominal.year, nominal.month, 1), -1) - timedelta(days=1)
    return end if abs(end - when) <= timedelta(days=7) else when
