"""Received: what lies in the mailbox at the end is what was approved, signed, and shown by a browser without loss."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from pathlib import Path

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from job import Order, parcel_of
from killing import Record, finish
from post.desk import PNG
from pydantic import SecretStr
from rig import MailRig

from generator.delivery import Signer

Rows = Iterator[tuple[str, str, bool]]
ADDED = re.compile(rb"^(Return-Path|X-Original-To|Delivered-To|Received):.*?\r?\n(?![ \t])", re.MULTILINE | re.DOTALL)


def received_rows(order: Order, rig: MailRig, home: Path) -> Rows:
    """Give rows on what was received: form, signature by two programs, files."""
    pem, record = _keys()
    signer = Signer(domain="test.example", selector="s1", key=SecretStr(pem))
    finish(replace(order, companies=3, readers=3, signer=signer), Record())
    rig.wait_until_delivered()
    raw = [each.path.read_bytes().replace(b"\n", b"\r\n") for each in rig.received()]
    parser = BytesParser(policy=SMTP.clone(raise_on_defect=True))
    messages = [parser.parsebytes(each) for each in raw]
    yield "Received messages parse without a defect", f"{len(messages)} of 9", len(messages) == 9
    same = sum(_as_approved(each) for each in messages)
    yield "PDF and chart have the approved hashes", f"{same} of {len(messages)}", same == 9
    verified = sum(dkim.verify(each, dnsfunc=lambda *_, **__: record) for each in raw)
    yield "Signature verified by dkimpy", f"{verified} of {len(raw)}", verified == 9
    yield from _second_opinion(raw, record, home)


def _as_approved(message: EmailMessage) -> bool:
    ticker = str(message["Subject"]).partition(":")[0]
    wanted = parcel_of(ticker, 3000).files[0].sha256
    files = [part.get_payload(decode=True) for part in message.iter_attachments()]
    pictures = [part.get_payload(decode=True) for part in message.walk() if part.get_content_maintype() == "image"]
    hashes = [hashlib.sha256(data).hexdigest() for data in files if isinstance(data, bytes)]
    return hashes == [wanted] and pictures == [PNG]


def _second_opinion(raw: list[bytes], record: bytes, home: Path) -> Rows:
    keys, settings = home / "keys", home / "opendkim.conf"
    keys.write_bytes(b"s1._domainkey.test.example " + record + b"\n")
    settings.write_text(f"Mode v\nTestPublicKeys {keys}\nSyslog no\n")
    good = sum("succeeded" in _opendkim(settings, each, home) for each in raw)
    forged = raw[0].replace(b"Up 26%", b"Up 62%", 1)
    caught = "failed" in _opendkim(settings, forged, home) if forged != raw[0] else False
    figures = f"{good} of {len(raw)}; a forged one is {'caught' if caught else 'NOT caught'}"
    yield "Signature verified by opendkim", figures, good == len(raw) and caught


def _opendkim(settings: Path, raw: bytes, home: Path) -> str:
    path = home / "message.eml"
    path.write_bytes(raw)
    command = ("opendkim", "-x", str(settings), "-t", str(path), "-v")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def _keys() -> tuple[str, bytes]:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    ).decode()
    public = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return pem, b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)
