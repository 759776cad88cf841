"""Snapshots: what was known about a ticker on a day, and the raw answers it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    insert,
    select,
)

from generator.errors import StoreError
from generator.model.answer import Answer
from generator.model.snapshot import Snapshot
from generator.model.snapshot_json import from_json, to_json
from generator.store.schema import METADATA, Moment, hold
from generator.store.store import Store

ANSWER = Table(
    "answer",
    METADATA,
    Column("id", Integer, Identity(), primary_key=True),
    Column("provider", String(40), nullable=False),
    Column("method", String(10), nullable=False),
    Column("url", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("retrieved_at", Moment, nullable=False),
    Column("licence", Text, nullable=False),
    Column("sha", String(64), nullable=False, index=True),
    Column("size", BigInteger, nullable=False),
)
SNAPSHOT = Table(
    "snapshot",
    METADATA,
    Column("id", Integer, Identity(), primary_key=True),
    Column("ticker", String(20), nullable=False),
    Column("source", String(40), nullable=False),
    Column("until", Date, nullable=False),
    Column("name", Text, nullable=False),
    Column("industry", Text, nullable=False),
    Column("retrieved_at", Moment, nullable=False),
    Column("sha", String(64), nullable=False, index=True),
    Index(None, "ticker", "source", "until"),
)
SNAPSHOT_ANSWER = Table(
    "snapshot_answer",
    METADATA,
    Column("snapshot_id", Integer, ForeignKey("snapshot.id", ondelete="CASCADE"), primary_key=True),
    Column("answer_id", Integer, ForeignKey("answer.id"), primary_key=True, index=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A stored snapshot: whose, of which source, for which day, when it was made, and the key of its content.

    `name` and `industry` are those of the company; the industry of a fund is empty.
    """

    id: int
    ticker: str
    source: str
    until: date
    name: str
    industry: str
    retrieved_at: datetime
    sha: str


def keep_answers(store: Store, answers: Sequence[Answer], *, licence: str = "") -> tuple[int, ...]:
    """Store raw answers and return their numbers; `licence` says under which terms they may be used."""
    with store.writing() as connection:
        hold(connection)
        rows = [_answer_row(store, each, licence) for each in answers]
        return tuple(_inserted(connection, ANSWER, row) for row in rows)


def keep_snapshot(
    store: Store, snapshot: Snapshot, *, source: str, at: datetime, answers: Sequence[Answer] = (), licence: str = ""
) -> Kept:
    """Store a snapshot with the answers it was made from; all of it or nothing."""
    company = snapshot.company
    row: dict[str, Any] = {
        "ticker": snapshot.ticker,
        "source": source,
        "until": snapshot.until,
        "name": company.short_name if company else "",
        "industry": company.industry if company and company.instrument == "equity" else "",
        "retrieved_at": at,
    }
    with store.writing() as connection:
        hold(connection)
        row["sha"] = store.objects.put(to_json(snapshot))
        number = _inserted(connection, SNAPSHOT, row)
        rows = [_answer_row(store, each, licence) for each in answers]
        links = [{"snapshot_id": number, "answer_id": _inserted(connection, ANSWER, each)} for each in rows]
        if links:
            connection.execute(insert(SNAPSHOT_ANSWER), links)
    return Kept(id=number, **row)


def kept_snapshots(store: Store, ticker: str = "", *, source: str = "") -> tuple[Kept, ...]:
    """Return the stored snapshots, the newest first."""
    query = select(SNAPSHOT).order_by(SNAPSHOT.c.until.desc(), SNAPSHOT.c.retrieved_at.desc(), SNAPSHOT.c.id.desc())
    if ticker:
        query = query.where(SNAPSHOT.c.ticker == ticker)
    if source:
        query = query.where(SNAPSHOT.c.source == source)
    with store.reading() as connection:
        return tuple(_kept(row) for row in connection.execute(query))


def industries(store: Store) -> dict[str, str]:
    """Return the industry of every company that was ever stored."""
    query = select(SNAPSHOT.c.ticker, SNAPSHOT.c.industry).where(SNAPSHOT.c.industry != "").order_by(SNAPSHOT.c.until)
    with store.reading() as connection:
        return {row.ticker: row.industry for row in connection.execute(query)}


def read_snapshot(store: Store, sha: str) -> Snapshot:
    """Return the snapshot of a key.

    Raises:
        StoreError: it is missing or damaged, or of a version that this one cannot read.
    """
    data = store.objects.read(sha)
    try:
        return from_json(data)
    except ValueError as error:
        advice = "update equity-brief, or fetch anew"
        raise StoreError(f"{store.name}: snapshot {sha[:10]}", f"cannot be read ({error})", advice) from None


def answers_of(store: Store, kept: Kept) -> Iterator[Answer]:
    """Give the raw answers a snapshot was made from, in the order in which they came."""
    query = (
        select(ANSWER)
        .join(SNAPSHOT_ANSWER, SNAPSHOT_ANSWER.c.answer_id == ANSWER.c.id)
        .where(SNAPSHOT_ANSWER.c.snapshot_id == kept.id)
        .order_by(ANSWER.c.id)
    )
    with store.reading() as connection:
        rows = connection.execute(query).all()
    for row in rows:
        yield Answer(
            provider=row.provider, method=row.method, url=row.url, status=row.status,
            body=store.objects.read(row.sha), retrieved_at=row.retrieved_at,
        )  # fmt: skip


def _answer_row(store: Store, answer: Answer, licence: str) -> dict[str, object]:
    return {
        "provider": answer.provider, "method": answer.method, "url": answer.url, "status": answer.status,
        "retrieved_at": answer.retrieved_at, "licence": licence, "sha": store.objects.put(answer.body),
        "size": len(answer.body),
    }  # fmt: skip


def _inserted(connection: Connection, table: Table, row: dict[str, object]) -> int:
    key = connection.execute(insert(table).values(**row)).inserted_primary_key
    return int(key[0]) if key else 0


def _kept(row: Row[*tuple[object, ...]]) -> Kept:
    return Kept(**row._mapping)  # noqa: SLF001 -- SQLAlchemy's public name for it
