"""Deliveries: the ledger of what goes to whom; every change is on disk before anything depends on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, or_, select, update

from generator.errors import DeliveryError
from generator.model.delivery import Dispatch, Form, Parcel, Planned, State
from generator.store.delivery_tables import DISPATCH, DISPATCH_EVENT, PARCEL, SUSPENSION
from generator.store.parcels import read_parcel
from generator.store.store import Store

Gate = Callable[[Connection, Dispatch], str]
"""Says why a dispatch must not be sent (its issue is not approved, its file is another one), or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliveries:
    """The delivery ledger of a store."""

    store: Store
    gate: Gate

    def plan(self, parcel: int, planned: Sequence[Planned], at: datetime) -> int:
        """Enter recipients of a parcel; those that are in already stay as they are. Return how many were new."""
        with self.store.writing() as connection:
            query = select(DISPATCH.c.channel, DISPATCH.c.address).where(DISPATCH.c.parcel_id == parcel)
            known = {(row.channel, row.address) for row in connection.execute(query)}
            new = [each for each in planned if (each.channel, each.address) not in known]
            for each in new:
                made = connection.execute(insert(DISPATCH).values(**_new(each, parcel, at))).inserted_primary_key
                number = int(made[0]) if made else 0
                tell(connection, number, ("", "planned"), at=at, detail=each.address)
        return len(new)

    def recover(self, at: datetime) -> int:
        """Put back what an earlier run was about to send: its last dot was never sent."""
        with self.store.writing() as connection:
            rows = connection.execute(select(DISPATCH.c.id).where(DISPATCH.c.state == "sending")).scalars().all()
            for number in rows:
                move(connection, number, ("sending",), "planned", at=at, detail="the run ended before the last dot")
        return len(rows)

    def due(self, at: datetime) -> Sequence[Dispatch]:
        """Return what may be tried now, parcel by parcel."""
        ready = or_(DISPATCH.c.next_at.is_(None), DISPATCH.c.next_at <= at)
        return found(self.store, every().where(DISPATCH.c.state == "planned", ready))

    def waiting(self) -> Sequence[Dispatch]:
        """Return what is planned, due or not."""
        return found(self.store, every().where(DISPATCH.c.state == "planned"))

    def ambiguous(self) -> Sequence[Dispatch]:
        """Return what was sent to the last dot, and whose answer was never recorded."""
        return found(self.store, every().where(DISPATCH.c.state == "committing"))

    def parcel(self, dispatch: Dispatch) -> Parcel:
        """Return what is to be sent."""
        return read_parcel(self.store, dispatch.parcel)

    def claim(self, dispatch: Dispatch, *, sha256: str, signature: str, form: Form, at: datetime) -> str:
        """Planned -> sending, unless the recipient was suspended or the issue withdrawn; return why not, or nothing.

        It is not flushed to the disk: lost with the power, it is planned again, as every claim of a run that ended is.
        """
        with self.store.writing(flushed=False) as connection:
            why = _suspended(connection, dispatch.address, dispatch.subject) or self.gate(connection, dispatch)
            if why:
                return why
            kept = connection.execute(select(DISPATCH.c.sha).where(DISPATCH.c.id == dispatch.id)).scalar()
            if kept and kept != sha256:
                return "other bytes under an id that was used before; make a new revision of the issue"
            values = {"sha": sha256, "signature": signature, "form": form, "tries": DISPATCH.c.tries + 1}
            attempt = f"attempt {dispatch.tries + 1}"
            move(connection, dispatch.id, ("planned",), "sending", at=at, detail=attempt, **values)
        return ""

    def commit(self, dispatch: Dispatch, at: datetime) -> None:
        """Sending -> committing: the last dot comes next."""
        with self.store.writing() as connection:
            move(connection, dispatch.id, ("sending",), "committing", at=at, detail="", committing_at=at)

    def accept(self, dispatch: Dispatch, *, code: int | None, reply: str, at: datetime) -> None:
        """Committing or sending -> accepted."""
        self._settle(dispatch, ("sending", "committing"), "accepted", code=code, reply=reply, at=at)

    def refuse(self, dispatch: Dispatch, *, code: int | None, reply: str, at: datetime) -> None:
        """Planned, sending or committing -> refused, for good."""
        self._settle(dispatch, ("planned", "sending", "committing"), "refused", code=code, reply=reply, at=at)

    def postpone(self, dispatch: Dispatch, *, code: int | None, reply: str, at: datetime, until: datetime) -> None:
        """To planned again, to be tried from `until` on."""
        with self.store.writing() as connection:
            was: tuple[State, ...] = ("planned", "sending", "committing")
            values = {"next_at": until, "code": code, "reply": reply}
            move(connection, dispatch.id, was, "planned", at=at, detail=reply, **values)

    def park(self, dispatch: Dispatch, *, reply: str, at: datetime) -> None:
        """Committing -> parked: a person decides."""
        self._settle(dispatch, ("committing",), "parked", code=None, reply=reply, at=at)

    def _settle(
        self, dispatch: Dispatch, was: tuple[State, ...], became: State, *, code: int | None, reply: str, at: datetime
    ) -> None:
        values = {"code": code, "reply": reply, "settled_at": at}
        with self.store.writing() as connection:
            move(connection, dispatch.id, was, became, at=at, detail=f"{code or ''} {reply}".strip(), **values)


def every() -> Select[Any]:
    """Return the query for all dispatches, parcel by parcel."""
    whose = (PARCEL.c.key.label("parcel"), PARCEL.c.subject, PARCEL.c.period, PARCEL.c.revision)
    whole = select(DISPATCH, *whose).join(PARCEL, PARCEL.c.id == DISPATCH.c.parcel_id)
    return whole.order_by(DISPATCH.c.parcel_id, DISPATCH.c.id)


def found(store: Store, query: Select[Any]) -> list[Dispatch]:
    """Return the dispatches of a query made from `every`."""
    with store.reading() as connection:
        return [_dispatch(row) for row in connection.execute(query)]


def move(
    connection: Connection,
    number: int,
    was: tuple[State, ...],
    became: State,
    *,
    at: datetime,
    detail: str,
    **values: Any,  # noqa: ANN401 -- columns of several types
) -> None:
    """Change the state of a dispatch and add the change to its log.

    Raises:
        DeliveryError: it is in a state from which it cannot become that.
    """
    moved = update(DISPATCH).where(DISPATCH.c.id == number).values(state=became, **values)
    before = was[0] if len(was) == 1 else _state(connection, number)
    if before not in was or connection.execute(moved.where(DISPATCH.c.state == before)).rowcount != 1:
        state = _state(connection, number)
        what = f"is {state}" if state else "is not there"
        raise DeliveryError(f"delivery {number}", what, f"only one that is {' or '.join(was)} can become {became}")
    tell(connection, number, (before, became), at=at, detail=detail)


def tell(connection: Connection, number: int, step: tuple[str, str], *, at: datetime, detail: str) -> None:
    """Add a line to the log: from which state to which, when and why."""
    was, became = step
    row = {"dispatch_id": number, "at": at, "was": was, "became": became, "detail": detail[:500]}
    connection.execute(insert(DISPATCH_EVENT).values(**row))


def _state(connection: Connection, number: int) -> State | None:
    state: State | None = connection.execute(select(DISPATCH.c.state).where(DISPATCH.c.id == number)).scalar()
    return state


def _dispatch(row: Row[Any]) -> Dispatch:
    values = dict(row._mapping)  # noqa: SLF001 -- SQLAlchemy's public name for it
    values.pop("parcel_id")
    return Dispatch(sha256=values.pop("sha"), **values)


def _new(planned: Planned, parcel: int, at: datetime) -> dict[str, Any]:
    # A Date header has no fractions of a second.
    return {
        "parcel_id": parcel, "channel": planned.channel, "address": planned.address, "name": planned.name,
        "form": planned.form, "state": "planned", "message_id": planned.message_id, "token": planned.token,
        "dated": at.replace(microsecond=0), "planned_at": at, "sha": "", "signature": "", "tries": 0, "reply": "",
    }  # fmt: skip


def _suspended(connection: Connection, address: str, subject: str) -> str:
    query = select(SUSPENSION.c.reason).where(
        SUSPENSION.c.address == address, SUSPENSION.c.ended.is_(False), SUSPENSION.c.subject.in_(("*", subject))
    )
    reason = connection.execute(query.limit(1)).scalar()
    return f"suspended: {reason}" if reason else ""
