"""Trading days: holidays, half days, exchanges whose calendar cannot be had, and days on which nothing is asked."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime

import pytest

from generator import sessions


def test_a_holiday_is_no_session() -> None:
    """Labour Day is no session in New York, the Friday before and the Tuesday after are."""
    found = sessions.sessions("XNYS", date(2025, 8, 29), date(2025, 9, 2))
    assert found == (date(2025, 8, 29), date(2025, 9, 2))


def test_sessions_reach_over_the_end_of_a_year() -> None:
    """Days of two years come in one row, in order."""
    found = sessions.sessions("XNAS", date(2024, 12, 31), date(2025, 1, 3))
    assert found == (date(2024, 12, 31), date(2025, 1, 2), date(2025, 1, 3))


def test_the_last_session_before_a_holiday_is_found() -> None:
    """On New Year's Day the last session is that of the old year."""
    assert sessions.last_session("XNYS", date(2025, 1, 1)) == date(2024, 12, 31)


def test_a_half_day_closes_early() -> None:
    """The day after Thanksgiving ends at one o'clock in New York; a holiday has no close."""
    assert sessions.close_of("XNYS", date(2025, 11, 28)) == datetime(2025, 11, 28, 18, tzinfo=UTC)
    assert sessions.close_of("XNYS", date(2025, 11, 27)) is None


@pytest.mark.parametrize("mic", ["", "NOPE"])
def test_weekdays_stand_in_for_a_calendar_that_cannot_be_had(mic: str) -> None:
    """An exchange without a calendar trades from Monday to Friday, and is told not to be known."""
    assert not sessions.known_exchange(mic, 2025)
    assert sessions.sessions(mic, date(2025, 8, 29), date(2025, 9, 2)) == (
        date(2025, 8, 29),
        date(2025, 9, 1),
        date(2025, 9, 2),
    )
    assert sessions.close_of(mic, date(2025, 9, 2)) is None


@pytest.mark.parametrize("mic", ["XTAE", "XBSE", "ASEX", "XBEL", "XCYS"])
def test_a_calendar_that_fails_to_load_breaks_nothing(mic: str) -> None:
    """Calendars that newer libraries cannot load answer with weekdays, or with sessions where they do load."""
    assert sessions.is_session(mic, date(2025, 9, 2))
    assert not sessions.is_session(mic, date(2025, 9, 6))


def test_closes_between_two_days_are_counted() -> None:
    """A Friday's close is the newest one on the Tuesday after Labour Day; on Wednesday one is missing."""
    assert sessions.missed_sessions("XNYS", date(2025, 8, 29), date(2025, 9, 2)) == ()
    assert sessions.missed_sessions("XNYS", date(2025, 8, 29), date(2025, 9, 3)) == (date(2025, 9, 2),)


def test_a_fresh_price_asks_no_calendar(monkeypatch: pytest.MonkeyPatch) -> None:
    """The calendar is not even loaded where only a weekend lies between."""
    monkeypatch.setitem(sys.modules, "exchange_calendars", None)
    assert sessions.missed_sessions("XNYS", date(2025, 10, 2), date(2025, 10, 2)) == ()
    assert sessions.missed_sessions("XNYS", date(2025, 10, 3), date(2025, 10, 6)) == ()
