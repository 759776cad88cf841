"""Timing: how long something takes, in this process or as a whole program."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Wall seconds of several runs, and the CPU seconds of their median run; what was printed, if it was a program."""

    name: str
    seconds: tuple[float, ...]
    cpu: float

    @property
    def median(self) -> float:
        """The median of the wall seconds."""
        return statistics.median(self.seconds)


def timed(name: str, call: Callable[[], object], *, runs: int, warm_up: int = 1) -> Timing:
    """Return how long a call takes once it is warm."""
    for _ in range(warm_up):
        call()
    walls, cpus = [], []
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        call()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return Timing(name=name, seconds=tuple(walls), cpu=statistics.median(cpus))


def alternated(calls: dict[str, Callable[[], object]], *, runs: int, warm_up: int = 1) -> dict[str, Timing]:
    """Return the timings of several calls that take turns, so that a busy moment of the machine meets all of them."""
    for call in calls.values():
        for _ in range(warm_up):
            call()
    rounds = [{name: timed(name, call, runs=1, warm_up=0) for name, call in calls.items()} for _ in range(runs)]
    return {
        name: Timing(
            name=name,
            seconds=tuple(each[name].seconds[0] for each in rounds),
            cpu=statistics.median(each[name].cpu for each in rounds),
        )
        for name in calls
    }


def program(arguments: Sequence[str]) -> Callable[[], object]:
    """Return a call that runs Python with these arguments to its end, with compiled modules, as an installed one has.

    Raises when called:
        RuntimeError: the program failed; its last words are told.
    """

    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}

    def run() -> object:
        words = [sys.executable, *arguments]
        done = subprocess.run(words, capture_output=True, text=True, check=False, env=environment)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(arguments)}: {done.stderr[-400:]}")
        return done

    return run


def peak_memory() -> float:
    """Return the most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
