"""The gate: only the file of an approved issue leaves the house."""

from __future__ import annotations

from sqlalchemy import Connection, select

from generator.model.delivery import Dispatch
from generator.store.delivery_tables import PARCEL, PARCEL_FILE
from generator.store.issue_tables import ISSUE


def approved(connection: Connection, dispatch: Dispatch) -> str:
    """Return why a dispatch must not be sent: a file of it is not that of an approved issue; or nothing."""
    query = select(PARCEL_FILE.c.sha, PARCEL_FILE.c.name).join(PARCEL, PARCEL.c.id == PARCEL_FILE.c.parcel_id)
    files = connection.execute(query.where(PARCEL.c.key == dispatch.parcel)).all()
    if not files:
        return "there is no file to send"
    for file in files:
        issue = select(ISSUE.c.state, ISSUE.c.blocks).where(ISSUE.c.pdf_sha == file.sha)
        rows = connection.execute(issue.order_by(ISSUE.c.id)).all()
        if not any(row.state in ("approved", "sent") and not row.blocks for row in rows):
            state = rows[-1].state if rows else "not that of any issue"
            return f"{file.name} is {'a draft' if state == 'draft' else state}, not approved"
    return ""
