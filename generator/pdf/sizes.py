"""Sizes: the margins, paddings, borders and sizes of a style are worked out once for each block it stands in."""

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
