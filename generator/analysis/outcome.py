"""What a formula may answer besides a number: nothing known (None), or a figure without meaning (an exception)."""

from __future__ import annotations

import math

from generator.errors import NotMeaningfulError

NotMeaningful = NotMeaningfulError
"""Raised with a reason sentence ("earnings are negative") by a formula whose figure exists but would mislead."""


def finite(value: float) -> float | None:
    """Return a plain float, or None for NaN and infinity."""
    return float(value) if math.isfinite(value) else None


def quotient(dividend: float | None, divisor: float | None, *, zero: str, negative: str) -> float | None:
    """Divide by a quantity that must be positive.

    `zero` and `negative` are the reasons for n/m ("earnings are zero"). None when either side is not known.
    """
    if dividend is None or divisor is None:
        return None
    if divisor <= 0:
        raise NotMeaningful(zero if divisor == 0 else negative)
    return finite(dividend / divisor)
