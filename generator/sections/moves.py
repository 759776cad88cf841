"""Moves: the figures that are not what they were in the last issue, by how much, and why."""

from __future__ import annotations

from generator.analysis.moved import Move, moves
from generator.analysis.thresholds import WEIGHTS
from generator.model.brief import Column, Exhibit, Row, Table
from generator.model.fact import Fact, Unit
from generator.model.ledger import Ledger
from generator.model.period import Kind, day_in_words
from generator.model.text import Text, listed, say
from generator.sections.phrases import capital, count_in_words, exhibit, in_words

ROWS = 14
LEAST_WEIGHT = 2
SPANS: dict[Kind, str] = {
    "quarter": "newest quarter", "ttm": "twelve months", "fiscal_year": "fiscal year", "half": "half-year",
    "nine_months": "nine months", "ytd": "year to date",
}  # fmt: skip


def watched(ledger: Ledger, previous: Ledger) -> tuple[Move, ...]:
    """Return the figures that both issues hold and that moved, the most important first.

    What is new stands among the news of the section.
    """
    found = (move for move in moves(ledger, previous) if WEIGHTS.get(move.metric, 4) <= LEAST_WEIGHT)
    return tuple(move for move in found if move.then.known and move.now.unit is not Unit.TEXT)


def label_of(fact: Fact) -> str:
    """Return what a figure is called in the table: "Revenue, newest quarter", "Segment growth (Cloud)"."""
    span = SPANS.get(fact.period.kind, "")
    name = f" ({fact.name})" if fact.name and fact.unit is not Unit.RATE else ""
    return f"{capital(fact.label)}{name}{f', {span}' if span else ''}"


def cause_of(move: Move) -> Text:
    """Return the cause in words: the largest first, each with its part where the figure could be taken apart."""
    if not move.parts:
        return say("{causes}", causes=capital(", ".join(move.causes)))
    parts = [say("{cause} {change:signed}", cause=part.cause, change=part.change) for part in move.parts]
    first = say("{cause} {change:signed}", cause=capital(move.parts[0].cause), change=move.parts[0].change)
    return listed([first, *parts[1:]])


def moves_table(ledger: Ledger, previous: Ledger) -> Exhibit | None:
    """Return the moved figures as a full-width table; None where none moved."""
    found = watched(ledger, previous)
    if not found:
        return None
    columns = (
        Column(label="Figure", kind="text", share=34),
        Column(label=day_in_words(previous.until), share=17),
        Column(label=day_in_words(ledger.until), share=25),
        Column(label="Cause", kind="text", share=44),
    )
    count = capital(count_in_words(len(found), "figure"))
    title = say("{n} moved since the last issue", n=count)
    rest = "the most important first" if len(found) <= ROWS else f"the {in_words(ROWS)} most important"
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
