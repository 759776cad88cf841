"""Peers: what the subject would cost at their multiples, and their amounts in the currency of its price."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from generator.analysis import valuation
from generator.analysis.known import Known, Metric
from generator.model.fact import Fact, Source

DOLLAR = "USD"
AMOUNTS = (("market_value", ""), ("converted", "revenue"), ("converted", "capital_expenditure"))
"""What a table of peers shows in one currency, by metric and name."""


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


def peer_rate(known: Known, metric: Metric) -> Iterator[Fact]:
    """Units of a peer's price currency per one of the subject's: straight, turned round, or by way of the dollar."""
    home, theirs = known.ledger.company.price_currency, known.company.price_currency
    found = _rate(known, home, theirs) if known.entity in known.ledger.peers and home != theirs else None
    if found is None:
        return
    value, day, sources = found
    yield known.rate(metric, f"{theirs} per {home}", value, day, sources)


def at_home(known: Known, metric: Metric) -> Iterator[Fact]:
    """A peer's amounts in the currency of the subject's price, named by the figure they translate."""
    rate, home = known.latest("peer_rate"), known.ledger.company.price_currency
    for key, name in AMOUNTS if rate.known else ():
        fact = known.latest(key, name=name)
        if fact.known and fact.currency == known.company.price_currency:
            row = replace(metric, shown="{0} ÷ {1}")
            details = {"period": fact.period, "currency": home, "name": name or key, "label": fact.label}
            yield known.compute(row, lambda v, r: valuation.convert_back(v, rate=r), (fact, rate), **details)


Rate = tuple[float, date, tuple[Source, ...]]


def _rate(known: Known, home: str, theirs: str) -> Rate | None:
    subject = known.ledger.subject
    if (straight := _last(known, subject, theirs)) is not None:
        return straight
    if (turned := _last(known, known.entity, home)) is not None:
        return 1 / turned[0], turned[1], turned[2]
    own, other = _last(known, subject, DOLLAR), _last(known, known.entity, DOLLAR)
    if own is None or other is None:
        return None
    return own[0] / other[0], min(own[1], other[1]), tuple(dict.fromkeys((*own[2], *other[2])))


def _last(known: Known, entity: str, currency: str) -> Rate | None:
    """Return the last rate of a currency that the sources of a company give, by the day."""
    line = known.ledger.line(entity, f"rate_{currency}")
    count = bisect_right(line.days, known.ledger.until) if line is not None else 0
    if line is None or not count or not line.values[count - 1]:
        return None
    return line.values[count - 1], line.days[count - 1], line.sources
