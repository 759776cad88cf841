"""Stretches: what a page was meant to print, block by block, with the figures that stand in each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Literal

Kind = Literal["text", "column", "head", "label", "tick", "alt", "title", "heading"]
Attributes = dict[str, str]

INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "cite", "code", "em", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u")
)
EMPTY = frozenset(("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))
SILENT = frozenset(("style", "script", "template"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
SOURCE = re.compile(r"#source-\d+")
SPACES = re.compile(r"\s+")
JOINER = "\u2060"
"""What keeps letters on one line, and is never drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A figure in a stretch: where its words stand, and the fact (or, on a chart's label, the facts) they write.

    The number of a source stands there as "#source-3".
    """

    start: int
    end: int
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The words of one block. `leads` are the anchors its links lead to, `anchors` those that stand in it."""

    kind: Kind
    words: str
    marks: tuple[Mark, ...] = ()
    facts: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class _Open:
    """A block that is being read."""

    kind: Kind = "text"
    words: str = ""
    marks: list[Mark] = field(default_factory=list)
    facts: tuple[str, ...] = ()
    leads: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Cuts a page into stretches; a block ends where an element that is not inline begins or ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Stretch] = []
        self.said: Attributes = {}
        self._open = _Open()
        self._anchors: list[str] = []
        self._tags: list[str] = []
        self._figures: list[tuple[int, int, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        given = {name: value or "" for name, value in attrs}
        if tag == "meta" and given.get("name") in ("description", "title"):
            self._alone("title", given.get("content", ""), given)
        if tag == "body":
            self.said = given
        if tag not in INLINE:
            self._close_block()
            self._open = _Open(
                kind=_kind(tag, given, drawn="svg" in self._tags), facts=tuple(given.get("data-facts", "").split())
            )
        if "id" in given:
            self._anchors.append(given["id"])
        if given.get("href", "").startswith("#"):
            self._open.leads.append(given["href"][1:])
        if tag not in EMPTY:
            self._tags.append(tag)
            named = given.get("data-fact") or (SOURCE.fullmatch(given.get("href", "")) and given["href"])
            if named:
                self._figures.append((len(self._tags), len(self._open.words), (str(named),)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open and close an element at once."""
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close an element, with those left open in it."""
        if tag not in self._tags:
            return
        while self._tags:
            if self._figures and self._figures[-1][0] == len(self._tags):
                _, start, facts = self._figures.pop()
                self._open.marks.append(Mark(start=start, end=len(self._open.words), facts=facts))
            if self._tags.pop() == tag:
                break
        if tag not in INLINE:
            self._close_block()

    def handle_data(self, data: str) -> None:
        """Take words."""
        if not (self._tags and self._tags[-1] in SILENT):
            self._open.words += data

    def close(self) -> None:
        """End the page."""
        super().close()
        self._close_block()

    def _alone(self, kind: Kind, words: str, given: Attributes) -> None:
        self.found.append(Stretch(kind=kind, words=words, facts=tuple(given.get("data-facts", "").split())))

    def _close_block(self) -> None:
        done = self._open
        self._open = _Open()
        if done.words.strip():
            whole = (Mark(start=0, end=len(done.words), facts=done.facts),) if done.kind == "label" else ()
            self.found.append(
                Stretch(
                    kind=done.kind,
                    words=done.words,
                    marks=(*done.marks, *(each for each in whole if each.facts)),
                    facts=done.facts,
                    leads=tuple(done.leads),
                    anchors=tuple(self._anchors),
                )
            )
            self._anchors = []


def _kind(tag: str, given: Attributes, *, drawn: bool) -> Kind:
    """Return what an element's words are: a chart's label or tick, an alternative text, a title, or plain text."""
    if tag == "text" and drawn:
        return "tick" if given.get("class") == "tick" else "label"
    if tag == "th" and given.get("scope") == "col":
        return "column"
    if tag == "th":
        return "head"
    if tag == "title":
        return "alt" if drawn else "title"
    return "heading" if tag in HEADINGS else "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that an HTML page says; `running` are the words of its heads and feet."""

    stretches: tuple[Stretch, ...]
    running: tuple[str, ...] = ()


def read_page(html: str) -> Page:
    """Return what a page says, in its order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    running = tuple(words for name, words in reader.said.items() if name.startswith("data-") and words)
    return Page(stretches=tuple(reader.found), running=running)


def plain(words: str) -> str:
    """Return words with single plain spaces."""
    return SPACES.sub(" ", words.replace(JOINER, "")).strip()
