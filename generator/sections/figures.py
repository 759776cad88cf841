"""Statement figures that several sections share: which periods are known, in which scale, and free cash flow."""

from __future__ import annotations

from datetime import timedelta

from generator.language import phrase
from generator.model.fact import Fact
from generator.model.ledger import Ledger, is_not_given
from generator.model.period import Kind, Period
from generator.model.text import Text, say
from generator.model.wording import Style
from generator.sections.phrases import mark_of

YEARS, QUARTERS = 5, 8
BILLIONS = 5e9
YEAR_APART = range(355, 376)
QUARTER = timedelta(days=60)


def cash_flows(ledger: Ledger) -> tuple[Fact, ...]:
    """Return free cash flow by quarter, oldest first: as the company defines it where it does, else computed.

    None where the newest one is older than the newest revenue: an old cash flow would speak for a new quarter.
    """
    company = known_of(ledger, "free_cash_flow_company", "quarter")
    computed = known_of(ledger, "free_cash_flow", "quarter")
    first = company and (not computed or company[-1].period.end >= computed[-1].period.end)
    flows = company if first else computed
    revenue = known_of(ledger, "revenue", "quarter")
    stale = flows and revenue and revenue[-1].period.end - flows[-1].period.end > QUARTER
    return () if stale else flows


def newest_cash_flow(ledger: Ledger) -> Fact | None:
    """Return the free cash flow of the newest quarter, or None."""
    flows = cash_flows(ledger)
    return flows[-1] if flows else None


def known_of(ledger: Ledger, key: str, kind: Kind) -> tuple[Fact, ...]:
    """Return the known figures of one kind of period in the reported currency."""
    facts = ledger.current(ledger.subject, key, kind=kind, name="")
    return tuple(fact for fact in facts if fact.known and fact.confirmed and reported(ledger, fact))


def reported(ledger: Ledger, fact: Fact) -> bool:
    """Tell whether a figure stands in the currency of the statements, or in none."""
    return fact.currency in (None, ledger.company.statement_currency)


def periods_of(ledger: Ledger, kind: Kind, most: int) -> tuple[Period, ...]:
    """Return the newest periods in which revenue or income is known."""
    keys = ("revenue", "net_income_attributable", "net_income", "operating_cash_flow")
    found = {fact.period.end: fact.period for key in keys for fact in known_of(ledger, key, kind)}
    return tuple(found[end] for end in sorted(found))[-most:]


def style_of(ledger: Ledger) -> Style:
    """Return "table" (billions, parentheses) for large companies, "m" for those with little revenue."""
    values = [abs(fact.number or 0.0) for kind in ("ttm", "fiscal_year") for fact in known_of(ledger, "revenue", kind)]
    return "table" if not values or values[-1] >= BILLIONS else "m"


def unit_of(ledger: Ledger) -> str:
    """Return the unit of the amounts in words: "RMB bn"."""
    mark = mark_of(ledger, ledger.company.statement_currency)
    return phrase("{mark} bn", mark=mark) if style_of(ledger) == "table" else phrase("{mark} m", mark=mark)


def year_before(facts: tuple[Fact, ...]) -> Fact | None:
    """Return the figure of the period that ended a year before the newest one, or None."""
    end = facts[-1].period.end if facts else None
    return next((fact for fact in facts if end and (end - fact.period.end).days in YEAR_APART), None)


def flow_words(fact: Fact) -> Text:
    """Return a cash flow in words: an inflow or an outflow of its amount."""
    return say(
        "{kind} of {x:abs}", kind=phrase("an outflow") if (fact.number or 0.0) < 0 else phrase("an inflow"), x=fact
    )


def no_multiple(fact: Fact) -> str:
    """Return why a trailing P/E is missing, in words that follow "because"."""
    return phrase("diluted EPS of twelve months are not held") if is_not_given(fact) else fact.reason


def plan_share(ledger: Ledger) -> Fact:
    """Return the yearly part of a plan that still runs as a share of operating cash flow; unknown if none runs."""
    facts = ledger.current(ledger.subject, "plan_share_of_cash_flow")
    running = [fact for fact in facts if fact.known and fact.period.end > ledger.until]
    return running[-1] if running else ledger.missing(ledger.subject, "plan_share_of_cash_flow")
