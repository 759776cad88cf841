"""Pace: how fast a provider is asked, by all processes of this machine, and how long one collection may take."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

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
    """A token bucket in a SQLite file, which all processes draw from.

    Why SQLite: its lock is released when a process dies, on every system, and it is in the standard library.
    """

    def __init__(
        self,
        file: Path,
        pace: Pace,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`clock` must be the same for all processes, so it is the wall clock."""
        self._file = file
        self._pace = pace
        self._clock = clock
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
        with self._locked() as (store, tokens, at, now):
            store(min(tokens, 0.0), max(at, now + min(seconds, LONGEST_HOLD)))

    def _reserved(self, within: float) -> float:
        """Take a token, even one that is still to drop in, and return the seconds until it has."""
        with self._locked() as (store, tokens, at, now):
            wait = max(0.0, at - now) + max(0.0, (1.0 - tokens) / self._pace.rate)
            if wait <= within:
                store(tokens - 1.0, at)
            return wait

    @contextmanager
    def _locked(self) -> Iterator[tuple[Callable[[float, float], None], float, float, float]]:
        """Give a way to store the bucket, its tokens, the time they stand at (later than now under a hold), and now."""
        with closing(self._opened()) as db:
            now = self._clock()
            row = db.execute("SELECT tokens, at FROM bucket").fetchone()
            tokens, at = row or (float(self._pace.burst), now)
            if at - now > LONGEST_HOLD:
                tokens, at = 0.0, now
            passed = max(0.0, now - at)
            tokens = min(float(self._pace.burst), tokens + passed * self._pace.rate)
            try:
                yield lambda left, since: _write(db, left, since), tokens, max(at, now), now
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


def _write(db: sqlite3.Connection, tokens: float, at: float) -> None:
    db.execute(_STORE, (tokens, at))


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
