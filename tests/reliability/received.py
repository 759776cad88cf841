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
from browser import chromium
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from fake_brief import fake_brief
from job import PERIOD, Order, parcel_of, place
from killing import Record, finish
from post.desk import PNG, Desk
from pydantic import SecretStr
from rig import PASSWORD, MailRig

from generator.delivery import Signer
from generator.model.delivery import Parcel
from generator.model.mail import Server
from generator.pipeline import write_letter
from generator.store import open_store

ROOT = Path(__file__).parents[2]

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
    yield from _shown(rig, home)


def _shown(rig: MailRig, home: Path) -> Rows:
    """Give rows on a whole letter as it was received: shown at three widths, and read as plain text."""
    rig.empty()
    brief = fake_brief()
    letter = write_letter(brief, templates=[ROOT / "templates"])
    whole = Parcel(subject="BABA", period=PERIOD, letter=letter, files=parcel_of("BABA", 90_000).files)
    server = Server(host="127.0.0.1", port=rig.smtp, user="sender", ca_file=str(rig.ca_file))
    with open_store(*place(home, "letter")) as store:
        desk = Desk(store=store, server=server, password=PASSWORD)
        desk.plan(whole, "reader0@test.example")
        desk.send()
    rig.wait_until_delivered()
    (received,) = rig.received()
    message = BytesParser(policy=SMTP.clone(raise_on_defect=True)).parsebytes(received.path.read_bytes())
    page, plain = message.get_body(("html",)), message.get_body(("plain",))
    html = _with_pictures(message, page.get_content() if page else "")
    wide = _overflowing(html, home)
    yield (
        "Chromium shows the letter at 320, 600 and 1000 px",
        wide or "nothing beyond the edge, every picture",
        not wide,
    )
    longest = max(map(len, (plain.get_content() if plain else "").splitlines()))
    yield "The plain text's longest line", f"{longest} characters", 0 < longest <= 76


def _with_pictures(message: EmailMessage, html: str) -> str:
    for part in message.walk():
        if part.get_content_maintype() == "image":
            data = base64.b64encode(part.get_content()).decode()
            html = html.replace(f"cid:{str(part['Content-ID']).strip('<>')}", f"data:image/png;base64,{data}")
    return html


def _overflowing(html: str, home: Path) -> str:
    path, wrong = home / "letter.html", []
    path.write_text(html, encoding="utf-8")
    with chromium() as browser:
        for width in (320, 600, 1000):
            view = browser.new_page(viewport={"width": width, "height": 900})
            view.goto(path.as_uri())
            if view.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append(f"too wide at {width} px")
            if not view.evaluate("[...document.images].every(each => each.complete && each.naturalWidth > 0)"):
                wrong.append(f"a picture is missing at {width} px")
    return ", ".join(wrong)


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
