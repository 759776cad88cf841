"""The exhibits of the implications: the cases, the correlations, and the days ahead."""

from __future__ import annotations

from collections.abc import Sequence

from generator.charts import Look, draw_correlation
from generator.model.brief import Column, Exhibit, Row, Table
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.period import day_in_words
from generator.model.text import Text, say
from generator.sections.phrases import day_of, exhibit, fitting, known, name_of, qualified, side, span_of

FULL = 95
CASES = (("bull", "Bull", "multiple_high", "Highest"), ("base", "Base", "multiple_median", "Median"),
         ("bear", "Bear", "multiple_low", "Lowest"))  # fmt: skip
APART, TOGETHER = 0.4, 0.7


def case_of(ledger: Ledger, name: str) -> tuple[Fact, Fact]:
    """Return a case's price and its distance from today's price."""
    keys = ("scenario_price", "scenario_change")
    price, change = (ledger.latest(ledger.subject, key, name=name) for key in keys)
    return price, change


def correlations(ledger: Ledger, entities: Sequence[str]) -> list[Fact]:
    """Return the correlations of daily returns with these, the lowest first."""
    facts = [ledger.latest(ledger.subject, "correlation", name=entity) for entity in entities]
    return sorted((fact for fact in facts if fact.known), key=lambda fact: fact.number or 0.0)


def ahead_of(ledger: Ledger) -> list[Fact]:
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


def dates_table(ledger: Ledger) -> Exhibit | None:
    """Return the table of days ahead."""
    ahead = ahead_of(ledger)
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


def cases_table(ledger: Ledger) -> Exhibit | None:
    """Return the table of the three cases with their arithmetic."""
    earned = ledger.latest(ledger.subject, "earnings_per_security")
    rows = [row for case in CASES if (row := _case_row(ledger, case, earned))]
    middle = ledger.latest(ledger.subject, "multiple_median")
    if not rows:
        return None
    columns = (Column(label="Case", kind="text", share=1.2), Column(label="Multiple", kind="text", share=1.4),
               Column(label="Earnings"), Column(label="× multiple"), Column(label="= price"),
               Column(label="Against the price", share=1.3))  # fmt: skip
    subtitle = say(
        "{basis} × multiple of the own record, {span}", basis=_upper(earned.note or "earnings"), span=span_of(middle)
    )
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


def correlation_chart(ledger: Ledger, look: Look) -> Exhibit | None:
    """Return the correlation of daily returns with each peer and the benchmark."""
    entities = tuple(dict.fromkeys((*ledger.peers, ledger.benchmark)))
    facts = correlations(ledger, [entity for entity in entities if entity])
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
