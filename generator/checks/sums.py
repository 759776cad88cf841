"""Rules about figures that must agree with each other."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose

from generator.checks.figures import finding
from generator.model.fact import Fact
from generator.model.finding import Finding
from generator.model.ledger import Ledger
from generator.model.text import say

ROUNDING = 0.002
SUMMED = ("revenue", "net_income", "net_income_attributable", "operating_cash_flow", "capital_expenditure")


def quarters_sum(ledger: Ledger) -> Iterator[Finding]:
    """Four stated quarters that do not add up to their stated year."""
    for metric in SUMMED:
        quarters = ledger.current(ledger.subject, metric, kind="quarter", name="")
        for year in ledger.current(ledger.subject, metric, kind="fiscal_year", name=""):
            inside = [q for q in quarters if q.stated and q.currency == year.currency and _inside(q, year)]
            total = sum(q.number or 0.0 for q in inside)
            if len(inside) == 4 and year.number and not isclose(total, year.number, rel_tol=ROUNDING):
                said = say("The quarters of {label} do not add up to {year}.", label=year.label, year=year.period.label)
                yield finding(said, year, *inside, advice="look the five figures up again")


def _inside(quarter: Fact, year: Fact) -> bool:
    start, first = quarter.period.start, year.period.start
    return start is not None and first is not None and first <= start and quarter.period.end <= year.period.end


def identities(ledger: Ledger) -> Iterator[Finding]:
    """Parts of the year's move that do not add up to it, or a market value that is not price times count."""
    parts = [part for part in ledger.current(ledger.subject, "decomposition") if part.known]
    change = ledger.latest(ledger.subject, "price_change", name="ytd")
    if parts and change.number is not None:
        total = sum(part.number or 0.0 for part in parts)
        if not isclose(total, change.number, abs_tol=1e-9):
            yield finding(say("The parts of the year's price change do not add up to it."), change, *parts)
    price, count, value = (ledger.latest(ledger.subject, key) for key in ("price", "securities", "market_value"))
    if price.number and count.number and value.number and not isclose(price.number * count.number, value.number):
        yield finding(say("Market value is not price times count."), price, count, value)
