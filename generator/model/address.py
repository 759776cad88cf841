"""Address: an e-mail address that can be written into a command or a header as it stands."""

from __future__ import annotations

import re
import unicodedata

ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]"
LOCAL = re.compile(rf"{ATOM}+(\.{ATOM}+)*")
LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
ADVICE = 'write one address, such as "ada@desk.example"'


class AddressError(ValueError):
    """A text that is no address; its words are "what; what to do"."""


def read_address(text: str) -> str:
    """Return the address as it is used: the domain in ASCII and small letters, the local part as it was given.

    A local part outside ASCII is kept; a server that takes it must offer SMTPUTF8.

    Raises:
        AddressError: it is no address, or one that not every program would read in the same way.
    """
    local, at, domain = text.rpartition("@")
    if not at or len(text) > 254:
        raise AddressError(f"{_shown(text)} is not an e-mail address; {ADVICE}")
    return f"{_local(local, text)}@{_domain(domain, text)}"


def needs_smtputf8(address: str) -> bool:
    """Tell whether only a server with SMTPUTF8 takes this address."""
    return not address.isascii()


def domain_of(address: str) -> str:
    """Return what stands behind the @."""
    return address.rpartition("@")[2]


def _local(local: str, text: str) -> str:
    # Letters and digits of other scripts may stand where those of ASCII may.
    plain = "".join(letter if letter.isascii() else _ascii_like(letter) for letter in local)
    if len(local.encode()) > 64 or not LOCAL.fullmatch(plain):
        raise AddressError(f"{_shown(text)} is not an e-mail address; {ADVICE}")
    return unicodedata.normalize("NFC", local)


def _ascii_like(letter: str) -> str:
    return "a" if unicodedata.category(letter)[0] in "LMN" else " "


def _domain(domain: str, text: str) -> str:
    import idna

    try:
        name = domain.lower() if domain.isascii() else idna.encode(domain, uts46=True).decode("ascii")
    except UnicodeError:
        name = ""
    labels = name.split(".")
    if len(name) > 253 or len(labels) < 2 or not all(map(LABEL.fullmatch, labels)) or labels[-1].isdigit():
        raise AddressError(f"{_shown(text)} has no domain that mail can be sent to; {ADVICE}")
    return name


def _shown(text: str) -> str:
    plain = "".join(letter if letter.isprintable() else "?" for letter in text[:60])
    return f'"{plain}"'
