"""Bars: spending plans and correlations, one row each, from zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.charts.geometry import Box, Scale, nice_scale
from generator.charts.plot import decimals, tick_words
from generator.charts.sheet import Sheet
from generator.charts.style import HEIGHTS, Look, readable
from generator.charts.words import fact_rows, figures, known, number, one_currency
from generator.model.brief import Drawing
from generator.model.fact import Fact, Unit
from generator.model.text import Text, say

NAME_ROOM = 24.0


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


def draw_plans(bars: Sequence[PlanBar], *, subject: str, look: Look) -> Drawing:
    """Return spending plans as bars from zero; what falls in later years is hatched.

    `subject` is the label of the subject's bar. Raises: ValueError if no year is known or currencies differ.
    """
    shown = [bar for bar in bars if bar.year.number is not None]
    if not shown:
        raise ValueError("no plan to draw")
    one_currency([fact for bar in shown for fact in (bar.year, bar.whole)])
    sheet = _rows_sheet(look, len(shown))
    colors = look.colors([bar.label for bar in shown], subject)
    ends = [_plan_end(bar) for bar in shown]
    room = 2.0 + max(sheet.width_of(end, look.value) + sheet.width_of(bar.note, look.note) + 1.4 * bool(bar.note)
                     for bar, end in zip(shown, ends, strict=True))
    frame, names = _frame(sheet, [bar.label for bar in shown], right=min(room, 40.0))
    top = max(number(bar.whole) for bar in shown)
    scale = Scale(0.0, top, frame.left, frame.right)
    pitch = frame.height / len(shown)
    for i, (bar, end) in enumerate(zip(shown, ends, strict=True)):
        y, half = frame.top - pitch * (i + 0.5), min(3.0, pitch * 0.31)
        sheet.text((frame.left - 1.8, y), names[i], look.plain.but(align="right"))
        color = colors[bar.label]
        row = Box(frame.left, y - half, scale.at(number(bar.whole)), y + half)
        _plan(sheet, bar, row, scale.at(number(bar.year)), color)
        box = sheet.text((row.right + 1.4, y), end, look.value.but(color=readable(color)))
        if bar.note:
            note = sheet.shortened(bar.note, look.note, sheet.width - box.right - 1.4)
            sheet.text((box.right + 1.4, y), note, look.note.but(color=readable(color)))
    sheet.line(((frame.left, frame.bottom), (frame.left, frame.top)), look.palette.ink, 0.8)
    pairs = [(bar.label, bar.year) for bar in shown]
    totals = [(f"{bar.label}, {bar.note or 'whole plan'}", bar.whole) for bar in shown if bar.whole is not bar.year]
    more = (". In all: ", *figures(totals)) if totals else ()
    alt = ("Bars of spending plans for one year: ", *figures(pairs), *more, ".")
    return sheet.drawing(alt, fact_rows([*pairs, *totals]))


def _plan_end(bar: PlanBar) -> Text:
    head = f"{bar.whole.qualifier} " if bar.whole.qualifier else ""
    return say("{head}{whole}", head=head, whole=bar.whole)


def _plan(sheet: Sheet, bar: PlanBar, row: Box, year: float, color: str) -> None:
    """Draw one plan: the year solid, the rest hatched, the year's figure inside if it is not the figure at the end."""
    solid = Box(row.left, row.bottom, min(year, row.right), row.top)
    if year < row.right - 0.2:
        sheet.hatched(Box(solid.right, row.bottom, row.right, row.top), color)
    sheet.bar(solid, color)
    if bar.whole is bar.year:
        return
    words, face = say("{year}", year=bar.year), sheet.look.label.but(color="#FFFFFF", align="center")
    if sheet.width_of(words, face) + 1.6 <= solid.width:
        sheet.text(solid.middle, words, face)
        return
    below = (row.left + 0.4, row.bottom - 2.0)
    sheet.text(below, (*words, " a year"), sheet.look.note.but(color=readable(color)))


def draw_correlation(bars: Sequence[tuple[str, Fact]], *, look: Look) -> Drawing:
    """Return correlations as bars from zero on a scale that ends at one, the strongest first.

    Raises: ValueError if none is known.
    """
    shown = sorted(((name, fact) for name, fact in bars if fact.number is not None), key=lambda bar: -number(bar[1]))
    if not shown:
        raise ValueError("no correlation to draw")
    sheet = _rows_sheet(look, len(shown))
    low = -1.0 if any(number(fact) < 0 for _, fact in shown) else 0.0
    frame, names = _frame(sheet, [name for name, _ in shown], right=9.0, bottom=6.4)
    scale = nice_scale([low, 1.0], frame.left, frame.right, most=5)
    _marks(sheet, frame, scale)
    zero, pitch = scale.at(0.0), frame.height / len(shown)
    for i, (_, fact) in enumerate(shown):
        y, half = frame.top - pitch * (i + 0.5), min(2.6, pitch * 0.31)
        at = scale.at(number(fact))
        sheet.text((frame.left - 1.8, y), names[i], look.plain.but(align="right"))
        sheet.bar(Box(min(zero, at), y - half, max(zero, at), y + half), look.palette.accent if i == 0 else look.palette.blue)
        side, face = (1.4, look.value) if at >= zero else (-1.4, look.value.but(align="right"))
        sheet.text((at + side, y), say("{value}", value=fact), face)
    sheet.line(((zero, frame.bottom), (zero, frame.top)), look.palette.ink, 0.8)
    alt = ("Bars of correlation on a scale that ends at one, the strongest first: ", *figures(shown), ".")
    return sheet.drawing(alt, fact_rows(shown))


def _marks(sheet: Sheet, frame: Box, scale: Scale) -> None:
    places = decimals(scale.ticks)
    for tick in scale.ticks:
        x = scale.at(tick)
        sheet.line(((x, frame.bottom), (x, frame.top)), sheet.look.palette.hair)
        words = tick_words(tick, Unit.NUMBER, places)
        sheet.text((x, frame.bottom - 2.8), words, sheet.look.tick.but(align="center"), tick=True)


def _rows_sheet(look: Look, rows: int) -> Sheet:
    """Return a sheet that is as high as asked, or higher if the rows need it."""
    return Sheet(look, "half", max(HEIGHTS["half"][look.size], 8.0 + 4.4 * rows))


def _frame(sheet: Sheet, names: Sequence[str], *, right: float, bottom: float = 1.0) -> tuple[Box, list[str]]:
    """Return the frame beside a column of names, and the names as they fit."""
    face = sheet.look.plain
    cut = [sheet.shortened(name, face, NAME_ROOM) for name in names]
    left = max(sheet.width_of(name, face) for name in cut) + 1.8
    return Box(left, bottom, sheet.width - right, sheet.height - 1.0), cut
