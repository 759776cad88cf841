"""What a formula may answer besides a number: nothing known (None), or a figure without meaning (an exception)."""

from __future__ import annotations

import math

from generator.errors import NotMeaningfulError
from generator.language import phrase

NotMeaningful = NotMeaningfulError
"""Raised with a reason sentence ("earnings are negative") by a formula whose figure exists but would mislead."""


def finite(value: float) -> float | None:
    """Return a plain float, or None for NaN and infinity."""
    return float(value) if math.isfinite(value) else None


def quotient(dividend: float | None, divisor: float | None, *, divisor_is: str, **parts: str) -> float | None:
    """Divide by a quantity that must be positive.

    `divisor_is` is the reason for n/m, a text for the translators: "earnings are {sign}". None when either side is not
    known.
    """
    if dividend is None or divisor is None:
        return None
    if divisor <= 0:
        raise NotMeaningful(phrase(divisor_is, sign=phrase("zero") if divisor == 0 else phrase("negative"), **parts))
    return finite(dividend / divisor)
