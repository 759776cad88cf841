"""Archive: what each source said about a ticker, found again by the day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from generator.model.answer import Answer
from generator.model.snapshot import Snapshot
from generator.store.snapshots import keep_answers, keep_snapshot, kept_snapshots, read_snapshot
from generator.store.store import Store

ZONES = timedelta(days=1)
"""A desk's evening may be tomorrow already by UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAnswers:
    """The snapshots of a store. `now` tells the time; `licences` say under which terms a source may be used."""

    store: Store
    now: Callable[[], datetime]
    licences: Mapping[str, str] = field(default_factory=dict)

    def newest(self, source: str, ticker: str, until: date) -> Snapshot | None:
        """Return the newest snapshot of a source that was known by a day, or None.

        One that was taken by that day goes before one that was fetched later for a day in the past: only the first
        holds the undated figures of the day.
        """
        found = [each for each in kept_snapshots(self.store, ticker, source=source) if each.until <= until]
        then = [each for each in found if each.retrieved_at.date() <= until + ZONES]
        best = next(iter(then or found), None)
        return None if best is None else read_snapshot(self.store, best.sha)

    def keep(self, source: str, snapshot: Snapshot, answers: Sequence[Answer]) -> None:
        """Keep a snapshot and the answers it was made from."""
        licence = self.licences.get(source, "")
        keep_snapshot(self.store, snapshot, source=source, at=self.now(), answers=answers, licence=licence)

    def keep_answers(self, source: str, answers: Sequence[Answer]) -> None:
        """Keep answers that made no snapshot."""
        keep_answers(self.store, answers, licence=self.licences.get(source, ""))
