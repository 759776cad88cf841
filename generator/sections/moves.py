"""Moves: the figures that are not what they were in the last issue, by how much, and why."""

from __future__ import annotations

from generator.analysis.moved import Move, moves
from generator.analysis.thresholds import WEIGHTS
from generator.language import counted, day_in_words, in_words, msgid, msgids, phrase, translated
from generator.model.brief import Column, Exhibit, Row, Table
from generator.model.fact import Fact, Unit
from generator.model.ledger import Ledger
from generator.model.period import Kind
from generator.model.text import Text, listed, say
from generator.sections.phrases import capital, exhibit

CAUSES = msgids("price move", "exchange rate", "new filing", "estimate revision", "plan revised", "source restated",
                "our method changed", "share count", "peers", "first seen", "gone", "published since")  # fmt: skip
ROWS = 14
LEAST_WEIGHT = 2
SPANS: dict[Kind, str] = {
    "quarter": msgid("newest quarter"),
    "ttm": msgid("twelve months"),
    "fiscal_year": msgid("fiscal year"),
    "half": msgid("half-year"),
    "nine_months": msgid("nine months"),
    "ytd": msgid("year to date"),
}


def watched(ledger: Ledger, previous: Ledger) -> tuple[Move, ...]:
    """Return the figures that both issues hold and that moved, the most important first.

    What is new stands among the news of the section.
    """
    found = (move for move in moves(ledger, previous) if WEIGHTS.get(move.metric, 4) <= LEAST_WEIGHT)
    return tuple(move for move in found if move.then.known and move.now.unit is not Unit.TEXT)


def label_of(fact: Fact) -> str:
    """Return what a figure is called in the table: "Revenue, newest quarter", "Segment growth (Cloud)"."""
    name = f" ({fact.name})" if fact.name and fact.unit is not Unit.RATE else ""
    label = f"{capital(fact.label)}{name}"
    span = SPANS.get(fact.period.kind)
    return phrase("{label}, {span}", label=label, span=translated(span)) if span else label


def cause_of(move: Move) -> Text:
    """Return the cause in words: the largest first, each with its part where the figure could be taken apart."""
    if not move.parts:
        return say("{causes}", causes=capital(phrase(", ").join(map(translated, move.causes))))
    parts = [say("{cause} {change:signed}", cause=translated(part.cause), change=part.change) for part in move.parts]
    first = say("{cause} {change:signed}", cause=capital(translated(move.parts[0].cause)), change=move.parts[0].change)
    return listed([first, *parts[1:]])


def moves_table(ledger: Ledger, previous: Ledger) -> Exhibit | None:
    """Return the moved figures as a full-width table; None where none moved."""
    found = watched(ledger, previous)
    if not found:
        return None
    columns = (
        Column(label=phrase("Figure"), kind="text", share=34),
        Column(label=day_in_words(previous.until), share=17),
        Column(label=day_in_words(ledger.until), share=25),
        Column(label=phrase("Cause"), kind="text", share=44),
    )
    count = capital(counted(len(found), "{count} figure", "{count} figures"))
    title = say("{n} moved since the last issue", n=count)
    rest = (
        phrase("the most important first")
        if len(found) <= ROWS
        else phrase("the {count} most important", count=in_words(ROWS))
    )
    subtitle = say("Beyond each figure's own threshold, {rest}; percentages change by points", rest=rest)
    note = say("Parts of a change multiply: each says how far the figure would have moved by that cause alone.")
    return exhibit(
        "moves", title, subtitle, table=Table(columns=columns, rows=tuple(_row(move) for move in found[:ROWS])),
        width="full", as_of=ledger.until, note=note if any(move.parts for move in found[:ROWS]) else (),
    )  # fmt: skip


def _row(move: Move) -> Row:
    now = say("{now}", now=move.now)
    if move.change is not None:
        now = say("{now} ({change:signed})", now=move.now, change=move.change)
    return Row(
        head=say("{label}", label=label_of(move.now)),
        cells=(say("{then}", then=move.then), now, cause_of(move)),
    )
