"""The layout tree: what stands where on the pages, before a PDF exists.

Why: WeasyPrint's boxes are not its public interface. All that reads them is in this module, and the version is pinned.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from weasyprint.document import Document, Page
from weasyprint.formatting_structure import boxes

MM = 96 / 25.4


def walk(box: boxes.Box) -> Iterator[boxes.Box]:
    """Yield a box and everything in it, in the order of the page."""
    box = box._box if type(box).__name__ == "AbsolutePlaceholder" else box  # noqa: SLF001 - see the module
    yield box
    if isinstance(box, boxes.ParentBox):
        for child in box.children:
            yield from walk(child)


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
        if _is_whole(box) and box.element in wanted:
            found.setdefault(box.element, box)
    return list(found.values())


def has_class(box: boxes.Box, wanted: str) -> bool:
    """Whether a box is that of an element with this class."""
    return _is_whole(box) and wanted in box.element.get("class", "").split()


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


def _is_whole(box: boxes.Box) -> bool:
    return box.element is not None and "::" not in box.element_tag


def _end(box: boxes.Box) -> float:
    return float(box.position_y + box.height) / MM


def _box(page: Page) -> boxes.PageBox:
    return page._page_box  # noqa: SLF001 - see the module
