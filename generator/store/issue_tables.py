"""The tables of issues: each brief as it was made, who approved it, and the log of all that happened."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Identity,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from generator.model.issue import STATES
from generator.store.schema import METADATA, Moment

ISSUE = Table(
    "issue",
    METADATA,
    Column("id", Integer, Identity(), primary_key=True),
    Column("ticker", String(20), nullable=False),
    Column("period", String(20), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("built_at", Moment, nullable=False),
    Column("state", String(12), nullable=False, index=True),
    Column("inputs", String(64), nullable=False),
    Column("snapshot", String(64), nullable=False),
    Column("pdf_sha", String(64), nullable=False, index=True),
    Column("ledger_sha", String(64), nullable=False),
    Column("letter_sha", String(64), nullable=False),
    Column("pages", Integer, nullable=False),
    Column("blocks", Integer, nullable=False),
    Column("warns", Integer, nullable=False),
    Column("notes", Integer, nullable=False),
    Column("price", Float),
    Column("again_sha", String(64)),
    Column("previous", String(64), nullable=False),
    Column("chain", String(64), nullable=False),
    UniqueConstraint("ticker", "period", "revision"),
    CheckConstraint(f"state in {STATES}", name="state"),
)
APPROVAL = Table(
    "approval",
    METADATA,
    Column("id", Integer, Identity(), primary_key=True),
    Column("issue_id", Integer, ForeignKey("issue.id"), nullable=False),
    Column("pdf_sha", String(64), nullable=False),
    Column("who", String(100), nullable=False),
    Column("at", Moment, nullable=False),
    Column("note", Text, nullable=False),
    UniqueConstraint("issue_id", "who"),
)
EVENT = Table(
    "event",
    METADATA,
    Column("id", Integer, Identity(), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("who", String(100), nullable=False),
    Column("what", String(12), nullable=False),
    Column("ticker", String(20), nullable=False),
    Column("period", String(20), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("detail", Text, nullable=False),
    Index(None, "ticker", "period"),
)
