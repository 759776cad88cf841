"""Recordings: the bodies in tests/recordings, found by what they answer."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

FOLDER = Path(__file__).parents[1] / "recordings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One recorded body and the request it answers; `day` names the set it is consistent with."""

    kind: str
    host: str
    url: str
    status: int
    symbol: str
    day: str
    type: str
    path: Path

    @property
    def body(self) -> bytes:
        """The body as it was sent."""
        return _unpacked(self.path)

    @property
    def json(self) -> Any:  # noqa: ANN401
        """The body as data."""
        return json.loads(self.body)

    @property
    def query(self) -> dict[str, list[str]]:
        """The query of the request."""
        return parse_qs(urlsplit(self.url).query)


class Recordings:
    """All recordings of one day, and those that belong to none."""

    def __init__(self, day: str, *, folder: Path = FOLDER) -> None:
        self.day = day
        self._folder = folder

    @cached_property
    def all(self) -> tuple[Recording, ...]:
        """Return every recording of the folder."""
        rows = json.loads((self._folder / "index.json").read_text(encoding="utf-8"))
        return tuple(
            Recording(
                kind=row["kind"], host=row["host"], url=row["url"], status=row["status"], symbol=row["symbol"],
                day=row["set"], type=row["type"], path=self._folder / row["file"],
            )
            for row in rows
        )  # fmt: skip

    def find(self, kind: str, symbol: str = "") -> list[Recording]:
        """Return the recordings of a kind and a symbol: those of the day, or without any."""
        return [
            each
            for each in self.all
            if each.kind == kind and symbol in (each.symbol, "", _named(each.url)) and each.day in ("", self.day)
        ]

    def named(self, name: str) -> Recording:
        """Return the recording whose file has a name in it."""
        return next(each for each in self.all if name in each.path.name)

    def at(self, host: str, path: str) -> Recording | None:
        """Return the recording of exactly one address."""
        return next((each for each in self.all if (each.host, urlsplit(each.url).path) == (host, path)), None)


@cache
def _unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())


def _named(url: str) -> str:
    return unquote(urlsplit(url).path.rsplit("/", 1)[-1])
