"""Persistence: asking again where that helps, politely, and never longer than the patience lasts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception_type, wait_exponential, wait_random

from generator.sources.outcome import AskFailedError, ThrottledError
from generator.sources.pace import Bucket, Deadline, Patience

T = TypeVar("T")
Prepare = Callable[[AskFailedError, int], None]


def nothing(_error: AskFailedError, _attempt: int) -> None:
    """Prepare nothing for the next try."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Persistence:
    """Asks until there is an answer. `prepare` is told the failure and how many tries there were before the next."""

    bucket: Bucket
    patience: Patience
    deadline: Deadline
    prepare: Prepare = nothing

    def until_answered(self, ask: Callable[[], T]) -> T:
        """Return what `ask` returns.

        Raises:
            NotThereError: the provider says that it has none.
            AskFailedError: it failed to the end.
        """
        retrying = Retrying(
            retry=retry_if_exception_type(AskFailedError),
            wait=self._pause,
            stop=self._is_enough,
            before_sleep=self._before,
            reraise=True,
        )
        return retrying(ask)

    def _pause(self, state: RetryCallState) -> float:
        first, longest = self.patience.first, self.patience.longest
        growing = wait_exponential(multiplier=first, max=longest) + wait_random(0, first)
        return max(growing(state), _error(state).wait)

    def _is_enough(self, state: RetryCallState) -> bool:
        return state.attempt_number >= _error(state).tries or state.upcoming_sleep >= self.deadline.left

    def _before(self, state: RetryCallState) -> None:
        """Keep everybody out after a 429, all processes included."""
        error = _error(state)
        if isinstance(error, ThrottledError):
            self.bucket.hold(state.upcoming_sleep)
        self.prepare(error, state.attempt_number)


def _error(state: RetryCallState) -> AskFailedError:
    error = state.outcome.exception() if state.outcome else None
    return error if isinstance(error, AskFailedError) else AskFailedError("failed")
