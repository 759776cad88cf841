"""Tokens: signed words by which a bounce or an unsubscription finds its way back."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

from generator.errors import InputError

# An envelope address is no longer than 64 characters before its @.
SHORT = 24


def message_id(*, parcel: str, recipient: str, domain: str) -> str:
    """Return the id that every attempt to send this parcel to this recipient bears."""
    return f"<{_digest(parcel, recipient.lower())[:32]}@{domain}>"


def envelope_token(key: bytes, *, parcel: str, recipient: str) -> str:
    """Return the word in the envelope's sender; it names one dispatch and cannot be guessed."""
    return _signed(key, "envelope", parcel, recipient.lower())[:SHORT]


def unsubscribe_token(key: bytes, recipient: str, subject: str = "*") -> str:
    """Return the word that ends what a recipient gets: of one listing, or with "*" of all."""
    named = base64.urlsafe_b64encode(f"{recipient}|{subject}".encode()).decode().rstrip("=")
    return f"{named}.{_signed(key, 'unsubscribe', recipient, subject)[:32]}"


def read_unsubscribe_token(key: bytes, token: str) -> tuple[str, str]:
    """Return recipient and listing of a token.

    Raises:
        InputError: it was not made here.
    """
    named, _, seal = token.strip().partition(".")
    try:
        text = base64.b64decode(named + "=" * (-len(named) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        text = ""
    recipient, _, subject = text.rpartition("|")
    meant = _signed(key, "unsubscribe", recipient, subject)[:32]
    if not recipient or not hmac.compare_digest(meant.encode(), seal.encode()):
        raise InputError.at("the token", "was not made by this store", "copy it whole from the e-mail's header or link")
    return recipient, subject


def _digest(*words: str) -> str:
    return hashlib.sha256("\0".join(words).encode()).hexdigest()


def _signed(key: bytes, *words: str) -> str:
    return hmac.new(key, "\0".join(words).encode(), hashlib.sha256).hexdigest()
