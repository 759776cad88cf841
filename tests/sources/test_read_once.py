"""A file of the seeds is read again only when it has changed, and what is wrong with it is told each time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.sources import histories
from generator.sources.histories import read_prices
from generator.sources.rows import REMEMBERED, Sheet

HEAD = "date,open,high,low,close,volume\n"


def sheet(path: Path) -> Sheet:
    return Sheet(path, where="seeds/prices/ACME.csv")


def test_an_unchanged_file_is_parsed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second brief beside the same peer is handed what the first one read."""
    path = tmp_path / "ACME.csv"
    path.write_text(HEAD + "2025-10-01,1,1,1,10.5,1\n")
    first = read_prices(sheet(path))
    monkeypatch.setattr(histories, "ascending", lambda *_: pytest.fail("it was parsed again"))
    assert read_prices(sheet(path)) is first


def test_a_changed_file_is_read_again_even_at_the_same_size(tmp_path: Path) -> None:
    """A desk that mends a close sees it in the next brief of the same process."""
    path = tmp_path / "ACME.csv"
    path.write_text(HEAD + "2025-10-01,1,1,1,10.5,1\n")
    (before,) = read_prices(sheet(path))
    path.write_text(HEAD + "2025-10-01,1,1,1,11.5,1\n")
    os.utime(path, ns=(1, 1))
    (after,) = read_prices(sheet(path))
    assert (float(before.number), float(after.number)) == (10.5, 11.5)


def test_the_problems_of_a_file_are_told_each_time_it_is_asked_for(tmp_path: Path) -> None:
    """Remembering a file does not make it good."""
    path = tmp_path / "ACME.csv"
    path.write_text(HEAD + "2025-10-01,1,1,1,=A1,1\n2025-10-02,1,1,1,x\x01,1\n2025-10-03,-SUM(1),1,1,3,1\n")
    first, second = sheet(path), sheet(path)
    read_prices(first)
    read_prices(second)
    assert [str(each) for each in first.problems] == [str(each) for each in second.problems]
    told = "\n".join(str(each) for each in first.problems)
    assert 'close "=A1" begins like a spreadsheet formula' in told
    assert "close holds a line break or an invisible character" in told
    assert 'open "-SUM(1)" begins like a spreadsheet formula' in told


def test_only_the_last_files_are_remembered() -> None:
    """However many companies a worker makes."""
    assert REMEMBERED <= 64
