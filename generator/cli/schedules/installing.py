"""Installing: a schedule put where its scheduler looks for it, and switched on."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.cli import folder
from generator.cli.schedules.texts import Job, Kind
from generator.errors import InputError

BEGIN, END = "# >>> brief run >>>", "# <<< brief run <<<"


def install(kind: Kind, job: Job, files: Mapping[str, str]) -> str:
    """Put a schedule in its place and return a sentence that says where it is.

    Raises:
        InputError: the scheduler is not on this machine, refuses it, or cannot be installed to from here.
    """
    if kind not in INSTALLERS:
        raise InputError.at(f"brief schedule {kind}", "cannot be installed from here", "copy the file with --out DIR")
    return INSTALLERS[kind](job, files)


def with_block(table: str, block: str) -> str:
    """Return a crontab with our lines in it once, whatever was there; the lines of others stay as they are."""
    before, _, rest = table.partition(f"{BEGIN}\n")
    _, _, after = rest.partition(f"{END}\n")
    kept = before + after
    end = "" if not kept or kept.endswith("\n") else "\n"
    return f"{kept}{end}{BEGIN}\n{block.rstrip()}\n{END}\n"


def _cron(_job: Job, files: Mapping[str, str]) -> str:
    program = _found("crontab")
    known = subprocess.run([program, "-l"], capture_output=True, text=True, check=False)  # noqa: S603 -- by its full path
    _ask([program, "-"], text=with_block(known.stdout if known.returncode == 0 else "", files["crontab"]))
    return "in your crontab; `crontab -l` shows it"


def _systemd(_job: Job, files: Mapping[str, str]) -> str:
    program, whole = _found("systemctl"), os.geteuid() == 0
    place = Path("/etc/systemd/system") if whole else Path.home() / ".config" / "systemd" / "user"
    folder.ready(place)
    folder.write_files(place, {name: text.encode() for name, text in files.items()})
    scope = [] if whole else ["--user"]
    _ask([program, *scope, "daemon-reload"])
    _ask([program, *scope, "enable", "--now", "brief.timer"])
    return f"{place / 'brief.timer'}; `systemctl {' '.join([*scope, 'list-timers'])}` shows it"


def _windows(_job: Job, files: Mapping[str, str]) -> str:
    program = _found("schtasks")
    with TemporaryDirectory() as beside:
        path = Path(beside) / "brief.xml"
        path.write_text(files["brief.xml"], encoding="utf-16")
        _ask([program, "/Create", "/F", "/TN", "brief run", "/XML", str(path)])
    return 'the task `brief run`; `schtasks /Query /TN "brief run"` shows it'


def _github(job: Job, files: Mapping[str, str]) -> str:
    place = job.project / ".github" / "workflows"
    folder.ready(place)
    folder.write_files(place, {name: text.encode() for name, text in files.items()})
    return f"{place / 'briefs.yml'}; commit it"


def _found(name: str) -> str:
    program = shutil.which(name)
    if program is None:
        raise InputError.at(
            "--install", f"`{name}` is not on this machine", "print the schedule and put it there by hand"
        )
    return program


def _ask(command: Sequence[str], *, text: str = "") -> None:
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)  # noqa: S603 -- by its full path
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).split())[:300]
        raise InputError.at("--install", f"`{' '.join(command)}` failed: {said or done.returncode}")


INSTALLERS: dict[Kind, Callable[[Job, Mapping[str, str]], str]] = {
    "cron": _cron,
    "systemd": _systemd,
    "windows": _windows,
    "github": _github,
}
