"""Consensus: analysts' ratings and price targets. Targets and price share a currency and a security."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from generator.analysis.outcome import NotMeaningful, quotient
from generator.language import msgid, phrase


class BuyShare(NamedTuple):
    """`positive` of `total` ratings, with the denominator that a bare percentage hides."""

    positive: int
    total: int
    share: float


class TargetRange(NamedTuple):
    """The targets of `houses` analysts, in the currency of the price."""

    low: float
    mean: float
    median: float
    high: float
    houses: int


class UpsideRange(NamedTuple):
    """The upside at the lowest and at the highest target, as signed shares."""

    low: float
    high: float


def upside(target: float | None, price: float | None) -> float | None:
    """Return target / price - 1: negative is downside. None when either is not known."""
    ratio = quotient(target, price, divisor_is=msgid("the price is {sign}"))
    return None if ratio is None else ratio - 1


def upside_range(low: float | None, high: float | None, *, price: float | None) -> UpsideRange | None:
    """Return the upside at both ends of the range of targets; None when an end or the price is not known."""
    if low is None or high is None:
        return None
    at_low, at_high = upside(low, price), upside(high, price)
    return None if at_low is None or at_high is None else UpsideRange(at_low, at_high)


def target_range(targets: Sequence[float | None]) -> TargetRange | None:
    """Return the spread of single houses' targets, leaving out unknown ones; None when none is known."""
    known = [target for target in targets if target is not None and math.isfinite(target)]
    if not known:
        return None
    return TargetRange(min(known), math.fsum(known) / len(known), median(known), max(known), len(known))


def target_spread(low: float | None, high: float | None, *, mean: float | None) -> float | None:
    """Return (high - low) / mean, the disagreement as a share of the mean target; None when one is not known."""
    width = None if low is None or high is None else high - low
    return quotient(width, mean, divisor_is=msgid("the mean target is {sign}"))


def buy_share(
    strong_buy: int | None, buy: int | None, *, hold: int | None, sell: int | None, strong_sell: int | None
) -> BuyShare | None:
    """Return (strong buy + buy) of all ratings; n/m without a rating, None when one of the counts is not known."""
    if strong_buy is None or buy is None or hold is None or sell is None or strong_sell is None:
        return None
    positive, total = strong_buy + buy, strong_buy + buy + hold + sell + strong_sell
    if math.isnan(total):
        return None
    if total <= 0:
        raise NotMeaningful(phrase("no rating is counted"))
    return BuyShare(positive, total, positive / total)
