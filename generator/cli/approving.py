"""`brief approve` and `brief history`: who let which file go, and all that happened to a company's briefs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli import clock, screen
from generator.cli.boundary import Code, told
from generator.cli.options import HERE, AsJson, ProjectDir
from generator.cli.project import Project, project_at
from generator.cli.run import Week
from generator.cli.running import publish
from generator.errors import NoDataError

if TYPE_CHECKING:
    from generator.model.issue import Happening, Issue
    from generator.store import Store

NAME = 100


def _name(text: str) -> str:
    name = text.strip()
    if not name or len(name) > NAME or not name.isprintable():
        raise typer.BadParameter("write your name, in one line of at most 100 characters")
    return name


Ticker = Annotated[str, typer.Argument(help="The company.")]


@told
def approve(
    ticker: Ticker,
    *,
    by: Annotated[str, typer.Option("--by", parser=_name, metavar="NAME", help="Who has read it and approves it.")],
    note: Annotated[str, typer.Option("--note", help="A word for the log.")] = "",
    period: Week = "",
    project: ProjectDir = HERE,
) -> None:
    """Approve the newest draft of a company: what is approved is the hash of its PDF, and no other file can be sent.

    A brief that is made anew must be approved anew. `brief run` sends what is approved.
    """
    from generator.definitions import report_for, ticker_of
    from generator.store.issues import approve_issue, approvers_of

    home, name = project_at(project), ticker_of(ticker)
    hands = report_for(name, home.reports).approval.hands
    with home.store() as store:
        issue = _issue(home, store, name, period)
        approved = approve_issue(
            store, issue, pdf_sha=issue.pdf_sha, who=by, at=clock.now(), hands=hands, note=" ".join(note.split())
        )
        names = approvers_of(store, issue)
        if approved.state == "approved":
            publish(home, store, approved)
    typer.echo(f"{approved.key}: {'approved' if approved.state == 'approved' else 'a draft still'}")
    typer.echo(f"  file      {approved.pdf_sha}")
    typer.echo(f"  by        {', '.join(names)}")
    if approved.state == "approved":
        typer.echo(f"  path      {home.output / approved.period / f'{name.lower()}.pdf'}")
    else:
        typer.echo(f"  missing   {hands - len(names)} more")


def _issue(home: Project, store: Store, ticker: str, period: str) -> Issue:
    """Return the issue that is meant: the newest, or that of a week.

    Raises:
        NoDataError: there is none.
    """
    from generator.store.issues import newest_issue

    issue = newest_issue(store, ticker, period)
    if issue is None:
        week = f" for {period}" if period else ""
        raise NoDataError(f"{home.output}: no brief of {ticker} is recorded{week}; make it with `brief run {ticker}`")
    return issue


@told
def history(ticker: Ticker, *, project: ProjectDir = HERE, as_json: AsJson = False) -> Code:
    """List what happened to a company's briefs: who made, approved, sent and superseded which file, and when.

    Old issues are checked: their seals, and the hashes of their files.
    """
    from generator.definitions import ticker_of
    from generator.store.issues import events_of
    from generator.store.sealing import checked_issues

    home, name = project_at(project), ticker_of(ticker)
    with home.store() as store:
        (issues, broken), events = checked_issues(store, name), events_of(store, name)
    if not issues:
        raise NoDataError(f"{home.output}: no brief of {name} is recorded; make it with `brief run {name}`")
    if as_json:
        rows = {"issues": [asdict(each) for each in issues], "events": [asdict(each) for each in events]}
        typer.echo(json.dumps(rows | {"broken": broken}, default=str, ensure_ascii=False, indent=2))
    else:
        _tell(issues, events)
        for sentence in broken:
            typer.echo(sentence, err=True)
    return Code.BLOCKED if broken else Code.DONE


def _tell(issues: Sequence[Issue], events: Sequence[Happening]) -> None:
    rows = [
        (
            each.period,
            f"r{each.revision}",
            each.state,
            str(each.as_of),
            str(each.pages),
            f"{each.blocks}/{each.warns}/{each.notes}",
            each.pdf_sha[:16],
        )
        for each in issues
    ]
    screen.print_table(("week", "", "state", "as of", "pages", "block/warn/note", "file"), rows)
    lines = [
        (f"{each.at:%Y-%m-%d %H:%M}", f"{each.period} r{each.revision}", each.what, each.who, each.detail)
        for each in events
    ]
    screen.print_table(("when (UTC)", "issue", "what", "who", ""), lines)
