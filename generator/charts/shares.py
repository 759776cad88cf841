"""Shares: a hundred squares, one for each percent of a market."""

from __future__ import annotations

from collections.abc import Sequence

from generator.charts.geometry import Box, spread
from generator.charts.resizable import resizable
from generator.charts.sheet import Sheet
from generator.charts.style import Face, Look, readable
from generator.charts.words import fact_rows, figures, number
from generator.model.brief import Drawing
from generator.model.fact import Fact
from generator.model.text import say

COLUMNS, ROWS, HUNDRED = 20, 5, 100
BOUNDS = (39.0, 47.0)
GAP = 0.7
KEY_ROOM, KEY_ROWS = 15.0, 5
BIG = Face(size=8.6, weight=700)
Named = tuple[str, Fact]


@resizable
def draw_share_squares(shares: Sequence[Named], *, subject: str, look: Look) -> Drawing:
    """Return a hundred squares filled column by column, with the shares below their blocks; the rest stays grey.

    `subject` is the name of the subject's share. Raises: ValueError if no share is known or they exceed the whole.
    """
    shown = [(name, fact) for name, fact in shares if fact.number is not None]
    if not shown:
        raise ValueError("no share to draw")
    sheet = Sheet(look, "half", bounds=BOUNDS)
    colors = look.colors([name for name, _ in shown], subject)
    squares = [name for (name, _), count in zip(shown, _counts(shown), strict=True) for _ in range(count)]
    pitch = sheet.width / COLUMNS
    step = min(pitch, (sheet.height - 17.0) / ROWS)
    top = sheet.height - 1.0 - 0.4 * (sheet.height - 17.0 - ROWS * step)
    for i in range(HUNDRED):
        column, row = divmod(i, ROWS)
        left, high = column * pitch, top - row * step
        color = colors[squares[i]] if i < len(squares) else look.palette.hair
        sheet.bar(Box(left + GAP / 2, high - step + GAP, left + pitch - GAP / 2, high), color, radius=0.45)
    _captions(sheet, shown, colors, top - ROWS * step)
    alt = say("A hundred squares, one for each percent: {all}; the rest is grey.", all=figures(shown))
    return sheet.drawing(alt, fact_rows(shown))


def _counts(shown: Sequence[Named]) -> list[int]:
    """Return how many squares each share fills: at least one, and never more than a hundred together."""
    exact = [number(fact) * HUNDRED for _, fact in shown]
    if min(exact) < 0 or sum(exact) > HUNDRED + 0.5:
        raise ValueError(f"shares of {sum(exact):.1f}% do not make a whole")
    counts = [max(1, round(each)) if each > 0 else 0 for each in exact]
    while sum(counts) > HUNDRED:
        counts[max(range(len(counts)), key=lambda i: counts[i] - exact[i])] -= 1
    return counts


def _captions(sheet: Sheet, shown: Sequence[Named], colors: dict[str, str], top: float) -> None:
    """Print figures and names below the blocks, moved aside where blocks are narrow; in columns if they do not fit."""
    pitch = sheet.width / COLUMNS
    plain = Face(size=7.0)
    lines = [sheet.wrapped(name, plain, 19.0) for name, _ in shown]
    figures_ = [say("{share}", share=fact) for _, fact in shown]
    widths = [
        max(sheet.width_of(figure, BIG), *(sheet.width_of(words, plain) for words in each)) + 2.2
        for figure, each in zip(figures_, lines, strict=True)
    ]
    if sum(widths) > sheet.width:
        _key(sheet, shown, colors, top)
        return
    starts, filled = [], 0
    for count, width in zip(_counts(shown), widths, strict=True):
        starts.append(filled // ROWS * pitch + width / 2)
        filled += count
    places = spread(starts, widths, 0.0, sheet.width + 1.0, in_order=True)
    for (name, _), figure, words, place, width in zip(shown, figures_, lines, places, widths, strict=True):
        color = readable(colors[name])
        left = place - width / 2 + GAP / 2
        sheet.text((left, top - 3.2), figure, Face(size=BIG.size, weight=BIG.weight, color=color))
        face = Face(size=plain.size, color=color)
        sheet.stack((left, top - 7.2), words, face)


def _key(sheet: Sheet, shown: Sequence[Named], colors: dict[str, str], top: float) -> None:
    """Print names with a square of their colour, in columns, when there are too many for one row."""
    look = sheet.look
    long = max(sheet.width_of(name, look.plain) for name, _ in shown) > KEY_ROOM
    columns = 2 if long and len(shown) <= 2 * KEY_ROWS else 3
    width, leading = sheet.width / columns, min(3.7, (top - 1.0) / -(-len(shown) // columns))
    for i, (name, fact) in enumerate(shown):
        row, column = divmod(i, columns)
        x, y = column * width, top - 2.6 - row * leading
        sheet.bar(Box(x + GAP / 2, y - 0.9, x + 1.8 + GAP / 2, y + 0.9), colors[name], radius=0.3)
        box = sheet.text((x + 3.2, y), say("{share}", share=fact), look.label.but(color=readable(colors[name])))
        sheet.text((box.right + 1.0, y), sheet.shortened(name, look.plain, x + width - box.right - 2.0), look.plain)
