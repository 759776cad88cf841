"""What analysts say: consensus with its denominators, dated targets of named houses, and press claims kept apart."""

from __future__ import annotations

from generator.language import counted, phrase
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.text import Text, listed, say
from generator.sections.phrases import capital, day_of, known, name_of, side

FEW_HOUSES = 3
MOST_HOUSES = 10


def sentiment(ledger: Ledger) -> list[Text]:
    """Return the sentences on ratings and targets; says so where there are none."""
    found = [*_consensus(ledger), *_houses(ledger), *_claim(ledger)]
    return found or [_nothing_fresh(ledger)]


def _nothing_fresh(ledger: Ledger) -> Text:
    mean = consensus_target(ledger)
    if not mean.known:
        return say("No source gives a rating or a price target for {name}.", name=name_of(ledger, ledger.subject))
    old = "The last average target that is held, {mean}, is of {day}: too old to be set against today's price."
    return say(old, mean=mean, day=day_of(mean))


def upside_of(ledger: Ledger, target: Fact) -> Fact:
    """Return the distance from the price to a target; unknown for targets that are stale or in another currency."""
    name = target.name or target.metric
    for fact in reversed(ledger.current(ledger.subject, "upside", name=name)):
        if fact.note == target.metric and target.id in fact.inputs:
            return fact
    return ledger.missing(
        ledger.subject, "upside", reason=phrase("{what} is not compared with the price", what=target.label)
    )


def consensus_target(ledger: Ledger, key: str = "target_mean") -> Fact:
    """Return the newest consensus target with a denominator (the one without a vendor's name), else any."""
    plain = ledger.latest(ledger.subject, key, name="")
    return plain if plain.known else ledger.latest(ledger.subject, key)


def houses(ledger: Ledger) -> list[Fact]:
    """Return the newest confirmed target of each named house that is set against the price, highest first."""
    newest: dict[str, Fact] = {}
    for fact in ledger.current(ledger.subject, "house_target"):
        if fact.known and fact.confirmed:
            newest[fact.name] = fact
    compared = [fact for fact in newest.values() if upside_of(ledger, fact).known]
    recent = sorted(compared, key=lambda fact: (fact.period.end, fact.name))[-MOST_HOUSES:]
    return sorted(recent, key=lambda fact: (-(fact.number or 0.0), fact.name))


def elsewhere(ledger: Ledger) -> list[Fact]:
    """Return the newest confirmed house targets in another currency than the price."""
    newest = {
        fact.name: fact
        for fact in ledger.current(ledger.subject, "house_target")
        if fact.known and fact.confirmed and fact.currency != ledger.company.price_currency
    }
    return list(newest.values())


def claim_of(ledger: Ledger) -> Fact | None:
    """Return the average target that the press claims and nobody confirmed, or None."""
    facts = ledger.current(ledger.subject, "consensus_target_mean")
    return next((fact for fact in reversed(facts) if fact.known and not fact.confirmed), None)


def _consensus(ledger: Ledger) -> list[Text]:
    mean = consensus_target(ledger)
    if not mean.known or not upside_of(ledger, mean).known:
        return _ratings(ledger, mean)
    return [_mean(ledger, mean), _ends(ledger), *_ratings(ledger, mean)]


def _mean(ledger: Ledger, mean: Fact) -> Text:
    """State the average target with its number of analysts, its day, and on which side of the price it stands."""
    upside, price = upside_of(ledger, mean), ledger.latest(ledger.subject, "price")
    count = ledger.latest(ledger.subject, "target_analysts")
    of = say(" of {n} analysts", n=count) if count.known and count.as_of == mean.as_of else ()
    start = say("The average target{of} on {day} is {mean}", of=of, day=day_of(mean), mean=mean)
    if (upside.number or 0.0) < 0:
        words = "{start}, below the price of {price}: a downside of {x:signed}."
        return say(words, start=start, price=price, x=upside)
    words = "{start}, {x:abs} {side} the price of {price}."
    return say(words, start=start, x=upside, side=side(upside), price=price)


def _ends(ledger: Ledger) -> Text:
    low, high = (consensus_target(ledger, key) for key in ("target_low", "target_high"))
    down, up = upside_of(ledger, low), upside_of(ledger, high)
    if not known(low, high, down, up):
        return ()
    words = "Targets run from {low} ({down:signed}) to {high} ({up:signed}){verdict}."
    verdict = _verdict([down, up])
    return say(words, low=low, down=down, high=high, up=up, verdict=verdict)


def _verdict(upsides: list[Fact]) -> str:
    values = [fact.number or 0.0 for fact in upsides]
    if max(values) < 0:
        return phrase(", all below the price")
    return phrase(", all above the price") if min(values) > 0 else ""


def _ratings(ledger: Ledger, mean: Fact) -> list[Text]:
    positive, total = (ledger.latest(ledger.subject, key) for key in ("ratings_positive", "ratings_total"))
    if not known(positive, total):
        return []
    first = say(
        "{positive} of {total} ratings were Buy or Strong Buy on {day}.",
        positive=positive, total=total, day=_rated_on(ledger, total),
    )  # fmt: skip
    upside = upside_of(ledger, mean)
    most = (positive.number or 0.0) > (total.number or 0.0) / 2
    if most and upside.known and (upside.number or 0.0) < 0:
        return [first, say("Ratings and targets contradict each other: most ratings are Buy, yet the average target "
                           "lies below the price.")]  # fmt: skip
    return [first]


def _rated_on(ledger: Ledger, total: Fact) -> str:
    stated = ledger.latest(ledger.subject, "ratings_strong_buy")
    return day_of(stated if stated.known else total)


def _houses(ledger: Ledger) -> list[Text]:
    targets, others = houses(ledger), elsewhere(ledger)
    sentences = [_named(ledger, targets) if len(targets) <= FEW_HOUSES else _many(ledger, targets)] if targets else []
    if others:
        names = listed([say("{name} {target} ({day})", name=f.name, target=f, day=day_of(f)) for f in others])
        lead = (
            phrase("Targets in another currency are")
            if len(others) > 1
            else phrase("One target is in another currency and is")
        )
        sentences.append(say("{lead} not compared with the price: {names}.", lead=lead, names=names))
    return sentences


def _named(ledger: Ledger, targets: list[Fact]) -> Text:
    """List a few houses with their days and the distance of each target from the price."""
    each = [
        say("{name} {target} ({day}, {x:signed})", name=f.name, target=f, day=day_of(f), x=upside_of(ledger, f))
        for f in targets
    ]
    lead = (
        phrase("One confirmed target of a named house is held") if len(each) == 1 else phrase("Confirmed house targets")
    )
    return say("{lead}: {names}{verdict}.", lead=lead, names=listed(each), verdict=_verdict_of(ledger, targets))


def _verdict_of(ledger: Ledger, targets: list[Fact]) -> str:
    upsides = [upside_of(ledger, fact) for fact in targets]
    if len(upsides) == 1:
        return phrase(", {side} the price", side=side(upsides[0]))
    return _verdict(upsides) or phrase("; they lie on both sides of the price")


def _many(ledger: Ledger, targets: list[Fact]) -> Text:
    """Give the ends of many houses' targets, their days, and how many lie below the price."""
    high, low = targets[0], targets[-1]
    days = sorted(fact.period.end for fact in targets)
    first, last = (next(fact for fact in targets if fact.period.end == day) for day in (days[0], days[-1]))
    below = sum((upside_of(ledger, fact).number or 0.0) < 0 for fact in targets)
    tail = counted(below, "{count} lies", "{count} lie") if below else phrase("none lies")
    return say(
        "{count}, dated {first} to {last}, run from {low} ({low_name}, {down:signed}) to {high} ({high_name}, "
        "{up:signed}); {tail} below the price.",
        count=capital(counted(len(targets), "{count} confirmed house target", "{count} confirmed house targets")),
        first=day_of(first),
        last=day_of(last),
        low=low,
        low_name=low.name,
        down=upside_of(ledger, low),
        high=high,
        high_name=high.name,
        up=upside_of(ledger, high),
        tail=tail,
    )


def _claim(ledger: Ledger) -> list[Text]:
    """Repeat a press claim only as a claim: by whom, not confirmed, and on which side of the price it stands."""
    target = claim_of(ledger)
    if target is None:
        return []
    upside, price = upside_of(ledger, target), ledger.latest(ledger.subject, "price")
    start = say(
        "An average target of {target}{ratings}, as reported by {publisher}, is not confirmed",
        target=target, ratings=_claimed_ratings(ledger), publisher=publisher_of(target),
    )  # fmt: skip
    if not upside.known:
        return [say("{start}.", start=start)]
    if (upside.number or 0.0) < 0:
        tail = say("; at {price} it stands below the price, a downside of {x:signed}", price=price, x=upside)
    else:
        tail = say("; it stands {x:abs} {side} the price of {price}", x=upside, side=side(upside), price=price)
    return [say("{start}{tail}.", start=start, tail=tail)]


def publisher_of(fact: Fact) -> str:
    """Return who published a figure."""
    return fact.sources[0].publisher if fact.sources else phrase("the press")


def _claimed_ratings(ledger: Ledger) -> Text:
    buys, total = (ledger.latest(ledger.subject, key) for key in ("consensus_buy_ratings", "consensus_ratings_total"))
    return say(" ({buys} of {total} analysts at Buy)", buys=buys, total=total) if known(buys, total) else ()
