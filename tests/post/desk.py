"""Desk: a store, its ledger and a clock of its own, sending what the tests plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Connection

from generator.delivery import Clock, Post, Signer, Summary, Writer, send_all
from generator.delivery.imap import Reader
from generator.delivery.session import Session
from generator.delivery.tokens import envelope_token, message_id
from generator.model.delivery import Dispatch, File, Parcel, Planned
from generator.model.letter import Letter, Picture
from generator.model.mail import Mail, Sender, Server
from generator.store import Store, open_store
from generator.store.deliveries import Deliveries
from generator.store.delivery_desk import deliveries
from generator.store.parcels import keep_parcel
from post.office import PASSWORD, USER, Office

NOON = datetime(2025, 10, 3, 12, tzinfo=UTC)
KEY = b"k" * 32
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)  # fmt: skip
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF\n"
SENDER = Sender(address="briefs@desk.example", name="The Desk", bounces="bounces@desk.example")


def parcel(subject: str = "BABA", *, title: str = "", pdf: bytes = PDF, link: str = "", revision: int = 1) -> Parcel:
    """Return a parcel with a letter, its chart and one file."""
    letter = Letter(
        subject=title or f"{subject}: cloud revenue up 26%",
        preheader="The quarter in one line.",
        html='<html><body><p>Up 26%</p><img src="cid:price@brief" alt="Price"></body></html>',
        text="Up 26%\n.\n.hidden\n",
        pictures=(Picture(cid="price@brief", png=PNG, alt="Price", width=1, height=1),),
    )
    files = (File(name=f"{subject.lower()}.pdf", data=pdf, link=link),)
    return Parcel(subject=subject, period="2025-W40", revision=revision, letter=letter, files=files)


def planned(key: str, address: str, **changes: Any) -> Planned:  # noqa: ANN401 -- any field
    """Return a recipient as the ledger is told of it."""
    identity = message_id(parcel=key, recipient=address, domain="desk.example")
    token = envelope_token(KEY, parcel=key, recipient=address)
    whole = Planned(channel="email", address=address, name="", form="attached", message_id=identity, token=token)
    return replace(whole, **changes)


def dispatch(content: Parcel, address: str = "ada@reader.example", **changes: Any) -> Dispatch:  # noqa: ANN401
    """Return a row of the ledger as the writer of messages sees it."""
    entry = planned(content.key, address)
    whole = Dispatch(
        id=1, parcel=content.key, subject=content.subject, period=content.period, revision=content.revision,
        channel="email", address=address, name="", form="attached", state="planned", message_id=entry.message_id,
        token=entry.token, dated=NOON, planned_at=NOON,
    )  # fmt: skip
    return replace(whole, **changes)


@dataclass(slots=True, kw_only=True)
class Desk:
    """Sends from a store through an office. Time passes only when somebody waits, or `later` is called."""

    store: Store
    server: Server
    password: str = PASSWORD
    sender: Sender = SENDER
    signer: Signer | None = None
    audit: Reader | None = None
    audit_address: str = ""
    rate: float = 0.0
    grace: float = 0.0
    now: datetime = NOON
    waited: float = 0.0
    steps: list[str] = field(default_factory=list)
    gate: str = ""

    @classmethod
    def at(cls, office: Office, folder: Path, **changes: Any) -> Desk:  # noqa: ANN401
        """Return a desk with an empty store that trusts the office."""
        store = open_store(str(folder / "store.sqlite3"), str(folder / "objects"))
        server = Server(
            host="127.0.0.1", port=office.port, user=USER, ca_file=str(office.ca_file), patience=5, last_patience=5
        )
        return cls(store=store, server=replace(server, **changes))

    @property
    def ledger(self) -> Deliveries:
        """The ledger of the store."""
        return Deliveries(store=self.store, gate=self._gate)

    def _gate(self, _: Connection, __: Dispatch) -> str:
        return self.gate

    def plan(self, content: Parcel, *recipients: str | Planned) -> Parcel:
        """Enter a parcel and its recipients."""
        number = keep_parcel(self.store, content, self.now)
        entries = [each if isinstance(each, Planned) else planned(content.key, each) for each in recipients]
        self.ledger.plan(number, entries, self.now)
        return content

    def send(self, ledger: Any = None) -> Summary:  # noqa: ANN401 -- a ledger with a fault, perhaps
        """Send what is due."""
        mail = Mail(
            server=self.server, sender=self.sender, rate=self.rate, grace=self.grace, audit_address=self.audit_address
        )
        post = Post(
            mail=mail,
            writer=Writer(sender=self.sender, key=KEY, signer=self.signer),
            connect=lambda: Session(self.server, SecretStr(self.password), self.steps.append),
            audit=self.audit,
        )
        clock = Clock(now=lambda: self.now, wait=self.later)
        return send_all(ledger or self.ledger, post=post, others={}, clock=clock, watch=self.steps.append)

    def later(self, seconds: float) -> None:
        """Let time pass."""
        self.waited += seconds
        self.now += timedelta(seconds=seconds)

    def rows(self) -> Sequence[Dispatch]:
        """Return the whole ledger."""
        return deliveries(self.store)

    def states(self) -> dict[str, str]:
        """Return the state of every recipient."""
        return {each.address: each.state for each in self.rows()}
