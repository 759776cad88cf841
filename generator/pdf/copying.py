"""Copying: boxes that were laid out once, set elsewhere.

Why a walk of our own: moving a box after a deep copy is a second walk.
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes


def copied(box: Any, dx: float = 0.0, dy: float = 0.0) -> Any:  # noqa: ANN401 -- the boxes of WeasyPrint have no type
    """Return a copy of a laid out box and all that is in it, moved by so many px."""
    new = box.copy()
    new.position_x += dx
    new.position_y += dy
    if isinstance(box, boxes.ParentBox):
        new.children = [copied(child, dx, dy) for child in box.children]
    return new
