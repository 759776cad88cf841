"""Message: one parcel for one recipient as the bytes that are sent, the same at every attempt."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from generator.delivery.headers import CRLF, HeaderError, checked, display, link_header, mailbox_header, text_header
from generator.delivery.signing import Signer
from generator.delivery.tokens import unsubscribe_token
from generator.model.address import needs_smtputf8
from generator.model.delivery import Dispatch, File, Form, Parcel
from generator.model.mail import Sender

UNSUBSCRIBE = ("List-Unsubscribe", "List-Unsubscribe-Post")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is sent: the envelope and the bytes. `signature` is the DKIM header among them, or nothing."""

    sender: str
    recipient: str
    token: str
    raw: bytes = field(repr=False)
    signature: str = ""
    form: Form = "attached"

    @property
    def sha256(self) -> str:
        """The hash of the bytes."""
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def utf8(self) -> bool:
        """Whether only a server with SMTPUTF8 takes it."""
        return needs_smtputf8(self.recipient)


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Writes messages for one sender. `key` signs the tokens."""

    sender: Sender
    key: bytes = field(repr=False)
    signer: Signer | None = None
    # The parts of the parcel in hand: they are the same for all its recipients.
    _bodies: dict[tuple[str, Form], bytes] = field(default_factory=dict, repr=False)

    def write(self, parcel: Parcel, dispatch: Dispatch, form: Form | None = None) -> Message:
        """Return the message; one that was signed before keeps its signature.

        Raises:
            HeaderError: a header would have become two.
        """
        form = form or form_of(parcel, dispatch, self.sender)
        head = list(self._headers(parcel, dispatch))
        body = self._body(parcel, form)
        names = [line.partition(":")[0] for line in head]
        block = checked(CRLF.join(head).encode(), names)
        raw = block + b"\r\n" + body
        signature = dispatch.signature or (self.signer.sign(raw) if self.signer else "")
        return Message(
            sender=envelope_sender(self.sender, dispatch.token),
            recipient=dispatch.address,
            token=dispatch.token,
            raw=signature.encode() + raw,
            signature=signature,
            form=form,
        )

    def _body(self, parcel: Parcel, form: Form) -> bytes:
        if (parcel.key, form) not in self._bodies:
            self._bodies.clear()
            self._bodies[parcel.key, form] = _body(parcel, form)
        return self._bodies[parcel.key, form]

    def _headers(self, parcel: Parcel, dispatch: Dispatch) -> Iterator[str]:
        sender = self.sender
        yield mailbox_header("From", sender.name, sender.address)
        yield mailbox_header("To", dispatch.name, dispatch.address)
        if sender.reply_to:
            yield mailbox_header("Reply-To", "", sender.reply_to)
        yield text_header("Subject", parcel.letter.subject)
        yield f"Date: {format_datetime(dispatch.dated)}"
        yield f"Message-ID: {dispatch.message_id}"
        yield "Auto-Submitted: auto-generated"
        yield from self._unsubscribe(dispatch.address)

    def _unsubscribe(self, recipient: str) -> Iterator[str]:
        """Give the headers behind a mail program's button; one click needs a page that acts on a POST."""
        sender, token = self.sender, unsubscribe_token(self.key, recipient)
        one_click = sender.unsubscribe_page.startswith("https://")
        page = [sender.unsubscribe_page.replace("{token}", token)] if one_click else []
        mail = [f"mailto:{sender.unsubscribe_mail}?subject={token}"] if sender.unsubscribe_mail else []
        if page or mail:
            yield link_header(UNSUBSCRIBE[0], page + mail)
        if page:
            yield f"{UNSUBSCRIBE[1]}: List-Unsubscribe=One-Click"


def envelope_sender(sender: Sender, token: str) -> str:
    """Return the address that a bounce goes to; the token in it says whose."""
    if not sender.bounces:
        return sender.address
    local, _, domain = sender.bounces.rpartition("@")
    return f"{local}+{token}@{domain}"


def form_of(parcel: Parcel, dispatch: Dispatch, sender: Sender) -> Form:
    """Return whether the files are attached; they are linked where asked for or too large, if they can be."""
    size = sum(len(file.data) for file in parcel.files)
    linked = dispatch.form == "linked" or size > sender.attach
    return "linked" if linked and can_link(parcel) else "attached"


def can_link(parcel: Parcel) -> bool:
    """Tell whether every file also stands where it can be read."""
    return all(file.link for file in parcel.files)


def _body(parcel: Parcel, form: Form) -> bytes:
    """Return the parts with their headers: mixed(alternative(plain, related(html, pictures)), files)."""
    message, letter = EmailMessage(policy=SMTP), parcel.letter
    text, html = (letter.text, letter.html) if form == "attached" else _with_links(parcel)
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    page = message.get_payload(1)
    if not isinstance(page, EmailMessage):
        raise HeaderError("a message's parts are not those that were meant")
    for picture in letter.pictures:
        page.add_related(picture.png, "image", "png", cid=f"<{picture.cid}>", disposition="inline")
    if letter.pictures:
        page.set_param("type", "text/html")
    for file in parcel.files if form == "attached" else ():
        name = display(file.name)
        message.add_attachment(file.data, maintype="application", subtype="pdf", filename=name)
    _fix_boundaries(message, parcel.key)
    return message.as_bytes()


def _fix_boundaries(message: EmailMessage, seed: str) -> None:
    multiparts = [part for part in message.walk() if part.is_multipart()]
    for number, part in enumerate(multiparts):
        part.set_boundary("=_" + hashlib.sha256(f"{seed} {number}".encode()).hexdigest()[:40])


def _with_links(parcel: Parcel) -> tuple[str, str]:
    """Return the letter's two forms with a link to each file at the end."""
    letter = parcel.letter
    text = "".join(f"\n{display(file.name)}:\n{file.link}\n" for file in parcel.files)
    html = "".join(_link(file) for file in parcel.files)
    head, found, tail = letter.html.rpartition("</body>")
    whole = f"{head}{html}{found}{tail}" if found else f"{letter.html}{html}"
    return letter.text.rstrip("\n") + "\n" + text, whole


def _link(file: File) -> str:
    return f'<p style="padding:0 16px"><a href="{escape(file.link)}">{escape(display(file.name))}</a></p>'
