"""Finding: what a check says about the facts of a brief."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.model.text import Text

Level = Literal["block", "warn", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is wrong or worth knowing, about which facts, and what to do. A block forbids sending."""

    check: str
    level: Level
    message: Text
    advice: str = ""
    facts: tuple[str, ...] = ()
