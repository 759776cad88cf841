"""The command `brief` and what its help says."""

from __future__ import annotations

from typing import Annotated

import typer

from generator import __version__
from generator.cli.boundary import DEBUG
from generator.cli.group import Group

EPILOG = """\
\b
Exit codes:
   0  done
   1  a brief has a finding that forbids sending it; a linted text has one
      that blocks or warns; a file differs
   2  bad input or usage
   3  no data
   4  a message was refused or waits for another attempt, or sending was
      stopped
   5  a brief ran into its limit of time or memory
   6  a message waits for a person: `brief deliveries --parked`
  69  a provider or the store could not be reached
  70  a defect of the program; `brief --debug COMMAND` shows where
  75  another run is at work on the same store; nothing was done

\b
A first brief:
  brief build BABA --as-of 2025-10-02
  reads reports/baba.toml and writes output/2025-W40/baba.pdf

The guide to report files is reports/README.md.
"""

app = typer.Typer(
    cls=Group,
    name="brief",
    help="Investment briefs in which every number can be defended.",
    epilog=EPILOG,
    no_args_is_help=True,
    # Plain help: drawing it with Rich takes longer than all else that `brief --help` does.
    rich_markup_mode=None,
    context_settings={"max_content_width": 120},
    pretty_exceptions_enable=False,
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
