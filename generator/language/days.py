"""Days: how a date is written in the language that is spoken; English is the house's own, others are Unicode's."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from generator.language.texts import ENGLISH, spoken

NO_BREAK = "\u00a0"
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
SHORT = 3


def day_in_words(day: date) -> str:
    """Return a date as the house prints it in text: "2 October 2025" (with a no-break space after the day)."""
    if spoken() == ENGLISH:
        return f"{day.day}{NO_BREAK}{MONTHS[day.month - 1]} {day.year}"
    return _written(spoken(), day, "yMMMMd")


def month_of(day: date) -> str:
    """Return a day's month and year: "June 2025"."""
    if spoken() == ENGLISH:
        return f"{MONTHS[day.month - 1]} {day.year}"
    return _written(spoken(), day, "yMMMM")


def short_month(day: date) -> str:
    """Return a day's month and year in few letters: "Jun 2025"."""
    if spoken() == ENGLISH:
        return f"{month_alone(day)} {day.year}"
    return _written(spoken(), day, "yMMM")


def short_day(day: date) -> str:
    """Return a date in few letters: "2 Oct 2025" (with a no-break space after the day)."""
    if spoken() == ENGLISH:
        return f"{day.day}{NO_BREAK}{short_month(day)}"
    return _written(spoken(), day, "yMMMd")


def day_and_month(day: date) -> str:
    """Return a day and its month in few letters: "2 Oct"."""
    if spoken() == ENGLISH:
        return f"{day.day} {month_alone(day)}"
    return _written(spoken(), day, "MMMd")


def month_alone(day: date) -> str:
    """Return a day's month in few letters: "Oct"."""
    if spoken() == ENGLISH:
        return MONTHS[day.month - 1][:SHORT]
    return _written(spoken(), day, "MMM")


def year_alone(day: date) -> str:
    """Return a day's year: "2025"."""
    return str(day.year) if spoken() == ENGLISH else _written(spoken(), day, "y")


def day_of_year(month: int, day: int) -> str:
    """Return a day of every year: "31 March" (with a no-break space after the day)."""
    if spoken() == ENGLISH:
        return f"{day}{NO_BREAK}{MONTHS[month - 1]}"
    return _written(spoken(), date(2000, month, day), "MMMMd")


def weekday(day: date) -> str:
    """Return the day of the week: "Thursday"."""
    return f"{day:%A}" if spoken() == ENGLISH else _written(spoken(), day, "EEEE")


@lru_cache(maxsize=2048)
def _written(tag: str, day: date, parts: str) -> str:
    """Return the parts of a date as a language writes them; a number and the month after it stay on one line."""
    from babel.dates import format_date, format_skeleton

    from generator.language.figures import locale_of

    locale = locale_of(tag)
    if parts == "yMMMMd":
        words = str(format_date(day, "long", locale=locale))
    elif parts == "MMMMd":
        words = str(format_date(day, locale.datetime_skeletons["MMMMd"].pattern, locale=locale))
    elif parts == "EEEE":
        words = str(format_date(day, "EEEE", locale=locale))
    else:
        words = str(format_skeleton(parts, day, locale=locale))
    return words.replace(" ", NO_BREAK, 1) if words[:1].isdigit() else words
