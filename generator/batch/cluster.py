"""Cluster: the same work on the machines of a Dask scheduler; each piece in a process of its own, with its limits."""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit
from uuid import uuid4

from generator.batch.limits import Limits
from generator.batch.pool import TOO_LARGE, TOO_LONG, begin, context, once
from generator.batch.work import Begun, Ended, Event, Lost, R, Work
from generator.errors import InputError, NoDataError

if TYPE_CHECKING:
    from concurrent.futures import Future

    from distributed import Client
    from pebble import ProcessPool

# Pieces in hand for each thread of the cluster, so that none waits for the next.
AHEAD = 2
TICK = 0.05
TRIES = 4
PATIENCE = 120.0
MISSING = "pip install 'equity-brief[cluster]'"
DAEMON = "start it with --no-nanny, or set distributed.worker.daemon to False: a nanny's worker may have no children"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The files with which a cluster's members know each other: authority, certificate and key."""

    authority: str = ""
    certificate: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """The executor for many machines. They share the project's folder, its store, and the version of the program.

    `patience` is how long a scheduler that went away is waited for, in seconds.
    """

    address: str
    templates: Sequence[Path]
    limits: Limits = field(default_factory=Limits)
    keys: Keys = field(default_factory=Keys)
    patience: float = PATIENCE

    def run(self, work: Work[R], names: Sequence[str]) -> Iterator[Event[R]]:
        """Do the work for every name on the cluster, and tell of each as it happens.

        Why tries: what a worker had in hand when it died is given to another one; a piece that takes several workers
        with it is told as lost. Work that is done twice gives the same result.

        Raises:
            InputError: the address is not safe, or a worker cannot keep its limits.
            NoDataError: nobody answers there.
        """
        self.see_safe()
        waiting, tries = deque(names), Counter[str]()
        lost_at = time.monotonic()
        while waiting:
            client = self._client(lost_at)
            if client is None:
                time.sleep(1)
                continue
            try:
                with client:
                    yield from self._events(client, work, waiting, tries)
            except _gone():
                lost_at = time.monotonic()

    def see_safe(self) -> None:
        """Refuse an address at which anybody who reaches it could run programs.

        Raises:
            InputError: it is not a Dask address, or not encrypted although it leads to another machine.
        """
        parts = urlsplit(self.address)
        if parts.scheme not in ("tcp", "tls") or not parts.hostname or not parts.port:
            raise InputError.at(f"--cluster {self.address}", "is not a scheduler's address", "use tls://host:8786")
        if parts.scheme == "tcp" and not _is_here(parts.hostname):
            what = "plain tcp:// lets everybody who reaches that port run programs"
            raise InputError.at(f"--cluster {self.address}", what, "use tls:// with certificates of your own")
        if parts.scheme == "tls" and not (self.keys.authority and self.keys.certificate and self.keys.key):
            advice = "set BRIEF_CLUSTER_CA, BRIEF_CLUSTER_CERT and BRIEF_CLUSTER_KEY to their files"
            raise InputError.at(f"--cluster {self.address}", "the certificates are missing", advice)

    def _client(self, lost_at: float) -> Client | None:
        """Return a connection, or None as long as the scheduler may still come back."""
        try:
            from distributed import Client, Security
        except ModuleNotFoundError:
            raise InputError.at("--cluster", "Dask is not installed", MISSING) from None
        security = None
        if self.address.startswith("tls:"):
            security = Security(
                require_encryption=True,
                tls_ca_file=self.keys.authority,
                tls_client_cert=self.keys.certificate,
                tls_client_key=self.keys.key,
            )
        try:
            client = Client(self.address, security=security, timeout=10, set_as_default=False)
            _see_able(client, self.address)
        except _gone() as error:
            if time.monotonic() - lost_at > self.patience:
                raise NoDataError(f"{self.address}: no scheduler answers ({error}); start it, then run again") from None
            return None
        return client

    def _events(self, client: Client, work: Work[R], waiting: deque[str], tries: Counter[str]) -> Iterator[Event[R]]:
        """Tell of the work; what is in hand when the scheduler goes away is put back."""
        in_hand: dict[Any, str] = {}
        run = uuid4().hex[:12]
        try:
            while waiting or in_hand:
                while waiting and len(in_hand) < max(1, sum(client.nthreads().values())) * AHEAD:
                    name = waiting.popleft()
                    tries[name] += 1
                    key = f"brief-{run}-{name}-{tries[name]}"
                    in_hand[self._handed(client, work, name, key)] = name
                    if tries[name] == 1:
                        yield Begun(name=name)
                for future in _done(in_hand):
                    result = _result(future, self.limits)
                    name = in_hand.pop(future)
                    # What is read is let go, or the scheduler makes it again when the worker that holds it dies.
                    future.release()
                    if result is None and tries[name] < TRIES:
                        waiting.appendleft(name)
                        continue
                    yield Ended(name=name, result=result if result is not None else _lost(TRIES))
        finally:
            waiting.extendleft(in_hand.values())

    def _handed(self, client: Client, work: Work[R], name: str, key: str) -> Future[R]:
        future = client.submit(_limited, work, name, tuple(self.templates), self.limits, key=key, pure=False)
        return cast("Future[R]", future)


def _done(in_hand: dict[Any, str]) -> list[Any]:
    """Wait for a moment, or until something is done, and return what is."""
    for _ in range(100):
        done = [future for future in in_hand if future.done()]
        if done:
            return done
        time.sleep(TICK)
    return []


def _result(future: Any, limits: Limits) -> Any:  # noqa: ANN401 -- whatever the work returns
    """Return the result, why there is none, or None where the worker died over it.

    Raises:
        CancelledError: the scheduler is gone.
    """
    from distributed import KilledWorker

    try:
        return future.result()
    except KilledWorker:
        return None
    except TimeoutError:
        return Lost(reason="time", sentence=TOO_LONG.format(limits.seconds))
    except MemoryError:
        return Lost(reason="memory", sentence=TOO_LARGE.format(limits.memory))
    except ChildDiedError:
        return None


def _lost(times: int) -> Lost:
    return Lost(reason="killed", sentence=f"{times} processes in a row ended over it; build it alone to see why")


def _gone() -> tuple[type[BaseException], ...]:
    """Return the errors that say that the scheduler is not there."""
    from concurrent.futures import CancelledError

    from distributed.comm.core import CommClosedError

    return (OSError, CancelledError, CommClosedError)


def _see_able(client: Client, address: str) -> None:
    """See that the workers may start processes, without which no brief could be ended.

    Raises:
        InputError: one may not.
    """
    client.wait_for_workers(1, timeout=10)
    unable = [worker for worker, is_daemon in client.run(_is_daemon).items() if is_daemon]
    if unable:
        client.close()
        raise InputError.at(f"--cluster {address}", f"the worker {unable[0]} cannot end a brief that runs away", DAEMON)


def _is_daemon() -> bool:
    return bool(multiprocessing.current_process().daemon)


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


# --- On a worker ------------------------------------------------------------------------------------------------------


class ChildDiedError(Exception):
    """The process that did the work was ended from outside, or crashed."""


def _limited(work: Callable[[str], R], name: str, templates: tuple[Path, ...], limits: Limits) -> R:
    """Do the work in a process of this worker that can be ended.

    Raises:
        TimeoutError: it took too long.
        ChildDiedError: the process died.
    """
    from pebble import ProcessExpired

    if _is_daemon():
        raise ChildDiedError(DAEMON)
    try:
        return cast("R", _hand(templates, limits).schedule(once, args=(work, name), timeout=limits.seconds).result())
    except ProcessExpired as error:
        raise ChildDiedError(str(error.exitcode)) from None


@lru_cache(maxsize=1)
def _hand(templates: tuple[Path, ...], limits: Limits) -> ProcessPool:
    """Return the processes of this worker, one a thread at most; they end with it."""
    from pebble import ProcessPool

    return ProcessPool(
        max_workers=_threads(),
        max_tasks=limits.briefs,
        initializer=begin,
        initargs=(templates, limits),
        context=context(),
    )


def _threads() -> int:
    from distributed import get_worker

    return int(get_worker().state.nthreads)
