"""Price: the share price over time, with the house targets and the start of the year."""

from __future__ import annotations

from collections.abc import Sequence

from generator.charts.geometry import Box, Point, capped
from generator.charts.plot import BOTTOM, Plot
from generator.charts.resizable import resizable
from generator.charts.sheet import Sheet
from generator.charts.style import Align, Face, Look, mix
from generator.charts.words import dated_rows, days_of, figures, known, number, way
from generator.language import lowered, translated
from generator.model.brief import Drawing
from generator.model.fact import Fact
from generator.model.series import Series
from generator.model.text import Text, join, say

TINTS = 14
CLOSE = 3.8
AIR = 0.06
NAME_ROOM = 34.0


@resizable
def draw_price(
    line: Series, *, last: Fact | None, base: Fact | None = None, targets: Sequence[Fact] = (), look: Look
) -> Drawing:
    """Return the price on page one: a tinted area, the last price in a tag, targets dashed, the year's start dotted.

    Raises: ValueError if the line is empty.
    """
    if not line.days:
        raise ValueError(f"{line.entity}: no price to draw")
    sheet, shown = Sheet(look, "main"), known(targets)[:3]
    room = 5.5 + (sheet.width_of(say("{last}", last=last), look.value) if last and last.known else 6.0)
    frame = Box(0.4, BOTTOM, sheet.width - max(room, 11.0), sheet.height - 2.6)
    values = [*line.values, *(number(fact) for fact in shown)]
    plot = Plot.over_time(sheet, frame, line.days, [*values, min(values) - AIR * (max(values) - min(values))])
    path = plot.path(line)
    tag = _tag_box(plot, path[-1], last)
    plot.grid(line.unit, right=True, skip=(tag,) if tag else ())
    shade(plot, path, look.palette.accent)
    plot.months()
    sheet.block(path, 3)
    if base is not None and base.number is not None:
        _year_start(plot, base)
    _targets(plot, shown)
    plot.stroke(path, look.palette.accent, 1.7)
    sheet.dot(path[-1], 0.85, look.palette.accent, edge="#FFFFFF")
    if tag is not None and last is not None:
        sheet.bar(tag, look.palette.accent, radius=0.6)
        sheet.text(tag.middle, say("{last}", last=last), look.value.but(color="#FFFFFF", align="center"))
    named = [(_name(fact), fact) for fact in shown]
    return sheet.drawing(_alt(line, known((last, base)), named, look), dated_rows([(line.label, line)], named))


def shade(plot: Plot, path: Sequence[Point], color: str) -> None:
    """Fill the area below a line with opaque tints, lighter towards the ground; each lies on the darker ones.

    Why: gradients and transparency do not print the same everywhere.
    """
    ground, top = plot.frame.bottom, max(y for _, y in path)
    left, right = path[0][0], path[-1][0]
    for i in range(TINTS, 0, -1):
        level = ground + (top - ground) * i / TINTS
        edge = capped(path, level)
        plot.sheet.area([(left, ground), *edge, (right, ground)], mix(color, 0.02 + 0.26 * (i / TINTS) ** 1.3))


def _tag_box(plot: Plot, at: Point, last: Fact | None) -> Box | None:
    if last is None or not last.known:
        return None
    sheet = plot.sheet
    width = sheet.width_of(say("{last}", last=last), sheet.look.value) + 2.4
    left = plot.frame.right + 2.2
    middle = min(max(at[1], 2.2), sheet.height - 2.2)
    return Box(left, middle - 2.1, left + width, middle + 2.1)


def _targets(plot: Plot, targets: Sequence[Fact]) -> None:
    """Draw targets as dashed lines with names and figures on them; close ones share one block, in their order."""
    sheet, brand = plot.sheet, plot.sheet.look.palette.brand
    groups: list[list[Fact]] = []
    for fact in sorted(targets, key=number, reverse=True):
        plot.level(number(fact), brand, 0.9, (3.0, 2.0))
        y = plot.y.at(number(fact))
        sheet.block(((plot.frame.left, y), (plot.frame.right, y)), 2)
        if groups and plot.y.at(number(groups[-1][-1])) - y < CLOSE:
            groups[-1].append(fact)
        else:
            groups.append([fact])
    for group in groups:
        _target_block(plot, group)


def _target_block(plot: Plot, group: Sequence[Fact]) -> None:
    """Print the names of targets above the highest or below the lowest of their lines, where there is most room."""
    sheet, frame = plot.sheet, plot.frame
    face = sheet.look.label.but(color=sheet.look.palette.brand)
    lines = [say("{name} {target}", name=sheet.shortened(_name(fact), face, NAME_ROOM), target=fact) for fact in group]
    tall = (len(lines) - 1) * face.leading
    starts = (plot.y.at(number(group[0])) + 2.0 + tall, plot.y.at(number(group[-1])) - 2.0)
    aligned: tuple[tuple[float, Align], ...] = (
        (frame.left + 0.8, "left"),
        (frame.middle[0], "center"),
        (frame.right - 0.8, "right"),
    )
    places = [((x, y), face.but(align=align)) for y in starts for x, align in aligned]

    def crowd(place: tuple[Point, Face]) -> int:
        (x, y), there = place
        return sum(sheet.crowd(sheet.box_of((x, y - i * face.leading), line, there)) for i, line in enumerate(lines))

    at, there = min(places, key=crowd)
    sheet.stack(at, lines, there)


def _year_start(plot: Plot, base: Fact) -> None:
    """Mark the close the year is measured from."""
    day, sheet, muted = base.period.end, plot.sheet, plot.sheet.look.palette.muted
    if not plot.x.low <= day.toordinal() <= plot.x.high:
        return
    x, y = plot.at(day, number(base))
    plot.upright(day, muted, (0.8, 1.6))
    sheet.block(((x, plot.frame.bottom), (x, plot.frame.top)))
    sheet.dot((x, y), 0.6, "#FFFFFF", edge=sheet.look.palette.accent)
    levels = [plot.frame.bottom + 2.2, plot.frame.top - 2.0, plot.frame.bottom + 5.4, plot.frame.top - 5.2]
    faces: tuple[tuple[float, Align], ...] = ((x + 1.0, "left"), (x - 1.0, "right"))
    places = [((at, level), sheet.look.tick.but(align=align)) for level in levels for at, align in faces]
    sheet.place(places, say("Year start {base}", base=base))


def _name(fact: Fact) -> str:
    return fact.name or fact.label


def _alt(line: Series, ends: Sequence[Fact], targets: Sequence[tuple[str, Fact]], look: Look) -> Text:
    head = say(
        "Line chart of the {label} of {name} {days}: it {way}",
        label=lowered(translated(line.label)),
        name=look.name(line.entity),
        days=days_of(line),
        way=way(line),
    )
    last = say(" to {last}", last=ends[0]) if ends else ()
    base = say(", from {base} at the start of the year", base=ends[1]) if len(ends) > 1 else ()
    whole = say("{chart}.", chart=(*head, *last, *base))
    if not targets:
        return whole
    return (*whole, *join(say(" Dashed lines:"), say("{chart}.", chart=figures(targets))))
