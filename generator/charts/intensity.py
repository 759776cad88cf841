"""Intensity: what companies spend of each unit of revenue, a year done and the rest of a year's plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.charts.bars import bar_frame, rows_sheet
from generator.charts.geometry import Box, Scale
from generator.charts.resizable import resizable
from generator.charts.sheet import Sheet
from generator.charts.style import Look, readable
from generator.charts.words import fact_rows, figures, number
from generator.model.brief import Drawing
from generator.model.fact import Fact
from generator.model.text import Text, join, say

TWO_LINES, GAP = 6.4, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendingBar:
    """A company's spending as a share of revenue: of its last year, and of a year of its running plan."""

    label: str
    spent: Fact | None = None
    planned: Fact | None = None

    @property
    def end(self) -> float:
        """The value at the end of the bar."""
        return max(number(fact) for fact in (self.spent, self.planned) if fact is not None)


@resizable
def draw_spending(bars: Sequence[SpendingBar], *, subject: str, look: Look) -> Drawing:
    """Return shares of revenue as bars from zero; what a year's plan goes beyond the last year is hatched.

    `subject` is the label of the subject's bar. Raises: ValueError if no share is known.
    """
    if not bars:
        raise ValueError("no spending to draw")
    sheet = rows_sheet(look, len(bars))
    frame, names = bar_frame(sheet, [bar.label for bar in bars], right=0.0)
    words = [_words(bar) for bar in bars]
    room = frame.width - 2.0 - max(_width(sheet, each) for each in words)
    scale = Scale(0.0, max(bar.end for bar in bars) or 1.0, frame.left, frame.left + max(room, 8.0))
    colors, pitch = look.colors([bar.label for bar in bars], subject), frame.height / len(bars)
    for i, bar in enumerate(bars):
        y, half, color = frame.top - pitch * (i + 0.5), min(3.0, pitch * 0.31), colors[bar.label]
        sheet.text((0.0, y), names[i], look.plain)
        spent = scale.at(number(bar.spent)) if bar.spent is not None else frame.left
        if scale.at(bar.end) > spent + 0.2:
            sheet.hatched(Box(spent, y - half, scale.at(bar.end), y + half), color)
        sheet.bar(Box(frame.left, y - half, spent, y + half), color)
        _print(sheet, (scale.at(bar.end) + 1.4, y), words[i], readable(color), apart=pitch >= TWO_LINES)
    sheet.line(((frame.left, frame.bottom), (frame.left, frame.top)), look.palette.ink, 0.8)
    done = [(f"{bar.label} {bar.spent.period.label}", bar.spent) for bar in bars if bar.spent is not None]
    plans = [(bar.label, bar.planned) for bar in bars if bar.planned is not None]
    parts = [say("Bars of capital expenditure as a share of revenue: {shares}.", shares=figures(done))] if done else []
    parts += [say("A year of the running plan comes to: {shares}.", shares=figures(plans))] if plans else []
    alt = join(*parts)
    return sheet.drawing(alt, fact_rows([*done, *plans]))


def _words(bar: SpendingBar) -> tuple[Text, ...]:
    """Return what stands at the end of a bar: the share of the last year, and that of the plan."""
    spent = (say("{x}", x=bar.spent), (bar.spent.period.label,)) if bar.spent is not None else ((), ())
    planned = say("{x} planned", x=bar.planned) if bar.planned is not None else ()
    return (*spent, planned)


def _width(sheet: Sheet, words: tuple[Text, ...]) -> float:
    spent, year, planned = words
    first = sheet.width_of(spent, sheet.look.value) + GAP + sheet.width_of(year, sheet.look.note)
    return max(first, sheet.width_of(planned, sheet.look.note))


def _print(sheet: Sheet, at: tuple[float, float], words: tuple[Text, ...], color: str, *, apart: bool) -> None:
    """Print the words at the end of a bar, the plan's below those of the year; where rows are low, the year's alone."""
    (x, y), (spent, year, planned), look = at, words, sheet.look
    both = bool(spent) and bool(planned) and apart
    if spent:
        box = sheet.text((x, y + 1.6 if both else y), spent, look.value.but(color=color))
        sheet.text((box.right + GAP, y + 1.6 if both else y), year, look.note.but(color=color))
    if planned and (both or not spent):
        sheet.text((x, y - 1.7 if both else y), planned, look.note.but(color=color))
