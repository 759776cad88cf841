"""Inputs: one hash over all that goes into a brief, by which an unchanged one is known without making it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

from generator.model.report import Report
from generator.model.snapshot import Snapshot

PACKAGE = Path(__file__).parents[1]
# What a report says about when and by whom, and where its files stand, changes no page.
BESIDE = ("schedule", "approval", "path", "kpis", "words_from")
LEFT_OUT = ("__pycache__", ".md")


def inputs_of(report: Report, known: str, templates: Sequence[Path], *, last: str = "") -> str:
    """Return the hash of a report, what is known (by its hash), the templates, this program and the issue before."""
    asked = {key: value for key, value in asdict(report).items() if key not in BESIDE}
    parts = [
        json.dumps(asked, sort_keys=True, default=str, ensure_ascii=False),
        last,
        known,
        *(_folder(path, _stamp(path)) for path in (*templates, PACKAGE)),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def snapshots_of(snapshots: Iterable[Snapshot]) -> str:
    """Return the hash of what is known."""
    return hashlib.sha256("\n".join(snapshot.digest for snapshot in snapshots).encode()).hexdigest()


@lru_cache(maxsize=16)
def _folder(folder: Path, _: tuple[tuple[str, int, int], ...]) -> str:
    """Return the hash of a folder's files, by their names and contents."""
    whole = hashlib.sha256()
    for path in _files(folder):
        whole.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    stats = ((str(path), path.stat()) for path in _files(folder))
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


def _files(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*") if path.is_file() and not str(path).endswith(LEFT_OUT[1]))
    return sorted(path for path in found if LEFT_OUT[0] not in path.parts)
