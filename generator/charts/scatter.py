"""Scatter: peers by two measures, each named beside its point."""

from __future__ import annotations

import math
from collections.abc import Sequence

from generator.charts.geometry import Box, Point, nice_scale
from generator.charts.plot import Plot, across_tick, decimals, tick_words
from generator.charts.resizable import resizable
from generator.charts.sheet import Sheet
from generator.charts.style import Align, Face, Look, readable
from generator.charts.words import fact_rows, figures, number
from generator.model.brief import Drawing
from generator.model.fact import Fact
from generator.model.text import Text, join, say

NAME_ROOM = 26.0
Spot = tuple[str, Fact, Fact]


@resizable
def draw_peer_scatter(points: Sequence[Spot], *, subject: str, axes: tuple[str, str], look: Look) -> Drawing:
    """Return companies by two measures (across, upwards), named beside their points, the subject with its figures.

    `subject` is the label of the subject's point. Raises: ValueError if no company has both figures.
    """
    shown = sorted(
        (spot for spot in points if spot[1].number is not None and spot[2].number is not None),
        key=lambda spot: spot[0] != subject,
    )
    if not shown:
        raise ValueError("no company has both figures")
    sheet = Sheet(look, "half")
    frame = Box(9.0, 9.4, sheet.width - 1.0, sheet.height - 6.4)
    across = nice_scale([number(x) for _, x, _ in shown], frame.left + 2.0, frame.right - 2.0, most=6, tight=True)
    upward = nice_scale([number(y) for *_, y in shown], frame.bottom + 2.0, frame.top - 2.0, most=5, tight=True)
    plot = Plot(sheet, frame, across, upward)
    plot.grid(shown[0][2].unit)
    _foot(plot, shown[0][1], axes)
    places = [(across.at(number(x)), upward.at(number(y))) for _, x, y in shown]
    for (name, *_), at in zip(shown, places, strict=True):
        radius = 1.5 if name == subject else 1.1
        sheet.reserve(Box(at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius))
    for spot, at in reversed(list(zip(shown, places, strict=True))):
        main = spot[0] == subject
        sheet.dot(at, 1.5 if main else 1.1, look.palette.accent if main else look.palette.blue, edge="#FFFFFF")
    for spot, at in zip(shown, places, strict=True):
        _name(sheet, spot, at, main=spot[0] == subject)
    return sheet.drawing(_alt(shown, axes), fact_rows([(name, fact) for name, *pair in shown for fact in pair]))


def _foot(plot: Plot, first: Fact, axes: tuple[str, str]) -> None:
    """Draw the axis across, and name both axes."""
    sheet, look, frame = plot.sheet, plot.sheet.look, plot.frame
    axis = ((frame.left, frame.bottom), (frame.right, frame.bottom))
    sheet.line(axis, look.palette.muted, 0.6)
    sheet.block(axis)
    places = decimals(plot.x.ticks)
    for tick in plot.x.ticks:
        x = plot.x.at(tick)
        sheet.line(((x, frame.bottom), (x, frame.bottom - 0.9)), look.palette.muted, 0.6)
        across_tick(sheet, (x, frame.bottom - 3.1), tick_words(tick, first.unit, places))
    face = Face(size=7.2, weight=600, color=look.palette.muted)
    sheet.text((frame.right, 1.8), f"{axes[0]} \u2192", face.but(align="right"))
    sheet.text((0.0, sheet.height - 2.0), f"\u2191 {axes[1]}", face)


def _name(sheet: Sheet, spot: Spot, at: Point, *, main: bool) -> None:
    """Name a point at the nearest free place around it, with a lead if that is not beside it."""
    look = sheet.look
    face = look.label.but(color=readable(look.palette.accent)) if main else look.plain
    name = sheet.shortened(spot[0], face, NAME_ROOM)
    words: Text = say("{name} {x}, {y}", name=name, x=spot[1], y=spot[2]) if main else say("{name}", name=name)
    places = list(_around(at, face))
    free = [place for place in places if sheet.free(sheet.box_of(place[0], words, place[1]))]
    if not free and not main:
        return
    place, face = (free or places)[0]
    box = sheet.text(place, words, face)
    if math.dist(place, at) > 4.0:
        end = (min(max(at[0], box.left), box.right), min(max(at[1], box.bottom), box.top))
        sheet.line((at, end), look.palette.muted, 0.4)


def _around(at: Point, face: Face) -> list[tuple[Point, Face]]:
    """Return places for a name: beside, above, below, then further out."""
    spots: list[tuple[Point, Face]] = []
    for reach in (2.2, 3.4, 5.0, 7.0, 9.5):
        sides: tuple[tuple[float, float, Align], ...] = (
            (reach, 0.0, "left"),
            (-reach, 0.0, "right"),
            (0.0, reach + 0.6, "center"),
            (0.0, -reach - 0.6, "center"),
            (reach * 0.8, reach * 0.8, "left"),
            (-reach * 0.8, reach * 0.8, "right"),
            (reach * 0.8, -reach * 0.8, "left"),
            (-reach * 0.8, -reach * 0.8, "right"),
        )
        spots.extend(((at[0] + dx, at[1] + dy), face.but(align=align)) for dx, dy, align in sides)
    return spots


def _alt(shown: Sequence[Spot], axes: tuple[str, str]) -> Text:
    across = say("{label}: {all}.", label=axes[0], all=figures([(name, x) for name, x, _ in shown]))
    upward = say("{label}: {all}.", label=axes[1], all=figures([(name, y) for name, _, y in shown]))
    return join(say("Points of companies."), across, upward)
