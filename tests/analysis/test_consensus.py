"""Consensus, against numbers worked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.consensus import buy_share, target_range, target_spread, upside, upside_range
from generator.analysis.outcome import NotMeaningful

PRICES = st.floats(0.01, 1e6)


def test_the_target_of_the_seed_article_lies_below_the_price() -> None:
    """169 / 189.34 - 1 = -10.7%: the 'upside' of the seed article is a downside."""
    assert upside(169.0, 189.34) == pytest.approx(-0.107, abs=0.0005)


def test_upside_to_a_higher_target() -> None:
    """120 on 100 is 20% up."""
    assert upside(120.0, 100.0) == pytest.approx(0.20)


def test_upside_range_by_hand() -> None:
    """Targets from 90 to 130 on a price of 100 are -10% to +30%."""
    assert upside_range(90.0, 130.0, price=100.0) == pytest.approx((-0.10, 0.30))


def test_target_range_by_hand() -> None:
    """90, 100, 101 and 129 have a mean of 420 / 4 = 105 and a median of 100.5; the unknown fifth is left out."""
    assert target_range([101.0, 90.0, None, 129.0, 100.0]) == pytest.approx((90.0, 105.0, 100.5, 129.0, 4))


@pytest.mark.parametrize("targets", [[], [None], [float("nan")]])
def test_no_known_target_has_no_range(targets: list[float | None]) -> None:
    """Without a house there is nothing to tell."""
    assert target_range(targets) is None


def test_target_spread_by_hand() -> None:
    """From 90 to 130 around 110 is 40 / 110 = 36.4%."""
    assert target_spread(90.0, 130.0, mean=110.0) == pytest.approx(0.363636, abs=1e-6)


def test_buy_share_by_hand() -> None:
    """8 + 7 of 16 is 93.75%."""
    assert buy_share(8, 7, hold=1, sell=0, strong_sell=0) == (15, 16, 0.9375)


def test_buy_share_counts_every_rating() -> None:
    """1 + 2 of 1 + 2 + 3 + 4 + 5 is 3 of 15, 20%."""
    assert buy_share(1, 2, hold=3, sell=4, strong_sell=5) == pytest.approx((3, 15, 0.20))


def test_buy_share_of_a_single_rating() -> None:
    """One buyer of one is all of them."""
    assert buy_share(0, 1, hold=0, sell=0, strong_sell=0) == (1, 1, 1.0)


def test_buy_share_without_ratings_is_not_meaningful() -> None:
    """No analyst is not zero percent buyers."""
    with pytest.raises(NotMeaningful, match="no rating"):
        buy_share(0, 0, hold=0, sell=0, strong_sell=0)


@given(PRICES, PRICES)
def test_upside_is_positive_only_above_the_price(target: float, price: float) -> None:
    """The sign says on which side of the price the target lies."""
    result = upside(target, price)
    assert result is not None
    assert (result > 0) == (target / price > 1)


@given(st.lists(PRICES, min_size=1, max_size=30))
def test_target_range_is_in_order(targets: list[float]) -> None:
    """Mean and median lie between low and high."""
    found = target_range(targets)
    assert found is not None
    assert found.low <= found.median <= found.high
    assert found.low * (1 - 1e-9) <= found.mean <= found.high * (1 + 1e-9)
    assert found.houses == len(targets)


@given(st.lists(st.integers(0, 60), min_size=5, max_size=5).filter(any))
def test_buy_share_is_a_share(counts: list[int]) -> None:
    """It lies between none and all of the ratings."""
    found = buy_share(counts[0], counts[1], hold=counts[2], sell=counts[3], strong_sell=counts[4])
    assert found is not None
    assert 0 <= found.share <= 1
    assert found.positive <= found.total == sum(counts)
