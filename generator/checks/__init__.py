"""Checks: one rule, one pure function, one row in the table; each says what is wrong and what to do."""

from __future__ import annotations

from generator.checks.running import LEVELS, check, check_brief, settle
from generator.checks.table import CHECKS, Check

__all__ = ["CHECKS", "LEVELS", "Check", "check", "check_brief", "settle"]
