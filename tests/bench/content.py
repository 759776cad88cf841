"""Content: the same words, tables and charts, as plain parts that another tool can print."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.brief import Brief, Exhibit
from generator.model.text import Text
from generator.page.pen import Pen


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One block: a heading of a level, a paragraph, a table, or a chart with its SVG."""

    kind: str
    words: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    svg: str = ""
    half: bool = False


def parts_of(brief: Brief) -> tuple[Part, ...]:
    """Return the brief as blocks in reading order."""
    pen = Pen(brief)
    front = brief.front
    parts = [Part(kind="heading", words=pen.plain(front.headline), level=1), _words(pen, front.deck)]
    tiles = (tuple(pen.plain(tile.figure) for tile in front.tiles), tuple(tile.label for tile in front.tiles))
    parts.append(Part(kind="table", rows=tiles))
    parts += [_words(pen, text) for paragraph in front.takeaways for text in paragraph.sentences]
    parts.append(Part(kind="table", rows=tuple((each.label, pen.plain(each.figure)) for each in front.key_data)))
    for exhibit in (front.exhibit, *front.side_exhibits):
        parts += _exhibit(pen, exhibit) if exhibit else []
    for section in brief.sections:
        parts += [Part(kind="heading", words=section.title, level=2), _words(pen, section.lede)]
        for paragraph in (*section.prose, *(each for callout in section.callouts for each in callout.paragraphs)):
            parts.append(Part(kind="words", words=" ".join(pen.plain(text) for text in paragraph.sentences)))
        for exhibit in section.exhibits:
            parts += _exhibit(pen, exhibit)
    parts += [
        Part(kind="words", words=f"{each.publisher}: {each.title}, {each.published_on}") for each in brief.sources
    ]
    return tuple(part for part in parts if part.words or part.rows or part.svg)


def _words(pen: Pen, text: Text) -> Part:
    return Part(kind="words", words=pen.plain(text))


def _exhibit(pen: Pen, exhibit: Exhibit) -> list[Part]:
    parts = [
        Part(kind="heading", words=pen.plain(exhibit.title), level=3),
        Part(kind="words", words=pen.plain(exhibit.subtitle)),
    ]
    if exhibit.drawing is not None:
        parts.append(Part(kind="chart", svg=exhibit.drawing.svg, half=exhibit.width != "full"))
    if exhibit.table is not None:
        head = tuple(column.label for column in exhibit.table.columns)
        rows = [(pen.plain(row.head), *(pen.plain(cell) for cell in row.cells)) for row in exhibit.table.rows]
        parts.append(Part(kind="table", rows=(head, *((*row, *[""] * (len(head) - len(row))) for row in rows))))
    return parts
