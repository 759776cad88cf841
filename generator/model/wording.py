"""Wording: how the house writes a figure. Text, tables, charts and alt text all write through it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from generator.language import ENGLISH, day_in_words, msgid, phrase, translated
from generator.language.figures import decimal, numerals
from generator.model.fact import PER_SECURITY, Fact, Unit

Style = Literal["", "signed", "whole", "table", "bn", "m", "plain", "abs", "precise"]

NO_BREAK = "\u00a0"
MINUS = "\u2212"
SYMBOLS = {
    "USD": msgid("US$"), "CNY": msgid("RMB"), "EUR": msgid("€"), "GBP": msgid("£"), "JPY": msgid("¥"),
    "HKD": msgid("HK$"),
}  # fmt: skip
PLACES = {Unit.POINTS: 1, Unit.RATE: 4}
NOT_AVAILABLE = msgid("n/a")
NOT_MEANINGFUL = msgid("n/m")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The number format of one brief in its language; `symbols` are the house's marks of currencies."""

    language: str = ENGLISH
    symbols: dict[str, str] = field(default_factory=lambda: dict(SYMBOLS))

    def write(self, fact: Fact, style: Style = "") -> str:
        """Return the figure as the page prints it, "n/a" when it is not known, "n/m" when it has no meaning.

        Styles: "signed" puts a plus before gains; "whole" drops decimals; "abs" drops the sign (for "fell by ...");
        "bn" and "m" fix the scale and drop currency and unit (table columns); "table" does so with parentheses for
        negatives; "plain" drops the currency; "precise" keeps two decimals of a percentage.
        """
        if not fact.known:
            return translated(NOT_MEANINGFUL if fact.not_meaningful else NOT_AVAILABLE)
        if isinstance(fact.value, str):
            return fact.value
        if isinstance(fact.value, date):
            return day_in_words(fact.value)
        if fact.value is None:
            return self._range(fact, style)
        return self._number(fact, float(fact.value), style)

    def _range(self, fact: Fact, style: Style) -> str:
        """Return "US$66–72bn": one currency, one scale; a range that reaches below zero in two full figures."""
        low, high = fact.low or 0.0, fact.high
        if high is None:
            return self._number(fact, low, style)
        if low < 0:
            ends = self._number(fact, low, style), self._number(fact, high, style)
            return phrase("{low} to {high}", low=ends[0], high=ends[1])
        first, _ = self._parts(fact, low, style=style, among=(low, high))
        last, tail = self._parts(fact, high, style=style, among=(low, high))
        return self._marked(fact, f"{first}–{last}{tail}", style)

    def _marked(self, fact: Fact, amount: str, style: Style) -> str:
        """Return an amount with its currency, where the unit has one and the style keeps it."""
        if fact.unit not in (Unit.MONEY, *PER_SECURITY) or style in ("bn", "m", "plain", "table"):
            return amount
        if self.language == ENGLISH:
            return f"{self.symbol(fact.currency)}{amount}"
        mark = self.symbol(fact.currency).strip(NO_BREAK)
        return phrase("{mark}{amount}", mark=mark, amount=amount) if mark else amount

    def symbol(self, currency: str | None) -> str:
        """Return the mark before an amount: "US$", or "RMB" with a no-break space."""
        if not currency:
            return ""
        mark = translated(self.symbols[currency]) if currency in self.symbols else currency
        return mark + NO_BREAK if mark[-1].isalpha() else mark

    def _number(self, fact: Fact, value: float, style: Style) -> str:
        body, tail = self._parts(fact, abs(value), style=style, among=(abs(value),))
        amount = self._marked(fact, f"{body}{tail}", style)
        zero = not any(c in "123456789" for c in body)
        if style == "table" and value < 0 and not zero:
            return f"({amount})"
        negative = value < 0 and not zero and style != "abs"
        sign = MINUS if negative else "+" if style == "signed" and not zero else ""
        return f"{sign}{amount}"

    def _parts(self, fact: Fact, value: float, *, style: Style, among: tuple[float, ...]) -> tuple[str, str]:
        """Return the digits of a value without sign, and what stands after them.

        `among` are the values that share scale and decimals: both ends of a range, else the value alone.
        """
        if fact.unit is Unit.FRACTION:
            return self._decimals(value * 100, _percent_places(fact, style, among)), numerals(self.language).percent
        if fact.unit is Unit.MONEY:
            return self._scaled(value, style, among=among, stated=fact.stated)
        if fact.unit is Unit.SHARES:
            return self._count(value, style)
        scaled = value * 100 if fact.unit is Unit.POINTS else value
        tail = "×" if fact.unit is Unit.MULTIPLE else ""
        return self._decimals(scaled, _places(fact, style, among)), tail

    def _count(self, value: float, style: Style) -> tuple[str, str]:
        """Return a number of shares in millions, or in the unit next to that of the language."""
        if self.language == ENGLISH or style in ("m", "plain"):
            return self._decimals(value / 1e6, 0), "" if style in ("m", "plain") else "m"
        scale, word = next(each for each in numerals(self.language).scales if each[0] <= 1e8)
        return self._decimals(value / scale, 2 if scale > 1e6 else 0), word

    def _scaled(self, value: float, style: Style, *, among: tuple[float, ...], stated: bool) -> tuple[str, str]:
        """Return an amount in the large units of the language: billions or millions, or what it has instead.

        The largest unit serves only from twice its size on, so that neighbours match.
        """
        marks, largest = numerals(self.language), max(among)
        if style in ("bn", "table"):
            return self._decimals(value / marks.table, 1), ""
        if style == "m":
            return self._decimals(value / 1e6, 0), ""
        top = marks.scales[0][0]
        for scale, word in marks.scales:
            if largest >= (2 * scale if scale == top else scale) or (style == "plain" and scale == marks.table):
                places = 2 if scale == top else 1 if scale == marks.table else 0
                whole = style == "whole" or (stated and all(v % scale == 0 for v in among))
                return self._decimals(value / scale, 0 if whole and scale == marks.table else places), word
        return self._decimals(value, 0), ""

    def _decimals(self, value: float, places: int) -> str:
        return decimal(value, places, self.language)


def _places(fact: Fact, style: Style, among: tuple[float, ...]) -> int:
    """Return the decimals of a unit; "whole" drops them, a round stated price of three digits needs none."""
    if style == "whole" or fact.unit is Unit.COUNT:
        return 0
    if fact.unit is Unit.INDEX:
        return 1 if style == "precise" else 0
    if fact.unit is Unit.MULTIPLE:
        return 2 if round(max(among), 2) < 10 else 1
    round_price = fact.unit in PER_SECURITY and fact.stated and all(v >= 100 and v == int(v) for v in among)
    return 0 if round_price else PLACES.get(fact.unit, 2)


def _percent_places(fact: Fact, style: Style, among: tuple[float, ...]) -> int:
    """Return the decimals of a percentage: one, or none for a round one that a source printed so."""
    if style == "whole":
        return 0
    if style == "precise":
        return 2
    round_ones = all(abs(v * 100 - round(v * 100)) < 1e-9 for v in among)
    return 0 if fact.stated and round_ones and style != "table" else 1
