"""Places: every text of a brief with where it stands, so that a finding can say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from generator.model.brief import Brief, Exhibit, Front, Section, Table
from generator.model.fact import Fact
from generator.model.text import Figure, Run, Strong, Text, facts_in

Kind = Literal["sentence", "title", "cell", "alt", "tile"]
REPORTING = "notes"
"""The section that quotes what the checks found; it is not checked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One text of the brief: a sentence, a title, a cell, an alt text or a tile, and where it stands.

    `near` are facts that belong to it without being printed in it: the others of its paragraph or drawing; `before`
    are the words of the sentence before it, or of a cell's row and column.
    """

    place: str
    kind: Kind
    text: Text
    near: tuple[Fact, ...] = ()
    before: str = ""

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts it prints."""
        return facts_in(self.text)

    @property
    def words(self) -> str:
        """Its own words, each figure as a blank."""
        return words_in(self.text)


def words_in(text: Text) -> str:
    """Return a text's own words without what its figures print, no-break spaces as spaces."""
    runs = ("\ufffc" if isinstance(run, Figure) else run.words if isinstance(run, Strong) else run for run in text)
    return "".join(runs).replace("\u00a0", " ")


def passages(brief: Brief) -> Iterator[Passage]:
    """Give every text of a brief but its data notes, in reading order."""
    yield from _front(brief.front)
    for section in brief.sections:
        if section.key != REPORTING:
            yield from _section(section)


def exhibits(brief: Brief) -> Iterator[tuple[str, Exhibit]]:
    """Give the exhibits of a brief but those of the data notes, each with where it stands."""
    front = (brief.front.exhibit, *brief.front.side_exhibits)
    yield from ((place_of("front page", each), each) for each in front if each is not None)
    for section in brief.sections:
        if section.key != REPORTING:
            yield from ((place_of(section.key, each), each) for each in section.exhibits)


def place_of(where: str, exhibit: Exhibit) -> str:
    """Return where an exhibit stands: "valuation, exhibit 9"; one without a number by its key."""
    return f"{where}, exhibit {exhibit.number}" if exhibit.number else f"{where}, {exhibit.key}"


def _front(front: Front) -> Iterator[Passage]:
    yield Passage(place="front page, headline", kind="title", text=front.headline)
    yield Passage(place="front page, deck", kind="sentence", text=front.deck)
    for tile in front.tiles:
        place = f"front page, key figure “{tile.label}”"
        yield Passage(place=place, kind="tile", text=(*tile.figure, f" {tile.label} ", *tile.context))
    for number, paragraph in enumerate(front.takeaways, 1):
        yield from _sentences(f"front page, takeaways, paragraph {number}", paragraph.sentences)
    for datum in front.key_data:
        yield Passage(
            place=f"front page, key data “{datum.label}”", kind="tile", text=(f"{datum.label} ", *datum.figure)
        )
    yield Passage(place="front page, key data", kind="sentence", text=front.key_data_note)
    for exhibit in (front.exhibit, *front.side_exhibits):
        if exhibit is not None:
            yield from _exhibit(place_of("front page", exhibit), exhibit)


def _section(section: Section) -> Iterator[Passage]:
    yield Passage(place=f"{section.key}, lead", kind="sentence", text=section.lede)
    for number, paragraph in enumerate(section.prose, 1):
        yield from _sentences(f"{section.key}, paragraph {number}", paragraph.sentences)
    for box in section.callouts:
        for paragraph in box.paragraphs:
            yield from _sentences(f"{section.key}, box “{box.title}”", paragraph.sentences)
    for exhibit in section.exhibits:
        yield from _exhibit(place_of(section.key, exhibit), exhibit)


def _sentences(place: str, sentences: tuple[Text, ...]) -> Iterator[Passage]:
    together = tuple(fact for sentence in sentences for fact in facts_in(sentence))
    for number, sentence in enumerate(sentences, 1):
        where = f"{place}, sentence {number}" if len(sentences) > 1 else place
        before = words_in(sentences[number - 2]) if number > 1 else ""
        yield Passage(place=where, kind="sentence", text=sentence, near=together, before=before)


def _exhibit(place: str, exhibit: Exhibit) -> Iterator[Passage]:
    drawn = exhibit.drawing.facts if exhibit.drawing else ()
    cells = (cell for row in (exhibit.table.rows if exhibit.table else ()) for cell in (row.head, *row.cells))
    tabled = tuple(fact for cell in cells for fact in facts_in(cell))
    for text in (exhibit.title, exhibit.subtitle):
        yield Passage(place=place, kind="title", text=text, near=(*drawn, *tabled))
    yield Passage(place=place, kind="sentence", text=exhibit.note, near=(*drawn, *tabled))
    if exhibit.drawing is not None:
        yield Passage(place=place, kind="alt", text=exhibit.drawing.alt, near=drawn)
    if exhibit.table is not None:
        yield from _cells(place, exhibit.table)


def _cells(place: str, table: Table) -> Iterator[Passage]:
    """Give the cells of a table; before each of them stand the head of its row and the label of its column."""
    for row in table.rows:
        head, printed = words_in(row.head), tuple(fact for cell in row.cells for fact in facts_in(cell))
        yield Passage(place=place, kind="cell", text=row.head)
        for column, cell in zip(table.columns[1:], row.cells, strict=False):
            yield Passage(place=place, kind="cell", text=cell, near=printed, before=f"{head} {column.label}")


def clauses(text: Text) -> Iterator[Text]:
    """Give the parts of a sentence between its semicolons."""
    clause: list[Run] = []
    for run in text:
        *ended, rest = run.split(";") if isinstance(run, str) else [run]
        for part in ended:
            yield (*clause, part)
            clause = []
        clause.append(rest)
    yield tuple(clause)
