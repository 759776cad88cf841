"""Job: what a killed run does: opens the store, records and approves issues, plans, and sends."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from post.desk import PNG
from pydantic import SecretStr
from rig import PASSWORD
from sqlalchemy import Engine, event

from generator.delivery import Clock, Post, Signer, Summary, Writer, send_all
from generator.delivery.imap import Reader
from generator.delivery.planning import planned_for
from generator.delivery.session import Session
from generator.model.delivery import File, Parcel, Recipient
from generator.model.issue import Making
from generator.model.letter import Letter, Picture
from generator.model.mail import Mail, Mailbox, Sender, Server
from generator.store import Store, open_store
from generator.store.deliveries import Deliveries
from generator.store.gate import approved
from generator.store.issues import approve_issue, record_issue
from generator.store.locks import only_one
from generator.store.parcels import keep_letter, keep_parcel
from generator.store.suspensions import token_key

PERIOD = "2025-W40"
DRAFT = "DRAFT"
SENDER = Sender(
    address="briefs@test.example", name="The Desk", bounces="bob@test.example", unsubscribe_mail="leave@test.example",
    unsubscribe_page="https://test.example/u/{token}",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How much is sent, where to, and where the ledger is."""

    url: str
    objects: str
    smtp: int
    imap: int
    ca_file: str
    audit: bool = True
    companies: int = 20
    readers: int = 10
    grace: float = 1.0
    size: int = 3000
    signer: Signer | None = None
    draft: bool = True

    @property
    def expected(self) -> int:
        """How many messages must arrive."""
        return self.companies * self.readers


@dataclass(slots=True)
class Trap:
    """Kills this process at the n-th time a named point is reached."""

    point: str = ""
    count: int = 0
    seen: Counter[str] = field(default_factory=Counter)

    def __call__(self, point: str) -> None:
        """Be told of a point."""
        self.seen[point] += 1
        if point == self.point and self.seen[point] >= self.count:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch_statements(self) -> None:
        """Be told of every statement and every end of a transaction as well."""

        @event.listens_for(Engine, "before_cursor_execute")
        def before(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            words = statement.lower().replace('"', "").split("(")[0].split()[:3]
            self("sql " + " ".join(words[:2] if words[:1] == ["create"] else words))

        @event.listens_for(Engine, "commit")
        def commit(_: object) -> None:
            self("sql commit")


def job(order: Order, watch: Callable[[str], None]) -> Summary:
    """Do all of it; every part may have been done before."""
    watch("open")
    with open_store(order.url, order.objects) as store, only_one(store, "send"):
        watch("locked")
        now = datetime.now(tz=UTC)
        key = token_key(store)
        ledger = Deliveries(store=store, gate=approved)
        for number in range(order.companies + order.draft):
            ticker = f"CO{number:02d}" if number < order.companies else DRAFT
            parcel = ready(store, ticker, order, now)
            watch("ready")
            kept = keep_parcel(store, parcel, now)
            watch("kept")
            readers = [
                Recipient(address=f"reader{each}@test.example", name="Réader 用") for each in range(order.readers)
            ]
            ledger.plan(kept, planned_for(parcel, readers, key=key, sender=SENDER), now)
            watch("planned")
        return send(order, ledger, key, watch)


def ready(store: Store, ticker: str, order: Order, now: datetime) -> Parcel:
    """Return the parcel of an issue that is recorded and, unless it is a draft, approved."""
    parcel = parcel_of(ticker, order.size)
    sha = store.objects.put(parcel.files[0].data)
    letter = keep_letter(store, parcel.letter)
    made = Making(
        ticker=ticker, period=PERIOD, as_of=date(2025, 10, 2), inputs="i" * 64, snapshot="s" * 64, pdf_sha=sha,
        ledger_sha=letter, letter_sha=letter, pages=1, blocks=0, warns=0, notes=0,
    )  # fmt: skip
    issue = record_issue(store, made, at=now, who="rig")
    if issue.state == "draft" and ticker != DRAFT:
        approve_issue(store, issue, pdf_sha=sha, who="rig", at=now)
    return parcel


def parcel_of(ticker: str, size: int) -> Parcel:
    """Return a small parcel that is the same every time."""
    seed = hashlib.sha256(ticker.encode()).digest()
    pdf = b"%PDF-1.7\n" + (seed * (size // 32 + 1))[:size] + b"\n%%EOF\n"
    letter = Letter(
        subject=f"{ticker}: cloud revenue up 26% — 阿里巴巴",
        preheader="The quarter in one line.",
        html=f"<html><body><h1>{ticker}</h1><p>Up 26%</p><img src='cid:price@brief' alt='Price'></body></html>",
        text=f"{ticker}\n\nUp 26%\n.\n.hidden\n",
        pictures=(Picture(cid="price@brief", png=PNG, alt="Price", width=1, height=1),),
    )
    return Parcel(subject=ticker, period=PERIOD, letter=letter, files=(File(name=f"{ticker.lower()}.pdf", data=pdf),))


def send(order: Order, ledger: Deliveries, key: bytes, watch: Callable[[str], None]) -> Summary:
    """Send what is due."""
    server = Server(host="127.0.0.1", port=order.smtp, user="sender", ca_file=order.ca_file, patience=20)
    box = Mailbox(host="127.0.0.1", port=order.imap, security="none", user="bob")
    mail = Mail(
        server=server, sender=SENDER, grace=order.grace, audit=box if order.audit else None,
        audit_address="bob@test.example" if order.audit else "", backoff=(0.0, 0.2, 1.0),
    )  # fmt: skip
    post = Post(
        mail=mail,
        writer=Writer(sender=SENDER, key=key, signer=order.signer),
        connect=lambda: Session(server, SecretStr(PASSWORD), watch),
        audit=Reader(mailbox=box, password=SecretStr("pw-b")) if order.audit else None,
    )
    clock = Clock(now=lambda: datetime.now(tz=UTC), wait=time.sleep)
    return send_all(ledger, post=post, others={}, clock=clock, watch=watch)


def place(folder: Path, name: str) -> tuple[str, str]:
    """Return where an experiment keeps its SQLite file and its objects."""
    return str(folder / f"{name}.sqlite3"), str(folder / f"{name}-objects")
