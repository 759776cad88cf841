"""Keeps snapshots of a ticker: every second one with the same contents."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from stored import DAY, keep, snapshot

from generator.store import open_store

url, objects, name, rounds = sys.argv[1:]
with open_store(url, objects) as store:
    for n in range(int(rounds)):
        if n % 2:
            keep(store, snapshot(name, until=DAY + timedelta(days=n)), b"%d" % n)
        else:
            keep(store, snapshot(name, until=DAY), b"the same")
