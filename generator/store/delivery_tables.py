"""The tables of deliveries: parcels, what became of each of their dispatches, and who is suspended."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from generator.model.delivery import STATES
from generator.store.schema import METADATA, Moment

PARCEL = Table(
    "parcel",
    METADATA,
    Column("id", Integer, Identity(), primary_key=True),
    Column("key", String(120), nullable=False, unique=True),
    Column("subject", String(80), nullable=False),
    Column("period", String(20), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("letter_sha", String(64), nullable=False),
    Column("at", Moment, nullable=False),
)
PARCEL_FILE = Table(
    "parcel_file",
    METADATA,
    Column("parcel_id", Integer, ForeignKey("parcel.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("sha", String(64), nullable=False, index=True),
    Column("link", Text, nullable=False),
)
DISPATCH = Table(
    "dispatch",
    METADATA,
    Column("id", Integer, Identity(), primary_key=True),
    Column("parcel_id", Integer, ForeignKey("parcel.id"), nullable=False),
    Column("channel", String(10), nullable=False),
    Column("address", String(500), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("form", String(10), nullable=False),
    Column("state", String(12), nullable=False, index=True),
    Column("message_id", String(320), nullable=False, index=True),
    Column("token", String(64), nullable=False, unique=True),
    Column("dated", Moment, nullable=False),
    Column("planned_at", Moment, nullable=False),
    Column("sha", String(64), nullable=False),
    Column("signature", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_at", Moment),
    Column("committing_at", Moment),
    Column("settled_at", Moment),
    Column("code", Integer),
    Column("reply", Text, nullable=False),
    UniqueConstraint("parcel_id", "channel", "address"),
    CheckConstraint(f"state in {STATES}", name="state"),
)
DISPATCH_EVENT = Table(
    "dispatch_event",
    METADATA,
    Column("id", Integer, Identity(), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("dispatch_id", Integer, ForeignKey("dispatch.id"), nullable=False, index=True),
    Column("was", String(12), nullable=False),
    Column("became", String(12), nullable=False),
    Column("detail", Text, nullable=False),
)
SUSPENSION = Table(
    "suspension",
    METADATA,
    Column("id", Integer, Identity(), primary_key=True),
    Column("address", String(500), nullable=False, index=True),
    Column("subject", String(80), nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("ended", Boolean, nullable=False),
)
TOKEN_KEY = Table(
    "token_key",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("key", LargeBinary, nullable=False),
)
