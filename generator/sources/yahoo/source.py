"""YahooSource: what Yahoo Finance knows about a ticker, or why that is not known."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from generator.errors import NoDataError
from generator.model.answer import Record, forget
from generator.model.pacing import Shared
from generator.model.snapshot import Snapshot
from generator.sources.pace import Pace, Patience
from generator.sources.yahoo.asking import Asking
from generator.sources.yahoo.collecting import Collecting
from generator.sources.yahoo.door import Door
from generator.sources.yahoo.rates import Remembered
from generator.sources.yahoo.stating import PUBLISHER

SYMBOL = re.compile(r"[A-Z0-9^][A-Z0-9.\-=^]{0,19}")


class YahooSource:
    """Asks Yahoo Finance. Four or five requests a company, at a pace that all processes of the machine share."""

    def __init__(
        self,
        folder: Path,
        *,
        today: date,
        pace: Pace | None = None,
        patience: Patience | None = None,
        record: Record = forget,
        shared: Shared | None = None,
    ) -> None:
        """`folder` keeps the pace of this machine, if it is not `shared` with others.

        `today` is the day of reading; `record` is given every answer as it came.
        """
        self._today = today
        door = Door(folder, pace=pace or Pace(), patience=patience or Patience(), record=record, shared=shared)
        self._asking = Asking(door, today=today)
        self._remembered = Remembered()

    def collect(self, ticker: str, until: date) -> Snapshot:
        """Return what was public about a ticker on `until`; the notes say what is missing, and why.

        Raises:
            NoDataError: Yahoo has never heard of it, or has no price of it.
            SourceFailedError: Yahoo could not be asked for what a snapshot cannot do without (quote, profile, price).
        """
        if not SYMBOL.fullmatch(ticker):
            raise NoDataError(f"{PUBLISHER} has no symbol like {ticker!r}")
        with self._asking.collection():
            return Collecting(
                asking=self._asking, remembered=self._remembered, ticker=ticker, until=until, today=self._today
            ).snapshot()
