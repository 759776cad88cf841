"""The exhibits of the valuation section: each with a finding as its title, or left out where its facts are missing."""

from __future__ import annotations

from collections.abc import Sequence

from generator.analysis.history import basis_of
from generator.charts import (
    Look,
    Range,
    Target,
    draw_consensus,
    draw_football_field,
    draw_multiple_band,
    draw_rebased,
    draw_target_fan,
    draw_targets,
    draw_waterfall,
)
from generator.language import counted, day_in_words, enumerated, in_words, msgid, phrase, translated
from generator.model.brief import Exhibit, Width
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.series import Series
from generator.model.text import Text, join, say
from generator.sections.phrases import capital, day_of, exhibit, fitting, known, mark_of, name_of, side
from generator.sections.valuation_table import multiples_table
from generator.sections.valuation_targets import claim_of, consensus_target, houses, upside_of

HALF = 50
PAIR = 2
MOST_HALVES = 4
BAND = "multiple_band"
EDGE = 0.02
RATINGS = (
    (msgid("Strong buy"), "ratings_strong_buy"),
    (msgid("Buy"), "ratings_buy"),
    (msgid("Hold"), "ratings_hold"),
    (msgid("Sell"), "ratings_sell"),
    (msgid("Strong sell"), "ratings_strong_sell"),
)


def exhibits(ledger: Ledger, look: Look) -> tuple[Exhibit, ...]:
    """Return two pairs of what can be drawn, and a full-width exhibit after each pair; a band without partner is wide.

    Why the ranges of the football field come last: they gather what the pairs show, and are needed where pairs lack.
    """
    drawn = (_rebased(ledger, look), _waterfall(ledger, look), _band(ledger, look), _targets(ledger, look),
             _fan(ledger, look), _consensus(ledger, look))  # fmt: skip
    halves = [each for each in drawn if each][:MOST_HALVES]
    if len(halves) % PAIR and halves[-1].key == BAND:
        halves[-1] = _band(ledger, look, "full") or halves[-1]
    gathered = _football(ledger, look) if len(halves) < MOST_HALVES else None
    return _in_rows(halves, [each for each in (multiples_table(ledger), gathered) if each])


def _in_rows(halves: Sequence[Exhibit], fulls: Sequence[Exhibit]) -> tuple[Exhibit, ...]:
    pairs = [halves[i : i + 2] for i in range(0, len(halves), 2)]
    rows: list[Exhibit] = []
    for i in range(max(len(pairs), len(fulls))):
        rows += [*(pairs[i] if i < len(pairs) else ()), *fulls[i : i + 1]]
    return tuple(rows)


def _rebased(ledger: Ledger, look: Look) -> Exhibit | None:
    """Return the price against peers and benchmark since the start of the year."""
    entities = tuple(dict.fromkeys((ledger.subject, *ledger.peers, ledger.benchmark)))
    lines = [line for line in (ledger.line(entity, "rebased_ytd") for entity in entities) if line and line.days]
    base = ledger.latest(ledger.subject, "base_price", name="ytd")
    if not base.known or not any(line.entity == ledger.subject for line in lines):
        return None
    ends = [fact for fact in (ledger.latest(line.entity, "rebased_end") for line in lines) if fact.known]
    drawing = draw_rebased(lines, ends=ends, subject=ledger.subject, look=look)
    subtitle = say("Closing prices, rebased to the close of {day}", day=day_of(base))
    return exhibit("rebased", _rebased_title(ledger, ends), subtitle, drawing=drawing)


def _rebased_title(ledger: Ledger, ends: Sequence[Fact]) -> Text:
    own = next((fact.number or 0.0 for fact in ends if fact.entity == ledger.subject), 0.0)
    peers = [fact.number or 0.0 for fact in ends if fact.entity in ledger.peers]
    others = peers or [fact.number or 0.0 for fact in ends if fact.entity == ledger.benchmark]
    beaten = sum(own > other for other in others)
    if not others:
        return say("The price since the start of the year")
    if not peers:
        return say(
            "The shares are {way} the benchmark this year", way=phrase("ahead of") if beaten else phrase("behind")
        )
    if beaten in (0, len(peers)):
        whom = phrase("every peer") if len(peers) > 1 else phrase("the peer")
        return say("The shares {way} {whom} this year", way=phrase("outran") if beaten else phrase("trail"), whom=whom)
    return say("The shares outran {n} of {peers}", n=in_words(beaten),
               peers=counted(len(peers), "{count} peer", "{count} peers"))  # fmt: skip


def _waterfall(ledger: Ledger, look: Look) -> Exhibit | None:
    """Return the year's price change as the sum of multiple, earnings, currency and compounding."""
    labels = {"multiple": phrase("Multiple"), "earnings": phrase("Earnings"), "currency": phrase("Currency"),
              "cross": phrase("Compounding")}  # fmt: skip
    found = {name: ledger.latest(ledger.subject, "decomposition", name=name) for name in labels}
    parts = [(labels[name], fact) for name, fact in found.items() if fact.known]
    total = ledger.latest(ledger.subject, "price_change", name="ytd")
    if not parts or not total.number:
        return None
    drawing = draw_waterfall(parts, total=(phrase("Price change"), total), look=look)
    basis = basis_of(parts[0][1])
    subtitle = say("Parts of the change since {day}, in % of that close; {basis}",
                   day=_day(total), basis=basis)  # fmt: skip
    return exhibit("decomposition", _waterfall_title(found, total), subtitle, drawing=drawing)


def _day(fact: Fact) -> str:
    return day_in_words(fact.period.start or fact.period.end)


def _waterfall_title(parts: dict[str, Fact], total: Fact) -> Text:
    multiple, earnings = parts["multiple"].number or 0.0, parts["earnings"].number or 0.0
    if (multiple > 0) != (earnings > 0):
        if (total.number or 0.0) > 0:
            words = (
                "Earnings outgrew a lower multiple" if earnings > 0 else "A higher multiple outweighed lower earnings"
            )
            return say(words)
        up = earnings > 0
        return say(
            "A lower multiple outweighed higher earnings" if up else "Lower earnings outweighed a higher multiple"
        )
    gain = (total.number or 0.0) > 0
    if abs(earnings) > abs(multiple):
        return say(
            "Earnings drove more of the gain than the multiple"
            if gain
            else "Earnings drove more of the fall than the multiple"
        )
    return say(
        "The multiple drove more of the gain than earnings"
        if gain
        else "The multiple drove more of the fall than earnings"
    )


def _band(ledger: Ledger, look: Look, width: Width = "half") -> Exhibit | None:
    """Return the price on the lowest, middle and highest multiple of the own record."""
    price, per, line = (ledger.line(ledger.subject, key) for key in ("close", "earnings_per_security", "multiple"))
    low, middle, high, now = (
        ledger.latest(ledger.subject, f"multiple_{key}") for key in ("low", "median", "high", "now")
    )
    if price is None or per is None or line is None or not known(low, middle, high, now):
        return None
    shown = price.since(line.days[0])
    levels = sorted({round(fact.number or 0.0, 1) for fact in (low, middle, high)})
    drawing = draw_multiple_band(
        shown, per_share=_within(per, shown), multiples=levels, now=now, look=look, width=width
    )
    words = "Price at {low}, {middle} and {high} twelve-month earnings"
    subtitle = say(words, low=low, middle=middle, high=high)
    return exhibit(BAND, _band_title(low, middle, high, now), subtitle, drawing=drawing, width=width)


def _within(line: Series, shown: Series) -> Series:
    return line.since(shown.days[0]) if shown.days else line


def _band_title(low: Fact, middle: Fact, high: Fact, now: Fact) -> Text:
    bottom, median, top, value = (fact.number or 0.0 for fact in (low, middle, high, now))
    if value >= top * (1 - EDGE):
        return say("The multiple is at the top of its record")
    if value <= bottom * (1 + EDGE):
        return say("The multiple is at the bottom of its record")
    if abs(value / median - 1) <= EDGE:
        return say("The multiple is at the median of its record")
    where = phrase("above") if value > median else phrase("below")
    return say("The multiple is {where} the median of its record", where=where)


def _targets(ledger: Ledger, look: Look) -> Exhibit | None:
    """Return the targets of named houses against the price, with a press claim as a hollow mark."""
    shown, claim, price = houses(ledger), claim_of(ledger), ledger.latest(ledger.subject, "price")
    claim = claim if claim is not None and claim.currency == price.currency else None
    if not shown and claim is None:
        return None
    targets = [Target(target=fact, upside=upside_of(ledger, fact)) for fact in shown]
    drawing = draw_targets(targets, price=price, claim=claim, look=look)
    subtitle = say(
        "Targets per {unit} by house, {mark}{claim}",
        unit=ledger.company.security,
        mark=mark_of(ledger, price.currency),
        claim=phrase("; hollow: press claim") if claim else "",
    )
    note = join(_dated(shown), _claim_note(claim))
    return exhibit("targets", _targets_title(ledger, shown), subtitle, drawing=drawing, note=note)


def _dated(shown: Sequence[Fact]) -> Text:
    if not shown:
        return ()
    by_day = sorted(shown, key=lambda fact: fact.period.end)
    first, last = by_day[0], by_day[-1]
    if first.period.end == last.period.end:
        return say("Dated {day}.", day=day_of(first))
    return say("Dated {first} ({one}) to {last} ({other}).", first=day_of(first), one=first.name, last=day_of(last),
               other=last.name)  # fmt: skip


def _claim_note(claim: Fact | None) -> Text:
    if claim is None or not claim.sources:
        return ()
    return say("The claim is as reported by {publisher}, not confirmed.", publisher=claim.sources[0].publisher)


def _targets_title(ledger: Ledger, shown: Sequence[Fact]) -> Text:
    values = [upside_of(ledger, fact).number or 0.0 for fact in shown]
    if not values:
        return say("Only an unconfirmed target is at hand")
    below = sum(value < 0 for value in values)
    if below in (0, len(values)):
        where = phrase("below") if below else phrase("above")
        one = "The only confirmed target is {where} the price"
        return say(one if len(values) == 1 else "Confirmed targets stand {where} the price", where=where)
    targets = counted(len(values), "{count} target", "{count} targets")
    words = "{n} of {targets} lies below the price" if below == 1 else "{n} of {targets} lie below the price"
    return say(words, n=capital(in_words(below)), targets=targets)


def _fan(ledger: Ledger, look: Look) -> Exhibit | None:
    """Return the range of consensus targets ahead of the price; only for targets fresh enough to be compared."""
    facts = {key: consensus_target(ledger, key) for key in ("target_low", "target_mean", "target_high")}
    named = {key: Target(target=fact, upside=upside_of(ledger, fact)) for key, fact in facts.items()}
    line, base = ledger.line(ledger.subject, "close"), ledger.latest(ledger.subject, "base_price", name="ytd")
    mean = named["target_mean"]
    if line is None or mean.upside is None or not mean.upside.known:
        return None
    shown = line.since(base.period.end) if base.known else line
    drawing = draw_target_fan(shown, low=named["target_low"], mean=mean, high=named["target_high"], look=look)
    count = ledger.latest(ledger.subject, "target_analysts")
    analysts = say(" of {n} analysts", n=count) if count.known else ()
    subtitle = say("Price and targets{analysts}, {day}, {mark}", analysts=analysts, day=day_of(mean.target),
                   mark=mark_of(ledger, mean.target.currency))  # fmt: skip
    where = side(mean.upside)
    long = say("The average target is {x:abs} {side} the price", x=mean.upside, side=where)
    title = fitting(ledger.wording, HALF, long, say("The average target is {side} the price", side=where))
    return exhibit("target_fan", title, subtitle, drawing=drawing)


def _consensus(ledger: Ledger, look: Look) -> Exhibit | None:
    """Return the ratings with their denominator."""
    positive, total = (ledger.latest(ledger.subject, key) for key in ("ratings_positive", "ratings_total"))
    if not known(positive, total) or not total.number:
        return None
    counts = [(translated(label), ledger.latest(ledger.subject, key)) for label, key in RATINGS]
    drawing = draw_consensus(counts, look=look, width="half")
    title = say("{n} of {total} ratings are Buy or Strong Buy", n=positive, total=total)
    subtitle = say("Ratings by analysts, {day}", day=day_of(counts[0][1]))
    return exhibit("consensus", title, subtitle, drawing=drawing)


def _football(ledger: Ledger, look: Look) -> Exhibit | None:
    """Return what different methods say a share is worth, across the price."""
    ranges, price = [each for each in _ranges(ledger) if each.known], ledger.latest(ledger.subject, "price")
    if len(ranges) < PAIR or price.number is None:
        return None
    drawing = draw_football_field(ranges, price=price, look=look)
    subtitle = say("Low to high by method, {mark} per {unit}; the dashed line is the price",
                   mark=mark_of(ledger, price.currency), unit=ledger.company.security)  # fmt: skip
    return exhibit("football_field", _football_title(ranges, price.number), subtitle, drawing=drawing, width="full",
                   note=_football_note(ledger))  # fmt: skip


def _ranges(ledger: Ledger) -> list[Range]:
    subject = ledger.subject
    year = [ledger.latest(subject, key) for key in ("low_52w", "high_52w")]
    cases = [ledger.latest(subject, "scenario_price", name=name) for name in ("bear", "bull", "base")]
    found = [
        Range(label=phrase("Closes of the last year"), low=year[0], high=year[1]),
        Range(
            label=phrase("Own multiples on today's earnings"),
            low=cases[0],
            high=cases[1],
            mid=cases[2],
            mid_name=phrase("median"),
        ),
    ]
    peers = sorted(ledger.current(subject, "price_at_peer_multiple"), key=lambda fact: fact.number or 0.0)
    if len(peers) > 1:
        found.append(Range(label=phrase("Peers' P/E on own earnings"), low=peers[0], high=peers[-1], tone="teal"))
    named = houses(ledger)
    if len(named) > 1:
        found.append(Range(label=phrase("Targets of named houses"), low=named[-1], high=named[0], tone="accent"))
    low, mean, high = (consensus_target(ledger, key) for key in ("target_low", "target_mean", "target_high"))
    if known(low, high) and upside_of(ledger, mean).known:
        found.append(Range(label=phrase("Consensus targets"), low=low, high=high, mid=mean, tone="accent"))
    return found


def _football_title(ranges: Sequence[Range], price: float) -> Text:
    under = sum((each.high.number or 0.0) < price for each in ranges)
    over = sum((each.low.number or 0.0) > price for each in ranges)
    total = counted(len(ranges), "{count} range", "{count} ranges")
    if not under and not over:
        return say(
            "{all} hold the current price",
            all=phrase("Both ranges") if len(ranges) == PAIR else phrase("All {total}", total=total),
        )
    below = counted(under, "{count} ends below", "{count} end below") if under else ""
    above = counted(over, "{count} starts above", "{count} start above") if over else ""
    ends = enumerated([each for each in (below, above) if each])
    return say("Of {total}, {ends} the current price", total=total, ends=ends)


def _football_note(ledger: Ledger) -> Text:
    peers = ledger.current(ledger.subject, "price_at_peer_multiple")
    if len(peers) < PAIR:
        return ()
    names = phrase(", ").join(name_of(ledger, fact.name) for fact in peers)
    return say("Peers' P/E: {names}; close × peer's P/E ÷ own P/E. Ranges are arithmetic, not forecasts.", names=names)
