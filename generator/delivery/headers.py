"""Headers: text from anywhere becomes one header, and never two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from email.header import Header

from generator.errors import BriefError

CRLF = "\r\n"
LIMIT = 200
# Control, format, surrogate, private and unassigned characters, line and paragraph separators.
UNWRITABLE = ("C", "Zl", "Zp")
NAME = re.compile(rb"^([!-9;-~]+):")


class HeaderError(BriefError):
    """A message whose headers are not those that were meant; it is never sent."""


def display(text: str, limit: int = LIMIT) -> str:
    """Return text that can stand in a header: one line, no control characters, nothing that decodes to another header.

    Why: Python up to 3.12 writes the line break inside an encoded word out as a real one (CVE-2024-6923).
    """
    letters = unicodedata.normalize("NFC", text[: 8 * limit].encode("utf-8", "replace").decode())
    plain = "".join(" " if unicodedata.category(letter).startswith(UNWRITABLE) else letter for letter in letters)
    plain = " ".join(plain.replace("=?", "= ?").split())
    return plain if len(plain) <= limit else f"{plain[: limit - 1].rstrip()}…"


def text_header(name: str, text: str) -> str:
    """Return a header of plain text, folded, in encoded words where it is not ASCII."""
    shown = display(text)
    charset = "us-ascii" if shown.isascii() else "utf-8"
    folded = Header(shown, charset, header_name=name, maxlinelen=76).encode(linesep=CRLF)
    return f"{name}: {folded}"


def mailbox_header(name: str, person: str, address: str) -> str:
    """Return a header with one mailbox: From, To or Reply-To."""
    shown = display(person)
    if not shown:
        return f"{name}: {address}"
    if shown.isascii():
        phrase = '"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"'
    else:
        phrase = Header(shown, "utf-8", header_name=name, maxlinelen=76).encode(linesep=CRLF)
    return f"{name}: {phrase}{CRLF} <{address}>"


def link_header(name: str, links: Iterable[str]) -> str:
    """Return a header of links in angle brackets, one a line, so that none is ever broken."""
    return f"{name}: " + f",{CRLF} ".join(f"<{link}>" for link in links)


def checked(block: bytes, names: Iterable[str]) -> bytes:
    """Return a block of headers, having seen that it holds these and no others.

    Raises:
        HeaderError: it holds more, fewer or others.
    """
    lines = block.split(b"\r\n")
    found = [match[1].decode().lower() for line in lines if (match := NAME.match(line))]
    folded = [line for line in lines if line[:1] in (b" ", b"\t")]
    meant = [name.lower() for name in names]
    bare = b"\r" in block.replace(b"\r\n", b"") or b"\n" in block.replace(b"\r\n", b"") or b"\0" in block
    if found != meant or bare or len(found) + len(folded) != len(lines) or not all(map(bytes.strip, lines)):
        raise HeaderError(f"a message's headers would have been {', '.join(found)} and not {', '.join(meant)}")
    return block
