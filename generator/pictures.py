"""Pictures: the only home of Pillow. Every picture that leaves the program has been decoded and written anew."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.errors import TemplateError

if TYPE_CHECKING:
    from PIL.Image import Image

COLOURS = 128
FORMATS = ("PNG", "JPEG")
GROUND = "#8A9099"
LARGEST, MOST_PIXELS = 2_000_000, 16_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Clean:
    """A picture written anew as a PNG, and its size in pixels."""

    data: bytes
    width: int
    height: int


def cleaned(data: bytes, place: str) -> Clean:
    """Return a PNG or JPEG of a user, decoded and written anew, without anything else its file held.

    Raises:
        TemplateError: it is neither, it is too large, or it cannot be decoded; the sentence names its place.
    """
    from PIL import Image as Pillow

    if len(data) > LARGEST:
        raise TemplateError(f"{place}: the picture has {len(data):,} bytes; use one of at most {LARGEST:,}")
    try:
        with warnings.catch_warnings(), Pillow.open(io.BytesIO(data), formats=FORMATS) as image:
            warnings.simplefilter("error")
            if image.width * image.height > MOST_PIXELS:
                size = f"{image.width:,} by {image.height:,} pixels"
                raise TemplateError(f"{place}: the picture has {size}; use one of at most {MOST_PIXELS:,} in all")
            return _written(image)
    except (OSError, SyntaxError, ValueError, Warning, Pillow.DecompressionBombError) as error:
        raise TemplateError(f"{place}: this is no picture that can be read; use a PNG or JPEG") from error


def _written(image: Image) -> Clean:
    out = io.BytesIO()
    clear = image.convert("RGBA" if image.has_transparency_data else "RGB")
    clear.save(out, "PNG", optimize=True)
    return Clean(data=out.getvalue(), width=image.width, height=image.height)


def to_png(image: Image, *, width: int, height: int) -> bytes:
    """Return a rendered chart as a PNG of exactly this size and few colours, small enough for an e-mail."""
    from PIL import Image as Pillow

    whole = Pillow.new("RGB", (width, height), "#FFFFFF")
    whole.paste(image.convert("RGB"), (0, 0))
    few = whole.quantize(COLOURS, method=Pillow.Quantize.MEDIANCUT, dither=Pillow.Dither.NONE)
    out = io.BytesIO()
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


def sheet_of(rows: Sequence[Sequence[bytes | None]], *, width: int, gap: int = 16) -> bytes:
    """Return pictures in rows as one PNG, each this wide; where there is none, the ground shows."""
    from PIL import Image as Pillow

    shown = [[None if png is None else Pillow.open(io.BytesIO(png), formats=FORMATS) for png in row] for row in rows]
    heights = [max((_height(each, width) for each in row if each is not None), default=width) for row in shown]
    columns = max(map(len, rows), default=0)
    whole = Pillow.new("RGB", (gap + columns * (width + gap), gap + sum(height + gap for height in heights)), GROUND)
    top = gap
    for row, height in zip(shown, heights, strict=True):
        for place, each in enumerate(row):
            if each is not None:
                small = each.convert("RGB").resize((width, _height(each, width)), Pillow.Resampling.LANCZOS)
                whole.paste(small, (gap + place * (width + gap), top))
        top += height + gap
    out = io.BytesIO()
    whole.save(out, "PNG", optimize=True)
    return out.getvalue()


def _height(image: Image, width: int) -> int:
    return round(image.height * width / image.width)
