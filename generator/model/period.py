"""Period: the stretch of time, or the day, that a figure speaks about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

Kind = Literal["instant", "quarter", "half", "nine_months", "fiscal_year", "ttm", "ytd", "plan", "window"]
KINDS: tuple[Kind, ...] = get_args(Kind)

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def day_in_words(day: date) -> str:
    """Return a date as the house prints it in text: "2 October 2025" (with a no-break space after the day)."""
    return f"{day.day}\u00a0{MONTHS[day.month - 1]} {day.year}"


def month_in_words(day: date) -> str:
    """Return the month and year a period ends in: "June 2025"; a 52- or 53-week year may end up to a week later."""
    nominal = day - timedelta(days=7)
    return f"{MONTHS[nominal.month - 1]} {nominal.year}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A day (`start` is None) or the days from `start` to `end`, both included."""

    kind: Kind
    end: date
    start: date | None = None

    @classmethod
    def instant(cls, day: date) -> Period:
        """Return the period that is a single day."""
        return cls(kind="instant", end=day)

    @property
    def fiscal_year(self) -> int:
        """The fiscal year by its real end: the year to 31 March 2025 is 2025."""
        return (self.end - timedelta(days=7)).year

    @property
    def label(self) -> str:
        """The period in the words of the page: "quarter to June 2025", "FY2025", "TTM to June 2025"."""
        match self.kind:
            case "instant":
                return day_in_words(self.end)
            case "quarter" | "half":
                return f"{'quarter' if self.kind == 'quarter' else 'half-year'} to {month_in_words(self.end)}"
            case "nine_months" | "ytd":
                return (
                    f"{'nine months' if self.kind == 'nine_months' else 'year to date'} to {month_in_words(self.end)}"
                )
            case "fiscal_year":
                return f"FY{self.fiscal_year}"
            case "ttm":
                return f"TTM to {month_in_words(self.end)}"
            case _:
                until = day_in_words(self.end)
                return f"{day_in_words(self.start)} to {until}" if self.start else f"to {until}"

    @property
    def code(self) -> str:
        """A short key for identifiers, unique among the periods of one metric: "q2025-06-30"."""
        short = {"instant": "d", "quarter": "q", "half": "h", "nine_months": "n", "fiscal_year": "fy", "window": "w"}
        start = f"{self.start}_" if self.kind in ("window", "plan", "ytd") and self.start else ""
        return f"{short.get(self.kind, self.kind)}{start}{self.end}"

    @property
    def years(self) -> float | None:
        """The length in years of 365.25 days, or None for a day."""
        return None if self.start is None else ((self.end - self.start).days + 1) / 365.25
