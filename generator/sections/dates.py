"""Dates: what ends or happens after the day of the brief, as far as a source has published it."""

from __future__ import annotations

from generator.language import counted, day_in_words, msgid, translated
from generator.model.brief import Column, Exhibit, Row, Table
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.text import Text, say
from generator.sections.phrases import day_of, exhibit, name_of, qualified
from generator.sections.readings import segment_of

AHEAD = ("next_earnings", "next_dividend", "next_year_end", "capex_plan", "capex_guidance")
SHOWN = 8
HEADS = ((msgid("Day"), 1.2), (msgid("What happens"), 4.6), (msgid("Why it matters"), 3.0))
OWN = ("next_dividend", "next_year_end")
"""What matters of the company itself alone."""


def ahead_of(ledger: Ledger) -> list[Fact]:
    """Return what ends or happens after the day of the brief, in the order of the days."""
    stated = [
        fact
        for entity in (ledger.subject, *ledger.peers)
        for metric in AHEAD
        if entity == ledger.subject or metric not in OWN
        for fact in _newest(ledger, entity, metric)
        if fact.known and fact.confirmed and _when(fact) > ledger.until.isoformat()
    ]
    return sorted(stated, key=lambda fact: (_when(fact), fact.entity != ledger.subject, fact.id))


def _newest(ledger: Ledger, entity: str, metric: str) -> list[Fact]:
    found = {(fact.name, fact.period.end): fact for fact in ledger.current(entity, metric)}
    return list(found.values())


def _when(fact: Fact) -> str:
    return str(fact.value) if fact.metric.startswith("next_") else fact.period.end.isoformat()


def _day(fact: Fact) -> Text:
    return say("{x}", x=fact) if fact.metric.startswith("next_") else say("{day}", day=day_of(fact))


def dates_exhibit(ledger: Ledger) -> Exhibit | None:
    """Return the calendar: the day, whose it is, what happens, and why a reader may want to know."""
    ahead = ahead_of(ledger)[:SHOWN]
    if not ahead:
        return None
    columns = tuple(Column(label=translated(label), kind="text", share=share) for label, share in HEADS)
    rows = tuple(
        Row(
            head=_day(fact),
            cells=(_what(fact, name_of(ledger, fact.entity)), _why(ledger, fact)),
        )
        for fact in ahead
    )
    subtitle = say("Days after {day} that the sources of this brief name", day=day_in_words(ledger.until))
    return exhibit("dates", _title(ahead), subtitle, table=Table(columns=columns, rows=rows), width="full")


def _title(ahead: list[Fact]) -> Text:
    count = counted(len(ahead), "{count} date", "{count} dates")
    if not any(fact.metric == "next_earnings" for fact in ahead):
        return say("Dates ahead: {count} known, none of results", count=count)
    return say("Dates ahead: {count} known, the first on {day}", count=count, day=_day(ahead[0]))


def _what(fact: Fact, who: str) -> Text:
    if fact.metric == "next_earnings" and fact.note:
        return say("Results of {who} ({note})", who=who, note=fact.note)
    if fact.metric == "next_earnings":
        return say("Results of {who}", who=who)
    if fact.metric == "next_dividend":
        return say("First day without the dividend of {who}", who=who)
    if fact.metric == "next_year_end":
        return say("End of the fiscal year of {who}", who=who)
    if fact.metric == "capex_guidance":
        return say("{who}: end of the period of guidance, {q}{x}", who=who, q=qualified(fact), x=fact)
    plan = fact.name or fact.label
    return say("{who}: end of the plan “{plan}”, {q}{x}", who=who, plan=plan, q=qualified(fact), x=fact)


def _why(ledger: Ledger, fact: Fact) -> Text:
    """Return what the day will show that this brief rests on."""
    own, growth = fact.entity == ledger.subject, segment_of(ledger)
    if fact.metric == "next_dividend":
        return say("Who buys from that day on does not receive it")
    if fact.metric == "next_year_end":
        return say("Annual figures meet the estimates for them")
    if fact.metric == "next_earnings" and own and growth is not None:
        return say("Growth of {segment}, and a quarter's cash flow", segment=growth.growth.name)
    if fact.metric == "next_earnings":
        return say("Growth, cash flow and spending of a quarter")
    if own:
        return say("Whether it was spent, and what comes next")
    return say("Whether the rival spent it, and plans more")
