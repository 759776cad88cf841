"""Bounces: what came back, whose it was and whether it came back for good. Everything in it was written by others."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.policy import compat32
from email.policy import default as modern
from typing import Literal

from generator.model.address import AddressError, read_address

LARGEST = 1_000_000
VERP = re.compile(r"\+([0-9a-f]{24})@")
TOKEN = re.compile(r"[0-9a-f]{24}")
MESSAGE_ID = re.compile(r"<[0-9a-f]{32}@[A-Za-z0-9.-]+>")
STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """One message that came back. Empty: not said. `kind` is "failed" for good, "delayed" for now."""

    kind: Literal["failed", "delayed", "other"]
    token: str = ""
    message_id: str = ""
    address: str = ""
    why: str = ""


def read_bounce(raw: bytes) -> Bounce:
    """Return what a message says about one that was sent; one that says nothing is of the kind "other".

    The envelope's token is asked for first, then the envelope id of the report, then the Message-ID of what is
    returned in it; other systems' forms are left to flufl.bounce.
    """
    message = BytesParser(policy=modern).parsebytes(raw[:LARGEST])
    fields = _report(message)
    address = _address(fields.get("final-recipient", "")) or _address(fields.get("original-recipient", ""))
    status, action = fields.get("status", ""), fields.get("action", "").lower()
    why = _plain(f"{status} {fields.get('diagnostic-code', '')}")
    token = _token(message, fields)
    identity = _returned_id(message)
    if not fields:
        hard, soft = _scanned(raw[:LARGEST])
        address = next(iter(sorted(hard or soft)), "")
        kind: Literal["failed", "delayed", "other"] = "failed" if hard else "delayed" if soft else "other"
        return Bounce(kind=kind, token=token, message_id=identity, address=address, why=_status_in(message))
    failed = action == "failed" and not status.startswith("4")
    delayed = action == "delayed" or (action == "failed" and status.startswith("4"))
    kind = "failed" if failed else "delayed" if delayed else "other"
    return Bounce(kind=kind, token=token, message_id=identity, address=address, why=why)


def _report(message: EmailMessage) -> dict[str, str]:
    """Return the fields of a delivery report: those of the message, then those of the first recipient that failed."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            blocks = [block for block in part.get_payload() if isinstance(block, Message)]
            per_recipient = [block for block in blocks if block.get("Action")]
            failed = [block for block in per_recipient if str(block["Action"]).strip().lower() == "failed"]
            chosen = [block for block in blocks if block not in per_recipient] + (failed or per_recipient)[:1]
            return {name.lower(): _plain(str(value)) for block in chosen for name, value in block.items()}
    return {}


def _token(message: EmailMessage, fields: dict[str, str]) -> str:
    headers = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
    for text in (_header(message, name) for name in headers):
        if found := VERP.search(text):
            return found[1]
    identity = fields.get("original-envelope-id", "").strip()
    return identity if TOKEN.fullmatch(identity) else ""


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(value) for value in message.get_all(name, []))
    except (ValueError, IndexError, AttributeError, TypeError):
        # The standard library stumbles over some malformed headers.
        return ""


def _returned_id(message: EmailMessage) -> str:
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = [each for each in part.get_payload() if isinstance(each, Message)]
            found = MESSAGE_ID.search(str(inner[0]["Message-ID"])) if inner else None
        elif kind == "text/rfc822-headers":
            found = MESSAGE_ID.search(str(part.get_payload()))
        else:
            continue
        if found:
            return found[0]
    return ""


def _scanned(raw: bytes) -> tuple[set[str], set[str]]:
    """Return who failed for good and who for now, in the forms of other mail systems."""
    from flufl.bounce import all_failures

    # It logs a traceback for every form that it does not understand.
    logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)
    try:
        soft, hard = all_failures(BytesParser(policy=compat32).parsebytes(raw))
    except (LookupError, ValueError, TypeError, AttributeError):
        # Some of its forms stumble over a message without a sender.
        return set(), set()
    return set(_addresses(hard)), set(_addresses(soft))


def _addresses(found: frozenset[bytes]) -> Iterator[str]:
    for each in found:
        if address := _address(each.decode("utf-8", "replace")):
            yield address


def _address(text: str) -> str:
    try:
        return read_address(text.rpartition(";")[2].strip(" <>"))
    except AddressError:
        return ""


def _status_in(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    text = str(body.get_payload())[:5000] if body is not None else ""
    line = next((line for line in text.splitlines() if STATUS.search(line)), "")
    return _plain(line)


def _plain(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:300]
