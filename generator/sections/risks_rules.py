"""Computed risks: each rule looks at facts, and where it is triggered gives its evidence, levels and what to watch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from generator.language import msgid, phrase, translated
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.text import Text, say
from generator.sections.figures import cash_flows, flow_words, plan_share, year_before
from generator.sections.phrases import day_of, known, mark_of, span_of

Level = Literal["high", "medium", "low"]
MARKS: Mapping[str, str] = MappingProxyType(
    {"high": msgid("High ●●●"), "medium": msgid("Medium ●●○"), "low": msgid("Low ●○○")}
)
FALLEN = 0.8
SHARE, MOST = 0.5, 0.75
SWINGS, LARGE_SWINGS = 0.35, 0.45
DEEP = -0.3
DEARER, MUCH_DEARER = 1.1, 1.25
YEARS_OF_EBITDA = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """One row of the table. `likelihood` and `impact` are levels, or the desk's own words."""

    name: str
    evidence: Text
    likelihood: str
    impact: str
    watch: str

    @property
    def weight(self) -> int:
        """The higher, the further up the risk stands."""
        order = {"high": 3, "medium": 2, "low": 1}
        return 2 * order.get(self.likelihood, 0) + order.get(self.impact, 0)


def level_words(level: str) -> str:
    """Return a level with its marks, other words with a capital."""
    return translated(MARKS[level]) if level in MARKS else level[:1].upper() + level[1:]


def computed(ledger: Ledger) -> list[Risk]:
    """Return the risks whose rules are triggered, the weightiest first."""
    found = [risk for rule in RULES.values() if (risk := rule(ledger)) is not None]
    return sorted(found, key=lambda risk: -risk.weight)


def cash_flow(ledger: Ledger) -> Risk | None:
    """Free cash flow of the newest quarter is negative, or a fifth below the one a year before."""
    flows = cash_flows(ledger)
    before = year_before(flows)
    if not flows or flows[-1].number is None:
        return None
    now, negative = flows[-1], flows[-1].number < 0
    if not negative and (before is None or flows[-1].number >= FALLEN * (before.number or 0.0)):
        return None
    year = ledger.latest(ledger.subject, "free_cash_flow", kind="ttm")
    then = say(", after {x} a year before", x=flow_words(before)) if before else ()
    evidence = say(
        "Free cash flow was {x} in the {period}{then}", x=flow_words(now), period=now.period.label, then=then
    )
    impact = "high" if (year.number or 0.0) < 0 else "medium"
    return Risk(name=phrase("Cash flow"), evidence=evidence, likelihood="high" if negative else "medium", impact=impact,
                watch=phrase("Operating cash flow and capital expenditure of the next quarter"))  # fmt: skip


def spending(ledger: Ledger) -> Risk | None:
    """A plan, or capital expenditure itself, takes half of operating cash flow or more."""
    plan = plan_share(ledger)
    spent = ledger.latest(ledger.subject, "capex_to_cash_flow", kind="ttm")
    share = plan if plan.known else spent
    if share.number is None or share.number < SHARE:
        return None
    what = phrase("{name}: a year of it", name=plan.name) if plan.known and plan.name else phrase("Capital expenditure")
    evidence = say("{what} takes {x} of twelve months' operating cash flow", what=what, x=share)
    cushion = (ledger.latest(ledger.subject, "net_cash").number or 0.0) > 0
    return Risk(
        name=phrase("Spending commitment"),
        evidence=evidence,
        likelihood="high" if share.number >= MOST else "medium",
        impact="medium" if cushion else "high",
        watch=phrase("Returns on it, changes of the plan"),
    )


def debt(ledger: Ledger) -> Risk | None:
    """Debt exceeds cash and short-term investments."""
    net, ebitda = ledger.latest(ledger.subject, "net_cash"), ledger.latest(ledger.subject, "ebitda", kind="ttm")
    if net.number is None or net.number >= 0:
        return None
    heavy = ebitda.number is not None and -net.number > YEARS_OF_EBITDA * ebitda.number
    evidence = say("Debt exceeds cash and short-term investments by {x:abs} ({day})", x=net, day=day_of(net))
    return Risk(
        name=phrase("Debt"),
        evidence=evidence,
        likelihood="medium" if heavy else "low",
        impact="high" if heavy else "medium",
        watch=phrase("Net cash, maturities, cost of new debt"),
    )


def swings(ledger: Ledger) -> Risk | None:
    """The price moves by a third or more a year."""
    volatility, loss = ledger.latest(ledger.subject, "volatility"), ledger.latest(ledger.subject, "value_at_risk")
    if volatility.number is None or volatility.number < SWINGS:
        return None
    day = say("; a fall of {x:abs} or more on one day in twenty", x=loss) if loss.known else ()
    evidence = say("Volatility of {x} over one year{day}", x=volatility, day=day)
    return Risk(
        name=phrase("Price swings"),
        evidence=evidence,
        impact="medium",
        watch=phrase("Results days, size of positions"),
        likelihood="high" if volatility.number >= LARGE_SWINGS else "medium",
    )


def deep_fall(ledger: Ledger) -> Risk | None:
    """The price once fell by a third or more."""
    worst, now = ledger.latest(ledger.subject, "max_drawdown"), ledger.latest(ledger.subject, "drawdown")
    if worst.number is None or worst.number > DEEP:
        return None
    rest = say("; still {x:abs} below its highest close", x=now) if now.known and (now.number or 0.0) < -0.01 else ()
    evidence = say("The price fell {x:abs} ({span}){rest}", x=worst, span=span_of(worst), rest=rest)
    return Risk(name=phrase("Deep falls"), evidence=evidence, likelihood="medium" if worst.number < 2 * DEEP else "low",
                impact="high", watch=phrase("What set off earlier falls: see the other rows"))  # fmt: skip


def currency(ledger: Ledger) -> Risk | None:
    """Statements and price stand in different currencies."""
    company, rate = ledger.company, ledger.latest(ledger.subject, "exchange_rate")
    part = ledger.latest(ledger.subject, "decomposition", name="currency")
    if company.statement_currency == company.price_currency or not rate.known:
        return None
    year = say("; it moved this year's price by {x:signed}", x=part) if part.known else ()
    evidence = say(
        "Earnings in {own}, price in {price}; {rate} {name} on {day}{year}",
        own=mark_of(ledger, company.statement_currency), price=mark_of(ledger, company.price_currency), rate=rate,
        name=rate.name, day=day_of(rate), year=year,
    )  # fmt: skip
    return Risk(
        name=phrase("Currency"), evidence=evidence, likelihood="medium", impact="low", watch=phrase("The exchange rate")
    )


def valuation(ledger: Ledger) -> Risk | None:
    """The multiple stands a tenth or more above the median of its record."""
    now, middle = (ledger.latest(ledger.subject, key) for key in ("multiple_now", "multiple_median"))
    change = ledger.latest(ledger.subject, "scenario_change", name="base")
    if not now.number or not middle.number or now.number < DEARER * middle.number:
        return None
    fall = say("; at the median the price changes by {x:signed}", x=change) if change.known else ()
    evidence = say(
        "{now} earnings against a median of {middle} on its own record{fall}", now=now, middle=middle, fall=fall
    )
    much = now.number >= MUCH_DEARER * middle.number
    return Risk(name=phrase("Valuation above own record"), evidence=evidence, likelihood="high" if much else "medium",
                impact="medium", watch=phrase("Earnings revisions against the price"))  # fmt: skip


def expectations(ledger: Ledger) -> Risk | None:
    """The average target of a fresh consensus lies below the price."""
    mean, upside = ledger.latest(ledger.subject, "target_mean", name=""), _upside(ledger, "target_mean")
    if not known(mean, upside) or (upside.number or 0.0) >= 0:
        return None
    evidence = say("Average target of {mean} ({x:signed}), {day}", mean=mean, x=upside, day=day_of(mean))
    return Risk(name=phrase("Expectations"), evidence=evidence, likelihood="medium", impact="medium",
                watch=phrase("Revisions of targets and estimates"))  # fmt: skip


def _upside(ledger: Ledger, key: str) -> Fact:
    return ledger.latest(ledger.subject, "upside", name=key)


RULES: Mapping[str, Callable[[Ledger], Risk | None]] = MappingProxyType(
    {
        "cash_flow": cash_flow,
        "spending": spending,
        "debt": debt,
        "swings": swings,
        "deep_fall": deep_fall,
        "currency": currency,
        "valuation": valuation,
        "expectations": expectations,
    }
)
