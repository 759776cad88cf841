"""Fitting page one: it is laid out alone, again and again, until each of its columns ends where it should."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from weasyprint.document import Document, Page

from generator.errors import LayoutError
from generator.pdf import tree
from generator.pdf.fence import deaf
from generator.pdf.press import Press

COLUMNS = {"main": "front-main", "side": "sidebar"}
LAST_RUNG = 3
OPEN_FROM, LEVEL_UP_TO = 12.0, 16.0
SECTIONS = re.compile(r"<main>.*</main>", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How page one is set: the rung of each column on the fit ladder, and by how many mm its exhibit is lowered.

    The main column of a short page one is `opened`, that is, set larger.
    """

    main: int = 0
    side: int = 0
    opened: bool = False
    level: float = 0.0

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes the stylesheet knows the fit by: "main-1", "main-2" for the main column's second rung."""
        steps = [f"{name}-{step}" for name in COLUMNS for step in range(1, getattr(self, name) + 1)]
        return (*steps, *(("main-open",) if self.opened else ()))

    @property
    def style(self) -> str:
        """The custom property that lowers the exhibit."""
        return f"--level: {self.level:.2f}mm" if self.level else ""


def fitted(html: str, press: Press) -> Fit:
    """Return the fit with which page one is a single page; a page without a page one fits as it is.

    Raises:
        LayoutError: the last rung is still too long.
    """
    front = SECTIONS.sub("<main></main>", html, count=1)
    fit = Fit()
    while too_long := _too_long(document := _tried(front, press, fit)):
        fit = replace(fit, **{name: getattr(fit, name) + 1 for name in too_long})
        if max(fit.main, fit.side) > LAST_RUNG:
            longest = " and ".join(sorted(too_long))
            raise LayoutError(f"page one does not fit on a page ({longest} column); shorten what stands in it")
    return _levelled(front, press, fit, _hole(document))


def _levelled(front: str, press: Press, fit: Fit, hole: float) -> Fit:
    """Return the fit that lets both columns end at one height: set larger first, then moved to the foot."""
    while hole > OPEN_FROM and not fit.opened:
        larger = replace(fit, main=fit.main - 1) if fit.main else replace(fit, opened=True)
        document = _tried(front, press, larger)
        if _too_long(document):
            break
        fit, hole = larger, _hole(document)
    return replace(fit, level=round(hole, 2)) if 0 < hole <= LEVEL_UP_TO else fit


def _tried(front: str, press: Press, fit: Fit) -> Document:
    """Return page one laid out alone; its links into the sections lead nowhere, so nothing it says is heard."""
    with deaf():
        return press.lay_out(front, classes=fit.classes, style=fit.style)


def _too_long(document: Document) -> set[str]:
    """Return the columns that go on to a second page; both, when it is the masthead that is too long."""
    over = [page for page in document.pages[1:] if tree.name(page) == "front"]
    found = {column for column, wanted in COLUMNS.items() for page in over if _is_printed(page, wanted)}
    return found or (set(COLUMNS) if over else set())


def _is_printed(page: Page, wanted: str) -> bool:
    return any(tree.lowest(box) > box.position_y / tree.MM for box in tree.of_class(page, wanted))


def _hole(document: Document) -> float:
    """Return how many mm the main column ends above the sidebar, 0 when one of them is not there."""
    main, side = (tree.of_class(document.pages[0], wanted) for wanted in COLUMNS.values())
    ends = [float(box.position_y + box.height) / tree.MM for box in side]
    return max(ends) - max(map(tree.lowest, main)) if main and side else 0.0
