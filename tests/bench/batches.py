"""Batches: the same briefs again and again, on one worker and on two, as the product makes them."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass

import psutil

from bench.subject import TEMPLATES, TICKERS, Subject
from generator.batch import Ended, Limits, Pool

LIMITS = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What one brief of a batch tells: its hash, its CPU seconds, the memory its worker then held in MB."""

    digest: str
    cpu: float
    memory: float


def work(name: str) -> Made:
    """Make one brief; the name is a ticker and a number."""
    begun = time.process_time()
    pdf = Subject(name.split("-", maxsplit=1)[0]).made().pdf
    memory = psutil.Process().memory_info().rss / 1e6
    return Made(digest=hashlib.sha256(pdf).hexdigest(), cpu=time.process_time() - begun, memory=memory)


def spin(name: str) -> float:
    """Count for a while: what a second core gives a program that does nothing else."""
    begun = time.process_time()
    total = sum(range(20_000_000 + len(name)))
    return time.process_time() - begun + total * 0


def batch(size: int, workers: int) -> tuple[float, list[Made]]:
    """Return the wall seconds of a batch, its start and end counted in, and what each brief told.

    Raises:
        RuntimeError: a brief of it was not made.
    """
    names = [f"{TICKERS[i % len(TICKERS)]}-{i}" for i in range(size)]
    begun = time.perf_counter()
    ended = [each for each in Pool(workers=workers, templates=TEMPLATES).run(work, names) if isinstance(each, Ended)]
    results = [each.result for each in ended if isinstance(each.result, Made)]
    if len(results) != size:
        raise RuntimeError(f"{size - len(results)} of {size} briefs were not made")
    return time.perf_counter() - begun, results


def loops(workers: int) -> float:
    """Return the wall seconds of eight pure loops on so many workers."""
    begun = time.perf_counter()
    list(Pool(workers=workers, templates=TEMPLATES).run(spin, [f"loop-{i}" for i in range(8)]))
    return time.perf_counter() - begun
