"""Readings: the facts that several sections speak about, picked by one rule each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from generator.analysis.known import is_year_apart
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.period import Kind

FRESH = timedelta(days=120)
TARGET_DAYS = timedelta(days=190)
RATINGS = ("ratings_strong_buy", "ratings_buy", "ratings_hold", "ratings_sell", "ratings_strong_sell")
CASH_FLOWS = (("free_cash_flow_company", "fcf_company_growth"), ("free_cash_flow", "fcf_growth"))
CASH_KINDS: tuple[Kind, ...] = ("quarter", "ttm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An investment plan with what makes it comparable; `replaced` are the figures it superseded."""

    total: Fact
    year: Fact
    total_converted: Fact
    year_converted: Fact
    of_revenue: Fact
    of_cash_flow: Fact
    replaced: tuple[Fact, ...]
    ended: bool

    @property
    def years(self) -> int:
        """The length of the plan in whole years, one at least."""
        return max(1, round(self.total.period.years or 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cash:
    """Free cash flow of the newest period with the year before, by the company's definition where both are known."""

    now: Fact
    before: Fact
    growth: Fact
    by_company: bool

    @property
    def turned(self) -> bool:
        """Whether the sign is not that of the year before."""
        return (self.now.number or 0.0) * (self.before.number or 0.0) < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A segment's growth in the newest quarter and before, its revenue, and the streak of the same quarter."""

    growth: Fact
    earlier: tuple[Fact, ...]
    revenue: Fact
    streak: Fact

    @property
    def all(self) -> tuple[Fact, ...]:
        """All quarters in their order."""
        return (*self.earlier, self.growth)


def plan_of(ledger: Ledger, entity: str) -> Plan | None:
    """Return a company's newest plan, one that still runs before one that has ended; None without a confirmed plan."""
    plans = [fact for fact in ledger.current(entity, "capex_plan") if fact.known and fact.confirmed]
    if not plans:
        return None
    running = [fact for fact in plans if fact.period.end >= ledger.until]
    total = max(running or plans, key=lambda fact: (fact.published_on, fact.number or 0.0))

    def derived(metric: str) -> Fact:
        return ledger.at(entity, metric, total.period, name=total.name)

    yearly, at_home = round(total.period.years or 1) <= 1, total.currency == ledger.companies[entity].price_currency
    same = [fact for fact in ledger.superseded(entity, "capex_plan") if fact.name == total.name]
    return Plan(
        total=total,
        year=total if yearly else derived("plan_per_year"),
        total_converted=_translated(ledger, total) or derived("plan_converted"),
        year_converted=total if yearly and at_home else derived("plan_per_year_converted"),
        of_revenue=derived("plan_share_of_revenue"),
        of_cash_flow=derived("plan_share_of_cash_flow"),
        replaced=tuple(fact for fact in same if fact.period == total.period),
        ended=total.period.end < ledger.until,
    )


def _translated(ledger: Ledger, plan: Fact) -> Fact | None:
    """Return the plan as its announcement translated it, if it did."""
    fact = ledger.at(plan.entity, "capex_plan_translated", plan.period, name=plan.name)
    same = fact.known and fact.currency == ledger.companies[plan.entity].price_currency
    return fact if same else None


def cash_of(ledger: Ledger) -> Cash | None:
    """Return free cash flow of the newest quarter, else of twelve months; None where no source allows either."""
    found = [cash for kind in CASH_KINDS for cash in _cash(ledger, kind)]
    if not found:
        return None
    newest = max(found, key=lambda cash: (cash.now.period.end, cash.now.period.kind == "quarter"))
    same = [cash for cash in found if cash.now.period == newest.now.period]
    return next((cash for cash in same if cash.before.known), same[0])


def _cash(ledger: Ledger, kind: Kind) -> list[Cash]:
    found = []
    for metric, growth in CASH_FLOWS:
        facts = [fact for fact in ledger.current(ledger.subject, metric, kind=kind, name="") if fact.known]
        if facts:
            now = facts[-1]
            before = next((fact for fact in facts if is_year_apart(fact.period, now.period)), None)
            found.append(
                Cash(
                    now=now,
                    before=before or ledger.missing(ledger.subject, metric),
                    growth=ledger.at(ledger.subject, growth, now.period),
                    by_company=metric == "free_cash_flow_company",
                )
            )
    return found


def segment_of(ledger: Ledger) -> Segment | None:
    """Return the segment with the newest growth figure, the fastest if several are as new; None without one."""
    stated = ledger.current(ledger.subject, "segment_growth", kind="quarter")
    facts = [fact for fact in stated if fact.number is not None and fact.confirmed]
    if not facts:
        return None
    newest = max(facts, key=lambda fact: (fact.period.end, fact.number or 0.0))
    streaks = [fact for fact in ledger.current(ledger.subject, "segment_streak") if fact.period == newest.period]
    return Segment(
        growth=newest,
        earlier=tuple(fact for fact in facts if fact.name == newest.name and fact.period.end < newest.period.end),
        revenue=ledger.at(ledger.subject, "segment_revenue", newest.period, name=newest.name),
        streak=streaks[0] if streaks else ledger.missing(ledger.subject, "segment_streak"),
    )


def house_targets(ledger: Ledger) -> tuple[Fact, ...]:
    """Return each house's newest target of the last half year in the currency of the price, newest first."""
    newest: dict[str, Fact] = {}
    for fact in ledger.current(ledger.subject, "house_target"):
        recent = ledger.until - fact.published_on <= TARGET_DAYS
        if fact.known and fact.confirmed and recent and fact.currency == ledger.company.price_currency:
            newest[fact.name] = fact
    return tuple(sorted(newest.values(), key=lambda fact: (fact.published_on, fact.name), reverse=True))


def mean_target(ledger: Ledger) -> Fact | None:
    """Return the newest mean target if it is still fresh."""
    facts = [fact for fact in ledger.current(ledger.subject, "target_mean") if fact.known and fact.confirmed]
    newest = max(facts, key=lambda fact: fact.published_on) if facts else None
    return newest if newest and is_fresh(newest, ledger.until) else None


def upside_of(ledger: Ledger, target: Fact) -> Fact:
    """Return the upside from the price to a target."""
    return ledger.latest(ledger.subject, "upside", name=target.name or target.metric)


def ratings_of(ledger: Ledger) -> tuple[Fact, ...]:
    """Return the counts of ratings, best first, if they are fresh; nothing otherwise."""
    counts = tuple(ledger.latest(ledger.subject, key) for key in RATINGS)
    there = all(fact.known and is_fresh(fact, ledger.until) for fact in counts)
    return counts if there and any(fact.number for fact in counts) else ()


def is_fresh(fact: Fact, until: date) -> bool:
    """Whether a figure that ages was published in the last four months."""
    return until - fact.published_on <= FRESH


def has_desk_figures(ledger: Ledger) -> bool:
    """Whether the desk's KPI file says anything about the company's plans, segments or events."""
    keys = ("capex_plan", "segment_growth", "segment_revenue", "segment_streak", "event")
    return any(ledger.all(ledger.subject, key) for key in keys)


def year_growth(ledger: Ledger, metric: str) -> Fact:
    """Return the growth of the newest twelve months; that of an earlier year does not stand in for it."""
    change, year = (ledger.latest(ledger.subject, key, kind="ttm") for key in (metric, "revenue"))
    stale = change.known and year.known and change.period.end < year.period.end
    return ledger.missing(ledger.subject, metric) if stale else change
