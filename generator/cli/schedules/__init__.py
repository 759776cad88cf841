"""Schedules: how somebody else's scheduler starts `brief run`; each is text, and where it can be, installed."""

from __future__ import annotations

from generator.cli.schedules.texts import KINDS, Job, texts_for

__all__ = ["KINDS", "Job", "texts_for"]
