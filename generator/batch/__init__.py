"""Batch: many briefs, made in this process or in several, with limits; the end of one is not the end of the others."""

from __future__ import annotations

from generator.batch.cluster import Cluster, Keys
from generator.batch.inline import Inline
from generator.batch.limits import Limits, workers_that_fit
from generator.batch.pool import Pool
from generator.batch.work import Begun, Ended, Event, Executor, Lost, Work

__all__ = [
    "Begun",
    "Cluster",
    "Ended",
    "Event",
    "Executor",
    "Inline",
    "Keys",
    "Limits",
    "Lost",
    "Pool",
    "Work",
    "workers_that_fit",
]
