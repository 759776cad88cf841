"""Filling the pages: a block that did not fit leaves a hole, which another block of its section may close.

A template marks what may give way: `data-float` on a block that may be printed before its neighbours (a callout), and
`data-if-pushed="split"` on a block that takes this class when it would otherwise leave a hole (a long table, prose
beside a chart).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from xml.etree.ElementTree import Element

from weasyprint.document import Document

from generator.pdf import tree

HOLE = 34.0
ROOM = 5.0
HEAD = 40.0
TRIALS = 2
LITTLE, LARGE = 60.0, 55.0


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the page: block `block` of section `section` moves to place `to`, or takes a class."""

    section: int
    block: int
    to: int = 0
    name: str = ""

    def apply(self, root: Element) -> None:
        """Carry the change out."""
        section = _sections(root)[self.section]
        block = section[self.block]
        if self.name:
            block.set("class", f"{block.get('class', '')} {self.name}")
            return
        section.remove(block)
        section.insert(self.to, block)


Changes = tuple[Change, ...]


class LayOut(Protocol):
    """Lays a page out with some changes applied in their order, set a little tighter if asked."""

    def __call__(self, changes: Changes, *, tight: bool = False) -> Document:
        """Return the laid out document."""
        ...


def filled(lay_out: LayOut) -> Document:
    """Return the layout whose pages are best filled, after a few trials.

    Each trial adds one change for every
    page with a hole, as the pages then stand; a trial that makes the holes no smaller is thrown away, and the first of
    its changes tried alone.
    """
    changes: Changes = ()
    best = lay_out(changes)
    more = _remedies(best)
    for _ in range(TRIALS):
        if not more:
            break
        document = lay_out((*changes, *more))
        if _badness(document) < _badness(best):
            best, changes = document, (*changes, *more)
            more = _remedies(best)
        else:
            more = more[:1] if len(more) > 1 else ()
    if _is_loose(best):
        document = lay_out(changes, tight=True)
        return document if _badness(document) < _badness(best) else best
    return best


def _is_loose(document: Document) -> bool:
    """Whether there is a last page with little on it, or a page with a large hole: both may go in a tighter setting."""
    last = document.pages[-1]
    holes = [tree.hole(page) for page in document.pages[1:-1]]
    return len(document.pages) > 2 and (max(holes, default=0) > LARGE or tree.hole(last) > tree.height(last) - LITTLE)


def _badness(document: Document) -> float:
    """Return the squares of the holes of all pages but the first and the last, and a page's worth for each page."""
    return sum(max(tree.hole(page), 0.0) ** 2 for page in document.pages[1:-1]) + 3000 * len(document.pages)


def _remedies(document: Document) -> Changes:
    """Return for each page with a hole the change that might close it; one in each section at most."""
    sections = _sections(tree.root(document))
    places = {block: (i, j) for i, section in enumerate(sections) for j, block in enumerate(section)}
    shown = [tree.of_elements(page, set(places)) for page in document.pages]
    heights = {box.element: float(box.height) / tree.MM for boxes in shown for box in boxes}
    found: dict[int, Change] = {}
    for page, here, after in zip(document.pages[1:], shown[1:], shown[2:], strict=False):
        hole = tree.hole(page)
        if hole < HOLE or not after or any(box.element is after[0].element for box in here):
            continue
        section, first = places[after[0].element]
        small = {block for block in sections[section] if heights.get(block, hole) + ROOM <= hole}
        change = _floated(sections[section], section, first, small) or _split(sections[section], section, first, hole)
        if change:
            found.setdefault(section, change)
    return tuple(found.values())


def _floated(blocks: Element, section: int, first: int, small: set[Element]) -> Change | None:
    """Return the move of a later small block of a section before the one that was pushed to the next page."""
    floats = (i for i, block in enumerate(blocks) if 0 < first < i and block in small and "data-float" in block.attrib)
    place = next(floats, None)
    return None if place is None else Change(section, place, to=first)


def _split(blocks: Element, section: int, first: int, hole: float) -> Change | None:
    """Return the class that lets a pushed block give way, when the hole has room for its beginning."""
    pushed = first + ("opening" in blocks[first].get("class", "").split())
    if hole < HEAD or pushed >= len(blocks):
        return None
    name = blocks[pushed].get("data-if-pushed")
    is_new = name and name not in blocks[pushed].get("class", "").split()
    return Change(section, pushed, name=str(name)) if is_new else None


def _sections(root: Element) -> list[Element]:
    """Return the sections after page one."""
    main = root.find("./body/main")
    return [] if main is None else list(main)
