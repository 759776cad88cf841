"""The board: where each of many briefs stands, as a live table on a terminal, as plain lines in a pipe."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

# Of a long list a terminal shows what moves; the end shows all.
SHOWN = 20
QUEUED = "queued"
COLOURS = {
    "made": "green",
    "made with gaps": "yellow",
    "unchanged": "green",
    "sent": "green",
    "approved": "green",
    "waiting for approval": "yellow",
    "blocked": "red",
    "failed": "red",
}


class Board:
    """What each name is doing, since when, and what was said about it."""

    def __init__(self, names: Sequence[str]) -> None:
        self._states = dict.fromkeys(names, QUEUED)
        self._words = dict.fromkeys(names, "")
        self._since: dict[str, float] = {}
        self._took: dict[str, float] = {}

    def tell(self, name: str, state: str, words: str = "", *, ended: bool = False) -> None:
        """Note that a name has come to a state; `ended` says that nothing more is expected of it."""
        if state == "building":
            self._since[name] = time.monotonic()
        self._states[name], self._words[name] = state, words
        if ended and name not in self._took:
            self._took[name] = time.monotonic() - self._since.get(name, time.monotonic())

    def note(self, words: str) -> None:
        """Say something that belongs to no single brief."""
        typer.echo(words, err=True)

    def __rich__(self) -> RenderableType:
        from rich.box import SIMPLE_HEAD
        from rich.table import Table

        counts = Counter(self._states.values())
        caption = ", ".join(f"{number} {state}" for state, number in counts.items())
        table = Table(box=SIMPLE_HEAD, pad_edge=False, caption=caption, caption_justify="left")
        for head in ("company", "state", "seconds", ""):
            table.add_column(head, justify="right" if head == "seconds" else "left")
        for name in self._shown():
            table.add_row(name, _coloured(self._states[name]), self._seconds(name), self._words[name].split("\n")[0])
        return table

    def _shown(self) -> list[str]:
        """Return what moves, then what ended last, then what waits."""
        moving = [name for name, state in self._states.items() if name not in self._took and state != QUEUED]
        over = list(self._took)[::-1]
        queued = [name for name, state in self._states.items() if state == QUEUED]
        return [*moving, *over, *queued][:SHOWN]

    def _seconds(self, name: str) -> str:
        if self._states[name] == QUEUED:
            return ""
        return f"{self._took.get(name, time.monotonic() - self._since.get(name, time.monotonic())):.1f}"


class Lines(Board):
    """The board where nobody can watch it change: a line for each news."""

    def tell(self, name: str, state: str, words: str = "", *, ended: bool = False) -> None:
        """Write the news on standard error."""
        super().tell(name, state, words, ended=ended)
        typer.echo(f"{name}: {state}" + (f" ({words.splitlines()[0]})" if words else ""), err=True)


@contextmanager
def board(names: Sequence[str]) -> Iterator[Board]:
    """Give the board of some names, shown as long as the work lasts."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield Lines(names)
        return
    with _live(console, shown := Board(names)):
        yield shown


@contextmanager
def _live(console: Console, shown: Board) -> Iterator[None]:
    from rich.live import Live

    with Live(shown, console=console, refresh_per_second=4, transient=True):
        yield


def _coloured(state: str) -> str:
    colour = COLOURS.get(state)
    return f"[{colour}]{state}[/{colour}]" if colour else state
