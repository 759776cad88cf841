"""`brief schema`: what editors need to complete and check report files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from generator.cli.boundary import told
from generator.cli.folder import ready, write_files


@told
def schema(
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write here instead of the screen.")] = None,
) -> None:
    """Write the JSON Schema of report files; the first line of a report file names it for the editor."""
    from generator.definitions import write_schema

    text = json.dumps(write_schema(), ensure_ascii=False, indent=2) + "\n"
    if out is None:
        typer.echo(text, nl=False)
        return
    ready(out.parent)
    write_files(out.parent, {out.name: text.encode()})
    typer.echo(str(out))
