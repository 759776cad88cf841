"""Locks: one run of a kind at a time; the lock of a process that died is free at once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from generator.errors import BusyError, StoreError
from generator.store.store import Store, told


@contextmanager
def only_one(store: Store, name: str) -> Iterator[None]:
    """Hold the lock of a name while the block runs; the kernel or the database server frees it, whatever happens.

    Raises:
        BusyError: another process holds it.
    """
    if store.engine.dialect.name == "sqlite":
        # An open connection keeps SQLite from tidying up its log after every transaction.
        with _file_lock(Path(f"{store.engine.url.database}.{name}.lock"), name), store.engine.connect():
            yield
    else:
        with _server_lock(store, name):
            yield


@contextmanager
def _file_lock(path: Path, name: str) -> Iterator[None]:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    except OSError as error:
        raise StoreError(str(path), f"cannot be written ({error.strerror})", "see that its folder may be") from None
    try:
        _take(handle, name)
        yield
    finally:
        os.close(handle)


def _take(handle: int, name: str) -> None:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise BusyError(name) from None


@contextmanager
def _connected(store: Store) -> Iterator[Connection]:
    with told(store.name):
        connection = store.engine.connect()
    with connection.execution_options(isolation_level="AUTOCOMMIT") as opened:
        yield opened


@contextmanager
def _server_lock(store: Store, name: str) -> Iterator[None]:
    number = int.from_bytes(hashlib.sha256(f"brief {name}".encode()).digest()[:8], "big", signed=True)
    with _connected(store) as connection:
        with told(store.name):
            free = connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({number})").scalar()
        if not free:
            raise BusyError(name)
        try:
            yield
        finally:
            # The lock is the session's; with the session it ends.
            connection.invalidate()
