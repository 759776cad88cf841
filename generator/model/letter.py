"""Letter: what the e-mail with a brief says, before it is addressed to anyone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a reader must know before all else: a draft, a corrected issue. The mark opens the subject as well."""

    mark: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A PNG that rides with the letter; the HTML names it by its content id. The sizes are those on the page, in px."""

    cid: str
    png: bytes
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The e-mail with a brief: its subject, the line a mailbox shows beside it, and its body in two forms."""

    subject: str
    preheader: str
    html: str
    text: str
    pictures: tuple[Picture, ...] = ()
