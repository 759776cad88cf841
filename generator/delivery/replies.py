"""Replies: what a server's answer means for the message, and for all the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.errors import BriefError

Verdict = Literal["accepted", "later", "slower", "refused", "stop"]
LONGEST = 300
# "Too many" in several servers' words: 4.7.0 and 4.7.28 of large providers, 454 and 4.3.2 of others.
TOO_MANY = ("4.7.0", "4.7.28", "4.7.650", "4.3.2", "4.4.2")


@dataclass(frozen=True, slots=True)
class Reply:
    """A server's answer: its code and its words."""

    code: int
    words: str

    @property
    def done(self) -> bool:
        """Whether it did what it was asked."""
        return 200 <= self.code < 400

    def __str__(self) -> str:
        return f"{self.code} {self.words}".strip()


class RefusedError(BriefError):
    """The server refused one message at a phase before the last dot, or answered no to the dot."""

    def __init__(self, phase: str, reply: Reply) -> None:
        self.phase, self.reply = phase, reply
        super().__init__(f"{phase}: {reply}")


class LostError(BriefError):
    """The connection ended before the last dot was sent: nothing was accepted."""


class UnknownError(BriefError):
    """The connection ended after the last dot was sent: nobody knows whether the message was accepted."""


class StopError(BriefError):
    """Something that every further message would meet as well, such as a wrong password."""


def reply_of(code: int, words: bytes) -> Reply:
    """Return an answer, its words fit for a screen and a log."""
    text = words.decode("utf-8", "replace")
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return Reply(code, " ".join(plain.split())[:LONGEST])


def verdict(reply: Reply) -> Verdict:
    """Return what to do after an answer to MAIL, RCPT, DATA or the last dot."""
    if reply.done:
        return "accepted"
    if reply.code in (530, 535, 538):
        return "stop"
    if reply.code in (421, 454) or (400 <= reply.code < 500 and reply.words.startswith(TOO_MANY)):
        return "slower"
    return "later" if 400 <= reply.code < 500 else "refused"
