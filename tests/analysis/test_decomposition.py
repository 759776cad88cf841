"""Decomposition of a price move, against numbers worked by hand on invented figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.decomposition import Standing, currency_decomposition, return_decomposition
from generator.analysis.outcome import NotMeaningful

AMOUNTS = st.floats(0.01, 1e6)
RATES = st.floats(0.01, 2000)


def test_decomposition_by_hand() -> None:
    """100 at 20x of 5 becomes 150 at 25x of 6: multiple +25%, earnings +20%, cross 5%, together 50%."""
    parts = return_decomposition(100.0, 150.0, eps_start=5.0, eps_end=6.0)
    assert parts is not None
    assert parts.multiple == pytest.approx(0.25)
    assert parts.earnings == pytest.approx(0.20)
    assert parts.cross == pytest.approx(0.05)
    assert parts.total == pytest.approx(0.50)
    assert parts.currency == 0.0


def test_currency_decomposition_by_hand() -> None:
    """At 8, then 6.4 CNY per USD: 100 x 8 / 40 = 20x, 180 x 6.4 / 46.08 = 25x.

    Multiple +25%, earnings 46.08 / 40 = +15.2%, yuan 8 / 6.4 = +25%; 1.25 x 1.152 x 1.25 = 1.8, so the total is 80%
    and the cross what is left: 80 - 25 - 15.2 - 25 = 14.8%.
    """
    start = Standing(price=100.0, eps=40.0, rate=8.0)
    end = Standing(price=180.0, eps=46.08, rate=6.4)
    parts = currency_decomposition(start, end)
    assert parts is not None
    assert parts.multiple == pytest.approx(0.25)
    assert parts.earnings == pytest.approx(0.152)
    assert parts.currency == pytest.approx(0.25)
    assert parts.cross == pytest.approx(0.148)
    assert parts.total == pytest.approx(0.80)


def test_one_currency_is_a_rate_of_one() -> None:
    """A standing without a rate mixes with one at 1.0: 100 x 1 / 5 at both ends, so nothing moved."""
    parts = currency_decomposition(Standing(price=100.0, eps=5.0), Standing(price=100.0, eps=5.0, rate=1.0))
    assert parts is not None
    assert (parts.multiple, parts.currency, parts.total) == (0.0, 0.0, 0.0)


def test_a_weaker_statement_currency_takes_away() -> None:
    """Same earnings and multiple, but 8 instead of 6.4 CNY per USD: 6.4 / 8 - 1 = -20%, the whole of the move."""
    parts = currency_decomposition(Standing(price=100.0, eps=40.0, rate=6.4), Standing(price=80.0, eps=40.0, rate=8.0))
    assert parts is not None
    assert parts.currency == pytest.approx(-0.20)
    assert parts.total == pytest.approx(-0.20)
    assert parts.multiple == pytest.approx(0.0)


@pytest.mark.parametrize(("eps_start", "eps_end"), [(-1.0, 2.0), (2.0, -1.0), (-1.0, -2.0), (0.0, 2.0), (2.0, 0.0)])
def test_losses_have_no_decomposition(eps_start: float, eps_end: float) -> None:
    """With a loss at either end there is no multiple to take apart."""
    with pytest.raises(NotMeaningful, match="earnings are"):
        return_decomposition(100.0, 150.0, eps_start=eps_start, eps_end=eps_end)


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_parts_sum_to_the_price_change(price: float, price_end: float, eps: float, eps_end: float) -> None:
    """The parts sum to the total to the last bit, and the total is the change of the price."""
    parts = return_decomposition(price, price_end, eps_start=eps, eps_end=eps_end)
    assert parts is not None
    assert parts.multiple + parts.earnings + parts.cross == parts.total
    scale = max(1.0, abs(parts.multiple), abs(parts.earnings), abs(parts.cross))
    assert parts.total == pytest.approx(price_end / price - 1, abs=1e-9 * scale)


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, st.tuples(RATES, RATES))
def test_parts_with_currency_sum_to_the_price_change(
    price: float, price_end: float, eps: float, eps_end: float, rates: tuple[float, float]
) -> None:
    """Currency makes a fourth part, and the four still sum to the change of the price."""
    start, end = Standing(price=price, eps=eps, rate=rates[0]), Standing(price=price_end, eps=eps_end, rate=rates[1])
    parts = currency_decomposition(start, end)
    assert parts is not None
    assert parts.multiple + parts.earnings + parts.currency + parts.cross == parts.total
    scale = (1 + abs(parts.multiple)) * (1 + abs(parts.earnings)) * (1 + abs(parts.currency))
    assert parts.total == pytest.approx(price_end / price - 1, abs=1e-9 * scale)


@given(AMOUNTS, AMOUNTS, AMOUNTS, RATES)
def test_a_steady_rate_leaves_no_currency_part(price: float, price_end: float, eps: float, rate: float) -> None:
    """With one rate at both ends the parts are those of a single currency."""
    start, end = Standing(price=price, eps=eps, rate=rate), Standing(price=price_end, eps=eps, rate=rate)
    parts = currency_decomposition(start, end)
    assert parts is not None
    assert parts.currency == 0.0
    assert parts.earnings == 0.0
    assert parts.multiple == pytest.approx(price_end / price - 1, rel=1e-9, abs=1e-9)
