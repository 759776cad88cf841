"""`brief snapshots` and `brief prune`: what the store holds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli import screen
from generator.cli.boundary import told
from generator.cli.options import HERE, AsJson, ProjectDir, past_day
from generator.cli.project import Project, project_at
from generator.errors import InputError, NoDataError

if TYPE_CHECKING:
    from generator.store.snapshots import Kept


@told
def snapshots(
    ticker: Annotated[str, typer.Argument(metavar="[TICKER]", help="Only those of this ticker.")] = "",
    *,
    project: ProjectDir = HERE,
    as_json: AsJson = False,
) -> None:
    """List the stored snapshots: of whom, from which source, for which day, and when they were taken."""
    from generator.definitions import ticker_of
    from generator.store.snapshots import kept_snapshots

    home = project_at(project)
    _needs_store(home)
    with home.store() as store:
        found = kept_snapshots(store, ticker_of(ticker) if ticker else "")
    if as_json:
        screen.print_json([_row(kept) for kept in found])
        return
    if not found:
        raise NoDataError(f"nothing is stored{f' of {ticker.upper()}' if ticker else ''}; brief fetch asks for it")
    head = ("ticker", "name", "source", "day", "taken", "snapshot")
    rows = [_row(kept) for kept in found]
    keys = ("ticker", "name", "source", "day", "taken")
    screen.print_table(head, [(*(str(row[key]) for key in keys), str(row["sha"])[:10]) for row in rows])


def _row(kept: Kept) -> dict[str, str]:
    return {
        "ticker": kept.ticker,
        "name": kept.name,
        "source": kept.source,
        "day": str(kept.until),
        "taken": f"{kept.retrieved_at:%Y-%m-%dT%H:%M:%SZ}",
        "industry": kept.industry,
        "sha": kept.sha,
    }


def _needs_store(project: Project) -> None:
    if not project.has_store:
        raise NoDataError(f"{project.store_url}: there is no store yet; `brief fetch` makes it")


@told
def prune(
    *,
    keep: Annotated[
        int | None, typer.Option(min=1, max=10_000, help="Keep so many of each ticker and source, the newest.")
    ] = None,
    before: Annotated[
        date | None, typer.Option(parser=past_day, metavar="DATE", help="Only those for days before this one.")
    ] = None,
    dry: Annotated[bool, typer.Option("--dry-run", help="Say what would go, and leave it.")] = False,
    project: ProjectDir = HERE,
    as_json: AsJson = False,
) -> None:
    """Remove old snapshots and the answers behind them; never the newest of a ticker, nor what an issue names."""
    from generator.store.pruning import prune as remove

    home = project_at(project)
    if keep is None and before is None:
        raise InputError.at("brief prune", "nothing says what is old", "write --keep 8, or --before 2025-01-01")
    _needs_store(home)
    with home.store() as store:
        gone = remove(store, keep=keep or 1, before=before, dry=dry)
    if as_json:
        screen.print_json({"snapshots": gone.snapshots, "answers": gone.answers, "objects": gone.objects, "dry": dry})
        return
    what = f"{gone.snapshots} snapshots, {gone.answers} answers and {gone.objects} objects"
    typer.echo(f"{what} {'would be' if dry else 'were'} removed")
