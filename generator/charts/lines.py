"""Lines: several prices from a common start, and how far one price stood below its own peak."""

from __future__ import annotations

from collections.abc import Sequence

from generator.charts.geometry import Box
from generator.charts.plot import BOTTOM, End, Plot, end_room
from generator.charts.resizable import resizable
from generator.charts.sheet import Sheet
from generator.charts.style import Align, Look, mix, readable
from generator.charts.words import dated_rows, days_of, figures, known, number, way
from generator.model.brief import Drawing
from generator.model.fact import Fact, Unit
from generator.model.series import Series
from generator.model.text import Text, say

NAME_ROOM = 27.0
START = 100.0
BELOW = 1.14


@resizable
def draw_rebased(lines: Sequence[Series], *, ends: Sequence[Fact], subject: str, look: Look) -> Drawing:
    """Return prices from a common start of 100, each named at its end; `ends` are their index values by entity.

    Raises: ValueError if no line has values.
    """
    shown = sorted((line for line in lines if line.days), key=lambda line: line.entity == subject)
    if not shown:
        raise ValueError("no series to compare")
    sheet, colors = Sheet(look, "half"), look.colors([line.entity for line in lines if line.days], subject)
    values = {fact.entity: fact for fact in known(ends)}
    labels = [_end_label(sheet, line, values.get(line.entity), colors[line.entity]) for line in shown]
    room = end_room(sheet, [(label.lines, label.face) for label in labels])
    frame = Box(7.5, BOTTOM, sheet.width - room, sheet.height - 2.0)
    days = [day for line in shown for day in (line.days[0], line.days[-1])]
    plot = Plot.over_time(sheet, frame, days, [START, *(value for line in shown for value in line.values)], tight=True)
    plot.grid(Unit.INDEX)
    plot.months()
    plot.level(START, look.palette.ink, 0.8)
    for line in shown:
        plot.stroke(plot.path(line), colors[line.entity], 1.7 if line.entity == subject else 1.1)
    plot.ends([End(plot.y.at(label.y), label.lines, label.face) for label in labels])
    named = [(look.name(line.entity), values[line.entity]) for line in reversed(shown) if line.entity in values]
    rows = dated_rows([(look.name(line.entity), line) for line in reversed(shown)])
    return sheet.drawing(_rebased_alt(shown[-1], named), rows)


def _end_label(sheet: Sheet, line: Series, value: Fact | None, color: str) -> End:
    face = sheet.look.label.but(color=readable(color))
    name = sheet.shortened(sheet.look.name(line.entity), face, NAME_ROOM)
    words = say("{name} {value}", name=name, value=value) if value else say("{name}", name=name)
    return End(line.values[-1], (words,), face)


def _rebased_alt(line: Series, named: Sequence[tuple[str, Fact]]) -> Text:
    if not named:
        return say("Line chart of prices that all start at 100, {days}.", days=days_of(line))
    words = "Line chart of prices that all start at 100, {days}: they end at {all}."
    return say(words, days=days_of(line), all=figures(named))


@resizable
def draw_drawdown(line: Series, *, worst: Fact | None, now: Fact | None = None, look: Look) -> Drawing:
    """Return how far the price stood below its peak so far, as an area below zero with the worst day marked.

    Raises: ValueError if the line is empty.
    """
    if not line.days:
        raise ValueError(f"{line.entity}: no fall to draw")
    sheet = Sheet(look, "half")
    face = look.value.but(color=readable(look.palette.accent))
    ends = (End(line.values[-1], _now(now), face),) if now is not None and now.known else ()
    frame = Box(
        9.5,
        BOTTOM,
        sheet.width - (end_room(sheet, [(end.lines, end.face) for end in ends]) if ends else 2.0),
        sheet.height - 2.6,
    )
    floor = min(-0.05, *(number(fact) for fact in known((worst, now))), *line.values)
    plot = Plot.over_time(sheet, frame, line.days, [0.0, BELOW * floor])
    path = plot.path(line)
    plot.grid(line.unit)
    ground = plot.y.at(0.0)
    sheet.area([(path[0][0], ground), *path, (path[-1][0], ground)], mix(look.palette.accent, 0.16))
    plot.months()
    plot.level(0.0, look.palette.ink, 0.8)
    plot.stroke(path, look.palette.accent, 1.4)
    sheet.block(path, 3)
    if worst is not None and worst.number is not None and worst.number < 0:
        _mark_worst(plot, line, worst, named=not (ends and now and now.number == worst.number))
    plot.ends([End(plot.y.at(end.y), end.lines, end.face) for end in ends])
    alt = _drawdown_alt(line, known((worst, now)), look)
    return sheet.drawing(alt, dated_rows([(line.label, line)]))


def _now(now: Fact | None) -> tuple[Text, ...]:
    return (say("{now}", now=now), say("now")) if now else ()


def _mark_worst(plot: Plot, line: Series, worst: Fact, *, named: bool) -> None:
    """Mark the lowest day, and name its figure below it if there is room; not if the end of the line says the same."""
    sheet, look = plot.sheet, plot.sheet.look
    index = min(range(len(line.values)), key=line.values.__getitem__)
    x, y = plot.at(line.days[index], number(worst))
    sheet.dot((x, y), 0.85, look.palette.accent, edge="#FFFFFF")
    if not named:
        return
    beside: tuple[tuple[float, float, Align], ...] = (
        (0.0, -2.6, "center"),
        (2.0, -1.2, "left"),
        (-2.0, -1.2, "right"),
        (2.0, 1.5, "left"),
        (-2.0, 1.5, "right"),
    )
    face = look.value.but(color=readable(look.palette.accent))
    sheet.place([((x + dx, y + dy), face.but(align=align)) for dx, dy, align in beside], say("{worst}", worst=worst))


def _drawdown_alt(line: Series, facts: Sequence[Fact], look: Look) -> Text:
    head = say(
        "Area chart of how far {name} stood below its highest price so far, {days}",
        name=look.name(line.entity),
        days=days_of(line),
    )
    worst = say(": the deepest fall is {worst}", worst=facts[0]) if facts else ()
    now = say(", and the last {now}", now=facts[1]) if len(facts) > 1 else ()
    tail = say("; the line {way} over the whole time.", way=way(line))
    return (*head, *worst, *now, *tail)
