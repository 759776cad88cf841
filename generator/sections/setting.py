"""Setting: what a section is told besides the facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from generator.charts.style import Look
from generator.model.brief import Section
from generator.model.finding import Finding
from generator.model.ledger import Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The options of one section, how charts look, what the checks found, and the last issue's ledger if any."""

    look: Look
    options: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""
    findings: tuple[Finding, ...] = ()
    previous: Ledger | None = None


class Build(Protocol):
    """The promise of a section."""

    def __call__(self, ledger: Ledger, setting: Setting) -> Section:
        """Return the section; one that cannot be built says why in `unavailable`."""
        ...
