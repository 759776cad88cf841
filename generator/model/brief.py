"""Brief: what is said. Sections, tables, exhibits and findings; all that a template may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from generator.model.authorship import Writing, read_on
from generator.model.brand import Brand
from generator.model.fact import Fact, Source
from generator.model.finding import Finding
from generator.model.snapshot import Company
from generator.model.text import Text
from generator.model.wording import Wording

Width = Literal["full", "half", "main", "side"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A chart: its SVG at the printed size, what it shows in words, the data behind it, and the facts it prints.

    `columns` and `rows` are the data as attached to the PDF: dates in ISO form, numbers in full precision. `heights`
    are in mm how low it may be set, how high it is, and how high it may be set; `redraw` gives it in another height.
    """

    svg: str
    alt: Text
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float | None, ...], ...]
    facts: tuple[Fact, ...] = ()
    heights: tuple[float, float, float] = (0.0, 0.0, 0.0)
    redraw: Callable[[float], Drawing] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A table's column. `share` is its part of the width, in any unit common to the table."""

    label: str
    kind: Literal["text", "number"] = "number"
    share: float = 1.0
    estimate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A table's row: its head and one text for each further column.

    A "band" is a row that only has a head and divides the table.
    """

    head: Text
    cells: tuple[Text, ...] = ()
    kind: Literal["", "subject", "total", "band"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Columns (the first belongs to the rows' heads) and rows."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A chart or table with its finding as title. `number` is given when the brief is composed (0 before)."""

    key: str
    title: Text
    subtitle: Text
    width: Width
    as_of: date
    drawing: Drawing | None = None
    table: Table | None = None
    sources: tuple[Source, ...] = ()
    note: Text = ()
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Sentences, each of them a text; the source numbers of a sentence stand at its end."""

    sentences: tuple[Text, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout:
    """A box beside the text: a judgement (accent) or a check of the data (blue)."""

    title: str
    paragraphs: tuple[Paragraph, ...]
    kind: Literal["judgement", "check"] = "judgement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section of the brief. `unavailable` says why there is nothing to show, and then stands alone with `words`.

    `lede` is the answer in one sentence. `words` are the analyst's own, in Markdown with `{{ fig("id") }}`.
    """

    key: str
    title: str
    lede: Text = ()
    prose: tuple[Paragraph, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    callouts: tuple[Callout, ...] = ()
    words: str = ""
    unavailable: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One of the key figures under the masthead."""

    figure: Text
    label: str
    context: Text = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyDatum:
    """A row of the key data beside the takeaways."""

    label: str
    figure: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """Page one: masthead, tiles, takeaways, the price exhibit and the sidebar. `banner` warns of old prices."""

    headline: Text
    deck: Text
    tiles: tuple[Tile, ...] = ()
    takeaways: tuple[Paragraph, ...] = ()
    exhibit: Exhibit | None = None
    key_data: tuple[KeyDatum, ...] = ()
    side_exhibits: tuple[Exhibit, ...] = ()
    key_data_note: Text = ()
    banner: Text = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Everything the page says about one company on one day. `words_from` says where a section's words stand.

    `writing` is who wrote its sentences: rules, a language model, or both.
    """

    company: Company
    as_of: date
    priced_on: date
    front: Front
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    facts: Mapping[str, Fact]
    findings: tuple[Finding, ...] = ()
    wording: Wording = field(default_factory=Wording)
    author: str = ""
    writing: Writing = "rules"
    brand: Brand = field(default_factory=Brand)
    template: str = "house"
    language: str = "en"
    paper: str = "A4"
    version: str = ""
    disclosures: Mapping[str, str] = field(default_factory=dict)
    words_from: Mapping[str, str] = field(default_factory=dict)

    @property
    def reviewed_on(self) -> date | None:
        """The day on which a person, whom it names, read this very brief and answers for it; None if nobody did."""
        named = self.disclosures.get("reviewer", "")
        return read_on(self.disclosures.get("reviewed_on", ""), self.as_of) if named else None

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """All numbered exhibits in the order of their numbers; the small ones in the sidebar carry none."""
        front = (self.front.exhibit,) if self.front.exhibit else ()
        return (*front, *(each for section in self.sections for each in section.exhibits))
