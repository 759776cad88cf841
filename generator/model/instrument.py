"""Instrument: what kind of thing a ticker stands for, and why a brief cannot be made for some kinds."""

from __future__ import annotations

from generator.language import msgid
from generator.model.snapshot import Company

REFUSED: dict[str, str] = {
    "index": "an index: it has no statements, earnings or shares that could be valued; make it a report's benchmark",
    "crypto": "a cryptocurrency: no company stands behind it whose statements could be set against its price",
    "fund": "a fund: it has holdings instead of statements; make briefs of the companies it holds",
    "currency": "an exchange rate: it has neither statements nor shares",
    "future": "a future: a contract that expires, with neither statements nor shares",
    "other": "no share of a company: a brief needs an instrument with statements behind it",
}

REDUCED: dict[str, str] = {"etf": msgid("an ETF")}
"""What a brief can be made of that has a price and no statements, and what it is called."""


def refusal(company: Company) -> str | None:
    """Return why a brief cannot be made for an instrument, or None where it can (shares; an ETF in a reduced form)."""
    reason = REFUSED.get(company.instrument)
    return None if reason is None else f"{company.name} is {reason}"
