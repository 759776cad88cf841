"""Issuing: one week's brief of one company, made by whichever process and recorded in the store as a draft."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Literal

from generator.cli import folder
from generator.cli.boundary import DEBUG, Code, Failure, guarded
from generator.cli.gaps import gaps_of
from generator.cli.last import facts_then, last_recorded
from generator.cli.orders import ordered
from generator.cli.project import Project

if TYPE_CHECKING:
    from generator.batch import Lost
    from generator.model.document import Document
    from generator.model.issue import Issue, Making
    from generator.model.letter import Letter
    from generator.model.report import Report
    from generator.model.snapshot import Snapshot
    from generator.store import Store

State = Literal["made", "made with gaps", "unchanged", "blocked", "failed", "not due"]
WHO = "brief run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one brief of a run: made or not, and how far on its way it is (`stage`)."""

    ticker: str
    period: str
    state: State
    code: Code = Code.DONE
    revision: int = 0
    stage: str = ""
    words: str = ""
    findings: tuple[int, int, int] = (0, 0, 0)
    blocked_by: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuing:
    """The work of a run: "BABA 2025-W40 2025-10-02" in, its Outcome out. A plain value, sent to worker processes."""

    project: Project
    now: datetime
    today: date
    debug: bool = False

    def __call__(self, name: str) -> Outcome:
        """Return what became of one brief."""
        DEBUG.set(self.debug)
        ticker, period, day = name.split(" ")
        made = guarded(partial(self._issue, ticker, period, date.fromisoformat(day)))
        if isinstance(made, Failure):
            return Outcome(ticker=ticker, period=period, state="failed", code=made.code, words=made.sentence)
        return made

    def _issue(self, ticker: str, period: str, until: date) -> Outcome:
        from generator.batch.inputs import inputs_of, snapshots_of
        from generator.pipeline import gather, make_from, unproven_letter
        from generator.store.issues import newest_issue, record_issue

        templates = self.project.templates
        report, sources = ordered(ticker, self.project, until=until, today=self.today, live=False)
        snapshots = gather(report, sources=sources.all, until=until)
        known_by = snapshots_of(snapshots)
        with self.project.store() as store:
            last = last_recorded(store, report.ticker, before=until)
            inputs = inputs_of(report, known_by, templates, last=last.ledger_sha if last else "")
            known = newest_issue(store, report.ticker, period)
            if known is not None and known.inputs == inputs and known.state != "superseded":
                self._show(store, known)
                return _unchanged(known)
            previous = facts_then(store, last) if last else None
            document = make_from(report, snapshots, templates=templates, previous=previous)
            document = replace(document, findings=(*unproven_letter(document, templates=templates), *document.findings))
            made = self._kept(store, report, document, snapshots[0], inputs=inputs, known_by=known_by, period=period)
            issue = record_issue(store, made, at=self.now, who=WHO)
            self._show(store, issue)
        return _outcome(issue, document, report)

    def _kept(
        self, store: Store, report: Report, document: Document, snapshot: Snapshot, *, inputs: str, known_by: str,
        period: str,
    ) -> Making:  # fmt: skip
        """Put the files of a brief into the store and return what it is recorded by."""
        from generator.model.issue import Making
        from generator.model.tables import ledger_rows, rows_json
        from generator.store.parcels import keep_letter

        counts = Counter[str](finding.level for finding in document.findings)
        prices = snapshot.prices
        letter, again = self._letters(report, document)
        rows = rows_json(ledger_rows(document.ledger))
        return Making(
            ticker=report.ticker,
            period=period,
            as_of=document.brief.as_of,
            inputs=inputs,
            snapshot=known_by,
            pdf_sha=store.objects.put(document.pdf),
            ledger_sha=store.objects.put(rows),
            letter_sha=keep_letter(store, letter),
            again_sha=keep_letter(store, again) if again else None,
            pages=document.pages,
            blocks=counts["block"],
            warns=counts["warn"],
            notes=counts["note"],
            price=prices.values[-1] if prices and prices.values else None,
        )

    def _letters(self, report: Report, document: Document) -> tuple[Letter, Letter | None]:
        """Return the letter, and where the report asks for it the one for sending this brief in a later week."""
        from generator.language import day_in_words
        from generator.model.letter import Notice
        from generator.pipeline import write_letter

        letter = write_letter(document.brief, templates=self.project.templates)
        if not report.approval.send_last_good:
            return letter, None
        day = day_in_words(document.brief.as_of)
        notice = Notice(
            mark=f"Brief of {day}",
            words=f"The newest brief is held back. This is the last approved one; it tells what was known on {day}.",
        )
        return letter, write_letter(document.brief, templates=self.project.templates, notice=notice)

    def _show(self, store: Store, issue: Issue) -> None:
        """Put a draft where it can be read, marked as one."""
        if issue.state == "draft":
            write_draft(self.project, store, issue)


def write_draft(project: Project, store: Store, issue: Issue) -> None:
    """Write the review copy of a draft: output/<week>/<ticker>.draft.pdf."""
    from generator.pdf import draft_of

    week = project.output / issue.period
    folder.ready(week)
    data = draft_of(store.objects.read(issue.pdf_sha), templates=project.templates[-1])
    folder.write_files(week, {draft_name(issue): data})


def draft_name(issue: Issue) -> str:
    """Return the name of a draft's review copy."""
    return f"{issue.ticker.lower()}.draft.pdf"


def lost(name: str, why: Lost) -> Outcome:
    """Return the outcome of a brief whose process was ended."""
    ticker, period, _ = name.split(" ")
    return Outcome(ticker=ticker, period=period, state="failed", code=Code.LIMIT, words=f"{ticker}: {why.sentence}")


def at_stage(outcome: Outcome, stage: str) -> Outcome:
    """Return an outcome that has come further."""
    return replace(outcome, stage=stage)


def _unchanged(issue: Issue) -> Outcome:
    return Outcome(
        ticker=issue.ticker,
        period=issue.period,
        state="blocked" if issue.blocked else "unchanged",
        code=Code.BLOCKED if issue.blocked else Code.DONE,
        revision=issue.revision,
        findings=(issue.blocks, issue.warns, issue.notes),
        words="nothing that goes into it has changed",
    )


def _outcome(issue: Issue, document: Document, report: Report) -> Outcome:
    gaps = gaps_of(report, document.ledger)
    blocked = tuple(dict.fromkeys(each.check for each in document.findings if each.level == "block"))
    return Outcome(
        ticker=issue.ticker,
        period=issue.period,
        state="blocked" if blocked else "made with gaps" if gaps else "made",
        code=Code.BLOCKED if blocked else Code.DONE,
        revision=issue.revision,
        findings=(issue.blocks, issue.warns, issue.notes),
        blocked_by=blocked,
        gaps=gaps,
        words=f"by {', '.join(blocked)}" if blocked else f"{issue.pages} pages",
    )
