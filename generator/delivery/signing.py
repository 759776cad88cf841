"""Signing: a DKIM signature by the desk's own key."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import SecretStr

from generator.errors import InputError

# dkimpy's own list leaves out List-Unsubscribe-Post, without which one-click unsubscription is not trusted.
SIGNED = (
    "from", "to", "reply-to", "subject", "date", "message-id", "auto-submitted", "mime-version", "content-type",
    "list-unsubscribe", "list-unsubscribe-post",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """A domain's key: `selector` is where its public half stands, `key` a PEM text."""

    domain: str
    selector: str
    key: SecretStr

    def sign(self, raw: bytes) -> str:
        """Return the signature of a message as a header with its line end.

        Raises:
            InputError: the key cannot be used.
        """
        import dkim

        head = raw.partition(b"\r\n\r\n")[0].lower().split(b"\r\n")
        there = {line.partition(b":")[0].decode("utf-8", "replace") for line in head if line[:1] not in (b" ", b"\t")}
        try:
            signed: bytes = dkim.sign(
                raw,
                self.selector.encode(),
                self.domain.encode(),
                self.key.get_secret_value().encode(),
                canonicalize=(b"relaxed", b"relaxed"),
                include_headers=[name.encode() for name in SIGNED if name in there],
            )
        except dkim.DKIMException as error:
            advice = "give an RSA private key as PEM"
            raise InputError.at("the DKIM key", f"cannot be used ({type(error).__name__})", advice) from None
        return signed.decode()
