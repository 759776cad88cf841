"""Twins: prose beside a chart is styled a second time as it stands taken apart, to be shown instead of itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure.boxes import Box

from generator.pdf.paging import Key
from generator.pdf.parsing import SVG
from generator.pdf.redrawing import Chart
from generator.pdf.sections import sections_of


@dataclass(frozen=True, kw_only=True)
class Twin:
    """A block and the same block taken apart, which stands after it in its section until the boxes are made."""

    key: Key
    section: Element
    block: Element
    twin: Element
    anchors: Mapping[Element, str]

    def parted(self, boxes: Mapping[Element, Box]) -> Box:
        """Return the box of the twin, and take the twin out of its section; its anchors are the block's."""
        self.section.remove(self.twin)
        for element, name in self.anchors.items():
            if element in boxes:
                boxes[element].style = boxes[element].style.copy()
                boxes[element].style["anchor"] = name
        return boxes[self.twin]

    def charts(self, boxes: Mapping[Element, Box]) -> Iterator[Chart]:
        """Yield the charts of the twin; each stands for the block's where its height is noted."""
        places = (
            [each for each in block.iter("div") if "data-heights" in each.attrib] for block in (self.block, self.twin)
        )
        for place, copied in zip(*places, strict=True):
            yield from (Chart(place, boxes[svg]) for svg in copied.iter(SVG) if svg in boxes)


def twins_of(root: Element) -> Iterator[Twin]:
    """Yield the twins of a page, each put after its block. Why without anchors: two of a name are told as a fault."""
    for i, section in enumerate(sections_of(root)):
        for j, block in reversed(list(enumerate(section))):
            if block.get("data-if-pushed") == "apart":
                twin = deepcopy(block)
                twin.set("class", f"{block.get('class', '')} apart")
                anchors = {each: each.attrib.pop("id") for each in twin.iter() if "id" in each.attrib}
                section.insert(j + 1, twin)
                yield Twin(key=(i, j), section=section, block=block, twin=twin, anchors=anchors)
