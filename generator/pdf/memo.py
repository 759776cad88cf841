"""Memo: what WeasyPrint computes again and again while it lays out a page is computed once.

Some of its functions are wrapped in ones that remember: words are shaped once (`shaping`), sizes worked out once
(`sizes`), lines broken once (`lines`), blocks that only move laid out once (`blocks`). Nothing else changes: a page set
from memory is the page set anew, which the tests compare. The functions are internal to WeasyPrint 70, hence its exact
version in the dependencies; `forgotten` switches all of it off.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, inline, percent
from weasyprint.text import line_break

from generator.pdf import blocks, lines, shaping, sizes

WRAPPED: tuple[tuple[Any, str, Callable[[Any], Any]], ...] = (
    (line_break, "split_first_line", shaping.remembered),
    (line_break, "strut", sizes.strut_remembered),
    (percent, "resolve_percentages", sizes.remembered),
    (boxes.Box, "is_in_normal_flow", sizes.flow_remembered),
    (inline, "get_next_linebox", lines.remembered),
    (block, "block_level_layout", blocks.remembered),
)


def remember() -> None:
    """Let WeasyPrint remember in this process; a second call changes nothing."""
    for home, name, wrap in WRAPPED:
        original = getattr(home, name)
        if not hasattr(original, "__wrapped__"):
            _put(original, wrap(original))


@contextmanager
def forgotten() -> Iterator[None]:
    """Lay out as WeasyPrint does by itself, as long as this lasts."""
    remembering = [getattr(home, name) for home, name, _ in WRAPPED]
    plain = [getattr(each, "__wrapped__", each) for each in remembering]
    for old, new in zip(remembering, plain, strict=True):
        _put(old, new)
    try:
        yield
    finally:
        for old, new in zip(plain, remembering, strict=True):
            _put(old, new)


def _put(old: object, new: object) -> None:
    """Put a function in the place of another, in its class or in every module of WeasyPrint that has taken it in."""
    for home, name, _ in WRAPPED:
        if getattr(home, name) is old:
            setattr(home, name, new)
    for name, module in list(sys.modules.items()):
        if name.startswith("weasyprint."):
            for key, value in list(vars(module).items()):
                if value is old:
                    setattr(module, key, new)
