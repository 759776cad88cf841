"""`brief schedule`: what it prints is what the schedulers read."""

from __future__ import annotations

import ast
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from small_project import SmallProject
from typer.testing import CliRunner, Result

from generator.cli import app
from generator.cli.schedules import KINDS, Job, texts_for
from generator.cli.schedules.installing import BEGIN, END, with_block

ODD = Job(brief="/opt/my briefs/100%/brief", project=Path("/srv/our desk's"), zone="Europe/Berlin")
PLAIN = Job(brief="/opt/brief/bin/brief", project=Path("/srv/desk"))


def brief(*arguments: str) -> Result:
    """Run `brief` in this process."""
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.parametrize("kind", KINDS)
def test_every_schedule_starts_a_run_every_hour(project: SmallProject, kind: str) -> None:
    """As the command prints it, and as it writes it; nothing else is touched."""
    shown = brief("schedule", kind)
    assert shown.exit_code == 0, shown.output
    assert "run" in shown.stdout
    assert brief("schedule", kind, "--out", "there").exit_code == 0
    for path in (project.root / "there").iterdir():
        assert path.read_text(encoding="utf-8").strip() in shown.stdout
    assert brief("schedule", kind, "--zone", "Mars/Olympus").exit_code == 2


@pytest.mark.parametrize("kind", ["airflow", "prefect"])
def test_the_python_examples_are_python_and_start_the_same_command(kind: str) -> None:
    """Whatever stands in the paths."""
    ((_, text),) = texts_for(kind, ODD).items()  # type: ignore[arg-type]
    strings = [node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)]
    assert "17 * * * *" in strings
    assert any("our desk" in each for each in strings if isinstance(each, str))


def test_a_crontab_keeps_the_lines_of_others(tmp_path: Path) -> None:
    """Ours stand in it once, and cron reads the command as it was meant."""
    text = texts_for("cron", ODD)["crontab"]
    minute, hour, day, month, weekday, command = text.splitlines()[-1].split(" ", 5)
    assert (minute, hour, day, month, weekday) == ("17", "*", "*", "*", "*")
    assert "CRON_TZ=Europe/Berlin\n" in text
    assert "%" not in command.replace("\\%", "")
    table = with_block("0 4 * * * backup\n", text)
    assert with_block(table, text) == table
    assert table.startswith("0 4 * * * backup\n")
    assert with_block("0 4 * * * backup", "x").splitlines() == ["0 4 * * * backup", BEGIN, "x", END]
    echo = tmp_path / "echo words"
    echo.write_text('#!/bin/sh\nprintf "%s|" "$@"\n', encoding="utf-8")
    echo.chmod(0o755)
    line = Job(brief=str(echo), project=ODD.project).line
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, check=True)
    assert done.stdout == "run|--project|/srv/our desk's|"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this machine")
@pytest.mark.parametrize("odd", [False, True])
def test_systemd_accepts_the_units(tmp_path: Path, odd: bool) -> None:  # noqa: FBT001
    """Also with blanks, quotes and percent signs in the paths; the timer knows its clock."""
    root = tmp_path / ("our desk's 100%" if odd else "desk")
    root.mkdir()
    # An apostrophe is the one letter that systemd refuses in a program's own path.
    program = tmp_path / ("100% our" if odd else "desk") / "brief"
    program.parent.mkdir(exist_ok=True)
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    files = texts_for("systemd", Job(brief=str(program), project=root, zone="Europe/Berlin"))
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    units = [str(tmp_path / name) for name in files]
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    when = next(line for line in files["brief.timer"].splitlines() if line.startswith("OnCalendar="))
    subprocess.run(["systemd-analyze", "calendar", when.removeprefix("OnCalendar=")], capture_output=True, check=True)


def test_the_windows_task_is_well_formed_and_never_runs_twice_at_once() -> None:
    """And names the program and its words."""
    task = ET.fromstring(texts_for("windows", ODD)["brief.xml"].partition("\n")[2])  # noqa: S314 -- written here
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    assert task.findtext(".//t:Command", namespaces=space) == ODD.brief
    assert task.findtext(".//t:Arguments", namespaces=space) == 'run --project "/srv/our desk\'s"'
    assert task.findtext(".//t:MultipleInstancesPolicy", namespaces=space) == "IgnoreNew"
    assert task.findtext(".//t:Interval", namespaces=space) == "PT1H"


def test_a_scheduler_that_is_not_there_is_told(project: SmallProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to do instead; a workflow is put into the project."""
    monkeypatch.setenv("PATH", str(project.root))
    missing = brief("schedule", "cron", "--install")
    assert (missing.exit_code, "`crontab` is not on this machine" in missing.stderr) == (2, True)
    assert "copy the file with --out" in brief("schedule", "airflow", "--install").stderr
    assert brief("schedule", "github", "--install").exit_code == 0
    workflow = (project.root / ".github" / "workflows" / "briefs.yml").read_text(encoding="utf-8")
    assert "brief run" in workflow


def test_the_crontab_is_installed_through_crontab(project: SmallProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice is once."""
    table = project.root / "table"
    table.write_text("0 4 * * * backup\n", encoding="utf-8")
    program = project.write(
        "crontab",
        f'#!/bin/sh\nif [ "$1" = -l ]; then cat "{table}"; else cat > "{table}.new"; mv "{table}.new" "{table}"; fi\n',
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{project.root}:/usr/bin:/bin")
    for _ in range(2):
        assert brief("schedule", "cron", "--install").exit_code == 0
    text = table.read_text(encoding="utf-8")
    assert text.startswith("0 4 * * * backup\n")
    assert text.count(BEGIN) == text.count(" run --project ") == 1
