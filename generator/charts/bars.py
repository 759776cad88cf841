"""Bars: spending plans and correlations, one row each, from zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.charts.geometry import Box, Scale, nice_scale
from generator.charts.plot import across_grid
from generator.charts.resizable import resizable
from generator.charts.sheet import Sheet, Table
from generator.charts.style import Look, readable, row_bounds, row_height
from generator.charts.words import fact_rows, figures, number, one_currency
from generator.language import phrase, space, translated
from generator.model.brief import Drawing
from generator.model.fact import Fact, Unit
from generator.model.text import Text, say

NAME_ROOM = 28.0
TWO_LINES = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanBar:
    """What a company plans to spend: in one year, and in all if the plan runs for several."""

    label: str
    year: Fact
    total: Fact | None = None
    note: str = ""

    @property
    def whole(self) -> Fact:
        """The figure at the end of the bar."""
        return self.total if self.total is not None and self.total.number is not None else self.year


@resizable
def draw_plans(bars: Sequence[PlanBar], *, subject: str, look: Look) -> Drawing:
    """Return spending plans as bars from zero; what falls in later years is hatched.

    `subject` is the label of the subject's bar. Raises: ValueError if no year is known or currencies differ.
    """
    shown = [bar for bar in bars if bar.year.number is not None]
    if not shown:
        raise ValueError("no plan to draw")
    one_currency([fact for bar in shown for fact in (bar.year, bar.whole)])
    sheet = rows_sheet(look, len(shown))
    frame, names = bar_frame(sheet, [bar.label for bar in shown], right=0.0)
    scale = _plan_scale(sheet, frame, shown)
    colors, pitch = look.colors([bar.label for bar in shown], subject), frame.height / len(shown)
    for i, bar in enumerate(shown):
        y, half = frame.top - pitch * (i + 0.5), min(3.0, pitch * 0.31)
        sheet.text((0.0, y), names[i], look.plain)
        row = Box(frame.left, y - half, scale.at(number(bar.whole)), y + half)
        _plan(sheet, bar, row, scale.at(number(bar.year)), colors[bar.label])
        _plan_words(sheet, bar, row, scale.at(number(bar.year)), readable(colors[bar.label]))
    sheet.line(((frame.left, frame.bottom), (frame.left, frame.top)), look.palette.ink, 0.8)
    return sheet.drawing(*_plan_data(shown))


def _plan_data(shown: Sequence[PlanBar]) -> tuple[Text, Table]:
    pairs = [(bar.label, bar.year) for bar in shown]
    totals = [(_whole_name(bar), bar.whole) for bar in shown if bar.whole is not bar.year]
    alt = say("Bars of spending plans for one year: {all}.", all=figures(pairs))
    if totals:
        words = "Bars of spending plans for one year: {all}. In all: {totals}."
        alt = say(words, all=figures(pairs), totals=figures(totals))
    return alt, fact_rows([*pairs, *totals])


def _whole_name(bar: PlanBar) -> str:
    return phrase("{who}, {what}", who=bar.label, what=bar.note or phrase("whole plan"))


def _plan_scale(sheet: Sheet, frame: Box, shown: Sequence[PlanBar]) -> Scale:
    """Return the longest scale with which every bar leaves room for the words at its end."""
    top = max(number(bar.whole) for bar in shown) or 1.0
    ends = []
    for bar in shown:
        value = sheet.width_of(_plan_end(bar), sheet.look.value)
        note = min(sheet.width_of(bar.note, sheet.look.note) + 1.4, 30.0) if bar.note else 0.0
        room = frame.width - 2.0 - value - note
        ends.append(room * top / number(bar.whole) if number(bar.whole) > 0 else frame.width)
    return Scale(0.0, top, frame.left, frame.left + min(ends))


def _plan_end(bar: PlanBar) -> Text:
    head = f"{translated(bar.whole.qualifier)}{space()}" if bar.whole.qualifier else ""
    return say("{head}{whole}", head=head, whole=bar.whole)


def _plan(sheet: Sheet, bar: PlanBar, row: Box, year: float, color: str) -> None:
    """Draw one plan: the year solid, the rest hatched, the year's figure inside if there is room for it."""
    solid = Box(row.left, row.bottom, min(year, row.right), row.top)
    if year < row.right - 0.2:
        sheet.hatched(Box(solid.right, row.bottom, row.right, row.top), color)
    sheet.bar(solid, color)
    if _inside(sheet, bar, solid.width):
        face = sheet.look.label.but(color="#FFFFFF", align="center")
        sheet.text(solid.middle, say("{year}", year=bar.year), face)


def _inside(sheet: Sheet, bar: PlanBar, room: float) -> bool:
    """Whether the figure of the year is another than that at the end and fits into the solid part."""
    width = sheet.width_of(say("{year}", year=bar.year), sheet.look.label)
    return bar.whole is not bar.year and width + 1.6 <= room


def _plan_words(sheet: Sheet, bar: PlanBar, row: Box, year: float, color: str) -> None:
    """Print the figure and the note at the end of a bar, and the year's figure below them if it is not inside."""
    look, y = sheet.look, row.middle[1]
    second = bar.whole is not bar.year and not _inside(sheet, bar, min(year, row.right) - row.left)
    high = y + 1.6 if second and row.height >= TWO_LINES else y
    box = sheet.text((row.right + 1.4, high), _plan_end(bar), look.value.but(color=color))
    if bar.note:
        note = sheet.shortened(bar.note, look.note, sheet.width - box.right - 1.4)
        sheet.text((box.right + 1.4, high), note, look.note.but(color=color))
    if high > y:
        sheet.text((row.right + 1.4, y - 1.7), say("{year} a year", year=bar.year), look.note.but(color=color))


@resizable
def draw_correlation(bars: Sequence[tuple[str, Fact]], *, look: Look) -> Drawing:
    """Return correlations as bars from zero on a scale that ends at one, the strongest first.

    Raises: ValueError if none is known.
    """
    shown = sorted(((name, fact) for name, fact in bars if fact.number is not None), key=lambda bar: -number(bar[1]))
    if not shown:
        raise ValueError("no correlation to draw")
    sheet = rows_sheet(look, len(shown))
    low = -1.0 if any(number(fact) < 0 for _, fact in shown) else 0.0
    frame, names = bar_frame(sheet, [name for name, _ in shown], right=9.0, bottom=6.4)
    frame = Box(frame.left + (9.0 if low < 0 else 0.0), frame.bottom, frame.right, frame.top)
    scale = nice_scale([low, 1.0], frame.left, frame.right, most=5)
    across_grid(sheet, frame, scale, Unit.NUMBER)
    zero, pitch = scale.at(0.0), frame.height / len(shown)
    for i, (_, fact) in enumerate(shown):
        y, half = frame.top - pitch * (i + 0.5), min(2.6, pitch * 0.31)
        at = scale.at(number(fact))
        sheet.text((0.0, y), names[i], look.plain)
        sheet.bar(Box(min(zero, at), y - half, max(zero, at), y + half), look.palette.blue)
        side, face = (1.4, look.value) if at >= zero else (-1.4, look.value.but(align="right"))
        sheet.text((at + side, y), say("{value}", value=fact), face)
    sheet.line(((zero, frame.bottom), (zero, frame.top)), look.palette.ink, 0.8)
    alt = say("Bars of correlation on a scale that ends at one, the strongest first: {all}.", all=figures(shown))
    return sheet.drawing(alt, fact_rows(shown))


def rows_sheet(look: Look, rows: int) -> Sheet:
    """Return a sheet that is as high as asked, or higher if the rows need it."""
    return Sheet(look, "half", row_height("half", look.size, rows, around=8.0), bounds=row_bounds(rows, around=8.0))


def bar_frame(sheet: Sheet, names: Sequence[str], *, right: float, bottom: float = 1.0) -> tuple[Box, list[str]]:
    """Return the frame beside a column of names, and the names as they fit."""
    face = sheet.look.plain
    cut = [sheet.shortened(name, face, NAME_ROOM) for name in names]
    left = max(sheet.width_of(name, face) for name in cut) + 1.8
    return Box(left, bottom, sheet.width - right, sheet.height - 1.0), cut
