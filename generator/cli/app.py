"""The command `brief` and what its help says."""

from __future__ import annotations

from typing import Annotated

import typer

from generator import __version__
from generator.cli import (
    approving,
    build,
    correct,
    deliveries,
    diff,
    export,
    facts,
    fetch,
    gallery,
    lint,
    opening,
    preview,
    recipients,
    reports,
    run,
    scheduling,
    schema,
    send,
    stored,
    templates,
    verify,
)
from generator.cli.boundary import DEBUG

EPILOG = """\
[bold]Exit codes[/bold]

 0  done
 1  a brief has a finding that forbids sending it; a linted text has one that blocks or warns; a file differs
 2  bad input or usage
 3  no data
 4  a message was refused or waits for another attempt, or sending was stopped
 5  a brief ran into its limit of time or memory
 6  a message waits for a person: [cyan]brief deliveries --parked[/cyan]
69  a provider or the store could not be reached
70  a defect of the program; [cyan]brief --debug COMMAND[/cyan] shows where
75  another run is at work on the same store; nothing was done

[bold]A first brief[/bold]

[cyan]brief build BABA --as-of 2025-10-02[/cyan]
reads reports/baba.toml and writes output/2025-W40/baba.pdf

The guide to report files is reports/README.md.
"""

app = typer.Typer(
    name="brief",
    help="Investment briefs in which every number can be defended.",
    epilog=EPILOG,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _version(asked: bool) -> None:  # noqa: FBT001 -- typer hands an option's value by position
    if asked:
        typer.echo(f"brief {__version__}")
        raise typer.Exit


@app.callback()
def brief(
    *,
    version: Annotated[  # noqa: ARG001 -- said by its callback
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version and stop.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of a defect.")] = False,
) -> None:
    """Investment briefs in which every number can be defended."""
    DEBUG.set(debug)


app.command(name="build")(build.build)
app.command(name="fetch")(fetch.fetch)
app.command(name="snapshots")(stored.snapshots)
app.command(name="prune")(stored.prune)
app.command(name="run")(run.run)
app.command(name="due")(run.due)
app.command(name="approve")(approving.approve)
app.command(name="history")(approving.history)
app.command(name="schedule")(scheduling.schedule)
app.command(name="list")(reports.list_reports)
app.command(name="new")(reports.new)
app.command(name="check")(reports.check)
app.command(name="export")(export.export)
app.command(name="facts")(facts.facts)
app.command(name="lint")(lint.lint)
app.add_typer(templates.app)
app.command(name="verify")(verify.verify)
app.command(name="diff")(diff.diff)
app.command(name="correct")(correct.correct)
app.command(name="open")(opening.open_brief)
app.command(name="send")(send.send)
app.add_typer(deliveries.app, name="deliveries")
app.add_typer(recipients.app, name="recipients")
app.command(name="bounces")(recipients.bounces)
app.command(name="gallery")(gallery.gallery)
app.command(name="preview")(preview.preview)
app.command(name="schema")(schema.schema)
