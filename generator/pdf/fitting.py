"""Fitting page one: it is laid out alone, again and again, until each of its columns ends where it should."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from weasyprint.document import Document, Page

from generator.errors import LayoutError
from generator.pdf import tree
from generator.pdf.fence import deaf
from generator.pdf.measuring import drawn
from generator.pdf.paging import Chart
from generator.pdf.press import Press

COLUMNS = {"main": "front-main", "side": "sidebar"}
FIRST_RUNG, LAST_RUNG = 1, 4
OPEN_FROM, LEVEL_UP_TO = 12.0, 16.0
SLACK = 1.5
AIR = 3.4
SECTIONS = re.compile(r"<main>.*</main>", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How page one is set: the rung of each column on the fit ladder, and how what is left of the page is used.

    The main column of a short page one is `opened`, that is, set larger; `charts` are the heights of its charts,
    `level` is by how many mm its exhibit is lowered, `air` what each part of the sidebar is given below it.
    """

    main: int = 0
    side: int = 0
    opened: bool = False
    level: float = 0.0
    air: float = 0.0
    charts: Mapping[int, float] = field(default_factory=dict)

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes the stylesheet knows the fit by: "main-1", "main-2" for the main column's second rung."""
        steps = [f"{name}-{step}" for name in COLUMNS for step in range(1, getattr(self, name) + 1)]
        return (*steps, *(("main-open",) if self.opened else ()))

    @property
    def style(self) -> str:
        """The custom properties that lower the exhibit and air the sidebar."""
        told = {"level": self.level, "air": self.air}
        return "; ".join(f"--{name}: {value:.2f}mm" for name, value in told.items() if value)


def fitted(html: str, press: Press, *, resizes: bool = True) -> Fit:
    """Return the fit with which page one is a single page; a page without a page one fits as it is.

    Its chart is set higher to fill the page if charts can be drawn again (`resizes`).

    Raises:
        LayoutError: the last rung is still too long.
    """
    front = SECTIONS.sub("<main></main>", html, count=1)
    fit = Fit(side=FIRST_RUNG)
    while too_long := _too_long(document := _tried(front, press, fit)):
        fit = replace(fit, **{name: getattr(fit, name) + 1 for name in too_long})
        if max(fit.main, fit.side) > LAST_RUNG:
            longest = " and ".join(sorted(too_long))
            raise LayoutError(f"page one does not fit on a page ({longest} column); shorten what stands in it")
    return _levelled(front, press, fit, document, resizes=resizes)


def _levelled(front: str, press: Press, fit: Fit, document: Document, *, resizes: bool) -> Fit:
    """Return the fit that lets both columns end at one height: set larger first, then with a higher chart."""
    while (hole := _left(document, resizes=resizes)) > OPEN_FROM and not fit.opened:
        larger = replace(fit, main=fit.main - 1) if fit.main else replace(fit, opened=True)
        trial = _tried(front, press, larger)
        if _too_long(trial):
            break
        fit, document = larger, trial
    if resizes:
        hole = _hole(document, to_foot=True)
        charts = {chart.number: round(min(chart.high, chart.height + max(hole, 0.0)), 2) for chart in _charts(document)}
        hole = _left(document, resizes=True)
        fit = replace(fit, charts=charts, air=_air(document))
    return replace(fit, level=round(hole, 2)) if 0 < hole <= LEVEL_UP_TO else fit


def _left(document: Document, *, resizes: bool) -> float:
    """Return how many mm the main column ends too high, once its chart is as high as it can be."""
    grows = sum(chart.high - chart.height for chart in _charts(document)) if resizes else 0.0
    return _hole(document, to_foot=resizes) - grows


def _charts(document: Document) -> list[Chart]:
    return [chart for main in tree.of_class(document.pages[0], COLUMNS["main"]) for chart in drawn(main)]


def _air(document: Document) -> float:
    """Return what each part of the sidebar may be given so that the last ends near the foot of the page."""
    sides = tree.of_class(document.pages[0], COLUMNS["side"])
    parts = max((len(side.children) for side in sides), default=0)
    left = min((tree.foot(document.pages[0]) - tree.lowest(side) for side in sides), default=0.0) - 3 * SLACK
    return round(min(AIR, max(0.0, left / (parts - 1))), 2) if parts > 1 else 0.0


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


def _hole(document: Document, *, to_foot: bool) -> float:
    """Return how many mm the main column ends above the sidebar or the foot of the page; 0 without one of them."""
    main, side = (tree.of_class(document.pages[0], wanted) for wanted in COLUMNS.values())
    if not main or not side:
        return 0.0
    ends = max(float(box.position_y + box.height) / tree.MM for box in side)
    return (tree.foot(document.pages[0]) - SLACK if to_foot else ends) - max(map(tree.lowest, main))
