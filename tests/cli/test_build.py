"""`brief build`: what it writes and tells when a brief succeeds, and when some fail."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from fake_brief import fake_brief
from small_project import REPORT, SmallProject
from typer.testing import CliRunner, Result

from generator import pipeline
from generator.cli import app, clock, folder
from generator.errors import LayoutError, OutputError
from generator.model.document import Document
from generator.model.finding import Finding
from generator.model.ledger import Ledger
from generator.model.report import Report

EMPTY = Ledger(subject="", until=date(2025, 10, 2), companies={})


@dataclass
class Press:
    """Stands in for the pipeline, which other tests run: returns a document, or fails as it is told."""

    document: Document
    error: Exception | None = None

    def make(
        self, report: Report, *, sources: Sequence[pipeline.Collect], until: date, templates: Sequence[Path],
        watch: Callable[[str], None], previous: Ledger | None,
    ) -> Document:  # fmt: skip
        """Return the document under the report's name."""
        assert previous is None
        assert templates[-1].joinpath("house").is_dir()
        watch("gather")
        if self.error is not None and report.ticker == "PEER":
            raise self.error
        ledger = pipeline.measure_brief(report, pipeline.gather(report, sources=sources, until=until))
        return replace(self.document, name=report.ticker.lower(), ledger=ledger)


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Press:
    """Return the stand-in, in place; the clock stands on a Monday."""
    stand_in = Press(
        document=Document(name="", brief=fake_brief(), html="", pdf=b"%PDF-1.7 made up", pages=8, ledger=EMPTY)
    )
    monkeypatch.setattr(pipeline, "make", stand_in.make)
    monkeypatch.setattr(clock, "today", lambda: date(2025, 10, 6))
    return stand_in


def brief(*arguments: str) -> Result:
    """Run `brief` in this process."""
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.usefixtures("press")
def test_a_brief_goes_to_the_folder_of_its_week(project: SmallProject) -> None:
    """The PDF and its facts; the end tells path, pages, findings and gaps."""
    result = brief("build", "acme", "--as-of", "2025-10-02")
    assert result.exit_code == 0, result.output
    week = project.root / "output" / "2025-W40"
    assert sorted(path.name for path in week.iterdir()) == ["acme.facts.json", "acme.pdf"]
    assert (week / "acme.pdf").read_bytes() == b"%PDF-1.7 made up"
    facts = json.loads((week / "acme.facts.json").read_text(encoding="utf-8"))
    assert {"acme-rev-2506", "acme-cloud-2506"} <= {row["id"] for row in facts}
    assert result.stdout.startswith(
        "ACME  output/2025-W40/acme.pdf\n  pages     8\n  findings  0 block, 0 warn, 0 note\n"
    )
    assert result.stderr == "ACME: gather\nACME: write\n"


@pytest.mark.usefixtures("press")
def test_the_default_day_is_today(project: SmallProject) -> None:
    """And its week the folder."""
    assert brief("build", "ACME").exit_code == 0
    assert (project.root / "output" / "2025-W41" / "acme.pdf").is_file()


def test_a_blocking_finding_has_its_own_exit_code(project: SmallProject, press: Press) -> None:
    """The brief is written, so that it can be read, and must not be sent."""
    findings = (
        Finding(check="identities", level="block", message=("It does not add up.",)),
        Finding(check="stale_price", level="warn", message=("Old.",)),
    )
    press.document = replace(press.document, findings=findings)
    result = brief("build", "ACME", "--out", "here", "--json")
    assert result.exit_code == 1, result.output
    (row,) = json.loads(result.stdout)
    assert row["findings"] == {"block": 1, "warn": 1, "note": 0}
    assert [(each["check"], each["message"]) for each in row["told"]] == [
        ("identities", "It does not add up."),
        ("stale_price", "Old."),
    ]
    assert (row["code"], row["path"]) == (1, "here/acme.pdf")
    assert (project.root / "here" / "acme.pdf").is_file()
    told = brief("build", "ACME", "--out", "here")
    assert "identities: It does not add up." in told.stdout
    assert "must not be sent: blocked by identities; see above." in told.stderr


def test_one_failure_does_not_stop_the_others(project: SmallProject, press: Press) -> None:
    """The gravest code is told, and each failure under its ticker."""
    project.write("reports/peer.toml", 'ticker = "PEER"\n')
    project.write("reports/bad.toml", "ticker =\n")
    press.error = LayoutError("page 3: a figure is cut")
    result = brief("build", "--all", "--workers", "0", "--out", "here")
    assert result.exit_code == 2
    assert "reports/bad.toml: line 1, column 9: not TOML" in result.stderr
    assert "page 3: a figure is cut" in result.stderr
    assert sorted(path.name for path in (project.root / "here").iterdir()) == ["acme.facts.json", "acme.pdf"]


def test_a_defect_is_told_without_a_traceback(project: SmallProject, press: Press) -> None:
    """Exit code 70; the traceback only where it is asked for."""
    project.write("reports/peer.toml", 'ticker = "PEER"\n')
    press.error = ZeroDivisionError("division by zero")
    result = brief("build", "PEER", "ACME", "--workers", "0", "--out", "here")
    assert result.exit_code == 70
    assert "ZeroDivisionError: division by zero; this is a defect of the program" in result.stderr
    assert "Traceback" not in result.output
    assert (project.root / "here" / "acme.pdf").is_file()
    assert "Traceback" in brief("--debug", "build", "PEER", "--out", "here").stderr


@pytest.mark.usefixtures("press")
def test_a_ticker_that_is_named_twice_is_built_once(project: SmallProject) -> None:
    """Whatever its letters."""
    project.write("reports/acme.toml", REPORT)
    result = brief("build", "ACME", "acme", "--json")
    assert len(json.loads(result.stdout)) == 1


def test_the_week_is_that_of_iso() -> None:
    """A year's first days may belong to the last week of the year before."""
    assert folder.week_of(date(2025, 10, 2)) == "2025-W40"
    assert folder.week_of(date(2027, 1, 1)) == "2026-W53"


def test_files_are_written_all_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fills up between two files leaves the folder as it was."""
    (tmp_path / "a.pdf").write_bytes(b"old")
    beside = folder._beside

    def full(place: Path, name: str, data: bytes) -> Path:
        if name == "b.json":
            raise OSError(28, "No space left on device")
        return beside(place, name, data)

    monkeypatch.setattr(folder, "_beside", full)
    with pytest.raises(OutputError, match="No space left on device"):
        folder.write_files(tmp_path, {"a.pdf": b"new", "b.json": b"{}"})
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
    assert (tmp_path / "a.pdf").read_bytes() == b"old"


def test_the_bytes_do_not_depend_on_who_made_them(project: SmallProject) -> None:
    """In this process, by two workers, in another order: the same files; one that fails stops no other."""
    project.write("reports/peer.toml", 'ticker = "PEER"\nbenchmark = "SPY"\n')
    project.write("reports/bad.toml", "ticker =\n")
    here = brief("build", "ACME", "PEER", "--as-of", "2025-10-02", "--workers", "0", "--out", "here")
    there = brief("build", "bad", "PEER", "ACME", "--as-of", "2025-10-02", "--workers", "2", "--out", "there")
    assert here.exit_code == 0, here.output
    assert there.exit_code == 2, there.output
    files = {path.name: path.read_bytes() for path in (project.root / "here").iterdir()}
    assert sorted(files) == ["acme.facts.json", "acme.pdf", "peer.facts.json", "peer.pdf"]
    assert {path.name: path.read_bytes() for path in (project.root / "there").iterdir()} == files
    assert "3 briefs: 1 failed, 2 made with gaps" in there.stdout
    assert "BAD: building\n" in there.stderr.upper().replace("BUILDING", "building")


def test_a_brief_that_takes_too_long_is_told_with_its_own_code(project: SmallProject) -> None:
    """Its limit, which the settings say, is named, and the code is 5."""
    project.write("reports/peer.toml", 'ticker = "PEER"\nbenchmark = "SPY"\n')
    project.write("reports/settings.toml", "[batch]\nseconds = 0.2\n")
    result = brief("build", "ACME", "PEER", "--as-of", "2025-10-02", "--workers", "1", "--out", "here", "--json")
    assert result.exit_code == 5, result.output
    rows = json.loads(result.stdout)
    assert [row["state"] for row in rows] == ["failed", "failed"]
    assert "not finished after 0.2 seconds" in rows[0]["error"]
    assert not list((project.root / "here").glob("*.pdf"))
