"""Parcels, their dispatches and what happened to each, and suspensions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from generator.store.schema import Moment

revision = "0002"
down_revision = "0001"
STATES = ("planned", "sending", "committing", "accepted", "refused", "parked")


def upgrade() -> None:
    """Make the tables `parcel`, `parcel_file`, `dispatch`, `dispatch_event`, `suspension` and `token_key`."""
    _parcels()
    _dispatches()
    _events()
    op.create_table(
        "suspension",
        sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
        sa.Column("address", sa.String(500), nullable=False),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("ended", sa.Boolean, nullable=False),
    )
    op.create_index("ix_suspension_address", "suspension", ["address"])
    op.create_table(
        "token_key",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key", sa.LargeBinary, nullable=False),
    )


def _parcels() -> None:
    op.create_table(
        "parcel",
        sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
        sa.Column("key", sa.String(120), nullable=False, unique=True),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("period", sa.String(20), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("letter_sha", sa.String(64), nullable=False),
        sa.Column("at", Moment, nullable=False),
    )
    op.create_table(
        "parcel_file",
        sa.Column("parcel_id", sa.Integer, sa.ForeignKey("parcel.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sha", sa.String(64), nullable=False),
        sa.Column("link", sa.Text, nullable=False),
    )
    op.create_index("ix_parcel_file_sha", "parcel_file", ["sha"])


def _dispatches() -> None:
    op.create_table(
        "dispatch",
        sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
        sa.Column("parcel_id", sa.Integer, sa.ForeignKey("parcel.id"), nullable=False),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("address", sa.String(500), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("form", sa.String(10), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("message_id", sa.String(320), nullable=False),
        sa.Column("token", sa.String(64), nullable=False, unique=True),
        sa.Column("dated", Moment, nullable=False),
        sa.Column("planned_at", Moment, nullable=False),
        sa.Column("sha", sa.String(64), nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("next_at", Moment),
        sa.Column("committing_at", Moment),
        sa.Column("settled_at", Moment),
        sa.Column("code", sa.Integer),
        sa.Column("reply", sa.Text, nullable=False),
        sa.UniqueConstraint("parcel_id", "channel", "address"),
        sa.CheckConstraint(f"state in {STATES}", name="state"),
    )
    for column in ("address", "state", "message_id"):
        op.create_index(f"ix_dispatch_{column}", "dispatch", [column])


def _events() -> None:
    op.create_table(
        "dispatch_event",
        sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
        sa.Column("at", Moment, nullable=False),
        sa.Column("dispatch_id", sa.Integer, sa.ForeignKey("dispatch.id"), nullable=False),
        sa.Column("was", sa.String(12), nullable=False),
        sa.Column("became", sa.String(12), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_index("ix_dispatch_event_dispatch_id", "dispatch_event", ["dispatch_id"])
