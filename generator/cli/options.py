"""Options that several commands share."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from generator.cli import clock

# Python itself would also read 20251002 and 2025-W40-4.
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def past_day(text: str) -> date:
    """Return a day of the past as it is written on the command line."""
    try:
        day = date.fromisoformat(text if DAY.fullmatch(text) else "")
    except ValueError:
        raise typer.BadParameter(f'"{text}" is not a date; write it as 2025-10-02') from None
    if day > clock.today():
        raise typer.BadParameter(f"{day} is in the future; a brief knows only what has been published")
    return day


AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of", parser=past_day, metavar="DATE", help="Know only what was public on this day. Default: today."
    ),
]
ProjectDir = Annotated[
    Path, typer.Option("--project", metavar="DIR", help="The folder with reports/, seeds/, templates/ and output/.")
]
Live = Annotated[
    bool,
    typer.Option("--live", help="Ask the live sources and keep what they say; without it, only what is here is read."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON for another program.")]
HERE = Path()
