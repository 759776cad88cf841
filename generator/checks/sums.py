"""Rules about figures that must agree with each other."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose

from generator.checks.figures import finding
from generator.language import phrase
from generator.model.fact import Fact
from generator.model.finding import Finding
from generator.model.ledger import Ledger
from generator.model.text import say

ROUNDING = 0.002
YEARS = 5
"""As many fiscal years as a brief shows; those before are not looked at."""

SUMMED = ("revenue", "net_income", "net_income_attributable", "operating_cash_flow", "capital_expenditure")


def quarters_sum(ledger: Ledger) -> Iterator[Finding]:
    """Four stated quarters that do not add up to their stated year, among the years that a brief shows."""
    ends = {fact.period.end for key in SUMMED for fact in ledger.current(ledger.subject, key, kind="fiscal_year")}
    shown = sorted(ends)[-YEARS:]
    for metric in SUMMED:
        quarters = ledger.current(ledger.subject, metric, kind="quarter", name="")
        for year in ledger.current(ledger.subject, metric, kind="fiscal_year", name=""):
            if year.period.end not in shown:
                continue
            inside = [q for q in quarters if q.stated and q.currency == year.currency and _inside(q, year)]
            total = sum(q.number or 0.0 for q in inside)
            if len(inside) == 4 and year.number and not isclose(total, year.number, rel_tol=ROUNDING):
                said = say("The quarters of {label} do not add up to {year}.", label=year.label, year=year.period.label)
                yield finding(said, year, *inside, advice=phrase("look the five figures up again"))


def _inside(quarter: Fact, year: Fact) -> bool:
    start, first = quarter.period.start, year.period.start
    return start is not None and first is not None and first <= start and quarter.period.end <= year.period.end
