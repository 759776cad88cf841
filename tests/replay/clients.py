"""Clients of the replay: a Yahoo source that is not slow, and what it finds, measured."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from generator.analysis.measure import measure
from generator.model.ledger import Ledger
from generator.model.snapshot import Snapshot
from generator.sources.yahoo import Pace, Patience, YahooSource

DAY = date(2025, 2, 24)
QUICK = Pace(rate=1000.0, burst=100)
SHORT = Patience(answer=10.0, first=0.01, longest=0.03, collection=60.0)
HASTY = Patience(answer=0.5, first=0.01, longest=0.03, collection=60.0)
"""For answers that come late on purpose."""
RECORDED = (
    "BABA", "AAPL", "AMZN", "GOOG", "CRM", "SPOT", "BFLY", "OCDO.L", "EREGL.IS", "QQQ", "BTC-USD", "GC=F",
    "0P000071W8.TO", "ADH",
)  # fmt: skip
"""Every symbol with a summary in the set of 24 February 2025; the last one has no price."""


def source(folder: Path, *, today: date = DAY, pace: Pace = QUICK, patience: Patience = SHORT) -> YahooSource:
    """Return a source that does not wait long."""
    return YahooSource(folder, today=today, pace=pace, patience=patience)


def measured(snapshot: Snapshot) -> Ledger:
    """Return the ledger of a snapshot alone."""
    return measure([snapshot], benchmark="SPY")
