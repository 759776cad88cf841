"""Planning: who gets a parcel, and under which names it travels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from generator.delivery.tokens import envelope_token, message_id
from generator.model.address import domain_of
from generator.model.delivery import Dispatch, Parcel, Planned, Recipient
from generator.model.mail import Sender

ALL = "*"
UNSAFE = re.compile(r"[^a-z0-9]+")


def wants(recipient: Recipient, subject: str) -> bool:
    """Tell whether a recipient gets the briefs of a listing, or would if it were not suspended."""
    return ALL in recipient.companies or subject in recipient.companies


def takers(recipients: Iterable[Recipient], subject: str) -> tuple[Recipient, ...]:
    """Return who gets a brief of its own of a listing."""
    return tuple(each for each in recipients if not each.suspended and each.cadence == "each" and wants(each, subject))


def readers_of_digests(recipients: Iterable[Recipient]) -> tuple[Recipient, ...]:
    """Return who gets one mail a week."""
    return tuple(each for each in recipients if not each.suspended and each.cadence == "digest")


def planned_for(
    parcel: Parcel, recipients: Sequence[Recipient], *, key: bytes, sender: Sender | None
) -> tuple[Planned, ...]:
    """Return what the ledger is told of the recipients of a parcel."""
    domain = domain_of(sender.address) if sender else "localhost"
    return tuple(
        Planned(
            channel=each.channel,
            address=each.address,
            name=each.name,
            form=each.pdf,
            message_id=message_id(parcel=parcel.key, recipient=each.address, domain=domain),
            token=envelope_token(key, parcel=parcel.key, recipient=each.address),
        )
        for each in recipients
    )


def dispatch_of(parcel: Parcel, planned: Planned, at: datetime) -> Dispatch:
    """Return a dispatch that no ledger knows of, for a preview or a test."""
    return Dispatch(
        id=0,
        parcel=parcel.key,
        subject=parcel.subject,
        period=parcel.period,
        revision=parcel.revision,
        channel=planned.channel,
        address=planned.address,
        name=planned.name,
        form=planned.form,
        state="planned",
        message_id=planned.message_id,
        token=planned.token,
        dated=at.replace(microsecond=0),
        planned_at=at,
    )


def file_name(subject: str, period: str) -> str:
    """Return the name of a brief's file: no ticker makes one that a system refuses, such as CON.DE would."""
    return f"brief-{UNSAFE.sub('-', subject.lower()).strip('-')}-{period.lower()}.pdf"


def link_of(sender: Sender | None, name: str, period: str) -> str:
    """Return where a file can be read, or nothing."""
    return sender.link.replace("{period}", period).replace("{file}", name) if sender and sender.link else ""
