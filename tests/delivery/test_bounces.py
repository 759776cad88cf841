from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.delivery.bounces import read_bounce

TOKEN, ID = "0123456789abcdef01234567", "<0123456789abcdef0123456789abcdef@desk.example>"


def report(*, to: str = "desk@desk.example", envelope: str = "", returned: str = "", action: str = "failed") -> bytes:
    status = "5.1.1" if action == "failed" else "4.4.1"
    identity = f"Original-Envelope-Id: {envelope}\n" if envelope else ""
    return (
        f"From: MAILER-DAEMON@mail.reader.example\nTo: {to}\nSubject: Undelivered\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nNo such mailbox.\n\n"
        f"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.reader.example\n{identity}\n"
        f"Final-Recipient: rfc822; ada@reader.example\nAction: {action}\nStatus: {status}\n\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {returned}\n\n--b--\n"
    ).encode()


QMAIL = b"""\
From: MAILER-DAEMON@mail.reader.example
To: bounces+0123456789abcdef01234567@desk.example
Subject: failure notice

Hi. This is the qmail-send program at mail.reader.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<ada@reader.example>:
Sorry, no mailbox here by that name. (#5.1.1)
"""


@pytest.mark.parametrize(
    ("raw", "token", "identity"),
    [
        (report(to=f"bounces+{TOKEN}@desk.example"), TOKEN, ""),
        (report(envelope=TOKEN), TOKEN, ""),
        (report(returned=ID), "", ID),
        (QMAIL, TOKEN, ""),
    ],
    ids=["envelope address", "envelope id", "returned headers", "qmail's own form"],
)
def test_a_bounce_is_known_by_whatever_it_brings_back(raw: bytes, token: str, identity: str) -> None:
    bounce = read_bounce(raw)
    assert (bounce.kind, bounce.address) == ("failed", "ada@reader.example")
    assert (bounce.token, bounce.message_id) == (token, identity)


def test_a_delay_is_no_failure() -> None:
    assert read_bounce(report(envelope=TOKEN, action="delayed")).kind == "delayed"


def test_a_letter_from_a_reader_is_no_bounce() -> None:
    bounce = read_bounce(b"From: ada@reader.example\nTo: desk@desk.example\nSubject: Thanks\n\nA fine brief. 5.1.1\n")
    assert (bounce.kind, bounce.token, bounce.message_id) == ("other", "", "")


@given(raw=st.binary(max_size=2000))
def test_nothing_that_comes_in_ends_in_a_traceback(raw: bytes) -> None:
    read_bounce(raw)
    read_bounce(report(envelope=TOKEN)[:200] + raw + report(envelope=TOKEN)[200:])
