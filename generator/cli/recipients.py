"""`brief recipients` and `brief bounces`: who gets what, and who no longer does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli import clock, screen, secrets
from generator.cli.boundary import Code, told
from generator.cli.group import Listing
from generator.cli.options import HERE, AsJson, ProjectDir
from generator.cli.posting import ADVICE, NO_MAIL
from generator.cli.project import Project, project_at
from generator.errors import InputError, OutputError, Problem

if TYPE_CHECKING:
    from generator.delivery.bounces import Bounce
    from generator.model.delivery import Recipient
    from generator.model.report import Report
    from generator.store import Store

app = typer.Typer(cls=Listing, rich_markup_mode=None, help="Who gets which brief.", no_args_is_help=True)
HEAD = ("to", "name", "gets", "how", "suspended")


@app.command(name="list")
@told
def list_recipients(*, project: ProjectDir = HERE, as_json: AsJson = False) -> None:
    """List recipients, what each gets and how, and who is suspended."""
    from generator.definitions import read_recipients

    home = project_at(project)
    recipients, stopped = read_recipients(home.reports), _stopped(home)
    if as_json:
        screen.print_json(
            [asdict(each) | {"suspended": stopped.get(each.address, each.suspended)} for each in recipients]
        )
    elif recipients:
        screen.print_table(HEAD, [_cells(each, stopped) for each in recipients])
    else:
        typer.echo(f"{home.reports / 'recipients.toml'}: there is nobody yet; reports/README.md shows how")


@app.command()
@told
def check(project: ProjectDir = HERE) -> Code:
    """Check recipients.toml and recipients.csv: bad addresses, duplicates, people without a brief, links to nowhere."""
    from generator.definitions import read_recipients, read_reports_leniently

    home = project_at(project)
    recipients = read_recipients(home.reports)
    reports, _ = read_reports_leniently(home.reports)
    problems = list(_problems(recipients, {report.ticker: report for report in reports}, home))
    for problem in problems:
        typer.echo(str(problem), err=True)
    typer.echo(f"{len(recipients)} recipients, {len(problems)} problems")
    return Code.BAD_INPUT if problems else Code.DONE


@app.command()
@told
def unsubscribe(
    token: Annotated[str, typer.Argument(help="The token of an unsubscription: in its link, or its mail's subject.")],
    project: ProjectDir = HERE,
) -> None:
    """Record that somebody wants no more mail."""
    from generator.delivery.tokens import read_unsubscribe_token
    from generator.model.delivery import Suspension
    from generator.store.suspensions import suspend, token_key

    with project_at(project).store() as store:
        address, subject = read_unsubscribe_token(token_key(store), token)
        new = suspend(store, Suspension(address=address, subject=subject, reason="unsubscribed", at=clock.now()))
    typer.echo(f"{address}: {'unsubscribed' if new else 'was unsubscribed before'}")


@app.command()
@told
def resume(address: Annotated[str, typer.Argument(help="Who gets mail again.")], project: ProjectDir = HERE) -> None:
    """End the suspensions of an address."""
    from generator.store import suspensions

    with project_at(project).store() as store:
        count = suspensions.resume(store, address)
    typer.echo(f"{address}: {'gets mail again' if count else 'was not suspended'}")


@told
def bounces(
    files: Annotated[list[Path] | None, typer.Argument(help="Files of messages that came back (.eml).")] = None,
    project: ProjectDir = HERE,
) -> None:
    """Read what came back: from files, or from the mailbox [mail.inbox]. Who cannot be reached for good is suspended.

    The mailbox's password comes from BRIEF_INBOX_PASSWORD, the credential or keyring entry inbox-password.
    """
    home = project_at(project)
    with home.store() as store:
        told_of = [_noted(store, raw) for raw in _raw(home, files or [])]
    for line in told_of:
        typer.echo(line)
    typer.echo(f"{len(told_of)} messages read")


def _raw(home: Project, files: Sequence[Path]) -> Iterator[bytes]:
    from generator.delivery.bounces import LARGEST
    from generator.delivery.imap import Reader

    for path in files:
        try:
            with path.open("rb") as file:
                yield file.read(LARGEST)
        except OSError as error:
            raise OutputError(f"{path}: cannot be read ({error.strerror})") from None
    if files:
        return
    table = home.settings.mail
    if table is None or table.inbox is None:
        where = str(home.reports / "settings.toml")
        what = "no mailbox for bounces is set" if table else NO_MAIL
        raise InputError.at(where, what, "write a table [mail.inbox] into it, or name files" if table else ADVICE)
    yield from Reader(mailbox=table.inbox.mailbox(), password=secrets.secret("inbox")).messages()


def _noted(store: Store, raw: bytes) -> str:
    """Record one message that came back and return what it means."""
    from generator.delivery.bounces import read_bounce
    from generator.model.delivery import Suspension
    from generator.store.delivery_desk import delivery_named, note
    from generator.store.suspensions import suspend

    bounce = read_bounce(raw)
    row = delivery_named(store, token=bounce.token) if bounce.token else None
    row = row or (delivery_named(store, message_id=bounce.message_id) if bounce.message_id else None)
    if row is None:
        return f"{bounce.address or 'a message'}: not about anything sent from here; nothing was changed"
    note(store, row.id, f"came back ({bounce.kind}): {_why(bounce)}", clock.now())
    if bounce.kind != "failed":
        return f"{row.address}: {bounce.kind} ({_why(bounce)}); nothing was changed"
    reason = f"mail came back: {_why(bounce)}"
    suspend(store, Suspension(address=row.address, subject="*", reason=reason, at=clock.now()))
    return f"{row.address}: suspended; {reason}"


def _why(bounce: Bounce) -> str:
    return bounce.why or "no reason given"


def _stopped(home: Project) -> dict[str, str]:
    from generator.store.suspensions import suspensions

    if not home.has_store:
        return {}
    with home.store() as store:
        return {each.address: each.reason for each in suspensions(store)}


def _cells(recipient: Recipient, stopped: dict[str, str]) -> Sequence[str]:
    how = f"{recipient.cadence}, {recipient.pdf}" if recipient.channel == "email" else recipient.channel
    companies = " ".join("all" if each == "*" else each for each in recipient.companies) or "nothing"
    return (recipient.address, recipient.name, companies, how, stopped.get(recipient.address, recipient.suspended))


def _problems(recipients: Sequence[Recipient], reports: dict[str, Report], home: Project) -> Iterator[Problem]:
    """Give what the files' form cannot show: recipients that nothing, or not the right thing, will reach."""
    table = home.settings.mail
    for each in recipients:
        if not each.companies:
            yield Problem(each.address, "gets no brief", "name companies or groups, or take it out")
        for company in each.companies:
            if company not in ("*", *reports):
                yield Problem(each.address, f"{company} has no report", f"brief new {company}, or take it out")
        if each.pdf == "linked" and not (table and table.link):
            yield Problem(each.address, "wants links and there are none", "set mail.link in settings.toml")
        yield from _other_wishes(each, reports)


def _other_wishes(recipient: Recipient, reports: dict[str, Report]) -> Iterator[Problem]:
    for company in recipient.companies:
        report = reports.get(company)
        if report and recipient.channel == "email" and recipient.language != report.language:
            what = f"wants {recipient.language}, and the brief on {company} is in {report.language}"
            yield Problem(recipient.address, what, "change one of them")
        if report and recipient.brand and recipient.brand != report.brand:
            what = f'wants the brand "{recipient.brand}", and the brief on {company} bears "{report.brand}"'
            yield Problem(recipient.address, what, "change one of them")
