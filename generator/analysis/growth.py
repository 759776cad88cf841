"""Growth, and sums of periods. None: an input unknown."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from generator.analysis.outcome import NotMeaningful, finite, quotient
from generator.language import msgid, phrase

QUARTERS_PER_YEAR = 4

SHORTEST_YEAR = 0.99
"""Years of 365.25 days below which nothing is annualised; a fiscal year of 52 weeks (0.9966) still counts as one."""


def _factor(new: float | None, old: float | None) -> float | None:
    factor = quotient(new, old, divisor_is=msgid("the base is {sign}"))
    if factor is not None and factor < 0:
        raise NotMeaningful(phrase("the sign changed from positive to negative"))
    return factor


def growth(new: float | None, old: float | None) -> float | None:
    """Return new / old - 1 as a share; not meaningful from a base of zero or less, or down into a loss."""
    factor = _factor(new, old)
    return None if factor is None else factor - 1


def cagr(new: float | None, old: float | None, *, years: float | None) -> float | None:
    """Return the compound annual growth rate, (new / old) ** (1 / years) - 1.

    Not meaningful as in `growth`, and for a span under one year, which is not annualised.
    """
    if years is None or math.isnan(years):
        return None
    factor = _factor(new, old)
    if factor is None:
        return None
    if years < SHORTEST_YEAR:
        raise NotMeaningful(phrase("a span under one year is not annualised"))
    return finite(factor ** (1 / years) - 1)


def ttm(quarters: Sequence[float | None]) -> float | None:
    """Return the sum of the last four quarters; None unless exactly four are given and all are known."""
    known = [value for value in quarters if value is not None]
    return finite(math.fsum(known)) if len(known) == len(quarters) == QUARTERS_PER_YEAR else None


def ttm_from_year_to_date(
    year: float | None, year_to_date: float | None, *, prior_year_to_date: float | None
) -> float | None:
    """Return last full year + this year to date - last year to the same date."""
    if year is None or year_to_date is None or prior_year_to_date is None:
        return None
    return finite(year + year_to_date - prior_year_to_date)


def quarter_from_year_to_date(year_to_date: float | None, previous_year_to_date: float | None) -> float | None:
    """Return the quarter that lies between two year-to-date sums; the first quarter's previous sum is 0, not None."""
    if year_to_date is None or previous_year_to_date is None:
        return None
    return finite(year_to_date - previous_year_to_date)


def streak(values: Sequence[float | None], predicate: Callable[[float], bool]) -> int:
    """Return how many of the latest values in a row satisfy `predicate`, oldest first; an unknown one ends the row."""
    for count, value in enumerate(reversed(values)):
        if value is None or math.isnan(value) or not predicate(value):
            return count
    return len(values)


def points_change(new: float | None, old: float | None) -> float | None:
    """Return the difference of two shares: 0.02 is two percentage points, 0.0002 two basis points."""
    return None if new is None or old is None else finite(new - old)


def per_year(total: float | None, *, years: float | None) -> float | None:
    """Return total / years, which makes plans of different length comparable."""
    return quotient(total, years, divisor_is=msgid("the number of years is {sign}"))
