"""The guide's table of what a week costs is the one the model reckons."""

from __future__ import annotations

from pathlib import Path

from bench.sizing import HEAD, rows

GUIDE = (Path(__file__).parents[2] / "generator" / "README.md").read_text(encoding="utf-8")


def test_the_table_of_the_guide_is_reckoned_from_the_measured_figures() -> None:
    """Line by line."""
    assert [line for line in (HEAD, *rows()) if line not in GUIDE.splitlines()] == []
