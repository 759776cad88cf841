"""The desk of deliveries: what a person asks about them, and what only a person decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from generator.errors import DeliveryError
from generator.model.delivery import Dispatch, Happening, State
from generator.store.deliveries import every, found, move, tell
from generator.store.delivery_tables import DISPATCH, DISPATCH_EVENT, PARCEL, PARCEL_FILE
from generator.store.issue_tables import ISSUE
from generator.store.store import Store


def deliveries(store: Store, *, recipient: str = "", issue: str = "", state: State | None = None) -> Sequence[Dispatch]:
    """Return deliveries, of one recipient, of an issue ("BABA" or "BABA 2025-W40") or in one state."""
    query = every()
    if recipient:
        query = query.where(DISPATCH.c.address == recipient)
    if issue:
        subject, _, period = issue.partition(" ")
        query = query.where(or_(PARCEL.c.subject == subject, PARCEL.c.id.in_(_holding(ISSUE.c.ticker == subject))))
        query = query.where(PARCEL.c.period == period) if period else query
    if state is not None:
        query = query.where(DISPATCH.c.state == state)
    return found(store, query)


def deliveries_of(store: Store, pdf_sha: str) -> Sequence[Dispatch]:
    """Return the deliveries that hold a file, alone or in a digest."""
    return found(store, every().where(PARCEL.c.id.in_(_holding(PARCEL_FILE.c.sha == pdf_sha))))


def delivery(store: Store, number: int) -> Dispatch:
    """Return one delivery.

    Raises:
        DeliveryError: there is none of this number.
    """
    rows = found(store, every().where(DISPATCH.c.id == number))
    if not rows:
        raise DeliveryError(f"delivery {number}", "is not there", "`brief deliveries` lists all")
    return rows[0]


def delivery_named(store: Store, *, token: str = "", message_id: str = "") -> Dispatch | None:
    """Return the delivery of an envelope's token or of a Message-ID, or None."""
    which = DISPATCH.c.token == token if token else DISPATCH.c.message_id == message_id
    return next(iter(found(store, every().where(which))), None)


def happenings(store: Store, number: int) -> Sequence[Happening]:
    """Return all that happened to one delivery, in order."""
    query = select(DISPATCH_EVENT).where(DISPATCH_EVENT.c.dispatch_id == number).order_by(DISPATCH_EVENT.c.id)
    with store.reading() as connection:
        rows = connection.execute(query).all()
    return [
        Happening(at=row.at, dispatch=row.dispatch_id, was=row.was, became=row.became, detail=row.detail)
        for row in rows
    ]


def resend(store: Store, number: int, *, by: str, at: datetime) -> Dispatch:
    """Send the same bytes again: what is parked or refused is planned.

    Raises:
        DeliveryError: it is in another state.
    """
    again = {"tries": 0, "next_at": None, "planned_at": at, "settled_at": None}
    with store.writing() as connection:
        move(connection, number, ("parked", "refused"), "planned", at=at, detail=f"to be sent again, by {by}", **again)
    return delivery(store, number)


def forget(store: Store, number: int, *, by: str, at: datetime) -> Dispatch:
    """Send it no more: what is parked is refused.

    Raises:
        DeliveryError: it is in another state.
    """
    reply = f"forgotten by {by}"
    with store.writing() as connection:
        move(connection, number, ("parked",), "refused", at=at, detail=reply, reply=reply, settled_at=at)
    return delivery(store, number)


def note(store: Store, number: int, detail: str, at: datetime) -> None:
    """Add to the log of a delivery, such as that it came back."""
    with store.writing() as connection:
        state = connection.execute(select(DISPATCH.c.state).where(DISPATCH.c.id == number)).scalar_one()
        tell(connection, number, (state, state), at=at, detail=detail)


def _holding(which: ColumnElement[bool]) -> Select[Any]:
    """Return the query for the parcels that hold a file of an issue."""
    joined = PARCEL_FILE.outerjoin(ISSUE, ISSUE.c.pdf_sha == PARCEL_FILE.c.sha)
    return select(PARCEL_FILE.c.parcel_id).select_from(joined).where(which)
