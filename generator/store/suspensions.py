"""Suspensions: who gets nothing for now, because mail came back or they asked for it; and the key of their tokens."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from sqlalchemy import insert, select, update

from generator.model.delivery import Suspension
from generator.store.delivery_tables import SUSPENSION, TOKEN_KEY
from generator.store.store import Store


def suspend(store: Store, suspension: Suspension) -> bool:
    """Record a suspension; False when the address is suspended already."""
    same = (SUSPENSION.c.address == suspension.address, SUSPENSION.c.ended.is_(False))
    with store.writing() as connection:
        query = select(SUSPENSION.c.id).where(*same, SUSPENSION.c.subject.in_(("*", suspension.subject)))
        if connection.execute(query.limit(1)).scalar() is not None:
            return False
        row = {"address": suspension.address, "subject": suspension.subject, "reason": suspension.reason}
        connection.execute(insert(SUSPENSION).values(**row, at=suspension.at, ended=False))
    return True


def resume(store: Store, address: str) -> int:
    """End all suspensions of an address and return how many there were."""
    with store.writing() as connection:
        which = (SUSPENSION.c.address == address, SUSPENSION.c.ended.is_(False))
        return connection.execute(update(SUSPENSION).where(*which).values(ended=True)).rowcount


def suspensions(store: Store) -> Sequence[Suspension]:
    """Return those in force, by address."""
    query = select(SUSPENSION).where(SUSPENSION.c.ended.is_(False)).order_by(SUSPENSION.c.address, SUSPENSION.c.id)
    with store.reading() as connection:
        rows = connection.execute(query).all()
    return [Suspension(address=row.address, subject=row.subject, reason=row.reason, at=row.at) for row in rows]


def token_key(store: Store) -> bytes:
    """Return the key that signs the tokens of this store; made once."""
    with store.writing() as connection:
        key = connection.execute(select(TOKEN_KEY.c.key)).scalar()
        if key is None:
            key = secrets.token_bytes(32)
            connection.execute(insert(TOKEN_KEY).values(id=1, key=key))
        return bytes(key)
