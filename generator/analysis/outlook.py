"""Outlook: targets and ratings against the price of today, plans made comparable by year and currency."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from generator.analysis import consensus, growth, valuation
from generator.analysis.known import Known, Measure, Metric
from generator.analysis.multiples import per_ads, rate, trailing
from generator.analysis.statements import share
from generator.model.fact import Fact

RATINGS = ("ratings_strong_buy", "ratings_buy", "ratings_hold", "ratings_sell", "ratings_strong_sell")
FRESH = timedelta(days=100)
"""Opinions older than a quarter of a year belong to another price."""

DECEMBER = 12
TARGETS = ("target_mean", "target_low", "target_high", "target_median", "house_target", "consensus_target_mean")


def upside(known: Known, metric: Metric) -> Iterator[Fact]:
    """Each target against the price, with its sign; only fresh targets in the currency and security of the price."""
    now = known.latest("price")
    for key in TARGETS:
        for target in known.current(key):
            if target.currency == now.currency and per_ads(target, known) == 1 and is_fresh(target, known):
                name = target.name or key
                yield known.compute(metric, consensus.upside, (target, now), name=name, note=key)


def is_fresh(fact: Fact, known: Known) -> bool:
    """Tell whether an opinion is recent enough to be set against today's price."""
    return known.ledger.until - fact.published_on <= FRESH


def _ratings(known: Known) -> tuple[Fact, ...]:
    """Return the five counts of ratings that one publisher made on one day; nothing if there are none or are stale."""
    first = known.latest(RATINGS[0])
    if not first.known or not is_fresh(first, known):
        return ()
    others = (known.ledger.at(known.entity, key, first.period, name=first.name) for key in RATINGS[1:])
    return (first, *others)


def buy_share(known: Known, metric: Metric) -> Iterator[Fact]:
    """Strong buy and buy as a share of all ratings."""
    if counts := _ratings(known):
        yield known.compute(metric, _positive_share, counts, as_of=counts[0].as_of)


def _positive_share(strong_buy: float, buy: float, hold: float, sell: float, strong_sell: float) -> float | None:
    counted = consensus.buy_share(
        int(strong_buy), int(buy), hold=int(hold), sell=int(sell), strong_sell=int(strong_sell)
    )
    return None if counted is None else counted.share


def ratings_total(known: Known, metric: Metric) -> Iterator[Fact]:
    """The number of analysts behind the ratings."""
    if counts := _ratings(known):
        yield known.compute(metric, lambda *n: float(sum(n)), counts, as_of=counts[0].as_of)


def ratings_positive(known: Known, metric: Metric) -> Iterator[Fact]:
    """The number of buy and strong buy ratings."""
    if counts := _ratings(known):
        yield known.compute(metric, lambda a, b: a + b, counts[:2], as_of=counts[0].as_of)


def plan_per_year(known: Known, metric: Metric) -> Iterator[Fact]:
    """A plan's total divided by its years, so that plans of unlike length can be compared."""
    for plan in known.current("capex_plan"):
        years = plan_years(plan)
        row = _with(metric, f"{{0}} ÷ {years:g}" if years != 1 else "{0}")
        details = {"period": plan.period, "currency": plan.currency, "name": plan.name, "qualifier": plan.qualifier}
        yield known.compute(row, lambda v, y=years: growth.per_year(v, years=y), (plan,), **details)


def plan_years(plan: Fact) -> float:
    """Return the years a plan runs: whole ones where its days say so, else to the tenth; 1 where it names no start."""
    years = plan.period.years or 1.0
    return float(round(years)) if abs(years - round(years)) < 0.1 else max(round(years, 1), 0.1)


def plan_converted(known: Known, metric: Metric) -> Iterator[Fact]:
    """A plan in the currency of the price: as its announcement translated it, else at the dated rate."""
    for plan in known.current("capex_plan"):
        stated, home = known.latest("capex_plan_translated", name=plan.name), known.company.price_currency
        if stated.known and stated.currency == home and stated.published_on >= plan.published_on:
            row, inputs = replace(metric, formula="as translated when it was announced", shown="{0}"), [stated]
        elif plan.currency == home:
            row, inputs = replace(metric, formula="as announced", shown="{0}"), [plan]
        elif rates := rate(known, plan):
            row, inputs = _with(metric, "{0} ÷ {1}"), [plan, *rates]
        else:
            continue
        yield known.compute(row, _back, inputs, **_of_plan(plan, known))


def plan_per_year_converted(known: Known, metric: Metric) -> Iterator[Fact]:
    """A plan in the currency of the price divided by its years."""
    for plan in known.current("plan_converted"):
        years = plan_years(plan)
        row = _with(metric, f"{{0}} ÷ {years:g}" if years != 1 else "{0}")
        yield known.compute(row, lambda v, y=years: growth.per_year(v, years=y), (plan,), **_of_plan(plan, known))


def _with(metric: Metric, shown: str) -> Metric:
    return replace(metric, shown=shown)


def _back(amount: float, rate: float = 1.0) -> float | None:
    return valuation.convert_back(amount, rate=rate)


def _of_plan(plan: Fact, known: Known) -> dict[str, Any]:
    currency = known.company.price_currency
    return {"period": plan.period, "currency": currency, "name": plan.name, "qualifier": plan.qualifier}


def plan_share(key: str) -> Measure:
    """Return the measure of a plan's yearly part as a share of twelve months' revenue or cash flow."""

    def measure(known: Known, metric: Metric) -> Iterator[Fact]:
        for plan in known.current("plan_per_year"):
            whole = trailing(known, key)
            if whole.known and whole.currency == plan.currency:
                yield share(known, metric, (plan, whole), period=plan.period, name=plan.name)

    return measure


def next_year_end(known: Known, metric: Metric) -> Iterator[Fact]:
    """The day on which the running fiscal year ends; nothing where years end on a weekday, as those of 52 weeks do."""
    years = known.current("revenue", kind="fiscal_year", name="")
    if not years or (years[-1].period.end + timedelta(days=1)).day != 1:
        return
    day = years[-1].period.end
    while day <= known.ledger.until:
        day = (day + timedelta(days=1)).replace(year=day.year + (2 if day.month == DECEMBER else 1)) - timedelta(days=1)
    made = known.compute(metric, lambda _: 0.0, years[-1:])
    yield replace(made, value=day)
