"""Pruning: old snapshots and their answers go; what an issue or another table names stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Column, Connection, String, delete, select

from generator.store.schema import hold
from generator.store.snapshots import ANSWER, SNAPSHOT, SNAPSHOT_ANSWER
from generator.store.store import Store
from generator.store.tables import TABLES

KEY_LENGTH = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """How many rows and objects were removed, or would be."""

    snapshots: int
    answers: int
    objects: int


def prune(store: Store, *, keep: int, before: date | None = None, dry: bool = False) -> Gone:
    """Remove all but the newest snapshots of each ticker and source, and the answers that made no kept one.

    `before` spares those for that day and later. What another table names by its key stays, with its answers.

    Why rows first and objects after: a process that is killed in between leaves objects that nobody names, never a row
    that names an object which is not there.
    """
    with store.writing() as connection:
        hold(connection, alone=True)
        old = _old(connection, keep, before)
        orphans = _orphans(connection, set(old), before)
        keys = {*old.values(), *orphans.values()}
        if not dry:
            connection.execute(delete(SNAPSHOT_ANSWER).where(SNAPSHOT_ANSWER.c.snapshot_id.in_(old)))
            connection.execute(delete(SNAPSHOT).where(SNAPSHOT.c.id.in_(old)))
            connection.execute(delete(ANSWER).where(ANSWER.c.id.in_(orphans)))
            keys -= set(_named(connection))
        else:
            keys -= set(_named_without(connection, set(old), set(orphans)))
    if not dry:
        _remove(store, keys)
    return Gone(snapshots=len(old), answers=len(orphans), objects=len(keys))


def _old(connection: Connection, keep: int, before: date | None) -> dict[int, str]:
    """Return the snapshots that go, by number, with their keys."""
    spared = set(_named_elsewhere(connection))
    query = select(SNAPSHOT).order_by(SNAPSHOT.c.until.desc(), SNAPSHOT.c.retrieved_at.desc(), SNAPSHOT.c.id.desc())
    seen, old = Counter[tuple[str, str]](), {}
    for row in connection.execute(query):
        seen[row.ticker, row.source] += 1
        if seen[row.ticker, row.source] > keep and (before is None or row.until < before) and row.sha not in spared:
            old[row.id] = row.sha
    return old


def _orphans(connection: Connection, old: set[int], before: date | None) -> dict[int, str]:
    """Return the answers that belong to no kept snapshot; failures newer than the oldest kept day stay as evidence."""
    links = connection.execute(select(SNAPSHOT_ANSWER)).all()
    used = {link.answer_id for link in links if link.snapshot_id not in old}
    going = {link.answer_id for link in links} - used
    loose = {link.answer_id for link in links}
    rows = connection.execute(select(ANSWER.c.id, ANSWER.c.sha, ANSWER.c.retrieved_at)).all()
    return {
        row.id: row.sha
        for row in rows
        if row.id in going or (row.id not in loose and before is not None and row.retrieved_at.date() < before)
    }


def _columns() -> Iterator[Column[str]]:
    """Give every column of every module that may hold a key."""
    for table in TABLES.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, String) and column.type.length == KEY_LENGTH:
                yield column


def _named_elsewhere(connection: Connection) -> Iterator[str]:
    """Give the keys that tables other than those of snapshots name."""
    for column in _columns():
        if column.table not in (SNAPSHOT, ANSWER):
            yield from connection.execute(select(column).distinct()).scalars()


def _named(connection: Connection) -> Iterator[str]:
    for column in _columns():
        yield from connection.execute(select(column).distinct()).scalars()


def _named_without(connection: Connection, snapshots: set[int], answers: set[int]) -> Iterator[str]:
    """Give the keys that would still be named if some rows were gone."""
    yield from _named_elsewhere(connection)
    for table, gone in ((SNAPSHOT, snapshots), (ANSWER, answers)):
        yield from (row.sha for row in connection.execute(select(table)) if row.id not in gone)


def _remove(store: Store, keys: set[str]) -> None:
    """Remove objects that are still named by nobody, while nobody can name them anew."""
    with store.writing() as connection:
        hold(connection, alone=True)
        for key in sorted(keys - set(_named(connection))):
            store.objects.remove(key)
