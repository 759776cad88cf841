"""Galley: a page styled and made into boxes once, then laid out as often as need be, arranged anew each time.

Why: styles and boxes take as long as a layout, and most blocks of a page stand in the second layout as they did in the
first. What is used here of WeasyPrint is internal, hence its exact version in the dependencies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

import weasyprint
from cssselect2 import ElementWrapper
from weasyprint.css.counters import CounterStyle
from weasyprint.css.properties import Dimension
from weasyprint.document import Document, DocumentMetadata, Page
from weasyprint.formatting_structure.boxes import BlockLevelBox, Box
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.html import get_html_metadata
from weasyprint.images import SVGImage
from weasyprint.layout import LayoutContext, layout_document
from weasyprint.text.fonts import FontConfiguration

from generator.pdf import tree
from generator.pdf.arrangement import Arrangement, Redraw
from generator.pdf.blocks import Blocks
from generator.pdf.fence import BASE, Shelf
from generator.pdf.lines import Lines
from generator.pdf.paging import Key
from generator.pdf.redrawing import Chart, charts_of
from generator.pdf.sections import sections_of
from generator.pdf.twins import twins_of

ENDLESS = 1e6
"""How much longer, in px, the paper of a measuring layout is: nothing breaks on it."""


ARRANGED = ("html", "body", "main", "section")
HEAD_OF_PAGE, RUNS_OVER = {"break_before": "page"}, {"break_inside": "auto"}


class Parsed(weasyprint.HTML):
    """A page that is parsed already. Why a class: WeasyPrint parses a page anew for every layout of it."""

    def __init__(self, root: Element, shelf: Shelf) -> None:
        self.base_url = BASE
        self.url_fetcher = shelf
        self.media_type = "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = root


class Context(LayoutContext):
    """The state of one layout, with what its galley remembers of earlier ones; its paper may be endless."""

    def __init__(self, built: LayoutContext, lines: Lines, blocks: Blocks, paper: float) -> None:
        self._longer, self._bottom = paper, 0.0
        super().__init__(
            built.style_for, built.get_image_from_uri, built.font_config, built.counter_style, built.target_collector
        )
        self.lines, self.blocks = lines, blocks

    @property
    def page_bottom(self) -> float:
        """Where the text area of the page ends."""
        return self._bottom + self._longer

    @page_bottom.setter
    def page_bottom(self, value: float | None) -> None:
        self._bottom = value or 0.0


class Galley:
    """The boxes of a page, of its sections' blocks and of its charts."""

    def __init__(self, root: Element, shelf: Shelf, fonts: FontConfiguration, sheets: Sequence[weasyprint.CSS]) -> None:
        twins = list(twins_of(root))
        self._page, self._fonts = Parsed(root, shelf), fonts
        self._built, self._boxes = _built(self._page, fonts, sheets)
        self._lines, self._blocks = Lines(), Blocks()
        of: dict[Element, Box] = {}
        for box in filter(tree.is_whole, self._boxes.descendants()):
            of.setdefault(box.element, box)
        self._apart = {twin.key: twin.parted(of) for twin in twins}
        self._sections = [
            (of[section], tuple(of[block] for block in section if block in of))
            for section in sections_of(root)
            if section in of
        ]
        self._body = next(box for box in self._boxes.children if box.element_tag == "body")
        self._parts = tuple(self._body.children)
        self._styles = [(box, box.style) for box in self._boxes.descendants()]
        self._charts = [*charts_of(root, of), *(chart for twin in twins for chart in twin.charts(of))]
        self._kept = _kept(self._boxes, {id(chart.box): chart for chart in self._charts})

    def lay_out(self, arrangement: Arrangement, redraw: Redraw | None = None, *, endless: bool = False) -> Document:
        """Return the page laid out, its blocks arranged; or the sections alone, on endless paper where nothing breaks.

        Why all styles are put back: a layout writes the sizes it found for the cells of a grid into their styles.
        """
        for box, style in self._styles:
            box.style = style
        for chart in self._charts:
            chart.set(arrangement.heights.get(chart.number), redraw, self._image)
        self._arrange(arrangement)
        self._body.children = tuple(part for part in self._parts if not endless or part.element_tag == "main")
        context = Context(self._built, self._lines, self._blocks, ENDLESS if endless else 0.0)
        pages = [Page(page) for page in layout_document(self._page, self._boxes, context)]
        return Document(
            pages,
            DocumentMetadata(**get_html_metadata(self._page)),
            self._page.url_fetcher,
            self._fonts,
            {},
            None,
        )

    def _image(self, svg: Element) -> SVGImage:
        return SVGImage(svg, BASE, self._page.url_fetcher, self._built)

    def _arrange(self, arrangement: Arrangement) -> None:
        """Set the blocks of every section in their order, with their gaps and breaks."""
        for i, (section, blocks) in enumerate(self._sections):
            shown = [self._apart[i, j] if (i, j) in arrangement.apart else block for j, block in enumerate(blocks)]
            for j, block in enumerate(shown):
                _style(block, _asked(arrangement, (i, j)))
                if (i, j) in arrangement.parted:
                    _style(block.children[-1], HEAD_OF_PAGE)
            section.children = tuple(shown[j] for j in arrangement.orders.get(i, range(len(shown))))
        self._blocks.are({block: tuple(chart.height for chart in charts) for block, charts in self._kept.items()})


def _kept(root: Box, charts: Mapping[int, Chart]) -> dict[int, tuple[Chart, ...]]:
    """Return the blocks that stay as they are once laid out, by the ids of their boxes, with the charts in each.

    Those that name a page are none of them, since its number is not known at first.
    """
    found: dict[int, tuple[Chart, ...]] = {}

    def seen(box: Box) -> tuple[Chart, ...] | None:
        inside = [(charts[id(box)],) if id(box) in charts else (), *map(seen, box.children)]
        if box.missing_link is not None or any(each is None for each in inside):
            return None
        all_charts = tuple(chart for each in inside if each for chart in each)
        if isinstance(box, BlockLevelBox) and box.children and box.element_tag not in ARRANGED:
            found[id(box)] = all_charts
        return all_charts

    seen(root)
    return found


def _built(page: Parsed, fonts: FontConfiguration, sheets: Sequence[weasyprint.CSS]) -> tuple[LayoutContext, Box]:
    """Return a page's styles, with what else a layout needs, and its boxes."""
    counters = CounterStyle()
    options = {**weasyprint.DEFAULT_OPTIONS, "stylesheets": sheets}
    built = Document._build_layout_context(page, fonts, counters, {}, options)  # noqa: SLF001 -- see the module
    boxes = build_formatting_structure(
        page.etree_element,
        built.style_for,
        built.get_image_from_uri,
        BASE,
        built.target_collector,
        counters,
        built.footnotes,
    )
    return built, boxes


def _asked(arrangement: Arrangement, key: Key) -> dict[str, Any]:
    """Return what an arrangement changes in the style of a block."""
    gap = arrangement.gaps.get(key)
    return {
        **({} if gap is None else {"margin_bottom": Dimension(gap * tree.MM, "px")}),
        **(HEAD_OF_PAGE if key in arrangement.breaks else {}),
        **(RUNS_OVER if key in arrangement.opened else {}),
    }


def _style(block: Box, changed: Mapping[str, Any]) -> None:
    """Give a block a style of its own, with these values; they bear on no box but this one."""
    if changed:
        block.style = block.style.copy()
        block.style.update(changed)
