"""The migrations make exactly the tables that the modules name, and form a line."""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from generator.store import METADATA, open_store
from generator.store.migrating import FOLDER
from generator.store.tables import MODULES


def test_migrations_make_the_tables_of_the_code(tmp_path: Path) -> None:
    """No table, column, index or constraint more or less."""
    assert MODULES
    with open_store(str(tmp_path / "s.sqlite3"), str(tmp_path / "objects")) as store, store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_migrations_form_a_line() -> None:
    """One end, and numbers that follow each other."""
    scripts = list(ScriptDirectory(str(FOLDER)).walk_revisions())
    assert len(ScriptDirectory(str(FOLDER)).get_heads()) == 1
    numbers = [int(script.revision) for script in reversed(scripts)]
    assert numbers == list(range(1, len(scripts) + 1))
