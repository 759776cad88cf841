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
        "bn" and "m" fix the scale and drop currency and unit (table columns); "table" uses parentheses for negatives;
        "plain" drops currency and unit; "precise" keeps two decimals of a percentage.
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
        low, high = fact.low or 0.0, fact.high or 0.0
        first, last = self._number(fact, low, "plain"), self._number(fact, high, style)
        scale = "bn" if fact.unit is Unit.MONEY and style not in ("bn", "m") else ""
        head = self.symbol(fact.currency) if fact.unit is Unit.MONEY and style not in ("bn", "m", "plain") else ""
        bare = last.removeprefix(head)
        return f"{head}{first.removesuffix(scale)}–{bare}"

    def symbol(self, currency: str | None) -> str:
        """Return the mark before an amount: "US$", or "RMB" with a no-break space."""
        if not currency:
            return ""
        mark = self.symbols.get(currency, currency)
        return mark + NO_BREAK if mark[-1].isalpha() else mark

    def _number(self, fact: Fact, value: float, style: Style) -> str:
        body, tail = _parts(fact, abs(value), style)
        head = ""
        if fact.unit in (Unit.MONEY, *PER_SECURITY) and style not in ("bn", "m", "plain", "table"):
            head = self.symbol(fact.currency)
        zero = not any(c in "123456789" for c in body)
        if style == "table" and value < 0 and not zero:
            return f"({head}{body}{tail})"
        negative = value < 0 and not zero and style != "abs"
        sign = MINUS if negative else "+" if style == "signed" and not zero else ""
        return f"{sign}{head}{body}{tail}"


def _parts(fact: Fact, value: float, style: Style) -> tuple[str, str]:
    """Return the digits of a value without sign, and what stands after them."""
    if fact.unit is Unit.FRACTION:
        return _decimals(value * 100, _percent_places(fact, style)), "%"
    if fact.unit is Unit.MONEY:
        return _scaled(fact, value, style)
    if fact.unit is Unit.SHARES:
        return _decimals(value / 1e6, 0), "" if style in ("m", "plain") else "m"
    scaled = value * 100 if fact.unit is Unit.POINTS else value
    return _decimals(scaled, _places(fact, value, style)), "×" if fact.unit is Unit.MULTIPLE else ""


def _places(fact: Fact, value: float, style: Style) -> int:
    """Return the decimals of a unit; "whole" drops them, a round stated price of three digits needs none."""
    if style == "whole" or fact.unit is Unit.COUNT:
        return 0
    if fact.unit is Unit.INDEX:
        return 1 if style == "precise" else 0
    if fact.unit is Unit.MULTIPLE:
        return 2 if value < 10 else 1
    round_price = fact.unit in PER_SECURITY and fact.stated and value >= 100 and value == int(value)
    return 0 if round_price else PLACES.get(fact.unit, 2)


def _percent_places(fact: Fact, style: Style) -> int:
    if style == "whole":
        return 0
    if style == "precise":
        return 2
    percent = (fact.number or 0.0) * 100
    return 0 if fact.stated and abs(percent - round(percent)) < 1e-9 and style != "table" else 1


def _scaled(fact: Fact, value: float, style: Style) -> tuple[str, str]:
    """Return an amount in billions or millions; trillions only from two trillion on, so that neighbours match."""
    if style in ("bn", "table"):
        return _decimals(value / 1e9, 1), ""
    if style == "m":
        return _decimals(value / 1e6, 0), ""
    if value >= 2e12:
        return _decimals(value / 1e12, 2), "tn"
    if value >= 1e9 or style == "plain":
        whole = style == "whole" or (fact.stated and value % 1e9 == 0)
        return _decimals(value / 1e9, 0 if whole else 1), "bn"
    if value >= 1e6:
        return _decimals(value / 1e6, 0), "m"
    return _decimals(value, 0), ""


def _decimals(value: float, places: int) -> str:
    return f"{value:,.{places}f}"
