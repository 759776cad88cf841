"""Lacking: which figures a provider's failure keeps away, so that each says so instead of "no source gives it"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.analysis.catalogue import METRICS
from generator.model.snapshot import Snapshot

OWN_DEFINITIONS = frozenset({
    "segment_revenue", "non_gaap_net_income", "non_gaap_diluted_eps", "adjusted_ebita", "capital_expenditure_net",
    "capital_expenditure_with_leases", "free_cash_flow_company",
})  # fmt: skip
"""Flows that no provider gives: what a company defines itself."""

BALANCES = frozenset({
    "diluted_shares", "cash_and_equivalents", "short_term_investments", "cash_and_investments", "long_term_debt",
    "long_term_debt_current", "commercial_paper", "total_debt", "equity", "total_assets", "total_liabilities",
    "current_assets", "current_liabilities",
})  # fmt: skip
PRICES = frozenset({"price", "base_price", "high_52w", "low_52w"})
RATES = frozenset({"exchange_rate", "exchange_rate_at_base"})


def lacking(snapshots: Iterable[Snapshot]) -> Mapping[tuple[str, str], str]:
    """Return the failure behind each company and metric that one keeps away, in the words of the snapshot's notes."""
    found: dict[tuple[str, str], str] = {}
    for snapshot in snapshots:
        for note in snapshot.failures:
            for metric in _kept_away(note):
                found.setdefault((snapshot.ticker, metric), note)
    return found


def _kept_away(note: str) -> Iterator[str]:
    if "exchange rate" in note:
        yield from RATES
    elif "price history" in note:
        yield from PRICES
        yield from (key for key, row in METRICS.items() if row.needs == ("price",))
    elif "statements" in note or "company facts" in note:
        yield from BALANCES
        yield from (key for key, row in METRICS.items() if row.flow and key not in OWN_DEFINITIONS)
