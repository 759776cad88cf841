"""Results: how a segment grows, what happened and is counted, and which of several vintages is the newest."""

from __future__ import annotations

from datetime import timedelta

from generator.language import counted, day_in_words, phrase
from generator.model.brief import Callout, Paragraph
from generator.model.fact import Fact, Unit
from generator.model.ledger import Ledger
from generator.model.text import Part, Text, listed, say
from generator.sections.clauses import segment_clause, sentence_case, streak_clause
from generator.sections.phrases import qualified
from generator.sections.plans import revisions
from generator.sections.readings import Plan, plan_of, segment_of
from generator.sections.spending import in_a_row

EVENT_DAYS = timedelta(days=120)
MOST_EVENTS = 3
MOST_COUNT = 1e6


def results(ledger: Ledger) -> tuple[Text, ...]:
    """Return how the segment with the newest figures grows, and its streak; nothing without such a segment."""
    segment = segment_of(ledger)
    if segment is None:
        return ()
    sentences = [say("{text}.", text=segment_clause(segment))]
    if segment.revenue.known:
        sentences.append(say("Its revenue was {revenue} in that quarter.", revenue=segment.revenue))
    if streak_clause(segment):
        sentences.append(say("{text}.", text=sentence_case(streak_clause(segment))))
    rises = _rises([fact.number or 0.0 for fact in in_a_row(segment.all)])
    if rises > 1:
        quarters = counted(rises, "{count} quarter", "{count} quarters")
        sentences.append(
            say("In each of the last {quarters} growth was higher than in the one before.", quarters=quarters)
        )
    return tuple(sentences)


def _rises(values: list[float]) -> int:
    """Return how many of the newest values in a row are above the one before."""
    rises = 0
    while rises + 1 < len(values) and values[-1 - rises] > values[-2 - rises]:
        rises += 1
    return rises


def events(ledger: Ledger) -> tuple[Text, ...]:
    """Return the newest events of the desk's file that no risk is built on, and what it counts of the business."""
    cited = {source.url for risk in ledger.all(ledger.subject, "risk") for source in risk.sources}
    recent = [
        fact
        for fact in ledger.current(ledger.subject, "event")
        if fact.known and fact.confirmed and ledger.until - fact.period.end <= EVENT_DAYS
        and not any(source.url in cited for source in fact.sources)
    ]  # fmt: skip
    newest = sorted(recent, key=lambda fact: (-fact.period.end.toordinal(), fact.name))[:MOST_EVENTS]
    return tuple(say("{day}: {event}.", day=day_in_words(fact.period.end), event=fact) for fact in newest) + _counts(
        ledger
    )


def _counts(ledger: Ledger) -> tuple[Text, ...]:
    """What the desk counts of the business (regions, stores, users), by the day of the count."""
    keys = dict.fromkeys(fact.metric for fact in ledger.facts.values() if _is_count(fact, ledger))
    facts = [ledger.latest(ledger.subject, key) for key in keys]
    if not facts:
        return ()
    counted = listed([say("{count} {what}", count=fact, what=fact.metric.replace("_", " ")) for fact in facts])
    names = dict.fromkeys(fact.name for fact in facts if fact.name)
    who = phrase(", ").join(names) or ledger.company.short_name
    return (say("{who} counts {counted} ({day}).", who=who, counted=counted, day=day_in_words(facts[-1].period.end)),)


def _is_count(fact: Fact, ledger: Ledger) -> bool:
    plain = (
        fact.unit is Unit.COUNT
        and fact.confirmed
        and not fact.metric.startswith(("ratings", "consensus", "target", "segment", "estimate"))
    )
    return plain and fact.stated and fact.entity == ledger.subject and 0 < (fact.number or 0.0) < MOST_COUNT


def newest_figures(ledger: Ledger) -> tuple[Callout, ...]:
    """Return the check that names the newest of several vintages and the older ones it supersedes."""
    paragraphs = []
    segment = segment_of(ledger)
    if segment is not None and segment.earlier:
        older = [say("{old} ({period})", old=fact, period=fact.period.label) for fact in reversed(segment.earlier[-2:])]
        paragraphs.append(Paragraph(sentences=(_newest_growth(segment.growth, listed(older)),)))
    for entity in ledger.peers:
        plan = plan_of(ledger, entity)
        if plan is not None and plan.replaced:
            paragraphs.append(Paragraph(sentences=_replaced(ledger, plan)))
    if not paragraphs:
        return ()
    return (Callout(title=phrase("Data check: the newest figure counts"), paragraphs=tuple(paragraphs), kind="check"),)


def _newest_growth(new: Fact, older: Text) -> Text:
    """Return the newest growth of a segment with its quarter, and the quarters it supersedes."""
    parts: dict[str, Part] = {"name": new.name, "new": new, "period": new.period.label, "older": older}
    head = "The newest growth of {name} is {new}, {period}, published on {day}; it supersedes {older}."
    return say(head, **parts, day=day_in_words(new.published_on))


def _replaced(ledger: Ledger, plan: Plan) -> tuple[Text, ...]:
    """Return what a peer's plan is now, and which figure of when it replaces."""
    who, day = ledger.name_of(plan.total.entity), day_in_words(plan.total.published_on)
    new = say("{about}{new}", about=qualified(plan.total), new=plan.total)
    return (say("The plan of {who} has been {new} since {day}.", who=who, new=new, day=day), *revisions(plan))
