"""Shaping: words are shaped once in a process, however often they are set in the same style.

Why: most of the time of a print would go into shaping the same cells, labels and lines again, in every trial of a page
and in every brief. What is kept is what WeasyPrint computed; a setting it does not know is never answered from here.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import wraps
from operator import itemgetter
from typing import Any

LINES = 60_000
"""So many lines are kept; then all are forgotten, since the next brief needs most of them no more."""

STYLE = itemgetter(
    "direction", "lang", "font_language_override", "font_family", "font_style", "font_stretch", "font_weight",
    "font_size", "font_variation_settings", "font_kerning", "font_variant_ligatures", "font_variant_position",
    "font_variant_caps", "font_variant_numeric", "font_variant_alternates", "font_variant_east_asian",
    "font_feature_settings", "text_decoration_line", "word_spacing", "letter_spacing", "overflow_wrap", "word_break",
    "tab_size", "white_space", "hyphens", "hyphenate_limit_chars", "hyphenate_limit_zone", "hyphenate_character",
)  # fmt: skip
"""All that WeasyPrint's text layout reads from a style."""

Split = Callable[..., tuple[Any, ...]]


def remembered(split: Split) -> Split:
    """Return the function that splits a text after its first line, remembering what it answered.

    An answer holds the line's layout, which whoever draws it switches on and off: everybody gets a copy of it.
    """
    lines: dict[Any, tuple[Any, ...]] = {}

    @wraps(split)
    def first_line(  # noqa: PLR0917 -- the parameters are WeasyPrint's
        text: str,
        style: Any,  # noqa: ANN401 -- the styles of WeasyPrint have no type
        context: Any,  # noqa: ANN401
        max_width: float | None,
        justification_spacing: float,
        is_line_start: bool = True,  # noqa: FBT001, FBT002
        minimum: bool = False,  # noqa: FBT001, FBT002
    ) -> tuple[Any, ...]:
        key = (
            text, max_width, justification_spacing, is_line_start, minimum, id(style.font_config), _text_style(style)
        )  # fmt: skip
        found = lines.get(key)
        if found is None:
            found = split(text, style, context, max_width, justification_spacing, is_line_start, minimum)
            if len(lines) >= LINES:
                lines.clear()
            lines[key] = found
        return (copy.copy(found[0]), *found[1:])

    return first_line


def _text_style(style: Any) -> tuple[Any, ...]:  # noqa: ANN401
    """Return what a text's layout depends on; a style keeps it, since its text properties do not change any more."""
    kept: tuple[Any, ...] | None = getattr(style, "text_style", None)
    if kept is None:
        kept = tuple(map(_fixed, STYLE(style)))
        style.text_style = kept
    return kept


def _fixed(value: object) -> object:
    """Return a style's value as one that can be looked up."""
    if isinstance(value, list):
        return tuple(value)
    return frozenset(value) if isinstance(value, set) else value
