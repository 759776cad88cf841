"""Invented companies, periods, facts and prices, from which tests make small ledgers by hand."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from generator.analysis.catalogue import METRICS
from generator.analysis.measure import measure
from generator.model.fact import Fact, Source, Unit
from generator.model.ledger import Ledger
from generator.model.period import Kind, Period
from generator.model.series import Series
from generator.model.snapshot import Company, Snapshot

DAY = date(2025, 10, 2)
MONTHS: dict[Kind, int] = {"quarter": 3, "half": 6, "nine_months": 9, "fiscal_year": 12, "ttm": 12}


def company(ticker: str = "HOM", **changes: Any) -> Company:  # noqa: ANN401 -- any field of a company
    """Return a company whose share and statements are in dollars, unless told otherwise."""
    fields: dict[str, Any] = {
        "ticker": ticker,
        "name": f"{ticker} Incorporated",
        "short_name": ticker.title(),
        "exchange": "NYSE",
        "mic": "XNYS",
        "price_currency": "USD",
        "statement_currency": "USD",
    }
    return Company(**(fields | changes))


ADS = company("ADR", short_name="Abroad", statement_currency="CNY", ads_ratio=8.0)
HOME = company()


def months(kind: Kind, year: int, month: int) -> Period:
    """Return the calendar period of a kind that ends with a month: `months("quarter", 2025, 6)`."""
    end = date(year, month, monthrange(year, month)[1])
    first = year * 12 + month - MONTHS[kind]
    return Period(kind=kind, start=date(first // 12, first % 12 + 1, 1), end=end)


def q(year: int, month: int) -> Period:
    """Return the quarter that ends with a month."""
    return months("quarter", year, month)


def source(publisher: str = "Wire", day: date = DAY) -> Source:
    """Return an invented source."""
    return Source(publisher=publisher, title="Results", url="https://example.org/results", published_on=day)


def fact(
    metric: str, value: float | str | date | None, period: Period | date, **changes: Any  # noqa: ANN401
) -> Fact:  # fmt: skip
    """Return a stated fact of HOM in dollars, published forty days after its period, unless told otherwise."""
    when = Period.instant(period) if isinstance(period, date) else period
    published = changes.get("published_on", when.end if when.kind in {"instant", "plan"} else when.end + timedelta(40))
    fields: dict[str, Any] = {
        "entity": "HOM",
        "metric": metric,
        "label": METRICS[metric].label if metric in METRICS else metric.replace("_", " "),
        "value": value,
        "unit": Unit.MONEY,
        "currency": "USD",
        "period": when,
        "as_of": when.end,
        "published_on": published,
        "sources": (source(day=published),),
    } | changes
    parts = (fields["entity"], metric, fields.get("name", ""), when.code, published)
    return Fact(**({"id": "-".join(str(part) for part in parts)} | fields))


def plain(value: float | str | date | None, unit: Unit, **changes: Any) -> Fact:  # noqa: ANN401
    """Return a figure of which only value and unit matter."""
    fields: dict[str, Any] = {"unit": unit, "currency": "USD" if unit in {Unit.MONEY, Unit.PER_SHARE} else None}
    return fact("figure", value, DAY, **(fields | changes))


def ledger(facts: Iterable[Fact] = (), *, of: Company = HOME, others: Sequence[Company] = (), **more: Any) -> Ledger:  # noqa: ANN401
    """Return a ledger that holds exactly these facts."""
    companies = {each.ticker: each for each in (of, *others)}
    return Ledger(subject=of.ticker, until=more.pop("until", DAY), companies=companies, **more).plus(facts)


def sessions(start: date, end: date) -> list[date]:
    """Return the weekdays from one day to another."""
    days = (start + timedelta(days=i) for i in range((end - start).days + 1))
    return [day for day in days if day.weekday() < 5]


def closes(by_day: Mapping[date, float], *, entity: str = "HOM", unit: Unit = Unit.PER_SHARE) -> Series:
    """Return a history of closes in dollars."""
    days = tuple(sorted(by_day))
    return Series(
        entity=entity,
        metric="close",
        label="close",
        days=days,
        values=tuple(by_day[day] for day in days),
        unit=unit,
        currency="USD",
        sources=(source("Exchange"),),
    )


def steady(start: date, end: date, price: float) -> dict[date, float]:
    """Return one price for every weekday of a stretch."""
    return dict.fromkeys(sessions(start, end), price)


def rates(by_day: Mapping[date, float], currency: str = "CNY") -> dict[str, Series]:
    """Return the units of a currency per dollar by day, as a snapshot holds them."""
    days = tuple(sorted(by_day))
    line = Series(
        entity="FX",
        metric=f"rate_{currency}",
        label=f"{currency} per USD",
        days=days,
        values=tuple(by_day[day] for day in days),
        unit=Unit.RATE,
        currency=currency,
        sources=(source("Central bank"),),
    )
    return {currency: line}


def measured(
    facts: Iterable[Fact] = (),
    prices: Mapping[date, float] | None = None,
    *,
    of: Company = HOME,
    others: Sequence[Snapshot] = (),
    **more: Any,  # noqa: ANN401 -- what else a snapshot holds
) -> Ledger:
    """Return the ledger that the whole catalogue makes of a company's facts and prices (MKT is the benchmark)."""
    unit = Unit.PER_ADS if of.ads_ratio else Unit.PER_SHARE
    subject = Snapshot(
        ticker=of.ticker,
        until=more.pop("until", DAY),
        company=of,
        prices=closes(prices, entity=of.ticker, unit=unit) if prices else None,
        facts=tuple(facts),
        **more,
    )
    peers = [each.ticker for each in others if each.ticker != "MKT"]
    return measure((subject, *others), benchmark="MKT", peers=peers)
