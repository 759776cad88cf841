"""Valuation, with the arithmetic of currency and share class explicit.

`rate` is always units of the statement currency for one unit of the price currency (7.1328 CNY per USD for an ADS
priced in dollars on statements in yuan; 1.0 when they are the same). `ads_ratio` is ordinary shares per ADS (8).
None: an input unknown.
"""

from __future__ import annotations

from generator.analysis.outcome import NotMeaningful, finite, quotient
from generator.language import msgid, phrase

LEAST_GROWTH = 0.01


def ads_equivalent(ordinary_shares: float | None, *, ads_ratio: float | None) -> float | None:
    """Return the number of ADSs that a number of ordinary shares is worth: shares / ratio."""
    return quotient(ordinary_shares, ads_ratio, divisor_is=msgid("the ADS ratio is {sign}"))


def eps_per_ads(eps_per_share: float | None, *, ads_ratio: float | None) -> float | None:
    """Return earnings per ADS, per ordinary share x ratio, in the same currency."""
    return None if eps_per_share is None or ads_ratio is None else finite(eps_per_share * ads_ratio)


def market_value(price: float | None, shares: float | None) -> float | None:
    """Return price x shares of the same security (ADS price with ADS count), in the price currency."""
    return None if price is None or shares is None else finite(price * shares)


def convert(amount: float | None, *, rate: float | None) -> float | None:
    """Return an amount of the price currency in the statement currency: amount x rate."""
    if amount is None or rate is None:
        return None
    if rate <= 0:
        raise NotMeaningful(phrase("the exchange rate is not positive"))
    return finite(amount * rate)


def convert_back(amount: float | None, *, rate: float | None) -> float | None:
    """Return an amount of the statement currency in the price currency: amount / rate."""
    return quotient(amount, rate, divisor_is=msgid("the exchange rate is {sign}"))


def _multiple(value: float | None, figure: float | None, *, rate: float | None, figure_is: str) -> float | None:
    return None if figure is None else quotient(convert(value, rate=rate), figure, divisor_is=figure_is)


def _yield(figure: float | None, value: float | None, *, rate: float | None, value_is: str) -> float | None:
    return None if figure is None else quotient(figure, convert(value, rate=rate), divisor_is=value_is)


def price_to_earnings(price: float | None, eps: float | None, *, rate: float | None = 1.0) -> float | None:
    """Return price x rate / earnings per the same security (both per ADS, or both per share); n/m on losses."""
    return _multiple(price, eps, rate=rate, figure_is=msgid("earnings are {sign}"))


def price_to_sales(market_value: float | None, revenue: float | None, *, rate: float | None) -> float | None:
    """Return market value x rate / twelve months' revenue."""
    return _multiple(market_value, revenue, rate=rate, figure_is=msgid("revenue is {sign}"))


def price_to_book(market_value: float | None, equity: float | None, *, rate: float | None) -> float | None:
    """Return market value x rate / equity of the shareholders of the parent."""
    return _multiple(market_value, equity, rate=rate, figure_is=msgid("book equity is {sign}"))


def enterprise_value(
    market_value: float | None,
    *,
    debt: float | None,
    cash: float | None,
    rate: float | None,
    minority: float | None = 0.0,
) -> float | None:
    """Return market value x rate + debt + minority interest - cash; all but the market value in statement currency."""
    if debt is None or cash is None or minority is None:
        return None
    equity = convert(market_value, rate=rate)
    return None if equity is None else finite(equity + debt + minority - cash)


def _enterprise_multiple(enterprise_value: float | None, measure: float | None, *, measure_is: str) -> float | None:
    multiple = quotient(enterprise_value, measure, divisor_is=measure_is)
    if multiple is not None and multiple < 0:
        raise NotMeaningful(phrase("net cash exceeds the market value"))
    return multiple


def ev_to_ebitda(enterprise_value: float | None, ebitda: float | None) -> float | None:
    """Return enterprise value / twelve months' EBITDA, both in the statement currency."""
    return _enterprise_multiple(enterprise_value, ebitda, measure_is=msgid("EBITDA is {sign}"))


def ev_to_sales(enterprise_value: float | None, revenue: float | None) -> float | None:
    """Return enterprise value / twelve months' revenue, both in the statement currency."""
    return _enterprise_multiple(enterprise_value, revenue, measure_is=msgid("revenue is {sign}"))


def free_cash_flow_yield(
    free_cash_flow: float | None, market_value: float | None, *, rate: float | None
) -> float | None:
    """Return twelve months' free cash flow / (market value x rate); negative when cash flows out."""
    return _yield(free_cash_flow, market_value, rate=rate, value_is=msgid("the market value is {sign}"))


def earnings_yield(eps: float | None, price: float | None, *, rate: float | None = 1.0) -> float | None:
    """Return earnings / (price x rate), per the same security; unlike P/E it keeps its meaning on losses."""
    return _yield(eps, price, rate=rate, value_is=msgid("the price is {sign}"))


def dividend_yield(dividends_12m: float | None, price: float | None) -> float | None:
    """Return the dividends of twelve months by ex-date / price, per the same security in the same currency."""
    return quotient(dividends_12m, price, divisor_is=msgid("the price is {sign}"))


def peg(pe: float | None, growth: float | None) -> float | None:
    """Return P/E / (expected earnings growth x 100), growth given as a share; n/m unless both are positive.

    Growth under one percent gives n/m too: the figure would follow its rounding.
    """
    if pe is not None and growth is not None and pe <= 0:
        raise NotMeaningful(phrase("the P/E is not positive"))
    if pe is not None and growth is not None and 0 < growth < LEAST_GROWTH:
        raise NotMeaningful(phrase("earnings grew by less than one percent"))
    return quotient(
        pe,
        None if growth is None else growth * 100,
        divisor_is=msgid("earnings growth is {sign}"),
    )


def implied_earnings_growth(pe_ttm: float | None, pe_forward: float | None) -> float | None:
    """Return the growth that two P/Es on one price imply: trailing / forward - 1; n/m unless both are positive."""
    if pe_ttm is not None and pe_forward is not None and pe_ttm <= 0:
        raise NotMeaningful(phrase("the trailing P/E is not positive"))
    ratio = quotient(pe_ttm, pe_forward, divisor_is=msgid("the forward P/E is {sign}"))
    return None if ratio is None else ratio - 1
