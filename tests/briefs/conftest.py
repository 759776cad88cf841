"""Whole briefs, built once for all tests that look at them."""

from __future__ import annotations

from pathlib import Path

import pytest
from shipped import TICKERS, Built, built


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
