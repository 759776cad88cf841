"""Implications for investors: cases with their arithmetic, whom the shares suit, what peers add, and what is dated."""

from __future__ import annotations

from collections.abc import Sequence

from generator.language import phrase
from generator.model.brief import Section
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.text import Text, say
from generator.sections.dates import ahead_of, dates_exhibit
from generator.sections.figures import cash_flows, flow_words
from generator.sections.implications_exhibits import (
    APART,
    TOGETHER,
    case_of,
    cases_table,
    correlation_chart,
    correlations,
)
from generator.sections.phrases import known, name_of, paragraphs, side
from generator.sections.setting import Setting

WIDE, CALM = 1.5, 1.1
INCOME, SOME_INCOME = 0.03, 0.01


def build(ledger: Ledger, setting: Setting) -> Section:
    """Return the section; what cannot be stated is said to be missing."""
    shown = [cases_table(ledger) or correlation_chart(ledger, setting.look), dates_exhibit(ledger)]
    return Section(
        key="implications",
        title=phrase("Implications for investors"),
        lede=lede(ledger),
        prose=paragraphs(cases(ledger), suits(ledger), peers(ledger), dates(ledger)),
        exhibits=tuple(each for each in shown if each),
        words=setting.words,
    )


def lede(ledger: Ledger) -> Text:
    """Return the answer: what today's earnings are worth at the ends of the own record."""
    (low, down), (high, up) = case_of(ledger, "bear"), case_of(ledger, "bull")
    if known(low, down, high, up):
        return say(
            "On today's earnings the record's multiples mean {low} ({down:signed}) to {high} ({up:signed}).",
            low=low, down=down, high=high, up=up,
        )  # fmt: skip
    return say("Without a record of earnings multiples, no case can be computed for {name}.",
               name=name_of(ledger, ledger.subject))  # fmt: skip


def cases(ledger: Ledger) -> list[Text]:
    """Return the sentences on the three cases, or on why there are none."""
    middle, change = case_of(ledger, "base")
    earned = ledger.latest(ledger.subject, "earnings_per_security")
    if not known(middle, change):
        return [_no_case(ledger, earned)]
    words = "At the median multiple of the record the price would be {x}, {change:abs} {side} today's."
    if abs(change.number or 0.0) < 0.0005:
        words = "At the median multiple of the record the price would be {x}, level with today's."
    return [
        say(words, x=middle, change=change, side=side(change)),
        say("The cases hold {basis} at {earned} and vary the multiple alone; they are arithmetic and no forecast.",
            basis=earned.note or phrase("earnings"), earned=earned),
        _asymmetry(ledger),
    ]  # fmt: skip


def _no_case(ledger: Ledger, earned: Fact) -> Text:
    name = name_of(ledger, ledger.subject)
    if (earned.number or 0.0) < 0:
        return say("No case is computed: {name} lost {x:abs} per {unit} over twelve months, and a multiple of a loss "
                   "has no meaning.", name=name, x=earned, unit=ledger.company.security)  # fmt: skip
    why = (
        phrase("the record of multiples is too short")
        if earned.known
        else phrase("earnings of twelve months are not held")
    )
    return say("No case is computed for {name}: {why}.", name=name, why=why)


def _asymmetry(ledger: Ledger) -> Text:
    """Compare the way up with the way down."""
    up, down = case_of(ledger, "bull")[1], case_of(ledger, "bear")[1]
    if not known(up, down) or (up.number or 0.0) <= 0 or (down.number or 0.0) >= 0:
        return ()
    more = (up.number or 0.0) > -(down.number or 0.0)
    words = (
        "The way up to the highest multiple ({up:signed}) is {size} than the way down to the lowest ({down:signed})."
    )
    return say(words, up=up, size=phrase("longer") if more else phrase("shorter"), down=down)


def suits(ledger: Ledger) -> list[Text]:
    """Return who the shares suit, described by volatility, dividend and cash flow; it is no advice."""
    return [_suits_swings(ledger), _suits_income(ledger), _suits_cash(ledger)]


def _suits_swings(ledger: Ledger) -> Text:
    own, other = ledger.latest(ledger.subject, "volatility"), ledger.latest(ledger.benchmark, "volatility")
    if not own.known:
        return ()
    if not other.number:
        return say("The price had a volatility of {x} over one year.", x=own)
    ratio = (own.number or 0.0) / other.number
    kind = (
        phrase("holders who bear wide swings") if ratio >= WIDE else phrase("holders used to swings like the market's")
    )
    kind = phrase("holders who accept somewhat wider swings than the market's") if CALM < ratio < WIDE else kind
    words = "A volatility of {x}, against {y} for {name}, describes a share for {kind}."
    return say(words, x=own, y=other, name=name_of(ledger, ledger.benchmark), kind=kind)


def _suits_income(ledger: Ledger) -> Text:
    rate = ledger.latest(ledger.subject, "dividend_yield")
    if not rate.known:
        return say("No dividend record is held, so nothing is said about income.")
    value = rate.number or 0.0
    if value <= 0:
        return say("No dividend had its ex-date in the last twelve months: the return is the price alone.")
    tail = (
        phrase("income is a main part of the return")
        if value >= INCOME
        else phrase("income is a small part of the return")
    )
    tail = phrase("income adds to the return without leading it") if SOME_INCOME <= value < INCOME else tail
    return say("With a dividend yield of {x}, {tail}.", x=rate, tail=tail)


def _suits_cash(ledger: Ledger) -> Text:
    flows = cash_flows(ledger)
    rate = ledger.latest(ledger.subject, "fcf_yield")
    if flows and (flows[-1].number or 0.0) < 0:
        words = "Free cash flow was {x} in the {period}: holders wait for the return on what is being spent."
        return say(words, x=flow_words(flows[-1]), period=flows[-1].period.label)
    if (rate.number or 0.0) > 0:
        return say("Free cash flow of twelve months is {x} of the market value.", x=rate)
    return ()


def peers(ledger: Ledger) -> list[Text]:
    """Return what the peers would add, by the correlation of daily returns over one year."""
    facts = correlations(ledger, ledger.peers)
    if not facts:
        return [say("No peer's correlation can be computed from the prices held.")] if ledger.peers else []
    low, high = facts[0], facts[-1]
    sentences = [_span(ledger, facts), _diversifies(low, high)]
    market = ledger.latest(ledger.subject, "correlation", name=ledger.benchmark)
    if market.known:
        words = "With {name} the correlation was {x}."
        sentences.append(say(words, name=name_of(ledger, ledger.benchmark), x=market))
    return sentences


def _span(ledger: Ledger, facts: Sequence[Fact]) -> Text:
    low, high = facts[0], facts[-1]
    if len(facts) == 1:
        return say(
            "Daily returns had a correlation of {x} with {name} over one year.", x=low, name=name_of(ledger, low.name)
        )
    return say(
        "Over one year daily returns had a correlation of {low} with {one} and of {high} with {other}.",
        low=low, one=name_of(ledger, low.name), high=high, other=name_of(ledger, high.name),
    )  # fmt: skip


def _diversifies(low: Fact, high: Fact) -> Text:
    if (high.number or 0.0) < APART:
        return say("The shares moved largely apart from the peers: in that year, holding both spread the risk.")
    if (low.number or 0.0) > TOGETHER:
        return say("The shares moved with the peers: in that year, holding both spread little of the risk.")
    return say("Peers spread part of the risk, the ones with the lowest correlation most.")


def dates(ledger: Ledger) -> list[Text]:
    """Say when nothing is dated ahead, or that the day of the next results is not published."""
    ahead = ahead_of(ledger)
    if not ahead:
        return [say("No date ahead is published in the sources held: neither of results nor of a plan's end.")]
    if not any(fact.metric == "next_earnings" for fact in ahead):
        return [say("The day of the next results is not published in the sources held.")]
    return []
