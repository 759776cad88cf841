"""Standing: what a run would do about each report now, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from generator.cli.boundary import Failure, guarded
from generator.cli.project import Project
from generator.errors import NoDataError

if TYPE_CHECKING:
    from generator.batch.due import Slot
    from generator.model.issue import Issue
    from generator.model.report import Report
    from generator.model.snapshot import Snapshot
    from generator.store import Store

Action = Literal["build", "approve", "send", "nothing", "failed"]
RESULTS = ("quarter", "half", "nine_months", "fiscal_year")
KEPT = 6
"""Days after a session within which a snapshot still tells of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One report now: what to do about which week's brief, and why; `at` is when there is next something to do."""

    ticker: str
    action: Action
    why: str
    report: Report | None = None
    slot: Slot | None = None
    issue: Issue | None = None
    at: datetime | None = None

    @property
    def name(self) -> str:
        """The work by its name: "BABA 2025-W40 2025-10-02"."""
        return f"{self.ticker} {self.slot.key} {self.slot.session}" if self.slot else self.ticker


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What is looked at: the project, its store and the moment. `asked` is a week that is asked for by name.

    `today` is what the files may know of; the moment may be set to an earlier one.
    """

    project: Project
    store: Store
    now: datetime
    today: date
    asked: str = ""

    def standings(self, reports: Sequence[Report], *, named: bool = False) -> Iterator[Standing]:
        """Give what there is to do about each report; `named` ones are made even if nothing is due."""
        for report in reports:
            found = guarded(lambda report=report: list(self._standing(report, named=named)))  # type: ignore[misc]
            if isinstance(found, Failure):
                yield Standing(ticker=report.ticker, action="failed", why=found.sentence.partition("\n")[0])
            else:
                yield from found

    def _standing(self, report: Report, *, named: bool) -> Iterator[Standing]:
        from generator.store.issues import issues_of

        known, mic = issues_of(self.store, report.ticker), self._mic(report)
        to_send = [each for each in known if each.state == "approved"]
        slots = self._slots(report, mic, known, named=named)
        for slot, why in slots:
            yield self._for_slot(report, slot, why, known)
        for issue in to_send:
            if issue.period not in {slot.key for slot, _ in slots}:
                yield Standing(ticker=report.ticker, action="send", why=_sent_next(issue), report=report, issue=issue)
        if not slots and not to_send:
            yield self._idle(report, mic, known)

    def _slots(self, report: Report, mic: str, known: Sequence[Issue], *, named: bool) -> list[tuple[Slot, str]]:
        """Return the briefs that are due, each with its reason."""
        from generator.batch.due import slots_due

        if self.asked:
            return [(slot, "asked for") for slot in self._asked(report, mic)]
        done = {issue.period for issue in known if issue.state in ("sent", "approved")}
        since = max((issue.as_of for issue in known), default=None)
        due = slots_due(report.schedule, mic, now=self.now, done=done, since=since)
        found = [(slot, _closed(slot)) for slot in due]
        if not found and not report.schedule.paused:
            found = list(self._between(report, mic, known))
        if not found and named:
            found = [(slot, "asked for") for slot in self._newest(report, mic) if slot.key not in done]
        return found

    def _asked(self, report: Report, mic: str) -> Iterator[Slot]:
        """Give the brief of the week that is asked for by name.

        Raises:
            InputError: the exchange had no session in it, or it is not over.
        """
        from generator.batch.due import slot_of
        from generator.errors import InputError

        slot = slot_of(report.schedule, mic, date.fromisoformat(f"{self.asked}-1"))
        if slot is None:
            raise InputError.at(f"--period {self.asked}", f"{mic} had no session in that week")
        if slot.session > self.now.date():
            raise InputError.at(f"--period {self.asked}", f"that week of {report.ticker} is not over", "wait for it")
        yield slot

    def _newest(self, report: Report, mic: str) -> Iterator[Slot]:
        from dataclasses import replace

        from generator.batch.due import slots_due

        always = replace(report.schedule, paused=False, catch_up="last")
        yield from slots_due(always, mic, now=self.now, done=(), since=None)

    def _between(self, report: Report, mic: str, known: Sequence[Issue]) -> Iterator[tuple[Slot, str]]:
        """Give the brief between two weekly ones that results or a move of the price ask for."""
        from generator.batch.due import newest_session

        schedule = report.schedule
        last = max(known, key=lambda issue: (issue.as_of, issue.id), default=None)
        if last is None or not (schedule.on_filing or schedule.on_move is not None):
            return
        slot = newest_session(schedule, mic, self.now)
        if slot.session <= last.as_of:
            return
        snapshot = self._snapshot(report, slot.session)
        reasons = [*(_filed(snapshot, last) if schedule.on_filing else ()), *_moved(snapshot, last, schedule.on_move)]
        if reasons:
            yield slot, "; ".join(reasons)

    def _for_slot(self, report: Report, slot: Slot, why: str, known: Sequence[Issue]) -> Standing:
        issue = next((each for each in reversed(known) if each.period == slot.key), None)
        why = "; ".join(part for part in (why, slot.note) if part)
        if issue is None and self._is_lost(report, slot):
            why = f"cannot be made again: no snapshot of {slot.session} is kept"
            return Standing(ticker=report.ticker, action="nothing", why=why, report=report)
        if issue is None or issue.state == "superseded":
            return Standing(ticker=report.ticker, action="build", why=why, report=report, slot=slot)
        if issue.state == "draft":
            held = f"held back by {issue.blocks} finding(s)" if issue.blocked else "waits for approval"
            why = f"{held} (r{issue.revision}); made anew if what goes into it has changed"
            return Standing(ticker=report.ticker, action="approve", why=why, report=report, slot=slot, issue=issue)
        action: Action = "send" if issue.state == "approved" else "nothing"
        why = _sent_next(issue) if action == "send" else f"{issue.key} has been sent"
        return Standing(ticker=report.ticker, action=action, why=why, report=report, issue=issue)

    def _is_lost(self, report: Report, slot: Slot) -> bool:
        """Whether a past week can no longer be known: live sources tell of today, and nothing was kept then.

        Why: what is fetched today must never stand under the name of an earlier week.
        """
        from generator.store.snapshots import kept_snapshots

        age = (self.now.date() - slot.session).days
        if age <= KEPT or not self.project.settings.sources.live:
            return False
        kept = kept_snapshots(self.store, report.ticker)
        return not any(0 <= (each.retrieved_at.date() - slot.session).days <= KEPT for each in kept)

    def _idle(self, report: Report, mic: str, known: Sequence[Issue]) -> Standing:
        from generator.batch.due import next_slot

        last = known[-1] if known else None
        done = f"{last.key} {'is' if last.state == 'draft' else 'was'} {last.state}" if last else "no brief yet"
        if report.schedule.paused:
            return Standing(ticker=report.ticker, action="nothing", why=f"paused; {done}", report=report, issue=last)
        coming = next_slot(report.schedule, mic, self.now)
        at = f"; next {coming.key}, on {_moment(coming.ready)}" if coming else ""
        return Standing(
            ticker=report.ticker, action="nothing", why=done + at, report=report, issue=last,
            at=coming.ready if coming else None,
        )  # fmt: skip

    def _mic(self, report: Report) -> str:
        """Return the exchange whose calendar counts."""
        if report.schedule.exchange:
            return report.schedule.exchange
        try:
            company = self._snapshot(report, self.now.date()).company
        except NoDataError:
            # It has never been asked about; it will be, once its week is over by any calendar.
            if self.project.settings.sources.live:
                return ""
            raise
        return company.mic if company else ""

    def _snapshot(self, report: Report, until: date) -> Snapshot:
        """Return what is known of the company, without asking anyone outside."""
        from generator.pipeline import gather_one

        sources = self.project.sources((report,), today=self.today).all
        return gather_one(report, sources=sources, until=until)


def _closed(slot: Slot) -> str:
    return f"the session of {slot.session} has closed and settled, at {_moment(slot.ready)}"


def _sent_next(issue: Issue) -> str:
    return f"{issue.key} is approved and has not been sent"


def _filed(snapshot: Snapshot, last: Issue) -> Iterator[str]:
    new = {
        (fact.published_on, fact.period.label)
        for fact in snapshot.facts
        if fact.entity == last.ticker and fact.period.kind in RESULTS and not fact.ahead and fact.confirmed
        and last.as_of < fact.published_on
    }  # fmt: skip
    if new:
        day, label = max(new)
        yield f"results of the {label} were published on {day}, after {last.key}"


def _moved(snapshot: Snapshot, last: Issue, least: float | None) -> Iterator[str]:
    if least is None or not last.price or snapshot.prices is None or not snapshot.prices.values:
        return
    change = snapshot.prices.values[-1] / last.price - 1
    if abs(change) >= least:
        yield f"the price has moved by {change:+.1%} since {last.key}"


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
