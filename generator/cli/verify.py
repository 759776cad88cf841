"""`brief verify`: a finished brief proven from its file alone."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli import screen
from generator.cli.boundary import Code, told
from generator.cli.options import HERE, AsJson, ProjectDir
from generator.cli.project import project_at
from generator.errors import InputError

if TYPE_CHECKING:
    from generator.audit.verify import Verdict


@told
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE.pdf", help="The PDF of a brief.")],
    *,
    project: ProjectDir = HERE,
    as_json: AsJson = False,
) -> Code:
    """Prove a finished brief from its file alone, offline.

    Every fact is derived again from the snapshot in the file, every page is read again, and the brief is printed again
    and compared byte for byte. Exit codes: 0 proven, 1 something differs (it is said what), 2 not a brief.
    """
    from generator.audit.verify import verify as verified

    verdict = verified(contents(file), name=str(file), templates=project_at(project).templates)
    if as_json:
        screen.print_json({"proven": not verdict.differences} | asdict(verdict))
    else:
        _tell(verdict, file)
    return Code.BLOCKED if verdict.differences else Code.DONE


def contents(file: Path) -> bytes:
    """Return the bytes of a file a user named.

    Raises:
        InputError: it cannot be read.
    """
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError.at(str(file), f"it cannot be read ({error.strerror})", "give the PDF of a brief") from None


def _tell(verdict: Verdict, file: Path) -> None:
    state = "differs" if verdict.differences else "proven"
    typer.echo(f"{file}: {state}")
    typer.echo(f"  brief     {verdict.ticker}, {verdict.as_of}")
    typer.echo(f"  facts     {verdict.facts} derived again from the snapshot in the file")
    typer.echo(f"  numbers   {verdict.numbers} on its pages, in its alternative texts, bookmarks and title")
    if verdict.printed_again:
        typer.echo("  file      printed again, the same to the last byte")
    elif verdict.printed_again is None:
        typer.echo(f"  file      {verdict.note}")
    for each in verdict.differences:
        typer.echo(f"  {each.where}: {each.words}")
