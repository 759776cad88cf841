"""Faults: what can go wrong with an answer, where, and how often."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fnmatch import fnmatch
from threading import Lock
from typing import Any, Literal

Kind = Literal["status", "html", "truncated", "cut", "slow", "nan", "empty", "refused"]

PAGE = b"<!DOCTYPE html><html><body><h1>Will be right back</h1>Thank you for your patience.</body></html>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A fault at the addresses that fit `host` and `path` (shell patterns), at every n-th of them, so many times.

    "status": `status` with its recorded body. "html": a page with status 200. "truncated": half the body, as if whole.
    "cut": the connection ends in the middle. "slow": `seconds` pass first. "nan": the last bar has no close.
    "empty": a success without results. "refused": no connection at all.
    """

    kind: Kind
    host: str = "*"
    path: str = "*"
    status: int = 0
    seconds: float = 0.0
    every: int = 1
    times: int | None = None
    wait: int | None = None

    def fits(self, host: str, path: str) -> bool:
        """Tell whether an address is meant."""
        return fnmatch(host, self.host) and fnmatch(path, self.path)


class Faults:
    """The faults in force, with how often each address that they mean was asked."""

    def __init__(self) -> None:
        self._counts: dict[Fault, int] = {}
        self._lock = Lock()

    def set(self, *faults: Fault) -> None:
        """Put faults in force instead of those before."""
        with self._lock:
            self._counts = dict.fromkeys(faults, 0)

    def due(self, host: str, path: str, *, connecting: bool = False) -> Fault | None:
        """Return the fault that hits this request, if any."""
        with self._lock:
            for fault in self._counts:
                if fault.fits(host, path) and (fault.kind == "refused") == connecting:
                    self._counts[fault] += 1
                    nth = self._counts[fault]
                    if nth % fault.every == 0 and (fault.times is None or nth // fault.every <= fault.times):
                        return fault
            return None


def spoiled(fault: Fault, body: bytes) -> bytes:
    """Return a body with the fault in it; the ones that do not change the body leave it as it is."""
    if fault.kind == "html":
        return PAGE
    if fault.kind == "truncated":
        return body[: len(body) // 2]
    if fault.kind in ("nan", "empty") and body.lstrip().startswith(b"{"):
        return without_last_close(body) if fault.kind == "nan" else emptied(body)
    return body


def without_last_close(body: bytes) -> bytes:
    """Return a chart whose last bar has null for a close, as Yahoo sends it before the bar is settled."""
    data = json.loads(body)
    if "facts" in data:
        return json.dumps(without_last_numbers(data)).encode()
    if "chart" not in data:
        return body
    for indicator in data["chart"]["result"][0]["indicators"].values():
        for values in indicator[0].values():
            values[-1:] = [None]
    return json.dumps(data).encode()


def without_last_numbers(data: dict[str, Any]) -> dict[str, Any]:
    """Return company facts in which the last row of every figure has null for a number."""
    for concepts in data["facts"].values():
        for concept in concepts.values():
            for rows in concept["units"].values():
                rows[-1]["val"] = None
    return data


def emptied(body: bytes) -> bytes:
    """Return the answer with an empty list of results."""
    data = json.loads(body)
    return json.dumps({part: {"result": [], "error": None} for part in data}).encode()
