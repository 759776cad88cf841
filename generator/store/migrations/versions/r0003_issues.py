"""Issues of briefs, their approvals, and the log of all that happened."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from generator.store.schema import Moment

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables `issue`, `approval` and `event`; the last refuses to be changed."""
    op.create_table(
        "issue",
        sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
        sa.Column("ticker", sa.String(20), nullable=False),
        sa.Column("period", sa.String(20), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("built_at", Moment, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        *(sa.Column(name, sa.String(64), nullable=False) for name in ("inputs", "snapshot", "pdf_sha")),
        *(sa.Column(name, sa.String(64), nullable=False) for name in ("ledger_sha", "letter_sha")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("pages", "blocks", "warns", "notes")),
        sa.Column("price", sa.Float),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("chain", sa.String(64), nullable=False),
        sa.UniqueConstraint("ticker", "period", "revision", name="uq_issue_ticker_period_revision"),
        sa.CheckConstraint("state in ('draft', 'approved', 'sent', 'superseded')", name="state"),
    )
    op.create_index("ix_issue_state", "issue", ["state"])
    op.create_index("ix_issue_pdf_sha", "issue", ["pdf_sha"])
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
        sa.Column("issue_id", sa.Integer, sa.ForeignKey("issue.id"), nullable=False),
        sa.Column("pdf_sha", sa.String(64), nullable=False),
        sa.Column("who", sa.String(100), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.UniqueConstraint("issue_id", "who", name="uq_approval_issue_id_who"),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
        sa.Column("at", Moment, nullable=False),
        sa.Column("who", sa.String(100), nullable=False),
        sa.Column("what", sa.String(12), nullable=False),
        sa.Column("ticker", sa.String(20), nullable=False),
        sa.Column("period", sa.String(20), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_index("ix_event_ticker_period", "event", ["ticker", "period"])
    _seal_the_log()


def _seal_the_log() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER event_no_{deed.lower()} BEFORE {deed} ON event "
                "BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION brief_log_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the log is only added to'; END $$"
    )
    op.execute(
        "CREATE TRIGGER event_is_only_added_to BEFORE UPDATE OR DELETE ON event "
        "FOR EACH STATEMENT EXECUTE FUNCTION brief_log_is_only_added_to()"
    )
