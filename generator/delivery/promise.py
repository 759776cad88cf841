"""The promises: what a delivery keeps, and what it needs of the ledger that is handed to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from generator.model.delivery import Dispatch, Form, Parcel, Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The time, and a way to let it pass."""

    now: Callable[[], datetime]
    wait: Callable[[float], None]


class Deliver(Protocol):
    """The promise of a delivery that may be made any number of times to the same effect: a folder, a webhook."""

    def deliver(self, parcel: Parcel, dispatch: Dispatch) -> Receipt:
        """Hand a parcel over and say what came of it."""
        ...


class DeliveryLedger(Protocol):
    """What is known of every delivery, on disk before anything depends on it. Each change is one transaction."""

    def recover(self, at: datetime) -> int:
        """Put back what an earlier run was about to send and cannot have sent; return how many."""
        ...

    def due(self, at: datetime) -> Sequence[Dispatch]:
        """Return what may be tried now, parcel by parcel."""
        ...

    def waiting(self) -> Sequence[Dispatch]:
        """Return what is planned, due or not."""
        ...

    def ambiguous(self) -> Sequence[Dispatch]:
        """Return what was sent to the last dot, and whose answer was never recorded."""
        ...

    def parcel(self, dispatch: Dispatch) -> Parcel:
        """Return what is to be sent."""
        ...

    def claim(self, dispatch: Dispatch, *, sha256: str, signature: str, form: Form, at: datetime) -> str:
        """Planned -> sending, with the hash of what will be sent; return why not, or nothing.

        Why not: the recipient was suspended or the issue withdrawn since it was planned.
        """
        ...

    def commit(self, dispatch: Dispatch, at: datetime) -> None:
        """Sending -> committing: the last dot comes next."""
        ...

    def accept(self, dispatch: Dispatch, *, code: int | None, reply: str, at: datetime) -> None:
        """Committing or sending -> accepted."""
        ...

    def refuse(self, dispatch: Dispatch, *, code: int | None, reply: str, at: datetime) -> None:
        """Any -> refused, for good."""
        ...

    def postpone(self, dispatch: Dispatch, *, code: int | None, reply: str, at: datetime, until: datetime) -> None:
        """Sending or committing -> planned, to be tried again from `until` on."""
        ...

    def park(self, dispatch: Dispatch, *, reply: str, at: datetime) -> None:
        """Committing -> parked: a person decides."""
        ...
