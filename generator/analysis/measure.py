"""Snapshots in, ledger out: the catalogue's rows are applied to each company in their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from generator.analysis import history, market, statements
from generator.analysis.catalogue import METRICS
from generator.analysis.known import Known
from generator.analysis.lacking import lacking
from generator.model.fact import Unit
from generator.model.ledger import Ledger
from generator.model.series import Series
from generator.model.snapshot import Snapshot


def measure(snapshots: Sequence[Snapshot], *, benchmark: str, peers: Sequence[str] = ()) -> Ledger:
    """Return the ledger of the first snapshot's company; the others are its peers and its benchmark.

    Why the benchmark comes first: beta and excess return of all others need its returns.
    """
    subject = snapshots[0]
    ledger = Ledger(
        subject=subject.ticker,
        until=subject.until,
        companies={each.ticker: each.company for each in snapshots if each.company is not None},
        peers=tuple(peers),
        benchmark=benchmark,
        notes=subject.notes,
        origins=subject.origins,
        failures=lacking(snapshots),
        labels={metric.key: metric.label for metric in METRICS.values()},
        needs={metric.key: metric.needs for metric in METRICS.values() if metric.formula},
    )
    for snapshot in snapshots:
        company = snapshot.company
        listed = Unit.PER_ADS if company is not None and company.ads_ratio else Unit.PER_SHARE
        facts = (replace(fact, unit=listed) if fact.unit is Unit.QUOTED else fact for fact in snapshot.facts)
        lines = (replace(line, unit=listed) if line.unit is Unit.QUOTED else line for line in _stated_lines(snapshot))
        ledger = ledger.plus(facts, lines)
    order = sorted(
        (each for each in snapshots if each.company),
        key=lambda each: (each.ticker != benchmark, each.ticker == subject.ticker),
    )
    for snapshot in order:
        ledger = measure_company(ledger, snapshot.ticker)
    return ledger


def measure_company(ledger: Ledger, entity: str) -> Ledger:
    """Return the ledger with everything the catalogue can measure about one company."""
    for metric in METRICS.values():
        if metric.flow:
            ledger = ledger.plus(statements.quarters(Known(ledger=ledger, entity=entity), metric))
            ledger = ledger.plus(statements.twelve_months(Known(ledger=ledger, entity=entity), metric))
    for metric in METRICS.values():
        known = Known(ledger=ledger, entity=entity)
        if metric.measure is not None:
            ledger = ledger.plus(metric.measure(known, metric))
        ledger = ledger.plus((), _lines_after(metric.key, Known(ledger=ledger, entity=entity)))
    return ledger


def _stated_lines(snapshot: Snapshot) -> Iterable[Series]:
    if snapshot.prices is not None:
        yield snapshot.prices
    if snapshot.dividends is not None:
        yield snapshot.dividends
    for currency, line in snapshot.rates.items():
        yield replace(line, entity=snapshot.ticker, metric=f"rate_{currency}")


LINES = {
    "base_price": (market.rebased_line, market.drawdown_line),
    "securities": (history.earnings_line,),
    "market_value": (history.multiple_line,),
}


def _lines_after(key: str, known: Known) -> tuple[Series, ...]:
    """Return the series that can be drawn once a metric has been measured."""
    made = (make(known) for make in LINES.get(key, ()))
    return tuple(line for line in made if line is not None)
