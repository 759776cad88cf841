"""Returns of a price series.

A price series is ascending, one close a session, stamped at midnight without time zone, without gaps inside.
Prices and dividends stand in one currency and on one split basis.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from generator.analysis.growth import cagr
from generator.analysis.outcome import finite, quotient
from generator.language import msgid

Window = Literal["1w", "1m", "3m", "6m", "ytd", "1y", "3y", "5y"]

LONGEST_CLOSURE = 7
"""Days after which a last close no longer speaks for a day; long holidays (Golden Week) stay within it or are told."""

DAYS_PER_YEAR = 365.25

_MONTHS = {"1m": 1, "3m": 3, "6m": 6, "1y": 12, "3y": 36, "5y": 60}


def close_on_or_before(prices: pd.Series[float], day: date) -> tuple[date, float] | None:
    """Return the last session up to `day` and its close; None when the series begins later."""
    if prices.empty:
        return None
    position = int(prices.index.searchsorted(pd.Timestamp(day), side="right")) - 1
    price = finite(prices.iloc[position]) if position >= 0 else None
    return None if price is None else (pd.Timestamp(prices.index[position]).date(), price)


def _fresh_close(prices: pd.Series[float], day: date) -> float | None:
    found = close_on_or_before(prices, day)
    return None if found is None or (day - found[0]).days > LONGEST_CLOSURE else found[1]


def price_change(prices: pd.Series[float], *, start: date, end: date) -> float | None:
    """Return the share by which the close moved: close(end) / close(start) - 1.

    Each is the last close on or before its day; None when either is missing or more than seven days old.
    """
    base, last = _fresh_close(prices, start), _fresh_close(prices, end)
    ratio = quotient(last, base, divisor_is=msgid("the base price is {sign}"))
    return None if ratio is None else ratio - 1


def window_start(end: date, window: Window) -> date:
    """Return the day whose close is the base of a window ending on `end`.

    Months are calendar months clamped to the month's end (31 May less 3m is 28 February); ytd is 31 December before.
    """
    if window == "ytd":
        return date(end.year - 1, 12, 31)
    if window == "1w":
        return (pd.Timestamp(end) - pd.Timedelta(days=7)).date()
    return (pd.Timestamp(end) - pd.DateOffset(months=_MONTHS[window])).date()


def total_return_index(prices: pd.Series[float], dividends: pd.Series[float]) -> pd.Series[float]:
    """Return the value of one share with every dividend reinvested at the close of its ex-date.

    index = close x product of (1 + dividend / close at ex-date), beginning at the first close; the daily step is the
    textbook holding-period return (close + dividend) / previous close - 1. An ex-date without a session counts on the
    next one; one on or before the first session is in the first close already.
    """
    if prices.empty or dividends.empty:
        return prices.copy()
    sessions = prices.index.searchsorted(dividends.index)
    inside = (sessions > 0) & (sessions < len(prices))
    cash = np.zeros(len(prices))
    np.add.at(cash, sessions[inside], dividends.to_numpy(dtype=float)[inside])
    factors = np.cumprod(1 + cash / prices.to_numpy(dtype=float))
    return prices * pd.Series(factors, index=prices.index)


def total_return(prices: pd.Series[float], dividends: pd.Series[float], *, start: date, end: date) -> float | None:
    """Return the change of the total return index; bases and None as in `price_change`.

    Counts the dividends with an ex-date after the base session and up to the last one.
    """
    return price_change(total_return_index(prices, dividends), start=start, end=end)


def rebased(prices: pd.Series[float], *, start: date, base: float = 100.0) -> pd.Series[float] | None:
    """Return the series from its base session on, scaled so that the base close is `base`.

    The base is the last close on or before `start`; None when it is missing or more than seven days old.
    """
    found = close_on_or_before(prices, start)
    factor = quotient(
        base,
        _fresh_close(prices, start),
        divisor_is=msgid("the base price is {sign}"),
    )
    return None if found is None or factor is None else prices.loc[pd.Timestamp(found[0]) :] * factor


def daily_returns(prices: pd.Series[float]) -> pd.Series[float]:
    """Return the share by which each close moved from the one before; the first session has none."""
    changes = prices / prices.shift(1) - 1
    return changes.replace(np.inf, np.nan).dropna()


def annualised_return(prices: pd.Series[float], *, start: date, end: date) -> float | None:
    """Return the yearly rate that compounds to the change (CAGR, actual days over 365.25).

    Not meaningful for a span under one year, which is not annualised (GIPS); None as in `price_change`.
    """
    change = price_change(prices, start=start, end=end)
    return None if change is None else cagr(1 + change, 1.0, years=(end - start).days / DAYS_PER_YEAR)
