"""Executors: every name ends once, a runaway is ended alone, and nobody works ahead of the reader."""

from __future__ import annotations

import os
import time
from pathlib import Path

import psutil
import pytest
from small_work import Deed

from generator.batch import Begun, Ended, Executor, Inline, Limits, Lost, Pool, workers_that_fit
from generator.batch import limits as limits_module

Result = tuple[str, int] | Lost
TEMPLATES = (Path(__file__).parents[2] / "templates",)


def pool(workers: int = 2, **limits: float) -> Pool:
    """Return a pool whose limits are these."""
    return Pool(workers=workers, templates=TEMPLATES, limits=Limits(**limits))  # type: ignore[arg-type]


def results(executor: Executor, names: list[str], folder: Path) -> dict[str, Result]:
    """Return the result of each name; none ends twice, or before it has begun."""
    found: dict[str, Result] = {}
    begun = set()
    for event in executor.run(Deed(folder=folder), names):
        if isinstance(event, Begun):
            begun.add(event.name)
            continue
        assert event.name in begun
        assert event.name not in found
        found[event.name] = event.result
    return found


def lost(result: Result) -> Lost:
    """Return why there is no result."""
    assert isinstance(result, Lost), result
    return result


def test_every_name_ends_once_whatever_the_executor(tmp_path: Path) -> None:
    """In this process, and in others that live on from one name to the next."""
    names = [f"nap-{i}" for i in range(9)]
    here = results(Inline(), names, tmp_path)
    there = results(pool(), names, tmp_path)
    assert list(here) == names
    assert sorted(there) == names
    assert {result[1] for result in here.values() if not isinstance(result, Lost)} == {os.getpid()}
    workers = {result[1] for result in there.values() if not isinstance(result, Lost)}
    assert 1 <= len(workers) <= 2
    assert os.getpid() not in workers


def test_a_runaway_is_ended_and_only_that_one(tmp_path: Path) -> None:
    """Endless work, too much memory, a crash of a library, a kill: each is told in its words; the others are done."""
    bad = ["spin-1", "hoard-1", "crash-1", "die-1"]
    names = [name for pair in zip(bad, [f"nap-{i}" for i in range(4)], strict=True) for name in pair]
    found = results(pool(seconds=3, memory=2500), names, tmp_path)
    assert sorted(found) == sorted(names)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"nap-{i}" for i in range(4)]
    assert {name: lost(found[name]).reason for name in bad} == {
        "spin-1": "time",
        "hoard-1": "memory",
        "crash-1": "killed",
        "die-1": "killed",
    }
    assert "not finished after 3 seconds" in lost(found["spin-1"]).sentence
    assert "more than 2,500 MB" in lost(found["hoard-1"]).sentence


def test_nobody_works_ahead_of_the_reader(tmp_path: Path) -> None:
    """A reader that pauses finds no more done than the workers had in hand."""
    events = pool().run(Deed(folder=tmp_path), [f"do-{i}" for i in range(50)])
    while not isinstance(next(events), Ended):
        pass
    time.sleep(0.5)
    assert len(list(tmp_path.iterdir())) <= 2 + 1 + 1
    events.close()  # type: ignore[attr-defined]


def test_a_reader_who_leaves_takes_the_workers_along(tmp_path: Path) -> None:
    """No process is left behind that would go on."""
    events = pool().run(Deed(folder=tmp_path), ["spin-1", "spin-2", "spin-3"])
    assert isinstance(next(events), Begun)
    assert _spinning()
    events.close()  # type: ignore[attr-defined]
    assert not _spinning()


def _spinning() -> list[psutil.Process]:
    """Return the worker processes; they are children of the one they are copied from."""
    children = psutil.Process().children(recursive=True)
    return [each for each in children if each.parent() != psutil.Process() and each.status() == psutil.STATUS_RUNNING]


def test_a_container_is_not_given_more_workers_than_it_may_feed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own limits count, not those of the machine around it."""
    monkeypatch.setattr(limits_module, "CGROUP", tmp_path)
    most = workers_that_fit()
    (tmp_path / "memory.max").write_text(f"{900 * 1024 * 1024}\n", encoding="ascii")
    (tmp_path / "memory.current").write_text("0\n", encoding="ascii")
    assert workers_that_fit() == 1 <= most
    (tmp_path / "memory.max").write_text("max\n", encoding="ascii")
    (tmp_path / "cpu.max").write_text("100000 100000\n", encoding="ascii")
    assert workers_that_fit() == 1
