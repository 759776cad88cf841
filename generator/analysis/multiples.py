"""Multiples: price against earnings, sales, book and cash flow, with currency and ADS arithmetic explicit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from generator.analysis import cash_flow, consensus, growth, valuation
from generator.analysis.known import Known, Measure, Metric, year_back
from generator.model.fact import Fact, Unit, fact_id
from generator.model.period import Period

CONVERTED = ("revenue", "net_income_attributable", "capital_expenditure", "operating_cash_flow", "free_cash_flow")
RATINGS = ("ratings_strong_buy", "ratings_buy", "ratings_hold", "ratings_sell", "ratings_strong_sell")
FRESH = timedelta(days=100)
"""Opinions older than a quarter of a year belong to another price."""

SHARE_COUNTS = ("shares_outstanding", "diluted_shares")


def exchange_rate(known: Known, metric: Metric) -> Iterator[Fact]:
    """Units of the statement currency per one unit of the price currency, on the last day published."""
    yield from _rate_of(known, metric, known.ledger.until)


def exchange_rate_at_base(known: Known, metric: Metric) -> Iterator[Fact]:
    """The same on the day the year's price change starts from."""
    base = known.latest("base_price", name="ytd")
    if base.known:
        yield from _rate_of(known, metric, base.period.end)


def _rate_of(known: Known, metric: Metric, until: date) -> Iterator[Fact]:
    company = known.company
    line = known.line(f"rate_{company.statement_currency}")
    count = bisect_right(line.days, until) if line is not None else 0
    if company.statement_currency == company.price_currency or line is None or not count:
        return
    period = Period.instant(line.days[count - 1])
    yield Fact(
        id=fact_id(known.entity, metric.key, period),
        entity=known.entity,
        metric=metric.key,
        label=metric.label,
        name=f"{company.statement_currency} per {company.price_currency}",
        value=line.values[count - 1],
        unit=Unit.RATE,
        period=period,
        as_of=period.end,
        published_on=period.end,
        sources=line.sources,
    )


def rate(known: Known) -> tuple[Fact, ...]:
    """Return the exchange rate as an input of a formula; nothing where price and statements share a currency."""
    company = known.company
    same = company.statement_currency == company.price_currency
    return () if same else (known.latest("exchange_rate"),)


def in_price_currency(fact: Fact, known: Known) -> bool:
    """Tell whether a figure already stands in the currency of the price."""
    return fact.currency == known.company.price_currency


def securities(known: Known, metric: Metric) -> Iterator[Fact]:
    """How many shares or ADSs there are: the newest count of the company, ordinary shares divided by the ADS ratio."""
    counts = [known.latest(key) for key in SHARE_COUNTS]
    count = next((fact for fact in counts if fact.known), counts[0])
    vendor = known.latest("vendor_shares")
    count = vendor if not count.known and vendor.known else count
    ratio = known.company.ads_ratio
    if not ratio or count.name == "ADS" or count.metric == "vendor_shares":
        row, formula = replace(metric, formula="count as published", shown="{0}"), (lambda value: value)
    else:
        row = replace(metric, shown=f"{{0}} ÷ {ratio:g}")
        formula = lambda ordinary: valuation.ads_equivalent(ordinary, ads_ratio=ratio)  # noqa: E731
    note = f"{count.label}, {count.period.label}" if count.known else ""
    yield known.compute(row, formula, (count,), period=count.period, note=note)


def market_value(known: Known, metric: Metric) -> Iterator[Fact]:
    """Price times the number of securities."""
    inputs = (known.latest("price"), known.latest("securities"))
    yield known.compute(metric, valuation.market_value, inputs, currency=known.company.price_currency)


def per_security(key: str) -> Measure:
    """Return the measure of price over a figure per share or ADS (P/E)."""

    def measure(known: Known, metric: Metric) -> Iterator[Fact]:
        earnings = known.latest(key, kind="ttm") if key != "forward_eps" else known.latest(key)
        rates = () if in_price_currency(earnings, known) else rate(known)
        row = _shown(metric, "{0} × {2} ÷ {1}" if rates else "{0} ÷ {1}")
        inputs = (known.latest("price"), earnings, *rates)
        yield known.compute(row, lambda p, e, r=1.0: valuation.price_to_earnings(p, e, rate=r), inputs)

    return measure


def of_market_value(key: str, formula: Callable[..., float | None], *, flow: bool = True) -> Measure:
    """Return the measure of market value over a company figure, twelve months' if it is a flow."""

    def measure(known: Known, metric: Metric) -> Iterator[Fact]:
        figure = known.latest(key, kind="ttm") if flow else known.latest(key)
        rates = () if in_price_currency(figure, known) else rate(known)
        row = _shown(metric, "{0} × {2} ÷ {1}" if rates else "{0} ÷ {1}")
        inputs = (known.latest("market_value"), figure, *rates)
        yield known.compute(row, lambda v, f, r=1.0: formula(v, f, rate=r), inputs)

    return measure


def _shown(metric: Metric, shown: str) -> Metric:
    return replace(metric, shown=shown)


def enterprise_value(known: Known, metric: Metric) -> Iterator[Fact]:
    """Market value at the dated rate plus debt less cash and investments of one balance sheet, in its currency."""
    cash = known.latest("cash_and_investments")
    nets = known.current("net_cash")
    if nets:
        cash = known.at("cash_and_investments", nets[-1].period)
    debt = known.at("total_debt", cash.period)
    rates = () if in_price_currency(cash, known) else rate(known)
    row = _shown(metric, "{0} × {3} + {1} \u2212 {2}" if rates else "{0} + {1} \u2212 {2}")
    inputs = (known.latest("market_value"), debt, cash, *rates)
    yield known.compute(row, _enterprise, inputs, currency=known.company.statement_currency)


def _enterprise(value: float, debt: float, cash: float, rate: float = 1.0) -> float | None:
    return valuation.enterprise_value(value, debt=debt, cash=cash, rate=rate)


def of_enterprise_value(key: str, formula: Callable[..., float | None]) -> Measure:
    """Return the measure of enterprise value over a twelve-month figure, both in the statement currency."""

    def measure(known: Known, metric: Metric) -> Iterator[Fact]:
        inputs = (known.latest("enterprise_value"), known.latest(key, kind="ttm"))
        yield known.compute(_shown(metric, "{0} ÷ {1}"), formula, inputs)

    return measure


def cash_flow_yield(known: Known, metric: Metric) -> Iterator[Fact]:
    """Twelve months' free cash flow over the market value."""
    flow, value = known.latest("free_cash_flow", kind="ttm"), known.latest("market_value")
    rates = () if in_price_currency(flow, known) else rate(known)
    row = _shown(metric, "{0} ÷ ({1} × {2})" if rates else "{0} ÷ {1}")
    yield known.compute(row, lambda f, v, r=1.0: valuation.free_cash_flow_yield(f, v, rate=r), (flow, value, *rates))


def converted(known: Known, metric: Metric) -> Iterator[Fact]:
    """Twelve-month figures in the currency of the price, at the dated rate; named by the figure they translate."""
    for key in CONVERTED:
        fact = known.latest(key, kind="ttm")
        if not fact.known:
            continue
        rates = () if in_price_currency(fact, known) else rate(known)
        row = _shown(metric, "{0} ÷ {1}" if rates else "{0}")
        details = {"period": fact.period, "currency": known.company.price_currency, "name": key, "label": fact.label}
        yield known.compute(row, lambda v, r=1.0: valuation.convert_back(v, rate=r), (fact, *rates), **details)


def dividend_yield(known: Known, metric: Metric) -> Iterator[Fact]:
    """Dividends with an ex-date in the last twelve months over the price."""
    line, now = known.line("dividends"), known.latest("price")
    if line is None or not now.known:
        return
    year = line.since(year_back(now.period.end) + timedelta(days=1))
    cash = sum(year.values)
    yield known.compute(metric, lambda p: valuation.dividend_yield(cash, p), (now,))


def peg(known: Known, metric: Metric) -> Iterator[Fact]:
    """P/E over twelve-month earnings growth in percent."""
    inputs = (known.latest("pe_ttm"), known.latest("eps_growth", kind="ttm"))
    yield known.compute(metric, valuation.peg, inputs)


def implied_growth(known: Known, metric: Metric) -> Iterator[Fact]:
    """The earnings growth that the forward multiple takes for granted."""
    inputs = (known.latest("pe_ttm"), known.latest("pe_forward"))
    yield known.compute(metric, valuation.implied_earnings_growth, inputs)


TARGETS = ("target_mean", "target_low", "target_high", "target_median", "house_target", "consensus_target_mean")


def upside(known: Known, metric: Metric) -> Iterator[Fact]:
    """Each target against the price, with its sign; only fresh targets in the currency of the price."""
    now = known.latest("price")
    for key in TARGETS:
        for target in known.current(key):
            if target.currency == now.currency and is_fresh(target, known):
                name = target.name or key
                yield known.compute(metric, consensus.upside, (target, now), name=name, note=key)


def is_fresh(fact: Fact, known: Known) -> bool:
    """Tell whether an opinion is recent enough to be set against today's price."""
    return known.ledger.until - fact.published_on <= FRESH


def _ratings(known: Known) -> tuple[Fact, ...]:
    """Return the five counts of ratings, or nothing if there are none or they are stale."""
    counts = tuple(known.latest(key) for key in RATINGS)
    return counts if counts[0].known and is_fresh(counts[0], known) else ()


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
        years = round(plan.period.years or 1)
        row = _shown(metric, f"{{0}} ÷ {years}" if years > 1 else "{0}")
        details = {"period": plan.period, "currency": plan.currency, "name": plan.name, "qualifier": plan.qualifier}
        yield known.compute(row, lambda v, y=years: growth.per_year(v, years=y), (plan,), **details)


def plan_converted(known: Known, metric: Metric) -> Iterator[Fact]:
    """A plan in the currency of the price: as its announcement translated it, else at the dated rate."""
    for plan in known.current("capex_plan"):
        stated = known.latest("capex_plan_translated", name=plan.name)
        if stated.known and stated.published_on >= plan.published_on:
            row, inputs = replace(metric, formula="as translated when it was announced", shown="{0}"), [stated]
        elif in_price_currency(plan, known):
            row, inputs = replace(metric, formula="as announced", shown="{0}"), [plan]
        else:
            row, inputs = _shown(metric, "{0} ÷ {1}"), [plan, *rate(known)]
        yield known.compute(row, _back, inputs, **_of_plan(plan, known))


def plan_per_year_converted(known: Known, metric: Metric) -> Iterator[Fact]:
    """A plan in the currency of the price divided by its years."""
    for plan in known.current("plan_converted"):
        years = round(plan.period.years or 1)
        row = _shown(metric, f"{{0}} ÷ {years}" if years > 1 else "{0}")
        yield known.compute(row, lambda v, y=years: growth.per_year(v, years=y), (plan,), **_of_plan(plan, known))


def _back(amount: float, rate: float = 1.0) -> float | None:
    return valuation.convert_back(amount, rate=rate)


def _of_plan(plan: Fact, known: Known) -> dict[str, Any]:
    currency = known.company.price_currency
    return {"period": plan.period, "currency": currency, "name": plan.name, "qualifier": plan.qualifier}


def plan_share(key: str) -> Measure:
    """Return the measure of a plan's yearly part as a share of twelve months' revenue or cash flow."""

    def measure(known: Known, metric: Metric) -> Iterator[Fact]:
        for plan in known.current("plan_per_year"):
            whole = known.latest(key, kind="ttm")
            if whole.known and whole.currency == plan.currency:
                yield known.compute(
                    metric, cash_flow.capex_intensity, (plan, whole), period=plan.period, name=plan.name
                )

    return measure
