"""What tests of several folders share: a small project that a test may spoil, and the shipped briefs, built once."""

from __future__ import annotations

from pathlib import Path

import pytest
from shipped import TICKERS, Built, built
from small_project import SmallProject


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
