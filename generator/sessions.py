"""Sessions: on which days an exchange trades, and when it closes."""

from __future__ import annotations

import warnings
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exchange_calendars import ExchangeCalendar

WEEKEND = (5, 6)
DAY = timedelta(days=1)


def sessions(mic: str, first: date, last: date) -> tuple[date, ...]:
    """Return the trading days of an exchange from `first` to `last`, both included, oldest first.

    `mic` is the exchange's ISO 10383 code ("XNYS"). Where its calendar is not known (`known_exchange`), the days from
    Monday to Friday stand in.
    """
    return tuple(day for year in range(first.year, last.year + 1) for day in _year(mic, year) if first <= day <= last)


def is_session(mic: str, day: date) -> bool:
    """Tell whether an exchange trades on a day."""
    return day in _year(mic, day.year)


def last_session(mic: str, day: date) -> date:
    """Return the newest trading day up to and including `day`."""
    while not is_session(mic, day):
        day -= DAY
    return day


def missed_sessions(mic: str, since: date, until: date) -> tuple[date, ...]:
    """Return the trading days strictly between two days: those of which a close should be known by `until`.

    Why: a calendar takes a second to load, and most days there is nothing to ask it.
    """
    between = [since + DAY * i for i in range(1, (until - since).days)]
    if not [day for day in between if day.weekday() not in WEEKEND] and _western(mic):
        return ()
    return sessions(mic, since + DAY, until - DAY) if between else ()


def close_of(mic: str, day: date) -> datetime | None:
    """Return when trading ends on a day, in UTC; None where it does not trade or the calendar is not known."""
    calendar = _calendar(mic, day.year)
    if calendar is None or not calendar.is_session(day.isoformat()):
        return None
    close: datetime = calendar.session_close(day.isoformat()).to_pydatetime()
    return close


def known_exchange(mic: str, year: int) -> bool:
    """Tell whether the calendar of an exchange is known for a year."""
    return _calendar(mic, year) is not None


def _western(mic: str) -> bool:
    """Tell an exchange without sessions at weekends; Tel Aviv traded on Sundays, Riyadh does."""
    return mic not in ("XTAE", "XSAU", "XKUW", "XDFM", "XADS", "DSMD", "XDSM", "XCAI", "XAMM")


@lru_cache(maxsize=256)
def _year(mic: str, year: int) -> tuple[date, ...]:
    calendar = _calendar(mic, year)
    if calendar is not None:
        return tuple(each.date() for each in calendar.sessions)
    days = (date(year, 1, 1) + DAY * i for i in range(366))
    return tuple(day for day in days if day.year == year and day.weekday() not in WEEKEND)


@lru_cache(maxsize=64)
def _calendar(mic: str, year: int) -> ExchangeCalendar | None:
    """Return the calendar of one year, or None.

    Why: a few calendars cannot be loaded with the newest pandas and raise what their code happens to raise
    (NotImplementedError, ValueError), others warn of what pandas will drop; others end with the last year whose
    holidays have been decreed.
    """
    import exchange_calendars

    if not mic:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return exchange_calendars.get_calendar(mic, start=f"{year}-01-01", end=f"{year}-12-31")
    except (exchange_calendars.errors.CalendarError, NotImplementedError, ValueError):
        return None
