"""Clients of the SEC's side of the replay: a source that is not slow, and who is on record."""

from __future__ import annotations

from pathlib import Path

from generator.model.answer import Record, forget
from generator.sources.edgar import EdgarSource
from generator.sources.pace import Pace, Patience
from replay.clients import QUICK, SHORT

CONTACT = "Test desk desk@example.com"
FILERS = {
    "AAPL": 320193, "NVDA": 1045810, "GOOGL": 1652044, "SNOW": 1640147, "MCD": 63908, "LPA": 1997711,
    "BABA": 1577552, "WMT": 104169,
}  # fmt: skip
"""Every ticker with company facts on record, and the number it files under."""


def edgar(folder: Path, *, pace: Pace = QUICK, patience: Patience = SHORT, record: Record = forget) -> EdgarSource:
    """Return a source that does not wait long."""
    return EdgarSource(folder, contact=CONTACT, pace=pace, patience=patience, record=record)
