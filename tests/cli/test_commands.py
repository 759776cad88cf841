"""The other commands: list, new, check, facts, open, schema, and what the help says."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from small_project import SmallProject
from typer.main import get_command
from typer.testing import CliRunner, Result

from generator import __version__
from generator.cli import app, clock, opening, screen
from generator.cli.group import ENTRIES, Group
from generator.definitions import read_report, write_schema

HOME = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2025, 10, 6))


def brief(*arguments: str) -> Result:
    """Run `brief` in this process."""
    return CliRunner().invoke(app, list(arguments))


def test_help_teaches_the_commands_and_the_exit_codes() -> None:
    """All commands, all codes, and a first brief to try."""
    text = brief("--help").stdout
    assert all(word in text for word in ("build", "list", "new", "check", "facts", "open", "schema"))
    assert "70  a defect of the program" in text
    assert "brief build BABA --as-of 2025-10-02" in text


def brings(*arguments: str) -> set[str]:
    """Return which libraries, and which modules of the program, a run of `brief` imports."""
    code = "import sys, generator.cli\ntry:\n generator.cli.main()\nfinally:\n print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(HOME)},
    )
    modules = done.stderr.split()
    return {name.partition(".")[0] for name in modules} | {name for name in modules if name.startswith("generator.")}


def test_help_imports_the_table_of_commands_and_no_command() -> None:
    """So that it is instant: what a command or its output needs is imported when it is called."""
    heavy = {"pandas", "numpy", "matplotlib", "weasyprint", "jinja2", "pydantic", "pikepdf", "sqlalchemy", "rich"}
    found = brings("--help")
    assert not heavy & found
    assert {name for name in found if name.startswith("generator.")} == {
        f"generator.{name}" for name in ("cli", "cli.app", "cli.boundary", "cli.commands", "cli.group", "errors")
    }


def test_the_list_of_commands_says_of_each_what_its_own_help_says_first() -> None:
    """The table that is listed without importing a command has the words of every command."""
    group = get_command(app)
    assert isinstance(group, Group)
    first = {name: (command.help or "").partition("\n\n")[0] for name, command in group.commands.items()}
    assert first == {name: entry.line for name, entry in ENTRIES.items()}


def test_a_mistyped_command_is_answered_with_the_nearest() -> None:
    """Names are known without importing what is behind them."""
    result = brief("biuld")
    assert result.exit_code == 2
    assert "Did you mean 'build'?" in result.stderr


def test_a_shell_completes_commands_and_tells_what_each_does() -> None:
    """From the same table."""
    asked = {"_BRIEF_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "brief sch"}
    told = CliRunner().invoke(app, [], env=asked, prog_name="brief").stdout
    assert "schedule" in told
    assert ENTRIES["schedule"].line.partition(" `")[0] in told
    assert "build" not in told


def test_the_version_is_told() -> None:
    """And nothing else."""
    result = brief("--version")
    assert (result.exit_code, result.stdout) == (0, f"brief {__version__}\n")


def test_list_shows_reports_and_their_newest_brief(project: SmallProject) -> None:
    """The newest week wins."""
    project.write("output/2025-W40/acme.pdf", "")
    project.write("output/2025-W09/acme.pdf", "")
    result = brief("list")
    assert result.exit_code == 0
    assert "ACME" in result.stdout
    (row,) = json.loads(brief("list", "--json").stdout)
    assert row["newest"] == "output/2025-W40/acme.pdf"
    assert row["peers"] == ["PEER"]


def test_list_shows_what_can_be_read_and_tells_the_rest(project: SmallProject) -> None:
    """A spoilt file does not hide the others."""
    project.write("reports/bad.toml", "ticker =\n")
    result = brief("list")
    assert result.exit_code == 2
    assert "ACME" in result.stdout
    assert "reports/bad.toml: line 1" in result.stderr


def test_new_writes_a_report_file_that_can_be_read(project: SmallProject) -> None:
    """From what the sources know; its comments name the rest."""
    result = brief("new", "peer")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("reports/peer.toml\n")
    report = read_report(Path("reports/peer.toml"))
    assert (report.ticker, report.name, report.short_name) == ("PEER", "Peer, Inc.", "Peer")
    text = project.read("reports/peer.toml")
    assert text.startswith("#:schema report.schema.json\n")
    assert '# peers = ["ACME"]' in text


def test_new_never_overwrites(project: SmallProject) -> None:
    """Neither the file of that name nor a second one for the ticker."""
    before = project.read("reports/acme.toml")
    result = brief("new", "ACME")
    assert result.exit_code == 2
    assert "reports/acme.toml: there is already a report file for ACME" in result.stderr
    assert project.read("reports/acme.toml") == before
    project.write("reports/other.toml", 'ticker = "PEER"\n')
    assert "reports/other.toml: there is already a report file for PEER" in brief("new", "PEER").stderr


@pytest.mark.usefixtures("project")
def test_new_refuses_what_is_no_ticker_or_not_known() -> None:
    """A path is bad input; an unknown company is missing data."""
    assert brief("new", "../../x").exit_code == 2
    result = brief("new", "PEERS")
    assert result.exit_code == 3
    assert "did you mean 'PEER'" in result.stderr


@pytest.mark.usefixtures("project")
def test_check_of_a_good_project_is_quiet() -> None:
    """Exit code 0 and no line on standard output."""
    result = brief("check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "1 report file read, with the KPI files and seeds: no problems\n"


def test_check_tells_every_problem_of_every_file(project: SmallProject) -> None:
    """Report files, KPI files, seeds, peers without data and templates that are not there, in one run."""
    project.write("reports/bad.toml", 'ticker = "X"\npears = []\n')
    project.swap("reports/acme.toml", '"PEER"', '"PEEER"')
    project.write("reports/peer.toml", 'ticker = "PEER"\ntemplate = "desk"\n')
    project.swap("reports/acme/kpis.csv", "%", "percent")
    project.swap("seeds/prices/SPY.csv", "2025-10-02,", "2025-12-02,")
    result = brief("check")
    assert result.exit_code == 2
    starts = [line.split(": ")[0] for line in result.stdout.splitlines()]
    assert sorted(starts) == sorted(
        [
            "reports/bad.toml",
            "seeds/prices/SPY.csv",
            "reports/acme/kpis.csv",
            "reports/acme.toml",
            "reports/peer.toml",
        ]
    )
    assert "reports/acme.toml: peers[1]: no source has data on \"PEEER\"; did you mean 'PEER'?" in result.stdout
    assert (
        'reports/peer.toml: template: there is no folder "desk" in templates/; make it, or use house' in result.stdout
    )
    rows = json.loads(brief("check", "--json").stdout)
    assert len(rows) == len(starts)
    assert set(rows[0]) == {"where", "what", "advice"}


def test_check_of_a_project_without_seeds_says_so(project: SmallProject) -> None:
    """The report files are checked all the same."""
    (project.root / "seeds").rename(project.root / "away")
    result = brief("check")
    assert result.exit_code == 2
    assert "seeds: there is no such folder" in result.stdout


@pytest.mark.usefixtures("project")
def test_facts_are_the_ledger() -> None:
    """As a table, as CSV and as JSON; of one metric or of all."""
    table = brief("facts", "ACME", "--as-of", "2025-10-02", "--metric", "segment_growth")
    assert table.exit_code == 0, table.output
    assert "26%" in table.stdout
    rows = json.loads(brief("facts", "ACME", "--as-of", "2025-10-02", "--format", "json").stdout)
    assert {"price", "revenue", "segment_growth"} <= {row["metric"] for row in rows}
    text = brief("facts", "ACME", "--as-of", "2025-10-02", "--format", "csv", "--metric", "segment_growth").stdout
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["id"], row["value"], row["published_on"]) == ("acme-cloud-2506", "0.26", "2025-08-29")


@pytest.mark.usefixtures("project")
def test_facts_know_nothing_published_later() -> None:
    """On 28 August the growth of the June quarter was not known."""
    result = brief("facts", "ACME", "--as-of", "2025-08-28", "--format", "json")
    assert "acme-cloud-2506" not in {row["id"] for row in json.loads(result.stdout)}


@pytest.mark.usefixtures("project")
def test_an_unknown_metric_is_answered_with_the_nearest() -> None:
    """Exit code 2."""
    result = brief("facts", "ACME", "--as-of", "2025-10-02", "--metric", "segment_grwth")
    assert result.exit_code == 2
    assert "--metric: 'segment_grwth' is not a known metric; did you mean 'segment_growth'?" in result.stderr


def test_csv_cannot_act_as_a_formula() -> None:
    """A text that a spreadsheet would run gets an apostrophe; a number stays a number."""
    rows = [{"a": "=1+1", "b": -2.5, "c": ["+x", "y"], "d": "@z", "e": None, "f": "\u22123%"}]
    assert screen.to_csv("abcdef", rows) == "a,b,c,d,e,f\n'=1+1,-2.5,'+x | y,'@z,,\u22123%\n"


def test_open_tells_the_newest_brief(project: SmallProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is handed to the desktop's viewer where there is one; the path is said in any case."""
    opened: list[str] = []
    monkeypatch.setattr("typer.launch", opened.append)
    project.write("output/2025-W39/acme.pdf", "")
    project.write("output/2025-W40/acme.pdf", "")
    monkeypatch.setattr(opening, "has_desktop", lambda: False)
    assert brief("open", "acme").stdout == "output/2025-W40/acme.pdf\n"
    assert opened == []
    monkeypatch.setattr(opening, "has_desktop", lambda: True)
    assert brief("open", "ACME").exit_code == 0
    assert opened == ["output/2025-W40/acme.pdf"]


@pytest.mark.usefixtures("project")
def test_open_without_a_brief_is_no_data() -> None:
    """With the command that makes one."""
    result = brief("open", "ACME")
    assert result.exit_code == 3
    assert result.stderr == "output: there is no brief of ACME yet; build it with `brief build ACME`\n"


def test_schema_is_written_for_editors(project: SmallProject) -> None:
    """To the screen, or whole to a file."""
    assert json.loads(brief("schema").stdout) == write_schema()
    assert {"groups", "people"} <= set(json.loads(brief("schema", "recipients").stdout)["properties"])
    assert {"sources", "store", "mail"} <= set(json.loads(brief("schema", "settings").stdout)["properties"])
    assert brief("schema", "--out", "reports/report.schema.json").exit_code == 0
    assert json.loads(project.read("reports/report.schema.json")) == write_schema()


def test_a_pipe_that_closes_is_no_defect(project: SmallProject) -> None:
    """`brief facts ACME --format csv | head -1` ends quietly."""
    command = f"{sys.executable} -m generator facts ACME --as-of 2025-10-02 --format csv | head -1"
    done = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        text=True,
        check=True,
        cwd=project.root,
        env=os.environ | {"PYTHONPATH": str(HOME)},
    )
    assert done.stdout.startswith("id,entity,metric")
    assert done.stderr == ""
