"""Rules about single figures: their period, their age, their standing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from generator.language import day_in_words, phrase
from generator.model.fact import Fact
from generator.model.finding import Finding
from generator.model.ledger import Ledger
from generator.model.text import Text, join, listed, say

PLANS = ("capex_plan", "capex_guidance")
OPINIONS = ("target_mean", "target_low", "target_high", "target_median", "house_target", "vendor_shares")
ESTIMATES = "estimate"
SPLIT = "split"
ROUNDING = 0.005
REMEMBERED = timedelta(days=3 * 366)
COUNTS = ("consensus_buy_ratings", "consensus_ratings_total")


def finding(message: Text, *facts: Fact, advice: str = "") -> Finding:
    """Return a finding about some facts; the table of checks gives it its name and level."""
    return Finding(check="", level="note", message=message, advice=advice, facts=tuple(fact.id for fact in facts))


def publisher(fact: Fact) -> str:
    """Return who stated a figure, or that nobody is named."""
    return fact.sources[0].publisher if fact.sources else phrase("a source without a name")


def impossible_period(ledger: Ledger) -> Iterator[Finding]:
    """A stated figure whose period ends after it was published."""
    for fact in ledger.facts.values():
        if fact.stated and not fact.ahead and fact.period.end > fact.published_on:
            said = say(
                "{who}: {label} is dated {day}, before the period ended.",
                who=ledger.name_of(fact.entity),
                label=full_name(fact),
                day=day_in_words(fact.published_on),
            )
            yield finding(said, fact, advice=phrase("mend the period or the publication day of the row"))


def unconfirmed_claim(ledger: Ledger) -> Iterator[Finding]:
    """A press claim about the subject that no source confirms; the counts behind a claimed target belong to it."""
    claims = [f for f in ledger.facts.values() if f.entity == ledger.subject and f.stated and not f.confirmed]
    for claim in claims:
        if claim.metric not in COUNTS:
            said = say(
                "{label} of {value}, as reported by {who}, is not confirmed by any source held.",
                label=claim.label[:1].upper() + claim.label[1:],
                value=claim,
                who=publisher(claim),
            )
            yield finding(said, claim, advice=phrase("find the primary source, or leave it out"))


def superseded(ledger: Ledger) -> Iterator[Finding]:
    """A plan that was replaced by a later one, or a statement figure of the subject that was restated."""
    for entity, metric in dict.fromkeys((fact.entity, fact.metric) for fact in ledger.facts.values()):
        if metric in PLANS or (entity == ledger.subject and ESTIMATES not in metric and metric not in OPINIONS):
            yield from _replaced(ledger, entity, metric)


def _replaced(ledger: Ledger, entity: str, metric: str) -> Iterator[Finding]:
    for old in ledger.superseded(entity, metric):
        new = ledger.at(entity, metric, old.period, name=old.name)
        if old.stated and _restated(old, new) and ledger.until - old.period.end <= REMEMBERED:
            said = say(
                "{who}: {label} is {new}, no longer {old} ({day}).",
                who=ledger.name_of(entity),
                label=old.name if metric in PLANS and old.name else full_name(old),
                new=new,
                old=old,
                day=day_in_words(old.published_on),
            )
            yield finding(said, new, old)


def full_name(fact: Fact) -> str:
    """Return what a figure is called, with its name and period."""
    called = fact.label
    for more in filter(None, (fact.name, fact.period.label)):
        called = phrase("{label}, {span}", label=called, span=more)
    return called


def _restated(old: Fact, new: Fact) -> bool:
    """Tell a restatement from rounding and from the adjustment for a split."""
    if old.number is None or new.number is None or SPLIT in old.note:
        return False
    return abs(new.number - old.number) > ROUNDING * abs(old.number)


def newer_period(ledger: Ledger) -> Iterator[Finding]:
    """A growth figure of the subject of which older periods of the same length are also in circulation."""
    names = dict.fromkeys(fact.name for fact in ledger.current(ledger.subject, "segment_growth"))
    for name in names:
        kind = ledger.latest(ledger.subject, "segment_growth", name=name).period.kind
        every = ledger.current(ledger.subject, "segment_growth", name=name, kind=kind)
        facts = [fact for fact in every if fact.known and fact.confirmed]
        if len(facts) > 1:
            new, olds = facts[-1], facts[-3:-1]
            older = listed([say("{old} ({period})", old=old, period=old.period.label) for old in reversed(olds)])
            head = say(
                "{name}: the newest growth is {new} ({period}); it replaces ",
                name=name,
                new=new,
                period=new.period.label,
            )
            yield finding(say("{text}.", text=join(head, older, by="")), new, *olds)


def growth_across_sign(ledger: Ledger) -> Iterator[Finding]:
    """A growth of the subject that has no meaning in its newest quarter; one definition of each is enough."""
    for metrics in (("fcf_company_growth", "fcf_growth"), ("income_growth",), ("eps_growth",)):
        newest = [f for metric in metrics if (f := _newest_quarter(ledger, metric)) and f.not_meaningful]
        for fact in newest[:1]:
            said = say(
                "{label} for the {period} is not meaningful: {why}.",
                label=fact.label[:1].upper() + fact.label[1:],
                period=fact.period.label,
                why=fact.reason,
            )
            yield finding(said, fact)


def _newest_quarter(ledger: Ledger, metric: str) -> Fact | None:
    facts = ledger.current(ledger.subject, metric, kind="quarter")
    return facts[-1] if facts else None
