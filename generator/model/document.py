"""Document: the finished thing, before it is delivered."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.model.brief import Brief
from generator.model.finding import Finding
from generator.model.ledger import Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What reading a finished PDF back found: its pages and numbers, and those numbers that nothing accounts for."""

    pages: int = 0
    numbers: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One brief and its files: the PDF, the HTML it was printed from, the facts behind it, what the checks found."""

    name: str
    brief: Brief
    html: str
    pdf: bytes
    pages: int
    ledger: Ledger
    findings: tuple[Finding, ...] = ()
    proof: Proof = field(default_factory=Proof)
