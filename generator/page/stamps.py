"""Stamps: the files a brief's look is made of, each by its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from generator.page.sandbox import HOUSE

SHOWN = frozenset((".html", ".css", ".toml", ".txt", ".ttf", ".otf", ".svg", ".png", ".jpg", ".jpeg"))


def template_hashes(folders: Sequence[Path], template: str) -> dict[str, str]:
    """Return the SHA-256 of every file of a template and of the house's, by its place below the template folders.

    The first folder that has a file is the one it is taken from, as when a brief is filled.
    """
    found: dict[str, Path] = {}
    for folder in folders:
        for name in dict.fromkeys((template, HOUSE)):
            for path in sorted((folder / name).rglob("*")):
                if path.suffix.lower() in SHOWN and path.is_file():
                    found.setdefault(path.relative_to(folder).as_posix(), path)
    return {place: hashlib.sha256(found[place].read_bytes()).hexdigest() for place in sorted(found)}
