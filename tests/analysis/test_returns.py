"""Returns, against numbers worked by hand; prices are invented unless named."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.analysis.outcome import NotMeaningful
from generator.analysis.returns import (
    Window,
    annualised_return,
    close_on_or_before,
    daily_returns,
    price_change,
    rebased,
    total_return,
    total_return_index,
    window_start,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_DIVIDENDS = pd.Series(0.0, index=pd.DatetimeIndex([]))
CLOSES = st.lists(st.floats(0.5, 5000), min_size=3, max_size=40)


def series(values: Mapping[str, float]) -> pd.Series[float]:
    return pd.Series(list(values.values()), index=pd.DatetimeIndex(list(values)), dtype=float)


def run_of(values: list[float]) -> pd.Series[float]:
    return pd.Series(values, index=pd.date_range("2025-01-01", periods=len(values)), dtype=float)


def span(prices: pd.Series[float]) -> tuple[date, date]:
    days = pd.DatetimeIndex(prices.index)
    return days[0].date(), days[-1].date()


WEEK = series({"2025-01-02": 100.0, "2025-01-03": 105.0, "2025-01-06": 110.0})
BABA = series({"2024-12-31": 84.79, "2025-06-12": 116.62, "2025-10-02": 189.34})


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 1, 1), None),
        (date(2025, 1, 2), (date(2025, 1, 2), 100.0)),
        (date(2025, 1, 5), (date(2025, 1, 3), 105.0)),
        (date(2025, 9, 9), (date(2025, 1, 6), 110.0)),
    ],
)
def test_close_on_or_before(day: date, expected: tuple[date, float] | None) -> None:
    """A Sunday takes Friday's close, and a day before the history takes none."""
    assert close_on_or_before(WEEK, day) == expected


def test_close_of_an_empty_series_is_unknown() -> None:
    """An empty history has no close on any day."""
    assert close_on_or_before(NO_DIVIDENDS, date(2025, 1, 2)) is None


def test_close_that_is_not_a_number_is_unknown() -> None:
    """A NaN that slipped into the history does not leave it."""
    assert close_on_or_before(series({"2025-01-02": float("nan")}), date(2025, 1, 2)) is None


def test_price_change_of_alibaba_in_2025() -> None:
    """189.34 / 84.79 = 2.23305, so the close rose by 123.3% from 31 Dec 2024 to 2 Oct 2025."""
    assert price_change(BABA, start=date(2024, 12, 31), end=date(2025, 10, 2)) == pytest.approx(1.233046, abs=1e-6)


def test_price_change_over_a_weekend() -> None:
    """Sunday's base is Friday's 105, so 110 / 105 - 1 = 4.7619%."""
    assert price_change(WEEK, start=date(2025, 1, 5), end=date(2025, 1, 6)) == pytest.approx(0.047619, abs=1e-6)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2025, 1, 1), date(2025, 1, 6)),  # the history begins a day after the start
        (date(2025, 1, 2), date(2025, 1, 14)),  # the last close is eight days old
        (date(2025, 1, 14), date(2025, 1, 14)),  # so is the base
    ],
)
def test_price_change_without_a_fresh_close_is_unknown(start: date, end: date) -> None:
    """A close missing, or more than seven days old, at either end makes the change unknown."""
    assert price_change(WEEK, start=start, end=end) is None


def test_a_close_seven_days_old_still_counts() -> None:
    """13 January lies seven days after the last close of 110, so 110 / 100 - 1 = 10%."""
    assert price_change(WEEK, start=date(2025, 1, 2), end=date(2025, 1, 13)) == pytest.approx(0.10)


def test_price_change_from_zero_is_not_meaningful() -> None:
    """A price of zero is no base."""
    with pytest.raises(NotMeaningful, match="base price is zero"):
        price_change(run_of([0.0, 5.0]), start=date(2025, 1, 1), end=date(2025, 1, 2))


@pytest.mark.parametrize(
    ("end", "window", "expected"),
    [
        (date(2025, 10, 2), "1w", date(2025, 9, 25)),
        (date(2025, 3, 31), "1m", date(2025, 2, 28)),
        (date(2024, 3, 31), "1m", date(2024, 2, 29)),
        (date(2025, 5, 31), "3m", date(2025, 2, 28)),
        (date(2025, 8, 31), "6m", date(2025, 2, 28)),
        (date(2025, 10, 2), "ytd", date(2024, 12, 31)),
        (date(2024, 2, 29), "1y", date(2023, 2, 28)),
        (date(2025, 10, 2), "3y", date(2022, 10, 2)),
        (date(2024, 2, 29), "5y", date(2019, 2, 28)),
    ],
)
def test_window_start(end: date, window: Window, expected: date) -> None:
    """Months go back by the calendar and stop at the end of a shorter month."""
    assert window_start(end, window) == expected


def test_total_return_by_hand() -> None:
    """100 to 105 with 5 paid, then 105 to 110: (105 + 5) / 100 x 110 / 105 - 1 = 15.2381%."""
    result = total_return(WEEK, series({"2025-01-03": 5.0}), start=date(2025, 1, 2), end=date(2025, 1, 6))
    assert result == pytest.approx(0.152381, abs=1e-6)


def test_total_return_of_alibaba_in_2025() -> None:
    """2.233046 x (1 + 2.00 / 116.62) - 1 = 2.233046 x 1.017150 - 1 = 127.13%, of which 3.8 points are the dividend."""
    dividend = series({"2025-06-12": 2.0})
    result = total_return(BABA, dividend, start=date(2024, 12, 31), end=date(2025, 10, 2))
    assert result == pytest.approx(1.271342, abs=1e-6)


def test_dividends_on_the_base_day_and_after_the_end_are_left_out() -> None:
    """The base close is ex its own dividend already, so only 105 / 100 - 1 = 5% is left."""
    dividends = series({"2025-01-02": 5.0, "2025-01-06": 5.0, "2025-02-01": 5.0})
    assert total_return(WEEK, dividends, start=date(2025, 1, 2), end=date(2025, 1, 3)) == pytest.approx(0.05)


def test_ex_date_without_a_session_counts_on_the_next() -> None:
    """Saturday's 11 is reinvested at Monday's 110: 110 x (1 + 11 / 110) = 121."""
    assert total_return_index(WEEK, series({"2025-01-04": 11.0})).tolist() == pytest.approx([100.0, 105.0, 121.0])


def test_the_index_begins_at_the_first_close() -> None:
    """A dividend on the first day is in its close already: the index is the prices themselves."""
    assert total_return_index(WEEK, series({"2025-01-02": 5.0})).tolist() == WEEK.tolist()


def test_no_dividends_need_no_dates() -> None:
    """An empty series without an index of days leaves the prices as they are."""
    assert total_return_index(WEEK, pd.Series(0.0, index=pd.RangeIndex(0))).tolist() == WEEK.tolist()


def test_two_dividends_of_one_day_add_up() -> None:
    """A regular 3 and a special 2 at 105 make the factor 1 + 5 / 105, so Monday stands at 115.2381."""
    dividends = pd.Series([3.0, 2.0], index=pd.DatetimeIndex(["2025-01-03", "2025-01-03"]))
    assert total_return_index(WEEK, dividends).iloc[-1] == pytest.approx(115.238095)


def test_rebased_from_a_sunday() -> None:
    """Friday's 105 becomes 100, and Monday's 110 / 105 x 100 = 104.7619."""
    result = rebased(WEEK, start=date(2025, 1, 5))
    assert result is not None
    assert result.tolist() == pytest.approx([100.0, 104.761905])


def test_rebased_before_the_history_is_unknown() -> None:
    """A line that starts later than the others is not drawn from a base of its own."""
    assert rebased(WEEK, start=date(2025, 1, 1)) is None


def test_rebased_on_a_stale_close_is_unknown() -> None:
    """A base eight days old is no base."""
    assert rebased(WEEK, start=date(2025, 1, 14)) is None


def test_daily_returns_by_hand() -> None:
    """100, 105, 110 move by 5 / 100 and 5 / 105; the first day has no return."""
    returns = daily_returns(WEEK)
    assert returns.tolist() == pytest.approx([0.05, 0.047619], abs=1e-6)
    assert returns.index[0] == pd.Timestamp("2025-01-03")


def test_daily_returns_skip_a_zero_base() -> None:
    """5 after 0 has no return, and infinity does not leave."""
    assert daily_returns(run_of([10.0, 0.0, 5.0])).tolist() == [-1.0]


def test_annualised_return_by_hand() -> None:
    """1461 days are four years of 365.25, and 1.4641 ** (1 / 4) = 1.1; the end is a Saturday after 3 January."""
    prices = series({"2021-01-04": 100.0, "2025-01-03": 146.41})
    assert annualised_return(prices, start=date(2021, 1, 4), end=date(2025, 1, 4)) == pytest.approx(0.10)


def test_under_a_year_is_not_annualised() -> None:
    """Four days of a rise are not a yearly rate."""
    with pytest.raises(NotMeaningful, match="under one year"):
        annualised_return(WEEK, start=date(2025, 1, 2), end=date(2025, 1, 6))


def test_annualised_return_beyond_the_history_is_unknown() -> None:
    """Unknown comes before not meaningful."""
    assert annualised_return(WEEK, start=date(2020, 1, 2), end=date(2025, 1, 6)) is None


@given(CLOSES)
@settings(deadline=None)
def test_without_dividends_total_return_is_price_change(values: list[float]) -> None:
    """Nothing paid, nothing added."""
    prices = run_of(values)
    start, end = span(prices)
    assert total_return(prices, NO_DIVIDENDS, start=start, end=end) == price_change(prices, start=start, end=end)


@given(CLOSES, st.floats(0.01, 10))
@settings(deadline=None)
def test_a_dividend_adds_to_the_return(values: list[float], cash: float) -> None:
    """Total return exceeds price change whenever something was paid."""
    prices = run_of(values)
    start, end = span(prices)
    dividends = pd.Series([cash], index=prices.index[1:2])
    with_cash = total_return(prices, dividends, start=start, end=end)
    without = price_change(prices, start=start, end=end)
    assert with_cash is not None
    assert without is not None
    assert with_cash > without


@given(CLOSES, st.floats(0.01, 100))
@settings(deadline=None)
def test_returns_do_not_depend_on_the_currency_unit(values: list[float], unit: float) -> None:
    """Pence or pounds, the daily returns are the same."""
    prices = run_of(values)
    assert daily_returns(prices * unit).tolist() == pytest.approx(daily_returns(prices).tolist(), abs=1e-9)


@given(CLOSES)
@settings(deadline=None)
def test_daily_returns_compound_to_the_price_change(values: list[float]) -> None:
    """The product of all days is the whole."""
    prices = run_of(values)
    start, end = span(prices)
    compounded = math.prod(1 + daily_returns(prices)) - 1
    assert price_change(prices, start=start, end=end) == pytest.approx(compounded, rel=1e-9, abs=1e-9)
