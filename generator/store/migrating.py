"""Migrating: from whatever version a database is to this one, all of the way or not at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, column, inspect, select, table

from generator.errors import StoreError
from generator.store.engine import PATIENCE, READING

FOLDER = Path(__file__).parent / "migrations"
VERSION = table("alembic_version", column("version_num"))
LOCK = 0x62726965666D6967
"""The number of the lock that migrating PostgreSQL takes: "briefmig"."""


def newest() -> str:
    """Return the revision this version of the program works with."""
    return max(_revisions())


def _revisions() -> set[str]:
    """Return the revisions there are steps to: versions/r0003_issues.py leads to "0003".

    Why from their names: Alembic is only loaded where there is something to migrate.
    """
    return {path.stem[1:].partition("_")[0] for path in FOLDER.glob("versions/r*.py")}


def revision_of(connection: Connection) -> str | None:
    """Return the revision of a database; None for an empty one."""
    if not inspect(connection).has_table(VERSION.name):
        return None
    revision: str | None = connection.execute(select(VERSION.c.version_num)).scalar()
    return revision


def migrate(engine: Engine, name: str, *, to: str = "head") -> None:
    """Bring a database to this version, in one transaction; a SQLite file is copied first.

    Why one transaction: a process that is killed in the middle leaves the old schema whole, and the next begins anew.

    Raises:
        StoreError: a newer version of the program has written it.
    """
    with engine.connect().execution_options(**{READING: True}) as connection, connection.begin():
        before = revision_of(connection)
    if before == newest():
        return
    from alembic import command
    from alembic.config import Config

    _known(before, name)
    if before is not None and engine.dialect.name == "sqlite":
        _copy(engine, before)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        _known(revision_of(connection), name)
        config = Config()
        config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, to)


def _known(revision: str | None, name: str) -> None:
    if revision is not None and revision not in _revisions():
        what = f"was written by a newer version of equity-brief (its schema is {revision}, this one knows {newest()})"
        raise StoreError(name, what, "update equity-brief, or use another store")


def _copy(engine: Engine, revision: str) -> None:
    """Copy a SQLite file as it was before its migration: `store.before-0001.sqlite3` beside it."""
    file = Path(str(engine.url.database))
    copy = file.with_name(f"{file.stem}.before-{revision}{file.suffix}")
    part = copy.with_name(f".{copy.name}.part")
    with suppress(FileNotFoundError):
        part.unlink()
    # Past the engine, which would begin a transaction, in which nothing can be copied.
    with closing(sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)) as db:
        db.execute("VACUUM INTO ?", (str(part),))
    part.replace(copy)
