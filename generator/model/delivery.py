"""Delivery: who is sent what, and how far it got."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from generator.model.letter import Letter

State = Literal["planned", "sending", "committing", "accepted", "refused", "parked"]
STATES: tuple[State, ...] = ("planned", "sending", "committing", "accepted", "refused", "parked")
Form = Literal["attached", "linked"]
Cadence = Literal["each", "digest"]
Channel = Literal["email", "folder", "webhook"]
Watch = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One person, folder or webhook and what it asked for: `companies` are tickers.

    `suspended` says why it gets nothing for now, or is empty.
    """

    address: str
    channel: Channel = "email"
    name: str = ""
    companies: tuple[str, ...] = ()
    language: str = "en"
    brand: str = ""
    pdf: Form = "attached"
    cadence: Cadence = "each"
    suspended: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A finished file that is sent; `link` is where else it can be read, or nothing."""

    name: str
    data: bytes = field(repr=False)
    link: str = ""

    @property
    def sha256(self) -> str:
        """The hash by which it was approved."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What goes to each of its recipients: a letter and its files.

    `subject` is the listing, or the digest, it is about, `period` its week; a revision is a new edition of both.
    """

    subject: str
    period: str
    revision: int = 1
    letter: Letter
    files: tuple[File, ...]

    @property
    def key(self) -> str:
        """What names it: "BABA 2025-W40 r1"."""
        return f"{self.subject} {self.period} r{self.revision}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """One parcel on its way to one recipient: a row of the delivery ledger.

    `dated` is the Date of the message and `token` names it in the envelope, so that a second attempt sends the same
    bytes, whose hash is `sha256`. `code` and `reply` are the server's last words.
    """

    id: int
    parcel: str
    subject: str
    period: str
    revision: int
    channel: Channel
    address: str
    name: str
    form: Form
    state: State
    message_id: str
    token: str
    dated: datetime
    planned_at: datetime
    sha256: str = ""
    signature: str = ""
    tries: int = 0
    next_at: datetime | None = None
    committing_at: datetime | None = None
    settled_at: datetime | None = None
    code: int | None = None
    reply: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What the ledger is told of a recipient before anything is sent."""

    channel: Channel
    address: str
    name: str
    form: Form
    message_id: str
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """Somebody who gets nothing for now: of one listing, or with "*" of all."""

    address: str
    subject: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One line of the ledger's log, which is only ever added to."""

    at: datetime
    dispatch: int
    was: str
    became: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What came of handing something over: done, for good refused, or to be tried again."""

    state: Literal["accepted", "refused", "later"]
    code: int | None = None
    reply: str = ""
