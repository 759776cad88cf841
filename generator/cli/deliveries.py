"""`brief deliveries`: what went to whom, and what only a person decides."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli import clock, screen
from generator.cli.boundary import told
from generator.cli.group import Listing
from generator.cli.options import HERE, AsJson, ProjectDir
from generator.cli.project import project_at
from generator.errors import InputError

if TYPE_CHECKING:
    from generator.model.delivery import Dispatch

HEAD = ("id", "issue", "to", "state", "tries", "at", "answer", "sha256")
app = typer.Typer(
    cls=Listing, rich_markup_mode=None, help="What went to whom: the delivery ledger.", invoke_without_command=True
)
Number = Annotated[int, typer.Argument(metavar="ID", help="The number of the delivery.")]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides. Without it: who is logged in.")]


class Wanted(StrEnum):
    """The states a delivery can be in."""

    PLANNED = "planned"
    SENDING = "sending"
    COMMITTING = "committing"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    PARKED = "parked"


@app.callback()
def list_deliveries(
    context: typer.Context,
    *,
    recipient: Annotated[str, typer.Option("--recipient", metavar="ADDRESS", help="Only to this one.")] = "",
    issue: Annotated[str, typer.Option("--issue", help='Only of this: "BABA", or "BABA 2025-W40".')] = "",
    parked: Annotated[bool, typer.Option("--parked", help="Only what waits for your decision.")] = False,
    state: Annotated[Wanted | None, typer.Option("--state", help="Only in this state.")] = None,
    project: ProjectDir = HERE,
    as_json: AsJson = False,
) -> None:
    """List deliveries: to whom, in which state, the server's answer and the hash of what was sent.

    An accepted message was taken by the mail server; that it was delivered, nobody promises. A parked one may have
    arrived: look, then `brief deliveries resend ID` or `brief deliveries forget ID`.
    """
    if context.invoked_subcommand is None:
        wanted = Wanted.PARKED if parked else state
        _list(recipient, issue, wanted, project=project, as_json=as_json)


@told
def _list(recipient: str, issue: str, state: Wanted | None, *, project: ProjectDir, as_json: bool) -> None:
    from generator.store.delivery_desk import deliveries

    with project_at(project).store() as store:
        rows = deliveries(store, recipient=recipient, issue=issue, state=state.value if state else None)
    if as_json:
        screen.print_json([{key: _plain(value) for key, value in asdict(row).items()} for row in rows])
    elif rows:
        screen.print_table(HEAD, [_cells(row) for row in rows])
    else:
        typer.echo("no deliveries")


@app.command()
@told
def show(number: Number, project: ProjectDir = HERE) -> None:
    """Show all that happened to one delivery."""
    from generator.store.delivery_desk import delivery, happenings

    with project_at(project).store() as store:
        row, lines = delivery(store, number), happenings(store, number)
    typer.echo(f"{row.parcel} to {row.address}: {row.state}; {row.message_id}")
    screen.print_table(
        ("at", "was", "became", "detail"),
        [(f"{each.at:%Y-%m-%d %H:%M:%S}", each.was, each.became, each.detail) for each in lines],
    )


@app.command()
@told
def resend(number: Number, by: By = "", project: ProjectDir = HERE) -> None:
    """Have a parked or refused message sent again, as the same bytes, by the next `brief send`."""
    from generator.store import delivery_desk

    with project_at(project).store() as store:
        row = delivery_desk.resend(store, number, by=_who(by), at=clock.now())
    typer.echo(f"{row.parcel} to {row.address}: the next `brief send` sends it again")


@app.command()
@told
def forget(number: Number, by: By = "", project: ProjectDir = HERE) -> None:
    """Send a parked message no more: it has arrived, or need not."""
    from generator.store import delivery_desk

    with project_at(project).store() as store:
        row = delivery_desk.forget(store, number, by=_who(by), at=clock.now())
    typer.echo(f"{row.parcel} to {row.address}: not sent again")


def _who(by: str) -> str:
    if by:
        return by
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise InputError.at("--by", "nobody is logged in", "say who decides: --by NAME") from None


def _cells(row: Dispatch) -> Sequence[str]:
    at = row.settled_at or row.committing_at or row.planned_at
    said = f"{row.code} {row.reply}" if row.code else row.reply
    return (
        str(row.id), row.parcel, row.address, row.state, str(row.tries), f"{at:%Y-%m-%d %H:%M}", said[:80],
        row.sha256[:12],
    )  # fmt: skip


def _plain(value: object) -> object:
    return value if isinstance(value, int | str | type(None)) else str(value)
