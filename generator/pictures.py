"""Pictures: the only home of Pillow. Every picture that leaves the program has been decoded and written anew."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

COLOURS = 128


def to_png(image: Image, *, width: int, height: int) -> bytes:
    """Return a rendered chart as a PNG of exactly this size and few colours, small enough for an e-mail."""
    from PIL import Image as Pillow

    whole = Pillow.new("RGB", (width, height), "#FFFFFF")
    whole.paste(image.convert("RGB"), (0, 0))
    few = whole.quantize(COLOURS, method=Pillow.Quantize.MEDIANCUT, dither=Pillow.Dither.NONE)
    out = io.BytesIO()
    few.save(out, "PNG", optimize=True)
    return out.getvalue()
