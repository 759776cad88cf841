"""Lint: a text that others wrote in, what is wrong with it out; each finding with its line."""

from __future__ import annotations

from generator.lint.against import read_claims
from generator.lint.finding import Lint
from generator.lint.linting import CHECKS, Given, lint
from generator.lint.prose import day_of
from generator.lint.reading import Page, read

__all__ = ["CHECKS", "Given", "Lint", "Page", "day_of", "lint", "read", "read_claims"]
