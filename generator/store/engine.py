"""Engine: a database set up so that what was committed is there after a crash, and writers wait for each other."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from generator.errors import StoreError

PATIENCE = 30
"""Seconds a writer waits for another one."""

READING = "brief_reading"
RELAXED = "brief_relaxed"
FAR = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "ncpfs", "afs", "glusterfs"}
"""File systems of other machines, on which SQLite's locks cannot be trusted."""


def engine_for(url: str) -> Engine:
    """Return the engine of a store: a SQLite file by its path or URL, or a PostgreSQL server by its URL.

    Raises:
        StoreError: the URL is of another kind, its driver is missing, or the file cannot be where it should be.
    """
    parsed = parsed_url(url)
    if parsed.get_backend_name() == "sqlite":
        _ready(Path(parsed.database or ""))
        engine = create_engine(parsed, poolclass=NullPool, connect_args={"timeout": PATIENCE})
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
        return engine
    try:
        return create_engine(parsed, pool_pre_ping=True, connect_args={"connect_timeout": PATIENCE})
    except ModuleNotFoundError:
        what = "PostgreSQL needs the driver psycopg, which is not installed"
        raise StoreError(shown(url), what, "pip install 'equity-brief[postgres]'") from None


def parsed_url(url: str) -> URL:
    """Return the parts of a URL; a plain path is that of a SQLite file.

    Raises:
        StoreError: it is neither.
    """
    text = url if ":" in url.removeprefix(Path(url).drive) else f"sqlite:///{url}"
    try:
        parsed = make_url(text)
        known = parsed.get_backend_name() in ("sqlite", "postgresql")
    except (ArgumentError, NoSuchModuleError):
        known, parsed = False, URL.create("none")
    if not known or (parsed.get_backend_name() == "sqlite" and not parsed.database):
        raise StoreError(shown(url), "is not a store", "name a file, or postgresql://user@host/database")
    return parsed


def file_of(url: str) -> Path | None:
    """Return the file of a SQLite store, or None for a server."""
    parsed = parsed_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


def shown(url: str) -> str:
    """Return a URL as it may be printed: without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return url if "@" not in url else url.rsplit("@", 1)[1]


def _ready(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(str(file), f"cannot be made ({error.strerror})", "choose another place") from None
    kind = _file_system(file.parent.resolve())
    if kind in FAR:
        what = f"lies on a network file system ({kind}), where SQLite loses data"
        raise StoreError(str(file), what, "put it on a local disk, or use a PostgreSQL store")


def _file_system(folder: Path) -> str:
    """Return the kind of the file system a folder is on."""
    parts = [part for part in psutil.disk_partitions(all=True) if folder.is_relative_to(part.mountpoint)]
    return max(parts, key=lambda part: len(part.mountpoint)).fstype if parts else ""


def _set_up(db: Any, _: ConnectionPoolEntry) -> None:  # noqa: ANN401 -- whatever the driver gives
    """Leave transactions to us, keep every commit through a loss of power, hold to foreign keys."""
    db.isolation_level = None
    for pragma in (f"busy_timeout = {PATIENCE * 1000}", "foreign_keys = ON", "synchronous = FULL"):
        db.execute(f"PRAGMA {pragma}")
    if db.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        _to_wal(db)


def _to_wal(db: sqlite3.Connection) -> None:
    """Turn a new file to write-ahead logging; under a lock, since SQLite does not wait for another that does so too."""
    db.execute("PRAGMA locking_mode = NORMAL")
    for _ in range(PATIENCE * 10):
        try:
            if db.execute("PRAGMA journal_mode = WAL").fetchone()[0] == "wal":
                return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) and "busy" not in str(error):
                raise
        # A transaction of its own waits for whoever holds the lock.
        db.execute("BEGIN IMMEDIATE")
        db.execute("ROLLBACK")


def _begin(connection: Connection) -> None:
    """Begin as a writer at once, so that no transaction fails half-way for a lock; readers never wait."""
    options = connection.get_execution_options()
    reading = options.get(READING, False)
    if options.get(RELAXED, False):
        # For this connection alone, which ends with its transaction.
        connection.exec_driver_sql("PRAGMA synchronous = NORMAL")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
