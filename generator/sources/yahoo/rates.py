"""Rates: daily exchange rates, units per one of the price currency, straight or by way of the dollar."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from generator.language import day_in_words
from generator.model.fact import Unit
from generator.model.series import Series
from generator.sources.outcome import AskFailedError, NotThereError
from generator.sources.yahoo.asking import Asking
from generator.sources.yahoo.history import History, read_history
from generator.sources.yahoo.stating import PUBLISHER, page

BASE = "USD"

STALE = timedelta(days=7)

Line = tuple[tuple[date, float], ...]


class Remembered:
    """The histories of exchange rates that were asked for already; peers of one country need the same."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, date], History] = {}

    def history(self, asking: Asking, symbol: str, until: date) -> History:
        """Return the history of a rate up to a day."""
        key = (symbol, until)
        if key not in self._found:
            self._found[key] = read_history(asking.chart(symbol, until), until)
        return self._found[key]


@dataclass(slots=True, kw_only=True)
class Rates:
    """The exchange rates of one collection; `notes` say which could not be had."""

    asking: Asking
    remembered: Remembered
    ticker: str
    base: str
    until: date
    lines: dict[str, Series | None] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def latest(self, currency: str) -> float | None:
        """Return the last rate by the day, one for the price currency itself, None where it cannot be had."""
        if currency == self.base:
            return 1.0
        line = self.line(currency)
        return line.values[-1] if line is not None else None

    def line(self, currency: str) -> Series | None:
        """Return the daily rates of a currency."""
        if currency not in self.lines:
            self.lines[currency] = self._asked(currency)
        return self.lines[currency]

    def _asked(self, currency: str) -> Series | None:
        what = f"the exchange rate of {currency} per {self.base}"
        try:
            symbol, points = self._points(currency)
        except NotThereError:
            self.notes.append(f"{PUBLISHER} has no {what.removeprefix('the ')}")
            return None
        except AskFailedError as error:
            self.notes.append(f"{what} is missing: {PUBLISHER} {error.why}")
            return None
        if not points:
            self.notes.append(f"{PUBLISHER} has no {what.removeprefix('the ')} by {day_in_words(self.until)}")
            return None
        if self.until - points[-1][0] > STALE:
            self.notes.append(f"{what} is of {day_in_words(points[-1][0])}; {PUBLISHER} has none since")
        return self._series(currency, symbol, points)

    def _points(self, currency: str) -> tuple[str, Line]:
        """Return the rates by the pair itself, else by the pair the other way round, else by way of the dollar."""
        for symbol, turned in ((_pair(self.base, currency), False), (_pair(currency, self.base), True)):
            try:
                line = self._history(symbol)
            except NotThereError:
                continue
            return symbol, tuple((when, 1 / value) for when, value in line) if turned else line
        if BASE in (self.base, currency):
            raise NotThereError("no such pair")
        ours, theirs = dict(self._history(_pair(BASE, self.base))), self._history(_pair(BASE, currency))
        return _pair(BASE, currency), tuple((when, value / ours[when]) for when, value in theirs if when in ours)

    def _history(self, symbol: str) -> Line:
        history = self.remembered.history(self.asking, symbol, self.until)
        self.notes.extend(note for each in history.notes if (note := f"{symbol}: {each}") not in self.notes)
        return tuple(zip(history.days, history.closes, strict=True))

    def _series(self, currency: str, symbol: str, points: Line) -> Series:
        return Series(
            entity=self.ticker,
            metric=f"rate_{currency}",
            label=f"{currency} per {self.base}",
            days=tuple(when for when, _ in points),
            values=tuple(value for _, value in points),
            unit=Unit.RATE,
            currency=currency,
            sources=(page(symbol, "history", points[-1][0]),),
        )


def _pair(base: str, currency: str) -> str:
    """Return Yahoo's symbol for units of a currency per one of another: "CNY=X" for the dollar, else "GBPUSD=X"."""
    return f"{currency}=X" if base == BASE else f"{base}{currency}=X"
