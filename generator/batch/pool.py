"""Pool: several processes, each warmed up once; a brief that runs away is ended, and only that one."""

from __future__ import annotations

import gc
import multiprocessing
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import TYPE_CHECKING, cast

from generator.batch.limits import Limits
from generator.batch.work import Begun, Ended, Event, Lost, R, Work

if TYPE_CHECKING:
    from pebble import ProcessPool

TICK = 0.2
# Work handed over before a worker is free, so that none waits for the next.
AHEAD = 1
PRELOAD = "generator.batch.warm"
TOO_LONG = (
    "it was not finished after {:g} seconds and was ended; look for what makes it so large (a template, a very long "
    "text), or allow more time under [batch] in reports/settings.toml"
)
TOO_LARGE = (
    "it needed more than {:,} MB of memory and was ended; look for what makes it so large (a template, a picture), or "
    "allow more memory under [batch] in reports/settings.toml"
)
DIED = (
    "its process ended in the middle of the work (exit status {}); the usual reason is a machine out of memory: "
    "use fewer --workers, or build it alone to see more"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """The executor for many briefs on one machine."""

    workers: int
    templates: Sequence[Path]
    limits: Limits = field(default_factory=Limits)

    def run(self, work: Work[R], names: Sequence[str]) -> Iterator[Event[R]]:
        """Do the work for every name on the workers, and tell of each as it happens."""
        pool = self._opened(min(self.workers, len(names)))
        try:
            yield from self._events(pool, work, deque(names))
        finally:
            # Nothing is left to do, or nobody reads on.
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()

    def _opened(self, workers: int) -> ProcessPool:
        from pebble import ProcessPool

        return ProcessPool(
            max_workers=max(1, workers),
            max_tasks=self.limits.briefs,
            initializer=begin,
            initargs=(tuple(self.templates), self.limits),
            context=context(),
        )

    def _events(self, pool: ProcessPool, work: Work[R], waiting: deque[str]) -> Iterator[Event[R]]:
        in_hand: dict[Future[R], str] = {}
        begun: set[str] = set()
        while waiting or in_hand:
            while waiting and len(in_hand) < self.workers + AHEAD:
                name = waiting.popleft()
                in_hand[self._handed(pool, work, name)] = name
            done, _ = wait(list(in_hand), timeout=TICK, return_when=FIRST_COMPLETED)
            for future, name in in_hand.items():
                if name not in begun and (future in done or future.running()):
                    begun.add(name)
                    yield Begun(name=name)
            for future in done:
                result: R | Lost = self._result(future)
                yield Ended(name=in_hand.pop(future), result=result)

    def _handed(self, pool: ProcessPool, work: Work[R], name: str) -> Future[R]:
        future = pool.schedule(once, args=(work, name), timeout=self.limits.seconds)
        return cast("Future[R]", future)

    def _result(self, future: Future[R]) -> R | Lost:
        from pebble import ProcessExpired

        try:
            return future.result()
        except TimeoutError:
            return Lost(reason="time", sentence=TOO_LONG.format(self.limits.seconds))
        except MemoryError:
            return Lost(reason="memory", sentence=TOO_LARGE.format(self.limits.memory))
        except ProcessExpired as error:
            return Lost(reason="killed", sentence=DIED.format(error.exitcode))


def context() -> BaseContext:
    """Return how workers are started: copied from a process that has the libraries loaded, where that exists."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([PRELOAD])
    return context


def begin(templates: tuple[Path, ...], limits: Limits) -> None:
    """Make a new worker ready: warm, and within its limits."""
    from generator.batch.warm import Start

    Start(templates=templates, limits=limits)()


def once(work: Callable[[str], R], name: str) -> R:
    """Do one piece of work, and clear up after it."""
    try:
        return work(name)
    finally:
        gc.collect()
