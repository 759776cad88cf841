"""Typefaces: the letters a page needs, cut out of its font files, so that one file can carry them."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from generator.page.brand import FACE, settings_of, uncommented
from generator.page.sandbox import HOUSE, Folders

SOURCE = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
LATIN = "".join(map(chr, range(0x20, 0x7F)))
# The names under which letters were cut; the licence keeps the original name for files that are whole.
PREFIX = "Cut "
MEASURED = (".ttf", ".otf")


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


def font_files(roots: Sequence[Path], template: str, family: str) -> tuple[tuple[int, Path], ...]:
    """Return the upright files of a family by their weights, as the template's fonts.css and the house's name them.

    None where a file is of a kind that charts cannot measure, or the family is not named.
    """
    folders = Folders(roots, template)
    found: dict[int, Path] = {}
    for place in dict.fromkeys((f"{HOUSE}/fonts.css", folders.place("fonts.css"))):
        for face in FACE.finditer(uncommented(folders.read(place))):
            told, source = settings_of(face), SOURCE.search(face[1])
            upright = told.get("font-style", "normal") == "normal"
            if told["font-family"] == family and upright and source:
                found[_weight(told)] = folders.file(folders.place(f"{place.rpartition('/')[0]}/{source[1]}"))
    measurable = all(path.suffix.lower() in MEASURED for path in found.values())
    return tuple(sorted(found.items())) if measurable else ()


def _weight(told: Mapping[str, str]) -> int:
    weight = told.get("font-weight", "400")
    return {"normal": 400, "bold": 700}.get(weight) or int(weight)


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
