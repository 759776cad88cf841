"""Picture: a chart as a PNG, for places that know no SVG. The printer sets it, so that its letters are the same."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Sequence
from pathlib import Path

from generator.errors import LayoutError
from generator.pdf.fence import strict
from generator.pdf.press import press
from generator.pictures import to_png

DENSITY = 2
SIZE = re.compile(r'<svg\b[^>]*\bviewBox="[\d.\-]+ [\d.\-]+ ([\d.]+) ([\d.]+)"')
PAGE = """<!DOCTYPE html><html lang="en"><head><title>Chart</title><link rel="stylesheet" href="{fonts}">
<style>@page {{ size: {width}px {height}px; margin: 0 }} html, body {{ margin: 0 }}
svg {{ display: block; width: {width}px; height: {height}px }}</style></head><body>{svg}</body></html>"""


def height_of(svg: str, width: int) -> int:
    """Return how high a drawing is when it is this wide, in px."""
    found = SIZE.search(svg)
    if not found:
        raise LayoutError("a chart without a size cannot be made into a picture; give its svg a viewBox")
    return round(width * float(found[2]) / float(found[1]))


def to_picture(svg: str, *, folders: Sequence[Path], width: int) -> bytes:
    """Return a drawing as a PNG of twice as many pixels as it is wide on the page, for sharp screens.

    Raises:
        LayoutError: WeasyPrint warned of something.
    """
    import pypdfium2

    height = height_of(svg, width)
    html = PAGE.format(fonts="house/fonts.css", width=width, height=height, svg=svg[svg.index("<svg") :])
    with strict("drawing a chart for the e-mail"), warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        printed = bytes(press(folders).lay_out(html).write_pdf())
    with pypdfium2.PdfDocument(io.BytesIO(printed)) as pdf:
        page = pdf[0]
        image = page.render(scale=DENSITY * width / page.get_width()).to_pil()
        page.close()
    return to_png(image, width=DENSITY * width, height=DENSITY * height)


def pages_of(pdf: bytes, *, width: int) -> tuple[bytes, ...]:
    """Return the pages of a PDF as PNGs of this width in pixels."""
    import pypdfium2

    shown = []
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        for page in document:
            image = page.render(scale=width / page.get_width()).to_pil()
            shown.append(to_png(image, width=width, height=image.height))
            page.close()
    return tuple(shown)
