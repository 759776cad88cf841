"""`brief diff`: what moved about a company between two days, and why."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from generator.cli import clock, screen
from generator.cli.boundary import told
from generator.cli.options import HERE, AsJson, ProjectDir, past_day
from generator.cli.project import project_at
from generator.errors import InputError

if TYPE_CHECKING:
    from generator.analysis.moved import Move
    from generator.model.wording import Wording

HEAD = ("figure", "then", "now", "change", "cause")


@told
def diff(
    ticker: Annotated[str, typer.Argument(help="A ticker, or the path of a report file.")],
    then: Annotated[date, typer.Argument(metavar="THEN", parser=past_day, help="The earlier day, as 2025-09-25.")],
    now: Annotated[
        date | None, typer.Argument(metavar="[NOW]", parser=past_day, help="The later day. Default: today.")
    ] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Also what only follows the price or the calendar.")] = False,
    project: ProjectDir = HERE,
    as_json: AsJson = False,
) -> None:
    """Show what moved between two days as each was known then, the most important first, with the cause of each move.

    A multiple's change is taken apart: how much the price, a filing and the exchange rate each made. Both days are
    made from the same sources, so that only what became public in between can move a figure.
    """
    from generator.analysis.moved import moves
    from generator.cli.orders import ordered
    from generator.pipeline import gather, measure_brief

    today = clock.today()
    until = now or today
    if then >= until:
        raise InputError.at("brief diff", f"{then} is not before {until}", "name the earlier day first")
    home = project_at(project)
    ledgers = []
    for day in (then, until):
        report, sources = ordered(ticker, home, until=day, today=today, live=False)
        ledgers.append(measure_brief(report, gather(report, sources=sources.all, until=day)))
    found = moves(ledgers[1], ledgers[0], every=every)
    wording = ledgers[1].wording
    if as_json:
        screen.print_json([_row(move, wording) for move in found])
        return
    screen.print_table(HEAD, [_cells(move, wording) for move in found])


def _row(move: Move, wording: Wording) -> dict[str, Any]:
    return {
        "metric": move.metric,
        "label": move.now.label if move.now.known else move.then.label,
        "name": move.now.name,
        "then": wording.write(move.then),
        "then_period": move.then.period.label,
        "now": wording.write(move.now),
        "now_period": move.now.period.label,
        "change": move.change.value if move.change else None,
        "causes": list(move.causes),
        "parts": [{"cause": part.cause, "change": part.change.value} for part in move.parts],
    }


def _cells(move: Move, wording: Wording) -> tuple[str, ...]:
    name = f" ({move.now.name})" if move.now.name else ""
    label = move.now.label if move.now.known else move.then.label
    parts = "; ".join(f"{part.cause} {wording.write(part.change, 'signed')}" for part in move.parts)
    return (
        f"{label}{name}",
        f"{wording.write(move.then)}{_period(move.then.period.label if move.then.known else '')}",
        f"{wording.write(move.now)}{_period(move.now.period.label if move.now.known else '')}",
        wording.write(move.change, "signed") if move.change else "",
        parts or ", ".join(move.causes),
    )


def _period(label: str) -> str:
    return f", {label}" if label else ""
