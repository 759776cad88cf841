"""Periods: their names on the page and their keys, also in years of 52 or 53 weeks."""

from __future__ import annotations

from datetime import date

import pytest
from invented_facts import months

from generator.model.period import Kind, Period


def period(kind: Kind, start: str, end: str) -> Period:
    """Return a period from two ISO days."""
    return Period(kind=kind, start=date.fromisoformat(start), end=date.fromisoformat(end))


@pytest.mark.parametrize(
    ("kind", "start", "end", "label"),
    [
        ("quarter", "2025-04-01", "2025-06-30", "quarter to June 2025"),
        ("quarter", "2025-03-30", "2025-06-28", "quarter to June 2025"),
        ("quarter", "2025-06-29", "2025-09-27", "quarter to September 2025"),
        ("quarter", "2024-10-28", "2025-01-26", "quarter to January 2025"),
        ("quarter", "2025-09-28", "2026-01-03", "quarter to December 2025"),
        ("quarter", "2024-12-29", "2025-03-29", "quarter to March 2025"),
        ("half", "2025-01-01", "2025-06-30", "half-year to June 2025"),
        ("nine_months", "2024-09-29", "2025-06-28", "nine months to June 2025"),
        ("ytd", "2025-01-01", "2025-09-30", "year to date to September 2025"),
        ("ttm", "2024-07-01", "2025-06-30", "TTM to June 2025"),
        ("fiscal_year", "2024-04-01", "2025-03-31", "FY2025"),
        ("fiscal_year", "2024-07-01", "2025-06-30", "FY2025"),
        ("fiscal_year", "2024-01-29", "2025-01-26", "FY2025"),
        ("fiscal_year", "2024-12-29", "2026-01-03", "FY2025"),
        ("fiscal_year", "2024-09-29", "2025-09-27", "FY2025"),
        ("fiscal_year", "2025-01-01", "2025-12-31", "FY2025"),
        ("plan", "2025-02-24", "2028-02-24", "24 February 2025 to 24 February 2028"),
        ("window", "2024-12-31", "2025-10-02", "31 December 2024 to 2 October 2025"),
    ],
)
def test_a_period_is_named_by_its_real_end(kind: Kind, start: str, end: str, label: str) -> None:
    """A quarter bears the month it belongs to and a year its number, even when a 53-week year ends in January."""
    assert period(kind, start, end).label.replace("\u00a0", " ") == label


def test_a_day_is_named_in_words() -> None:
    """A balance sheet stands on a day, whose number does not break off from its month."""
    assert Period.instant(date(2025, 3, 31)).label == "31\u00a0March 2025"


def test_a_stretch_without_a_start_is_named_by_its_end() -> None:
    """A plan of which only the end is known never prints "None"."""
    assert Period(kind="plan", end=date(2028, 2, 24)).label == "to 24\u00a0February 2028"


def test_keys_tell_periods_apart() -> None:
    """A year, its last quarter, its twelve months and its last day end together and still have keys of their own."""
    end = [months(kind, 2025, 3) for kind in ("quarter", "half", "nine_months", "fiscal_year", "ttm")]
    codes = [each.code for each in (*end, Period.instant(date(2025, 3, 31)))]
    assert codes == ["q2025-03-31", "h2025-03-31", "n2025-03-31", "fy2025-03-31", "ttm2025-03-31", "d2025-03-31"]


def test_keys_of_windows_and_plans_hold_both_ends() -> None:
    """Two plans that end on one day are two plans."""
    long, short = (period("plan", start, "2028-02-24") for start in ("2025-02-24", "2027-02-25"))
    assert long.code == "plan2025-02-24_2028-02-24"
    assert short.code != long.code
    assert period("window", "2024-12-31", "2025-10-02").code == "w2024-12-31_2025-10-02"


def test_years_of_a_period() -> None:
    """Three years of a plan are three, a day has no length."""
    assert period("plan", "2025-02-24", "2028-02-23").years == pytest.approx(3, abs=0.003)
    assert period("fiscal_year", "2025-01-01", "2025-12-31").years == pytest.approx(1, abs=0.003)
    assert Period.instant(date(2025, 3, 31)).years is None
