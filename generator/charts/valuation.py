"""Valuation: the price against multiples of earnings, and the targets ahead of it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator.charts.geometry import Box, Point
from generator.charts.plot import BOTTOM, End, Plot, decimals, end_room, tick_words
from generator.charts.resizable import resizable
from generator.charts.sheet import Sheet
from generator.charts.style import Look, mix, readable
from generator.charts.words import dated_rows, days_of, figures, known, number, way
from generator.language import lowered, msgid, phrase, translated
from generator.model.brief import Drawing, Width
from generator.model.fact import Fact, Unit
from generator.model.series import Series
from generator.model.text import Text, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A price target and, if given, the upside to it."""

    target: Fact
    upside: Fact | None = None

    @property
    def house(self) -> str:
        """Who set the target."""
        return self.target.name or self.target.label


@resizable
def draw_multiple_band(
    price: Series,
    *,
    per_share: Series,
    multiples: Sequence[float],
    now: Fact | None,
    look: Look,
    width: Width = "half",
) -> Drawing:
    """Return the price on bands of fixed multiples of earnings per security (TTM, by the day they became known).

    Where earnings are not positive there are no bands. Raises: ValueError without a price or without any earnings.
    """
    steps = _steps(price, per_share)
    if not price.days or not any(value > 0 for _, value in steps):
        raise ValueError(f"{price.entity}: no positive earnings to set the price against")
    sheet, levels = Sheet(look, width), sorted(multiples)
    face = look.value.but(color=readable(look.palette.accent))
    mark = (say("{now}", now=now),) if now is not None and now.known else ()
    room = end_room(sheet, [(mark, face), (("100\u00d7",), look.tick)])
    frame = Box(0.6, BOTTOM, sheet.width - room, sheet.height - 2.0)
    tops = [value * levels[-1] for _, value in steps if value > 0]
    low = min(*price.values, *(value * levels[0] for _, value in steps if value > 0))
    plot = Plot.over_time(sheet, frame, price.days, [low, *price.values, *tops], tight=True)
    _bands(plot, steps, levels)
    plot.months()
    path = plot.path(price)
    plot.stroke(path, look.palette.accent, 1.7)
    sheet.dot(path[-1], 0.85, look.palette.accent, edge="#FFFFFF")
    plot.ends([End(path[-1][1], (words,), face) for words in mark])
    _multiples(plot, steps[-1][1], levels)
    alt = _band_alt(price, levels, now if mark else None, look)
    return sheet.drawing(alt, dated_rows([(price.label, price), (per_share.label, per_share)]))


def _steps(price: Series, per_share: Series) -> list[tuple[date, float]]:
    """Return earnings per security as corners of stairs over the days of the price."""
    if not price.days:
        return []
    first, last = price.days[0], price.days[-1]
    known_ = [
        (max(day, first), value) for day, value in zip(per_share.days, per_share.values, strict=True) if day <= last
    ]
    starts = dict(known_)
    corners: list[tuple[date, float]] = []
    for day, value in sorted(starts.items()):
        if corners:
            corners.append((day, corners[-1][1]))
        corners.append((day, value))
    return [*corners, (last, corners[-1][1])] if corners else []


def _bands(plot: Plot, steps: Sequence[tuple[date, float]], levels: Sequence[float]) -> None:
    """Fill the room between neighbouring multiples, darker upwards, wherever earnings are positive."""
    sheet, blue = plot.sheet, plot.sheet.look.palette.blue
    for run in _positive_runs(steps):
        edges = [[plot.at(day, value * level) for day, value in run] for level in levels]
        for i, (under, over) in enumerate(itertools.pairwise(edges)):
            sheet.area([*under, *reversed(over)], mix(blue, 0.10 + 0.22 * i / max(1, len(edges) - 2)))
        for edge in edges:
            sheet.line(edge, mix(blue, 0.75), 0.5)


def _multiples(plot: Plot, last: float, levels: Sequence[float]) -> None:
    """Print the multiples at the right of their lines, those left out that would touch another label."""
    sheet = plot.sheet
    for level in levels if last > 0 else ():
        at = (plot.frame.right + 2.2, plot.y.at(last * level))
        words = tick_words(level, Unit.MULTIPLE, decimals([level]))
        if sheet.free(sheet.box_of(at, words, sheet.look.tick)):
            sheet.text(at, words, sheet.look.tick, tick=True)


def _positive_runs(steps: Sequence[tuple[date, float]]) -> list[list[tuple[date, float]]]:
    runs: list[list[tuple[date, float]]] = [[]]
    for corner in steps:
        if corner[1] > 0:
            runs[-1].append(corner)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len(run) > 1]


def _band_alt(price: Series, levels: Sequence[float], now: Fact | None, look: Look) -> Text:
    low, high = (tick_words(level, Unit.MULTIPLE, decimals([level])) for level in (levels[0], levels[-1]))
    parts = {"name": look.name(price.entity), "low": low, "high": high, "days": days_of(price)}
    head = (
        "Line chart of the share price of {name} on bands of {low} to {high} trailing earnings, {days}: the price {way}"
    )
    if now is None:
        return say("{chart}.", chart=(phrase(head, **parts, way=way(price)),))
    return say("{chart}, and stands at {now} on the last day.", chart=(phrase(head, **parts, way=way(price)),), now=now)


@resizable
def draw_target_fan(
    line: Series, *, low: Target | None, mean: Target | None, high: Target | None, look: Look
) -> Drawing:
    """Return the price so far and the range of twelve-month targets ahead of it, with the upside to each.

    Raises: ValueError if the line is empty or no target is known.
    """
    named = [
        (name, each)
        for name, each in ((msgid("Low"), low), (msgid("Average"), mean), (msgid("High"), high))
        if each and each.target.number
    ]
    if not line.days or not named:
        raise ValueError(f"{line.entity}: no targets to draw")
    sheet, brand = Sheet(look, "half"), look.palette.brand
    ends = [_fan_end(name, each, look) for name, each in named]
    frame = Box(8.5, BOTTOM, sheet.width - end_room(sheet, [(end.lines, end.face) for end in ends]), sheet.height - 3.0)
    start, horizon = line.days[-1], line.days[-1] + timedelta(days=365)
    values = {name: number(each.target) for name, each in named}
    plot = Plot.over_time(sheet, frame, (line.days[0], horizon), [*line.values, *values.values()], tight=True)
    plot.grid(line.unit)
    root = plot.at(start, line.values[-1])
    tips = {name: plot.at(horizon, value) for name, value in values.items()}
    _cone(sheet, root, tips, brand)
    plot.months()
    plot.upright(start, look.palette.muted)
    path = plot.path(line)
    plot.stroke(path, look.palette.accent, 1.4)
    sheet.dot(root, 0.85, look.palette.accent, edge="#FFFFFF")
    plot.ends([End(plot.y.at(end.y), end.lines, end.face) for end in ends])
    marked = [(_target_name(name), each.target) for name, each in named]
    upsides = [(_upside_name(name), fact) for name, each in named for fact in known((each.upside,))]
    told = figures([(lowered(name), fact) for name, fact in marked])
    words = "Line chart of the share price of {name} {days} with targets a year on: {targets}"
    alt = say(words, name=look.name(line.entity), days=days_of(line), targets=told)
    more = figures([(lowered(name), fact) for name, fact in upsides], "signed")
    alt = say("{chart}; {upsides}.", chart=alt, upsides=more) if upsides else say("{chart}.", chart=alt)
    return sheet.drawing(alt, dated_rows([(line.label, line)], [*marked, *upsides]))


def _target_name(name: str) -> str:
    return {"Low": phrase("Low target"), "Average": phrase("Average target")}.get(name, phrase("High target"))


def _upside_name(name: str) -> str:
    return {"Low": phrase("Low upside"), "Average": phrase("Average upside")}.get(name, phrase("High upside"))


def _fan_end(name: str, each: Target, look: Look) -> End:
    mean = name == "Average"
    face = look.label.but(color=look.palette.brand) if mean else look.tick
    upside = (say("{upside:signed}", upside=each.upside),) if each.upside and each.upside.known else ()
    return End(number(each.target), (say("{name} {target}", name=translated(name), target=each.target), *upside), face)


def _cone(sheet: Sheet, root: Point, tips: dict[str, Point], color: str) -> None:
    if "Low" in tips and "High" in tips:
        sheet.area((root, tips["High"], tips["Low"]), mix(color, 0.14))
    for name in ("Low", "High"):
        if name in tips:
            sheet.line((root, tips[name]), mix(color, 0.45), 0.5)
    if "Average" in tips:
        sheet.line((root, tips["Average"]), color, 1.3, (3.0, 2.0))
        sheet.dot(tips["Average"], 0.7, color)
