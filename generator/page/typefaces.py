"""Typefaces: the letters a page needs, cut out of its font files, so that one file can carry them."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from markupsafe import Markup

from generator.page.brand import FACE, settings_of, uncommented

SOURCE = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
LATIN = "".join(map(chr, range(0x20, 0x7F)))
# The names under which letters were cut; the licence keeps the original name for files that are whole.
PREFIX = "Cut "


def carried(sheets: Mapping[str, str], families: set[str], letters: str, read: Callable[[str], bytes]) -> Markup:
    """Return @font-face rules that hold the letters of some families, under the family's name after "Cut".

    `sheets` are the stylesheets that name the files, by their folders; `read` returns a file by its place.
    """
    wanted = "".join(sorted(set(letters) | set(LATIN)))
    rules = []
    for folder, css in sheets.items():
        for face in FACE.finditer(uncommented(css)):
            told = settings_of(face)
            source = SOURCE.search(told.get("src", ""))
            if told["font-family"] in families and source:
                rules.append(_rule(told, cut(read(f"{folder}/{source[1]}"), wanted)))
    return Markup("\n".join(rules))


def _rule(told: Mapping[str, str], font: bytes) -> str:
    look = f"font-weight: {told.get('font-weight', '400')}; font-style: {told.get('font-style', 'normal')}"
    data = base64.b64encode(font).decode()
    return (
        f'@font-face {{ font-family: "{PREFIX}{told["font-family"]}"; {look}; '
        f'src: url("data:font/ttf;base64,{data}") format("truetype"); }}'
    )


@lru_cache(maxsize=64)
def cut(font: bytes, letters: str) -> bytes:
    """Return a font with these letters only, under a name of its own."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options()
    options.layout_features = ["kern", "mark", "tnum", "lnum", "locl", "ccmp"]
    options.hinting = False
    options.name_IDs = [1, 2, 3, 4, 6]
    whole = TTFont(io.BytesIO(font), lazy=True, recalcTimestamp=False)
    cutter = Subsetter(options)
    cutter.populate(text=letters)
    cutter.subset(whole)
    for record in whole["name"].names:
        record.string = "Regular" if record.nameID == 2 else "Brief-Cut"
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()
