"""How a section is laid out: which exhibits share a row, which table cells align, how large a title may be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from unicodedata import east_asian_width

from generator.model.brief import Brief, Callout, Column, Exhibit, Paragraph, Section, Table
from generator.model.text import Figure, Strong, Text
from generator.page.pen import Pen

Kind = Literal["full", "pair", "beside", "lone", "callouts"]

LONE_PROSE = range(45, 215)
WORDS_PER_MINUTE = 230
LETTERS_A_WORD = 2
WIDE = "\u1100"
TITLE_LENGTHS = (52, 76, 104)
LEVEL = re.compile(r"(High|Medium|Low)\b.*[●○]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a section's exhibits: side by side, or a lone exhibit beside callouts or prose."""

    kind: Kind
    exhibits: tuple[Exhibit, ...] = ()
    callouts: tuple[Callout, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A table cell's text and the classes of its look."""

    text: Text
    classes: str


def arranged(section: Section) -> tuple[Row, ...]:
    """Return a section's exhibits and callouts as rows, in order.

    Two neighbouring halves make a pair; a lone half stands beside the callouts, and the callouts that found no such
    place close the section, two and two.
    """
    rows: list[Row] = []
    callouts = list(section.callouts)
    waiting: Exhibit | None = None
    for exhibit in (*section.exhibits, None):
        if waiting and exhibit and exhibit.width != "full":
            rows.append(Row(kind="pair", exhibits=(waiting, exhibit)))
            waiting = None
            continue
        if waiting:
            rows.append(_lone(waiting, callouts))
        waiting = exhibit if exhibit and exhibit.width != "full" else None
        if exhibit and not waiting:
            rows.append(Row(kind="full", exhibits=(exhibit,)))
    rows += [Row(kind="callouts", callouts=tuple(callouts[i : i + 2])) for i in range(0, len(callouts), 2)]
    return tuple(rows)


def _lone(exhibit: Exhibit, callouts: list[Callout]) -> Row:
    """Return the row of a half-width exhibit without partner; it takes up to two callouts from the list."""
    beside = tuple(callouts[:2])
    del callouts[:2]
    return Row(kind="beside" if beside else "lone", exhibits=(exhibit,), callouts=beside)


def wraps(section: Section) -> bool:
    """Whether the prose stands beside the section's first exhibit, a half without a partner, rather than above it."""
    rows = arranged(section)
    alone = bool(rows) and rows[0].kind == "lone"
    return alone and not section.words and words_in(section.prose) in LONE_PROSE


def words_in(paragraphs: Iterable[Paragraph]) -> int:
    """Count the words of some paragraphs, a figure as one."""
    return sum(_words(text) for paragraph in paragraphs for text in paragraph.sentences)


def _words(text: Text) -> int:
    return sum(
        1 if isinstance(run, Figure) else count_words(run.words if isinstance(run, Strong) else run) for run in text
    )


def count_words(words: str) -> int:
    """Count words as they are read; where no spaces part them, two letters are as good as one."""
    wide = sum(map(is_wide, words))
    return len(words.split()) + wide // LETTERS_A_WORD


def minutes(brief: Brief) -> int:
    """Return how long the brief takes to read, in minutes, counted from its words."""
    total = words_in(brief.front.takeaways) + _words(brief.front.deck)
    for section in brief.sections:
        total += words_in(section.prose) + _words(section.lede) + count_words(section.words)
        total += sum(words_in(callout.paragraphs) for callout in section.callouts)
    return max(1, round(total / WORDS_PER_MINUTE))


def rung(words: str, lengths: Sequence[int] = TITLE_LENGTHS) -> int:
    """Return the step of the size ladder for a title of this length, 1 (largest) to 4; wide letters count more."""
    size = len(words) + 3 * sum(map(is_wide, words)) // 2
    return 1 + sum(size > length for length in lengths)


def is_wide(letter: str) -> bool:
    """Tell whether a letter is as wide as it is high: Chinese, Japanese, Korean."""
    return letter > WIDE and east_asian_width(letter) in "WF"


def cells(table: Table, pen: Pen) -> tuple[tuple[Cell, ...], ...]:
    """Return each row's cells with the classes that align digits and colour levels."""
    texts = [[pen.plain(text) for text in row.cells] for row in table.rows]
    enclosed = {
        i for row in texts for i, text in enumerate(row) if text.endswith(")") and table.columns[i + 1].kind == "number"
    }
    return tuple(
        tuple(
            Cell(text=text, classes=_classes(words, table.columns[i + 1], enclosed=i in enclosed))
            for i, (text, words) in enumerate(zip(row.cells, written, strict=True))
        )
        for row, written in zip(table.rows, texts, strict=True)
    )


def _classes(words: str, column: Column, *, enclosed: bool) -> str:
    """Return "num", "pos" where a column has parentheses and this figure has none, "level-high" and so on."""
    level = LEVEL.match(words)
    names = [
        "num" if column.kind == "number" else "",
        "estimate" if column.estimate else "",
        "pos" if enclosed and not words.endswith(")") else "",
        f"level-{level[1].lower()}" if level else "",
    ]
    return " ".join(filter(None, names))
