"""Limits: how much time and memory one brief may take, and how many workers a machine can feed."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

MB = 1024 * 1024
# What a worker was seen to hold while it prints, and what stays for everything else.
WORKER = 400 * MB
SPARE = 500 * MB
CGROUP = Path("/sys/fs/cgroup")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one brief may take. `memory` is address space in MB, which Linux alone enforces; a worker starts at 700."""

    seconds: float = 300.0
    memory: int = 3000
    briefs: int = 200

    def enforce(self) -> None:
        """Let this process be refused memory beyond its limit, and write no core file."""
        if sys.platform == "win32":
            return
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform != "darwin":
            resource.setrlimit(resource.RLIMIT_AS, (self.memory * MB, self.memory * MB))


def workers_that_fit() -> int:
    """Return how many workers this machine can feed: one a core, as far as the free memory goes."""
    return max(1, min(_cores(), (_free_memory() - SPARE) // WORKER))


def _cores() -> int:
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    quota = _cgroup("cpu.max").split()
    if len(quota) == 2 and quota[0].isdecimal() and int(quota[1]):
        cores = min(cores, max(1, int(quota[0]) // int(quota[1])))
    return cores


def _free_memory() -> int:
    import psutil

    free = int(psutil.virtual_memory().available)
    limit, used = _cgroup("memory.max").strip(), _cgroup("memory.current").strip()
    return min(free, int(limit) - int(used)) if limit.isdecimal() and used.isdecimal() else free


def _cgroup(name: str) -> str:
    """Return a figure of the container this runs in, or nothing."""
    try:
        return (CGROUP / name).read_text(encoding="ascii")
    except OSError:
        return ""
