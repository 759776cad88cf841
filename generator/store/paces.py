"""Paces: the buckets of the providers, which all machines with the same store draw from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Column, Connection, Float, String, Table, select, text

from generator.model.pacing import Level
from generator.store.schema import METADATA
from generator.store.store import Store

PACE = Table(
    "pace",
    METADATA,
    Column("provider", String(40), primary_key=True),
    Column("tokens", Float, nullable=False),
    Column("at", Float, nullable=False),
)
PACES_LOCK = 0x6272696570616365
"""The number of the lock that drawing from a bucket takes on PostgreSQL: "briepace"."""
NOW = {
    "postgresql": "SELECT extract(epoch FROM clock_timestamp())",
    "sqlite": "SELECT (julianday('now') - 2440587.5) * 86400.0",
}
"""The database's clock: those of the machines differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPace:
    """A provider's bucket in the store. A machine that dies with it in hand lets it go with its connection."""

    store: Store
    provider: str

    @contextmanager
    def held(self) -> Iterator[Level]:
        """Give the level to one alone; what it has changed is kept when it is done.

        Raises:
            StoreError: the database cannot be reached.
        """
        with self.store.writing(flushed=False) as connection:
            dialect = connection.dialect.name
            if dialect == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({PACES_LOCK})")
            row = connection.execute(select(PACE.c.tokens, PACE.c.at).where(PACE.c.provider == self.provider)).first()
            now = float(connection.execute(text(NOW[dialect])).scalar_one())
            level = Level(now=now) if row is None else Level(now=now, tokens=row.tokens, at=row.at)
            before = (level.tokens, level.at)
            yield level
            if level.tokens is not None and (level.tokens, level.at) != before:
                self._keep(connection, {"tokens": level.tokens, "at": level.at}, new=row is None)

    def _keep(self, connection: Connection, values: dict[str, float], *, new: bool) -> None:
        if new:
            connection.execute(PACE.insert().values(provider=self.provider, **values))
        else:
            connection.execute(PACE.update().where(PACE.c.provider == self.provider).values(**values))
