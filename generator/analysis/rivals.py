"""Peers: where they stand in the middle, how far the subject is from it, and plans set against each other."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from generator.analysis.known import Known, Metric
from generator.analysis.outcome import quotient
from generator.language import msgid
from generator.model.fact import Fact, Unit
from generator.model.period import Kind

MEDIANS: tuple[tuple[str, Kind | None, Unit], ...] = (
    ("pe_ttm", None, Unit.MULTIPLE),
    ("ps_ttm", None, Unit.MULTIPLE),
    ("revenue_growth", "ttm", Unit.FRACTION),
    ("net_margin", "ttm", Unit.FRACTION),
    ("capex_intensity", "ttm", Unit.FRACTION),
)
MULTIPLES = ("pe_ttm", "ps_ttm")


def peer_median(known: Known, metric: Metric) -> Iterator[Fact]:
    """The middle of the peers' figures, named by the figure; only where two peers or more have one."""
    ledger = known.ledger
    for key, kind, unit in MEDIANS if known.entity == ledger.subject else ():
        facts = [ledger.latest(peer, key, kind=kind) for peer in ledger.peers]
        there = [fact for fact in facts if fact.number is not None and fact.confirmed and _is_current(known, fact)]
        if len(there) > 1:
            yield known.compute(metric, lambda *values: median(values), there, name=key, unit=unit)


def _is_current(known: Known, fact: Fact) -> bool:
    """Tell whether a ratio of twelve months is of the newest twelve months of its company."""
    newest = known.ledger.latest(fact.entity, "revenue", kind="ttm", name="")
    return fact.period.kind != "ttm" or not newest.known or fact.period.end >= newest.period.end


def against_peers(known: Known, metric: Metric) -> Iterator[Fact]:
    """The subject's multiple against the peers' middle: 0.1 is a tenth above it."""
    for key in MULTIPLES:
        middle = known.latest("peer_median", name=key)
        if middle.known:
            yield known.compute(metric, lambda own, peers: own / peers - 1, (known.latest(key), middle), name=key)


def plan_against_rival(known: Known, metric: Metric) -> Iterator[Fact]:
    """The subject's plan per year as a share of the largest plan per year of a peer; only plans that still run."""
    own = _running(known, known.entity)
    rivals = [fact for peer in known.ledger.peers if (fact := _running(known, peer)) is not None]
    if known.entity != known.ledger.subject or own is None or not rivals:
        return
    largest = max(rivals, key=lambda fact: fact.number or 0.0)
    if largest.currency == own.currency:
        share = lambda a, b: quotient(a, b, divisor_is=msgid("the rival's plan is {sign}"))  # noqa: E731
        yield known.compute(metric, share, (own, largest), name=largest.entity)


def _running(known: Known, entity: str) -> Fact | None:
    """Return the newest plan per year of a company that had not ended by the brief's day."""
    plans = known.ledger.current(entity, "plan_per_year_converted")
    running = [fact for fact in plans if fact.known and fact.period.end >= known.ledger.until]
    return max(running, key=lambda fact: fact.published_on) if running else None
