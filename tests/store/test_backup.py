"""Back-up and restore, with the commands of the store's guide."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from postgres import Postgres
from stored import keep, snapshot

from generator import store as package
from generator.store import open_store
from generator.store.snapshots import answers_of, kept_snapshots, read_snapshot

GUIDE = (Path(package.__file__).parent / "README.md").read_text(encoding="utf-8")
SQLITE, SERVER = re.findall(r"```sh\n(.*?)```", GUIDE.split("## Back-up and restore")[1], re.DOTALL)
(RESTORE,) = re.findall(r"`(pg_restore [^`]*)`", GUIDE)


def _shell(script: str, folder: Path, **variables: str) -> None:
    subprocess.run(["bash", "-euc", script], cwd=folder, check=True, env=os.environ | variables)


def _is_whole(url: str, objects: Path) -> None:
    with open_store(url, str(objects)) as store:
        (kept,) = kept_snapshots(store)
        assert read_snapshot(store, kept.sha) == snapshot()
        assert [each.body for each in answers_of(store, kept)] == [b"raw"]


def test_a_sqlite_store_is_copied_while_it_is_open(tmp_path: Path) -> None:
    """And works where the original is gone."""
    place = tmp_path / "output/store"
    with open_store(str(place / "store.sqlite3"), str(place / "objects")) as store:
        keep(store, snapshot(), b"raw")
        _shell(SQLITE.replace("python3", sys.executable), tmp_path)
    shutil.rmtree(place)
    _is_whole(str(tmp_path / "backup/store.sqlite3"), tmp_path / "backup/objects")


def test_a_server_is_dumped_and_restored(postgres: Postgres, tmp_path: Path) -> None:
    """Into an empty database."""
    place, first, second = tmp_path / "output/store", postgres.database(), postgres.database()
    with open_store(first, str(place / "objects")) as store:
        keep(store, snapshot(), b"raw")
    path = f"{Path(postgres.program('pg_dump')).parent}:{os.environ['PATH']}"
    _shell(SERVER, tmp_path, STORE=first, PATH=path)
    shutil.rmtree(place)
    _shell(RESTORE, tmp_path, STORE=second, PATH=path)
    _is_whole(second, tmp_path / "backup/objects")
