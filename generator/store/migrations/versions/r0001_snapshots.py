"""Raw answers of sources, and the snapshots made from them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from generator.store.schema import Moment

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables `answer`, `snapshot` and `snapshot_answer`."""
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
        sa.Column("provider", sa.String(40), nullable=False),
        sa.Column("method", sa.String(10), nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("retrieved_at", Moment, nullable=False),
        sa.Column("licence", sa.Text, nullable=False),
        sa.Column("sha", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_answer_sha", "answer", ["sha"])
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
        sa.Column("ticker", sa.String(20), nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("industry", sa.Text, nullable=False),
        sa.Column("retrieved_at", Moment, nullable=False),
        sa.Column("sha", sa.String(64), nullable=False),
    )
    op.create_index("ix_snapshot_ticker_source_until", "snapshot", ["ticker", "source", "until"])
    op.create_index("ix_snapshot_sha", "snapshot", ["sha"])
    op.create_table(
        "snapshot_answer",
        sa.Column("snapshot_id", sa.Integer, sa.ForeignKey("snapshot.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("answer_id", sa.Integer, sa.ForeignKey("answer.id"), primary_key=True),
    )
    op.create_index("ix_snapshot_answer_answer_id", "snapshot_answer", ["answer_id"])
