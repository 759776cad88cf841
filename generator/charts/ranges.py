"""Ranges: values from low to high method by method, and price targets house by house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.charts.geometry import Box, Point, Scale, nice_scale
from generator.charts.plot import across_grid, price_line
from generator.charts.resizable import resizable
from generator.charts.sheet import Sheet
from generator.charts.style import Face, Look, Tone, mix, readable, row_bounds, row_height
from generator.charts.valuation import Target
from generator.charts.words import fact_rows, figures, known, number
from generator.language import phrase
from generator.model.brief import Drawing
from generator.model.fact import Fact
from generator.model.text import Text, join, say

NARROW = 3.0
NAME_ROOM = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """What a method says a share is worth: from low to high, with the middle named if there is one."""

    label: str
    low: Fact
    high: Fact
    mid: Fact | None = None
    mid_name: str = ""
    tone: Tone = "blue"

    @property
    def known(self) -> bool:
        """Whether both ends are known."""
        return self.low.number is not None and self.high.number is not None

    def color(self, look: Look) -> str:
        """The fill of the bar."""
        return look.palette.tone(self.tone)


@resizable
def draw_football_field(ranges: Sequence[Range], *, price: Fact | None, look: Look) -> Drawing:
    """Return bars from low to high, one per method, across the price as a dashed line.

    Raises: ValueError if no range is known.
    """
    shown = [each for each in ranges if each.known]
    if not shown:
        raise ValueError("no range to draw")
    rows, around = len(shown), 12.4
    sheet = Sheet(look, "full", row_height("full", look.size, rows, around), bounds=row_bounds(rows, around))
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
    pairs = [(phrase("{label}, {end}", label=each.label, end=end), fact) for each in shown for end, fact in _ends(each)]
    alt = join(say("Range bars by method: {all}.", all=figures(pairs)), _price_alt(line))
    return sheet.drawing(alt, fact_rows([*pairs, *((phrase("Price"), fact) for fact in line)]))


def _ends(each: Range) -> list[tuple[str, Fact]]:
    middle = [(each.mid_name or phrase("average"), each.mid)] if each.mid and each.mid.number is not None else []
    return [(phrase("low"), each.low), *middle, (phrase("high"), each.high)]


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
        words = say("{name} {mid:plain}", name=each.mid_name or phrase("average"), mid=each.mid)
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


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the chart: whose target, how it is written, and whether it is only a claim."""

    target: Target
    value: Text
    beside: Text
    claim: bool


@resizable
def draw_targets(targets: Sequence[Target], *, price: Fact | None, claim: Fact | None = None, look: Look) -> Drawing:
    """Return price targets by house, highest first, with the way from the price; a claim is a hollow mark.

    `claim` is a figure from the press that nobody confirmed. Raises: ValueError if no target is known.
    """
    shown = [each for each in targets if each.target.number is not None]
    lines = [_line(each, claim=False) for each in sorted(shown, key=lambda each: -number(each.target))]
    lines.extend(_line(Target(target=fact), claim=True) for fact in known((claim,)))
    if not lines:
        raise ValueError("no target to draw")
    now = known((price,))
    rows, around = len(lines), 12.4
    sheet = Sheet(look, "half", row_height("half", look.size, rows, around), bounds=row_bounds(rows, around))
    _draw(sheet, lines, now)
    return sheet.drawing(_alt(lines, now), fact_rows(_data(lines, now)))


def _line(each: Target, *, claim: bool) -> _Line:
    upside = say("{upside:signed}", upside=each.upside) if each.upside is not None and each.upside.known else ()
    return _Line(each, say("{target}", target=each.target), say("not confirmed") if claim else upside, claim)


def _draw(sheet: Sheet, lines: Sequence[_Line], now: Sequence[Fact]) -> None:
    """Draw names at the left, marks in the middle, figures and upsides in two columns at the right."""
    look = sheet.look
    values = max(sheet.width_of(line.value, look.value) for line in lines)
    beside = max(sheet.width_of(line.beside, look.plain) for line in lines)
    column = sheet.width - (beside + 2.4 if beside else 0.0)
    names = [sheet.shortened(line.target.house, look.plain, NAME_ROOM) for line in lines]
    left = max(sheet.width_of(name, look.plain) for name in names) + 3.0
    frame = Box(left, 6.4, column - values - 3.0, sheet.height - 6.0)
    numbers = [number(fact) for fact in (*(line.target.target for line in lines), *now)]
    scale = nice_scale(numbers, frame.left, frame.right, most=max(2, int(frame.width / 11.0)), tight=True)
    across_grid(sheet, frame, scale, lines[0].target.target.unit)
    start = scale.at(number(now[0])) if now else frame.left
    pitch = frame.height / len(lines)
    for i, (line, name) in enumerate(zip(lines, names, strict=True)):
        y = frame.top - pitch * (i + 0.5)
        sheet.text((0.0, y), name, look.plain)
        _mark(sheet, (start, scale.at(number(line.target.target))), y, claim=line.claim)
        sheet.text((column, y), line.value, look.value.but(align="right"))
        if line.beside:
            face = look.note if line.claim else look.plain
            sheet.text((sheet.width, y), line.beside, face.but(align="right"))
    if now:
        price_line(sheet, frame, start, now[0])


def _mark(sheet: Sheet, ends: tuple[float, float], y: float, *, claim: bool) -> None:
    """Draw the way from the price to a target, and the target as a dot, hollow for a claim."""
    color = sheet.look.palette.muted if claim else sheet.look.palette.brand
    sheet.line(((ends[0], y), (ends[1], y)), mix(color, 0.45), 0.9, (1.2, 1.4) if claim else ())
    sheet.dot((ends[1], y), 1.1, "#FFFFFF" if claim else color, edge=color)


def _data(lines: Sequence[_Line], now: Sequence[Fact]) -> list[tuple[str, Fact]]:
    claimed = phrase(" (not confirmed)")
    pairs = [(line.target.house + (claimed if line.claim else ""), line.target.target) for line in lines]
    return [*pairs, *_upsides(lines), *((phrase("Price"), fact) for fact in now)]


def _upsides(lines: Sequence[_Line]) -> list[tuple[str, Fact]]:
    return [(line.target.house, fact) for line in lines if line.beside for fact in known((line.target.upside,))]


def _alt(lines: Sequence[_Line], now: Sequence[Fact]) -> Text:
    pairs = [(line.target.house, line.target.target) for line in lines if not line.claim]
    claims = [(line.target.house, line.target.target) for line in lines if line.claim]
    return join(
        say("Price targets by house: {all}.", all=figures(pairs)) if pairs else (),
        say("Not confirmed: {all}.", all=figures(claims)) if claims else (),
        say("The dashed line is the price of {price}.", price=now[0]) if now else (),
        say("Distance from the price: {all}.", all=figures(_upsides(lines), "signed")) if _upsides(lines) else (),
    )
