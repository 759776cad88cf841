"""Inline: one after the other in this process, without limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.batch.work import Begun, Ended, Event, R, Work


@dataclass(frozen=True, slots=True)
class Inline:
    """The executor for one brief, and for tests."""

    def run(self, work: Work[R], names: Sequence[str]) -> Iterator[Event[R]]:
        """Do the work for every name in turn."""
        for name in names:
            yield Begun(name=name)
            yield Ended(name=name, result=work(name))
