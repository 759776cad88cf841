"""Grids: tables whose rows are measures and whose columns are periods or companies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from generator.language import phrase
from generator.model.brief import Column, Row, Table
from generator.model.fact import Fact
from generator.model.ledger import is_not_given
from generator.model.text import Text, say
from generator.model.wording import Style

GAP = "–"
HEAD_SHARE = 2.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One measure: its head and a fact for each column. `band` divides the table and has no facts.

    `dashed` asks for dashes in the gaps of the whole table, for measures whose gaps need no reason each.
    """

    head: str
    facts: tuple[Fact, ...] = ()
    style: Style = "table"
    dashed: bool = False
    kind: Literal["", "subject", "total", "band"] = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to print in any column, not even that a figure has no meaning."""
        return self.kind != "band" and not any(fact.known or fact.not_meaningful for fact in self.facts)


def kept(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines that print something; a band goes with the last line under it."""
    full = [line for line in lines if not line.empty]
    end = Line(head="", kind="band")
    pairs = pairwise([*full, end])
    return tuple(line for line, after in pairs if line.kind != "band" or after.kind != "band")


def grid(head: str, columns: Sequence[str], lines: Sequence[Line], *, head_share: float = HEAD_SHARE) -> Table:
    """Return the lines as a table. Gaps are "n/a"; where two would stand side by side, all are dashes."""
    dashed = has_runs(lines) or any(line.dashed for line in lines)
    return Table(
        columns=(Column(label=head, kind="text", share=head_share), *(Column(label=label) for label in columns)),
        rows=tuple(Row(head=(line.head,), cells=_cells(line, dashed=dashed), kind=line.kind) for line in lines),
    )


def _cells(line: Line, *, dashed: bool) -> tuple[Text, ...]:
    return tuple(_cell(fact, line.style, dashed=dashed) for fact in line.facts)


def has_runs(lines: Iterable[Line]) -> bool:
    """Tell whether some line has two gaps in a row."""
    return any(_gap(a) and _gap(b) for line in lines for a, b in pairwise(line.facts))


def _gap(fact: Fact) -> bool:
    return not fact.known and not fact.not_meaningful


def _cell(fact: Fact, style: Style, *, dashed: bool) -> Text:
    return (GAP,) if dashed and _gap(fact) else say(f"{{fact:{style}}}", fact=fact)


def gap_note(lines: Sequence[Line]) -> Text:
    """Return what a dash in the table means, or nothing where it holds none."""
    dashes = has_runs(lines) or any(line.dashed and _gap(fact) for line in lines for fact in line.facts)
    return say("{gap}: cannot be told from the sources of this brief.", gap=GAP) if dashes else ()


def left_out(lines: Iterable[Line]) -> Text:
    """Return a note that names the lines without any figure, and why where it is not that nobody gives them."""
    empty = [(line.head, line.facts[-1]) for line in lines if line.empty and line.facts]
    plain = [head for head, fact in empty if not fact.reason or is_not_given(fact)]
    others = [phrase("{what} ({why})", what=head, why=fact.reason) for head, fact in empty if head not in plain]
    names = [phrase(", ").join(plain)] if plain else []
    return say("Not given by any source: {names}.", names=phrase("; ").join([*names, *others])) if empty else ()
