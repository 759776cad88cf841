"""Peers: what the subject would cost at the multiples the market pays for them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.known import Known, Metric
from generator.model.fact import Fact


def price_at_peer_multiple(known: Known, metric: Metric) -> Iterator[Fact]:
    """The price of the subject at each peer's trailing P/E, named by the peer."""
    ledger = known.ledger
    if known.entity != ledger.subject:
        return
    now, own = known.latest("price"), known.latest("pe_ttm")
    for peer in ledger.peers:
        theirs = ledger.latest(peer, "pe_ttm")
        if theirs.known and own.known:
            details = {"name": peer, "unit": now.unit, "currency": now.currency}
            yield known.compute(metric, lambda price, p, o: price * p / o, (now, theirs, own), **details)
