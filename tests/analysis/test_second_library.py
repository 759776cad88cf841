"""Returns and risk on recorded prices, against two independent libraries: empyrical-reloaded and ffn."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import empyrical
import ffn
import pandas as pd
import pytest

from generator.analysis import returns, risk

SEEDS = Path(__file__).parents[2] / "seeds"
SYMBOLS = ("AAPL", "AMZN", "BABA", "BIDU", "GOOGL", "JD", "MSFT", "NVDA", "PDD", "QQQ", "SPY")
PAYERS = ("AAPL", "BABA", "MSFT")


def read(folder: str, symbol: str, *, day: str, value: str) -> pd.Series[float]:
    table = pd.read_csv(SEEDS / folder / f"{symbol}.csv", parse_dates=[day])
    return pd.Series(table[value].to_numpy(dtype=float), index=pd.DatetimeIndex(table[day]))


def closes(symbol: str) -> pd.Series[float]:
    return read("prices", symbol, day="date", value="close")


@pytest.fixture(params=SYMBOLS)
def prices(request: pytest.FixtureRequest) -> pd.Series[float]:
    return closes(request.param)


@pytest.fixture
def daily(prices: pd.Series[float]) -> pd.Series[float]:
    return returns.daily_returns(prices)


def test_daily_returns(prices: pd.Series[float], daily: pd.Series[float]) -> None:
    """The daily returns are empyrical's simple returns and ffn's."""
    assert daily.tolist() == pytest.approx(empyrical.simple_returns(prices).tolist(), abs=1e-12)
    assert daily.tolist() == pytest.approx(ffn.to_returns(prices).dropna().tolist(), abs=1e-12)


def test_price_change(prices: pd.Series[float], daily: pd.Series[float]) -> None:
    """The change over the whole history is the compounded return of both libraries."""
    first, last = prices.index[0].date(), prices.index[-1].date()
    change = returns.price_change(prices, start=first, end=last)
    assert change == pytest.approx(float(empyrical.cum_returns_final(daily)))
    assert change == pytest.approx(float(ffn.calc_total_return(prices)))


def test_annualised_return(prices: pd.Series[float]) -> None:
    """The yearly rate is ffn's CAGR, which counts years of 365.25 days too."""
    first, last = prices.index[0].date(), prices.index[-1].date()
    expected = float(ffn.calc_cagr(prices))
    assert returns.annualised_return(prices, start=first, end=last) == pytest.approx(expected)


def test_rebased(prices: pd.Series[float]) -> None:
    """The line from 100 is ffn's."""
    line = returns.rebased(prices, start=prices.index[0].date())
    assert line is not None
    assert line.tolist() == pytest.approx(ffn.rebase(prices, 100).tolist())


@pytest.mark.parametrize("symbol", PAYERS)
def test_total_return(symbol: str) -> None:
    """The total return is empyrical's compounding of (close + dividend) / previous close - 1."""
    prices = closes(symbol)
    dividends = read("dividends", symbol, day="ex_date", value="amount")
    inside = dividends[(dividends.index > prices.index[0]) & (dividends.index <= prices.index[-1])]
    cash = inside.reindex(prices.index, fill_value=0.0)
    assert cash.sum() == pytest.approx(inside.sum())
    steps = ((prices + cash) / prices.shift(1) - 1).dropna()
    first, last = prices.index[0].date(), prices.index[-1].date()
    result = returns.total_return(prices, dividends, start=first, end=last)
    assert result == pytest.approx(float(empyrical.cum_returns_final(steps)))


def test_volatility(daily: pd.Series[float]) -> None:
    """Volatility and downside volatility are empyrical's."""
    assert risk.volatility(daily) == pytest.approx(float(empyrical.annual_volatility(daily)))
    assert risk.downside_volatility(daily) == pytest.approx(float(empyrical.downside_risk(daily)))


def test_sharpe(daily: pd.Series[float]) -> None:
    """The Sharpe ratio is empyrical's, which wants the risk-free rate by the day."""
    expected = float(empyrical.sharpe_ratio(daily, risk_free=0.03 / 252))
    assert risk.sharpe(daily, risk_free=0.03) == pytest.approx(expected)


def test_beta_and_correlation(daily: pd.Series[float]) -> None:
    """Beta to the S&P 500 fund is empyrical's, and the correlation is the root of what beta both ways leaves."""
    market = returns.daily_returns(closes("SPY"))
    forth, back = float(empyrical.beta(daily, market)), float(empyrical.beta(market, daily))
    assert risk.beta(daily, market) == pytest.approx(forth)
    assert risk.correlation(daily, market) == pytest.approx((forth * back) ** 0.5)


def test_drawdown(prices: pd.Series[float], daily: pd.Series[float]) -> None:
    """The line is ffn's, the deepest point both libraries', and its days empyrical's."""
    found = risk.max_drawdown(prices)
    assert found is not None
    assert risk.drawdown(prices).tolist() == pytest.approx(ffn.to_drawdown_series(prices).tolist())
    assert found.depth == pytest.approx(float(empyrical.max_drawdown(daily)))
    assert found.depth == pytest.approx(float(ffn.calc_max_drawdown(prices)))
    assert risk.current_drawdown(prices) == pytest.approx(float(ffn.to_drawdown_series(prices).iloc[-1]))


def test_value_at_risk(daily: pd.Series[float]) -> None:
    """The historical value at risk is empyrical's at both usual levels."""
    assert risk.value_at_risk(daily) == pytest.approx(float(empyrical.value_at_risk(daily, cutoff=0.05)))
    expected = float(empyrical.value_at_risk(daily, cutoff=0.01))
    assert risk.value_at_risk(daily, confidence=0.99) == pytest.approx(expected)


def test_alibaba_on_the_recorded_closes() -> None:
    """The closes of 31 December 2024 and 2 October 2025 are 84.79 and 189.34, a rise of 123.3%."""
    prices, end = closes("BABA"), date(2025, 10, 2)
    start = returns.window_start(end, "ytd")
    assert returns.close_on_or_before(prices, start) == (date(2024, 12, 31), 84.79)
    assert returns.close_on_or_before(prices, end) == (end, 189.34)
    assert returns.price_change(prices, start=start, end=end) == pytest.approx(1.233, abs=0.0005)
