"""The gate: only the file of an approved issue leaves the house."""

from __future__ import annotations

from sqlalchemy import Connection, select

from generator.model.delivery import Dispatch
from generator.store.delivery_tables import PARCEL, PARCEL_FILE
from generator.store.issue_tables import ISSUE


def approved(connection: Connection, dispatch: Dispatch) -> str:
    """Return why a dispatch must not be sent: a file of it is not that of an approved issue; or nothing."""
    query = (
        select(PARCEL_FILE.c.name, ISSUE.c.state, ISSUE.c.blocks)
        .join(PARCEL, PARCEL.c.id == PARCEL_FILE.c.parcel_id)
        .outerjoin(ISSUE, ISSUE.c.pdf_sha == PARCEL_FILE.c.sha)
        .where(PARCEL.c.key == dispatch.parcel)
        .order_by(PARCEL_FILE.c.position, ISSUE.c.id)
    )
    states: dict[str, str] = {}
    for row in connection.execute(query):
        good = row.state in ("approved", "sent") and not row.blocks
        if states.get(row.name) != "good":
            states[row.name] = "good" if good else row.state or "not that of any issue"
    if not states:
        return "there is no file to send"
    bad = next(((name, state) for name, state in states.items() if state != "good"), None)
    return f"{bad[0]} is {'a draft' if bad[1] == 'draft' else bad[1]}, not approved" if bad else ""
