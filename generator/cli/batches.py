"""Batches: who makes several briefs, in which order, and the board that shows how far they are."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol, TypeVar

import typer

from generator.cli.board import Board, board
from generator.cli.project import Project

if TYPE_CHECKING:
    from generator.batch import Executor, Keys, Lost, Work


class Told(Protocol):
    """A result that can be told in a word, and in a sentence where there is more to say."""

    @property
    def state(self) -> str:
        """What became of it."""
        ...

    @property
    def words(self) -> str:
        """What there is to say about it."""
        ...


R = TypeVar("R", bound=Told)
Workers = Annotated[
    int | None,
    typer.Option(
        min=0,
        max=256,
        help="Worker processes for several briefs; 0 makes them one after the other in this process, without limits of "
        "time and memory. Default: one a core, as far as memory allows.",
    ),
]


Cluster = Annotated[
    str,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="A Dask scheduler whose workers make them: tls://host:8786, or tcp:// on this machine.",
    ),
]


def executor_for(names: Sequence[str], project: Project, *, workers: int | None, cluster: str = "") -> Executor:
    """Return who makes the briefs: a single one is made in this process, several by workers."""
    from generator import batch

    asked = project.settings.batch
    limits = batch.Limits(seconds=asked.seconds, memory=asked.memory_mb)
    cluster = cluster or (asked.cluster if workers is None else "")
    if cluster:
        return batch.Cluster(address=cluster, templates=project.templates, limits=limits, keys=_keys())
    if workers == 0 or (workers is None and len(names) == 1):
        return batch.Inline()
    fit = workers or asked.workers or batch.workers_that_fit()
    return batch.Pool(workers=fit, templates=project.templates, limits=limits)


def _keys() -> Keys:
    """Return the certificates that the environment names."""
    from generator import batch

    names = ("BRIEF_CLUSTER_CA", "BRIEF_CLUSTER_CERT", "BRIEF_CLUSTER_KEY")
    authority, certificate, key = (os.environ.get(name, "") for name in names)
    return batch.Keys(authority=authority, certificate=certificate, key=key)


def made(
    names: Sequence[str], work: Work[R], executor: Executor, *, lost: Callable[[str, Lost], R], project: Project
) -> list[R]:
    """Return what became of each name, in the order given, with a board on the screen meanwhile."""
    with board(names) as screen:
        found = followed(longest_first(names, project), work, executor, lost=lost, screen=screen)
    return [found[name] for name in names]


def followed(
    names: Sequence[str], work: Work[R], executor: Executor, *, lost: Callable[[str, Lost], R], screen: Board
) -> dict[str, R]:
    """Return what became of each name, and tell the board meanwhile."""
    from generator import batch

    results: dict[str, R] = {}
    for event in executor.run(work, names):
        if isinstance(event, batch.Begun):
            screen.tell(event.name, "building")
            continue
        result = lost(event.name, event.result) if isinstance(event.result, batch.Lost) else event.result
        results[event.name] = result
        screen.tell(event.name, result.state, result.words, ended=True)
    return results


def longest_first(names: Sequence[str], project: Project) -> list[str]:
    """Return the names by the size of what the desk keeps on each, the largest first.

    Why: a long brief that is begun last is waited for by all workers but one.
    """
    return sorted(names, key=lambda name: -_size(name, project))


def _size(name: str, project: Project) -> int:
    path = Path(name) if name.endswith(".toml") else project.reports / f"{name.split(maxsplit=1)[0].lower()}.toml"
    files = [path, *path.with_suffix("").glob("*")]
    return sum(file.stat().st_size for file in files if file.is_file())
