"""Statement figures: quarters out of year-to-date reports, twelve months, margins, growth, cash and debt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

from generator.analysis import cash_flow, growth, profitability
from generator.analysis.known import Known, Measure, Metric, is_year_apart
from generator.analysis.outcome import quotient
from generator.language import msgid, phrase
from generator.model.fact import PER_SECURITY, Fact
from generator.model.period import Kind, Period

LONGER: tuple[tuple[Kind, Kind], ...] = (("half", "quarter"), ("nine_months", "half"), ("fiscal_year", "nine_months"))
PERIODS: tuple[Kind, ...] = ("quarter", "fiscal_year", "ttm")

LESS_BEFORE = msgid("longer period less the part before it")


def quarters(known: Known, metric: Metric) -> Iterator[Fact]:
    """Derive a quarter that was only reported inside a longer period: half-year less first quarter, and so on."""
    for name in known.names(metric.key):
        have = {fact.period.end for fact in known.current(metric.key, kind="quarter", name=name)}
        for longer, shorter in LONGER:
            parts = {fact.period.start: fact for fact in known.current(metric.key, kind=shorter, name=name)}
            for whole in known.current(metric.key, kind=longer, name=name):
                part = parts.get(whole.period.start)
                if part is not None and whole.period.end not in have:
                    have.add(whole.period.end)
                    yield _derived(known, metric, (whole, part))


def _derived(known: Known, metric: Metric, inputs: tuple[Fact, Fact]) -> Fact:
    whole, part = inputs
    row = replace(metric, formula=LESS_BEFORE, shown="{0} \u2212 {1}")
    period = Period(kind="quarter", start=part.period.end + timedelta(days=1), end=whole.period.end)
    rounded = metric.unit in PER_SECURITY
    note = phrase("derived by subtraction, so rounded") if rounded else phrase("derived by subtraction")
    return known.compute(row, growth.quarter_from_year_to_date, inputs, note=note, **_like(whole, period))


def is_derived(fact: Fact) -> bool:
    """Tell whether a quarter was not reported by itself but is what is left of a longer period."""
    return fact.formula == LESS_BEFORE or fact.note.startswith("derived")


def _like(fact: Fact, period: Period) -> dict[str, Any]:
    """Return the details of a fact of the same kind as another, for another period."""
    return {"period": period, "currency": fact.currency, "unit": fact.unit, "name": fact.name}


def twelve_months(known: Known, metric: Metric) -> Iterator[Fact]:
    """Sum four quarters in a row where they are known; else roll the year forward; else take the year just ended."""
    for name in known.names(metric.key):
        ends = {fact.period.end for fact in known.current(metric.key, kind="ttm", name=name)}
        for make in (_sums, _rolls, _years):
            for fact in make(known, metric, name):
                if fact.period.end not in ends:
                    ends.add(fact.period.end)
                    yield fact


def _sums(known: Known, metric: Metric, name: str) -> Iterator[Fact]:
    row = replace(metric, formula="sum of the last four quarters", shown="{0} + {1} + {2} + {3}")
    facts = known.current(metric.key, kind="quarter", name=name)
    for i in range(3, len(facts)):
        four = facts[i - 3 : i + 1]
        if _in_a_row(four):
            period = Period(kind="ttm", start=four[0].period.start, end=four[-1].period.end)
            yield known.compute(row, lambda *parts: growth.ttm(parts), four, **_like(four[0], period))


def _rolls(known: Known, metric: Metric, name: str) -> Iterator[Fact]:
    """Year + year to date \u2212 year to date a year before, where quarters are missing."""
    row = replace(metric, formula="fiscal year + year to date \u2212 year to date before", shown="{0} + {1} \u2212 {2}")
    years = known.current(metric.key, kind="fiscal_year", name=name)
    kinds: tuple[Kind, ...] = ("quarter", "half", "nine_months")
    for fact in (each for kind in kinds for each in known.current(metric.key, kind=kind, name=name)):
        before = known.year_before(fact)
        year = next((y for y in years if _follows(y, fact)), None)
        if year is not None and before.known and before.period.start == year.period.start:
            period = Period(kind="ttm", start=before.period.end + timedelta(days=1), end=fact.period.end)
            yield known.compute(row, _rolled, (year, fact, before), **_like(fact, period))


def _years(known: Known, metric: Metric, name: str) -> Iterator[Fact]:
    row = replace(metric, formula="the fiscal year just ended", shown="{0}")
    for year in known.current(metric.key, kind="fiscal_year", name=name):
        yield known.compute(row, lambda value: value, (year,), **_like(year, replace(year.period, kind="ttm")))


def _rolled(year: float, to_date: float, before: float) -> float | None:
    return growth.ttm_from_year_to_date(year, to_date, prior_year_to_date=before)


def _follows(year: Fact, fact: Fact) -> bool:
    return fact.period.start == year.period.end + timedelta(days=1)


def _in_a_row(facts: tuple[Fact, ...]) -> bool:
    same = len({fact.unit for fact in facts}) == 1 and len({fact.currency for fact in facts}) == 1
    return same and all(b.period.start == a.period.end + timedelta(days=1) for a, b in pairwise(facts))


def growth_of(key: str, kinds: tuple[Kind, ...] = PERIODS) -> Measure:
    """Return the measure of year-on-year growth of a flow, for every period whose year before is known."""

    def measure(known: Known, metric: Metric) -> Iterator[Fact]:
        for kind in kinds:
            facts = known.current(key, kind=kind, name="")
            for fact in facts:
                before = next((b for b in facts if is_year_apart(b.period, fact.period)), None)
                if before is not None:
                    yield known.compute(metric, growth.growth, (fact, before), period=fact.period)

    return measure


def ratio_of(part: str, whole: str, kinds: tuple[Kind, ...] = PERIODS) -> Measure:
    """Return the measure of one flow as a share of another in the same period (a margin, an intensity)."""

    def measure(known: Known, metric: Metric) -> Iterator[Fact]:
        for kind in kinds:
            wholes = {fact.period: fact for fact in known.current(whole, kind=kind, name="")}
            for fact in known.current(part, kind=kind, name=""):
                if fact.period in wholes:
                    yield share(known, metric, (fact, wholes[fact.period]), period=fact.period)

    return measure


def share(known: Known, metric: Metric, inputs: tuple[Fact, Fact], **details: Any) -> Fact:  # noqa: ANN401 -- as compute
    """Return the first input as a share of the second, which must be positive to mean anything."""
    whole = inputs[1].label
    is_ = msgid("{what} is {sign}")
    return known.compute(metric, lambda part, of: quotient(part, of, divisor_is=is_, what=whole), inputs, **details)


def free_cash_flow(known: Known, metric: Metric) -> Iterator[Fact]:
    """Operating cash flow less capital expenditure, for every period that has both."""
    for kind in (*PERIODS, "half", "nine_months"):
        for ocf in known.current("operating_cash_flow", kind=kind, name=""):
            capex = known.at("capital_expenditure", ocf.period)
            if capex.known:
                details = {"period": ocf.period, "currency": ocf.currency}
                yield known.compute(metric, cash_flow.free_cash_flow, (ocf, capex), **details)


def gross_profit(known: Known, metric: Metric) -> Iterator[Fact]:
    """Revenue less cost of revenue, where the company files no gross profit."""
    for kind in (*PERIODS, "half", "nine_months"):
        for cost in known.current("cost_of_revenue", kind=kind, name=""):
            revenue = known.at("revenue", cost.period)
            if revenue.known and not known.at("gross_profit", cost.period).known:
                details = {"period": cost.period, "currency": cost.currency}
                yield known.compute(metric, lambda whole, part: whole - part, (revenue, cost), **details)


def ebitda(known: Known, metric: Metric) -> Iterator[Fact]:
    """Operating income plus depreciation and amortisation of the same twelve months or year."""
    for kind in ("fiscal_year", "ttm"):
        for income in known.current("operating_income", kind=kind, name=""):
            charge = known.at("depreciation_amortisation", income.period)
            if charge.known:
                details = {"period": income.period, "currency": income.currency}
                yield known.compute(metric, profitability.ebitda, (income, charge), **details)


def sum_of(parts: Iterable[str], *, required: int = 1) -> Measure:
    """Return the measure that adds up balance-sheet items of one day; the first `required` must be there."""
    keys = tuple(parts)

    def measure(known: Known, metric: Metric) -> Iterator[Fact]:
        stated = {fact.period for fact in known.current(metric.key, name="")}
        for first in known.current(keys[0], name=""):
            if first.period in stated:
                continue
            items = [first, *(known.at(key, first.period) for key in keys[1:])]
            if all(item.known for item in items[:required]):
                there = tuple(item for item in items if item.known)
                row = replace(metric, shown=" + ".join(f"{{{i}}}" for i in range(len(there))))
                absent = phrase(", ").join(item.label for item in items if not item.known)
                note = phrase("without {parts}, which no source gives for the day", parts=absent) if absent else ""
                details = {"period": first.period, "currency": first.currency, "note": note}
                yield known.compute(row, lambda *values: float(sum(values)), there, **details)

    return measure


def net_cash(known: Known, metric: Metric) -> Iterator[Fact]:
    """Cash and short-term investments less debt, on every day that has both and no stated figure."""
    for cash in known.current("cash_and_investments", name=""):
        debt = known.at("total_debt", cash.period)
        if debt.known and not known.at(metric.key, cash.period).known:
            details = {"period": cash.period, "currency": cash.currency}
            yield known.compute(metric, cash_flow.net_cash, (cash, debt), **details)


def return_on_equity(known: Known, metric: Metric) -> Iterator[Fact]:
    """Twelve months' net income on the mean of opening and closing equity."""
    income = known.latest("net_income_attributable", kind="ttm", name="")
    closing = known.at("equity", Period.instant(income.period.end))
    opening = known.year_before(closing) if closing.known else closing
    if closing.known:
        yield known.compute(metric, _on_mean_equity, (income, opening, closing), period=income.period)


def _on_mean_equity(income: float, opening: float, closing: float) -> float | None:
    return profitability.return_on_equity(income, opening, closing_equity=closing)


def shareholders_income(known: Known, metric: Metric) -> Iterator[Fact]:
    """Net income as that of the shareholders, where a company states no other: it shows no minority interests."""
    if known.current(metric.key):
        return
    row = replace(metric, formula="net income as filed, which shows no minority interests", shown="{0}")
    for fact in known.current("net_income", name=""):
        yield known.compute(row, lambda value: value, (fact,), **_like(fact, fact.period))
