"""The README: each of its commands does what it says, and its report file can be read."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from shipped import ROOT
from small_project import SmallProject
from typer.testing import CliRunner

from generator.cli.app import app
from generator.definitions import read_report

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [line.split("#")[0].split()[1:] for line in README.splitlines() if line.startswith(".venv/bin/brief ")]


def test_the_report_file_shown_can_be_read(project: SmallProject) -> None:
    """As it stands, in ten lines or fewer that say something."""
    (text,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    report = read_report(project.write("reports/msft.toml", text.replace("msft/kpis.csv", "acme/kpis.csv")))
    assert report.ticker == "MSFT"
    assert len([line for line in text.splitlines() if line.strip()]) <= 10


def test_the_make_commands_exist() -> None:
    """`make brief` and `make test` are targets of the Makefile, and the checks of a change call both."""
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    for name in re.findall(r"^make (\w+)", README, re.MULTILINE):
        assert name in targets
        assert f"make {name}" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_commands_shown_are_those_tested() -> None:
    """A command added to the README is added here too."""
    assert [command[0] for command in COMMANDS] == ["check", "build", "facts", "open", "export"]


def test_every_file_linked_is_there() -> None:
    """No link of the README leads nowhere."""
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert links
    for link in links:
        assert (ROOT / link).is_file(), link


def test_the_commands_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Checked, built, its facts told, and found again, on the shipped reports and seeds."""
    for name in ("reports", "seeds", "templates"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    for command in COMMANDS:
        result = CliRunner().invoke(app, command)
        assert result.exit_code == 0, (command, result.output)
        if command[0] == "build":
            assert (tmp_path / "output" / "2025-W40" / "msft.pdf").read_bytes().startswith(b"%PDF-")
            assert json.loads((tmp_path / "output" / "2025-W40" / "msft.facts.json").read_text(encoding="utf-8"))
        if command[0] == "export":
            assert (tmp_path / "output" / "2025-W40" / "msft.html").is_file()
            assert (tmp_path / "output" / "2025-W40" / "msft.xlsx").is_file()
        if command[0] == "open":
            assert "msft.pdf" in result.output
