"""Rules about single figures: their period, their age, their standing."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.fact import Fact
from generator.model.finding import Finding
from generator.model.ledger import Ledger
from generator.model.text import Text, join, listed, say

VINTAGES = ("capex_plan", "segment_growth")
FORWARD = ("plan", "instant")


def finding(message: Text, *facts: Fact, advice: str = "") -> Finding:
    """Return a finding about some facts; the table of checks gives it its name and level."""
    return Finding(check="", level="note", message=message, advice=advice, facts=tuple(fact.id for fact in facts))


def impossible_period(ledger: Ledger) -> Iterator[Finding]:
    """A stated figure whose period ends after it was published."""
    for fact in ledger.facts.values():
        if fact.stated and fact.period.kind not in FORWARD and fact.period.end > fact.published_on:
            said = say(
                "{label} for {period} is dated {day}, before the period ended.",
                label=f"{fact.entity}: {fact.label}",
                period=fact.period.label,
                day=fact.published_on.isoformat(),
            )
            yield finding(said, fact, advice="mend the period or the publication day of the row")


def unconfirmed_claim(ledger: Ledger) -> Iterator[Finding]:
    """A press claim about the subject that no source confirms."""
    claims = [
        fact for fact in ledger.facts.values() if fact.stated and not fact.confirmed and fact.entity == ledger.subject
    ]
    for claim in claims:
        said = say(
            "{label} of {value}, as reported by {who}, is not confirmed by any source held.",
            label=claim.label[:1].upper() + claim.label[1:],
            value=claim,
            who=claim.sources[0].publisher,
        )
        yield finding(said, claim, advice="find the primary source, or leave it out")


def superseded(ledger: Ledger) -> Iterator[Finding]:
    """A plan that was replaced by a later one, or a figure that was restated."""
    for (entity, metric), facts in _groups(ledger).items():
        if metric not in VINTAGES and entity != ledger.subject:
            continue
        for old in ledger.superseded(entity, metric):
            new = ledger.at(entity, metric, old.period, name=old.name)
            if old.stated and new.known and new.number != old.number:
                said = say(
                    "{who}: {label} for {period} is {new}, not {old} as published on {day}.",
                    who=ledger.companies[entity].short_name if entity in ledger.companies else entity,
                    label=old.name or old.label,
                    period=old.period.label if old.period.kind != "plan" else str(old.period.end.year),
                    new=new,
                    old=old,
                    day=old.published_on.isoformat(),
                )
                yield finding(said, new, old)
        del facts


def _groups(ledger: Ledger) -> dict[tuple[str, str], list[Fact]]:
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in ledger.facts.values():
        groups.setdefault((fact.entity, fact.metric), []).append(fact)
    return groups


def newer_period(ledger: Ledger) -> Iterator[Finding]:
    """A growth figure of the subject of which older quarters are also in circulation."""
    names = dict.fromkeys(fact.name for fact in ledger.current(ledger.subject, "segment_growth"))
    for name in names:
        facts = ledger.current(ledger.subject, "segment_growth", name=name)
        if len(facts) > 1:
            new, olds = facts[-1], facts[-3:-1]
            older = listed([say("{old} ({period})", old=old, period=old.period.label) for old in reversed(olds)])
            head = say(
                "{name}: the newest growth is {new} ({period}); it replaces ",
                name=name,
                new=new,
                period=new.period.label,
            )
            yield finding((*join(head, older, by=""), "."), new, *olds)


def growth_across_sign(ledger: Ledger) -> Iterator[Finding]:
    """A year-on-year growth of the subject that has no meaning, told once a metric for its newest quarter."""
    for metric in ("fcf_company_growth", "fcf_growth", "income_growth", "eps_growth"):
        facts = [f for f in ledger.current(ledger.subject, metric, kind="quarter") if f.not_meaningful]
        if facts:
            newest = facts[-1]
            said = say(
                "{label} for {period} is not meaningful: {why}.",
                label=newest.label[:1].upper() + newest.label[1:],
                period=newest.period.label,
                why=newest.reason,
            )
            yield finding(said, newest)
