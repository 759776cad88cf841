"""A replay of 24 February 2025 for the tests of sources that ask the network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from replay import Replay
from replay.clients import source

from generator.sources.yahoo import YahooSource


@pytest.fixture(scope="session")
def running() -> Iterator[Replay]:
    """Run one replay for all tests of a process."""
    with Replay("2025-02-24") as replay:
        yield replay


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that yfinance keeps its caches in; it holds on to the first it is given."""
    return tmp_path_factory.mktemp("yahoo")


@pytest.fixture
def replay(running: Replay, monkeypatch: pytest.MonkeyPatch) -> Iterator[Replay]:
    """Return the replay without faults, with the environment that leads every client to it."""
    for name, value in running.environment.items():
        monkeypatch.setenv(name, value)
    crumb = running.yahoo.crumb
    running.inject()
    yield running
    running.inject()
    running.yahoo.crumb = crumb


@pytest.fixture
def yahoo(replay: Replay, cache: Path) -> YahooSource:
    """Return a source that asks the replay."""
    assert replay.environment
    return source(cache)
