"""The screen: progress and tables on a terminal, plain lines in a pipe."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

FORMULA = re.compile(r"[=+\-@\t\r]")
WIDTH = 160


@contextmanager
def progress(ticker: str, *, shown: bool = True) -> Iterator[Callable[[str], None]]:
    """Give a function that shows a brief's stage: a spinner on a terminal, a line each in a pipe."""
    if not shown:
        yield lambda _: None
        return
    if not sys.stderr.isatty():
        yield lambda stage: typer.echo(f"{ticker}: {stage}", err=True)
        return
    from rich.console import Console

    with Console(stderr=True).status(ticker) as status:
        yield lambda stage: status.update(f"{ticker}: {stage}")


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table; in a pipe it is wide enough to keep a row in one line."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if Console().is_terminal else WIDTH, highlight=False)
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in head:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def print_json(data: Any) -> None:  # noqa: ANN401 -- whatever JSON can hold
    """Print JSON."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))


def to_csv(columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> str:
    """Return rows as CSV in which no text can act as a spreadsheet's formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([[_cell(row[column]) for column in columns] for row in rows])
    return out.getvalue()


def _cell(value: object) -> object:
    """Return a cell; an apostrophe before a text that a spreadsheet would run makes it show the text instead."""
    if isinstance(value, list):
        value = " | ".join(_source(each) if isinstance(each, dict) else str(each) for each in value)
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value


def _source(source: dict[str, str]) -> str:
    return ", ".join(source[key] for key in ("publisher", "title", "published_on", "url") if source.get(key))
