"""Pace: what arrives at the proxy, second by second, and a bucket that several processes share."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from replay import Asked, Fault, Replay
from replay.clients import DAY, RECORDED, source

from generator.errors import NoDataError, SourceFailedError
from generator.sources.outcome import OutOfTimeError
from generator.sources.pace import Bucket, InFile
from generator.sources.yahoo import Pace, Patience, YahooSource

RATE, BURST = 25.0, 5
PATIENT = Patience(answer=10.0, first=0.05, longest=0.4, collection=120.0)
DRAW = """
import sys, time
from pathlib import Path
from generator.sources.pace import Bucket, InFile, Pace
bucket = Bucket(InFile(Path(sys.argv[1])), Pace(rate=40.0, burst=2))
for _ in range(10):
    bucket.take(within=60)
    print(time.time())
"""


def digests(yahoo: YahooSource) -> dict[str, str]:
    """Collect every recorded symbol, and six of them again as their peers; twenty in all."""
    found = {}
    for ticker in (*RECORDED, *RECORDED[:6]):
        try:
            found[ticker] = yahoo.collect(ticker, DAY).digest
        except NoDataError as none:
            found[ticker] = str(none)
    return found


def busiest(asked: list[Asked]) -> int:
    """Return the most requests within one second."""
    times = sorted(each.at for each in asked)
    return max(sum(start <= other < start + 1.0 for other in times) for start in times)


def test_twenty_companies_come_whole_under_a_429_one_time_in_five(replay: Replay, cache: Path, tmp_path: Path) -> None:
    whole = digests(source(cache))
    needed = len(replay.asked)
    replay.inject(Fault(kind="status", status=429, every=5))
    slow = source(tmp_path, pace=Pace(rate=RATE, burst=BURST), patience=PATIENT)
    assert digests(slow) == whole
    throttled = sum(each.status == 429 for each in replay.asked)
    assert throttled > 10
    assert len(replay.asked) <= needed + throttled + 4, "nothing is asked again that was answered"
    assert busiest(replay.asked) <= RATE + BURST


def test_after_a_429_nobody_asks_for_a_while(replay: Replay, tmp_path: Path) -> None:
    replay.inject(Fault(kind="status", status=429, path="*/chart/AAPL", times=1, wait=1))
    source(tmp_path, patience=PATIENT).collect("AAPL", DAY)
    refused = next(i for i, each in enumerate(replay.asked) if each.status == 429)
    assert replay.asked[refused + 1].at - replay.asked[refused].at >= 0.95


def test_processes_share_one_bucket(tmp_path: Path) -> None:
    file = tmp_path / "pace.sqlite3"
    commands = [[sys.executable, "-c", DRAW, str(file)] for _ in range(3)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for command in commands]
    drawn = sorted(float(line) for each in running for line in each.communicate()[0].split())
    assert len(drawn) == 30
    assert drawn[-1] - drawn[0] >= (30 - 2) / 40 - 0.05


class Clock:
    """A clock that sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 6))
        self.now += seconds


def bucket(folder: Path, clock: Clock) -> Bucket:
    return Bucket(InFile(folder / "pace.sqlite3", clock=lambda: clock.now), Pace(rate=2.0, burst=2), sleep=clock.sleep)


def test_a_burst_goes_at_once_and_the_rest_in_turn(tmp_path: Path) -> None:
    clock = Clock()
    for _ in range(5):
        bucket(tmp_path, clock).take(within=10)
    assert clock.slept == [0.5, 0.5, 0.5]


def test_a_hold_empties_the_bucket(tmp_path: Path) -> None:
    clock = Clock()
    bucket(tmp_path, clock).hold(30)
    bucket(tmp_path, clock).take(within=60)
    assert clock.slept == [30.5]


def test_a_turn_that_comes_too_late_is_not_taken(tmp_path: Path) -> None:
    clock = Clock()
    bucket(tmp_path, clock).hold(30)
    with pytest.raises(OutOfTimeError):
        bucket(tmp_path, clock).take(within=5)
    assert clock.slept == []
    bucket(tmp_path, clock).take(within=60)
    assert clock.slept == [30.5]


def test_a_clock_set_back_does_not_stop_the_work(tmp_path: Path) -> None:
    clock = Clock()
    bucket(tmp_path, clock).take(within=10)
    clock.now -= 86_400
    bucket(tmp_path, clock).take(within=10)
    assert sum(clock.slept) <= 1.0


def test_a_folder_that_cannot_be_written_is_told(replay: Replay, tmp_path: Path) -> None:
    assert replay.asked == []
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(SourceFailedError, match="its pace cannot be kept in"):
        source(tmp_path / "file").collect("AAPL", DAY)


def test_the_pace_of_a_brief_is_polite() -> None:
    assert (Pace().rate, Pace().burst) == (2.0, 3)
    assert Patience().collection <= 300
    assert time.monotonic() > 0
