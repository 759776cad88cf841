"""Due: which weeks of a company are ready to be told, from its exchange's calendar and the issues there are."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from generator import sessions
from generator.model.schedule import Schedule

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
# Without a calendar a day's trading is over everywhere on earth by this time of the next day in UTC.
OVER = time(12)
# A run that is missed by more than this is missed, where nothing is caught up; and how far back "all" reaches.
LATE = timedelta(hours=24)
FURTHEST = 53


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One brief's place in time: the key of its week, the session it tells of, and when that can be told.

    `note` says what is not as usual about it.
    """

    key: str
    session: date
    ready: datetime
    note: str = ""


def week_key(day: date) -> str:
    """Return the ISO week of a day: "2026-W53" for 1 January 2027."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def day_key(day: date) -> str:
    """Return the ISO week and weekday of a day, the key of a brief between two weekly ones: "2025-W40-2"."""
    return f"{week_key(day)}-{day.isoweekday()}"


def slot_of(schedule: Schedule, mic: str, day: date) -> Slot | None:
    """Return the weekly brief of the week that a day is in; None in a week without a session.

    A weekday that is a holiday is that of the session before it, in the same week; else of the one after it.
    """
    monday = day - timedelta(days=day.weekday())
    days = sessions.sessions(mic, monday, monday + 6 * DAY)
    if not days:
        return None
    wanted = monday + DAY * (6 if schedule.weekday is None else schedule.weekday)
    session = max((each for each in days if each <= wanted), default=days[0])
    return _slot(schedule, mic, session, key=week_key(session))


def newest_session(schedule: Schedule, mic: str, now: datetime) -> Slot:
    """Return the newest session that can be told, whatever its weekday."""
    session = sessions.last_session(mic, now.astimezone(UTC).date() + DAY)
    while (slot := _slot(schedule, mic, session, key=day_key(session))).ready > now:
        session = sessions.last_session(mic, session - DAY)
    return slot


def slots_due(
    schedule: Schedule, mic: str, *, now: datetime, done: Collection[str], since: date | None
) -> tuple[Slot, ...]:
    """Return the weekly briefs that are ready and not done, oldest first.

    `done` are the keys of the issues there are, and `since` is the day of the oldest week that may be caught up;
    without it only the newest week is looked at.
    """
    if schedule.paused:
        return ()
    ready = list(_ready(schedule, mic, now))
    if schedule.catch_up == "all":
        return tuple(
            slot
            for i, slot in reversed(list(enumerate(ready)))
            if slot.key not in done and (i == 0 or (since is not None and slot.session > since))
        )
    newest = ready[:1]
    if schedule.catch_up == "none":
        newest = [slot for slot in newest if now - slot.ready < LATE]
    return tuple(slot for slot in newest if slot.key not in done)


def next_slot(schedule: Schedule, mic: str, now: datetime) -> Slot | None:
    """Return the next weekly brief to come."""
    week = now.astimezone(UTC).date()
    coming = (slot_of(schedule, mic, week + WEEK * i) for i in range(5))
    return next((slot for slot in coming if slot is not None and slot.ready > now), None)


def _ready(schedule: Schedule, mic: str, now: datetime) -> Iterator[Slot]:
    """Give the weekly briefs that are ready, the newest first."""
    week = now.astimezone(UTC).date() + DAY
    for i in range(FURTHEST + 1):
        slot = slot_of(schedule, mic, week - WEEK * i)
        if slot is not None and slot.ready <= now:
            yield slot


def _slot(schedule: Schedule, mic: str, session: date, *, key: str) -> Slot:
    close = sessions.close_of(mic, session)
    note = ""
    if close is None:
        close = _over(schedule, session)
        note = f"the calendar of the exchange {mic or '(unknown)'} is not known: Monday to Friday stand in"
    ready = close.astimezone(UTC) + schedule.settle
    if schedule.earliest is not None:
        ready = max(ready, _at(schedule, ready))
    return Slot(key=key, session=session, ready=ready, note=note)


def _over(schedule: Schedule, session: date) -> datetime:
    """Return when a day is over where no calendar says so: by the desk's clock, else everywhere on earth."""
    after = session + DAY
    if schedule.time_zone:
        return datetime.combine(after, time(), ZoneInfo(schedule.time_zone)).astimezone(UTC)
    return datetime.combine(after, OVER, UTC)


def _at(schedule: Schedule, ready: datetime) -> datetime:
    """Return when the desk's clock shows the earliest time of day, on the day that is `ready` there."""
    zone = ZoneInfo(schedule.time_zone or "UTC")
    return datetime.combine(ready.astimezone(zone).date(), schedule.earliest or time(), zone).astimezone(UTC)
