"""IMAP: a mailbox that is read, as the audit of what was accepted and as the place bounces come back to."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.errors import BriefError
from generator.model.mail import Mailbox

if TYPE_CHECKING:
    from pydantic import SecretStr

GONE = (OSError, imaplib.IMAP4.error, EOFError)
MESSAGE_ID = re.compile(r"<[A-Za-z0-9.@_-]+>")
LARGEST = 1_000_000


class MailboxError(BriefError):
    """A mailbox that cannot be read now; what depends on it waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads one mailbox."""

    mailbox: Mailbox
    password: SecretStr | None = field(default=None, repr=False)

    @contextmanager
    def _opened(self, *, readonly: bool) -> Iterator[imaplib.IMAP4]:
        box = self.mailbox
        try:
            imap = self._connected()
        except GONE as error:
            raise MailboxError(self._sentence("cannot be reached", error)) from None
        try:
            imap.login(box.user, self.password.get_secret_value() if self.password else "")
            state, _ = imap.select(f'"{box.folder}"', readonly=readonly)
            if state != "OK":
                raise MailboxError(self._sentence(f"has no folder {box.folder}"))
            yield imap
        except GONE as error:
            raise MailboxError(self._sentence("did not answer as a mailbox", error)) from None
        finally:
            with suppress(*GONE):
                imap.logout()

    def _connected(self) -> imaplib.IMAP4:
        box = self.mailbox
        context = ssl.create_default_context(cafile=box.ca_file or None)
        if box.security == "tls":
            return imaplib.IMAP4_SSL(box.host, box.port, ssl_context=context, timeout=box.patience)
        imap = imaplib.IMAP4(box.host, box.port, timeout=box.patience)
        if box.security == "starttls":
            imap.starttls(context)
        return imap

    def _sentence(self, what: str, error: Exception | None = None) -> str:
        box, why = self.mailbox, f" ({_words(error)})" if error else ""
        return f"mailbox {box.user} at {box.host}:{box.port}: {what}{why}"

    def arrived(self, message_ids: list[str]) -> set[str]:
        """Return which of these messages are in the mailbox.

        Raises:
            MailboxError: the mailbox cannot be asked.
        """
        with self._opened(readonly=True) as imap:
            return {each for each in message_ids if MESSAGE_ID.fullmatch(each) and self._holds(imap, each)}

    def _holds(self, imap: imaplib.IMAP4, message_id: str) -> bool:
        state, found = imap.search(None, "HEADER", "Message-ID", f'"{message_id}"')
        if state != "OK":
            raise MailboxError(self._sentence("cannot be searched"))
        return bool(found and found[0] and found[0].split())

    def messages(self) -> Iterator[bytes]:
        """Give what lies unread in the mailbox, each marked as read once the next is asked for; huge ones cut off.

        Raises:
            MailboxError: the mailbox cannot be read.
        """
        with self._opened(readonly=False) as imap:
            _, found = imap.search(None, "UNSEEN")
            for number in found[0].split() if found and found[0] else []:
                _, parts = imap.fetch(number.decode(), f"(BODY.PEEK[]<0.{LARGEST}>)")
                raw = next((part[1] for part in parts if isinstance(part, tuple)), b"")
                yield raw
                imap.store(number.decode(), "+FLAGS", "\\Seen")


def _words(error: Exception) -> str:
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return "".join(letter if letter.isprintable() else " " for letter in text)[:200]
