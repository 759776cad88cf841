"""Filling the pages: a block that did not fit leaves a hole, which another block of its section may close.

A template marks what may give way: `data-float` on a block that may be printed before its neighbours (a callout), and
`data-if-pushed="split"` on a block that takes this class when it would otherwise leave a hole (a long table, prose
beside a chart).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from weasyprint.document import Document

from generator.pdf import tree

HOLE = 34.0
ROOM = 5.0
HEAD = 52.0
PASSES = 4


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


def filled(lay_out: Callable[[Changes], Document]) -> Document:
    """Return the layout whose pages are best filled, after a few trials of changes.

    `lay_out` returns the document with some changes applied, in their order. A change that makes the holes no smaller
    is dropped and not tried again.
    """
    changes: Changes = ()
    best = lay_out(changes)
    dropped: set[Changes] = set()
    for _ in range(PASSES):
        trial = next((each for change in _remedies(best) if (each := (*changes, change)) not in dropped), None)
        if trial is None:
            break
        document = lay_out(trial)
        if _badness(document) < _badness(best):
            best, changes = document, trial
        else:
            dropped.add(trial)
    return best


def _badness(document: Document) -> float:
    """Return the squares of the holes of all pages but the first and the last, and a page's worth for each page."""
    return sum(max(tree.hole(page), 0.0) ** 2 for page in document.pages[1:-1]) + 3000 * len(document.pages)


def _remedies(document: Document) -> Iterator[Change]:
    """Yield the changes that might close a hole, from the first page to the last."""
    sections = _sections(tree.root(document))
    places = {block: (i, j) for i, section in enumerate(sections) for j, block in enumerate(section)}
    shown = [tree.of_elements(page, set(places)) for page in document.pages]
    heights = {box.element: float(box.height) / tree.MM for boxes in shown for box in boxes}
    for page, here, after in zip(document.pages[1:], shown[1:], shown[2:], strict=False):
        hole = tree.hole(page)
        if hole < HOLE or not after or any(box.element is after[0].element for box in here):
            continue
        section, first = places[after[0].element]
        blocks = list(sections[section])
        small = {block for block in blocks if heights.get(block, hole) + ROOM <= hole}
        yield from _floated(blocks, section, first, small)
        pushed = first + ("opening" in blocks[first].get("class", "").split())
        if hole >= HEAD and pushed < len(blocks) and (name := blocks[pushed].get("data-if-pushed")):
            yield Change(section, pushed, name=name)


def _floated(blocks: list[Element], section: int, first: int, small: set[Element]) -> Iterator[Change]:
    """Yield the moves of later small blocks of a section before the one that was pushed to the next page."""
    for place, block in enumerate(blocks):
        if 0 < first < place and block in small and block.get("data-float") is not None:
            yield Change(section, place, to=first)


def _sections(root: Element) -> list[Element]:
    """Return the sections after page one."""
    main = root.find("./body/main")
    return [] if main is None else list(main)
