"""`brief send`: approved issues to their recipients, from the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli import clock, folder, screen
from generator.cli.boundary import Code, told
from generator.cli.opening import has_desktop
from generator.cli.options import HERE, AsJson, ProjectDir
from generator.cli.posting import Posting
from generator.cli.project import project_at
from generator.errors import ApprovalError, InputError, NoDataError

if TYPE_CHECKING:
    from generator.delivery import Summary
    from generator.model.delivery import Dispatch, Parcel, Planned
    from generator.model.issue import Issue
    from generator.store import Store

Orders = Sequence[tuple["Parcel", "tuple[Planned, ...]"]]
PATIENCE = 24 * 3600


@told
def send(
    tickers: Annotated[list[str] | None, typer.Argument(metavar="TICKER", help="Whose approved issue to send.")] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="All approved issues, the digests, and what waits.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write the messages as files and send nothing.")] = False,
    to: Annotated[str | None, typer.Option("--to", metavar="ADDRESS", help="Send one test message here only.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where --dry-run writes. Default: output/<week>/mail/.")
    ] = None,
    wait: Annotated[bool, typer.Option("--wait", help="Stay until nothing waits for another attempt.")] = False,
    project: ProjectDir = HERE,
    as_json: AsJson = False,
) -> Code:
    """Send approved issues to the recipients in reports/recipients.toml: one message each, from a ledger.

    Safe to start at any time and any number of times: who has got an issue does not get it again. A message whose end
    nobody knows is settled by the audit mailbox, or parked for you: `brief deliveries --parked`.

    Passwords come from BRIEF_SMTP_PASSWORD and BRIEF_AUDIT_PASSWORD, from systemd's credentials smtp-password and
    audit-password, or from the keyring's entries of that name under equity-brief. The key that signs comes from
    BRIEF_DKIM_KEY_FILE, the secret of webhooks from BRIEF_WEBHOOK_SECRET.
    """
    home = project_at(project)
    with home.store() as store:
        posting = Posting(project=home, store=store)
        issues = _issues(store, tickers or [], every=every)
        orders = list(posting.orders(issues, digests=every))
        if to is not None:
            return _test(posting, orders, to)
        if dry_run:
            return _preview(posting, orders, out)
        summary, rows = _sent(posting, orders, wait=wait)
    if as_json:
        screen.print_json(asdict(summary) | {"deliveries": [_row(row) for row in rows]})
    else:
        _tell(summary, rows)
    return code_of(summary)


def code_of(summary: Summary) -> Code:
    """Return what the shell is told of a run."""
    if summary.parked or summary.unsettled:
        return Code.PARKED
    return Code.REFUSED if summary.refused or summary.stopped or summary.later else Code.DONE


def _issues(store: Store, tickers: Sequence[str], *, every: bool) -> list[Issue]:
    """Return the issues to send: the newest of each company named, or all that are approved.

    Raises:
        ApprovalError: the newest issue of a company named is not approved.
    """
    from generator.definitions import ticker_of
    from generator.store.issues import issues_of, newest_issue

    if every:
        return [issue for issue in issues_of(store) if issue.state == "approved" and not issue.blocked]
    if not tickers:
        raise InputError.at("brief send", "no ticker is named", "write `brief send BABA`, or say --all")
    found = []
    for ticker in dict.fromkeys(ticker_of(each) for each in tickers):
        issue = newest_issue(store, ticker)
        if issue is None:
            raise NoDataError(f"{ticker}: there is no issue of it yet; make one with `brief run {ticker}`")
        if issue.state not in ("approved", "sent"):
            what = "is a draft and cannot be sent" if issue.state == "draft" else f"is {issue.state}"
            raise ApprovalError(issue.key, what, f"read it, then `brief approve {ticker}`")
        found.append(issue)
    return found


def _sent(posting: Posting, orders: Orders, *, wait: bool) -> tuple[Summary, Sequence[Dispatch]]:
    """Plan and send, and return what came of it with all that is not settled well."""
    from generator.store.delivery_desk import deliveries
    from generator.store.locks import only_one

    with only_one(posting.store, "send"):
        posting.plan(orders, clock.now())
        summary = posting.send()
        begun = clock.now()
        while wait and summary.later and not summary.stopped and (clock.now() - begun).total_seconds() < PATIENCE:
            _wait_for_next(posting)
            summary = _added(summary, posting.send())
        posting.note_sent(clock.now(), "brief send")
    keys = {parcel.key for parcel, _ in orders}
    rows = deliveries(posting.store)
    return summary, [row for row in rows if row.state not in ("accepted", "refused") or row.parcel in keys]


def _wait_for_next(posting: Posting) -> None:
    moments = [row.next_at for row in posting.ledger().waiting() if row.next_at is not None]
    gap = (min(moments) - clock.now()).total_seconds() if moments else 0.0
    clock.wait(max(1.0, gap))


def _added(first: Summary, second: Summary) -> Summary:
    second.accepted += first.accepted
    second.refused += first.refused
    second.parked += first.parked
    return second


def _test(posting: Posting, orders: Orders, to: str) -> Code:
    """Send the first parcel to one address, past the ledger, so that it can be done again and again."""
    from generator.delivery.planning import dispatch_of, planned_for
    from generator.delivery.session import Session
    from generator.model.address import AddressError, read_address
    from generator.model.delivery import Recipient

    try:
        address = read_address(to)
    except AddressError as error:
        raise InputError.at("--to", *str(error).split("; ", 1)) from None
    post = posting.post()
    if post is None:
        posting.writer()
        return Code.BAD_INPUT
    for parcel, _ in orders:
        (entry,) = planned_for(parcel, [Recipient(address=address)], key=posting.key, sender=posting.sender)
        session: Session = post.connect()
        session.open()
        try:
            session.offer(post.writer.write(parcel, dispatch_of(parcel, entry, clock.now())))
            reply = session.finish()
        finally:
            session.close()
        typer.echo(f"{parcel.key}: test to {address}: {reply}")
    return Code.DONE


def _preview(posting: Posting, orders: Orders, out: Path | None) -> Code:
    """Write the messages and a page that shows them."""
    from generator.delivery.planning import dispatch_of
    from generator.delivery.preview import preview_files

    writer, now = posting.writer(), clock.now()
    messages = [
        (parcel.key, writer.write(parcel, dispatch_of(parcel, entry, now)))
        for parcel, planned in orders
        for entry in planned
        if entry.channel == "email"
    ]
    place = out or posting.project.output / (orders[0][0].period if orders else folder.week_of(now.date())) / "mail"
    folder.ready(place)
    folder.write_files(place, preview_files(messages))
    typer.echo(f"{place / 'index.html'}: {len(messages)} messages; nothing was sent")
    if has_desktop():
        typer.launch(str(place / "index.html"))
    return Code.DONE


def _row(row: Dispatch) -> dict[str, object]:
    return {
        "id": row.id, "issue": row.parcel, "to": row.address, "channel": row.channel, "state": row.state,
        "code": row.code, "reply": row.reply,
    }  # fmt: skip


def _tell(summary: Summary, rows: Sequence[Dispatch]) -> None:
    for row in rows:
        if row.state != "accepted":
            said = f"{row.code} {row.reply}" if row.code else row.reply
            typer.echo(f"{row.address}  {row.parcel}  {row.state}  {said}".rstrip(), err=True)
    counts = f"sent {summary.accepted}, refused {summary.refused}, parked {summary.parked}, waiting {summary.later}"
    typer.echo(counts + (f", not settled {summary.unsettled}" if summary.unsettled else ""))
    if summary.stopped:
        typer.echo(summary.stopped, err=True)
    if summary.parked:
        typer.echo(
            "Parked: it may have arrived. `brief deliveries --parked` lists them; resend or forget each.", err=True
        )
