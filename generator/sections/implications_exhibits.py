"""The exhibits of the implications: the cases and the correlations."""

from __future__ import annotations

from collections.abc import Sequence

from generator.charts import Look, draw_correlation
from generator.language import msgid, phrase, translated
from generator.model.brief import Column, Exhibit, Row, Table
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.text import Text, say
from generator.sections.phrases import exhibit, fitting, known, name_of, side, span_of

HALF = 50
CASES = (("bull", msgid("Bull: highest"), "multiple_high"), ("base", msgid("Base: median"), "multiple_median"),
         ("bear", msgid("Bear: lowest"), "multiple_low"))  # fmt: skip
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


def cases_table(ledger: Ledger) -> Exhibit | None:
    """Return the table of the three cases with their arithmetic."""
    earned = ledger.latest(ledger.subject, "earnings_per_security")
    rows = [row for case in CASES if (row := _case_row(ledger, case, earned))]
    middle = ledger.latest(ledger.subject, "multiple_median")
    if not rows:
        return None
    columns = (
        Column(label=phrase("Case"), kind="text", share=1.5),
        Column(label=phrase("× multiple")),
        Column(label=phrase("= price")),
        Column(label=phrase("To the close")),
    )
    words = "{earned} of {basis} × own multiple, {span}"
    subtitle = say(words, earned=earned, basis=earned.note or phrase("twelve-month earnings"), span=span_of(middle))
    note = say("The close is {price}. Earnings are held, the multiple alone varies: arithmetic, no forecast.",
               price=ledger.latest(ledger.subject, "price"))  # fmt: skip
    table = Table(columns=columns, rows=tuple(rows))
    return exhibit("cases", _cases_title(ledger), subtitle, table=table, note=note)


def _case_row(ledger: Ledger, case: tuple[str, str, str], earned: Fact) -> Row | None:
    name, label, key = case
    price, change = case_of(ledger, name)
    multiple = ledger.latest(ledger.subject, key)
    if not known(price, change, multiple, earned):
        return None
    return Row(
        head=(translated(label),),
        cells=(say("{x}", x=multiple), say("{x}", x=price), say("{x:signed}", x=change)),
        kind="subject" if name == "base" else "",
    )  # fmt: skip


def _cases_title(ledger: Ledger) -> Text:
    _, change = case_of(ledger, "base")
    where = side(change)
    long = say("The median multiple is worth {change:abs} {side} today's price", change=change, side=where)
    short = say("The median multiple: {change:abs} {side} the price", change=change, side=where)
    return fitting(ledger.wording, HALF, long, short, say("Three cases on the own multiples"))


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
