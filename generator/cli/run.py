"""`brief run` and `brief due`: the week in one command, and what it would do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli import clock, folder, screen, summary
from generator.cli.batches import Cluster, Workers
from generator.cli.board import board
from generator.cli.boundary import Code, gravest, told
from generator.cli.options import HERE, AsJson, ProjectDir
from generator.cli.project import Project, project_at
from generator.cli.running import Round, Send
from generator.cli.standing import Desk, Standing

if TYPE_CHECKING:
    from generator.cli.issuing import Outcome
    from generator.model.report import Report
    from generator.store import Store

LATE = timedelta(hours=24)
TOLD = "operator.txt"
WEEK = re.compile(r"\d{4}-W\d{2}")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f'"{text}" is not a moment; write it as 2025-10-03T22:30') from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _week(text: str) -> str:
    try:
        if text:
            datetime.fromisoformat(f"{text}-1" if WEEK.fullmatch(text) else "")
    except ValueError:
        raise typer.BadParameter(f'"{text}" is not a week; write it as 2025-W40') from None
    return text


Tickers = Annotated[
    list[str] | None, typer.Argument(metavar="TICKER", help="Only these; each is made even where nothing is due.")
]
Now = Annotated[
    datetime | None,
    typer.Option(
        "--now", parser=_moment, metavar="MOMENT", help="Act as if it were this moment (UTC unless it says otherwise)."
    ),
]
Week = Annotated[str, typer.Option("--period", parser=_week, metavar="WEEK", help="The brief of this week: 2025-W40.")]


@told
def due(
    tickers: Tickers = None,
    *,
    now: Now = None,
    period: Week = "",
    health: Annotated[
        bool, typer.Option("--health", help="Fail (exit code 1) where something has been due for more than a day.")
    ] = False,
    project: ProjectDir = HERE,
    as_json: AsJson = False,
) -> Code:
    """Say in a line each what `brief run` would do now, and why. Nothing is changed and nobody is asked."""
    home, moment = project_at(project), now or clock.now()
    with home.store() as store:
        standings = _standings(home, store, moment, tickers or [], period=period)
    if as_json:
        screen.print_json([_row(each) for each in standings])
    else:
        for each in standings:
            typer.echo(f"{each.ticker:<10} {each.action:<8} {each.slot.key if each.slot else '':<11} {each.why}")
    late = [each for each in standings if _is_late(each, moment)]
    if health and late:
        typer.echo(f"late: {', '.join(each.name for each in late)}", err=True)
        return Code.BLOCKED
    return Code.DONE


def _is_late(standing: Standing, now: datetime) -> bool:
    """Whether a brief should have been made a day ago; one that waits for a person is not the machine's fault."""
    if standing.action == "failed":
        return True
    return standing.action == "build" and standing.slot is not None and now - standing.slot.ready > LATE


def _row(standing: Standing) -> dict[str, str]:
    return {
        "ticker": standing.ticker,
        "action": standing.action,
        "period": standing.slot.key if standing.slot else "",
        "session": str(standing.slot.session) if standing.slot else "",
        "why": standing.why,
        "next": standing.at.isoformat() if standing.at else "",
    }


@told
def run(
    tickers: Tickers = None,
    *,
    now: Now = None,
    period: Week = "",
    workers: Workers = None,
    cluster: Cluster = "",
    send: Annotated[bool, typer.Option("--send/--no-send", help="Whether approved briefs go out.")] = True,
    resume: Annotated[  # noqa: ARG001 -- every run does
        bool, typer.Option("--resume", help="Go on after a crash. Every run does; this says that you mean it.")
    ] = False,
    project: ProjectDir = HERE,
    as_json: AsJson = False,
) -> Code:
    """Make what is due, approve it where nobody has to, and send what is approved.

    Safe to start at any time and any number of times: what is made is not made again, what is sent is not sent again,
    and a second run beside this one ends at once (exit code 75).
    """
    from generator.store.locks import only_one

    home, moment = project_at(project), now or clock.now()
    folder.ready(home.output)
    with home.store() as store, only_one(store, "run"):
        folder.sweep(home.output)
        standings = _standings(home, store, moment, tickers or [], period=period)
        with board([each.name for each in standings if each.action in ("build", "approve")]) as shown:
            outcomes = Round(
                project=home, store=store, now=moment, today=clock.today(), board=shown, workers=workers,
                cluster=cluster, send=sender_of(home, store) if send else None,
            ).outcomes(standings)  # fmt: skip
        _tell_operator(home, store, outcomes, moment)
    summary.tell(outcomes, as_json=as_json)
    return gravest([outcome.code for outcome in outcomes])


def _standings(home: Project, store: Store, now: datetime, tickers: Sequence[str], *, period: str) -> list[Standing]:
    """Return what there is to do; a report that cannot be read is a failure of its own."""
    from generator.definitions import read_reports_leniently, report_for

    desk = Desk(project=replace(home, offline=True), store=store, now=now, today=clock.today(), asked=period)
    if tickers:
        reports: Sequence[Report] = [report_for(ticker, home.reports) for ticker in tickers]
        return list(desk.standings(reports, named=True))
    reports, problems = read_reports_leniently(home.reports)
    unread = [
        Standing(ticker=Path(str(problem.where).partition(":")[0]).stem.upper(), action="failed", why=str(problem))
        for problem in problems
    ]
    return [*desk.standings(reports), *unread]


def sender_of(home: Project, store: Store) -> Send | None:
    """Return who sends what is approved; None where there are no recipients."""
    from generator.cli.handing import handing_of
    from generator.cli.posting import Posting

    return handing_of(Posting(project=home, store=store))


def _tell_operator(home: Project, store: Store, outcomes: Sequence[Outcome], now: datetime) -> None:
    """Write what a run came to, and mail it to the operator named in the settings; the same news is told once.

    Why once: a run is started every hour, and a brief that waits for somebody waits for hours.
    """
    from generator.cli.handing import tell_operator
    from generator.cli.posting import Posting

    if all(outcome.state == "not due" for outcome in outcomes):
        return
    text, place = summary.operator_text(outcomes, now), home.output / TOLD
    before = place.read_text(encoding="utf-8") if place.is_file() else ""
    if summary.news_of(before) == summary.news_of(text):
        return
    if home.settings.mail is not None:
        tell_operator(Posting(project=home, store=store), summary.operator_subject(outcomes), text)
    folder.write_files(home.output, {TOLD: text.encode()})
