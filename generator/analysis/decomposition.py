"""Decomposition of a price move into what was earned and what was paid for it.

price = multiple x earnings / rate, so 1 + total = (1 + multiple)(1 + earnings)(1 + currency).
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.analysis.growth import growth
from generator.analysis.valuation import convert_back, price_to_earnings


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A price, earnings per the same security in the statement currency, and the rate (statement per price unit)."""

    price: float | None
    eps: float | None
    rate: float | None = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Decomposition:
    """Parts of a price move as shares; multiple + earnings + currency + cross is `total` to the last bit.

    `currency` is the gain of the statement currency against the price currency, `cross` the products of the others.
    """

    multiple: float
    earnings: float
    currency: float
    cross: float
    total: float


def return_decomposition(
    price_start: float | None, price_end: float | None, *, eps_start: float | None, eps_end: float | None
) -> Decomposition | None:
    """Return the parts of a price move when earnings are in the currency of the price.

    None and not meaningful as in `currency_decomposition`.
    """
    start, end = Standing(price=price_start, eps=eps_start), Standing(price=price_end, eps=eps_end)
    return currency_decomposition(start, end)


def currency_decomposition(start: Standing, end: Standing) -> Decomposition | None:
    """Return the parts of a price move: growth of the multiple, of earnings and of the statement currency's value.

    Not meaningful with losses at either end; None when anything is not known at either end.
    """
    if None in (start.price, start.eps, start.rate, end.price, end.eps, end.rate):
        return None
    multiple = growth(_multiple(end), _multiple(start))
    earnings = growth(end.eps, start.eps)
    currency = growth(convert_back(1.0, rate=end.rate), convert_back(1.0, rate=start.rate))
    if multiple is None or earnings is None or currency is None:
        return None
    pairs = multiple * earnings + multiple * currency + earnings * currency
    cross = pairs + multiple * earnings * currency
    total = multiple + earnings + currency + cross
    return Decomposition(multiple=multiple, earnings=earnings, currency=currency, cross=cross, total=total)


def _multiple(standing: Standing) -> float | None:
    return price_to_earnings(standing.price, standing.eps, rate=standing.rate)
