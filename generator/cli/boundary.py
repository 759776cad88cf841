"""The boundary: errors become one sentence and an exit code; only a defect may show a traceback."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from enum import IntEnum
from functools import wraps
from typing import ParamSpec, TypeVar

import typer

from generator.errors import BriefError, BusyError, InputError, NoDataError, SourceFailedError, StaleError, StoreError

P = ParamSpec("P")
T = TypeVar("T")
SHOWN = 100
# Whether `--debug` was given, for the one run of the program it was given to.
DEBUG: ContextVar[bool] = ContextVar("debug", default=False)
SHORT = "it needed more memory than it may have; look for what makes it so large (a template, a picture, a long text)"
ADVICE = "this is a defect of the program; `brief --debug COMMAND` shows where"


class Code(IntEnum):
    """What `brief` tells the shell."""

    DONE = 0
    BLOCKED = 1
    BAD_INPUT = 2
    NO_DATA = 3
    REFUSED = 4
    LIMIT = 5
    PARKED = 6
    UNAVAILABLE = 69
    DEFECT = 70
    BUSY = 75


# Of several briefs, the gravest code is told.
GRAVITY = (
    Code.DEFECT, Code.LIMIT, Code.BAD_INPUT, Code.UNAVAILABLE, Code.NO_DATA, Code.PARKED, Code.REFUSED, Code.BLOCKED,
    Code.BUSY, Code.DONE,
)  # fmt: skip


def gravest(codes: list[Code]) -> Code:
    """Return the code that stands for several."""
    return min(codes, key=GRAVITY.index, default=Code.DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What went wrong, as an exit code and a sentence."""

    code: Code
    sentence: str


def guarded(make: Callable[[], T]) -> T | Failure:
    """Return what `make` returns, or what went wrong.

    Why: this is the one place where any exception is caught; one brief's failure stops no other.
    """
    try:
        return make()
    except BriefError as error:
        return Failure(code=code_of(error), sentence=_sentences(error))
    except MemoryError:
        return Failure(code=Code.LIMIT, sentence=SHORT)
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 -- see Why
        if DEBUG.get():
            traceback.print_exc()
        return Failure(code=Code.DEFECT, sentence=f"{type(error).__name__}: {error}; {ADVICE}")


def code_of(error: BriefError) -> Code:
    """Return the exit code of an error that a user can mend."""
    if isinstance(error, NoDataError | StaleError):
        return Code.NO_DATA
    if isinstance(error, BusyError):
        return Code.BUSY
    return Code.UNAVAILABLE if isinstance(error, SourceFailedError | StoreError) else Code.BAD_INPUT


def told(command: Callable[P, Code | None]) -> Callable[P, None]:
    """Return a command whose errors are told on standard error, and whose code is told to the shell."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        outcome = guarded(lambda: command(*args, **kwargs))
        if isinstance(outcome, Failure):
            typer.echo(outcome.sentence, err=True)
            raise typer.Exit(outcome.code)
        raise typer.Exit(outcome or Code.DONE)

    return run


def _sentences(error: BriefError) -> str:
    if not isinstance(error, InputError):
        return str(error)
    lines = [str(problem) for problem in error.problems]
    more = len(lines) - SHOWN
    return "\n".join((*lines[:SHOWN], *([f"... and {more} more problems"] if more > 0 else [])))
