"""Implications for investors: cases with their arithmetic, whom the shares suit, what peers add, and what is dated."""

from __future__ import annotations

from collections.abc import Sequence

from generator.charts import Look, draw_correlation
from generator.model.brief import Column, Exhibit, Row, Section, Table
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.period import day_in_words
from generator.model.text import Text, say
from generator.sections.figures import cash_flows, flow_words
from generator.sections.phrases import (
    day_of,
    exhibit,
    fitting,
    known,
    name_of,
    paragraphs,
    qualified,
    side,
    span_of,
)
from generator.sections.setting import Setting

TITLE = "Implications for investors"
FULL = 95
CASES = (("bull", "Bull", "multiple_high", "Highest"), ("base", "Base", "multiple_median", "Median"),
         ("bear", "Bear", "multiple_low", "Lowest"))  # fmt: skip
WIDE, CALM = 1.5, 1.1
INCOME, SOME_INCOME = 0.03, 0.01
APART, TOGETHER = 0.4, 0.7


def build(ledger: Ledger, setting: Setting) -> Section:
    """Return the section; what cannot be stated is said to be missing."""
    shown = [_cases(ledger), _correlation(ledger, setting.look), _dates(ledger)]
    return Section(
        key="implications",
        title=TITLE,
        lede=lede(ledger),
        prose=paragraphs(cases(ledger), suits(ledger), peers(ledger), dates(ledger)),
        exhibits=tuple(each for each in shown if each),
        words=setting.words,
    )


def case_of(ledger: Ledger, name: str) -> tuple[Fact, Fact]:
    """Return a case's price and its distance from today's price."""
    keys = ("scenario_price", "scenario_change")
    price, change = (ledger.latest(ledger.subject, key, name=name) for key in keys)
    return price, change


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
            basis=earned.note or "earnings", earned=earned),
        _asymmetry(ledger),
    ]  # fmt: skip


def _no_case(ledger: Ledger, earned: Fact) -> Text:
    name = name_of(ledger, ledger.subject)
    if (earned.number or 0.0) < 0:
        return say("No case is computed: {name} lost {x:abs} per {unit} over twelve months, and a multiple of a loss "
                   "has no meaning.", name=name, x=earned, unit=ledger.company.security)  # fmt: skip
    why = ledger.latest(ledger.subject, "multiple_median").reason
    reason = why if not earned.known else "the record of multiples is too short"
    return say("No case is computed for {name}: {why}.", name=name, why=reason)


def _asymmetry(ledger: Ledger) -> Text:
    """Compare the way up with the way down."""
    up, down = case_of(ledger, "bull")[1], case_of(ledger, "bear")[1]
    if not known(up, down) or (up.number or 0.0) <= 0 or (down.number or 0.0) >= 0:
        return ()
    more = (up.number or 0.0) > -(down.number or 0.0)
    words = "The way up to the highest multiple ({up:signed}) is {size} than the way down to the lowest ({down:signed})."
    return say(words, up=up, size="longer" if more else "shorter", down=down)


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
    kind = "holders who bear wide swings" if ratio >= WIDE else "holders used to swings like the market's"
    kind = "holders who accept somewhat wider swings than the market's" if CALM < ratio < WIDE else kind
    words = "A volatility of {x}, against {y} for {name}, describes a share for {kind}."
    return say(words, x=own, y=other, name=name_of(ledger, ledger.benchmark), kind=kind)


def _suits_income(ledger: Ledger) -> Text:
    rate = ledger.latest(ledger.subject, "dividend_yield")
    if not rate.known:
        return say("No dividend record is held, so nothing is said about income.")
    value = rate.number or 0.0
    if value <= 0:
        return say("No dividend had its ex-date in the last twelve months: the return is the price alone.")
    tail = "income is a main part of the return" if value >= INCOME else "income is a small part of the return"
    tail = "income adds to the return without leading it" if SOME_INCOME <= value < INCOME else tail
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
    facts = _correlations(ledger, ledger.peers)
    if not facts:
        return [say("No peer's correlation can be computed from the prices held.")] if ledger.peers else []
    low, high = facts[0], facts[-1]
    sentences = [_span(ledger, facts), _diversifies(low, high)]
    market = ledger.latest(ledger.subject, "correlation", name=ledger.benchmark)
    if market.known:
        words = "With {name} the correlation was {x}."
        sentences.append(say(words, name=name_of(ledger, ledger.benchmark), x=market))
    return sentences


def _correlations(ledger: Ledger, entities: Sequence[str]) -> list[Fact]:
    facts = [ledger.latest(ledger.subject, "correlation", name=entity) for entity in entities]
    return sorted((fact for fact in facts if fact.known), key=lambda fact: fact.number or 0.0)


def _span(ledger: Ledger, facts: Sequence[Fact]) -> Text:
    low, high = facts[0], facts[-1]
    if len(facts) == 1:
        return say("Daily returns had a correlation of {x} with {name} over one year.", x=low, name=name_of(ledger, low.name))
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
    ahead = _ahead(ledger)
    if not ahead:
        return [say("No date ahead is published in the sources held: neither of results nor of a plan's end.")]
    if not any(fact.metric == "next_earnings" for fact in ahead):
        return [say("The day of the next results is not published in the sources held.")]
    return []


def _ahead(ledger: Ledger) -> list[Fact]:
    """Return what ends or happens after the day of the brief, in the order of the days."""
    stated = [
        fact
        for entity in (ledger.subject, *ledger.peers)
        for metric in ("next_earnings", "next_dividend", "capex_plan", "capex_guidance")
        for fact in _newest(ledger, entity, metric)
        if fact.known and fact.confirmed and _when(fact) > ledger.until.isoformat()
    ]
    return sorted(stated, key=lambda fact: (_when(fact), fact.entity != ledger.subject, fact.id))


def _newest(ledger: Ledger, entity: str, metric: str) -> list[Fact]:
    found = {(fact.name, fact.period.end): fact for fact in ledger.current(entity, metric)}
    return list(found.values())


def _when(fact: Fact) -> str:
    return str(fact.value) if fact.metric.startswith("next_") else fact.period.end.isoformat()


EVENTS = {"next_earnings": "next results", "next_dividend": "next ex-dividend day"}


def _dates(ledger: Ledger) -> Exhibit | None:
    """Return the table of days ahead."""
    ahead = _ahead(ledger)
    if not ahead:
        return None
    columns = (Column(label="Day", kind="text", share=1.3), Column(label="What", kind="text", share=3.4),
               Column(label="Amount", share=1.3))  # fmt: skip
    rows = tuple(_date_row(ledger, fact) for fact in ahead)
    subtitle = say("Days after {day} that a source has published", day=day_in_words(ledger.until))
    title = say("The next published date is {day}", day=_day(ahead[0]))
    table = Table(columns=columns, rows=rows)
    return exhibit("dates", title, subtitle, table=table, as_of=ledger.until)


def _day(fact: Fact) -> Text:
    return say("{x}", x=fact) if fact.metric in EVENTS else say("{day}", day=day_of(fact))


def _date_row(ledger: Ledger, fact: Fact) -> Row:
    name = name_of(ledger, fact.entity)
    if fact.metric in EVENTS:
        what = say("{name}: {what}", name=name, what=EVENTS[fact.metric])
        return Row(head=_day(fact), cells=(what, ("–",)))
    what = say("{name}: end of “{plan}”", name=name, plan=fact.name or fact.label)
    return Row(head=_day(fact), cells=(what, say("{q}{x}", q=qualified(fact), x=fact)))


def _cases(ledger: Ledger) -> Exhibit | None:
    """Return the table of the three cases with their arithmetic."""
    earned = ledger.latest(ledger.subject, "earnings_per_security")
    rows = [row for case in CASES if (row := _case_row(ledger, case, earned))]
    middle = ledger.latest(ledger.subject, "multiple_median")
    if not rows:
        return None
    columns = (Column(label="Case", kind="text", share=1.2), Column(label="Multiple of the record", kind="text", share=2.2),
               Column(label="Earnings"), Column(label="× multiple"), Column(label="= price"),
               Column(label="Against the price", share=1.3))  # fmt: skip
    subtitle = say("{basis} × multiple of the own record, {span}", basis=_upper(earned.note or "earnings"), span=span_of(middle))
    note = say("Against the close of {price}. Earnings are held, the multiple alone varies: arithmetic, no forecast.",
               price=ledger.latest(ledger.subject, "price"))  # fmt: skip
    table = Table(columns=columns, rows=tuple(rows))
    return exhibit("cases", _cases_title(ledger), subtitle, table=table, width="full", note=note)


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _case_row(ledger: Ledger, case: tuple[str, str, str, str], earned: Fact) -> Row | None:
    name, label, key, which = case
    price, change = case_of(ledger, name)
    multiple = ledger.latest(ledger.subject, key)
    if not known(price, change, multiple, earned):
        return None
    return Row(
        head=say("{label}", label=label),
        cells=(say("{which}", which=which), say("{x}", x=earned), say("{x}", x=multiple), say("{x}", x=price),
               say("{x:signed}", x=change)),
        kind="subject" if name == "base" else "",
    )  # fmt: skip


def _cases_title(ledger: Ledger) -> Text:
    price, change = case_of(ledger, "base")
    where = side(change)
    words = "At its median multiple the price would be {x}, {change:abs} {side} today's"
    long = say(words, x=price, change=change, side=where)
    return fitting(ledger.wording, FULL, long, say("Three cases on the own record of multiples"))


def _correlation(ledger: Ledger, look: Look) -> Exhibit | None:
    """Return the correlation of daily returns with each peer and the benchmark."""
    entities = tuple(dict.fromkeys((*ledger.peers, ledger.benchmark)))
    facts = _correlations(ledger, [entity for entity in entities if entity])
    if not facts:
        return None
    drawing = draw_correlation([(name_of(ledger, fact.name), fact) for fact in facts], look=look)
    own = [fact for fact in facts if fact.name in ledger.peers]
    subtitle = say("Correlation of daily returns, {span}", span=span_of(facts[0]))
    return exhibit("correlation", _correlation_title(own or facts), subtitle, drawing=drawing)


def _correlation_title(facts: Sequence[Fact]) -> Text:
    if (facts[-1].number or 0.0) < APART:
        return say("The shares moved largely apart from peers")
    if (facts[0].number or 0.0) > TOGETHER:
        return say("The shares moved with the peers")
    return say("The shares moved partly with the peers")


