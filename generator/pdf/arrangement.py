"""Arrangement: what is changed on a page before it is laid out again, told by the places its blocks had at first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import weasyprint

from generator.pdf.measuring import sections_of
from generator.pdf.paging import Key

Redraw = Callable[[int, float], str]
SVG = "{http://www.w3.org/2000/svg}svg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """The order of the blocks of some sections, and the classes, styles and chart heights (mm) that some are given."""

    orders: Mapping[int, Sequence[int]] = field(default_factory=dict)
    classes: Mapping[Key, str] = field(default_factory=dict)
    styles: Mapping[Key, str] = field(default_factory=dict)
    heights: Mapping[int, float] = field(default_factory=dict)

    def apply(self, root: Element, redraw: Redraw | None) -> None:
        """Carry the changes out."""
        if redraw:
            set_charts(root, self.heights, redraw)
        sections = sections_of(root)
        for (i, j), name in self.classes.items():
            _add(sections[i][j], "class", name, between=" ")
        for (i, j), style in self.styles.items():
            _add(sections[i][j], "style", style, between="; ")
        for i, order in self.orders.items():
            section = sections[i]
            blocks = list(section)
            for each in blocks:
                section.remove(each)
            section.extend(blocks[place] for place in order)


def _add(element: Element, name: str, value: str, *, between: str) -> None:
    """Add to an attribute."""
    element.set(name, between.join(filter(None, (element.get(name), value))))


def set_charts(root: Element, heights: Mapping[int, float], redraw: Redraw) -> None:
    """Draw charts again in other heights."""
    for place in root.iter("div"):
        number = int(place.get("data-chart", "0"))
        if number in heights:
            low, _, high = place.get("data-heights", "").split()
            place.set("data-heights", f"{low} {heights[number]:.2f} {high}")
            place.set("data-redrawn", f"{heights[number]:.2f}")
            drawn = weasyprint.HTML(string=redraw(number, heights[number])).etree_element
            for old in list(place):
                place.remove(old)
            place.extend(drawn.iter(SVG))


def redrawn(root: Element) -> dict[int, float]:
    """Return the charts of a page that were drawn again, by number, with their heights in mm."""
    return {
        int(place.get("data-chart", "0")): float(place.get("data-redrawn", "0"))
        for place in root.iter("div")
        if "data-redrawn" in place.attrib
    }
