"""The output folder: where a brief goes, and how its files get there whole or not at all."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile

from generator.errors import OutputError

WRITABLE = 0o222
STALE = 6 * 3600.0


def week_of(day: date) -> str:
    """Return the ISO week of a day: "2025-W40"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def ready(folder: Path) -> None:
    """Make the folder and see that it can be written, before time is spent on a brief.

    Raises:
        OutputError: it cannot be made, or is read-only.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # The superuser could write here all the same; a folder marked read-only is meant to stay as it is.
        if not folder.stat().st_mode & WRITABLE:
            raise OutputError(f"{folder}: the folder is read-only; choose another with --out")
        with NamedTemporaryFile(dir=folder, prefix=".", suffix=".part"):
            pass
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror}); choose another folder with --out") from None


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files beside their place and rename them, all or none.

    Raises:
        OutputError: the disk is full, or the folder cannot be written.
    """
    beside: dict[Path, Path] = {}
    try:
        for name, data in files.items():
            beside[folder / name] = _beside(folder, name, data)
        for place, part in beside.items():
            part.replace(place)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror}); nothing was changed") from None
    finally:
        for part in beside.values():
            part.unlink(missing_ok=True)


def _beside(folder: Path, name: str, data: bytes) -> Path:
    with NamedTemporaryFile(dir=folder, prefix=f".{name}.", suffix=".part", delete=False) as part:
        path = Path(part.name)
        try:
            part.write(data)
            part.flush()
            os.fsync(part.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    path.chmod(0o644)
    return path


def sweep(folder: Path) -> None:
    """Remove the parts of files that processes which were killed left behind."""
    for part in folder.rglob(".*.part"):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > STALE:
                part.unlink()
