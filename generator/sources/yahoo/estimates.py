"""Estimates: analysts' means for fiscal years and quarters, with their currency and how they stood before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator.model.period import Kind
from generator.sources.yahoo.answers import Json, Summary, day, number, part, text
from generator.sources.yahoo.money import Coin, coin

PERIODS: dict[str, Kind] = {"0q": "quarter", "+1q": "quarter", "0y": "fiscal_year", "+1y": "fiscal_year"}
TREND = {"7daysAgo": 7, "30daysAgo": 30, "60daysAgo": 60, "90daysAgo": 90}


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One period's estimates; `trend` gives EPS with how many days ago it stood so, today's first."""

    kind: Kind
    end: date
    eps: float
    currency: str
    analysts: float
    trend: tuple[tuple[int, float], ...]
    revenue: float | None = None
    revenue_currency: str = ""
    up: float | None = None
    down: float | None = None


def read_estimates(summary: Summary) -> tuple[Estimate, ...]:
    """Return the estimates with a period, a currency and an analyst behind them; Yahoo prints 0 where nobody is."""
    return tuple(_estimates(summary))


def _estimates(summary: Summary) -> Iterator[Estimate]:
    for row in summary.rows("earningsTrend", "trend"):
        earnings, revenue = part(row.get("earningsEstimate")), part(row.get("revenueEstimate"))
        kind, end = PERIODS.get(text(row.get("period"))), day(row.get("endDate"))
        eps, analysts = number(earnings.get("avg")), number(earnings.get("numberOfAnalysts"))
        unit = coin(text(earnings.get("earningsCurrency")))
        if kind is None or end is None or eps is None or not analysts or not unit.currency:
            continue
        revisions = part(row.get("epsRevisions"))
        counted = number(revenue.get("numberOfAnalysts")) and text(revenue.get("revenueCurrency"))
        yield Estimate(
            kind=kind,
            end=end,
            eps=unit.major(eps),
            currency=unit.currency,
            analysts=analysts,
            trend=((0, unit.major(eps)), *_trend(part(row.get("epsTrend")), unit)),
            revenue=number(revenue.get("avg")) if counted else None,
            revenue_currency=text(revenue.get("revenueCurrency")),
            up=number(revisions.get("upLast30days")),
            down=number(revisions.get("downLast30days")),
        )


def _trend(part: Json, unit: Coin) -> Iterator[tuple[int, float]]:
    if text(part.get("epsTrendCurrency")) not in ("", unit.quoted):
        return
    for field, days in TREND.items():
        value = number(part.get(field))
        if value:
            yield days, unit.major(value)


def year_ahead(years: Sequence[Estimate], seen: date) -> Estimate | None:
    """Return the fiscal year that covers most of the next twelve months: its end is nearest to a year from now."""
    goal = seen + timedelta(days=365)
    coming = [each for each in years if each.end > seen]
    return min(coming, key=lambda each: abs(each.end - goal), default=None)
