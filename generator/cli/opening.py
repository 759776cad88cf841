"""`brief open`: the newest PDF in the desktop's viewer."""

from __future__ import annotations

import os
import shutil
import sys
from typing import Annotated

import typer

from generator.cli.boundary import told
from generator.cli.options import HERE, ProjectDir
from generator.cli.project import project_at
from generator.cli.reports import newest_pdf
from generator.errors import NoDataError


@told
def open_brief(
    ticker: Annotated[str, typer.Argument(help="The brief to look at.")], project: ProjectDir = HERE
) -> None:
    """Open the newest brief of a company; without a desktop, say where it is."""
    from generator.definitions import ticker_of

    home, name = project_at(project), ticker_of(ticker)
    path = newest_pdf(home, name)
    if not path:
        raise NoDataError(f"{home.output}: there is no brief of {name} yet; build it with `brief build {name}`")
    typer.echo(path)
    if has_desktop():
        typer.launch(path)


def has_desktop() -> bool:
    """Tell whether there is a viewer to open a file with."""
    if sys.platform in ("darwin", "win32"):
        return True
    screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(screen) and shutil.which("xdg-open") is not None
