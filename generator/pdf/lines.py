"""Lines: a line of a paragraph is broken and set once, however often the paragraph is laid out.

Why: a grid measures its cells and lays them out, columns are balanced by laying them out until they are even, a page
is made again when a page number in it changes. In each of them a line of the same words in the same width is the same
line, only elsewhere. What floats, pictures or page numbers could change is never answered from here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from weasyprint.formatting_structure import boxes

from generator.pdf.copying import copied

Place = tuple[Any, ...]
NextLine = Callable[..., tuple[Any, Any]]


class Lines:
    """The lines of one document: each with the place it was set at, under its paragraph and the place of its start."""

    def __init__(self) -> None:
        self._set: dict[Place, tuple[Any, Any, float]] = {}
        self._plain: dict[int, tuple[Any, bool]] = {}

    def place(self, linebox: Any, skip: Any, width: float) -> Place | None:  # noqa: ANN401 -- see the module memo
        """Return what tells a line from all others, or None if it must not be remembered."""
        if not self._is_plain(linebox):
            return None
        return id(linebox.children), _flat(skip), width, linebox.text_indent

    def _is_plain(self, linebox: Any) -> bool:  # noqa: ANN401
        """Whether a paragraph is nothing but text; the answer keeps its boxes alive, so that their id stays theirs."""
        known = self._plain.get(id(linebox.children))
        if known is None:
            plain = all(
                type(box) in PLAIN and box.missing_link is None and not box.is_leader for box in linebox.descendants()
            )
            known = self._plain[id(linebox.children)] = linebox.children, plain
        return known[1]

    def get(self, place: Place, x: float, y: float) -> tuple[Any, Any] | None:
        """Return a line set at this place, moved there, and where the next one starts."""
        known = self._set.get(place)
        if known is None:
            return None
        line, resume_at, left = known
        return copied(line, x - left, y - line.position_y), resume_at

    def keep(self, place: Place, line: Any, resume_at: Any, x: float) -> None:  # noqa: ANN401
        """Keep a line that was set where its paragraph's left edge is `x`."""
        self._set[place] = copied(line), resume_at, x


PLAIN = {boxes.LineBox, boxes.InlineBox, boxes.TextBox}


def _flat(skip: Any) -> tuple[int, ...]:  # noqa: ANN401
    """Return where a line starts: which child, which child of it, and so on."""
    path = []
    while skip:
        ((index, skip),) = skip.items()
        path.append(index)
    return tuple(path)


def remembered(next_line: NextLine) -> NextLine:
    """Return the function that sets the next line of a paragraph, remembering the lines of each document."""

    @wraps(next_line)
    def remembering(  # noqa: PLR0917 -- the parameters are WeasyPrint's
        context: Any,  # noqa: ANN401
        linebox: Any,  # noqa: ANN401
        position_y: float,
        bottom_space: float,
        skip_stack: Any,  # noqa: ANN401
        containing_block: Any,  # noqa: ANN401
        absolute_boxes: Any,  # noqa: ANN401
        fixed_boxes: Any,  # noqa: ANN401
        first_letter_style: Any,  # noqa: ANN401
        first_line_style: Any,  # noqa: ANN401
    ) -> tuple[Any, Any]:
        given = (bottom_space, skip_stack, containing_block, absolute_boxes, fixed_boxes)
        styles = (first_letter_style, first_line_style)
        lines: Lines | None = getattr(context, "lines", None)
        place = None
        if lines is not None and not any(styles) and not context.excluded_shapes:
            place = lines.place(linebox, skip_stack, containing_block.width)
        if lines is None or place is None:
            return next_line(context, linebox, position_y, *given, *styles)
        x = containing_block.content_box_x()
        if found := lines.get(place, x, position_y):
            return found
        line, resume_at = next_line(context, linebox, position_y, *given, *styles)
        if line is not None:
            lines.keep(place, line, resume_at, x)
        return line, resume_at

    return remembering
