"""Waterfall: the parts of a change, standing on each other's shoulders."""

from __future__ import annotations

from collections.abc import Sequence

from generator.charts.geometry import Box, Scale
from generator.charts.resizable import resizable
from generator.charts.sheet import Sheet
from generator.charts.style import Face, Look, readable
from generator.charts.words import fact_rows, figures, number
from generator.model.brief import Drawing
from generator.model.fact import Fact
from generator.model.text import say

TOLERANCE = 1e-6
SMALL = 6.7
Part = tuple[str, Fact]


@resizable
def draw_waterfall(parts: Sequence[Part], *, total: Part, look: Look) -> Drawing:
    """Return the parts of a change as steps from zero to the total.

    Raises: ValueError if a number is missing or the parts do not sum to the total.
    """
    values = [number(fact) for _, fact in parts]
    whole = number(total[1])
    if not parts or abs(sum(values) - whole) > TOLERANCE:
        raise ValueError(f"{total[1].id}: the parts sum to {sum(values)}, not to {whole}")
    sheet = Sheet(look, "half")
    levels = [sum(values[:i]) for i in range(len(values) + 1)]
    frame = Box(0.0, 9.6, sheet.width, sheet.height - 4.6)
    low = min(0.0, *levels)
    room = 4.4 if low < 0 else 0.0
    scale = Scale(low, max(0.0, *levels) or 1.0, frame.bottom + room, frame.top)
    if scale.high == scale.low:
        raise ValueError(f"{total[1].id}: there is no change to explain")
    steps = [*zip(parts, levels[:-1], levels[1:], _colors(values, look), strict=True)]
    steps.append((total, 0.0, whole, look.palette.brand))
    pitch = frame.width / len(steps)
    for i, (part, start, end, color) in enumerate(steps):
        left = frame.left + pitch * (i + 0.18)
        bar = Box(left, scale.at(min(start, end)), left + pitch * 0.64, scale.at(max(start, end)))
        _step(sheet, bar, part, color)
        if i < len(parts):
            y = scale.at(end)
            sheet.line(((bar.right, y), (left + pitch, y)), look.palette.muted, 0.5)
        _foot(sheet, part[0], (left + pitch * 0.32, frame.bottom - 3.2), pitch - 0.2)
    zero = scale.at(0.0)
    sheet.line(((frame.left, zero), (frame.right, zero)), look.palette.muted, 0.6)
    words = "Waterfall chart: {parts} add up to {total}."
    alt = say(words, parts=figures(parts, "signed"), total=figures([total], "signed"))
    return sheet.drawing(alt, fact_rows([*parts, total]))


def _colors(values: Sequence[float], look: Look) -> list[str]:
    """Return the accent for the largest part, teal for the next and the quiet grey for the others."""
    order = sorted(range(len(values)), key=lambda i: (-abs(values[i]), i))
    tones = [look.palette.accent, look.palette.teal] + [look.palette.tone("muted")] * len(values)
    chosen = dict(zip(order, tones, strict=False))
    return [chosen[i] for i in range(len(values))]


def _step(sheet: Sheet, bar: Box, part: Part, color: str) -> None:
    """Draw one step with its figure above a gain and below a loss."""
    sheet.bar(bar, color)
    face: Face = sheet.look.value.but(color=readable(color), align="center")
    loss = number(part[1]) < 0
    y = bar.bottom - 2.3 if loss else bar.top + 2.3
    sheet.text((bar.middle[0], y), say("{part:signed}", part=part[1]), face)


def _foot(sheet: Sheet, words: str, at: tuple[float, float], width: float) -> None:
    face = sheet.look.plain.but(align="center")
    if max(sheet.width_of(word, face) for word in words.split(" ")) > width:
        face = Face(size=SMALL, color=face.color, align="center")
    sheet.stack(at, sheet.wrapped(words, face, width), face)
