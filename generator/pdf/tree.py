"""The layout tree: what stands where on the pages, before a PDF exists.

Why: WeasyPrint's boxes are not its public interface. All that reads them is in this module, and the version is pinned.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from weasyprint.document import Document, Page
from weasyprint.formatting_structure import boxes

MM = 96 / 25.4
HEADINGS = ("h1", "h2", "h3", "h4", "figcaption", "thead")


def walk(box: boxes.Box) -> Iterator[boxes.Box]:
    """Yield a box and everything in it, in the order of the page."""
    waiting = [box]
    while waiting:
        box = waiting.pop()
        box = box._box if type(box).__name__ == "AbsolutePlaceholder" else box  # noqa: SLF001 - see the module
        yield box
        if isinstance(box, boxes.ParentBox):
            waiting.extend(reversed(box.children))


def body(page: Page) -> Iterator[boxes.Box]:
    """Yield the boxes of a page without those of its margins."""
    for child in _box(page).children:
        if not isinstance(child, boxes.MarginBox):
            yield from walk(child)


def root(document: Document) -> Element:
    """Return the page's html element."""
    return next(box.element for box in body(document.pages[0]) if box.element is not None)


def name(page: Page) -> str:
    """Return the name of a page's type, "" for the common one."""
    return str(_box(page).page_type.name)


def of_class(page: Page, wanted: str) -> list[boxes.Box]:
    """Return a page's boxes of the elements with this class."""
    return [box for box in body(page) if has_class(box, wanted)]


def of_elements(page: Page, wanted: set[Element]) -> list[boxes.Box]:
    """Return the outermost box of each of these elements that a page shows, in order."""
    found: dict[Element, boxes.Box] = {}
    for box in body(page):
        if is_whole(box) and box.element in wanted:
            found.setdefault(box.element, box)
    return list(found.values())


def has_class(box: boxes.Box, wanted: str) -> bool:
    """Whether a box is that of an element with this class."""
    return is_whole(box) and wanted in box.element.get("class", "").split()


def outer_height(box: boxes.Box) -> float:
    """Return the height of a box with its padding and border, in mm."""
    return float(box.border_height()) / MM


def margin_below(box: boxes.Box) -> float:
    """Return the margin a box asks for below it, in mm."""
    margin = box.style["margin_bottom"]
    return float(margin.value) / MM if margin != "auto" else 0.0


def lowest(box: boxes.Box) -> float:
    """Return how far down the text and the pictures in a box reach, in mm from the top of the page."""
    return max((_end(each) for each in walk(box) if _is_printed(each)), default=float(box.position_y) / MM)


def height(page: Page) -> float:
    """Return the height of a page's text area in mm."""
    return float(_box(page).height) / MM


def foot(page: Page) -> float:
    """Return where a page's text area ends, in mm from the top of the page."""
    box = _box(page)
    return float(box.content_box_y() + box.height) / MM


def hole(page: Page) -> float:
    """Return how many mm at the foot of a page's text area are empty."""
    ends = [_end(each) for each in body(page) if _is_printed(each)]
    return foot(page) - max(ends, default=0.0)


def _is_printed(box: boxes.Box) -> bool:
    return isinstance(box, boxes.TextBox | boxes.ReplacedBox)


def is_whole(box: boxes.Box) -> bool:
    """Whether a box is that of an element, not of what a stylesheet adds to one."""
    return box.element is not None and "::" not in box.element_tag


def _end(box: boxes.Box) -> float:
    return float(box.position_y + box.height) / MM


def _box(page: Page) -> boxes.PageBox:
    return page._page_box  # noqa: SLF001 - see the module


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a page, in mm from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: Area, slip: float) -> bool:
        """Whether another area lies inside, give or take a slip."""
        return (
            other.left >= self.left - slip
            and other.top >= self.top - slip
            and other.right <= self.right + slip
            and other.bottom <= self.bottom + slip
        )

    def meets(self, other: Area, slip: float) -> bool:
        """Whether another area lies over this one by more than a slip."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > slip and down > slip


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """Words or a picture on a page: where, within which block, cut by which, and whether a heading."""

    words: str
    area: Area
    within: Area
    clips: tuple[Area, ...]
    heading: bool


def paper(page: Page) -> Area:
    """Return the whole sheet."""
    return Area(0.0, 0.0, float(page.width) / MM, float(page.height) / MM)


def printed(page: Page) -> Iterator[Print]:
    """Yield the words and pictures of a page with what they stand in."""
    for child in _box(page).children:
        if not isinstance(child, boxes.MarginBox):
            yield from _prints(child, ())


def _prints(box: boxes.Box, above: tuple[boxes.Box, ...]) -> Iterator[Print]:
    box = box._box if type(box).__name__ == "AbsolutePlaceholder" else box  # noqa: SLF001 - see the module
    if _is_printed(box) and (not isinstance(box, boxes.TextBox) or box.text.strip()):
        blocks = [each for each in above if isinstance(each, boxes.BlockContainerBox)]
        yield Print(
            words=getattr(box, "text", "a picture"),
            area=_area(box),
            within=_padding(blocks[-1]) if blocks else _area(box),
            clips=tuple(_padding(each) for each in blocks if each.style["overflow"] != "visible"),
            heading=any(each.element_tag in HEADINGS for each in above),
        )
    if isinstance(box, boxes.ParentBox):
        for child in box.children:
            yield from _prints(child, (*above, box))


def tables(page: Page) -> Iterator[tuple[Area, Area]]:
    """Yield the areas of a page's tables and of the blocks they stand in."""
    for box in body(page):
        if isinstance(box, boxes.BlockContainerBox) and not box.is_table_wrapper:
            yield from ((_area(child), _padding(box)) for child in box.children if child.is_table_wrapper)


def neighbours(page: Page) -> Iterator[list[tuple[Area, str]]]:
    """Yield for each grid and row of a page what its children print: the area and the first words."""
    for box in body(page):
        if isinstance(box, boxes.GridContainerBox | boxes.FlexContainerBox):
            found = [[each for each in walk(child) if _is_printed(each)] for child in box.children]
            yield [(_around(each), str(getattr(each[0], "text", "a picture"))) for each in found if each]


def paragraphs(page: Page) -> Iterator[list[str]]:
    """Yield the lines of each paragraph that ends on a page."""
    for box in body(page):
        if box.element_tag == "p" and isinstance(box, boxes.BlockContainerBox):
            lines = [child for child in box.children if isinstance(child, boxes.LineBox)]
            yield ["".join(getattr(each, "text", "") for each in walk(line)) for line in lines]


def _area(box: boxes.Box) -> Area:
    left, top = float(box.position_x) / MM, float(box.position_y) / MM
    return Area(left, top, left + float(box.margin_width()) / MM, top + float(box.margin_height()) / MM)


def _padding(box: boxes.Box) -> Area:
    left, top = float(box.padding_box_x()) / MM, float(box.padding_box_y()) / MM
    return Area(left, top, left + float(box.padding_width()) / MM, top + float(box.padding_height()) / MM)


def _around(found: list[boxes.Box]) -> Area:
    areas = [_area(each) for each in found]
    return Area(
        min(each.left for each in areas),
        min(each.top for each in areas),
        max(each.right for each in areas),
        max(each.bottom for each in areas),
    )
