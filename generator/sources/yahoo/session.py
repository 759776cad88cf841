"""The session yfinance asks through: every request waits for its turn, and a failing status becomes an exception."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from curl_cffi import requests
from curl_cffi.requests.exceptions import RequestException, Timeout
from yfinance.data import YfData

from generator.model.answer import Answer, Record, forget
from generator.sources.outcome import (
    BrokenError,
    GarbledError,
    NotThereError,
    RefusedError,
    ThrottledError,
    UnauthorisedError,
    unreachable,
)
from generator.sources.pace import Bucket, Deadline

COOKIE_HOSTS = ("fc.yahoo.com", "guce.yahoo.com", "consent.yahoo.com")
CRUMB_PATH = "/v1/test/getcrumb"
CRUMB = re.compile(r"[^\s<>{}\"]{4,40}")
REFUSALS = (400, 403, 422)


class PacedSession(requests.Session[requests.Response]):
    """A browser-like session that keeps the pace, the time limits and the difference between failures.

    Why exceptions here and not in yfinance: on any status from 400 on, yfinance asks up to five times more at once, and
    it keeps the text of a failed crumb as the crumb. Neither happens when the status never reaches it.
    """

    def __init__(self, bucket: Bucket, deadline: Deadline, *, answer: float, record: Record = forget) -> None:
        """`answer` is the longest time in seconds that one request may take; `record` is given what came."""
        super().__init__(impersonate="chrome")
        self._bucket = bucket
        self._deadline = deadline
        self._answer = answer
        self._record = record

    def request(self, method: Any, url: str, **options: Any) -> requests.Response:  # type: ignore[override] # noqa: ANN401 -- their signature has 40 parameters
        """Return the answer to one request.

        Raises:
            NotThereError: Yahoo says that it has no such thing.
            AskFailedError: it did not answer, or not as asked.
        """
        self._bucket.take(within=self._deadline.left)
        options["timeout"] = min(self._answer, max(self._deadline.left, 0.01))
        parts = urlsplit(url)
        try:
            response = super().request(method, url, **options)
        except RequestException as error:
            if parts.hostname in COOKIE_HOSTS:
                raise
            timed_out, left = isinstance(error, Timeout), self._deadline.left
            raise unreachable(error, timed_out=timed_out, answer=self._answer, left=left) from error
        self._kept(str(method), response)
        if parts.hostname not in COOKIE_HOSTS:
            _refuse(response)
            if parts.path == CRUMB_PATH and not CRUMB.fullmatch(response.text):
                raise GarbledError("answered with a web page instead of a crumb")
        return response

    def _kept(self, method: str, response: requests.Response) -> None:
        """Hand an answer with data on; cookies and crumbs are nobody's business."""
        parts = urlsplit(response.url)
        if parts.hostname in COOKIE_HOSTS or parts.path == CRUMB_PATH:
            return
        query = urlencode([(key, value) for key, value in parse_qsl(parts.query) if key != "crumb"])
        self._record(
            Answer(
                provider="yahoo",
                method=method,
                url=urlunsplit(parts._replace(query=query)),
                status=response.status_code,
                body=response.content,
                retrieved_at=datetime.now(tz=UTC),
            )
        )


class Data(YfData):
    """yfinance's data with its cookie kept in memory.

    Why: yfinance itself keeps it in a SQLite file alone, shared by all processes. Where that file cannot be written, it
    fetches a cookie before every single request; where it is locked, or its folder gone, nothing works at all.
    """

    def _get_cookie_basic(self, timeout: float = 30) -> bool:
        found = bool(super()._get_cookie_basic(timeout))
        if found and len(self._session.cookies):
            self._cookie = True
        return found

    def _load_cookie_curlCffi(self) -> bool:  # noqa: N802 -- their name
        return False

    def _save_cookie_curlCffi(self) -> bool:  # noqa: N802 -- their name
        return True


def data_of(session: PacedSession) -> YfData:
    """Return a `YfData` of a session's own.

    Why `type.__call__`: `YfData` is a singleton, and a second source would put its session under the first one's crumb.
    """
    return type.__call__(Data, session=session)


def _refuse(response: requests.Response) -> None:
    """Raise what a failing status means.

    Raises:
        NotThereError: 404 in Yahoo's own wording.
        AskFailedError: every other status from 400 on.
    """
    status = response.status_code
    if status < 400:
        return
    said = wording(response.text)
    if status == 404 and said:
        raise NotThereError(said)
    if status == 401:
        raise UnauthorisedError(f"answered 401 ({said or 'unauthorised'})")
    if status == 429:
        raise ThrottledError("answered 429 (too many requests)", wait=_seconds(response.headers.get("retry-after")))
    if status in REFUSALS:
        raise RefusedError(f"answered {status} ({said or 'refused'})")
    raise BrokenError(f"answered {status}")


def wording(text: str) -> str:
    """Return the description of an error body such as {"chart": {"error": {"description": ...}}}, or nothing."""
    try:
        body = json.loads(text)
    except ValueError:
        return ""
    parts = body.values() if isinstance(body, dict) else ()
    errors = (part.get("error") for part in parts if isinstance(part, dict))
    return next((str(error.get("description", "")) for error in errors if isinstance(error, dict)), "")


def _seconds(header: str | None) -> float:
    return float(header) if header and header.isdigit() else 0.0
