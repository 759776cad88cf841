"""Pace: how fast a provider is asked, by all who share its bucket, and how long one collection may take."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from generator.model.pacing import Level, Shared
from generator.sources.outcome import OutOfTimeError, RefusedError

LONGEST_HOLD = 600.0
"""Seconds beyond which a stored hold can only come from a clock that was set back."""

_TABLE = "CREATE TABLE IF NOT EXISTS bucket (id INTEGER PRIMARY KEY CHECK (id = 1), tokens REAL, at REAL)"
_STORE = "INSERT INTO bucket VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE SET tokens = excluded.tokens, at = excluded.at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """At most `rate` requests a second in the long run, and `burst` at once after a rest."""

    rate: float = 2.0
    burst: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait: for one answer, between tries (doubling, with jitter), and for a whole collection."""

    answer: float = 20.0
    first: float = 1.0
    longest: float = 10.0
    collection: float = 180.0


class Bucket:
    """A token bucket that all who ask a provider draw from: the processes of a machine, or several machines."""

    def __init__(self, shared: Shared, pace: Pace, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._shared = shared
        self._pace = pace
        self._sleep = sleep

    def take(self, *, within: float) -> None:
        """Wait for the next turn.

        Raises:
            OutOfTimeError: the turn comes later than `within` seconds; none is taken then.
        """
        wait = self._reserved(within)
        if wait > within:
            raise OutOfTimeError("was not asked: too many requests are waiting for their turn")
        if wait > 0:
            self._sleep(wait)

    def hold(self, seconds: float) -> None:
        """Let nobody ask for some seconds, because the provider said that it is asked too often."""
        with self._shared.held() as level:
            tokens, at = self._today(level)
            level.tokens, level.at = min(tokens, 0.0), max(at, level.now + min(seconds, LONGEST_HOLD))

    def _reserved(self, within: float) -> float:
        """Take a token, even one that is still to drop in, and return the seconds until it has."""
        with self._shared.held() as level:
            tokens, at = self._today(level)
            wait = max(0.0, at - level.now) + max(0.0, (1.0 - tokens) / self._pace.rate)
            if wait <= within:
                level.tokens, level.at = tokens - 1.0, at
            return wait

    def _today(self, level: Level) -> tuple[float, float]:
        """Return the tokens with what has dropped in since, and the time they stand at."""
        full = float(self._pace.burst)
        tokens, at = (full, level.now) if level.tokens is None else (level.tokens, level.at)
        if at - level.now > LONGEST_HOLD:
            tokens, at = 0.0, level.now
        return min(full, tokens + max(0.0, level.now - at) * self._pace.rate), max(at, level.now)


class InFile:
    """A bucket's level in a SQLite file, for the processes of one machine.

    Why SQLite: its lock is released when a process dies, on every system, and it is in the standard library.
    """

    def __init__(self, file: Path, *, clock: Callable[[], float] = time.time) -> None:
        """`clock` must be the same for all processes, so it is the wall clock."""
        self._file = file
        self._clock = clock

    @contextmanager
    def held(self) -> Iterator[Level]:
        """Give the level to one alone; what it has changed is kept when it is done.

        Raises:
            RefusedError: the file cannot be written.
        """
        with closing(self._opened()) as db:
            now, row = self._clock(), db.execute("SELECT tokens, at FROM bucket").fetchone()
            level = Level(now=now) if row is None else Level(now=now, tokens=row[0], at=row[1])
            try:
                yield level
                if level.tokens is not None:
                    db.execute(_STORE, (level.tokens, level.at))
            finally:
                db.execute("COMMIT")

    def _opened(self) -> sqlite3.Connection:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(self._file, timeout=60, isolation_level=None)
            db.execute(_TABLE)
            db.execute("BEGIN IMMEDIATE")
        except (sqlite3.Error, OSError) as error:
            raise RefusedError(f"was not asked: its pace cannot be kept in {self._file.parent} ({error})") from error
        return db


class Deadline:
    """The end of the collection that the calling thread is in."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end: ContextVar[float | None] = ContextVar("end", default=None)

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Let what runs inside take no longer than this."""
        token = self._end.set(self._clock() + seconds)
        try:
            yield
        finally:
            self._end.reset(token)

    @property
    def left(self) -> float:
        """The seconds left; without end where no collection runs."""
        end = self._end.get()
        return float("inf") if end is None else end - self._clock()
