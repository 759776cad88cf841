"""Due: the right week for every exchange, holidays, half days, clock changes, week 53, and what was missed."""

from __future__ import annotations

import warnings
from datetime import UTC, date, datetime, time, timedelta

import exchange_calendars
import pytest

from generator.batch.due import Slot, day_key, newest_session, next_slot, slot_of, slots_due, week_key
from generator.model.schedule import Schedule

WEEKLY = Schedule()
WEEK = timedelta(days=7)
# One exchange a kind: west, lunch break, Golden Week, Boxing Day, Sundays, the southern summer, a late fiscal holiday.
EXCHANGES = ("XNYS", "XHKG", "XTKS", "XLON", "XSAU", "XASX", "BVMF")
FIRST = {"XSAU": "2021-01-04"}


def at(text: str) -> datetime:
    """Return a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def slot(schedule: Schedule, mic: str, day: date) -> Slot:
    """Return the weekly brief of a week that has one."""
    found = slot_of(schedule, mic, day)
    assert found is not None
    return found


@pytest.mark.parametrize("mic", EXCHANGES)
def test_every_week_from_2020_to_2027_is_that_of_its_last_session(mic: str) -> None:
    """As the calendar itself has it, with the close in UTC whatever the season."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        calendar = exchange_calendars.get_calendar(mic, start=FIRST.get(mic, "2019-12-30"), end=_end(mic))
    last: dict[str, date] = {each.date().strftime("%G-W%V"): each.date() for each in calendar.sessions}
    monday, wrong = date.fromisoformat(FIRST.get(mic, "2019-12-30")), []
    while monday <= max(last.values()) - WEEK:
        found = slot_of(WEEKLY, mic, monday)
        session = last.get(monday.strftime("%G-W%V"))
        if session is None or found is None:
            assert (session, found) == (None, None)
        elif (found.key, found.session) != (monday.strftime("%G-W%V"), session) or (
            found.ready != calendar.session_close(session.isoformat()).to_pydatetime() + timedelta(hours=2)
        ):
            wrong.append(found)
        monday += WEEK
    assert monday >= date(2026, 12, 1)
    assert wrong == []


def _end(mic: str) -> str:
    bound = exchange_calendars.calendar_utils.global_calendar_dispatcher._calendar_factories[mic].bound_max()
    return min("2027-12-31", str(bound.date()) if bound is not None else "2027-12-31")


def test_a_holiday_week_ends_with_its_last_session() -> None:
    """Good Friday, the half day after Thanksgiving, New Year's Eve; week 53 is a week."""
    assert slot(WEEKLY, "XNYS", date(2026, 4, 3)).session == date(2026, 4, 2)
    assert slot(WEEKLY, "XNYS", date(2026, 11, 27)).ready == at("2026-11-27T20:00")
    assert slot(WEEKLY, "XNYS", date(2027, 1, 1)) == Slot(
        key="2026-W53", session=date(2026, 12, 31), ready=at("2026-12-31T23:00")
    )
    assert (week_key(date(2027, 1, 1)), day_key(date(2025, 9, 30))) == ("2026-W53", "2025-W40-2")


def test_a_week_without_a_session_has_no_brief() -> None:
    """Golden Week in Shanghai."""
    assert slot_of(WEEKLY, "XSHG", date(2023, 10, 4)) is None


def test_a_weekday_that_is_a_holiday_is_that_of_the_session_before() -> None:
    """And where the week has none before, of the one after."""
    thursday = Schedule(weekday=3)
    assert slot(thursday, "XNYS", date(2025, 11, 27)).session == date(2025, 11, 26)
    monday = Schedule(weekday=0)
    assert slot(monday, "XNYS", date(2025, 9, 1)).session == date(2025, 9, 2)


def test_the_clock_change_moves_the_close_and_not_the_desk() -> None:
    """New York closes at 20:00 or 21:00 UTC; half past six at night in Berlin is that in both seasons."""
    assert slot(WEEKLY, "XNYS", date(2025, 10, 31)).ready == at("2025-10-31T22:00")
    assert slot(WEEKLY, "XNYS", date(2025, 11, 7)).ready == at("2025-11-07T23:00")
    berlin = Schedule(earliest=time(18, 30), time_zone="Europe/Berlin")
    assert slot(berlin, "XETR", date(2025, 10, 24)).ready == at("2025-10-24T17:30")
    assert slot(berlin, "XTKS", date(2025, 10, 24)).ready == at("2025-10-24T16:30")
    assert slot(berlin, "XTKS", date(2025, 10, 31)).ready == at("2025-10-31T17:30")


def test_nothing_is_due_before_the_close_has_settled() -> None:
    """A minute makes the difference; the week before is then no longer the newest."""
    done = {"2025-W39"}
    early = slots_due(WEEKLY, "XNYS", now=at("2025-10-03T21:59"), done=done, since=None)
    late = slots_due(WEEKLY, "XNYS", now=at("2025-10-03T22:00"), done=done, since=None)
    assert early == ()
    assert [each.key for each in late] == ["2025-W40"]
    assert slots_due(WEEKLY, "XNYS", now=at("2025-10-03T22:00"), done={"2025-W40"}, since=None) == ()


def test_a_missed_run_is_caught_up_as_the_report_says() -> None:
    """None, the last week, or all weeks since the last issue, oldest first."""
    now, done, since = at("2025-10-20T08:00"), {"2025-W39"}, date(2025, 9, 26)

    def keys(**schedule: str) -> list[str]:
        return [each.key for each in slots_due(Schedule(**schedule), "XNYS", now=now, done=done, since=since)]  # type: ignore[arg-type]

    assert keys(catch_up="none") == []
    assert keys(catch_up="last") == ["2025-W42"]
    assert keys(catch_up="all") == ["2025-W40", "2025-W41", "2025-W42"]
    assert slots_due(Schedule(paused=True), "XNYS", now=now, done=done, since=since) == ()
    first = slots_due(Schedule(catch_up="all"), "XNYS", now=now, done=(), since=None)
    assert [each.key for each in first] == ["2025-W42"]


@pytest.mark.parametrize("mic", ["", "NOPE"])
def test_an_exchange_without_a_calendar_is_told_a_day_later_and_says_so(mic: str) -> None:
    """When the day is over everywhere on earth, or by the desk's own clock."""
    found = slot(WEEKLY, mic, date(2025, 10, 1))
    assert (found.session, found.ready) == (date(2025, 10, 3), at("2025-10-04T14:00"))
    assert "is not known" in found.note
    assert slot(Schedule(time_zone="Asia/Tokyo"), mic, date(2025, 10, 1)).ready == at("2025-10-03T17:00")


def test_between_two_weeks_the_newest_session_counts() -> None:
    """Its key names the day, so that it is no week's brief."""
    found = newest_session(WEEKLY, "XNYS", at("2025-10-01T01:00"))
    assert (found.key, found.session) == ("2025-W40-2", date(2025, 9, 30))
    assert newest_session(WEEKLY, "XNYS", at("2025-09-30T21:00")).session == date(2025, 9, 29)


def test_the_next_brief_is_foretold() -> None:
    """Over a week without one."""
    found = next_slot(WEEKLY, "XNYS", at("2025-10-03T22:00"))
    assert found is not None
    assert found.key == "2025-W41"
    golden = next_slot(WEEKLY, "XSHG", at("2023-09-30T00:00"))
    assert golden is not None
    assert golden.key == "2023-W41"
