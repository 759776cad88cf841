"""Office: a real mail server on this machine, with STARTTLS and a password, that misbehaves when told to."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections import defaultdict
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from pathlib import Path
from typing import Self, cast

import trustme
from aiosmtpd import smtp
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "desk", "canary-pa55word"
LOST = "lost"


class Office:
    """Keeps what it accepted. Answers come from `says`: a phase, or a phase and an address, to a list of answers."""

    def __init__(self, folder: Path, *, size: int = 10_000_000, utf8: bool = True, slow: float = 0.0) -> None:
        self.accepted: list[tuple[str, list[str], bytes]] = []
        self.options: list[tuple[str, list[str]]] = []
        self.connections = 0
        self.says: dict[str, list[str]] = defaultdict(list)
        self.slow = slow
        self.ca = trustme.CA()
        self.ca_file = folder / "ca.pem"
        self.ca.cert_pem.write_to_path(str(self.ca_file))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.ca.issue_cert("127.0.0.1").configure_cert(context)
        self.port = free_port()
        self._controller = Controller(
            self, hostname="127.0.0.1", port=self.port, tls_context=context, require_starttls=True, auth_required=True,
            authenticator=self._authenticate, data_size_limit=size, enable_SMTPUTF8=utf8,
        )  # fmt: skip

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    @property
    def messages(self) -> list[EmailMessage]:
        """What was accepted, parsed as strictly as Python can."""
        parser = BytesParser(policy=SMTP.clone(raise_on_defect=True))
        return [parser.parsebytes(raw) for _, _, raw in self.accepted]

    @property
    def recipients(self) -> list[str]:
        """To whom, in order."""
        return [recipient for _, recipients, _ in self.accepted for recipient in recipients]

    @property
    def settings(self) -> str:
        """The table [mail] of a project that sends through it."""
        return (
            f'[mail]\nhost = "127.0.0.1"\nport = {self.port}\nuser = "{USER}"\nca_file = "{self.ca_file}"\n'
            'sender = "briefs@desk.example"\nsender_name = "The Desk"\nbounces = "bounces@desk.example"\n'
            'unsubscribe_mail = "leave@desk.example"\nlink = "https://desk.example/{period}/{file}"\n'
        )

    def _authenticate(self, _: smtp.SMTP, __: Session, ___: Envelope, ____: str, login: object) -> AuthResult:
        right = isinstance(login, LoginPassword) and (login.login, login.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False)

    def _answer(self, server: smtp.SMTP, *phases: str) -> str:
        for phase in phases:
            if self.says[phase]:
                said = self.says[phase].pop(0)
                if said == LOST:
                    cut(server)
                return said
        return ""

    async def handle_EHLO(  # noqa: N802 -- the name is theirs
        self, server: smtp.SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Greet, once for every connection and once more after STARTTLS."""
        del server, envelope
        session.host_name = hostname
        self.connections += session.ssl is None
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: smtp.SMTP, _: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a sender."""
        answer = self._answer(server, "mail")
        if answer:
            return answer
        envelope.mail_from, envelope.mail_options = address, options
        self.options.append((address, options))
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: smtp.SMTP, _: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient."""
        answer = self._answer(server, f"rcpt {address}", "rcpt")
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: smtp.SMTP, _: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a message, or lose the connection before ("lost before") or after ("lost") it is kept."""
        await asyncio.sleep(self.slow)
        to = str(envelope.rcpt_tos[0])
        said = self.says[f"data {to}"] or self.says["data"]
        answer = said.pop(0) if said else ""
        if answer in ("", LOST):
            content = cast("bytes", envelope.content)
            self.accepted.append((str(envelope.mail_from), [str(each) for each in envelope.rcpt_tos], content))
        if answer.startswith(LOST):
            cut(server)
        return answer or f"250 OK queued as {len(self.accepted)}"

    async def handle_exception(self, error: Exception) -> str:
        """Say nothing of a connection that was cut on purpose."""
        return f"500 {type(error).__name__}"


def cut(server: smtp.SMTP) -> None:
    """End a connection without a word."""
    if isinstance(server.transport, asyncio.Transport):
        server.transport.abort()


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
