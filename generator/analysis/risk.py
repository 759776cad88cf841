"""Risk of a price series. `returns` are daily shares (see `returns.daily_returns`)."""

from __future__ import annotations

import math
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from generator.analysis.outcome import NotMeaningful, finite
from generator.language import phrase

SESSIONS_PER_YEAR = 252

FEWEST_RETURNS = 2
"""Below which there is no spread to speak of."""


class Drawdown(NamedTuple):
    """The deepest fall: `depth` is a share (-0.35), zero with `peak_day` equal to `trough_day` when none was."""

    depth: float
    peak_day: date
    trough_day: date


def _flat(values: pd.Series[float]) -> bool:
    return bool(values.max() == values.min())


def volatility(returns: pd.Series[float], *, sessions_per_year: int = SESSIONS_PER_YEAR) -> float | None:
    """Return the annualised sample standard deviation: std(n - 1) x sqrt(sessions); None below two returns."""
    if len(returns) < FEWEST_RETURNS:
        return None
    return finite(float(returns.std(ddof=1)) * math.sqrt(sessions_per_year))


def downside_volatility(returns: pd.Series[float], *, sessions_per_year: int = SESSIONS_PER_YEAR) -> float | None:
    """Return the annualised root mean square of the negative returns, gains counting as zero (Sortino, target zero).

    None below two returns.
    """
    if len(returns) < FEWEST_RETURNS:
        return None
    return finite(math.sqrt(float((returns.clip(upper=0.0) ** 2).mean()) * sessions_per_year))


def _aligned(a: pd.Series[float], b: pd.Series[float]) -> tuple[pd.Series[float], pd.Series[float]] | None:
    days = a.dropna().index.intersection(b.dropna().index)
    return (a.loc[days], b.loc[days]) if len(days) >= FEWEST_RETURNS else None


def beta(returns: pd.Series[float], benchmark_returns: pd.Series[float]) -> float | None:
    """Return cov(returns, benchmark) / var(benchmark) over the days both have; None below two such days."""
    pair = _aligned(returns, benchmark_returns)
    if pair is None:
        return None
    if _flat(pair[1]):
        raise NotMeaningful(phrase("the benchmark did not move"))
    return finite(pair[0].cov(pair[1]) / pair[1].var(ddof=1))


def correlation(a: pd.Series[float], b: pd.Series[float]) -> float | None:
    """Return Pearson's coefficient over the days both series have; None below two such days."""
    pair = _aligned(a, b)
    if pair is None:
        return None
    if _flat(pair[0]) or _flat(pair[1]):
        raise NotMeaningful(phrase("one of the series did not move"))
    return finite(pair[0].corr(pair[1]))


def drawdown(prices: pd.Series[float]) -> pd.Series[float]:
    """Return the share each close lies below the highest close so far: close / running maximum - 1."""
    return prices / prices.cummax() - 1


def max_drawdown(prices: pd.Series[float]) -> Drawdown | None:
    """Return the deepest fall from a peak, the last day at that peak, and the first day at the trough.

    None for an empty series.
    """
    if prices.empty:
        return None
    depths = drawdown(prices)
    trough = int(np.argmin(depths))
    peak = int(np.flatnonzero(depths.iloc[: trough + 1] == 0)[-1])
    days = pd.DatetimeIndex(prices.index)
    return Drawdown(float(depths.iloc[trough]), days[peak].date(), days[trough].date())


def current_drawdown(prices: pd.Series[float]) -> float | None:
    """Return how far the last close lies below the highest one (-0.35, zero at a high); None for an empty series."""
    return None if prices.empty else finite(drawdown(prices).iloc[-1])


def value_at_risk(returns: pd.Series[float], *, confidence: float = 0.95) -> float | None:
    """Return the daily return that was undercut on 1 - `confidence` of the days; a loss is negative.

    Historical method, linear between observations (numpy percentile). None with too few returns to fill the tail
    once: 20 at 95%.
    """
    if len(returns) < round(1 / (1 - confidence)):
        return None
    return finite(np.percentile(returns, 100 * (1 - confidence)))


def sharpe(
    returns: pd.Series[float], *, risk_free: float | None = 0.0, sessions_per_year: int = SESSIONS_PER_YEAR
) -> float | None:
    """Return mean excess return over its sample standard deviation, times sqrt(sessions) (Sharpe 1994).

    `risk_free` is a share a year, spread evenly over the sessions. None below two returns.
    """
    if risk_free is None or len(returns) < FEWEST_RETURNS:
        return None
    if _flat(returns):
        raise NotMeaningful(phrase("the price did not vary"))
    excess = returns - risk_free / sessions_per_year
    return finite(excess.mean() / excess.std(ddof=1) * math.sqrt(sessions_per_year))
