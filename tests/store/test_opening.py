"""Opening a store that is as it should be costs no more than it must."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from alembic.script import ScriptDirectory

from generator.store.migrating import FOLDER, newest


def test_the_newest_revision_is_the_one_the_steps_end_at() -> None:
    """It is read from the names of their files."""
    assert newest() == ScriptDirectory(str(FOLDER)).get_current_head()


def test_alembic_is_loaded_only_where_there_is_something_to_migrate(tmp_path: Path) -> None:
    """A new store is made with it; one of this version is opened without."""
    code = "import sys; from generator.store import open_store; open_store(*sys.argv[1:]).close(); "
    code += "print('alembic' in sys.modules)"
    words = [sys.executable, "-c", code, str(tmp_path / "store.sqlite3"), str(tmp_path / "objects")]
    told = [subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip() for _ in range(2)]
    assert told == ["True", "False"]
