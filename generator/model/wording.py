"""Wording: how the house writes a figure. Text, tables, charts and alt text all write through it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from generator.model.fact import PER_SECURITY, Fact, Unit
from generator.model.period import day_in_words

Style = Literal["", "signed", "whole", "table", "bn", "m", "plain", "abs", "precise"]

NO_BREAK = "\u00a0"
MINUS = "\u2212"
SYMBOLS = {"USD": "US$", "CNY": "RMB", "EUR": "€", "GBP": "£", "JPY": "¥", "HKD": "HK$"}
PLACES = {Unit.POINTS: 1, Unit.RATE: 4}
NOT_AVAILABLE = "n/a"
NOT_MEANINGFUL = "n/m"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The number format of one brief. `dollar` is how the US dollar is written ("$" when no other dollar is near)."""

    language: str = "en"
    symbols: dict[str, str] = field(default_factory=lambda: dict(SYMBOLS))

    def write(self, fact: Fact, style: Style = "") -> str:
        """Return the figure as the page prints it, "n/a" when it is not known, "n/m" when it has no meaning.

        Styles: "signed" puts a plus before gains; "whole" drops decimals; "abs" drops the sign (for "fell by ...");
        "bn" and "m" fix the scale and drop currency and unit (table columns); "table" does so with parentheses for
        negatives; "plain" drops the currency; "precise" keeps two decimals of a percentage.
        """
        if not fact.known:
            return NOT_MEANINGFUL if fact.not_meaningful else NOT_AVAILABLE
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
            return f"{self._number(fact, low, style)} to {self._number(fact, high, style)}"
        first, _ = _parts(fact, low, style=style, among=(low, high))
        last, tail = _parts(fact, high, style=style, among=(low, high))
        return f"{self._head(fact, style)}{first}–{last}{tail}"

    def _head(self, fact: Fact, style: Style) -> str:
        """Return the currency mark, where the unit has one and the style keeps it."""
        marked = fact.unit in (Unit.MONEY, *PER_SECURITY) and style not in ("bn", "m", "plain", "table")
        return self.symbol(fact.currency) if marked else ""

    def symbol(self, currency: str | None) -> str:
        """Return the mark before an amount: "US$", or "RMB" with a no-break space."""
        if not currency:
            return ""
        mark = self.symbols.get(currency, currency)
        return mark + NO_BREAK if mark[-1].isalpha() else mark

    def _number(self, fact: Fact, value: float, style: Style) -> str:
        body, tail = _parts(fact, abs(value), style=style, among=(abs(value),))
        head = self._head(fact, style)
        zero = not any(c in "123456789" for c in body)
        if style == "table" and value < 0 and not zero:
            return f"({head}{body}{tail})"
        negative = value < 0 and not zero and style != "abs"
        sign = MINUS if negative else "+" if style == "signed" and not zero else ""
        return f"{sign}{head}{body}{tail}"


def _parts(fact: Fact, value: float, *, style: Style, among: tuple[float, ...]) -> tuple[str, str]:
    """Return the digits of a value without sign, and what stands after them.

    `among` are the values that share scale and decimals: both ends of a range, else the value alone.
    """
    if fact.unit is Unit.FRACTION:
        return _decimals(value * 100, _percent_places(fact, style, among)), "%"
    if fact.unit is Unit.MONEY:
        return _scaled(value, style, among=among, stated=fact.stated)
    if fact.unit is Unit.SHARES:
        return _decimals(value / 1e6, 0), "" if style in ("m", "plain") else "m"
    scaled = value * 100 if fact.unit is Unit.POINTS else value
    return _decimals(scaled, _places(fact, style, among)), "×" if fact.unit is Unit.MULTIPLE else ""


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


def _scaled(value: float, style: Style, *, among: tuple[float, ...], stated: bool) -> tuple[str, str]:
    """Return an amount in billions or millions; trillions only from two trillion on, so that neighbours match."""
    largest = max(among)
    if style in ("bn", "table"):
        return _decimals(value / 1e9, 1), ""
    if style == "m":
        return _decimals(value / 1e6, 0), ""
    if largest >= 2e12:
        return _decimals(value / 1e12, 2), "tn"
    if largest >= 1e9 or style == "plain":
        whole = style == "whole" or (stated and all(v % 1e9 == 0 for v in among))
        return _decimals(value / 1e9, 0 if whole else 1), "bn"
    if largest >= 1e6:
        return _decimals(value / 1e6, 0), "m"
    return _decimals(value, 0), ""


def _decimals(value: float, places: int) -> str:
    return f"{value:,.{places}f}"
