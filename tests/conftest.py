"""What tests of several folders share: a small project that a test may spoil, and the shipped briefs, built once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from post import Desk, Office
from postgres import Postgres, binaries
from replay import Replay
from replay.clients import source
from shipped import TICKERS, Built, built
from small_project import SmallProject

from generator.sources.yahoo import YahooSource
from generator.store import Store, open_store


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallProject:
    """Return a project with one report, its KPI file and the seeds of three listings; the test runs in its folder."""
    monkeypatch.chdir(tmp_path)
    return SmallProject.written(tmp_path)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder the built files are put in."""
    return tmp_path_factory.mktemp("briefs")


@pytest.fixture(scope="session")
def baba(folder: Path) -> Built:
    """Return the brief on Alibaba of 2 October 2025."""
    return built("BABA", folder)


@pytest.fixture(scope="session", params=TICKERS)
def each(request: pytest.FixtureRequest, folder: Path) -> Built:
    """Return each shipped brief in turn."""
    return built(str(request.param), folder)


@pytest.fixture(scope="session")
def running() -> Iterator[Replay]:
    """Run one replay for all tests of a process."""
    with Replay("2025-02-24") as replay:
        yield replay


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that keeps the pace."""
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


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Run a mail server."""
    with Office(tmp_path) as office:
        yield office


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> Iterator[Desk]:
    """Return a desk that sends through that server."""
    desk = Desk.at(office, tmp_path)
    yield desk
    desk.store.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Run a PostgreSQL server for all tests of a process."""
    folder = binaries()
    if folder is None:
        pytest.skip("PostgreSQL is not installed (initdb is not found)")
    with Postgres(folder) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty database: a SQLite file, and one on a real PostgreSQL server."""
    if request.param == "sqlite":
        return str(tmp_path / "store.sqlite3")
    server: Postgres = request.getfixturevalue("postgres")
    return server.database()


@pytest.fixture
def any_store(store_url: str, tmp_path: Path) -> Iterator[Store]:
    """Return an empty store of each kind."""
    with open_store(store_url, str(tmp_path / "objects")) as store:
        yield store
