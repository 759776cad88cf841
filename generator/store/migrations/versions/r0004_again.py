"""The letter for sending an issue again in a later week whose own brief is held back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column `again_sha` to `issue`."""
    op.add_column("issue", sa.Column("again_sha", sa.String(64)))
