"""Rates: the pair, the pair turned round, or two pairs against the dollar; and what is said where there is none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from generator.sources.outcome import NotThereError, ThrottledError
from generator.sources.yahoo.rates import Rates, Remembered

LONDON = ZoneInfo("Europe/London")
UNTIL = date(2025, 2, 24)


class Asked:
    """Stands for the asking: the charts of some pairs."""

    def __init__(self, rates: Mapping[str, float | Exception], day: date = date(2025, 2, 21)) -> None:
        self.rates, self.day = rates, day
        self.asked: list[str] = []

    def chart(self, symbol: str, until: date) -> dict[str, Any]:
        """Return a chart of one day."""
        self.asked.append(symbol)
        assert until == UNTIL
        rate = self.rates.get(symbol, NotThereError("delisted"))
        if isinstance(rate, Exception):
            raise rate
        stamp = int(datetime(self.day.year, self.day.month, self.day.day, tzinfo=LONDON).timestamp())
        meta = {"currency": "XXX", "symbol": symbol, "exchangeTimezoneName": "Europe/London"}
        return {"meta": meta, "timestamp": [stamp], "indicators": {"quote": [{"close": [rate]}]}}


def rates(asked: Asked, base: str, remembered: Remembered | None = None) -> Rates:
    return Rates(
        asking=asked,  # type: ignore[arg-type]
        remembered=remembered or Remembered(), ticker="X", base=base, until=UNTIL,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("base", "currency", "known", "rate"),
    [
        ("USD", "CNY", {"CNY=X": 7.25}, 7.25),
        ("GBP", "USD", {"GBPUSD=X": 1.25}, 1.25),
        ("USD", "EUR", {"EURUSD=X": 1.25}, 0.8),
        ("ZAR", "USD", {"ZAR=X": 20.0}, 0.05),
        ("HKD", "CNY", {"HKD=X": 7.8, "CNY=X": 7.25}, 7.25 / 7.8),
        ("TRY", "TRY", {}, 1.0),
    ],
)
def test_units_per_one_of_the_price_currency(base: str, currency: str, known: dict[str, float], rate: float) -> None:
    found = rates(Asked(known), base)
    assert found.latest(currency) == pytest.approx(rate)
    assert found.notes == []
    line = found.lines.get(currency)
    assert base == currency or (line is not None and line.days == (date(2025, 2, 21),))


def test_a_missing_rate_is_told_from_one_that_failed() -> None:
    none = rates(Asked({}), "USD")
    assert none.latest("CNY") is None
    assert none.notes == ["Yahoo Finance has no exchange rate of CNY per USD"]
    failed = rates(Asked({"CNY=X": ThrottledError("answered 429 (too many requests)")}), "USD")
    assert failed.latest("CNY") is None
    assert failed.notes == [
        "the exchange rate of CNY per USD is missing: Yahoo Finance answered 429 (too many requests)"
    ]


def test_an_old_rate_says_its_day() -> None:
    found = rates(Asked({"CNY=X": 7.25}, day=date(2025, 2, 3)), "USD")
    assert found.latest("CNY") == 7.25
    assert found.notes == ["the exchange rate of CNY per USD is of 3\u00a0February 2025; Yahoo Finance has none since"]


def test_peers_share_what_was_asked() -> None:
    asked, remembered = Asked({"CNY=X": 7.25}), Remembered()
    assert [rates(asked, "USD", remembered).latest("CNY") for _ in range(3)] == [7.25] * 3
    assert asked.asked == ["CNY=X"]
