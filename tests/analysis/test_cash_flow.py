"""Cash flow, against numbers worked by hand; amounts are invented unless named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.cash_flow import (
    capex_intensity,
    cash_conversion,
    free_cash_flow,
    net_cash,
    net_debt_to_ebitda,
    share_of_operating_cash_flow,
    share_of_revenue,
)
from generator.analysis.growth import per_year
from generator.analysis.outcome import NotMeaningful

AMOUNTS = st.floats(0.01, 1e12)


def test_free_cash_flow_by_hand() -> None:
    """80 earned in cash less 100 spent is -20."""
    assert free_cash_flow(80.0, 100.0) == -20.0


def test_capex_intensity_by_hand() -> None:
    """30 of revenue of 240 is 12.5%."""
    assert capex_intensity(30.0, 240.0) == pytest.approx(0.125)


def test_the_plan_of_alibaba_as_a_share_of_revenue() -> None:
    """CNY 380bn over three years is 126,667m a year, 12.66% of twelve months' 1,000,763m."""
    assert share_of_revenue(per_year(380_000.0, years=3), 1_000_763.0) == pytest.approx(0.126570, abs=1e-6)


def test_share_of_operating_cash_flow_by_hand() -> None:
    """Spending 120 from 100 is 1.2 times what the business brings in."""
    assert share_of_operating_cash_flow(120.0, 100.0) == pytest.approx(1.2)


def test_cash_conversion_by_hand() -> None:
    """45 free of an income of 60 is 75%, and an outflow of 15 is -25%."""
    assert cash_conversion(45.0, 60.0) == pytest.approx(0.75)
    assert cash_conversion(-15.0, 60.0) == pytest.approx(-0.25)


def test_net_cash_by_hand() -> None:
    """70 in hand against 100 owed is net debt of 30."""
    assert net_cash(70.0, 100.0) == -30.0


def test_net_debt_to_ebitda_by_hand() -> None:
    """100 owed less 70 in hand is 30, half of an EBITDA of 60; the other way round it is net cash, -0.5."""
    assert net_debt_to_ebitda(100.0, 70.0, ebitda=60.0) == pytest.approx(0.5)
    assert net_debt_to_ebitda(70.0, 100.0, ebitda=60.0) == pytest.approx(-0.5)


def test_ratios_to_losses_are_not_meaningful() -> None:
    """Each reason names the divisor that lost its sign."""
    with pytest.raises(NotMeaningful, match="net income is negative"):
        cash_conversion(-15.0, -60.0)
    with pytest.raises(NotMeaningful, match="EBITDA is negative"):
        net_debt_to_ebitda(100.0, 70.0, ebitda=-60.0)
    with pytest.raises(NotMeaningful, match="operating cash flow is zero"):
        share_of_operating_cash_flow(1.0, 0.0)
    with pytest.raises(NotMeaningful, match="revenue is zero"):
        capex_intensity(1.0, 0.0)


@given(AMOUNTS, AMOUNTS)
def test_net_cash_and_net_debt_are_opposites(cash: float, debt: float) -> None:
    """What is cash on one side is debt on the other."""
    assert net_cash(cash, debt) == -(net_cash(debt, cash) or 0.0)


@given(AMOUNTS, AMOUNTS)
def test_free_cash_flow_never_exceeds_operating_cash_flow(earned: float, spent: float) -> None:
    """Spending lowers what is free."""
    result = free_cash_flow(earned, spent)
    assert result is not None
    assert result <= earned
