"""What an answer can be besides data: not there, or a failure. The two are never mistaken for each other."""

from __future__ import annotations

import json
from typing import Any


class NotThereError(Exception):
    """The provider says, in its own wording, that it has none: an unknown symbol, or data that do not apply to it."""


class AskFailedError(Exception):
    """The provider did not answer, or not with data. `tries` is how often such an answer is asked for again.

    Why not an OSError: yfinance goes on without its crumb after one of those.
    """

    tries = 3

    def __init__(self, why: str, *, wait: float = 0.0) -> None:
        """`why` completes "Yahoo Finance ..."; `wait` is how long the provider asked to be left alone, in seconds."""
        self.why = why
        self.wait = wait
        super().__init__(why)


class ThrottledError(AskFailedError):
    """Too many requests (429)."""

    tries = 6


class UnauthorisedError(AskFailedError):
    """The cookie or the crumb was not accepted (401); both are fetched anew before the next try."""

    tries = 4


class BrokenError(AskFailedError):
    """The server failed (5xx), or answered a known address with a page of its own."""


class UnreachableError(AskFailedError):
    """No connection, a cut connection, or no answer in time."""


class GarbledError(AskFailedError):
    """Something came that is not the data asked for: a web page, half a body, an answer without its canary."""


class RefusedError(AskFailedError):
    """The provider will not answer this request however often it is asked (400, 403, 422)."""

    tries = 1


class OutOfTimeError(AskFailedError):
    """The time for one collection is used up."""

    tries = 1


def json_object(text: str) -> dict[str, Any]:
    """Return the JSON object of a body; NaN and infinities in it become null.

    Raises:
        GarbledError: it is a web page, half a body, or no object.
    """
    if text.lstrip().startswith("<"):
        raise GarbledError("answered with a web page instead of data")
    try:
        body = json.loads(text, parse_constant=lambda _: None)
    except ValueError as error:
        raise GarbledError("answered with broken or half a body") from error
    if not isinstance(body, dict):
        raise GarbledError("answered with something other than data")
    return body


def unreachable(error: Exception, *, timed_out: bool, answer: float, left: float) -> AskFailedError:
    """Return what a failed connection means, with `answer` seconds allowed for one answer and `left` for all."""
    if left <= 0:
        return OutOfTimeError("used up the time for this collection")
    if timed_out:
        return UnreachableError(f"did not answer within {answer:g} seconds")
    return UnreachableError(f"could not be reached, or cut the connection ({type(error).__name__})")
