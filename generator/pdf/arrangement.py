"""Arrangement: what is changed on a page before it is laid out again, told by the places its blocks had at first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from generator.pdf.paging import Key

Redraw = Callable[[int, float], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """How the blocks of the sections are set.

    `orders` are the blocks of a section by their places, in the order in which they come; `apart` those that
    fall into their parts, `opened` those that may run over; `gaps` the margins below some, in mm; `breaks` those that
    begin a page, `parted` those that break before their last part; `heights` those of charts that are drawn anew, in
    mm, by their numbers.
    """

    orders: Mapping[int, Sequence[int]] = field(default_factory=dict)
    apart: frozenset[Key] = frozenset()
    opened: frozenset[Key] = frozenset()
    gaps: Mapping[Key, float] = field(default_factory=dict)
    breaks: frozenset[Key] = frozenset()
    parted: frozenset[Key] = frozenset()
    heights: Mapping[int, float] = field(default_factory=dict)
