"""Plot: a pair of scales on a sheet, with gridlines, ticks and labels at the ends of lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator.charts.geometry import Box, Point, Scale, day_scale, nice_scale, spread, thinned
from generator.charts.sheet import Sheet, Words
from generator.charts.style import Face
from generator.language.days import day_and_month, month_alone, year_alone
from generator.language.figures import decimal, percent
from generator.model.fact import Fact, Unit
from generator.model.period import Period
from generator.model.series import Series
from generator.model.text import say
from generator.model.wording import MINUS

MONTH_ROOM = 10.0
STEPS = (1, 2, 3, 4, 6, 12, 24, 60, 120)
BOTTOM = 8.5


@dataclass(frozen=True, slots=True)
class End:
    """A label beside the end of a line: where it points to, its lines of words, and how they look."""

    y: float
    lines: tuple[Words, ...]
    face: Face


@dataclass(frozen=True, slots=True)
class Plot:
    """A frame on a sheet with a scale across and a scale upwards."""

    sheet: Sheet
    frame: Box
    x: Scale
    y: Scale

    @classmethod
    def over_time(
        cls, sheet: Sheet, frame: Box, days: Sequence[date], values: Sequence[float], *, tight: bool = False
    ) -> Plot:
        """Return a plot of days across and values upwards, between round numbers or (tight) the values themselves."""
        most = max(3, int(frame.height / 6.5))
        across = day_scale(days, frame.left, frame.right)
        return cls(sheet, frame, across, nice_scale(values, frame.bottom, frame.top, most=most, tight=tight))

    def at(self, day: date, value: float) -> Point:
        """Return the place of a value on a day."""
        return self.x.at(day.toordinal()), self.y.at(value)

    def path(self, line: Series) -> list[Point]:
        """Return a series as points on the sheet, no more than print."""
        return thinned([self.at(*pair) for pair in zip(line.days, line.values, strict=True)])

    def stroke(self, path: Sequence[Point], color: str, width: float) -> None:
        """Draw a line through points, or a dot if there is only one."""
        if len(path) == 1:
            self.sheet.dot(path[0], 0.9, color)
        else:
            self.sheet.line(path, color, width)

    def level(self, value: float, color: str, width: float = 0.5, dash: Sequence[float] = ()) -> None:
        """Draw a horizontal line."""
        y = self.y.at(value)
        self.sheet.line(((self.frame.left, y), (self.frame.right, y)), color, width, dash)

    def upright(self, day: date, color: str, dash: Sequence[float] = ()) -> None:
        """Draw a vertical line."""
        x = self.x.at(day.toordinal())
        self.sheet.line(((x, self.frame.bottom), (x, self.frame.top)), color, 0.7, dash)

    def grid(self, unit: Unit, *, right: bool = False, skip: Sequence[Box] = ()) -> None:
        """Draw gridlines and the ticks of the upright axis; a tick that a box of `skip` covers is left out."""
        look, places = self.sheet.look, decimals(self.y.ticks)
        for tick in self.y.ticks:
            self.level(tick, look.palette.hair)
            at = (self.frame.right + 2.2 if right else self.frame.left - 1.6, self.y.at(tick))
            face = look.tick.but(align="left" if right else "right")
            words = tick_words(tick, unit, places)
            if not any(box.meets(self.sheet.box_of(at, words, face)) for box in skip):
                self.sheet.text(at, words, face, tick=True)

    def months(self) -> None:
        """Draw the axis of time below the frame."""
        look, base = self.sheet.look, self.frame.bottom
        self.sheet.line(((self.frame.left, base), (self.frame.right, base)), look.palette.muted, 0.6)
        first, last = date.fromordinal(round(self.x.low)), date.fromordinal(round(self.x.high))
        for day, lines in time_ticks(first, last, most=max(2, int(self.frame.width / MONTH_ROOM))):
            x = self.x.at(day.toordinal())
            self.sheet.line(((x, base), (x, base - 0.9)), look.palette.muted, 0.6)
            for i, words in enumerate(lines):
                across_tick(self.sheet, (x, base - 3.1 - i * look.tick.leading), words)

    def ends(self, ends: Sequence[End]) -> None:
        """Print labels at the right of the frame, spread so that none overlaps, with a lead where one had to move."""
        sizes = [len(end.lines) * end.face.leading for end in ends]
        high = max(self.frame.top + 1.5, self.frame.bottom + sum(sizes))
        places = spread([end.y for end in ends], sizes, self.frame.bottom - 1.5, min(high, self.sheet.height))
        for end, place, size in zip(ends, places, sizes, strict=True):
            x = self.frame.right + 2.2
            if abs(place - end.y) > 0.7:
                lead = ((self.frame.right + 0.7, end.y), (self.frame.right + 1.8, place))
                self.sheet.line(lead, end.face.color, 0.4)
            for i, words in enumerate(end.lines):
                at = (x, place + size / 2 - (i + 0.5) * end.face.leading)
                self.sheet.text(at, words, end.face)


def end_room(sheet: Sheet, ends: Sequence[tuple[Sequence[Words], Face]]) -> float:
    """Return the room labels at the right of a frame take."""
    return 3.2 + max((sheet.width_of(words, face) for lines, face in ends for words in lines), default=0.0)


def across_grid(sheet: Sheet, frame: Box, scale: Scale, unit: Unit) -> None:
    """Draw upright gridlines and the ticks of an axis of values below the frame."""
    places = decimals(scale.ticks)
    for tick in scale.ticks:
        x = scale.at(tick)
        sheet.line(((x, frame.bottom), (x, frame.top)), sheet.look.palette.hair)
        across_tick(sheet, (x, frame.bottom - 2.8), tick_words(tick, unit, places))


def across_tick(sheet: Sheet, at: Point, words: str) -> None:
    """Print a tick below an axis, unless it would leave the sheet."""
    face = sheet.look.tick.but(align="center")
    box = sheet.box_of(at, words, face)
    if box.left >= 0.0 and box.right <= sheet.width:
        sheet.text(at, words, face, tick=True)


def price_line(sheet: Sheet, frame: Box, x: float, price: Fact) -> None:
    """Draw the price as a dashed upright with its figure on top."""
    sheet.line(((x, frame.bottom), (x, frame.top + 0.4)), sheet.look.palette.ink, 1.0, (2.2, 1.6))
    words, face = say("Price {price}", price=price), sheet.look.label.but(align="center")
    half = sheet.width_of(words, face) / 2
    sheet.text((min(max(x, half), sheet.width - half), frame.top + 2.6), words, face)


def time_ticks(first: date, last: date, most: int) -> list[tuple[date, tuple[str, ...]]]:
    """Return the marks of a time axis: months, the year below each January or else below the first mark."""
    if (last - first).days < 62:
        days = range(first.toordinal(), last.toordinal() + 1)
        step = -(-len(days) // most)
        picked = [date.fromordinal(day) for day in days[step // 2 :: step]]
        return [(day, (day_and_month(day),)) for day in picked]
    months = [(year, month) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    inside = [date(year, month, 1) for year, month in months if first <= date(year, month, 1) <= last]
    step = next(step for step in STEPS if len(inside) / step <= most or step == STEPS[-1])
    marks = [day for day in inside if (day.year * 12 + day.month - 1) % step == 0]
    if step >= 12:
        return [(day, (year_alone(day),)) for day in marks]
    dated = {day for day in marks if day.month == 1} or set(marks[:1])
    return [(day, (month_alone(day), *((year_alone(day),) if day in dated else ()))) for day in marks]


def period_words(period: Period) -> tuple[str, str]:
    """Return how a period is marked below a bar: ("FY2025", "") or ("Jun", "2025")."""
    if period.kind == "fiscal_year":
        return period.label, ""
    month = date.fromordinal(period.end.toordinal() - 7)
    return month_alone(month), year_alone(month)


def decimals(ticks: Sequence[float]) -> int:
    """Return how many decimals tell the ticks apart."""
    return next((places for places in range(6) if all(abs(t - round(t, places)) < 1e-9 for t in ticks)), 6)


def tick_words(tick: float, unit: Unit, places: int) -> str:
    """Return a tick's words; currencies are named in the exhibit's subtitle."""
    share = unit in (Unit.FRACTION, Unit.POINTS)
    value, places = (tick * 100, max(0, places - 2)) if share else (tick, places)
    body = decimal(abs(value), places)
    tail = {Unit.FRACTION: percent(), Unit.MULTIPLE: "\u00d7"}.get(unit, "")
    return f"{MINUS if value < 0 and body.strip('0.,') else ''}{body}{tail}"
