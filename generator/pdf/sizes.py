"""Sizes: what follows from a style alone, or from it and the block it stands in, is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from weasyprint.formatting_structure import boxes

SIDES = ("top", "right", "bottom", "left")
SIZES = (
    *(f"margin_{side}" for side in SIDES),
    *(f"padding_{side}" for side in SIDES),
    *(f"border_{side}_width" for side in SIDES),
    *(f"{bound}{axis}" for axis in ("width", "height") for bound in ("", "min_", "max_")),
)
"""All that is worked out of a style's percentages for a box."""


def remembered(resolve: Callable[..., None]) -> Callable[..., None]:
    """Return the function that gives a box the sizes of its style, remembered with the style.

    A cell whose borders collapse has its borders from elsewhere; a page has its own percentages.
    """

    @wraps(resolve)
    def resolving(box: Any, containing_block: Any) -> None:  # noqa: ANN401 -- the boxes of WeasyPrint have no type
        style = box.style
        if isinstance(box, boxes.PageBox) or style["border_collapse"] == "collapse":
            resolve(box, containing_block)
            return
        is_box = isinstance(containing_block, boxes.Box)
        within = (containing_block.width, containing_block.height) if is_box else tuple(containing_block)
        known = style.__dict__.setdefault("sizes", {})
        if within not in known:
            resolve(box, containing_block)
            known[within] = {size: box.__dict__[size] for size in SIZES}
        else:
            box.__dict__.update(known[within])

    return resolving


def strut_remembered(strut: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return the function that gives the height and the baseline of an empty line, remembered with its style."""

    @wraps(strut)
    def of_style(style: Any) -> Any:  # noqa: ANN401
        known = style.__dict__.get("strut")
        if known is None:
            known = style.__dict__["strut"] = strut(style)
        return known

    return of_style


def flow_remembered(is_in_normal_flow: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Return the method that tells whether a box is in the normal flow, remembered with its style."""

    @wraps(is_in_normal_flow)
    def of_box(box: Any) -> bool:  # noqa: ANN401
        known: bool | None = box.style.__dict__.get("flow")
        if known is None:
            known = box.style.__dict__["flow"] = is_in_normal_flow(box)
        return known

    return of_box
