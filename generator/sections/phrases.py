"""Words that depend on data: directions, comparisons, counts. Shared by the sections' sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from generator.model.brief import Drawing, Exhibit, Table, Width
from generator.model.fact import Fact, Source
from generator.model.text import Text, facts_in, sources_in

FLAT = 0.005
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def moved(change: Fact, *, up: str = "rose", down: str = "fell", flat: str = "was little changed") -> str:
    """Return the verb for a change: under half a percent either way it is flat."""
    value = change.number or 0.0
    return flat if abs(value) < FLAT else up if value > 0 else down


def against(one: Fact, other: Fact) -> str:
    """Return "above", "below" or "in line with" for one figure against another."""
    a, b = one.number or 0.0, other.number or 0.0
    if b and abs(a / b - 1) < FLAT:
        return "in line with"
    return "above" if a > b else "below"


def count_in_words(count: int, noun: str, plural: str = "") -> str:
    """Return "one quarter", "eight quarters", "15 analysts"."""
    number = NUMBERS[count] if 0 <= count < len(NUMBERS) else str(count)
    return f"{number} {noun if count == 1 else plural or noun + 's'}"


def capital(words: str) -> str:
    """Return words with their first letter in upper case, the others left as they are."""
    return words[:1].upper() + words[1:]


def qualified(fact: Fact) -> str:
    """Return the qualifier before a figure with its space: "at least ", or nothing."""
    return f"{fact.qualifier} " if fact.qualifier else ""


def known(*facts: Fact) -> bool:
    """Tell whether all these facts have something to print."""
    return all(fact.known for fact in facts)


def exhibit(
    key: str, title: Text, subtitle: Text, *, drawing: Drawing | None = None, table: Table | None = None,
    width: Width = "half", note: Text = (), sources: Sequence[Source] = (), as_of: date | None = None,
) -> Exhibit:  # fmt: skip
    """Return an exhibit whose sources and day are those of the facts it prints."""
    facts = _facts(drawing, table, (title, subtitle, note))
    found = dict.fromkeys((*sources, *(source for fact in facts for source in fact.sources)))
    day = as_of or max((fact.as_of for fact in facts), default=None)
    if day is None:
        raise ValueError(f"exhibit {key} prints no fact and has no day")
    return Exhibit(
        key=key, title=title, subtitle=subtitle, width=width, as_of=day, drawing=drawing, table=table,
        sources=tuple(found), note=note,
    )  # fmt: skip


def _facts(drawing: Drawing | None, table: Table | None, texts: Sequence[Text]) -> tuple[Fact, ...]:
    cells = [cell for row in table.rows for cell in (row.head, *row.cells)] if table else []
    drawn = (*drawing.facts, *facts_in(drawing.alt)) if drawing else ()
    return (*drawn, *(fact for text in (*texts, *cells) for fact in facts_in(text)))


def renamed(fact: Fact, label: str) -> Fact:
    """Return a fact under another label, for a sentence that calls it differently."""
    return replace(fact, label=label)


__all__ = [
    "against", "capital", "count_in_words", "exhibit", "known", "moved", "qualified", "renamed", "sources_in",
]  # fmt: skip
