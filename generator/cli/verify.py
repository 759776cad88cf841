"""`brief verify`: a finished brief proven from its file alone, and the issues in the store by their seals."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli import screen
from generator.cli.boundary import Code, told
from generator.cli.options import HERE, AsJson, ProjectDir
from generator.cli.project import Project, project_at
from generator.errors import InputError, NoDataError

if TYPE_CHECKING:
    from generator.audit.verify import Verdict


@told
def verify(
    what: Annotated[
        str, typer.Argument(metavar="[FILE.pdf|TICKER]", help="The PDF of a brief; with --store, a company or none.")
    ] = "",
    *,
    stored: Annotated[
        bool, typer.Option("--store", help="Check the issues in the store: those of a company, or all.")
    ] = False,
    project: ProjectDir = HERE,
    as_json: AsJson = False,
) -> Code:
    """Prove a finished brief from its file alone, offline; with --store, that no old issue was altered.

    Every fact is derived again from the snapshot in the file, every page is read again, and the brief is printed again
    and compared byte for byte. With --store the whole chain of seals is followed, each record is held against the log,
    and each PDF against its recorded hash. Exit codes: 0 proven, 1 something differs (it is said what), 2 not a brief,
    3 nothing is stored.
    """
    home = project_at(project)
    if stored:
        return _verify_store(home, what, as_json=as_json)
    if not what:
        raise InputError.at("brief verify", "nothing says what to prove", "give the PDF of a brief, or write --store")
    return _verify_file(home, Path(what), as_json=as_json)


def _verify_file(home: Project, file: Path, *, as_json: bool) -> Code:
    from generator.audit.verify import verify as verified

    verdict = verified(contents(file), name=str(file), templates=home.templates)
    if as_json:
        screen.print_json({"proven": not verdict.differences} | asdict(verdict))
    else:
        _tell(verdict, file)
    return Code.BLOCKED if verdict.differences else Code.DONE


def _verify_store(home: Project, ticker: str, *, as_json: bool) -> Code:
    from generator.definitions import ticker_of
    from generator.store.sealing import checked_issues

    name = ticker_of(ticker) if ticker else ""
    whose = f" of {name}" if name else ""
    missing = NoDataError(f"{home.output}: no brief{whose} is recorded; `brief run` makes and records them")
    if not home.has_store:
        raise missing
    with home.store() as store:
        issues, differences = checked_issues(store, name)
    if not issues and not differences:
        raise missing
    if as_json:
        screen.print_json({"proven": not differences, "issues": len(issues), "differences": differences})
    else:
        typer.echo(f"store: {'differs' if differences else 'proven'}")
        typer.echo(f"  issues    {len(issues)}{whose}: their seals, records and PDFs checked")
        for sentence in differences:
            typer.echo(f"  {sentence}")
    return Code.BLOCKED if differences else Code.DONE


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
