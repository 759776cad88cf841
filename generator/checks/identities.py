"""A second opinion: what a figure must be, given the figures it says it was made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from math import isclose, prod
from types import MappingProxyType

from generator.checks.figures import finding, full_name
from generator.language import enumerated, phrase
from generator.model.fact import Fact, Unit
from generator.model.finding import Finding
from generator.model.ledger import Ledger
from generator.model.text import say

EXACT = 1e-6
YEAR, SLACK = 365, timedelta(days=20)
Sum = Callable[..., float]


def _change(new: float, old: float) -> float:
    return new / old - 1


def _ratio(part: float, whole: float) -> float:
    return part / whole


def _less(whole: float, part: float) -> float:
    return whole - part


def _product(one: float, other: float) -> float:
    return one * other


def _total(*parts: float) -> float:
    return sum(parts)


def _times_rate(value: float, base: float, rate: float = 1.0) -> float:
    return value * rate / base


def _yield(flow: float, value: float, rate: float = 1.0) -> float:
    return flow / (value * rate)


def _enterprise(value: float, debt: float, cash: float, rate: float = 1.0) -> float:
    return value * rate + debt - cash


def _mean_equity(income: float, opening: float, closing: float) -> float:
    return income / ((opening + closing) / 2)


def _at_multiple(price: float, theirs: float, own: float) -> float:
    return price * theirs / own


def _per_percent(multiple: float, growth: float) -> float:
    return multiple / (growth * 100)


def _translated(value: float, rate: float = 1.0) -> float:
    return value / rate


def _rows(sums: Mapping[str, Sum]) -> Mapping[str, Sum]:
    return MappingProxyType(sums)


GROWTH = _rows(
    dict.fromkeys(
        (
            "revenue_growth", "income_growth", "eps_growth", "cash_flow_growth", "capex_growth", "fcf_growth",
            "fcf_company_growth",
        ),
        _change,
    )
)  # fmt: skip
TARGETS = _rows({"upside": _change, "scenario_change": _change})
CASH = _rows({"free_cash_flow": _less})
MULTIPLES = _rows(
    {
        "market_value": _product,
        "pe_ttm": _times_rate, "pe_non_gaap": _times_rate, "pe_forward": _times_rate, "ps_ttm": _times_rate,
        "pb": _times_rate, "ev_sales": _times_rate, "ev_ebitda": _times_rate, "fcf_yield": _yield,
        "enterprise_value": _enterprise, "implied_growth": _change, "against_peers": _change,
        "peg": _per_percent,
        "price_at_peer_multiple": _at_multiple, "scenario_price": _product,
    }
)  # fmt: skip
RATIOS = (
    "gross_margin", "operating_margin", "net_margin", "fcf_margin", "capex_intensity", "capex_to_cash_flow",
    "rd_intensity", "sales_intensity", "cash_conversion", "plan_share_of_revenue", "plan_share_of_cash_flow",
    "plan_against_rival",
)  # fmt: skip
SUMS = ("ebitda", "total_debt", "cash_and_investments", "ratings_total", "ratings_positive")
STATEMENTS = _rows(
    {
        **dict.fromkeys(RATIOS, _ratio),
        **dict.fromkeys(SUMS, _total),
        "return_on_equity": _mean_equity,
        "gross_profit": _less,
        "net_cash": _less,
        "converted": _translated,
        "at_home": _translated,
    }
)
MARKET = _rows(
    {"price_change": _change, "from_high": _change, "excess_return": _less, "rebased_end": lambda c: 100 * (1 + c)}
)
TOTALS: Mapping[str, Sum] = _rows(
    {
        "sum of the last four quarters": _total,
        "the fiscal year just ended": _total,
        "longer period less the part before it": _less,
        "fiscal year + year to date \u2212 year to date before": lambda year, now, before: year + now - before,
    }
)
"""Figures that are put together from other periods of themselves, by their formula."""


def identities(ledger: Ledger) -> Iterator[Finding]:
    """A multiple, a margin or a change of the price that is not what its own parts make."""
    yield from _redone(ledger, {**MULTIPLES, **STATEMENTS, **MARKET})


def growth_endpoints(ledger: Ledger) -> Iterator[Finding]:
    """A growth rate that does not lead from the figure before to the figure after."""
    yield from _redone(ledger, GROWTH)


def target_upside(ledger: Ledger) -> Iterator[Finding]:
    """An upside that is not the target over the price, by size or by sign."""
    yield from _redone(ledger, TARGETS)


def cash_flow_parts(ledger: Ledger) -> Iterator[Finding]:
    """A free cash flow that is not operating cash flow less capital expenditure."""
    yield from _redone(ledger, CASH)


def period_totals(ledger: Ledger) -> Iterator[Finding]:
    """Twelve months, or a last quarter, that are not what the periods they were taken from make."""
    for fact in _computed(ledger):
        again = TOTALS.get(fact.formula)
        if again is not None and (made := _made(ledger, fact, again)) is not None:
            yield from _differing(fact, made, ledger)


def _computed(ledger: Ledger) -> Iterator[Fact]:
    for fact in ledger.facts.values():
        if fact.formula and fact.inputs and isinstance(fact.value, float | int):
            yield fact


def _redone(ledger: Ledger, sums: Mapping[str, Sum]) -> Iterator[Finding]:
    for fact in _computed(ledger):
        if fact.metric in sums and fact.formula not in TOTALS:
            made = _made(ledger, fact, sums[fact.metric])
            if made is not None:
                yield from _differing(fact, made, ledger)


def _made(ledger: Ledger, fact: Fact, again: Sum) -> float | None:
    """Return what the inputs make; None where one of them is not there or the sum is not of their number."""
    company = ledger.companies.get(fact.entity)
    ratio = (company.ads_ratio if company else None) or 1.0
    numbers = [_per_listing(ledger.facts[key], ratio) if key in ledger.facts else None for key in fact.inputs]
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers):
        return None
    try:
        return again(*known)
    except (TypeError, ZeroDivisionError):
        return None


def _per_listing(part: Fact, ratio: float) -> float | None:
    """Return a part as a number; earnings per ordinary share are brought to the ADS that is traded."""
    earnings = part.unit is Unit.PER_SHARE and part.metric.endswith("eps")
    return part.number * ratio if earnings and part.number is not None else part.number


def _differing(fact: Fact, made: float, ledger: Ledger) -> Iterator[Finding]:
    number = fact.number or 0.0
    if not isclose(number, made, rel_tol=EXACT, abs_tol=1e-9):
        said = say(
            "{who}: {label} is given as {value:signed}, which its parts do not make ({formula}).",
            who=ledger.name_of(fact.entity),
            label=full_name(fact),
            value=fact,
            formula=fact.formula,
        )
        parts = [ledger.facts[key] for key in fact.inputs if key in ledger.facts]
        yield finding(said, fact, *parts, advice=phrase("look up the figure and its parts"))


def waterfall(ledger: Ledger) -> Iterator[Finding]:
    """Parts of the year's move that do not multiply or add up to it."""
    parts = [part for part in ledger.current(ledger.subject, "decomposition") if part.known]
    change = ledger.latest(ledger.subject, "price_change", name="ytd")
    if not parts or change.number is None:
        return
    numbers = [part.number or 0.0 for part in parts]
    made = (prod(1 + number for number in numbers) - 1, sum(numbers))
    if not any(isclose(total, change.number, abs_tol=1e-9) for total in made):
        yield finding(say("The parts of the year's price change do not add up to it."), change, *parts)


def margin_of_multiples(ledger: Ledger, *, tolerance: float) -> Iterator[Finding]:
    """A P/S and a P/E that together imply another margin than the statements show."""
    for entity in dict.fromkeys((ledger.subject, *ledger.peers)):
        sales, earnings, margin = (ledger.latest(entity, key) for key in ("ps_ttm", "pe_ttm", "net_margin"))
        margin = ledger.latest(entity, "net_margin", kind="ttm") if margin.period.kind != "ttm" else margin
        if sales.number and earnings.number and margin.number:
            implied = sales.number / earnings.number
            if not isclose(implied, margin.number, rel_tol=tolerance):
                said = say(
                    "{who}: P/S of {sales} over P/E of {earnings} implies another margin than the {margin} stated.",
                    who=ledger.name_of(entity),
                    sales=sales,
                    earnings=earnings,
                    margin=margin,
                )
                yield finding(
                    said, sales, earnings, margin, advice=phrase("look for a mixed currency, count or period")
                )


TRANSLATED = ("converted", "at_home")


def mixed_inputs(ledger: Ledger) -> Iterator[Finding]:
    """A figure made of parts of different periods or of another company."""
    ratios = {key for key in (*STATEMENTS, *GROWTH, *CASH) if not key.startswith("plan") and key not in TRANSLATED}
    for fact in _computed(ledger):
        if fact.metric not in ratios or fact.formula in TOTALS or fact.metric == "return_on_equity":
            continue
        inputs = [ledger.facts[key] for key in fact.inputs if key in ledger.facts]
        counted = _counted_on_one_day(fact, inputs)
        strange = [each for each in inputs if each.entity != fact.entity or not (counted or _same_stretch(fact, each))]
        if strange:
            said = say(
                "{who}: {label} is made of figures of another period or company.",
                who=ledger.name_of(fact.entity),
                label=full_name(fact),
            )
            yield finding(said, fact, *strange, advice=phrase("use parts of one period and one company"))


def _counted_on_one_day(fact: Fact, parts: Sequence[Fact]) -> bool:
    """Tell whether all parts are of one day, on or before the day of the figure, as opinions counted yesterday are."""
    days = {part.period.end for part in parts}
    instants = all(each.period.kind == "instant" for each in (fact, *parts))
    return instants and len(days) == 1 and max(days) <= fact.period.end


def _same_stretch(fact: Fact, part: Fact) -> bool:
    """Tell whether a part speaks of the figure's own period, or for growth of the same stretch a year before."""
    if part.period.kind != fact.period.kind:
        return False
    apart = fact.period.end - part.period.end
    if fact.metric in GROWTH:
        return part.period.end == fact.period.end or abs(apart - timedelta(days=YEAR)) <= SLACK
    return not apart


def mixed_currencies(ledger: Ledger) -> Iterator[Finding]:
    """A figure made of amounts in two currencies without a rate, or an amount in a currency not its company's."""
    for fact in _computed(ledger):
        inputs = [ledger.facts[key] for key in fact.inputs if key in ledger.facts]
        money = {each.currency for each in inputs if each.currency}
        if len(money) > 1 and not any(each.unit is Unit.RATE for each in inputs):
            said = say(
                "{who}: {label} is made of amounts in {both} without an exchange rate.",
                who=ledger.name_of(fact.entity),
                label=full_name(fact),
                both=enumerated(sorted(money)),
            )
            yield finding(said, fact, *inputs, advice=phrase("translate one of them at a dated rate"))
