"""Answer: what a provider sent, byte for byte, for whoever keeps it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer of a provider. `url` is the address asked, without a crumb; a failure is one too."""

    provider: str
    method: str
    url: str
    status: int
    body: bytes
    retrieved_at: datetime


Record = Callable[[Answer], None]


def forget(_answer: Answer) -> None:
    """Keep no answer."""
