"""Resizable: a chart that can be drawn again in another height, once the page knows how much room there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, ParamSpec

from generator.model.brief import Drawing

P = ParamSpec("P")


def resizable(draw: Callable[P, Drawing]) -> Callable[P, Drawing]:
    """Return the chart function with its way to draw the same again; only `look` changes."""

    @wraps(draw)
    def drawn(*given: P.args, **named: P.kwargs) -> Drawing:
        def again(height: float) -> Drawing:
            other: Any = {**named, "look": replace(named["look"], height=height)}  # type: ignore[type-var]
            return draw(*given, **other)

        return replace(draw(*given, **named), redraw=again)

    return drawn
