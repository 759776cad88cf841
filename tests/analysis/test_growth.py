"""Growth and sums of periods, against numbers worked by hand; amounts are invented unless named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.growth import (
    cagr,
    growth,
    per_year,
    points_change,
    quarter_from_year_to_date,
    streak,
    ttm,
    ttm_from_year_to_date,
)
from generator.analysis.outcome import NotMeaningful

AMOUNTS = st.floats(0.01, 1e12)


def test_growth_by_hand() -> None:
    """126 on 100 is 26% more, 82 is 18% less, and 0 is all of it gone."""
    assert growth(126.0, 100.0) == pytest.approx(0.26)
    assert growth(82.0, 100.0) == pytest.approx(-0.18)
    assert growth(0.0, 100.0) == -1.0


@pytest.mark.parametrize(
    ("new", "old", "reason"),
    [
        (5.0, -10.0, "base is negative"),
        (-5.0, -10.0, "base is negative"),
        (5.0, 0.0, "base is zero"),
        (-5.0, 10.0, "sign changed"),
    ],
)
def test_growth_across_a_sign_is_not_meaningful(new: float, old: float, reason: str) -> None:
    """From a loss, from nothing, and into a loss there is no rate."""
    with pytest.raises(NotMeaningful, match=reason):
        growth(new, old)
    with pytest.raises(NotMeaningful, match=reason):
        cagr(new, old, years=3.0)


def test_cagr_by_hand() -> None:
    """100 to 121 in two years is 1.1 x 1.1, 10% a year; 100 to 133.1 in three the same."""
    assert cagr(121.0, 100.0, years=2) == pytest.approx(0.10)
    assert cagr(133.1, 100.0, years=3) == pytest.approx(0.10)


def test_cagr_of_one_year() -> None:
    """A 52-week year of 364 days (0.9966) is annualised, half a year is not."""
    assert cagr(110.0, 100.0, years=364 / 365.25) == pytest.approx(1.1 ** (365.25 / 364) - 1)
    assert cagr(110.0, 100.0, years=0.99) is not None
    with pytest.raises(NotMeaningful, match="under one year"):
        cagr(110.0, 100.0, years=0.5)


def test_ttm_of_alibaba() -> None:
    """Earnings per ADS of 18.10, 20.39, 5.17 and 17.98 add up to CNY 61.64."""
    assert ttm([18.10, 20.39, 5.17, 17.98]) == pytest.approx(61.64)


def test_ttm_of_alibabas_revenue() -> None:
    """236,503 + 280,154 + 236,454 + 247,652 = CNY 1,000,763m."""
    assert ttm([236_503.0, 280_154.0, 236_454.0, 247_652.0]) == 1_000_763.0


@pytest.mark.parametrize("quarters", [[], [1.0] * 3, [1.0] * 5, [1.0, None, 1.0, 1.0], [1.0, None, 1.0, 1.0, 1.0]])
def test_ttm_of_other_than_four_known_quarters_is_unknown(quarters: list[float | None]) -> None:
    """Three quarters are not a year, nor are five, nor four with a gap."""
    assert ttm(quarters) is None


def test_ttm_from_year_to_date_by_hand() -> None:
    """A year of 400, with 220 this half against 190 in the last, rolls to 430."""
    assert ttm_from_year_to_date(400.0, 220.0, prior_year_to_date=190.0) == 430.0


def test_quarter_from_year_to_date_by_hand() -> None:
    """Nine months of 330 after six of 220 leave 110; the first quarter stands on 0."""
    assert quarter_from_year_to_date(330.0, 220.0) == 110.0
    assert quarter_from_year_to_date(100.0, 0.0) == 100.0


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], 0),
        ([1.2, 0.3, 1.1, 1.5, 1.0], 3),
        ([1.2, 1.3], 2),
        ([1.2, 0.9], 0),
        ([1.2, None, 1.1], 1),
        ([1.2, float("nan"), 1.1], 1),
        ([1.2, None], 0),
    ],
)
def test_streak_counts_from_the_latest(values: list[float | None], expected: int) -> None:
    """Growth of 100% or more counts back from the last quarter until one falls short or is unknown."""
    assert streak(values, lambda share: share >= 1.0) == expected


def test_points_change_by_hand() -> None:
    """A margin from 12.5% to 14% is 1.5 points."""
    assert points_change(0.14, 0.125) == pytest.approx(0.015)


def test_the_plan_of_alibaba_per_year() -> None:
    """CNY 380bn over three years is 126.67bn a year, and US$53bn is 17.67bn."""
    assert per_year(380.0, years=3) == pytest.approx(126.666667)
    assert per_year(53.0, years=3) == pytest.approx(17.666667)


def test_per_year_of_no_time_is_not_meaningful() -> None:
    """A plan without length has no yearly amount."""
    with pytest.raises(NotMeaningful, match="number of years is zero"):
        per_year(380.0, years=0)


@given(AMOUNTS, AMOUNTS)
def test_growth_has_the_sign_of_the_change(new: float, old: float) -> None:
    """More is positive, less is negative, and applying it to the base gives the new value."""
    rate = growth(new, old)
    assert rate is not None
    assert (rate > 0) == (new / old > 1)
    assert old * (1 + rate) == pytest.approx(new, rel=1e-9, abs=1e-9 * old)


@given(AMOUNTS, AMOUNTS, st.floats(1, 30))
def test_cagr_compounds_to_the_whole(new: float, old: float, years: float) -> None:
    """The yearly rate, compounded, is the whole growth."""
    rate = cagr(new, old, years=years)
    assert rate is not None
    assert 1 + rate == pytest.approx((new / old) ** (1 / years), rel=1e-9, abs=1e-9)


@given(st.lists(AMOUNTS, min_size=8, max_size=8))
def test_both_ways_to_twelve_months_agree(quarters: list[float]) -> None:
    """Year + half - half before is the sum of the same four quarters."""
    year, half, half_before = sum(quarters[:4]), sum(quarters[4:6]), sum(quarters[:2])
    assert ttm_from_year_to_date(year, half, prior_year_to_date=half_before) == pytest.approx(
        ttm(quarters[2:6]), abs=0.01
    )


@given(st.lists(st.booleans(), max_size=12))
def test_streak_is_the_run_at_the_end(hits: list[bool]) -> None:
    """The run's values all satisfy, and the one before it does not."""
    count = streak([float(hit) for hit in hits], lambda value: value > 0)
    assert all(hits[len(hits) - count :])
    assert count == len(hits) or not hits[len(hits) - count - 1]
