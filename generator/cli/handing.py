"""Handing over: what a run has approved goes to its recipients, and the operator is told how the run went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import typer

from generator.cli import clock
from generator.cli.posting import Posting
from generator.cli.running import SENT, Parting
from generator.errors import BriefError, BusyError

if TYPE_CHECKING:
    from generator.model.delivery import Dispatch, Parcel

NOBODY = "approved; nobody is to get it (reports/recipients.toml)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handing:
    """Sends the partings of a run."""

    posting: Posting

    def __call__(self, partings: Sequence[Parting]) -> Sequence[str]:
        """Send them with the digests they complete, and return what became of each in words."""
        from generator.store.locks import only_one

        parcels = [self._parcel(each) for each in partings]
        issues = [each.issue for each in partings if not each.instead_of]
        later = [parcel for parcel, each in zip(parcels, partings, strict=True) if each.instead_of]
        orders = [*self.posting.orders(issues, digests=True), *((each, self.posting.planned(each)) for each in later)]
        try:
            with only_one(self.posting.store, "send"):
                self.posting.plan(orders, clock.now())
                summary = self.posting.send()
                self.posting.note_sent(clock.now(), "brief run")
        except BusyError as error:
            return [f"approved; {error}" for _ in partings]
        if summary.stopped:
            typer.echo(summary.stopped, err=True)
        return [self._word(parcel, summary.stopped) for parcel in parcels]

    def _parcel(self, parting: Parting) -> Parcel:
        """Return what goes out: in another brief's place, with the letter that says of which day it is."""
        from generator.store.parcels import read_letter

        parcel = self.posting.parcel_of(parting.issue)
        if not parting.instead_of:
            return parcel
        sha = parting.issue.again_sha
        letter = read_letter(self.posting.store, sha) if sha else parcel.letter
        return replace(parcel, period=parting.instead_of, revision=0, letter=letter)

    def _word(self, parcel: Parcel, stopped: str) -> str:
        from generator.store.delivery_desk import deliveries_of

        rows = [row for row in deliveries_of(self.posting.store, parcel.files[0].sha256) if row.period == parcel.period]
        return word_of(rows, stopped)


def word_of(rows: Sequence[Dispatch], stopped: str) -> str:
    """Return how far the deliveries of one brief have come."""
    if not rows:
        return NOBODY
    states = [row.state for row in rows]
    if all(state == "accepted" for state in states):
        return SENT
    counts = {state: states.count(state) for state in dict.fromkeys(states)}
    words = ", ".join(f"{count} {'waiting' if state == 'planned' else state}" for state, count in counts.items())
    return f"{words}{' (sending was stopped)' if stopped else ''}"


def handing_of(posting: Posting) -> Handing | None:
    """Return what sends the partings of a run; None where nobody is to get anything."""
    return Handing(posting=posting) if posting.recipients else None


def tell_operator(posting: Posting, subject: str, text: str) -> None:
    """Send the operator a mail on a run, if the settings name one; a failure is told and changes nothing."""
    from generator.delivery.notice import notice_of

    table, post = posting.project.settings.mail, posting.post()
    if table is None or not table.operator or post is None:
        return
    session = post.connect()
    try:
        session.open()
        session.offer(notice_of(post.mail.sender, table.operator, subject=subject, text=text, at=clock.now()))
        reply = session.finish()
        if not reply.done:
            typer.echo(f"mail to the operator {table.operator}: {reply}", err=True)
    except BriefError as error:
        typer.echo(f"mail to the operator {table.operator}: {error}", err=True)
    finally:
        session.close()
