"""`brief lint`: what is wrong with a text that others wrote."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli import clock, screen
from generator.cli.boundary import Code, told
from generator.cli.options import HERE, AsJson, AsOf, ProjectDir
from generator.cli.orders import ordered
from generator.cli.project import project_at

if TYPE_CHECKING:
    from generator.lint import Lint
    from generator.model.ledger import Ledger


@told
def lint(
    file: Annotated[Path, typer.Argument(help="A .txt, .md, .html or .pdf file.", show_default=False)],
    *,
    claims: Annotated[
        Path | None,
        typer.Option("--claims", metavar="CSV", help="A table of its claims with a verdict and the right figure each."),
    ] = None,
    snapshot: Annotated[
        str, typer.Option("--snapshot", metavar="TICKER", help="Hold it against what was known of this company then.")
    ] = "",
    price: Annotated[float | None, typer.Option("--price", help="The price of the day, for its targets.")] = None,
    as_of: AsOf = None,
    project: ProjectDir = HERE,
    as_json: AsJson = False,
) -> Code:
    """Say what is wrong with a text: lost sources, doubled and impossible figures, unlike comparisons, bare words.

    A finding that blocks or warns makes the exit code 1. The day of the text stands at its head, or in --as-of.
    """
    from generator.definitions import vocabulary_of
    from generator.lint import Given, day_of, read, read_claims
    from generator.lint import lint as linted

    pages = read(file)
    day = as_of or day_of(pages)
    own = vocabulary_of(project_at(project).reports)
    given = Given(day=day, price=price, judged=read_claims(claims) if claims else (), vocabulary=own)
    if snapshot:
        ledger = _ledger(snapshot, project, until=day)
        given = replace(given, ledger=ledger, price=price or ledger.latest(ledger.subject, "price").number)
    found = linted(pages, given)
    _tell(found, file, as_json=as_json)
    return Code.BLOCKED if any(each.level != "note" for each in found) else Code.DONE


def _ledger(ticker: str, project: Path, *, until: date | None) -> Ledger:
    """Return what the project's sources knew about a company on the day of the text."""
    from generator.pipeline import gather, measure_brief

    home, today = project_at(project), clock.today()
    when = until or today
    report, sources = ordered(ticker, home, until=when, today=today, live=False)
    return measure_brief(report, gather(report, sources=sources.all, until=when))


def _tell(found: tuple[Lint, ...], file: Path, *, as_json: bool) -> None:
    if as_json:
        screen.print_json([{"file": str(file), **asdict(each)} for each in found])
        return
    for each in found:
        where = f"{file}:{each.line}" if each.unit == "line" else f"{file}: {each.unit} {each.line}"
        typer.echo(f"{where}: {each.level}: {each.message} [{each.check}]")
        typer.echo(f"    {each.advice}")
    counts = {level: sum(each.level == level for each in found) for level in ("block", "warn", "note")}
    told = ", ".join(f"{number} {level}" for level, number in counts.items() if number)
    typer.echo(f"{file}: {told or 'no finding'}", err=True)
