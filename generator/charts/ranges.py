"""Ranges: values from low to high by method, and price targets house by house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.charts.geometry import Box, Scale, nice_scale
from generator.charts.plot import decimals, tick_words
from generator.charts.sheet import Sheet
from generator.charts.style import HEIGHTS, Look, Tone, mix, readable
from generator.charts.valuation import Target
from generator.charts.words import fact_rows, figures, known, number
from generator.model.brief import Drawing
from generator.model.fact import Fact, Unit
from generator.model.text import Text, join, say


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


def draw_football_field(ranges: Sequence[Range], *, price: Fact | None, look: Look) -> Drawing:
    """Return bars from low to high, one per method, across the price as a dashed line.

    Raises: ValueError if no range is known.
    """
    shown = [each for each in ranges if each.known]
    if not shown:
        raise ValueError("no range to draw")
    sheet = Sheet(look, "full", max(HEIGHTS["full"][look.size], 13.0 + 5.2 * len(shown)))
    head = min(58.0, max(sheet.width_of(each.label, look.plain) for each in shown) + 4.0)
    frame = Box(head + 9.0, 6.4, sheet.width - 12.0, sheet.height - 6.0)
    line = known((price,))
    values = [number(fact) for each in shown for fact in (each.low, each.high)] + [number(fact) for fact in line]
    scale = nice_scale(values, frame.left, frame.right, most=10, tight=True)
    _upright_grid(sheet, frame, scale, shown[0].low.unit)
    pitch = frame.height / len(shown)
    at_price = scale.at(number(line[0])) if line else None
    for i, each in enumerate(shown):
        middle = frame.top - pitch * (i + 0.5)
        face = look.plain.but(align="right")
        sheet.text((head, middle), sheet.shortened(each.label, face, head), face)
        _range(sheet, each, scale, middle=middle, half=min(1.8, pitch * 0.3), price=at_price)
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


def _upright_grid(sheet: Sheet, frame: Box, scale: Scale, unit: Unit) -> None:
    face, places = sheet.look.tick.but(align="center"), decimals(scale.ticks)
    for tick in scale.ticks:
        x = scale.at(tick)
        sheet.line(((x, frame.bottom), (x, frame.top)), sheet.look.palette.hair)
        sheet.text((x, frame.bottom - 2.8), tick_words(tick, unit, places), face, tick=True)


def _range(sheet: Sheet, each: Range, scale: Scale, *, middle: float, half: float, price: float | None) -> None:
    """Draw one bar with its ends; a figure that would stand on the price line moves beyond it."""
    color, look = sheet.look.palette.tone(each.tone), sheet.look
    left, right = sorted((scale.at(number(each.low)), scale.at(number(each.high))))
    sheet.bar(Box(left, middle - half, max(right, left + 0.6), middle + half), color, radius=0.5)
    for at, fact, face in (
        ((left - 1.4, middle), each.low, look.plain.but(align="right")),
        ((right + 1.4, middle), each.high, look.plain),
    ):
        words = say("{end:plain}", end=fact)
        box = sheet.box_of(at, words, face)
        if price is not None and box.left - 0.8 < price < box.right + 0.8:
            at = (price - 1.4 if face.align == "right" else price + 1.4, middle)  # noqa: PLW2901 - moved aside
        sheet.text(at, words, face)
    if each.mid is not None and each.mid.number is not None:
        _middle(sheet, each, scale, Box(left, middle - half, right, middle + half), price)


def _middle(sheet: Sheet, each: Range, scale: Scale, bar: Box, price: float | None) -> None:
    """Name the middle of a range inside its bar where that fits, else beyond its high end."""
    assert each.mid is not None
    x, y = scale.at(number(each.mid)), bar.middle[1]
    words = say("{name} {mid:plain}", name=each.mid_name, mid=each.mid)
    width = sheet.width_of(words, sheet.look.label)
    white = sheet.look.label.but(color="#FFFFFF")
    for at, align, start in (((x + 2.0, y), white, x + 2.0), ((x - 2.0, y), white.but(align="right"), x - 2.0 - width)):
        clear = price is None or not start - 1.0 < price < start + width + 1.0
        if start > bar.left + 1.0 and start + width < bar.right - 1.0 and clear:
            sheet.text(at, words, align)
            return
    beyond = max([bar.right, *([price] if price and price > bar.right else [])]) + 14.0
    face = sheet.look.label.but(color=readable(sheet.look.palette.tone(each.tone)))
    if beyond + width > sheet.width:
        face, beyond = face.but(align="right"), bar.left - 14.0
    sheet.text((beyond, y), words, face)


def _diamonds(sheet: Sheet, shown: Sequence[Range], scale: Scale, frame: Box) -> None:
    """Draw the middles as white diamonds, above the price line."""
    pitch = frame.height / len(shown)
    for i, each in enumerate(shown):
        if each.mid is not None and each.mid.number is not None:
            at = (scale.at(each.mid.number), frame.top - pitch * (i + 0.5))
            sheet.diamond(at, min(1.1, pitch * 0.2), "#FFFFFF")


def price_line(sheet: Sheet, frame: Box, x: float, price: Fact) -> None:
    """Draw the price as a dashed upright with its figure on top."""
    sheet.line(((x, frame.bottom), (x, frame.top + 0.4)), sheet.look.palette.ink, 1.0, (2.2, 1.6))
    words, face = say("Price {price}", price=price), sheet.look.label.but(align="center")
    half = sheet.width_of(words, face) / 2
    sheet.text((min(max(x, half), sheet.width - half), frame.top + 2.6), words, face)


def draw_targets(targets: Sequence[Target], *, price: Fact | None, claim: Fact | None = None, look: Look) -> Drawing:
    """Return price targets by house, highest first, with the distance from the price; a claim is a hollow mark.

    `claim` is a figure from the press that nobody confirmed. Raises: ValueError if no target is known.
    """
    shown = sorted((each for each in targets if each.target.number is not None), key=lambda each: -number(each.target))
    extra = [Target(target=fact) for fact in known((claim,))]
    if not shown and not extra:
        raise ValueError("no target to draw")
    rows = [*shown, *extra]
    sheet = Sheet(look, "half", max(HEIGHTS["half"][look.size], 12.0 + 4.4 * len(rows)))
    line = known((price,))
    texts = [_target_words(each, claim) for each in rows]
    columns = [max(sheet.width_of(text[i], look.value) for text in texts) for i in (0, 1)]
    gap = 2.0 if columns[1] else 0.0
    head = min(30.0, max(sheet.width_of(_house(each.target), look.plain) for each in rows))
    frame = Box(head + 3.0, 6.4, sheet.width - sum(columns) - gap - 2.5, sheet.height - 6.0)
    values = [number(each.target) for each in rows] + [number(fact) for fact in line]
    scale = nice_scale(values, frame.left, frame.right, most=4, tight=True)
    _upright_grid(sheet, frame, scale, rows[0].target.unit)
    if line:
        price_line(sheet, frame, scale.at(number(line[0])), line[0])
    pitch = frame.height / len(rows)
    start = scale.at(number(line[0])) if line else frame.left
    for i, (each, text) in enumerate(zip(rows, texts, strict=True)):
        y = frame.top - pitch * (i + 0.5)
        _target_row(sheet, each, claim=each in extra, ends=(start, scale.at(number(each.target))), y=y)
        right = sheet.width - columns[1] - gap
        sheet.text((right, y), text[0], look.value.but(align="right"))
        if text[1]:
            face = look.tick if each in extra else look.plain
            sheet.text((sheet.width, y), text[1], face.but(align="right"))
    pairs = [(_house(each.target), each.target) for each in shown]
    unconfirmed = say("Not confirmed: {name} {claim}.", name=_house(claim), claim=claim) if claim and extra else ()
    body = ("Price targets by house: ", *figures(pairs), ".") if pairs else ()
    upsides = [(f"{_house(each.target)}, upside", fact) for each in shown for fact in known((each.upside,))]
    above = ("Distance from the price: ", *figures(upsides, "signed"), ".") if upsides else ()
    data = [*pairs, *upsides, *((f"{_house(each.target)} (not confirmed)", each.target) for each in extra)]
    alt = join(body, above, unconfirmed, _price_alt(line))
    return sheet.drawing(alt, fact_rows([*data, *(("Price", fact) for fact in line)]))


def _house(fact: Fact) -> str:
    return fact.name or fact.label


def _target_words(each: Target, claim: Fact | None) -> tuple[Text, Text]:
    value = say("{target}", target=each.target)
    if each.target is claim:
        return value, say("not confirmed")
    return value, say("{upside:signed}", upside=each.upside) if each.upside and each.upside.known else ()


def _target_row(sheet: Sheet, each: Target, *, claim: bool, ends: tuple[float, float], y: float) -> None:
    """Draw a house's name, its mark, and the way from the price to it."""
    look = sheet.look
    sheet.text((0.0, y), sheet.shortened(_house(each.target), look.plain, 30.0), look.plain)
    color = look.palette.muted if claim else look.palette.brand
    sheet.line(((ends[0], y), (ends[1], y)), mix(color, 0.45), 0.9, (1.2, 1.4) if claim else ())
    if claim:
        sheet.dot((ends[1], y), 1.1, "#FFFFFF", edge=color)
    else:
        sheet.dot((ends[1], y), 1.2, color)
