"""Period: the stretch of time, or the day, that a figure speaks about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from generator.language import day_in_words, msgid, phrase
from generator.language.days import month_of

Kind = Literal["instant", "quarter", "half", "nine_months", "fiscal_year", "ttm", "ytd", "plan", "window"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LABELS = {
    "quarter": msgid("quarter to {month}"),
    "half": msgid("half-year to {month}"),
    "nine_months": msgid("nine months to {month}"),
    "ytd": msgid("year to date to {month}"),
    "ttm": msgid("TTM to {month}"),
}


def month_in_words(day: date) -> str:
    """Return the month and year a period ends in: "June 2025"; a 52- or 53-week year may end up to a week later."""
    return month_of(day - timedelta(days=7))


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
            case "quarter" | "half" | "nine_months" | "ytd" | "ttm":
                return phrase(LABELS[self.kind], month=month_in_words(self.end))
            case "fiscal_year":
                return phrase("FY{year}", year=self.fiscal_year)
            case _:
                until = day_in_words(self.end)
                if self.start is None:
                    return phrase("to {day}", day=until)
                return phrase("{start} to {end}", start=day_in_words(self.start), end=until)

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
