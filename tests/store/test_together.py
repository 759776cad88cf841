"""Several processes at one store: made at once, written at once, pruned meanwhile, and one of them killed."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from stored import DAY, keep, snapshot

from generator.store import open_store
from generator.store.pruning import prune
from generator.store.snapshots import answers_of, kept_snapshots, read_snapshot

WRITER = Path(__file__).with_name("writer.py")
ROUNDS = 12


def _writer(url: str, objects: Path, name: str, rounds: int = ROUNDS) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, str(WRITER), url, str(objects), name, str(rounds)])


def test_processes_that_begin_together_all_write(store_url: str, tmp_path: Path) -> None:
    """Into a store that none of them finds there."""
    objects = tmp_path / "objects"
    writers = [_writer(store_url, objects, name) for name in ("AAA", "BBB", "CCC")]
    assert [each.wait(60) for each in writers] == [0, 0, 0]
    with open_store(store_url, str(objects)) as store:
        found = kept_snapshots(store)
        assert len(found) == 3 * ROUNDS
        assert all(read_snapshot(store, each.sha).ticker == each.ticker for each in found)


def test_pruning_never_takes_what_is_being_written(store_url: str, tmp_path: Path) -> None:
    """The writer keeps the same contents again and again, which is what is pruned."""
    objects = tmp_path / "objects"
    with open_store(store_url, str(objects)) as store:
        keep(store, snapshot("AAA", until=DAY), b"the same")
        writer = _writer(store_url, objects, "AAA", 40)
        while writer.poll() is None:
            prune(store, keep=1)
        assert writer.returncode == 0
        assert all([each.body for each in answers_of(store, kept)] for kept in kept_snapshots(store))
        assert all(read_snapshot(store, kept.sha) for kept in kept_snapshots(store))


def test_a_killed_writer_leaves_whole_snapshots(store_url: str, tmp_path: Path) -> None:
    """And keeps nobody waiting."""
    objects = tmp_path / "objects"
    with open_store(store_url, str(objects)) as store:
        writer = _writer(store_url, objects, "AAA", 100_000)
        while len(kept_snapshots(store)) < 5 and writer.poll() is None:
            time.sleep(0.05)
        writer.kill()
        writer.wait()
        keep(store, snapshot("BBB"), b"after")
        found = kept_snapshots(store)
        assert len(found) > 5
        assert all(read_snapshot(store, each.sha) for each in found)
        assert all(len(list(answers_of(store, each))) == 1 for each in found)
