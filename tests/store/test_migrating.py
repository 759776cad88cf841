"""From every schema there ever was to this one, on both databases, whatever kills the process on the way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from stored import DAY, NOW

from generator.errors import StoreError
from generator.store import open_store
from generator.store.engine import engine_for
from generator.store.migrating import FOLDER, migrate, newest, revision_of

REVISIONS = sorted(str(script.revision) for script in ScriptDirectory(str(FOLDER)).walk_revisions())
KILLER = Path(__file__).with_name("killed.py")


def _old(url: str, revision: str) -> Engine:
    """Return a database of an old schema with a snapshot in it."""
    engine = engine_for(url)
    migrate(engine, "old", to=revision)
    with engine.begin() as connection:
        words = "insert into snapshot (ticker, source, until, name, industry, retrieved_at, sha) "
        words += "values ('ACME', 'yahoo', :until, 'Acme', '', :at, 'f00')"
        connection.execute(text(words), {"until": str(DAY), "at": NOW.isoformat(sep=" ")[:19]})
    return engine


def _state(engine: Engine) -> tuple[str | None, frozenset[str]]:
    with engine.connect() as connection:
        return revision_of(connection), frozenset(inspect(connection).get_table_names())


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_every_old_schema_becomes_this_one(store_url: str, revision: str, tmp_path: Path) -> None:
    """With what was in it; a SQLite file is copied before."""
    engine = _old(store_url, revision)
    before = _state(engine)
    with open_store(store_url, str(tmp_path / "objects")) as store, store.reading() as connection:
        assert revision_of(connection) == newest()
        assert connection.execute(text("select name from snapshot")).scalars().all() == ["Acme"]
    copies = [path.name for path in tmp_path.glob("*before*")]
    assert copies == ([f"store.before-{revision}.sqlite3"] if engine.dialect.name == "sqlite" else [])
    for copy in copies:
        assert _state(engine_for(str(tmp_path / copy))) == before
    engine.dispose()


def test_a_newer_database_is_refused_and_left_alone(store_url: str, tmp_path: Path) -> None:
    """An old program would not know what it destroys."""
    engine = _old(store_url, newest())
    with engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(StoreError, match=r"written by a newer version of equity-brief.*9999.*update equity-brief"):
        open_store(store_url, str(tmp_path / "objects"))
    assert _state(engine)[0] == "9999"
    engine.dispose()


def test_a_killed_migration_leaves_the_old_schema_and_runs_again(store_url: str) -> None:
    """Killed some statements later each time; the last run is left alone."""
    engine = _old(store_url, REVISIONS[0])
    before = _state(engine)
    engine.dispose()
    done = subprocess.run(
        [sys.executable, str(KILLER), store_url], capture_output=True, text=True, check=True, timeout=120
    )
    runs = done.stdout.splitlines()
    assert len(runs) > 4
    for run in runs[:-1]:
        assert run == f"killed {before[0]} {sorted(before[1])}"
    assert runs[-1].startswith(f"done {newest()}")


def test_what_is_no_store_is_told(tmp_path: Path) -> None:
    """A text file, another database, a server that is not there."""
    (tmp_path / "notes.txt").write_text("not a database, but long enough to be looked at" * 40)
    for url, said in (
        (str(tmp_path / "notes.txt"), "file is not a database"),
        ("mysql://me@127.0.0.1/db", "is not a store"),
        ("postgresql://me:hidden@127.0.0.1:1/db", "cannot be used"),
    ):
        with pytest.raises(StoreError, match=said) as caught:
            open_store(url, str(tmp_path / "objects"))
        assert "hidden" not in str(caught.value)
