"""Risk, against numbers worked by hand on invented prices."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.analysis.outcome import NotMeaningful
from generator.analysis.risk import (
    beta,
    correlation,
    current_drawdown,
    downside_volatility,
    drawdown,
    max_drawdown,
    sharpe,
    value_at_risk,
    volatility,
)

CLOSES = st.lists(st.floats(0.5, 5000), min_size=2, max_size=40)
SHARES = st.lists(st.floats(-0.5, 0.5).map(lambda share: round(share, 6)), min_size=3, max_size=40)


def run_of(values: list[float], first: str = "2025-01-01") -> pd.Series[float]:
    return pd.Series(values, index=pd.date_range(first, periods=len(values)), dtype=float)


SWING = run_of([0.10, -0.10, 0.10])
HILLS = run_of([100.0, 120.0, 90.0, 120.0, 84.0, 105.0])
ONE_RETURN = run_of([0.1])
EMPTY = run_of([])


def test_volatility_by_hand() -> None:
    """Deviations 0.0667, -0.1333, 0.0667: variance 0.026667 / 2, times 252 = 3.36, whose root is 1.83303."""
    assert volatility(SWING) == pytest.approx(1.833030, abs=1e-6)


def test_volatility_of_weekly_returns() -> None:
    """The same variance over 52 weeks: 0.0133333 x 52 = 0.693333, whose root is 0.832666."""
    assert volatility(SWING, sessions_per_year=52) == pytest.approx(0.832666, abs=1e-6)


def test_downside_volatility_by_hand() -> None:
    """Only -0.10 counts: 0.01 / 3 x 252 = 0.84, whose root is 0.916515."""
    assert downside_volatility(SWING) == pytest.approx(0.916515, abs=1e-6)


def test_beta_and_correlation_by_hand() -> None:
    """Benchmark 2%, 0, 1% has variance 0.0001 and covariance 0.001: beta 10, correlation 0.001 / (0.11547 x 0.01)."""
    benchmark = run_of([0.02, 0.0, 0.01])
    assert beta(SWING, benchmark) == pytest.approx(10.0)
    assert correlation(SWING, benchmark) == pytest.approx(0.866025, abs=1e-6)


def test_beta_uses_common_days_only() -> None:
    """A benchmark day that the share did not trade on changes nothing."""
    benchmark = run_of([9.9, 0.02, 0.0, 0.01], first="2024-12-31")
    assert beta(SWING, benchmark) == pytest.approx(10.0)
    assert correlation(SWING, benchmark) == pytest.approx(0.866025, abs=1e-6)


def test_beta_without_two_common_days_is_unknown() -> None:
    """One common day has no covariance."""
    later = run_of([0.02, 0.0, 0.01], first="2025-01-03")
    assert beta(SWING, later) is None
    assert correlation(SWING, later) is None


def test_beta_to_a_motionless_benchmark_is_not_meaningful() -> None:
    """A benchmark that never moved explains nothing, even where rounding leaves a trace of variance."""
    still = run_of([0.1, 0.1, 0.1])
    with pytest.raises(NotMeaningful, match="did not move"):
        beta(SWING, still)
    with pytest.raises(NotMeaningful, match="did not move"):
        correlation(still, SWING)
    with pytest.raises(NotMeaningful, match="did not move"):
        correlation(SWING, still)


def test_drawdown_by_hand() -> None:
    """From the high of 120: 90 / 120 - 1 = -25%, 84 / 120 - 1 = -30%, 105 / 120 - 1 = -12.5%."""
    assert drawdown(HILLS).tolist() == pytest.approx([0.0, 0.0, -0.25, 0.0, -0.30, -0.125])


def test_max_drawdown_by_hand() -> None:
    """The fall of 30% begins on the last of the two days at 120."""
    depth, peak_day, trough_day = max_drawdown(HILLS) or (None, None, None)
    assert depth == pytest.approx(-0.30)
    assert (peak_day, trough_day) == (date(2025, 1, 4), date(2025, 1, 5))


def test_rising_prices_have_no_drawdown() -> None:
    """A line that only rises has depth zero, with peak and trough on one day."""
    depth, peak_day, trough_day = max_drawdown(run_of([1.0, 2.0, 3.0])) or (None, None, None)
    assert depth == 0.0
    assert peak_day == trough_day


def test_current_drawdown_by_hand() -> None:
    """The last close of 105 lies 12.5% below 120."""
    assert current_drawdown(HILLS) == pytest.approx(-0.125)


def test_value_at_risk_by_hand() -> None:
    """Of -10%, -9% ... +9% the 5% point lies 0.05 x 19 = 0.95 steps above the lowest: -9.05%."""
    assert value_at_risk(run_of([-0.10 + 0.01 * step for step in range(20)])) == pytest.approx(-0.0905)


def test_value_at_risk_needs_twenty_returns() -> None:
    """Nineteen returns do not fill a tail of 5% once, and 99 not one of 1%."""
    assert value_at_risk(run_of([0.01] * 19)) is None
    assert value_at_risk(run_of([0.01] * 99), confidence=0.99) is None
    assert value_at_risk(run_of([0.01] * 100), confidence=0.99) == pytest.approx(0.01)


def test_sharpe_by_hand() -> None:
    """0.033333 / 0.115470 x root 252 = root 21 = 4.58258; 25.2% a year is 0.1% a session and leaves 97% of it."""
    assert sharpe(SWING) == pytest.approx(4.582576, abs=1e-6)
    assert sharpe(SWING, risk_free=0.252) == pytest.approx(4.445098, abs=1e-6)


def test_sharpe_of_a_flat_price_is_not_meaningful() -> None:
    """Without variation there is nothing to divide by."""
    with pytest.raises(NotMeaningful, match="did not vary"):
        sharpe(run_of([0.1, 0.1, 0.1]))


def test_sharpe_without_a_risk_free_rate_is_unknown() -> None:
    """An unknown rate is not zero."""
    assert sharpe(SWING, risk_free=None) is None


def test_two_returns_are_enough() -> None:
    """0.1 and -0.1 have variance 0.02, times 252 = 5.04, root 2.244994; downside 0.005 x 252 = 1.26, root 1.122497."""
    pair, benchmark = run_of([0.1, -0.1]), run_of([0.05, -0.05])
    assert volatility(pair) == pytest.approx(2.244994, abs=1e-6)
    assert downside_volatility(pair) == pytest.approx(1.122497, abs=1e-6)
    assert sharpe(pair) == pytest.approx(0.0)
    assert beta(pair, benchmark) == pytest.approx(2.0)
    assert correlation(pair, benchmark) == pytest.approx(1.0)


def test_too_little_history_is_unknown() -> None:
    """One return has no spread, no return no drawdown."""
    assert volatility(ONE_RETURN) is None
    assert downside_volatility(ONE_RETURN) is None
    assert sharpe(ONE_RETURN) is None
    assert max_drawdown(EMPTY) is None
    assert current_drawdown(EMPTY) is None
    assert value_at_risk(EMPTY) is None
    assert beta(EMPTY, EMPTY) is None


@given(CLOSES)
@settings(deadline=None)
def test_drawdown_lies_between_total_loss_and_zero(values: list[float]) -> None:
    """No close lies above the highest so far, and the deepest point is the one reported."""
    prices = run_of(values)
    depths, found = drawdown(prices), max_drawdown(prices)
    assert found is not None
    assert -1 < depths.min() == found.depth <= 0
    assert found.peak_day <= found.trough_day
    fall = prices.loc[str(found.trough_day)] / prices.loc[str(found.peak_day)] - 1
    assert fall == pytest.approx(found.depth)


@given(SHARES)
@settings(deadline=None)
def test_beta_to_itself_is_one(values: list[float]) -> None:
    """A series explains itself wholly."""
    assume(len(set(values)) > 1)
    returns = run_of(values)
    assert beta(returns, returns) == pytest.approx(1.0)
    assert correlation(returns, returns) == pytest.approx(1.0)
    assert correlation(returns, -returns) == pytest.approx(-1.0)


@given(SHARES, st.floats(0.1, 10))
@settings(deadline=None)
def test_risk_scales_with_leverage(values: list[float], leverage: float) -> None:
    """Twice the returns are twice the volatility and the same Sharpe ratio."""
    assume(len(set(values)) > 1)
    returns = run_of(values)
    assert volatility(returns * leverage) == pytest.approx(leverage * (volatility(returns) or 0))
    assert downside_volatility(returns * leverage) == pytest.approx(leverage * (downside_volatility(returns) or 0))
    assert sharpe(returns * leverage) == pytest.approx(sharpe(returns), abs=1e-9)
