"""Letters: how wide words print, and whether the labels of a finished chart overlap or leave it."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import combinations
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from generator.charts.geometry import Box
from generator.charts.style import MM_PER_POINT, Face, Typeface

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

ELLIPSIS = "\u2026"
HAN = "\u2e80"
GOOD_CUT = 0.7


@cache
def font(typeface: Typeface, weight: int, size: float) -> FontProperties:
    """Return a font by its file, so that no font of the machine can take its place.

    Raises: FileNotFoundError if there is no such file.
    """
    from matplotlib.font_manager import FontProperties

    file = typeface.file(weight)
    if not file.is_file():
        raise FileNotFoundError(file)
    return FontProperties(family=typeface.family, weight=weight, size=size, fname=str(file))


@lru_cache(maxsize=8192)
def _points(typeface: Typeface, weight: int, size: float, words: str) -> float:
    from matplotlib.textpath import text_to_path

    wide = sum(letter >= HAN for letter in words)
    if wide:
        # The letters of another typeface, in which each is as wide as it is high.
        words = "".join(letter for letter in words if letter < HAN)
    width, _, _ = text_to_path.get_text_width_height_descent(words, font(typeface, weight, size), ismath=False)
    return float(width) + wide * size


def width_of(words: str, face: Face, typeface: Typeface) -> float:
    """Return how many millimetres the words take."""
    return _points(typeface, face.weight, face.size, words) * MM_PER_POINT if words else 0.0


def box_of(words: str, face: Face, typeface: Typeface, *, x: float, y: float) -> Box:
    """Return the box of words whose left, middle or right end (by the face) is at x and whose capitals centre on y."""
    width = width_of(words, face, typeface)
    left = x - width * {"left": 0.0, "center": 0.5, "right": 1.0}[face.align]
    deep = 0.2 * face.size * MM_PER_POINT
    return Box(left, y - face.cap / 2 - deep, left + width, y + face.cap / 2 + deep / 3)


def shortened(words: str, face: Face, typeface: Typeface, limit: float) -> str:
    """Return a name cut to a width: at the end of a word if that leaves most of the room used, else inside a word."""
    if width_of(words, face, typeface) <= limit:
        return words
    letters = words
    while letters and width_of(letters + ELLIPSIS, face, typeface) > limit:
        letters = letters[:-1]
    whole = letters.rpartition(" ")[0].rstrip(" ,.&-")
    if whole and width_of(whole, face, typeface) >= GOOD_CUT * limit:
        return whole
    return letters.rstrip() + ELLIPSIS


def wrapped(words: str, face: Face, typeface: Typeface, limit: float) -> tuple[str, ...]:
    """Return words as at most two lines of the given width, shortened if they need more."""
    if width_of(words, face, typeface) <= limit:
        return (words,)
    gap = "" if words[:1] >= HAN else " "
    parts = words.split(" ") if gap else list(words)
    cuts = [(gap.join(parts[:i]), gap.join(parts[i:])) for i in range(1, len(parts))]
    if not cuts:
        return (shortened(words, face, typeface, limit),)
    best = min(cuts, key=lambda cut: max(width_of(line, face, typeface) for line in cut))
    return tuple(shortened(line, face, typeface, limit) for line in best)


def labels(svg: str, typeface: Typeface) -> list[tuple[str, Box]]:
    """Return the labels of a finished chart with their boxes in millimetres from the lower left corner."""
    root = ET.fromstring(svg)
    height = float(root.attrib["viewBox"].split()[3])
    return [_label(element, height, typeface) for element in root.iter() if element.tag.rpartition("}")[2] == "text"]


def _label(element: ET.Element, height: float, typeface: Typeface) -> tuple[str, Box]:
    style = element.attrib
    size, weight = float(style["font-size"].removesuffix("px")), int(style.get("font-weight", "400"))
    align = {"start": "left", "middle": "center", "end": "right"}[style["text-anchor"]]
    face = Face(size=size, weight=weight, align=align)  # type: ignore[arg-type]
    x, baseline = float(element.attrib["x"]), height - float(element.attrib["y"])
    words = element.text or ""
    return words, box_of(words, face, typeface, x=x * MM_PER_POINT, y=baseline * MM_PER_POINT + face.cap / 2)


def overlaps(svg: str, typeface: Typeface) -> list[tuple[str, str]]:
    """Return the pairs of labels of a finished chart that touch each other."""
    return [(a, b) for (a, here), (b, there) in combinations(labels(svg, typeface), 2) if here.meets(there, 0.05)]


def clipped(svg: str, typeface: Typeface) -> list[str]:
    """Return the labels that leave the chart."""
    _, _, width, height = (float(part) for part in ET.fromstring(svg).attrib["viewBox"].split())
    page = Box(-0.05, -0.05, width * MM_PER_POINT + 0.05, height * MM_PER_POINT + 0.05)
    return [words for words, box in labels(svg, typeface) if not page.holds(box)]
