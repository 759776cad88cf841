"""Notice: a plain mail to the operator, who is no recipient of briefs."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from generator.delivery.headers import CRLF, checked, mailbox_header, text_header
from generator.delivery.message import Message
from generator.model.address import domain_of
from generator.model.mail import Sender


def notice_of(sender: Sender, recipient: str, *, subject: str, text: str, at: datetime) -> Message:
    """Return a mail of plain text."""
    token = hashlib.sha256(f"{recipient} {subject} {at.isoformat()}".encode()).hexdigest()[:24]
    head = [
        mailbox_header("From", sender.name, sender.address),
        mailbox_header("To", "", recipient),
        text_header("Subject", subject),
        f"Date: {format_datetime(at.replace(microsecond=0))}",
        f"Message-ID: <{token}@{domain_of(sender.address)}>",
        "Auto-Submitted: auto-generated",
    ]
    body = EmailMessage(policy=SMTP)
    body.set_content(text, cte="quoted-printable")
    block = checked(CRLF.join(head).encode(), [line.partition(":")[0] for line in head])
    raw = block + b"\r\n" + body.as_bytes()
    return Message(sender=sender.address, recipient=recipient, token=token, raw=raw)
