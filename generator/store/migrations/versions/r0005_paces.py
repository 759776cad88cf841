"""The buckets of the providers, shared by the machines of a store."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table `pace`."""
    op.create_table(
        "pace",
        sa.Column("provider", sa.String(40), primary_key=True),
        sa.Column("tokens", sa.Float, nullable=False),
        sa.Column("at", sa.Float, nullable=False),
    )
