"""The door to Yahoo: yfinance's session, cookie and crumb; out comes JSON that has been looked at, or an exception."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from math import inf
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from generator.model.answer import Record, forget
from generator.model.pacing import Shared
from generator.sources.outcome import (
    AskFailedError,
    BrokenError,
    GarbledError,
    NotThereError,
    OutOfTimeError,
    UnauthorisedError,
    json_object,
)
from generator.sources.pace import Bucket, Deadline, InFile, Pace, Patience
from generator.sources.persistence import Persistence

Json = Mapping[str, Any]
T = TypeVar("T")

STUMBLES = (LookupError, TypeError, AttributeError, ValueError, OSError)
"""What yfinance raises where a consent page is not as it expects."""


class Door:
    """Asks Yahoo at its pace, again where that helps, and never longer than the patience lasts.

    Why yfinance's `YfData` and not its `Ticker`: a `Ticker` needs 17 requests where 5 do, drops the currency of
    statements, lets one module of an answer overwrite another, dates by the machine's time zone, and returns an empty
    table for most failures. What changes from month to month (cookie, crumb, consent, browser likeness) is yfinance's.
    """

    def __init__(
        self, folder: Path, *, pace: Pace, patience: Patience, record: Record = forget, shared: Shared | None = None
    ) -> None:
        """`folder` keeps the bucket of this machine's processes, if it is not `shared` with others.

        `record` is given every answer as it came.
        """
        self._patience = patience
        self._bucket = Bucket(shared or InFile(folder / "pace.sqlite3"), pace)
        self._deadline = Deadline()
        self._record = record
        self._persistence = Persistence(
            bucket=self._bucket, patience=patience, deadline=self._deadline, prepare=self._renew
        )
        self._lock = Lock()
        self._made: Any = None

    def collection(self) -> AbstractContextManager[None]:
        """Limit the time of what is asked inside."""
        return self._deadline.within(self._patience.collection)

    def ask(
        self, url: str, params: Mapping[str, str | int], read: Callable[[Json], T], *, body: Json | None = None
    ) -> T:
        """Return what `read` makes of the answer to a GET, or a POST with a body; failures are asked about again.

        Raises:
            NotThereError: Yahoo says that it has none.
            AskFailedError: it failed to the end.
        """
        return self._persistence.until_answered(lambda: read(self._answer(url, params, body)))

    def _answer(self, url: str, params: Mapping[str, str | int], body: Json | None) -> Json:
        """Return an answer; threads ask one after the other.

        Why: all share one cookie and crumb, and one that renews them would spoil the requests of the others. At the
        pace that is kept, nothing is lost by it.
        """
        left = self._deadline.left
        if not self._lock.acquire(timeout=-1 if left == inf else max(left, 0.0)):
            raise OutOfTimeError("was not asked: other companies used up the time for this collection")
        try:
            asked: dict[str, Any] = {"params": dict(params), "timeout": self._patience.answer}
            data = self._data
            answer = data.get(url, **asked) if body is None else data.post(url, body=dict(body), **asked)
            return parsed(answer.text)
        except STUMBLES as error:
            raise GarbledError(f"answered with a page that cannot be read ({type(error).__name__})") from error
        finally:
            self._lock.release()

    def _renew(self, error: AskFailedError, attempt: int) -> None:
        """Fetch a new cookie and crumb after a 401."""
        if isinstance(error, UnauthorisedError):
            self._forget(other_way=attempt > 1)

    @property
    def _data(self) -> Any:  # noqa: ANN401 -- yfinance publishes no types
        if self._made is None:
            self._made = self._session()
        return self._made

    def _session(self) -> Any:  # noqa: ANN401
        """Return yfinance's data with a session of our own under it."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import yfinance

            from generator.sources.yahoo.session import PacedSession, data_of

        logging.getLogger("yfinance").addHandler(logging.NullHandler())
        yfinance.config.debug.hide_exceptions = False
        return data_of(PacedSession(self._bucket, self._deadline, answer=self._patience.answer, record=self._record))

    def _forget(self, *, other_way: bool) -> None:
        """Drop cookie and crumb; `other_way` fetches the next ones through the consent page."""
        with self._lock:
            data = self._data
            if other_way:
                data._set_cookie_strategy("csrf" if data._cookie_strategy == "basic" else "basic")  # noqa: SLF001
            data._crumb = data._cookie = None  # noqa: SLF001 -- yfinance keeps a refused crumb for the whole process
            data._session.cookies.clear()  # noqa: SLF001


def parsed(text: str) -> Json:
    """Return the JSON object of a body; NaN and infinities in it become null.

    Raises:
        GarbledError: it is a web page, half a body, or no object.
    """
    body = json_object(text)
    for part in body.values():
        if isinstance(part, dict) and isinstance(part.get("error"), dict):
            raise _meaning(str(part["error"].get("code", "")), str(part["error"].get("description", "")))
    return body


def _meaning(code: str, said: str) -> Exception:
    """Return the exception for an error that came with a status of success."""
    if code == "Not Found":
        return NotThereError(said)
    return UnauthorisedError(f"answered {said}") if code == "Unauthorized" else BrokenError(f"answered {said or code}")
