"""Multiples: price against earnings, sales, book and cash flow, with currency and ADS arithmetic explicit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from generator.analysis import valuation
from generator.analysis.known import Known, Measure, Metric, year_back
from generator.language import phrase
from generator.model.fact import Fact, Unit
from generator.model.period import month_in_words

CONVERTED = ("revenue", "net_income_attributable", "capital_expenditure", "operating_cash_flow", "free_cash_flow")
CURRENT = timedelta(days=500)
"""Twelve months that ended longer ago are not trailing: a yearly filer's year and four months to publish the next."""

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
    pair = f"{company.statement_currency} per {company.price_currency}"
    yield known.rate(metric, pair, line.values[count - 1], line.days[count - 1], line.sources)


def rate(known: Known, *figures: Fact) -> tuple[Fact, ...]:
    """Return the exchange rate as an input of a formula, if all figures need it to meet the price.

    Nothing for figures in the currency of the price, nor for those in a third one, which the rate does not translate.
    """
    company = known.company
    needed = all(fact.currency == company.statement_currency != company.price_currency for fact in figures)
    return (known.latest("exchange_rate"),) if needed else ()


def trailing(known: Known, key: str) -> Fact:
    """Return the newest twelve months of a flow; not known when they ended too long ago to be trailing."""
    fact = known.latest(key, kind="ttm", name="")
    if not fact.known or known.ledger.until - fact.period.end <= CURRENT:
        return fact
    reason = phrase(
        "the newest twelve months of {what} ended in {month}", what=fact.label, month=month_in_words(fact.period.end)
    )
    return known.ledger.missing(known.entity, key, reason=reason)


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
    note = phrase("{label}, {span}", label=count.label, span=count.period.label) if count.known else ""
    yield known.compute(row, formula, (count,), period=count.period, note=note)


def market_value(known: Known, metric: Metric) -> Iterator[Fact]:
    """Price times the number of securities."""
    inputs = (known.latest("price"), known.latest("securities"))
    yield known.compute(metric, valuation.market_value, inputs, currency=known.company.price_currency)


def per_security(key: str) -> Measure:
    """Return the measure of price over a figure per share or ADS (P/E)."""

    def measure(known: Known, metric: Metric) -> Iterator[Fact]:
        earnings = trailing(known, key) if key != "forward_eps" else known.latest(key)
        rates, ratio = rate(known, earnings), per_ads(earnings, known)
        per = f"({{1}} × {ratio:g})" if ratio != 1 else "{1}"
        row = _shown(metric, f"{{0}} × {{2}} ÷ {per}" if rates else f"{{0}} ÷ {per}")
        inputs = (known.latest("price"), earnings, *rates)
        yield known.compute(row, lambda p, e, r=1.0: valuation.price_to_earnings(p, e * ratio, rate=r), inputs)

    return measure


def per_ads(fact: Fact, known: Known) -> float:
    """Return what a figure per ordinary share is multiplied by to stand per ADS: 1 unless the listing is an ADS."""
    return (known.company.ads_ratio or 1.0) if fact.unit is Unit.PER_SHARE else 1.0


def of_market_value(key: str, formula: Callable[..., float | None], *, flow: bool = True) -> Measure:
    """Return the measure of market value over a company figure, twelve months' if it is a flow."""

    def measure(known: Known, metric: Metric) -> Iterator[Fact]:
        figure = trailing(known, key) if flow else known.latest(key, name="")
        rates = rate(known, figure)
        row = _shown(metric, "{0} × {2} ÷ {1}" if rates else "{0} ÷ {1}")
        inputs = (known.latest("market_value"), figure, *rates)
        yield known.compute(row, lambda v, f, r=1.0: formula(v, f, rate=r), inputs)

    return measure


def _shown(metric: Metric, shown: str) -> Metric:
    return replace(metric, shown=shown)


def enterprise_value(known: Known, metric: Metric) -> Iterator[Fact]:
    """Market value at the dated rate plus debt less cash and investments of one balance sheet, in its currency."""
    debt, cash = _balance(known)
    rates = rate(known, debt, cash)
    row = _shown(metric, "{0} × {3} + {1} \u2212 {2}" if rates else "{0} + {1} \u2212 {2}")
    inputs = (known.latest("market_value"), debt, cash, *rates)
    yield known.compute(row, _enterprise, inputs, currency=cash.currency)


def _balance(known: Known) -> tuple[Fact, Fact]:
    """Return debt and cash of the newest day that has both, else what there is of each."""
    for cash in reversed(known.current("cash_and_investments", name="")):
        debt = known.at("total_debt", cash.period)
        if debt.known:
            return debt, cash
    return known.latest("total_debt", name=""), known.latest("cash_and_investments", name="")


def _enterprise(value: float, debt: float, cash: float, rate: float = 1.0) -> float | None:
    return valuation.enterprise_value(value, debt=debt, cash=cash, rate=rate)


def of_enterprise_value(key: str, formula: Callable[..., float | None]) -> Measure:
    """Return the measure of enterprise value over a twelve-month figure, both in the statement currency."""

    def measure(known: Known, metric: Metric) -> Iterator[Fact]:
        inputs = (known.latest("enterprise_value"), trailing(known, key))
        yield known.compute(_shown(metric, "{0} ÷ {1}"), formula, inputs)

    return measure


def cash_flow_yield(known: Known, metric: Metric) -> Iterator[Fact]:
    """Twelve months' free cash flow over the market value."""
    flow, value = trailing(known, "free_cash_flow"), known.latest("market_value")
    rates = rate(known, flow)
    row = _shown(metric, "{0} ÷ ({1} × {2})" if rates else "{0} ÷ {1}")
    yield known.compute(row, lambda f, v, r=1.0: valuation.free_cash_flow_yield(f, v, rate=r), (flow, value, *rates))


def converted(known: Known, metric: Metric) -> Iterator[Fact]:
    """Twelve-month figures in the currency of the price, at the dated rate; named by the figure they translate."""
    for key in CONVERTED:
        fact = trailing(known, key)
        rates = rate(known, fact)
        if not fact.known or not (rates or fact.currency == known.company.price_currency):
            continue
        row = _shown(metric, "{0} ÷ {1}" if rates else "{0}")
        details = {"period": fact.period, "currency": known.company.price_currency, "name": key, "label": fact.label}
        yield known.compute(row, lambda v, r=1.0: valuation.convert_back(v, rate=r), (fact, *rates), **details)


def dividend_yield(known: Known, metric: Metric) -> Iterator[Fact]:
    """Dividends with an ex-date in the last twelve months over the price."""
    line, now = known.line("dividends"), known.latest("price")
    if line is None or not now.known:
        return
    if line.currency not in (None, now.currency):
        reason = phrase("dividends are paid in {one}, the price is in {other}", one=line.currency, other=now.currency)
        yield known.compute(metric, lambda _: None, (now,), reason=reason)
        return
    year = line.since(year_back(now.period.end) + timedelta(days=1))
    cash = sum(year.values)
    fact = known.compute(metric, lambda p: valuation.dividend_yield(cash, p), (now,))
    yield replace(fact, sources=tuple(dict.fromkeys((*fact.sources, *line.sources))))


def peg(known: Known, metric: Metric) -> Iterator[Fact]:
    """P/E over the growth in percent of the same twelve months' earnings."""
    inputs = (known.latest("pe_ttm"), known.at("eps_growth", trailing(known, "diluted_eps").period))
    yield known.compute(metric, valuation.peg, inputs)


def implied_growth(known: Known, metric: Metric) -> Iterator[Fact]:
    """The earnings growth that the forward multiple takes for granted."""
    inputs = (known.latest("pe_ttm"), known.latest("pe_forward"))
    yield known.compute(metric, valuation.implied_earnings_growth, inputs)
