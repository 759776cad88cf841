"""A finding about a text that others wrote, with its line or page."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.finding import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Lint:
    """What is wrong on a line of a text, and what to do about it."""

    check: str
    line: int
    unit: str
    message: str
    advice: str
    level: Level = "warn"


def at(check: str, line: int, unit: str, message: str, advice: str) -> Lint:
    """Return a finding; the table of checks gives it its level."""
    return Lint(check=check, line=line, unit=unit, message=message, advice=advice)
