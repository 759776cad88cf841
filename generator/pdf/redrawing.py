"""Redrawing: the charts of a page, each of which may be drawn lower or higher before the page is laid out again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element

from weasyprint.css.properties import Dimension
from weasyprint.formatting_structure.boxes import Box
from weasyprint.images import SVGImage

from generator.pdf import tree
from generator.pdf.arrangement import Redraw
from generator.pdf.parsing import SVG, drawing_of

Image = Callable[[Element], SVGImage]


class Chart:
    """A chart on a page: where it stands in its tree and among its boxes, and how it is drawn now."""

    def __init__(self, place: Element, box: Box) -> None:
        self.place, self.number = place, int(place.get("data-chart", "0"))
        self._low, self.height, self._high = (float(part) for part in place.get("data-heights", "").split())
        self.box, self._first = box, (self.height, box.element, box.replacement)

    def set(self, height: float | None, redraw: Redraw | None, image: Image) -> None:
        """Draw the chart in this height, or as it was at first if it is None."""
        if height is not None:
            self.box.style = self.box.style.copy()
            self.box.style["height"] = Dimension(height * tree.MM, "px")
        if (height or self._first[0]) == self.height:
            return
        if height is None or redraw is None:
            self.height, svg, drawn = self._first
            self.place.attrib.pop("data-redrawn", None)
        else:
            self.height, svg = height, drawing_of(redraw(self.number, height))
            drawn = image(svg)
            self.place.set("data-redrawn", f"{height:.2f}")
        self.place.set("data-heights", f"{self._low} {self.height:.2f} {self._high}")
        self.box.element, self.box.replacement = svg, drawn


def charts_of(root: Element, boxes: Mapping[Element, Box]) -> Iterator[Chart]:
    """Yield the charts of a page, or of a part of it, that can be drawn lower or higher."""
    for place in root.iter("div"):
        if "data-heights" in place.attrib:
            yield from (Chart(place, boxes[svg]) for svg in place.iter(SVG) if svg in boxes)


def redrawn(root: Element) -> dict[int, float]:
    """Return the charts of a page that were drawn again, by number, with their heights in mm."""
    return {
        int(place.get("data-chart", "0")): float(place.get("data-redrawn", "0"))
        for place in root.iter("div")
        if "data-redrawn" in place.attrib
    }
