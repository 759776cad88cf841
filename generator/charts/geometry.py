"""Geometry: boxes, scales, ticks and the spreading of labels, all in millimetres and without matplotlib."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the sheet."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """The extent from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """The extent from bottom to top."""
        return self.top - self.bottom

    @property
    def middle(self) -> Point:
        """The centre."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def meets(self, other: Box, slack: float = 0.0) -> bool:
        """Whether two boxes share more than `slack` in both directions."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.top, other.top) - max(self.bottom, other.bottom)
        return wide > slack and high > slack

    def holds(self, other: Box) -> bool:
        """Whether the other box lies inside."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.bottom <= other.bottom and other.top <= self.top

    def crossed(self, points: Sequence[Point]) -> bool:
        """Whether a line through the points touches the box."""
        return any(self._cut(a, b) for a, b in itertools.pairwise(points))

    def _cut(self, a: Point, b: Point) -> bool:
        """Clip a segment to the box (Liang and Barsky) and tell whether something is left."""
        enter, leave = 0.0, 1.0
        for low, high, start, way in (
            (self.left, self.right, a[0], b[0] - a[0]),
            (self.bottom, self.top, a[1], b[1] - a[1]),
        ):
            if abs(way) < 1e-9:
                if not low <= start <= high:
                    return False
                continue
            first, second = sorted(((low - start) / way, (high - start) / way))
            enter, leave = max(enter, first), min(leave, second)
        return enter <= leave


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight mapping of values to millimetres, with the values at which the axis is marked."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...] = ()

    def at(self, value: float) -> float:
        """Return the place of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def day_scale(days: Sequence[date], start: float, end: float) -> Scale:
    """Return the scale of a time axis; a single day stands in the middle of a month."""
    low, high = min(days).toordinal(), max(days).toordinal()
    if low == high:
        low, high = low - 15, high + 15
    return Scale(low, high, start, end)


def nice_scale(values: Sequence[float], start: float, end: float, *, most: int = 6, tight: bool = False) -> Scale:
    """Return a scale whose ends are round numbers around the values, with at most `most` ticks.

    A `tight` scale ends at the values themselves, with a little air, and only its ticks are round.
    """
    low, high = min(values), max(values)
    if high - low < 1e-12 * max(1.0, abs(high)):
        pad = abs(high) * 0.1 or 1.0
        low, high = low - pad, high + pad
    if tight:
        air = (high - low) * 0.05
        step = _step(low, high, most + 2)
        first, last = math.ceil((low - air) / step), math.floor((high + air) / step)
        return Scale(low - air, high + air, start, end, tuple(i * step for i in range(first, last + 1)))
    step = _step(low, high, most)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return Scale(first * step, last * step, start, end, tuple(i * step for i in range(first, last + 1)))


def _step(low: float, high: float, most: int) -> float:
    """Return the smallest round step (1, 2, 2.5 or 5 times a power of ten) with at most `most` ticks."""
    power = 10.0 ** math.floor(math.log10((high - low) / (most + 2)))
    steps = [factor * power for factor in (1.0, 2.0, 2.5, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0)]
    return next((step for step in steps if math.ceil(high / step) - math.floor(low / step) < most), steps[-1])


def spread(
    wanted: Sequence[float], sizes: Sequence[float], low: float, high: float, *, in_order: bool = False
) -> list[float]:
    """Return places near the wanted ones at which things of these sizes do not overlap, between `low` and `high`.

    Least squares by pooling neighbours; if the room is too small, the sizes shrink in proportion.
    `in_order` keeps the given order, else that of the wanted places.
    """
    if not wanted:
        return []
    shrink = min(1.0, (high - low) / sum(sizes))
    order = sorted(range(len(wanted)), key=lambda i: (0.0 if in_order else wanted[i], i))
    size = [sizes[i] * shrink for i in order]
    offsets = [sum(size[:i]) + size[i] / 2 for i in range(len(size))]
    shifts = _pooled([wanted[i] - offset for i, offset in zip(order, offsets, strict=True)])
    room = max(low, high - sum(size))
    places = [0.0] * len(wanted)
    for i, shift, offset in zip(order, shifts, offsets, strict=True):
        places[i] = min(max(shift, low), room) + offset
    return places


def _pooled(values: Sequence[float]) -> list[float]:
    """Return the ascending values closest to these (isotonic regression)."""
    pools: list[tuple[float, int]] = []
    for value in values:
        mean, count = value, 1
        while pools and pools[-1][0] > mean:
            before, size = pools.pop()
            mean, count = (before * size + mean * count) / (size + count), size + count
        pools.append((mean, count))
    return [mean for mean, count in pools for _ in range(count)]


def thinned(points: Sequence[Point], most: int = 260) -> list[Point]:
    """Return at most `most` points that print as the same line: the lowest and highest of each stretch are kept."""
    if len(points) <= most:
        return list(points)
    stretches = most // 2 - 1
    inner = points[1:-1]
    kept = [points[0]]
    for i in range(stretches):
        part = inner[i * len(inner) // stretches : (i + 1) * len(inner) // stretches]
        ends = {part.index(min(part, key=_height)), part.index(max(part, key=_height))} if part else set()
        kept.extend(part[k] for k in sorted(ends))
    return [*kept, points[-1]]


def _height(point: Point) -> float:
    return point[1]


def capped(points: Sequence[Point], level: float) -> list[Point]:
    """Return the line cut off at a level: where it is higher, it runs along the level."""
    kept: list[Point] = []
    for i, (x, y) in enumerate(points):
        if i and (y > level) != (points[i - 1][1] > level):
            x0, y0 = points[i - 1]
            kept.append((x0 + (level - y0) / (y - y0) * (x - x0), level))
        if y <= level or i in (0, len(points) - 1):
            kept.append((x, min(y, level)))
    return kept
