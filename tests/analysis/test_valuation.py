"""Valuation, against Alibaba's real figures of 2 October 2025 and invented ones where named so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.outcome import NotMeaningful
from generator.analysis.valuation import (
    ads_equivalent,
    convert,
    convert_back,
    dividend_yield,
    earnings_yield,
    enterprise_value,
    eps_per_ads,
    ev_to_ebitda,
    ev_to_sales,
    free_cash_flow_yield,
    implied_earnings_growth,
    market_value,
    peg,
    price_to_book,
    price_to_earnings,
    price_to_sales,
)

PRICE = 189.34  # USD per ADS, close of 2 October 2025
RATE = 7.1328  # CNY per USD
EPS = 61.64  # CNY per ADS, four quarters to June 2025
ADS = 2_319e6
REVENUE = 1_000_763e6  # CNY, four quarters to June 2025

AMOUNTS = st.floats(0.01, 1e12)
RATES = st.floats(0.001, 2000)


def test_ads_equivalent_by_hand() -> None:
    """18,552m ordinary shares at eight to one ADS are 2,319m ADSs."""
    assert ads_equivalent(18_552e6, ads_ratio=8) == pytest.approx(2_319e6)


def test_eps_per_ads_by_hand() -> None:
    """CNY 7.705 a share times eight is 61.64 an ADS."""
    assert eps_per_ads(7.705, ads_ratio=8) == pytest.approx(EPS)


def test_market_value_of_alibaba() -> None:
    """189.34 x 2,319m = US$439,079m."""
    assert market_value(PRICE, ADS) == pytest.approx(439_079.46e6)


def test_convert_by_hand() -> None:
    """US$100 at 7.1328 is CNY 713.28, and back."""
    assert convert(100.0, rate=RATE) == pytest.approx(713.28)
    assert convert_back(713.28, rate=RATE) == pytest.approx(100.0)


@pytest.mark.parametrize("rate", [0.0, -7.1])
def test_a_rate_that_is_not_positive_is_refused(rate: float) -> None:
    """A rate of zero must not turn a multiple into 0.0x."""
    with pytest.raises(NotMeaningful, match="exchange rate"):
        convert(100.0, rate=rate)
    with pytest.raises(NotMeaningful, match="exchange rate"):
        convert_back(100.0, rate=rate)


def test_price_to_earnings_of_alibaba() -> None:
    """189.34 x 7.1328 = 1,350.52 CNY over 61.64 is 21.91."""
    assert price_to_earnings(PRICE, EPS, rate=RATE) == pytest.approx(21.91, abs=0.005)


def test_price_to_earnings_in_one_currency() -> None:
    """Without a rate price and earnings share a currency: 150 / 6 = 25 (invented)."""
    assert price_to_earnings(150.0, 6.0) == pytest.approx(25.0)


@pytest.mark.parametrize(("eps", "word"), [(-1.0, "negative"), (0.0, "zero")])
def test_price_to_losses_is_not_meaningful(eps: float, word: str) -> None:
    """A loss gives n/m, never a negative multiple."""
    with pytest.raises(NotMeaningful, match=f"^earnings are {word}$"):
        price_to_earnings(PRICE, eps, rate=RATE)


def test_price_to_sales_of_alibaba() -> None:
    """439,079m x 7.1328 = CNY 3,131,866m over 1,000,763m is 3.13, not the 0.44 of mixed currencies."""
    assert price_to_sales(PRICE * ADS, REVENUE, rate=RATE) == pytest.approx(3.13, abs=0.005)


def test_price_to_book_by_hand() -> None:
    """100 x 7 = 700 over 350 is 2 (invented)."""
    assert price_to_book(100.0, 350.0, rate=7.0) == pytest.approx(2.0)


def test_enterprise_value_by_hand() -> None:
    """100 x 7 + 200 debt + 50 minorities - 150 cash = 800 in the statement currency (invented)."""
    assert enterprise_value(100.0, debt=200.0, cash=150.0, rate=7.0, minority=50.0) == pytest.approx(800.0)
    assert enterprise_value(100.0, debt=200.0, cash=150.0, rate=7.0) == pytest.approx(750.0)


def test_enterprise_multiples_by_hand() -> None:
    """800 over an EBITDA of 100 is 8, over sales of 400 is 2 (invented)."""
    assert ev_to_ebitda(800.0, 100.0) == pytest.approx(8.0)
    assert ev_to_sales(800.0, 400.0) == pytest.approx(2.0)


def test_enterprise_multiples_that_lose_their_meaning() -> None:
    """A negative EBITDA and a negative enterprise value each give n/m, and so do both together."""
    with pytest.raises(NotMeaningful, match="EBITDA is negative"):
        ev_to_ebitda(800.0, -100.0)
    with pytest.raises(NotMeaningful, match="EBITDA is negative"):
        ev_to_ebitda(-800.0, -100.0)
    with pytest.raises(NotMeaningful, match="net cash exceeds the market value"):
        ev_to_sales(-800.0, 400.0)


def test_small_multiples_keep_their_meaning() -> None:
    """Zero on 400 is 0x, 40 on 80 is 0.5x; a P/E of 0.5 on growth of 100% is a PEG of 0.5 / 100, on 0.4 it is +25%."""
    assert ev_to_sales(0.0, 400.0) == 0.0
    assert ev_to_ebitda(40.0, 80.0) == pytest.approx(0.5)
    assert peg(0.5, 1.0) == pytest.approx(0.005)
    assert implied_earnings_growth(0.5, 0.4) == pytest.approx(0.25)


def test_yields_by_hand() -> None:
    """35 of cash over 100 x 7 is 5%, 14 of earnings over 50 x 7 is 4%, 2 of dividends over 50 is 4% (invented)."""
    assert free_cash_flow_yield(35.0, 100.0, rate=7.0) == pytest.approx(0.05)
    assert earnings_yield(14.0, 50.0, rate=7.0) == pytest.approx(0.04)
    assert earnings_yield(2.0, 50.0) == pytest.approx(0.04)
    assert dividend_yield(2.0, 50.0) == pytest.approx(0.04)


def test_yields_keep_their_meaning_on_outflows() -> None:
    """Cash flowing out and losses give negative yields."""
    assert free_cash_flow_yield(-35.0, 100.0, rate=7.0) == pytest.approx(-0.05)
    assert earnings_yield(-14.0, 50.0, rate=7.0) == pytest.approx(-0.04)


def test_peg_by_hand() -> None:
    """A P/E of 20 on growth of 16% is 20 / 16 = 1.25."""
    assert peg(20.0, 0.16) == pytest.approx(1.25)


@pytest.mark.parametrize(
    ("pe", "growth"), [(20.0, -0.05), (20.0, 0.0), (39.0, 0.003), (-20.0, 0.16), (-20.0, -0.16), (0.0, 0.16)]
)
def test_peg_that_loses_its_meaning(pe: float, growth: float) -> None:
    """Falling earnings and losses give n/m, also when two wrong signs would cancel."""
    with pytest.raises(NotMeaningful):
        peg(pe, growth)


def test_implied_earnings_growth_by_hand() -> None:
    """24 trailing on 20 forward implies 24 / 20 - 1 = 20%; 20 on 25 implies -20%."""
    assert implied_earnings_growth(24.0, 20.0) == pytest.approx(0.20)
    assert implied_earnings_growth(20.0, 25.0) == pytest.approx(-0.20)


@pytest.mark.parametrize(("trailing", "forward"), [(-24.0, 20.0), (24.0, -20.0), (-24.0, -20.0), (0.0, 20.0)])
def test_implied_growth_from_a_loss_is_not_meaningful(trailing: float, forward: float) -> None:
    """Two negative P/Es must not cancel into a growth rate."""
    with pytest.raises(NotMeaningful):
        implied_earnings_growth(trailing, forward)


@given(AMOUNTS, RATES)
def test_conversion_there_and_back(amount: float, rate: float) -> None:
    """What is converted comes back the same."""
    assert convert_back(convert(amount, rate=rate), rate=rate) == pytest.approx(amount)


@given(AMOUNTS, AMOUNTS, RATES)
def test_earnings_yield_is_the_inverse_of_the_multiple(price: float, eps: float, rate: float) -> None:
    """P/E times earnings yield is one in every currency."""
    multiple, inverse = price_to_earnings(price, eps, rate=rate), earnings_yield(eps, price, rate=rate)
    assert multiple is not None
    assert inverse is not None
    assert multiple * inverse == pytest.approx(1.0)


@given(st.floats(0.01, 1e6), st.floats(0.01, 1e6), st.integers(1, 100))
def test_share_class_does_not_change_the_multiple(price: float, eps: float, ratio: int) -> None:
    """Price and earnings per ADS give the P/E of price and earnings per share."""
    per_ads = price_to_earnings(price * ratio, eps_per_ads(eps, ads_ratio=ratio))
    assert per_ads == pytest.approx(price_to_earnings(price, eps))


@given(st.floats(0.01, 1e6), st.floats(1, 1e12), st.integers(1, 100))
def test_market_value_does_not_depend_on_the_share_class(price: float, shares: float, ratio: int) -> None:
    """ADSs at the ADS price are worth the ordinary shares at theirs."""
    by_ads = market_value(price * ratio, ads_equivalent(shares, ads_ratio=ratio))
    assert by_ads == pytest.approx(market_value(price, shares))


@given(AMOUNTS, AMOUNTS, AMOUNTS, RATES)
def test_cash_lowers_and_debt_raises_enterprise_value(value: float, debt: float, cash: float, rate: float) -> None:
    """With as much cash as debt it is the market value."""
    assert enterprise_value(value, debt=debt, cash=debt, rate=rate) == pytest.approx(value * rate, rel=1e-9, abs=1e-3)
    indebted = enterprise_value(value, debt=debt, cash=0.0, rate=rate)
    relieved = enterprise_value(value, debt=debt, cash=cash, rate=rate)
    assert indebted is not None
    assert relieved is not None
    assert relieved <= indebted
