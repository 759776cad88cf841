"""Ranges: values from low to high, method by method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.charts.geometry import Box, Point, Scale, nice_scale
from generator.charts.plot import across_grid, price_line
from generator.charts.sheet import Sheet
from generator.charts.style import Face, Look, Tone, readable, row_height
from generator.charts.words import fact_rows, figures, known, number
from generator.model.brief import Drawing
from generator.model.fact import Fact
from generator.model.text import Text, join, say

NARROW = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """What a method says a share is worth: from low to high, with the middle named if there is one."""

    label: str
    low: Fact
    high: Fact
    mid: Fact | None = None
    mid_name: str = "average"
    tone: Tone = "blue"

    @property
    def known(self) -> bool:
        """Whether both ends are known."""
        return self.low.number is not None and self.high.number is not None

    def color(self, look: Look) -> str:
        """The fill of the bar."""
        return look.palette.tone(self.tone)


def draw_football_field(ranges: Sequence[Range], *, price: Fact | None, look: Look) -> Drawing:
    """Return bars from low to high, one per method, across the price as a dashed line.

    Raises: ValueError if no range is known.
    """
    shown = [each for each in ranges if each.known]
    if not shown:
        raise ValueError("no range to draw")
    sheet = Sheet(look, "full", row_height("full", look.size, len(shown), around=12.4))
    head = min(58.0, max(sheet.width_of(each.label, look.plain) for each in shown) + 4.0)
    frame = Box(head + 9.0, 6.4, sheet.width - 12.0, sheet.height - 6.0)
    line = known((price,))
    values = [number(fact) for each in shown for fact in (each.low, each.high)] + [number(fact) for fact in line]
    scale = nice_scale(values, frame.left, frame.right, most=10, tight=True)
    across_grid(sheet, frame, scale, shown[0].low.unit)
    pitch = frame.height / len(shown)
    at_price = scale.at(number(line[0])) if line else None
    for i, each in enumerate(shown):
        middle = frame.top - pitch * (i + 0.5)
        face = look.plain.but(align="right")
        sheet.text((head, middle), sheet.shortened(each.label, face, head), face)
        half, (left, right) = min(1.8, pitch * 0.3), (scale.at(number(each.low)), scale.at(number(each.high)))
        _row(sheet, each, Box(left, middle - half, right, middle + half), at_price)
    if line:
        price_line(sheet, frame, scale.at(number(line[0])), line[0])
    _diamonds(sheet, shown, scale, frame)
    pairs = [(f"{each.label}, {end}", fact) for each in shown for end, fact in _ends(each)]
    alt = join(("Range bars by method: ", *figures(pairs), "."), _price_alt(line))
    return sheet.drawing(alt, fact_rows([*pairs, *(("Price", fact) for fact in line)]))


def _ends(each: Range) -> list[tuple[str, Fact]]:
    middle = [(each.mid_name, each.mid)] if each.mid and each.mid.number is not None else []
    return [("low", each.low), *middle, ("high", each.high)]


def _price_alt(line: Sequence[Fact]) -> Text:
    return say("The dashed line is the price of {price}.", price=line[0]) if line else ()


def _row(sheet: Sheet, each: Range, row: Box, price: float | None) -> None:
    """Draw one bar with the figures of its ends, and name the middle where there is room."""
    sheet.bar(Box(row.left, row.bottom, max(row.right, row.left + 1.0), row.top), each.color(sheet.look), radius=0.5)
    y, plain = row.middle[1], sheet.look.plain
    low = _end(sheet, each.low, (row.left - 1.4, y), plain.but(align="right"), price)
    high = _end(sheet, each.high, (row.right + 1.4, y), plain, price)
    if each.mid is not None and each.mid.number is not None:
        share = (each.mid.number - number(each.low)) / ((number(each.high) - number(each.low)) or 1.0)
        words = say("{name} {mid:plain}", name=each.mid_name, mid=each.mid)
        if not _middle(sheet, words, row.left + share * row.width, row, price):
            _beside(sheet, each, words, (low, high), y)


def _end(sheet: Sheet, fact: Fact, at: Point, face: Face, price: float | None) -> Box:
    """Print the figure of an end; one that would stand on the price line moves beyond it."""
    words = say("{end:plain}", end=fact)
    box = sheet.box_of(at, words, face)
    if price is not None and box.left - 0.8 < price < box.right + 0.8:
        return sheet.text((price + (-1.4 if face.align == "right" else 1.4), at[1]), words, face)
    return sheet.text(at, words, face)


def _middle(sheet: Sheet, words: Text, x: float, row: Box, price: float | None) -> bool:
    """Name the middle of a range inside its bar, right or left of the mark, and tell whether it fits."""
    white, y = sheet.look.label.but(color="#FFFFFF"), row.middle[1]
    for at, face in (((x + 2.0, y), white), ((x - 2.0, y), white.but(align="right"))):
        box = sheet.box_of(at, words, face)
        clear = price is None or not box.left - 1.0 < price < box.right + 1.0
        if row.left + 1.0 < box.left and box.right < row.right - 1.0 and clear:
            sheet.text(at, words, face)
            return True
    return False


def _beside(sheet: Sheet, each: Range, words: Text, ends: tuple[Box, Box], y: float) -> None:
    """Name the middle of a range beyond the figure of its high end, or before that of its low end."""
    face, (low, high) = sheet.look.label.but(color=readable(each.color(sheet.look))), ends
    if high.right + 3.0 + sheet.width_of(words, face) < sheet.width:
        sheet.text((high.right + 3.0, y), words, face)
    else:
        sheet.text((low.left - 3.0, y), words, face.but(align="right"))


def _diamonds(sheet: Sheet, shown: Sequence[Range], scale: Scale, frame: Box) -> None:
    """Draw the middles as white diamonds, above the price line."""
    pitch = frame.height / len(shown)
    for i, each in enumerate(shown):
        wide = abs(scale.at(number(each.high)) - scale.at(number(each.low))) > NARROW
        for mid in known((each.mid,)) if wide else ():
            at = (scale.at(number(mid)), frame.top - pitch * (i + 0.5))
            sheet.diamond(at, min(1.1, pitch * 0.2), "#FFFFFF")
