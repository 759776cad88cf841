"""Measuring: the blocks of a laid out document, for `paging` to put on pages."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from weasyprint.document import Document
from weasyprint.formatting_structure import boxes

from generator.pdf import tree
from generator.pdf.paging import NEVER, Block, Chart, Key
from generator.pdf.sections import sections_of

LINES = 11.0
LONG = 20.0
TABLE_HEAD, TABLE_FOOT = 34.0, 24.0
SEAM = 6.5
UNEVEN = 7.0


def measured(document: Document) -> tuple[Block, ...]:
    """Return the blocks after page one, in their order."""
    places: dict[Element, Key] = {}
    lasts: dict[Element, float] = {}
    for i, section in enumerate(sections_of(tree.root(document))):
        places |= {block: (i, j) for j, block in enumerate(section)}
    whole: dict[Element, list[boxes.Box]] = {}
    for page in document.pages:
        for box in tree.of_elements(page, {*places, *sections_of(tree.root(document))}):
            whole.setdefault(box.element, []).append(box)
    for section in sections_of(tree.root(document)):
        if len(section) and section in whole:
            lasts[section[-1]] = tree.margin_below(whole[section][0])
    return tuple(
        _block(places[element], shown, lasts.get(element, 0.0)) for element, shown in whole.items() if element in places
    )


def _block(key: Key, shown: list[boxes.Box], below: float) -> Block:
    element, first = shown[0].element, shown[0]
    height = sum(tree.outer_height(box) for box in shown)
    charts, low, high = _charts(first, height)
    pushed = element.get("data-if-pushed", "")
    breaks = height > LONG and all(box.style["break_inside"] == "auto" for box in _only(first))
    is_split = pushed == "split"
    return Block(
        key=key,
        height=height,
        after=max(tree.margin_below(first), below),
        low=low,
        high=high,
        first=TABLE_HEAD if is_split else LINES if breaks else NEVER,
        last=TABLE_FOOT if is_split else LINES,
        again=_again(first) if is_split else SEAM,
        opens=is_split,
        keeps=first.style["break_after"] == "avoid",
        floats="data-float" in element.attrib,
        apart=_apart(key, first, charts) if pushed == "apart" else (),
        charts=charts,
    )


def _again(box: boxes.Box) -> float:
    """Return what a table takes more if it runs over: its head, and at worst the row that did not fit."""
    rows = [each for each in tree.walk(box) if isinstance(each, boxes.TableRowBox)]
    heads = [each for each in tree.walk(box) if isinstance(each, boxes.TableRowGroupBox) and each.is_header]
    return sum(map(tree.outer_height, heads)) + max(map(tree.outer_height, rows), default=0.0)


def _only(box: boxes.Box) -> Iterator[boxes.Box]:
    """Yield a box and, as long as it holds a single one, what it holds."""
    yield box
    if isinstance(box, boxes.ParentBox) and len(box.children) == 1:
        yield from _only(box.children[0])


def _charts(box: boxes.Box, height: float) -> tuple[tuple[Chart, ...], float, float]:
    """Return the charts of a block, and how low and how high they allow it to be."""
    cells = [each for each in tree.walk(box) if tree.has_class(each, "cell")]
    top = float(box.position_y) / tree.MM
    found: list[Chart] = []
    others = 0.0
    for cell in cells:
        end = tree.lowest(cell) - top
        there = drawn(cell, blank=max(0.0, height - end))
        found += there
        others = max(others, 0.0 if there else end)
    if not cells:
        plain = drawn(box)
        tallest = max((chart.height for chart in plain), default=0.0)
        found = [_with_blank(chart, tallest - chart.height) for chart in plain]
    if not found:
        return (), height, height
    give = min(chart.height + chart.blank - chart.low for chart in found)
    takes = [chart.high - chart.height - chart.blank for chart in found]
    take = min(max(takes), min(takes) + UNEVEN)
    return tuple(found), min(height, max(height - max(give, 0.0), others)), height + max(take, 0.0)


def drawn(box: boxes.Box, *, blank: float = 0.0) -> list[Chart]:
    """Return the charts in a box whose heights may be chosen."""
    found = []
    for each in tree.walk(box):
        if each.element is not None and "data-heights" in each.element.attrib and tree.has_class(each, "drawing"):
            low, height, high = (float(part) for part in each.element.get("data-heights", "").split())
            number = int(each.element.get("data-chart", "0"))
            found.append(Chart(number=number, height=height, low=low, high=high, blank=blank))
    return found


def _with_blank(chart: Chart, blank: float) -> Chart:
    return Chart(number=chart.number, height=chart.height, low=chart.low, high=chart.high, blank=blank)


def _apart(key: Key, box: boxes.Box, charts: tuple[Chart, ...]) -> tuple[Block, ...]:
    """Return the parts of prose beside a chart: the prose over both columns, then the chart with its words beside."""
    words = [each for each in tree.walk(box) if tree.has_class(each, "prose")]
    top = float(box.position_y) / tree.MM
    prose = (tree.lowest(words[0]) - top) / 2 + SEAM if words else 0.0
    drawn = max((chart.height for chart in charts), default=40.0) + 3.0
    return (
        Block(key=key, height=prose, low=prose, high=prose, after=3.4),
        Block(key=key, height=drawn, low=drawn, high=drawn),
    )
