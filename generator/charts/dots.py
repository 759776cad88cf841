"""Dots: analysts one by one, and multiples on a line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

from generator.charts.geometry import Point, nice_scale, spread
from generator.charts.resizable import resizable
from generator.charts.sheet import Sheet
from generator.charts.style import WIDTHS, Look, mix, readable
from generator.charts.words import fact_rows, figures, number
from generator.language import lowered, phrase
from generator.model.brief import Drawing
from generator.model.fact import Fact
from generator.model.text import Text, say

Named = tuple[str, Fact]
ROWS = 3


@resizable
def draw_consensus(counts: Sequence[Named], *, look: Look, width: Literal["side", "half"] = "side") -> Drawing:
    """Return one dot per analyst, in the order of the ratings from the best to the worst, with the counts below.

    Raises: ValueError if nobody is counted.
    """
    shown = [(name, fact) for name, fact in counts if fact.number is not None]
    total = sum(round(number(fact)) for _, fact in shown)
    if not total:
        raise ValueError("no analyst to count")
    columns = max(8 if width == "side" else 16, math.ceil(total / ROWS))
    pitch = min(5.6, WIDTHS[width] / columns)
    rows = math.ceil(total / columns)
    probe = Sheet(look, width, 20.0)
    lines = _flow(probe, shown)
    sheet = Sheet(look, width, rows * pitch + 2.2 + 3.6 * len(lines))
    colors = _ramp(len(shown), look)
    order = [color for (_, fact), color in zip(shown, colors, strict=True) for _ in range(round(number(fact)))]
    for i, color in enumerate(order):
        at = ((i % columns + 0.5) * pitch, sheet.height - (i // columns + 0.5) * pitch)
        sheet.dot(at, pitch * 0.41, color)
    for row, line in enumerate(lines):
        y = sheet.height - rows * pitch - 3.0 - 3.6 * row
        for x, i in line:
            sheet.dot((x + 0.9, y), 0.9, colors[i])
            sheet.text((x + 2.6, y), _count(shown[i]), look.label.but(color=look.palette.ink))
    counts_ = figures([(lowered(name), fact) for name, fact in shown])
    alt = say("Dots, one per analyst, {order}: {all}.", order=total_words(shown), all=counts_)
    return sheet.drawing(alt, fact_rows(shown))


def total_words(shown: Sequence[Named]) -> str:
    """Return the ratings in their order."""
    return phrase(" then ").join(lowered(name) for name, _ in shown)


def _count(named: Named) -> Text:
    return say("{count} {name}", count=named[1], name=named[0])


def _flow(sheet: Sheet, shown: Sequence[Named]) -> list[list[tuple[float, int]]]:
    """Return the counts as lines of (left end, index), broken where the sheet ends."""
    lines: list[list[tuple[float, int]]] = [[]]
    x = 0.0
    for i, named in enumerate(shown):
        width = 2.6 + sheet.width_of(_count(named), sheet.look.label)
        if x and x + width > sheet.width:
            lines.append([])
            x = 0.0
        lines[-1].append((x, i))
        x += width + 3.4
    return lines


def _ramp(count: int, look: Look) -> list[str]:
    """Return colours from brand over grey to accent: no red against green, and apart in grey print by their order."""
    good, bad, rest = look.palette.brand, look.palette.accent, mix(look.palette.muted, 0.38)
    if count == 1:
        return [good]
    half = count // 2
    ahead = [mix(good, 1 - 0.8 * i / max(2, half)) for i in range(half)]
    behind = [mix(bad, 1 - 0.8 * i / max(2, half)) for i in range(half)]
    return [*ahead, *([rest] if count % 2 else []), *reversed(behind)]


def draw_multiple_strip(points: Sequence[Named], *, look: Look) -> Drawing:
    """Return multiples on one line, named above and below it in turn; the second point is the one that counts.

    Why the second: the points come as then, now, expected. Raises: ValueError if no multiple is known.
    """
    shown = [(name, fact) for name, fact in points if fact.number is not None]
    if not shown:
        raise ValueError("no multiple to draw")
    sheet = Sheet(look, "side", max(18.0, {"S": 18.0, "M": 19.0, "L": 21.0}[look.size]))
    names = [name for name, _ in shown]
    main = points[1][0] if len(points) > 1 and points[1][0] in names else names[-1]
    middle = sheet.height / 2
    scale = nice_scale([number(fact) for _, fact in shown], 5.0, sheet.width - 5.0, tight=True)
    sheet.line(((1.0, middle), (sheet.width - 1.0, middle)), look.palette.hair, 2.2)
    order = sorted(range(len(shown)), key=lambda i: number(shown[i][1]))
    for lane in (0, 1):
        part = order[lane::2]
        _lane(
            sheet,
            [(scale.at(number(shown[i][1])), shown[i], _point_color(shown[i][0], main, names, look)) for i in part],
            middle,
            1 if lane == 0 else -1,
        )
    for i in order:
        at = (scale.at(number(shown[i][1])), middle)
        color = _point_color(names[i], main, names, look)
        sheet.dot(at, 1.35 if names[i] == main else 1.05, color, edge=look.palette.panel)
    return sheet.drawing(say("Multiples on one line: {all}.", all=figures(shown)), fact_rows(shown))


def _point_color(name: str, main: str, names: Sequence[str], look: Look) -> str:
    if name == main:
        return look.palette.accent
    return look.palette.muted if name == names[0] else look.palette.teal


def _lane(sheet: Sheet, items: Sequence[tuple[float, Named, str]], middle: float, side: int) -> None:
    """Print the figures and names of one side of the line, next to each other."""
    look = sheet.look
    value_face, name_face = look.value, look.note
    widths = [
        max(sheet.width_of(say("{v}", v=fact), value_face), sheet.width_of(name, name_face)) + 1.6
        for _, (name, fact), _ in items
    ]
    places = spread([x for x, _, _ in items], widths, 0.0, sheet.width)
    near, far = middle + side * 3.2, middle + side * 6.4
    for place, (x, (name, fact), color) in zip(places, items, strict=True):
        ink = readable(color, look.palette.panel)
        value_at, name_at = (far, near) if side > 0 else (near + side * 0.2, far)
        sheet.text((place, value_at), say("{v}", v=fact), value_face.but(color=ink, align="center"))
        sheet.text((place, name_at), name, name_face.but(align="center"))
        if abs(place - x) > 1.0:
            lead: tuple[Point, Point] = ((x, middle), (place, middle + side * 1.8))
            sheet.line(lead, color, 0.5)
