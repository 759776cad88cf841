"""Finding: what a check says about the facts of a brief."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.model.text import Text

Level = Literal["block", "warn", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A finding that a person answers for: which check, about which fact or at which place, who, and why."""

    check: str
    by: str
    reason: str
    fact: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is wrong or worth knowing, about which facts, and what to do. A block forbids sending.

    `place` is where in the brief it stands ("valuation, exhibit 9"), or file and line for what a person wrote.
    An overridden finding is a note; `override` says who answers for it, and `was` its level before.
    """

    check: str
    level: Level
    message: Text
    advice: str = ""
    facts: tuple[str, ...] = ()
    place: str = ""
    override: Override | None = None
    was: Level | None = None
