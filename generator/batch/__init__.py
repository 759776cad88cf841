"""Batch: many briefs, made in this process or in several, with limits; the end of one is not the end of the others."""

from __future__ import annotations

from generator.batch.inline import Inline
from generator.batch.limits import Limits, workers_that_fit
from generator.batch.pool import Pool
from generator.batch.work import Begun, Ended, Event, Executor, Lost, Work

__all__ = ["Begun", "Ended", "Event", "Executor", "Inline", "Limits", "Lost", "Pool", "Work", "workers_that_fit"]
