"""The boundary: errors become one sentence and an exit code; only a defect may show a traceback."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from enum import IntEnum
from functools import wraps
from typing import ParamSpec, TypeVar

import click
import typer

from generator.errors import BriefError, InputError, NoDataError

P = ParamSpec("P")
T = TypeVar("T")
SHOWN = 100
REPORT = "this is a defect of the program; `brief --debug COMMAND` shows where"


class Code(IntEnum):
    """What `brief` tells the shell."""

    DONE = 0
    BLOCKED = 1
    BAD_INPUT = 2
    NO_DATA = 3
    DEFECT = 70


# Of several briefs, the gravest code is told.
GRAVITY = (Code.DEFECT, Code.BAD_INPUT, Code.NO_DATA, Code.BLOCKED, Code.DONE)


def gravest(codes: list[Code]) -> Code:
    """Return the code that stands for several."""
    return min(codes, key=GRAVITY.index, default=Code.DONE)


def guarded(make: Callable[[], T]) -> T | tuple[Code, str]:
    """Return what `make` returns, or the code and the sentence of what went wrong.

    Why: this is the one place where any exception is caught; one brief's failure stops no other.
    """
    try:
        return make()
    except InputError as error:
        return Code.BAD_INPUT, _sentences(error)
    except NoDataError as error:
        return Code.NO_DATA, str(error)
    except BriefError as error:
        return Code.BAD_INPUT, str(error)
    except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
        raise
    except Exception as error:  # noqa: BLE001 -- see Why
        if debugging():
            traceback.print_exc()
        return Code.DEFECT, f"{type(error).__name__}: {error}; {REPORT}"


def told(command: Callable[P, None]) -> Callable[P, None]:
    """Return a command whose errors are told on standard error and by its exit code."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        failure = guarded(lambda: command(*args, **kwargs))
        if failure is not None:
            code, sentence = failure
            typer.echo(sentence, err=True)
            raise typer.Exit(code)

    return run


def debugging() -> bool:
    """Tell whether `--debug` was given."""
    context = click.get_current_context(silent=True)
    return bool(context and context.find_root().params.get("debug"))


def _sentences(error: InputError) -> str:
    lines = [str(problem) for problem in error.problems]
    more = len(lines) - SHOWN
    return "\n".join((*lines[:SHOWN], *([f"... and {more} more problems"] if more > 0 else [])))
