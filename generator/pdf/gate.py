"""Gate: faults of a layout that nobody should be sent, read from the laid out pages of every build.

What is off the page, cut off, printed over something else or wider than its place blocks a brief; what only looks bad
(a stranded heading, a page half empty, a word alone on a line) is a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from weasyprint.document import Document, Page

from generator.model.finding import Finding, Level
from generator.pdf import tree

SLIP = 0.5
UNEVEN = 0.4
FEWEST_WORDS = 12
FULL, LAST_FULL = 0.55, 0.15
RUNT, LONG = 5, 3
HAN = "\u2e80"
SHOWN = 60
TILE = "tile"
Prints = Sequence[tree.Print]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A fault on a page: its kind, and what stands there."""

    kind: str
    page: int
    what: str

    @property
    def level(self) -> Level:
        """How grave it is."""
        return "warn" if self.kind in MILD else "block"


MILD = {
    "stranded": "a heading stands last on its page",
    "nearly empty": "a page holds hardly anything",
    "half empty": "a page is half empty",
    "runt": "a paragraph ends with a short word alone on its line",
}
GRAVE = {
    "off the page": "something reaches beyond the paper",
    "too wide": "something is wider than its place",
    "cut off": "something is cut off",
    "overlap": "two things are printed over each other",
    "uneven tiles": "the tiles of page one are not of one width",
    "front": "page one runs over",
}
ADVICE = "look at the page; shorten what stands there, or mend the template"


def findings_of(document: Document) -> tuple[Finding, ...]:
    """Return what is wrong with a layout, as findings of the check "layout"."""
    told = {**MILD, **GRAVE}
    return tuple(
        Finding(
            check="layout",
            level=each.level,
            message=(f"Page {each.page}: {told[each.kind]}" + (f": “{each.what}”." if each.what else "."),),
            advice=ADVICE,
        )
        for each in faults(document)
    )


def faults(document: Document) -> tuple[Fault, ...]:
    """Return the faults of a layout, each once, in the order of its pages."""
    found: dict[Fault, None] = {}
    fronts = [i for i, page in enumerate(document.pages, 1) if tree.name(page) == "front"]
    for number in fronts[1:]:
        found[Fault(kind="front", page=number, what="")] = None
    for number, page in enumerate(document.pages, 1):
        prints = tuple(tree.printed(page))
        for kind, look in LOOKS.items():
            for what in look(page, prints):
                found[Fault(kind=kind, page=number, what=what[:SHOWN])] = None
        for kind in _fill(page, prints, is_front=number in fronts, is_last=number == len(document.pages)):
            found[Fault(kind=kind, page=number, what="")] = None
    return tuple(found)


def _off_page(page: Page, prints: Prints) -> Iterator[str]:
    paper = tree.paper(page)
    yield from (each.words for each in prints if not paper.holds(each.area, SLIP))


def _too_wide(page: Page, prints: Prints) -> Iterator[str]:
    """Yield what is wider than the block it stands in, or a table wider than its place."""
    for each in prints:
        if each.area.right > each.within.right + SLIP or each.area.left < each.within.left - SLIP:
            yield each.words
    for area, within in tree.tables(page):
        if area.right > within.right + SLIP:
            yield "a table"


def _cut_off(_page: Page, prints: Prints) -> Iterator[str]:
    yield from (each.words for each in prints if any(not clip.holds(each.area, SLIP) for clip in each.clips))


def _overlaps(page: Page, _prints: Prints) -> Iterator[str]:
    """Yield what is printed over its neighbour in a grid or a row."""
    for neighbours in tree.neighbours(page):
        for (one, words), (other, _) in combinations(neighbours, 2):
            if one.meets(other, SLIP):
                yield words


def _uneven(page: Page, _prints: Prints) -> Iterator[str]:
    tiles = {box.element for box in tree.of_class(page, TILE)}
    widths = [float(box.border_width()) / tree.MM for box in tree.of_elements(page, tiles)]
    if widths and max(widths) - min(widths) > UNEVEN:
        yield ""


def _stranded(_page: Page, prints: Prints) -> Iterator[str]:
    """Yield the heading that is the last thing on a page."""
    last = max(prints, key=lambda each: each.area.bottom, default=None)
    if last is not None and last.heading:
        yield last.words


def _runts(page: Page, _prints: Prints) -> Iterator[str]:
    """Yield the last lines of long paragraphs that hold but a short word."""
    for lines in tree.paragraphs(page):
        if len(lines) > LONG and len(lines[-1].strip()) + RUNT * (wide(lines[-1]) > 1) <= RUNT:
            yield lines[-1].strip()


def wide(words: str) -> int:
    """Count the letters of a text that are as wide as they are high: two of them make a word."""
    return sum(letter >= HAN and letter.isalpha() for letter in words)


def _fill(page: Page, prints: Prints, *, is_front: bool, is_last: bool) -> Iterator[str]:
    if sum(len(each.words.split()) + wide(each.words) // 2 for each in prints) < FEWEST_WORDS:
        yield "nearly empty"
    elif not is_front and 1 - tree.hole(page) / tree.height(page) < (LAST_FULL if is_last else FULL):
        yield "half empty"


LOOKS: dict[str, Callable[[Page, Prints], Iterator[str]]] = {
    "off the page": _off_page,
    "too wide": _too_wide,
    "cut off": _cut_off,
    "overlap": _overlaps,
    "uneven tiles": _uneven,
    "stranded": _stranded,
    "runt": _runts,
}
