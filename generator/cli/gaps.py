"""Gaps: what a brief could not say because no source has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model.ledger import Ledger
    from generator.model.report import Report


def gaps_of(report: Report, ledger: Ledger) -> tuple[str, ...]:
    """Return what the sources could not give about the company and those it is compared with."""
    keys = {fact.metric for fact in ledger.facts.values() if fact.entity == report.ticker}
    newest = [ledger.latest(report.ticker, key) for key in keys]
    lacking = {fact.label for fact in newest if not fact.known and not fact.not_meaningful}
    words = (f"not available for {report.ticker}: {'; '.join(sorted(lacking))}",) if lacking else ()
    return (*ledger.notes, *words)
