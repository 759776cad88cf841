"""Issue: one brief of one company for one week, from the draft to the mail; and what happened to it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

State = Literal["draft", "approved", "sent", "superseded"]
STATES: tuple[State, ...] = ("draft", "approved", "sent", "superseded")
What = Literal["built", "overridden", "approved", "sent", "superseded", "published", "noted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What a finished brief is recorded by. Every `_sha` is the SHA-256 of a content the store keeps.

    `inputs` is the hash of all that went in: report, snapshots, templates, code. `price` is the close told, None where
    that is not known. `blocks`, `warns` and `notes` count the findings. `again_sha` is the letter for sending the brief
    in a later week whose own is held back; None: there is none.
    """

    ticker: str
    period: str
    as_of: date
    inputs: str
    snapshot: str
    pdf_sha: str
    ledger_sha: str
    letter_sha: str
    pages: int
    blocks: int
    warns: int
    notes: int
    price: float | None = None
    again_sha: str | None = None
    overrides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One brief as it was recorded. A revision replaces the one before, in the same week.

    `chain` seals what was recorded together with the seal of the company's issue before, `previous`.
    """

    id: int
    ticker: str
    period: str
    revision: int
    as_of: date
    built_at: datetime
    state: State
    inputs: str
    snapshot: str
    pdf_sha: str
    ledger_sha: str
    letter_sha: str
    pages: int
    blocks: int
    warns: int
    notes: int
    price: float | None
    again_sha: str | None
    previous: str
    chain: str

    @property
    def key(self) -> str:
        """What names it: "BABA 2025-W40 r1"."""
        return f"{self.ticker} {self.period} r{self.revision}"

    @property
    def blocked(self) -> bool:
        """Whether a finding forbids sending it."""
        return self.blocks > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One line of the log, which is only ever added to: who did what to which issue, and when."""

    at: datetime
    who: str
    what: What
    ticker: str
    period: str
    revision: int
    detail: str


def seal(previous: str, made: Making, revision: int) -> str:
    """Return the seal of an issue: a hash over the seal before it and over what the issue is.

    Why: who changes an old issue, or takes one out, breaks every seal after it.
    """
    body = {
        "previous": previous, "ticker": made.ticker, "period": made.period, "revision": revision,
        "as_of": made.as_of.isoformat(), "inputs": made.inputs, "snapshot": made.snapshot, "pdf": made.pdf_sha,
        "ledger": made.ledger_sha, "letter": made.letter_sha,
    }  # fmt: skip
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
