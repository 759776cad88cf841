"""Profitability, against numbers worked by hand; amounts are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.outcome import NotMeaningful
from generator.analysis.profitability import (
    ebitda,
    effective_tax_rate,
    gross_margin,
    margin,
    net_margin,
    operating_margin,
    return_on_equity,
)

AMOUNTS = st.floats(0.01, 1e12)


def test_margins_by_hand() -> None:
    """On revenue of 250: 100 gross is 40%, 35 operating 14%, a net loss of 5 is -2%."""
    assert gross_margin(100.0, 250.0) == pytest.approx(0.40)
    assert operating_margin(35.0, 250.0) == pytest.approx(0.14)
    assert net_margin(-5.0, 250.0) == pytest.approx(-0.02)
    assert margin(35.0, 250.0) == pytest.approx(0.14)


@pytest.mark.parametrize(("revenue", "word"), [(0.0, "zero"), (-1.0, "negative")])
def test_margin_without_revenue_is_not_meaningful(revenue: float, word: str) -> None:
    """The reason names the revenue and what is wrong with it."""
    with pytest.raises(NotMeaningful, match=f"^revenue is {word}$"):
        margin(1.0, revenue)


def test_return_on_equity_by_hand() -> None:
    """12 on the mean of 90 and 110, which is 100, is 12%."""
    assert return_on_equity(12.0, 90.0, closing_equity=110.0) == pytest.approx(0.12)


@pytest.mark.parametrize(("opening", "closing"), [(-10.0, 30.0), (30.0, -10.0), (0.0, 30.0), (30.0, 0.0)])
def test_return_on_negative_equity_is_not_meaningful(opening: float, closing: float) -> None:
    """A positive mean does not heal an end at which equity was used up."""
    with pytest.raises(NotMeaningful, match="equity is not positive"):
        return_on_equity(5.0, opening, closing_equity=closing)


def test_effective_tax_rate_by_hand() -> None:
    """21 of 100 before tax is 21%, and a credit of 4 is -4%."""
    assert effective_tax_rate(21.0, 100.0) == pytest.approx(0.21)
    assert effective_tax_rate(-4.0, 100.0) == pytest.approx(-0.04)


def test_tax_on_a_loss_is_not_meaningful() -> None:
    """A rate on a loss before tax has the wrong sign."""
    with pytest.raises(NotMeaningful, match="income before tax is negative"):
        effective_tax_rate(3.0, -10.0)


def test_ebitda_by_hand() -> None:
    """Operating income of 35 before charges of 15 is 50."""
    assert ebitda(35.0, 15.0) == 50.0


@given(st.one_of(AMOUNTS, AMOUNTS.map(lambda profit: -profit)), AMOUNTS)
def test_margin_has_the_sign_of_the_profit(profit: float, revenue: float) -> None:
    """A loss never prints as a positive margin."""
    result = margin(profit, revenue)
    assert result is not None
    assert (result > 0) == (profit > 0)
    assert result * revenue == pytest.approx(profit)


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_return_on_equity_lies_between_the_returns_on_both_ends(income: float, opening: float, closing: float) -> None:
    """The mean is no larger than the larger and no smaller than the smaller."""
    result = return_on_equity(income, opening, closing_equity=closing)
    low, high = sorted((income / opening, income / closing))
    assert result is not None
    assert low * (1 - 1e-9) <= result <= high * (1 + 1e-9)
