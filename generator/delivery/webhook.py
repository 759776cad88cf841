"""Webhook: a program is told of a finished brief in signed JSON, as standardwebhooks.com has it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.delivery.replies import reply_of
from generator.model.delivery import Dispatch, Parcel, Receipt

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pydantic import SecretStr


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Posts to the address of a dispatch. `webhook-id` stays the same, so that a second attempt is known as one."""

    now: Callable[[], datetime]
    secret: SecretStr | None = field(default=None, repr=False)
    patience: float = 30.0

    def deliver(self, parcel: Parcel, dispatch: Dispatch) -> Receipt:
        """Post the parcel: what it is, its words and its files."""
        import httpx

        if self.secret is None:
            return Receipt(state="later", reply="the webhook's secret is missing; set BRIEF_WEBHOOK_SECRET")
        body = _body(parcel)
        try:
            answer = httpx.post(
                dispatch.address,
                content=body,
                headers=self._headers(body, dispatch.token, self.secret),
                timeout=self.patience,
                follow_redirects=False,
            )
        except httpx.HTTPError as error:
            return Receipt(state="later", reply=f"cannot be reached ({type(error).__name__})")
        said = reply_of(answer.status_code, answer.content[:300])
        if answer.is_success:
            return Receipt(state="accepted", code=said.code, reply=said.words)
        later = said.code in (408, 425, 429) or said.code >= 500
        return Receipt(state="later" if later else "refused", code=said.code, reply=said.words)

    def _headers(self, body: bytes, identity: str, secret: SecretStr) -> dict[str, str]:
        at = str(int(self.now().timestamp()))
        return {
            "content-type": "application/json",
            "webhook-id": identity,
            "webhook-timestamp": at,
            "webhook-signature": f"v1,{signature(body, identity, at, secret.get_secret_value())}",
        }


def signature(body: bytes, identity: str, at: str, secret: str) -> str:
    """Return the seal over id, time and body; `secret` may be written as "whsec_" and Base64."""
    key = base64.b64decode(secret.removeprefix("whsec_")) if secret.startswith("whsec_") else secret.encode()
    return base64.b64encode(
        hmac.new(key, b".".join((identity.encode(), at.encode(), body)), hashlib.sha256).digest()
    ).decode()


def _body(parcel: Parcel) -> bytes:
    files = [
        {"name": file.name, "sha256": file.sha256, "link": file.link, "base64": base64.b64encode(file.data).decode()}
        for file in parcel.files
    ]
    whole = {
        "type": "brief.sent",
        "issue": parcel.key,
        "subject": parcel.subject,
        "period": parcel.period,
        "revision": parcel.revision,
        "title": parcel.letter.subject,
        "text": parcel.letter.text,
        "files": files,
    }
    return json.dumps(whole, ensure_ascii=False, sort_keys=True).encode()
