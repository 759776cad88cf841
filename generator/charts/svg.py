"""Svg: a matplotlib figure as an SVG element that can stand in an HTML page beside others."""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, filterwarnings
from xml.etree import ElementTree as ET

from generator.charts.style import MM_PER_POINT

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAMESPACE = "http://www.w3.org/2000/svg"
_FRACTION = re.compile(r"-?\d+\.\d+")
_NOTHING = {"Date": None, "Creator": None, "Format": None, "Type": None}
_RC: Any = {"svg.fonttype": "none", "svg.hashsalt": "brief", "svg.id": None, "path.simplify": False}


def to_svg(figure: Figure) -> str:
    """Return the figure as an `<svg>` element: sizes in mm, text as text, no identifiers, the same bytes each time.

    Why: several charts stand in one HTML document, so that identifiers would clash; no chart of the house
    needs one, because it has no markers, patterns, clips or gradients.
    """
    from matplotlib import rc_context

    out = StringIO()
    with rc_context(_RC), catch_warnings():
        # Words stay words, and the page has a typeface for each of their letters.
        filterwarnings("ignore", "Glyph", UserWarning)
        figure.savefig(out, format="svg", transparent=True, metadata=_NOTHING)
    source = ET.fromstring(out.getvalue().encode())
    width, height = (float(part) for part in source.attrib["viewBox"].split()[2:])
    root = ET.Element(
        "svg",
        {
            "xmlns": NAMESPACE,
            "width": f"{width * MM_PER_POINT:.2f}mm",
            "height": f"{height * MM_PER_POINT:.2f}mm",
            "viewBox": f"0 0 {_rounded(width)} {_rounded(height)}",
            "stroke-linejoin": "round",
            "stroke-linecap": "butt",
        },
    )
    root.extend(_plain(source, {}))
    return ET.tostring(root, encoding="unicode")


def _plain(parent: ET.Element, marks: dict[str, str]) -> list[ET.Element]:
    """Return what is drawn below an element, without groups and identifiers; marks of a group go to its elements."""
    drawn: list[ET.Element] = []
    for child in parent:
        tag = child.tag.rpartition("}")[2]
        if tag == "g":
            drawn.extend(_plain(child, _marks(child.attrib.get("id", ""))))
        elif tag not in ("defs", "metadata"):
            drawn.append(_element(tag, child, marks))
    return drawn


def _element(tag: str, source: ET.Element, marks: dict[str, str]) -> ET.Element:
    keep = {name: value for name, value in source.attrib.items() if name not in ("id", "transform", "style")}
    keep |= _declared(source.attrib.get("style", ""))
    for name in ("d", "x", "y"):
        if name in keep:
            keep[name] = _FRACTION.sub(lambda match: _rounded(float(match[0])), " ".join(keep[name].split()))
    element = ET.Element(tag, keep | (marks if tag == "text" else {}))
    element.text = source.text if tag == "text" else None
    return element


def _declared(style: str) -> dict[str, str]:
    """Return a style's declarations as attributes of their own.

    Why: in an HTML page a style attribute is read as CSS for boxes, which knows no fill and no stroke.
    """
    pairs = (part.partition(":") for part in style.split(";") if part.strip())
    return {name.strip(): value.strip() for name, _, value in pairs}


def _marks(identifier: str) -> dict[str, str]:
    """Return the attributes that a label's identifier stands for: "tick" or "fact:" and the facts' identifiers."""
    if identifier == "tick":
        return {"class": "tick"}
    kind, colon, facts = identifier.partition(":")
    return {"data-facts": facts} if kind == "fact" and colon else {}


def _rounded(number: float) -> str:
    """Return a number in hundredths of a point (4 micrometres), without a sign on zero."""
    return f"{round(number, 2) + 0.0:.2f}".rstrip("0").rstrip(".")
