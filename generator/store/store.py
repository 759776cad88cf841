"""Store: an open database and the objects beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError

from generator.errors import StoreError
from generator.store.engine import READING, RELAXED, engine_for, shown
from generator.store.migrating import migrate
from generator.store.objects import Objects, objects_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """Where things are kept. What belongs together is written in one `writing()`, its objects before its rows.

    Why objects first: a row never names an object that is not there.
    """

    engine: Engine
    objects: Objects
    name: str

    @property
    def on_server(self) -> bool:
        """Whether other machines can use it too."""
        return self.engine.dialect.name != "sqlite"

    @contextmanager
    def writing(self, *, flushed: bool = True) -> Iterator[Connection]:
        """Give a transaction that writes: all of it or, where the block raises, nothing.

        One that is not `flushed` may be lost with the power, though never before an earlier one: for what can be done
        again.

        Raises:
            StoreError: the database cannot be reached or written.
        """
        options = {} if flushed else {RELAXED: True}
        with self._told(), self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a transaction that reads; it sees one state of the store and keeps no writer waiting.

        Raises:
            StoreError: the database cannot be reached.
        """
        with self._told(), self.engine.connect().execution_options(**{READING: True}) as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        with told(self.name):
            yield


@contextmanager
def told(name: str) -> Iterator[None]:
    """Tell what the database refused in one sentence without figures of the query.

    Raises:
        StoreError: it could not be reached, is locked, full or damaged.
    """
    try:
        yield
    except DBAPIError as error:
        # A file that is no database is a bare DatabaseError; the kinds derived from it are mistakes of the program.
        unusable = isinstance(error, OperationalError) or type(error) is DatabaseError
        if not unusable and not error.connection_invalidated:
            raise
        why = " ".join(str(error.orig).split())[:200]
        raise StoreError(
            name, f"cannot be used ({why})", "see that it is there, has room, and may be written"
        ) from None


def open_store(url: str, objects: str) -> Store:
    """Return the store of a URL (or a SQLite file's path), made or brought to this version where that is due.

    Raises:
        StoreError: it cannot be reached, or was written by a newer version.
    """
    engine, name = engine_for(url), shown(url)
    try:
        with told(name):
            migrate(engine, name)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine=engine, objects=objects_at(objects), name=name)
