"""The door to the SEC: who asks is declared, the pace is kept, and a failing answer becomes an exception."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from generator.model.answer import Answer, Record, forget
from generator.model.pacing import Shared
from generator.sources.outcome import (
    BrokenError,
    NotThereError,
    RefusedError,
    ThrottledError,
    json_object,
    unreachable,
)
from generator.sources.pace import Bucket, Deadline, InFile, Pace, Patience
from generator.sources.persistence import Persistence

if TYPE_CHECKING:
    import httpx

Json = Mapping[str, Any]
T = TypeVar("T")

POLITE = Pace(rate=5.0, burst=5)
"""The SEC allows ten requests in any second; a burst and what drops into the bucket meanwhile make ten."""

TOO_FAST = ("Request Rate Threshold", "too many requests")


class Door:
    """Asks the SEC, again where that helps, and never longer than the patience lasts."""

    def __init__(
        self,
        folder: Path,
        *,
        contact: str,
        pace: Pace,
        patience: Patience,
        record: Record = forget,
        shared: Shared | None = None,
    ) -> None:
        """`contact` is the User-Agent: who asks, with an address.

        `folder` keeps the bucket of this machine's processes, if it is not `shared`.
        """
        self._contact = contact
        self._patience = patience
        self._record = record
        self._deadline = Deadline()
        self._bucket = Bucket(shared or InFile(folder / "edgar.sqlite3"), pace)
        self._persistence = Persistence(bucket=self._bucket, patience=patience, deadline=self._deadline)
        self._client: ContextVar[httpx.Client] = ContextVar("client")

    @contextmanager
    def collection(self) -> Iterator[None]:
        """Limit the time of what is asked inside, over connections that are closed after it."""
        import httpx

        headers = {"User-Agent": self._contact, "Accept-Encoding": "gzip, deflate"}
        with (
            self._deadline.within(self._patience.collection),
            httpx.Client(headers=headers, follow_redirects=True) as client,
        ):
            token = self._client.set(client)
            try:
                yield
            finally:
                self._client.reset(token)

    def ask(self, url: str, read: Callable[[Json], T]) -> T:
        """Return what `read` makes of the answer; a failure is asked about again, politely.

        Raises:
            NotThereError: the SEC says that it has none.
            AskFailedError: it failed to the end.
        """
        return self._persistence.until_answered(lambda: read(self._answer(url)))

    def _answer(self, url: str) -> Json:
        import httpx

        self._bucket.take(within=self._deadline.left)
        limit = min(self._patience.answer, max(self._deadline.left, 0.01))
        try:
            response = self._client.get().get(url, timeout=limit)
        except httpx.HTTPError as error:
            timed_out = isinstance(error, httpx.TimeoutException)
            left = self._deadline.left
            raise unreachable(error, timed_out=timed_out, answer=self._patience.answer, left=left) from error
        now = datetime.now(tz=UTC)
        self._record(
            Answer(
                provider="edgar",
                method="GET",
                url=url,
                status=response.status_code,
                body=response.content,
                retrieved_at=now,
            )
        )
        refuse(response.status_code, response.text, wait=response.headers.get("retry-after"))
        return json_object(response.text)


def refuse(status: int, text: str, *, wait: str | None = None) -> None:
    """Raise what a failing status means.

    Raises:
        NotThereError: 404 in the wording of the SEC's store of files.
        AskFailedError: every other status from 400 on.
    """
    if status < 400:
        return
    if status == 404 and "<Code>NoSuchKey</Code>" in text:
        raise NotThereError("no such file")
    seconds = float(wait) if wait and wait.isdigit() else 0.0
    if status == 429 or (status == 403 and any(words in text for words in TOO_FAST)):
        raise ThrottledError(f"answered {status} (too many requests)", wait=seconds)
    if status == 403:
        raise RefusedError("answered 403 (refused; it wants to know who asks, and blocks those who ask too fast)")
    if status in (400, 401):
        raise RefusedError(f"answered {status} (refused)")
    raise BrokenError(f"answered {status}")
