"""Drawings: a chart's SVG as a page takes it up, and again in another height once the page is laid out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup, escape

from generator.model.brief import Brief, Drawing
from generator.page.pen import Pen

PROLOG = re.compile(r"^.*?(?=<svg\b)", re.DOTALL)
NOISE = re.compile(r"<metadata>.*?</metadata>|<title>.*?</title>|<script\b.*?</script>", re.DOTALL)
HEAD = re.compile(r"<svg\b[^>]*>")


def svg_of(drawing: Drawing, pen: Pen) -> Markup:
    """Return a chart's SVG with its alternative text inside, without prolog, metadata and scripts."""
    body = NOISE.sub("", PROLOG.sub("", drawing.svg.strip(), count=1))
    title = f"<title>{escape(pen.plain(drawing.alt))}</title>"
    return Markup(HEAD.sub(lambda head: head[0].replace("<svg", '<svg role="img"', 1) + title, body, count=1))


def bounds_of(drawing: Drawing) -> str:
    """Return the heights a chart can be set in, as the printer reads them: lowest, now, highest."""
    return " ".join(f"{height:.2f}" for height in drawing.heights)


class Redraw:
    """Gives the SVG of a brief's exhibit, by its number, in another height; drawn once for each height."""

    def __init__(self, brief: Brief) -> None:
        self._pen = Pen(brief)
        self._drawings = {exhibit.number: exhibit.drawing for exhibit in brief.exhibits}
        self._drawn: dict[tuple[int, float], Markup] = {}

    def printed(self, html: str, heights: Mapping[int, float]) -> str:
        """Return a page with the charts in these heights, as they stand in print."""
        for number, height in heights.items():
            drawing = self._drawings.get(number)
            html = html.replace(svg_of(drawing, self._pen), self(number, height)) if drawing else html
        return html

    def __call__(self, number: int, height: float) -> str:
        """Return the SVG in a height in mm; as it is if it has but one."""
        drawing = self._drawings[number]
        if drawing is None:
            raise KeyError(number)
        if (number, height) not in self._drawn:
            self._drawn[number, height] = svg_of(drawing.redraw(height) if drawing.redraw else drawing, self._pen)
        return self._drawn[number, height]
