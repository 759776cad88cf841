"""Fetched: a live source with a memory. It keeps what the source says, and falls back on that when the source fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Protocol

from generator.errors import BriefError, NoDataError, SourceFailedError, StaleError
from generator.language import day_in_words
from generator.model.answer import Answer
from generator.model.fact import Fact, Unit, fact_id
from generator.model.period import Period
from generator.model.snapshot import Snapshot
from generator.sources.desk import Collect
from generator.sources.kinds import PRICES_AS_OF


class Archive(Protocol):
    """Where what a source said is kept."""

    def newest(self, source: str, ticker: str, until: date) -> Snapshot | None:
        """Return the newest snapshot of a source that was known by a day; its `until` is the day it was taken."""
        ...

    def keep(self, source: str, snapshot: Snapshot, answers: Sequence[Answer]) -> None:
        """Keep a snapshot and the answers it was made from."""
        ...

    def keep_answers(self, source: str, answers: Sequence[Answer]) -> None:
        """Keep answers that made no snapshot."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Tape:
    """Holds the answers of one collection until they are stored."""

    answers: list[Answer] = field(default_factory=list)

    def record(self, answer: Answer) -> None:
        """Take up an answer."""
        self.answers.append(answer)

    def taken(self) -> tuple[Answer, ...]:
        """Return the answers taken up, and forget them."""
        taken = tuple(self.answers)
        self.answers.clear()
        return taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One live source: asked through `ask`, or, where that is None, known from what was kept alone.

    `oldest` is how old a snapshot may be that stands in.
    """

    name: str
    publisher: str
    archive: Archive
    oldest: timedelta
    ask: Collect | None = None
    tape: Tape = field(default_factory=Tape)

    def collect(self, ticker: str, until: date) -> Snapshot:
        """Return what the source says, or what it last said.

        Raises:
            NoDataError: it does not know the ticker, or nothing of it was kept by the day.
            SourceFailedError: it failed, and nothing was kept.
            StaleError: what was kept is too old.
        """
        if self.ask is None:
            return self._stored(ticker, until)
        try:
            snapshot = self.asked(ticker, until)
        except SourceFailedError as error:
            return self._instead(error, ticker, until)
        return replace(snapshot, origins=(f"{self.publisher}, read for {day_in_words(until)}",))

    def asked(self, ticker: str, until: date) -> Snapshot:
        """Return what the source says now, and keep it.

        Raises:
            NoDataError: it does not know the ticker, or may not be asked.
            SourceFailedError: it failed; what it answered is kept all the same.
        """
        if self.ask is None:
            raise NoDataError(f"{self.publisher} may not be asked")
        try:
            snapshot = self.ask.collect(ticker, until)
        except BriefError:
            self.archive.keep_answers(self.name, self.tape.taken())
            raise
        self.archive.keep(self.name, snapshot, self.tape.taken())
        return snapshot

    def _stored(self, ticker: str, until: date) -> Snapshot:
        kept = self.archive.newest(self.name, ticker, until)
        if kept is None:
            raise NoDataError(f"nothing of {self.publisher} on {ticker} was stored by {day_in_words(until)}")
        self._see_age(kept, until)
        known = self._dated(kept, until)
        return _marked(known, kept, "nothing newer was fetched") if _has_passed(kept.until, until) else known

    def _instead(self, error: SourceFailedError, ticker: str, until: date) -> Snapshot:
        """Return the last snapshot in place of the one that could not be had."""
        kept = self.archive.newest(self.name, ticker, until)
        if kept is None:
            raise error
        self._see_age(kept, until, f"{self.publisher} {error.why}; ")
        note = f"{ticker}: {self.publisher} {error.why}; the snapshot of {day_in_words(kept.until)} stands in"
        known = _marked(self._dated(kept, until), kept, f"{self.publisher} did not answer")
        return replace(known, notes=(*known.notes, note))

    def _see_age(self, kept: Snapshot, until: date, why: str = "") -> None:
        """Refuse a snapshot that is too old.

        Raises:
            StaleError: it is.
        """
        age = until - kept.until
        if age > self.oldest:
            newest = f"the newest stored snapshot of {self.publisher} is of {kept.until}, {age.days} days before the"
            limit = f"at most {self.oldest.days} are allowed ([store] oldest_days in settings.toml)"
            advice = f"ask anew with `brief fetch {kept.ticker}`"
            raise StaleError(f"{kept.ticker}: {why}{newest} brief's day; {limit}, so {advice}")

    def _dated(self, kept: Snapshot, until: date) -> Snapshot:
        facts = tuple(fact for fact in kept.facts if fact.published_on <= until)
        origin = f"{self.publisher}, as stored on {day_in_words(kept.until)}"
        return replace(kept, until=until, facts=facts, origins=(origin,))


def _has_passed(day: date, until: date) -> bool:
    """Tell whether a day of trade lies between two days."""
    return any((day + timedelta(days=n)).weekday() < 5 for n in range(1, (until - day).days + 1))


def _marked(snapshot: Snapshot, kept: Snapshot, why: str) -> Snapshot:
    """Return a snapshot with the fact of which day its prices are; page one says so in a line of its own."""
    if snapshot.prices is None or not snapshot.prices.days:
        return snapshot
    last = snapshot.prices.days[-1]
    period = Period.instant(last)
    banner = Fact(
        id=fact_id(snapshot.ticker, PRICES_AS_OF, period),
        entity=snapshot.ticker,
        metric=PRICES_AS_OF,
        label="day of the prices",
        value=last,
        unit=Unit.DATE,
        period=period,
        as_of=last,
        published_on=kept.until,
        sources=snapshot.prices.sources,
        note=f"{why}; the stored snapshot stands in",
    )
    return replace(snapshot, facts=(*snapshot.facts, banner))
