"""Kinds of facts: what a source is asked for, so that each kind may have its own order of sources."""

from __future__ import annotations

import re

from generator.analysis.catalogue import METRICS
from generator.model.fact import Fact

PROFILE, PRICES, FX, STATEMENTS, CONSENSUS, OTHER = "profile", "prices", "fx", "statements", "consensus", "other"
WORDS = {FX: "exchange rates", OTHER: "other figures"}
"""What a kind is called in a sentence, where that is not its name."""

PRICES_AS_OF = "prices_as_of"
"""The metric of the banner: the day of the last close of a snapshot that stands in for today's."""

BALANCES = {
    "diluted_shares", "shares_outstanding", "cash_and_equivalents", "short_term_investments", "long_term_debt",
    "long_term_debt_current", "commercial_paper", "equity", "total_assets", "total_liabilities", "current_assets",
    "current_liabilities", "total_debt", "inventories", "goodwill",
}  # fmt: skip
OPINIONS = re.compile(
    r"^(target|ratings?|forward|eps_estimate|revenue_estimate|estimate|eps_trend|eps_revision|vendor)_"
)


def kind_of(fact: Fact) -> str:
    """Return the kind of a fact: a line of the statements, an opinion of analysts and vendors, or another."""
    if OPINIONS.match(fact.metric):
        return CONSENSUS
    if fact.metric == PRICES_AS_OF:
        return PRICES
    row = METRICS.get(fact.metric)
    if fact.metric in BALANCES or (row is not None and row.flow and fact.metric != "segment_revenue"):
        return STATEMENTS
    return OTHER
