"""Warm-up: what a worker loads once, before its first brief. Importing this module loads the libraries."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import generator.analysis.measure
import generator.charts.style
import generator.checks
import generator.definitions
import generator.page
import generator.pdf
import generator.pipeline
import generator.sections.compose
from generator.batch.limits import Limits
from generator.pdf.press import press

LOADED = (
    generator.analysis.measure,
    generator.charts.style,
    generator.checks,
    generator.definitions,
    generator.page,
    generator.pdf,
    generator.pipeline,
    generator.sections.compose,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What a new worker does: it reads fonts and stylesheets, and takes its limits upon itself."""

    templates: Sequence[Path]
    limits: Limits

    def __call__(self) -> None:
        """Make this process ready."""
        press(tuple(self.templates))
        self.limits.enforce()
        # What lives as long as the worker is not looked through again; garbage is collected between briefs.
        gc.collect()
        gc.freeze()
        gc.disable()
