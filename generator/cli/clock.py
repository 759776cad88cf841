"""The clock. Nothing else in the program asks what day or time it is."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime


def today() -> date:
    """Return the day on this machine's clock."""
    return date.today()  # noqa: DTZ011 -- the desk's own day is meant


def now() -> datetime:
    """Return the moment on this machine's clock."""
    return datetime.now(tz=UTC)


def wait(seconds: float) -> None:
    """Let time pass."""
    time.sleep(seconds)
