"""`brief facts`: the ledger of a brief as a table, CSV or JSON."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from generator.cli import clock, screen
from generator.cli.boundary import told
from generator.cli.options import HERE, AsOf, Live, ProjectDir
from generator.cli.orders import ordered
from generator.cli.project import project_at
from generator.errors import UnknownNameError

if TYPE_CHECKING:
    from generator.model.ledger import Ledger


class Format(StrEnum):
    """How the facts are written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


@told
def facts(
    ticker: Annotated[str, typer.Argument(help="A ticker, or the path of a report file.")],
    *,
    form: Annotated[Format, typer.Option("--format", help="How to write them.")] = Format.TABLE,
    metric: Annotated[list[str] | None, typer.Option("--metric", help="Only this metric; may be repeated.")] = None,
    as_of: AsOf = None,
    live: Live = False,
    project: ProjectDir = HERE,
) -> None:
    """Show every fact behind a brief: the figure, its period, its source, or its formula with the arithmetic."""
    from generator.model.tables import COLUMNS, ledger_rows
    from generator.pipeline import gather, measure_brief

    home, today = project_at(project), clock.today()
    until = as_of or today
    report, sources = ordered(ticker, home, until=until, today=today, live=live)
    ledger = measure_brief(report, gather(report, sources=sources.all, until=until))
    wanted = _wanted(metric or [], ledger)
    rows = [row for row in ledger_rows(ledger) if not wanted or row["metric"] in wanted]
    if form is Format.JSON:
        screen.print_json(rows)
    elif form is Format.CSV:
        typer.echo(screen.to_csv(COLUMNS, rows), nl=False)
    else:
        head = ("entity", "figure of", "period", "figure", "published", "from")
        screen.print_table(head, [_cells(row) for row in rows])


def _wanted(metrics: list[str], ledger: Ledger) -> set[str]:
    known = sorted({fact.metric for fact in ledger.facts.values()})
    for name in metrics:
        if name not in known:
            raise UnknownNameError("--metric", "metric", name, known)
    return set(metrics)


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    """Return a fact as a line of the table: where it is from is its arithmetic, or who published it."""
    name = f" ({row['name']})" if row["name"] else ""
    doubt = "" if row["confirmed"] else " (not confirmed)"
    origin = row["reason"] or row["arithmetic"] or row["formula"]
    publisher = row["sources"][0]["publisher"] if row["sources"] else ""
    return (
        row["entity"],
        f"{row['label']}{name}",
        row["period"],
        f"{row['written']}{doubt}",
        row["published_on"],
        origin or publisher,
    )
