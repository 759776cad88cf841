"""The pace of a provider in the store: one bucket for all machines, by the clock of the database."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from generator.cli.live import fetched
from generator.cli.project import STORE, Project
from generator.errors import StoreError
from generator.sources.outcome import OutOfTimeError
from generator.sources.pace import Bucket, InFile, Pace
from generator.sources.yahoo import YahooSource
from generator.store import Store, open_store
from generator.store.archive import StoredAnswers
from generator.store.paces import StoredPace

HOME = Path(__file__).parents[2]
DRAW = """
import sys, time
from generator.sources.pace import Bucket, Pace
from generator.store import open_store
from generator.store.paces import StoredPace
with open_store(*sys.argv[1:]) as store:
    bucket = Bucket(StoredPace(store=store, provider="yahoo"), Pace(rate=20.0, burst=2))
    for _ in range(8):
        bucket.take(within=60)
        print(time.time())
"""


def bucket(store: Store, slept: list[float], provider: str = "yahoo", rate: float = 0.1) -> Bucket:
    """Return a bucket so slow that the time a test takes drops nothing into it."""
    return Bucket(StoredPace(store=store, provider=provider), Pace(rate=rate, burst=2), sleep=slept.append)


def test_machines_share_one_bucket(store_url: str, tmp_path: Path) -> None:
    """Three programs, each with a connection of its own, draw no faster together than one would."""
    words = [sys.executable, "-c", DRAW, store_url, str(tmp_path / "objects")]
    open_store(*words[3:]).close()
    running = [
        subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(HOME)})
        for _ in range(3)
    ]
    drawn = sorted(float(line) for each in running for line in each.communicate()[0].split())
    assert len(drawn) == 24
    assert drawn[-1] - drawn[0] >= (24 - 2) / 20 - 0.05


def test_a_burst_goes_at_once_and_the_rest_in_turn(any_store: Store) -> None:
    """Whoever draws third waits, though it is another one that drew the first two."""
    slept: list[float] = []
    for _ in range(3):
        bucket(any_store, slept).take(within=60)
    assert slept == pytest.approx([10.0], abs=1.0)


def test_a_provider_that_asks_for_quiet_is_left_alone_by_all(any_store: Store) -> None:
    """A hold reaches every machine; other providers are asked on."""
    slept: list[float] = []
    bucket(any_store, slept).hold(300)
    with pytest.raises(OutOfTimeError):
        bucket(any_store, slept).take(within=60)
    bucket(any_store, slept, provider="edgar").take(within=60)
    assert slept == []


def test_a_store_that_went_away_is_told(tmp_path: Path) -> None:
    """Nobody is asked at a pace that is not known."""
    store = open_store(str(tmp_path / "store.sqlite3"), str(tmp_path / "objects"))
    store.close()
    (tmp_path / "store.sqlite3").write_text("gone" * 1000)
    for beside in tmp_path.glob("store.sqlite3-*"):
        beside.unlink()
    with pytest.raises(StoreError, match="cannot be used"):
        bucket(store, []).take(within=60)


def test_only_a_store_on_a_server_keeps_the_pace(
    store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The processes of one machine need no server for it, and no other writer then waits for them."""
    monkeypatch.setenv(STORE, store_url)
    yahoo = fetched(Project(root=tmp_path), live=True, today=date(2025, 10, 2))["yahoo"]
    asked = yahoo.ask
    assert isinstance(yahoo.archive, StoredAnswers)
    yahoo.archive.store.close()
    assert isinstance(asked, YahooSource)
    kept = StoredPace if store_url.startswith("postgresql") else InFile
    assert isinstance(asked._asking._door._bucket._shared, kept)
