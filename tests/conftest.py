"""What tests of several folders share: a small project on disk that a test may spoil."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_project import SmallProject


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallProject:
    """Return a project with one report, its KPI file and the seeds of three listings; the test runs in its folder."""
    monkeypatch.chdir(tmp_path)
    return SmallProject.written(tmp_path)
