"""Headline: what happened and what it means, picked from sentences by how much weight the data give them."""

from __future__ import annotations

from dataclasses import dataclass

from generator.language import phrase, phrase_in
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.text import Part, Text, join, say
from generator.sections.clauses import flow_name, in_period
from generator.sections.phrases import FLAT, fitting, is_flat, moved, possessive, price_moved, printed
from generator.sections.readings import cash_of, house_targets, mean_target, plan_of, segment_of, upside_of

HEADLINE, DECK = 80, 170
MOSTLY = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence, what it is about, and its weight; shorter wordings of it come later."""

    topic: str
    weight: float
    wordings: tuple[Text, ...]


def headline(ledger: Ledger) -> tuple[Text, Text]:
    """Return the headline and the deck; the deck does not speak of what the headline has said."""
    wording = ledger.wording
    events = sorted(_events(ledger), key=lambda each: -each.weight)
    first = events[0]
    title = fitting(wording, HEADLINE, *first.wordings)
    said: list[Text] = []
    taken = {first.topic}
    for each in sorted(_meanings(ledger), key=lambda each: -each.weight):
        short = [text for text in each.wordings if len(printed(wording, join(*said, text))) <= DECK]
        if each.topic not in taken and short:
            said.append(short[0])
            taken.add(each.topic)
    return title, join(*said)


def _events(ledger: Ledger) -> list[Candidate]:
    """Return what may be the headline; the price alone can always be."""
    found = [_price(ledger), _cash_event(ledger)]
    return [each for each in found if each is not None]


def _price(ledger: Ledger) -> Candidate:
    who, change = ledger.company.short_name, ledger.latest(ledger.subject, "price_change", name="ytd")
    if change.number is None:
        now = ledger.latest(ledger.subject, "price")
        return Candidate(topic="price", weight=0.0, wordings=(say("{who} closed at {now}", who=who, now=now),))
    if abs(change.number) < FLAT:
        text = say("{who} is little changed this year", who=who)
        return Candidate(topic="price", weight=0.05, wordings=(*_with_cause(ledger, text, change), text))
    side = phrase_in("of a price", "up") if change.number > 0 else phrase_in("of a price", "down")
    text = say("{who} is {side} {change:abs} this year", who=who, side=side, change=change)
    return Candidate(topic="price", weight=abs(change.number), wordings=(*_with_cause(ledger, text, change), text))


def _with_cause(ledger: Ledger, head: Text, change: Fact) -> tuple[Text, ...]:
    """Return the price's move with what drove it, where the move can be split."""
    multiple = ledger.latest(ledger.subject, "decomposition", name="multiple").number
    earnings = ledger.latest(ledger.subject, "decomposition", name="earnings").number
    if multiple is None or earnings is None:
        return ()
    move = change.number or 0.0
    return tuple(say("{head}{cause}", head=head, cause=cause) for cause in _causes(multiple, earnings, move))


def _causes(multiple: float, earnings: float, move: float) -> tuple[str, ...]:
    """Return what moved the price, the longest wording first."""
    if abs(move) < FLAT:
        return (_standstill(multiple, earnings),)
    up, same = move > 0, multiple * earnings > 0 and (multiple > 0) == (move > 0)
    if same:
        return (_same_way(multiple, earnings, up=up),)
    if (multiple > 0) == up and (earnings > 0) != up:
        if up:
            return (phrase(" on a higher multiple, while earnings fell"), phrase(" on a higher multiple"))
        return (phrase(" on a lower multiple, while earnings rose"), phrase(" on a lower multiple"))
    if up:
        return (phrase(" on higher earnings, while the multiple fell"), phrase(" on higher earnings"))
    return (phrase(" on lower earnings, while the multiple rose"), phrase(" on lower earnings"))


def _same_way(multiple: float, earnings: float, *, up: bool) -> str:
    """Return which of two parts that went the way of the price did more."""
    led = abs(earnings) >= abs(multiple)
    less, more = sorted((abs(earnings), abs(multiple)))
    if more < MOSTLY * less:
        return (
            phrase(": earnings did more than the multiple") if led else phrase(": the multiple did more than earnings")
        )
    if led:
        return phrase(", mostly on higher earnings") if up else phrase(", mostly on lower earnings")
    return phrase(", mostly on a higher multiple") if up else phrase(", mostly on a lower multiple")


def _standstill(multiple: float, earnings: float) -> str:
    if earnings > FLAT > multiple:
        return phrase(": earnings rose and the multiple fell")
    if multiple > FLAT > earnings:
        return phrase(": earnings fell and the multiple rose")
    return ""


def _cash_event(ledger: Ledger) -> Candidate | None:
    cash = cash_of(ledger)
    if cash is None or not cash.turned:
        return None
    who, flow = possessive(ledger.company.short_name), flow_name(cash.now)
    texts = (
        say("{who} free cash flow turns to an {flow} of {now:abs}", who=who, flow=flow, now=cash.now),
        say("{who} free cash flow turns to an {flow}", who=who, flow=flow),
    )
    return Candidate(topic="cash", weight=0.3, wordings=texts)


def _meanings(ledger: Ledger) -> list[Candidate]:
    """Return what may stand in the deck."""
    found = (_plan_and_cash(ledger), _parts(ledger), _segment(ledger), _growth(ledger), _gap(ledger), _target(ledger))
    return [each for each in found if each is not None]


def _plan_and_cash(ledger: Ledger) -> Candidate | None:
    """The plan as a share of revenue, with the cash flow's turn where there is one."""
    plan, cash = plan_of(ledger, ledger.subject), cash_of(ledger)
    turned = cash is not None and cash.turned and (cash.now.number or 0.0) < 0
    if plan is not None and not plan.ended and plan.of_revenue.known:
        short = say("Its plan amounts to {share} of revenue a year.", share=plan.of_revenue)
        if not turned or cash is None:
            return Candidate(topic="plan", weight=0.6, wordings=(short,))
        long = (
            "Its plan amounts to {share} of revenue a year, and free cash flow has turned to an outflow of {now:abs}."
        )
        return Candidate(topic="plan", weight=1.0, wordings=(say(long, share=plan.of_revenue, now=cash.now), short))
    if turned and cash is not None:
        text = say("Free cash flow has turned to an outflow of {now:abs}.", now=cash.now)
        return Candidate(topic="cash", weight=0.9, wordings=(text,))
    return None


def _parts(ledger: Ledger) -> Candidate | None:
    """How much earnings and the multiple moved, where the price's change can be split."""
    multiple = ledger.latest(ledger.subject, "decomposition", name="multiple")
    earnings = ledger.latest(ledger.subject, "decomposition", name="earnings")
    if multiple.number is None or earnings.number is None:
        return None
    verbs: dict[str, Part] = {"one": moved(earnings), "other": price_moved(multiple)}
    text = say(
        "Earnings {one} {earnings:abs} and the multiple {other} {multiple:abs}.", **_both(earnings, multiple), **verbs
    )
    if is_flat(earnings) or is_flat(multiple):
        text = say(
            "Earnings moved by {earnings:signed}, the multiple by {multiple:signed}.", **_both(earnings, multiple)
        )
    return Candidate(topic="parts", weight=0.8, wordings=(text,))


def _both(earnings: Fact, multiple: Fact) -> dict[str, Part]:
    return {"earnings": earnings, "multiple": multiple}


def _segment(ledger: Ledger) -> Candidate | None:
    segment = segment_of(ledger)
    if segment is None:
        return None
    verb = phrase("grew") if (segment.growth.number or 0.0) >= 0 else phrase("shrank")
    parts: dict[str, Part] = {"name": segment.growth.name, "verb": verb, "growth": segment.growth}
    newest = ledger.latest(ledger.subject, "revenue", kind="quarter")
    period = segment.growth.period
    when = in_period(period) if newest.known and period.end < newest.period.end else phrase("in the newest quarter")
    text = say("{name} {verb} {growth:abs} {when}.", **parts, when=when)
    return Candidate(topic="growth", weight=0.5, wordings=(text,))


def _growth(ledger: Ledger) -> Candidate | None:
    growth = ledger.latest(ledger.subject, "revenue_growth", kind="quarter")
    if growth.number is None:
        return None
    verb = moved(growth)
    head = (
        "Revenue {verb} in the newest quarter."
        if is_flat(growth)
        else "Revenue {verb} {growth:abs} in the newest quarter."
    )
    text = say(head, verb=verb, growth=growth)
    return Candidate(topic="growth", weight=0.35, wordings=(text,))


def _gap(ledger: Ledger) -> Candidate | None:
    now, distance = (
        ledger.latest(ledger.subject, "pe_ttm"),
        ledger.latest(ledger.subject, "against_peers", name="pe_ttm"),
    )
    if not now.known:
        return None
    if distance.number is None:
        return Candidate(topic="gap", weight=0.3, wordings=(say("The price is {now} twelve-month earnings.", now=now),))
    side = phrase("above") if distance.number > 0 else phrase("below")
    head = "At {now} twelve-month earnings it stands {distance:abs} {side} its peers' median."
    return Candidate(topic="gap", weight=0.45, wordings=(say(head, now=now, distance=distance, side=side),))


def _target(ledger: Ledger) -> Candidate | None:
    target = mean_target(ledger) or next(iter(house_targets(ledger)), None)
    if target is None:
        return None
    upside = upside_of(ledger, target)
    if upside.number is None:
        return None
    what = phrase("mean target") if target.metric == "target_mean" else phrase("newest house target")
    side = phrase("above") if upside.number > 0 else phrase("below")
    text = say("The {what} is {upside:abs} {side} the close.", what=what, upside=upside, side=side)
    return Candidate(topic="target", weight=0.4, wordings=(text,))
