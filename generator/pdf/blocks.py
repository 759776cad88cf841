"""Blocks: a block of a section that was laid out whole is not laid out again where it stands whole once more.

Why: a page is laid out to be measured, and again when its breaks are planned; in between most blocks only move. A block
is laid out anew if a chart in it was drawn anew, if its width changed, and wherever it may have to break.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from weasyprint.layout.block import collapse_margin
from weasyprint.layout.percent import percentage

from generator.pdf.copying import copied

Mark = tuple[Any, ...]
LayOut = Callable[..., tuple[Any, ...]]


class Blocks:
    """The blocks of one document as they were laid out, each under its box, its marks and its width."""

    def __init__(self) -> None:
        self._marks: Mapping[int, Mark] = {}
        self._laid: dict[Mark, tuple[tuple[Any, ...], float, float]] = {}

    def are(self, marks: Mapping[int, Mark]) -> None:
        """Take which boxes are blocks, by their id, and what tells how each is drawn now."""
        self._marks = marks

    def place(self, box: Any, skip: Any, width: float) -> Mark | None:  # noqa: ANN401 -- see the module memo
        """Return what tells a block from all others, or None if the box is none or must be laid out in any case."""
        mark = self._marks.get(id(box))
        return None if mark is None or skip is not None or not _is_level(box) else (id(box), mark, width)

    def get(self, place: Mark, box: Any, bottom: float) -> tuple[Any, ...] | None:  # noqa: ANN401
        """Return a block as it was laid out, moved to where its box is, if it ends above the bottom there.

        The margin below it is the box's: that is what an arrangement changes.
        """
        if place not in self._laid:
            return None
        (old, resume_at, next_page, *rest), left, top = self._laid[place]
        dx, dy = box.position_x + left - old.position_x, box.position_y + top - old.position_y
        if old.position_y + old.margin_height() + dy > bottom:
            return None
        new = copied(old, dx, dy)
        below = percentage(box.style["margin_bottom"], box.style, place[-1])
        new.style, new.margin_bottom = box.style, 0 if below == "auto" else below
        return new, resume_at, dict(next_page), *(_own(each) for each in rest)

    def keep(self, place: Mark, laid: tuple[Any, ...], x: float, y: float) -> None:
        """Keep a block that was laid out whole with its corner meant to be at x, y."""
        box, resume_at, next_page, *rest = laid
        kept = (box, resume_at, dict(next_page), *map(_own, rest))
        self._laid[place] = kept, box.position_x - x, box.position_y - y


def _own(value: Any) -> Any:  # noqa: ANN401
    return list(value) if isinstance(value, list) else value


def _is_level(box: Any) -> bool:  # noqa: ANN401
    """Whether nothing at the head of a box has a margin, so that the top of a page takes none away."""
    while box is not None:
        if getattr(box.style["margin_top"], "value", None) != 0:
            return False
        box = box.children[0] if box.children else None
    return True


def remembered(lay_out: LayOut) -> LayOut:
    """Return the function that lays out a block, remembering the blocks of each document."""

    @wraps(lay_out)
    def remembering(  # noqa: PLR0917 -- the parameters are WeasyPrint's
        context: Any,  # noqa: ANN401
        box: Any,  # noqa: ANN401
        bottom_space: float,
        skip_stack: Any,  # noqa: ANN401
        containing_block: Any,  # noqa: ANN401
        page_is_empty: bool = True,  # noqa: FBT001, FBT002
        absolute_boxes: Any = None,  # noqa: ANN401
        fixed_boxes: Any = None,  # noqa: ANN401
        adjoining_margins: Any = None,  # noqa: ANN401
        *rest: Any,  # noqa: ANN401
    ) -> tuple[Any, ...]:
        blocks: Blocks | None = getattr(context, "blocks", None)
        place = blocks.place(box, skip_stack, containing_block.width) if blocks else None
        if blocks is None or place is None or context.excluded_shapes:
            return lay_out(
                context, box, bottom_space, skip_stack, containing_block, page_is_empty, absolute_boxes, fixed_boxes,
                adjoining_margins, *rest,
            )  # fmt: skip
        box.position_y += collapse_margin(adjoining_margins or [])
        x, y = box.position_x, box.position_y
        if found := blocks.get(place, box, context.page_bottom - bottom_space):
            return found
        taken = len(absolute_boxes or ()) + len(fixed_boxes or ())
        laid = lay_out(
            context, box, bottom_space, None, containing_block, page_is_empty, absolute_boxes, fixed_boxes, [], *rest
        )
        if laid[0] is not None and laid[1] is None and taken == len(absolute_boxes or ()) + len(fixed_boxes or ()):
            blocks.keep(place, laid, x, y)
        return laid

    return remembering
