"""Options that several commands share."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from generator.cli import clock


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f'"{text}" is not a date; write it as 2025-10-02') from None
    if day > clock.today():
        raise typer.BadParameter(f"{day} is in the future; a brief knows only what has been published")
    return day


AsOf = Annotated[
    date | None,
    typer.Option("--as-of", parser=_day, metavar="DATE", help="Know only what was public on this day. Default: today."),
]
ProjectDir = Annotated[
    Path, typer.Option("--project", metavar="DIR", help="The folder with reports/, seeds/, templates/ and output/.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON for another program.")]
HERE = Path()
