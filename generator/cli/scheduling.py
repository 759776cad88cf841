"""`brief schedule`: `brief run` every hour, by whichever scheduler the machine has."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from generator.cli import folder
from generator.cli.boundary import told
from generator.cli.options import HERE, ProjectDir
from generator.cli.project import project_at
from generator.cli.schedules import Job, texts_for


class Scheduler(StrEnum):
    """The schedulers there are texts for."""

    CRON = "cron"
    SYSTEMD = "systemd"
    WINDOWS = "windows"
    GITHUB = "github"
    AIRFLOW = "airflow"
    PREFECT = "prefect"


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise typer.BadParameter(f'"{text}" is not a time zone; write it as Europe/Berlin') from None
    return text


@told
def schedule(
    scheduler: Annotated[Scheduler, typer.Argument(help="Who shall start it.")],
    *,
    zone: Annotated[
        str, typer.Option("--zone", parser=_zone, metavar="ZONE", help="The time zone whose clock counts.")
    ] = "America/New_York",
    install: Annotated[
        bool, typer.Option("--install", help="Put it where the scheduler looks, and switch it on.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write the files here instead of the screen.")
    ] = None,
    project: ProjectDir = HERE,
) -> None:
    """Print, write or install what makes a scheduler start `brief run` every hour.

    The program has no scheduler of its own: a run that finds nothing due ends at once, a missed one is caught up, and
    two at once are one.
    """
    from generator.cli.schedules.installing import install as installed

    home = project_at(project)
    job = Job(brief=str(_program()), project=home.root.resolve(), zone=zone)
    files = texts_for(scheduler.value, job)
    if install:
        typer.echo(installed(scheduler.value, job, files))
        return
    if out is not None:
        folder.ready(out)
        folder.write_files(out, {name: text.encode() for name, text in files.items()})
        typer.echo("\n".join(str(out / name) for name in files))
        return
    for name, text in files.items():
        if len(files) > 1:
            typer.echo(f"# --- {name} ---")
        typer.echo(text)


def _program() -> Path:
    """Return where `brief` is: beside the Python that runs it, else as it was called."""
    beside = Path(sys.executable).with_name("brief.exe" if sys.platform == "win32" else "brief")
    return beside if beside.is_file() else Path(sys.argv[0]).resolve()
