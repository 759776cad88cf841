"""Document: the finished thing, before it is delivered."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One brief as files: the PDF, the HTML it was printed from, and what the checks and the printing found."""

    name: str
    html: str
    pdf: bytes
    pages: int
    findings: tuple[Finding, ...] = ()
