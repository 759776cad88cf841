"""Work: what is done for each name, what an executor tells of it, and the promise of every executor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, Protocol, TypeVar

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
Reason = Literal["time", "memory", "killed"]


class Work(Protocol[R_co]):
    """What is done for one name. It is a plain value: it can be sent to another process, and so can what it returns.

    It tells what goes wrong in what it returns; an exception that leaves it is a defect.
    """

    def __call__(self, name: str) -> R_co:
        """Do it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """Why a name has no result: its process ran into a limit, or died."""

    reason: Reason
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """The work on a name has begun."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended(Generic[R]):
    """The work on a name has ended, with its result or without one."""

    name: str
    result: R | Lost


Event = Begun | Ended[R]


class Executor(Protocol):
    """The promise of an executor.

    Each name ends exactly once, in any order. No more work is taken up than the reader of the events keeps pace with.
    Results do not depend on the executor, the number of workers or the order.
    """

    def run(self, work: Work[R], names: Sequence[str]) -> Iterator[Event[R]]:
        """Do the work for every name, in their order as far as there are hands, and tell of each as it happens."""
        ...
