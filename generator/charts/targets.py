"""Targets: price targets house by house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.charts.geometry import Box, nice_scale
from generator.charts.plot import across_grid, price_line
from generator.charts.sheet import Sheet
from generator.charts.style import Look, mix, row_height
from generator.charts.words import fact_rows, figures, known, number
from generator.model.brief import Drawing
from generator.model.fact import Fact
from generator.model.text import Text, join, say

NAME_ROOM = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A price target and, if given, the upside to it."""

    target: Fact
    upside: Fact | None = None

    @property
    def house(self) -> str:
        """Who set the target."""
        return self.target.name or self.target.label


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the chart: whose target, how it is written, and whether it is only a claim."""

    target: Target
    value: Text
    beside: Text
    claim: bool


def draw_targets(targets: Sequence[Target], *, price: Fact | None, claim: Fact | None = None, look: Look) -> Drawing:
    """Return price targets by house, highest first, with the way from the price; a claim is a hollow mark.

    `claim` is a figure from the press that nobody confirmed. Raises: ValueError if no target is known.
    """
    shown = [each for each in targets if each.target.number is not None]
    lines = [_line(each, claim=False) for each in sorted(shown, key=lambda each: -number(each.target))]
    lines.extend(_line(Target(target=fact), claim=True) for fact in known((claim,)))
    if not lines:
        raise ValueError("no target to draw")
    now = known((price,))
    sheet = Sheet(look, "half", row_height("half", look.size, len(lines), around=12.4))
    _draw(sheet, lines, now)
    return sheet.drawing(_alt(lines, now), fact_rows(_data(lines, now)))


def _line(each: Target, *, claim: bool) -> _Line:
    upside = say("{upside:signed}", upside=each.upside) if each.upside is not None and each.upside.known else ()
    return _Line(each, say("{target}", target=each.target), say("not confirmed") if claim else upside, claim)


def _draw(sheet: Sheet, lines: Sequence[_Line], now: Sequence[Fact]) -> None:
    """Draw names at the left, marks in the middle, figures and upsides in two columns at the right."""
    look = sheet.look
    values = max(sheet.width_of(line.value, look.value) for line in lines)
    beside = max(sheet.width_of(line.beside, look.plain) for line in lines)
    column = sheet.width - (beside + 2.4 if beside else 0.0)
    names = [sheet.shortened(line.target.house, look.plain, NAME_ROOM) for line in lines]
    left = max(sheet.width_of(name, look.plain) for name in names) + 3.0
    frame = Box(left, 6.4, column - values - 3.0, sheet.height - 6.0)
    numbers = [number(fact) for fact in (*(line.target.target for line in lines), *now)]
    scale = nice_scale(numbers, frame.left, frame.right, most=5, tight=True)
    across_grid(sheet, frame, scale, lines[0].target.target.unit)
    start = scale.at(number(now[0])) if now else frame.left
    pitch = frame.height / len(lines)
    for i, (line, name) in enumerate(zip(lines, names, strict=True)):
        y = frame.top - pitch * (i + 0.5)
        sheet.text((0.0, y), name, look.plain)
        _mark(sheet, (start, scale.at(number(line.target.target))), y, claim=line.claim)
        sheet.text((column, y), line.value, look.value.but(align="right"))
        if line.beside:
            face = look.note if line.claim else look.plain
            sheet.text((sheet.width, y), line.beside, face.but(align="right"))
    if now:
        price_line(sheet, frame, start, now[0])


def _mark(sheet: Sheet, ends: tuple[float, float], y: float, *, claim: bool) -> None:
    """Draw the way from the price to a target, and the target as a dot, hollow for a claim."""
    color = sheet.look.palette.muted if claim else sheet.look.palette.brand
    sheet.line(((ends[0], y), (ends[1], y)), mix(color, 0.45), 0.9, (1.2, 1.4) if claim else ())
    sheet.dot((ends[1], y), 1.1, "#FFFFFF" if claim else color, edge=color)


def _data(lines: Sequence[_Line], now: Sequence[Fact]) -> list[tuple[str, Fact]]:
    pairs = [(line.target.house + (" (not confirmed)" if line.claim else ""), line.target.target) for line in lines]
    return [*pairs, *_upsides(lines), *(("Price", fact) for fact in now)]


def _upsides(lines: Sequence[_Line]) -> list[tuple[str, Fact]]:
    return [(line.target.house, fact) for line in lines if line.beside for fact in known((line.target.upside,))]


def _alt(lines: Sequence[_Line], now: Sequence[Fact]) -> Text:
    pairs = [(line.target.house, line.target.target) for line in lines if not line.claim]
    claims = [(line.target.house, line.target.target) for line in lines if line.claim]
    return join(
        ("Price targets by house: ", *figures(pairs), ".") if pairs else (),
        ("Not confirmed: ", *figures(claims), ".") if claims else (),
        say("The dashed line is the price of {price}.", price=now[0]) if now else (),
        ("Distance from the price: ", *figures(_upsides(lines), "signed"), ".") if _upsides(lines) else (),
    )
