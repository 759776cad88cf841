"""Pacing: the level of a bucket that everybody who asks a provider draws from, wherever it is kept."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol


@dataclass(slots=True, kw_only=True)
class Level:
    """What is in a bucket: `tokens` as they were `at` a time (later than now under a hold); None in a new one.

    `now` is the time of whoever keeps it, one for all that draw. What is changed is kept.
    """

    now: float
    tokens: float | None = None
    at: float = 0.0


class Shared(Protocol):
    """Keeps a bucket's level between those who draw from it."""

    def held(self) -> AbstractContextManager[Level]:
        """Give the level to one alone; what it has changed is kept when it is done."""
        ...
