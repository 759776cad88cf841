"""Secrets: from the environment, systemd's credentials or the system's keyring; never from a file of the project."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import SecretStr

SERVICE = "equity-brief"


def secret(name: str) -> SecretStr | None:
    """Return a secret by its name: `smtp` is BRIEF_SMTP_PASSWORD, or the credential or keyring entry smtp-password."""
    value = os.environ.get(f"BRIEF_{name.upper()}_PASSWORD") or _credential(name) or _kept(name)
    return _sealed(value)


def webhook_secret() -> SecretStr | None:
    """Return what webhooks are signed with: BRIEF_WEBHOOK_SECRET."""
    value = os.environ.get("BRIEF_WEBHOOK_SECRET")
    return _sealed(value)


def dkim_key() -> SecretStr | None:
    """Return the private key that signs: the PEM text in BRIEF_DKIM_KEY, or the file that BRIEF_DKIM_KEY_FILE names."""
    text = os.environ.get("BRIEF_DKIM_KEY")
    file = os.environ.get("BRIEF_DKIM_KEY_FILE")
    if not text and file:
        try:
            text = Path(file).read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            return None
    return _sealed(text)


def _sealed(value: str | None) -> SecretStr | None:
    """Return a secret as something that is not printed by mistake."""
    from pydantic import SecretStr

    return SecretStr(value) if value else None


def _credential(name: str) -> str:
    """Return a credential that systemd hands to a service."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    if not folder:
        return ""
    try:
        return (Path(folder) / f"{name}-password").read_text(encoding="utf-8").rstrip("\n")
    except (OSError, UnicodeDecodeError):
        return ""


def _kept(name: str) -> str:
    """Return an entry of the system's keyring: `keyring set equity-brief smtp-password`."""
    if find_spec("keyring") is None:
        return ""
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, f"{name}-password") or ""
    except KeyringError:
        return ""
