"""Running: what is due is made, approved where nobody has to, and handed over for sending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from generator.cli import folder
from generator.cli.batches import executor_for, followed, longest_first
from generator.cli.board import Board
from generator.cli.boundary import DEBUG, Code
from generator.cli.issuing import Issuing, Outcome, draft_name, lost
from generator.cli.project import Project
from generator.cli.standing import Standing

if TYPE_CHECKING:
    from generator.model.issue import Issue
    from generator.store import Store

SENT, APPROVED, WAITING, HELD = "sent", "approved", "waiting for approval", "held back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parting:
    """An approved issue on its way out; `instead_of` is the week whose own brief is held back."""

    issue: Issue
    instead_of: str = ""


class Send(Protocol):
    """The promise of who sends: what became of each parting, in words; what is sent already is not sent again."""

    def __call__(self, partings: Sequence[Parting]) -> Sequence[str]:
        """Send them, as far as that is possible now; a word each, `SENT` for those that are out."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One run: the project, its store, the moment, who makes the briefs and who sends them."""

    project: Project
    store: Store
    now: datetime
    today: date
    board: Board
    send: Send | None = None
    workers: int | None = None
    cluster: str = ""

    def outcomes(self, standings: Sequence[Standing]) -> list[Outcome]:
        """Do what there is to do and return what became of each."""
        idle = [each for each in standings if each.action in ("nothing", "failed")]
        found = {self._key(each): self._untouched(each) for each in idle}
        found |= self._made([each for each in standings if each.action in ("build", "approve")])
        for standing in standings:
            if standing.action == "send" and standing.issue is not None:
                found[self._key(standing)] = _waiting_to_go(standing.issue)
        partings = {}
        for standing in standings:
            key = self._key(standing)
            parting = self._approved(standing, found[key])
            if parting is not None:
                partings[key] = parting
        gone = self._gone(found, partings)
        return [self._told(key, gone[key]) for key in dict.fromkeys(map(self._key, standings))]

    def _key(self, standing: Standing) -> str:
        return standing.issue.key if standing.action == "send" and standing.issue else standing.name

    def _untouched(self, standing: Standing) -> Outcome:
        if standing.action == "failed":
            return Outcome(ticker=standing.ticker, period="", state="failed", code=Code.BAD_INPUT, words=standing.why)
        return Outcome(ticker=standing.ticker, period="", state="not due", words=standing.why)

    def _made(self, standings: Sequence[Standing]) -> dict[str, Outcome]:
        names = [standing.name for standing in standings]
        if not names:
            return {}
        self._fetch([standing for standing in standings if standing.action == "build"])
        work = Issuing(
            project=Project(root=self.project.root.resolve(), offline=True),
            now=self.now,
            today=self.today,
            debug=DEBUG.get(),
        )
        executor = executor_for(names, self.project, workers=self.workers, cluster=self.cluster)
        return followed(longest_first(names, self.project), work, executor, lost=lost, screen=self.board)

    def _fetch(self, standings: Sequence[Standing]) -> None:
        """Ask the live sources about what is due, one after the other, and keep what they say.

        Why here: providers count requests, so one process asks them; who makes the briefs reads what was kept. A draft
        that somebody is reading is left as it is. A run that acts as if it were another day asks nobody.
        """
        from generator.cli.fetch import Asking, answers_about

        if not standings or not self.project.settings.sources.live or self.now.date() != self.today:
            return
        reports = [standing.report for standing in standings if standing.report is not None]
        for standing in standings:
            self.board.tell(standing.name, "fetching")
        sources = self.project.sources(tuple(reports), today=self.today, live=True)
        for answer in answers_about(reports, Asking(project=self.project, sources=sources, today=self.today)):
            if answer.error:
                self.board.note(f"{answer.ticker}: {answer.source}: {answer.error}")

    def _approved(self, standing: Standing, outcome: Outcome) -> Parting | None:
        """Return what may leave: an approved issue, or the last good one in the place of a blocked one."""
        from generator.store.issues import approve_issue, newest_issue

        report = standing.report
        if report is None or outcome.state in ("failed", "not due"):
            return None
        issue = newest_issue(self.store, outcome.ticker, outcome.period)
        if issue is None:
            return None
        if issue.blocked:
            return self._last_good(issue) if report.approval.send_last_good else None
        clean = issue.warns == 0
        if issue.state == "draft" and report.approval.need == "automatic" and clean:
            issue = approve_issue(self.store, issue, pdf_sha=issue.pdf_sha, who="automatic", at=self.now)
        if issue.state != "approved":
            return None
        publish(self.project, self.store, issue)
        return Parting(issue=issue)

    def _last_good(self, blocked: Issue) -> Parting | None:
        from generator.store.issues import issues_of

        good = [each for each in issues_of(self.store, blocked.ticker) if each.state in ("approved", "sent")]
        last = max((each for each in good if each.as_of < blocked.as_of), key=lambda each: each.id, default=None)
        return Parting(issue=last, instead_of=blocked.period) if last else None

    def _gone(self, found: dict[str, Outcome], partings: dict[str, Parting]) -> dict[str, Outcome]:
        """Return the outcomes with how far each brief has come."""
        said = dict(zip(partings, self.send(list(partings.values())), strict=True)) if self.send and partings else {}
        for key, outcome in found.items():
            if key in partings:
                stage = said.get(key, APPROVED)
                if partings[key].instead_of:
                    stage = f"{HELD}; the brief of {partings[key].issue.as_of} in its place: {stage}"
                found[key] = replace(outcome, stage=stage)
            elif outcome.state not in ("failed", "not due"):
                found[key] = replace(outcome, stage=HELD if outcome.state == "blocked" else WAITING)
        return found

    def _told(self, key: str, outcome: Outcome) -> Outcome:
        state = outcome.stage or outcome.state
        self.board.tell(key, state, outcome.words, ended=True)
        return outcome


def publish(project: Project, store: Store, issue: Issue) -> None:
    """Write an approved issue where the desk looks for it, and take its review copy away."""
    week = project.output / issue.period
    folder.ready(week)
    stem = issue.ticker.lower()
    files = {
        f"{stem}.pdf": store.objects.read(issue.pdf_sha),
        f"{stem}.facts.json": store.objects.read(issue.ledger_sha),
    }
    folder.write_files(week, files)
    (week / draft_name(issue)).unlink(missing_ok=True)


def _waiting_to_go(issue: Issue) -> Outcome:
    return Outcome(
        ticker=issue.ticker, period=issue.period, state="unchanged", revision=issue.revision,
        findings=(issue.blocks, issue.warns, issue.notes), words="approved",
    )  # fmt: skip
