from __future__ import annotations

import base64
import re
from dataclasses import replace
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given
from hypothesis import strategies as st
from post import dispatch, parcel
from post.desk import KEY, SENDER
from pydantic import SecretStr

from generator.delivery import Signer, Writer
from generator.delivery.headers import display
from generator.delivery.tokens import read_unsubscribe_token, unsubscribe_token
from generator.errors import InputError
from generator.model.address import AddressError, read_address

NAMES = ["from", "to", "subject", "date", "message-id", "auto-submitted", "mime-version", "content-type"]
HOSTILE = [
    "hello\r\nBcc: evil@x.example",
    "=?utf-8?q?hello=0D=0ABcc:_evil@x.example?=",
    "=?utf-8?b?aGVsbG8NCkJjYzogZXZpbEB4LmV4YW1wbGU=?=",
    "a\nb\rc\0d\x85e\u2028f\u2029g",
    '"quoted" \\ <evil@x.example>, eve@x.example',
    "🎉 株式会社 \ud800 \u202egnol",
    "x" * 10_000,
    "漢" * 10_000,
    "=" * 500 + "?",
    "",
    " ",
]


def parsed(raw: bytes) -> EmailMessage:
    return BytesParser(policy=SMTP.clone(raise_on_defect=True)).parsebytes(raw)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_name_or_title_adds_a_header(text: str) -> None:
    content = parcel(title=f"t{text}")
    raw = Writer(sender=replace(SENDER, name=text), key=KEY).write(content, dispatch(content, name=text)).raw
    message = parsed(raw)
    assert [name.lower() for name in message] == NAMES
    assert message["To"].addresses[0].addr_spec == "ada@reader.example"
    assert len(message["To"].addresses) == len(message["From"].addresses) == 1
    assert not any(b"\r" in line or b"\n" in line for line in raw.split(b"\r\n"))
    assert max(map(len, raw.split(b"\r\n"))) <= 998


@given(text=st.text(max_size=400))
def test_any_text_is_one_header_of_the_same_words(text: str) -> None:
    content = parcel(title=text or "x")
    message = parsed(Writer(sender=SENDER, key=KEY).write(content, dispatch(content, name=text)).raw)
    assert [name.lower() for name in message] == NAMES
    assert " ".join(str(message["Subject"]).split()) == display(text or "x")


def test_the_same_dispatch_gives_the_same_bytes() -> None:
    content = parcel()
    first = Writer(sender=SENDER, key=KEY).write(content, dispatch(content))
    second = Writer(sender=SENDER, key=KEY).write(content, dispatch(content))
    assert first.raw == second.raw
    assert first.sha256 == second.sha256


def test_the_message_is_built_as_mail_programs_expect_it() -> None:
    content = parcel()
    message = parsed(Writer(sender=SENDER, key=KEY).write(content, dispatch(content, name="Ada Ö.")).raw)
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == [
        "multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png",
        "application/pdf",
    ]  # fmt: skip
    assert message["To"].addresses[0].display_name == "Ada Ö."
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime.isoformat() == "2025-10-03T12:00:00+00:00"
    plain = message.get_body(("plain",))
    assert plain is not None
    assert plain.get_content().replace("\r\n", "\n") == content.letter.text
    assert [part.get_filename() for part in message.iter_attachments()] == ["baba.pdf"]


def test_lines_of_the_text_stay_within_78_columns() -> None:
    content = parcel()
    raw = Writer(sender=SENDER, key=KEY).write(content, dispatch(content)).raw
    assert max(map(len, raw.split(b"\r\n"))) <= 78


def test_one_click_is_announced_only_with_a_page_that_acts() -> None:
    content = parcel()
    by_mail = replace(SENDER, unsubscribe_mail="leave@desk.example")
    both = replace(by_mail, unsubscribe_page="https://desk.example/u/{token}")
    mail = parsed(Writer(sender=by_mail, key=KEY).write(content, dispatch(content)).raw)
    page = parsed(Writer(sender=both, key=KEY).write(content, dispatch(content)).raw)
    assert mail["List-Unsubscribe-Post"] is None
    assert page["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    web, post = re.findall(r"<([^>]*)>", page["List-Unsubscribe"])
    token = web.removeprefix("https://desk.example/u/")
    assert post == f"mailto:leave@desk.example?subject={token}"
    assert read_unsubscribe_token(KEY, token) == ("ada@reader.example", "*")


@pytest.mark.parametrize(
    "token", ["", "x", "YWRhfCo.0000", unsubscribe_token(b"another key", "ada@reader.example"), "é.é"]
)
def test_a_token_from_elsewhere_unsubscribes_nobody(token: str) -> None:
    with pytest.raises(InputError, match="not made by this store"):
        read_unsubscribe_token(KEY, token)


def test_a_signature_covers_the_unsubscription_and_stays_the_same_when_sent_again() -> None:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    ).decode()
    public = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    record = b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)
    sender = replace(SENDER, unsubscribe_page="https://desk.example/u/{token}")
    signer = Signer(domain="desk.example", selector="s1", key=SecretStr(pem))
    content = parcel()
    first = Writer(sender=sender, key=KEY, signer=signer).write(content, dispatch(content))
    assert dkim.verify(first.raw, dnsfunc=lambda *_, **__: record)
    forged = first.raw.replace(b"One-Click", b"One-Cluck")
    assert not dkim.verify(forged, dnsfunc=lambda *_, **__: record)
    again = Writer(sender=sender, key=KEY, signer=signer).write(content, dispatch(content, signature=first.signature))
    assert again.raw == first.raw
    assert pem not in repr(signer) + repr(Writer(sender=sender, key=KEY, signer=signer))


@pytest.mark.parametrize(
    "text",
    [
        "", "a", "@", "a@", "@b.example", "a@b", "a b@c.example", "a@b.example\n", "a\r\nRCPT TO:<evil@x>@b.example",
        '"a\r\nRCPT TO:<evil@x>"@b.example', "a@b.example, evil@x.example", "<a@b.example>", "a@[127.0.0.1]",
        "a@127.0.0.1", "a..b@c.example", ".a@c.example", "a.@c.example", "a@-b.example", "a@b..example",
        f"{'x' * 65}@b.example", f"a@{'b' * 64}.example", "a@b.example>", "a\0@b.example", "a\u202e@b.example",
        "a@b\u2028.example", "Ada <a@b.example>",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(AddressError):
        read_address(text)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Ada.L+x@Desk.Example", "Ada.L+x@desk.example"),
        ("a@straße.example", "a@xn--strae-oqa.example"),
        ("用户@例え.example", "用户@xn--r8jz45g.example"),
        ("o'neil@b.example", "o'neil@b.example"),
    ],
)
def test_an_address_is_read_as_it_is_used(text: str, address: str) -> None:
    assert read_address(text) == address
