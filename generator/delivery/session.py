"""Session: one connection to a mail server, driven phase by phase so that it is known where it ended."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from generator.delivery.replies import LostError, RefusedError, Reply, StopError, UnknownError, reply_of
from generator.errors import BriefError
from generator.model.address import needs_smtputf8
from generator.model.mail import Server

if TYPE_CHECKING:
    from pydantic import SecretStr

    from generator.delivery.message import Message

DOT = b".\r\n"
STUFFED = re.compile(rb"^\.", re.MULTILINE)
GONE = (OSError, smtplib.SMTPServerDisconnected, EOFError)


class Session:
    """A connection that hands in one message after the other."""

    def __init__(self, server: Server, password: SecretStr | None, watch: Callable[[str], None]) -> None:
        """`watch` is told each step before it is taken."""
        self._server, self._password, self._watch = server, password, watch
        self._smtp: smtplib.SMTP | None = None

    @property
    def is_open(self) -> bool:
        """Whether there is a connection."""
        return self._smtp is not None

    def open(self) -> None:
        """Connect, encrypt and log in.

        Raises:
            StopError: the certificate, the password or what the server offers will not do.
            LostError: the server cannot be reached, or not now.
        """
        self._watch("connect")
        try:
            self._smtp = self._connected()
        except ssl.SSLError as error:
            raise StopError(self._sentence(f"no trusted encryption ({error.reason or error})")) from None
        except smtplib.SMTPConnectError as error:
            raise LostError(self._sentence(f"answered {error.smtp_code} to the connection")) from None
        except GONE as error:
            raise LostError(self._sentence(f"cannot be reached ({_why(error)})")) from None
        try:
            self._greet(self._smtp)
        except BriefError:
            self.close()
            raise

    def _connected(self) -> smtplib.SMTP:
        server = self._server
        # Both classes connect at once when they are given a host.
        hello = server.hello or "[127.0.0.1]"
        if server.security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, hello, timeout=server.patience, context=self._context()
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, hello, timeout=server.patience)
        if smtp.sock is not None:
            # The last dot is a small packet of its own; Nagle would hold it back for a delayed acknowledgement.
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return smtp

    def _context(self) -> ssl.SSLContext:
        try:
            return ssl.create_default_context(cafile=self._server.ca_file or None)
        except OSError as error:
            raise StopError(f"mail.ca_file: {self._server.ca_file} cannot be read ({error.strerror})") from None

    def _greet(self, smtp: smtplib.SMTP) -> None:
        try:
            self._watch("ehlo")
            smtp.ehlo_or_helo_if_needed()
            if self._server.security == "starttls":
                self._watch("starttls")
                smtp.starttls(context=self._context())
                smtp.ehlo_or_helo_if_needed()
            if self._server.user:
                self._watch("login")
                self._login(smtp)
        except ssl.SSLError as error:
            raise StopError(self._sentence(f"no trusted encryption ({error.reason or error})")) from None
        except smtplib.SMTPNotSupportedError as error:
            raise StopError(self._sentence(f"does not offer what is asked ({error})")) from None
        except smtplib.SMTPResponseException as error:
            raise self._refused_at_greeting(reply_of(error.smtp_code, _bytes(error.smtp_error))) from None
        except GONE as error:
            raise LostError(self._sentence(f"ended the connection ({_why(error)})")) from None

    def _login(self, smtp: smtplib.SMTP) -> None:
        if self._password is None:
            raise StopError(self._sentence(f"needs the password of {self._server.user}; set BRIEF_SMTP_PASSWORD"))
        smtp.login(self._server.user, self._password.get_secret_value())

    def _refused_at_greeting(self, reply: Reply) -> BriefError:
        if 400 <= reply.code < 500:
            return LostError(self._sentence(f"answered {reply}"))
        if reply.code in (534, 535):
            return StopError(self._sentence(f"refused the password of {self._server.user} ({reply}); nothing was sent"))
        return StopError(self._sentence(f"answered {reply}"))

    def _sentence(self, what: str) -> str:
        return f"mail server {self._server.host}:{self._server.port}: {what}"

    # --- One message ------------------------------------------------------------------------------------------------

    def offers(self, extension: str) -> bool:
        """Tell whether the server announced an extension."""
        return self._smtp is not None and self._smtp.has_extn(extension)

    @property
    def largest(self) -> int | None:
        """The size of the largest message that the server takes; None when it does not say."""
        size = self._smtp.esmtp_features.get("size", "") if self._smtp else ""
        return int(size) or None if size.isdecimal() else None

    def offer(self, message: Message, *, audit: str = "") -> None:
        """Send everything but the last dot; `audit` is a second recipient of the same transaction.

        Raises:
            RefusedError: the server does not want it; the connection stays.
            LostError: the connection ended.
            StopError: the server does not take the audit mailbox's address.
        """
        with self._phase("before the text"):
            self._watch("mail")
            self._ask("MAIL", f"FROM:<{message.sender}>{self._options(message)}")
            self._watch("rcpt")
            self._ask("RCPT", f"TO:<{message.recipient}>{self._notify(message.recipient)}")
            if audit:
                self._watch("rcpt audit")
                self._audit(audit)
            self._watch("data")
            self._ask("DATA", "")
        with self._phase("inside the text"):
            text = STUFFED.sub(b"..", message.raw)
            text = text if text.endswith(b"\r\n") else text + b"\r\n"
            self._watch("first half")
            self._connection.send(text[: len(text) // 2])
            self._watch("second half")
            self._connection.send(text[len(text) // 2 :])

    def finish(self) -> Reply:
        """Send the last dot and return the answer.

        Raises:
            UnknownError: the connection ended without one.
        """
        smtp = self._connection
        try:
            self._watch("dot")
            if smtp.sock is not None:
                smtp.sock.settimeout(self._server.last_patience)
            smtp.send(DOT)
            self._watch("answer")
            reply = reply_of(*smtp.getreply())
            if smtp.sock is not None:
                smtp.sock.settimeout(self._server.patience)
        except (*GONE, smtplib.SMTPResponseException) as error:
            self.close()
            raise UnknownError(self._sentence(f"ended the connection after the last dot ({_why(error)})")) from None
        if reply.code == 421:
            self.close()
        return reply

    def reset(self) -> None:
        """Forget the message in hand; a connection on which that cannot be said is closed."""
        if self._smtp is None:
            return
        try:
            code, _ = self._smtp.rset()
        except GONE:
            code = 0
        if code != 250:
            self.close()

    def close(self) -> None:
        """Say goodbye, or hang up."""
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        with suppress(*GONE, smtplib.SMTPException):
            if smtp.sock is not None:
                smtp.sock.settimeout(2)
            smtp.quit()
        smtp.close()

    @property
    def _connection(self) -> smtplib.SMTP:
        if self._smtp is None:
            raise LostError(self._sentence("there is no connection"))
        return self._smtp

    @contextmanager
    def _phase(self, name: str) -> Iterator[None]:
        try:
            yield
        except GONE as error:
            self.close()
            raise LostError(self._sentence(f"ended the connection {name} ({_why(error)})")) from None

    def _ask(self, verb: str, words: str) -> None:
        smtp = self._connection
        smtp.command_encoding = "utf-8"
        reply = reply_of(*smtp.docmd(verb, words))
        if reply.done:
            return
        if reply.code == 421:
            self.close()
        raise RefusedError(verb, reply)

    def _audit(self, audit: str) -> None:
        try:
            self._ask("RCPT", f"TO:<{audit}>{' NOTIFY=NEVER' if self.offers('dsn') else ''}")
        except RefusedError as error:
            if error.reply.code < 500:
                raise
            sentence = f"does not take the audit mailbox {audit} ({error.reply}); nothing was sent; mend mail.audit"
            raise StopError(self._sentence(sentence)) from None

    def _options(self, message: Message) -> str:
        """Return what MAIL says besides the sender, as far as the server announced it."""
        said = [f"SIZE={len(message.raw)}"] if self.offers("size") else []
        said += ["RET=HDRS", f"ENVID={message.token}"] if self.offers("dsn") else []
        said += ["BODY=8BITMIME", "SMTPUTF8"] if message.utf8 else []
        return "".join(f" {word}" for word in said)

    def _notify(self, recipient: str) -> str:
        if not self.offers("dsn") or needs_smtputf8(recipient):
            return ""
        # "xtext" of RFC 3461: of what an address may hold, + and = alone are written as their hex codes.
        return f" NOTIFY=FAILURE,DELAY ORCPT=rfc822;{recipient.replace('+', '+2B').replace('=', '+3D')}"


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return "it did not answer in time"
    return (error.strerror if isinstance(error, OSError) and error.strerror else str(error)) or type(error).__name__


def _bytes(words: bytes | str) -> bytes:
    return words if isinstance(words, bytes) else words.encode("utf-8", "replace")
