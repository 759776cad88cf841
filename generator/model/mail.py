"""Mail: how a project sends its mail, as its settings say. Passwords are not among them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Security = Literal["starttls", "tls", "none"]
MB = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where mail is handed in. `patience` is how long it may take to answer, `last_patience` to the last dot."""

    host: str
    port: int = 587
    security: Security = "starttls"
    user: str = ""
    ca_file: str = ""
    hello: str = ""
    patience: float = 60.0
    last_patience: float = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """A mailbox that is read over IMAP."""

    host: str
    port: int = 993
    security: Security = "tls"
    user: str = ""
    ca_file: str = ""
    folder: str = "INBOX"
    patience: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """What every message says of who sent it. Empty: not said.

    `bounces` is the address that what cannot be delivered comes back to. `attach` is the size in bytes above which
    files are linked; `link` is where they stand: "https://briefs.desk.example/{period}/{file}".
    """

    address: str
    name: str = ""
    reply_to: str = ""
    bounces: str = ""
    unsubscribe_mail: str = ""
    unsubscribe_page: str = ""
    link: str = ""
    attach: int = 7 * MB
    dkim_domain: str = ""
    dkim_selector: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """All of it. Without `audit`, what nobody knows the end of is parked.

    `rate` is messages a minute, or 0 for no limit. `grace` is how many seconds a message may take to reach the audit
    mailbox; it is longer than a server may take to answer, so that none is sent again while it is still on its way.
    """

    server: Server
    sender: Sender
    audit: Mailbox | None = None
    audit_address: str = ""
    grace: float = 900.0
    bounces: Mailbox | None = None
    rate: float = 0.0
    give_up: float = 24 * 3600.0
    backoff: tuple[float, ...] = field(default=(60.0, 300.0, 900.0, 3600.0))
