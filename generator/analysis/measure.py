"""Snapshots in, ledger out: the catalogue's rows are applied to each company in their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from generator.analysis import history, market, statements
from generator.analysis.catalogue import METRICS
from generator.analysis.known import Known
from generator.analysis.lacking import lacking
from generator.language import ENGLISH, spoken, translated
from generator.model.fact import Fact, Unit
from generator.model.ledger import Growing, Ledger
from generator.model.series import Series
from generator.model.snapshot import Snapshot
from generator.model.wording import Wording

ANYONE = ""
"""The subject whose peer a company is measured as, where all that counts of it is the currency of its price."""
REMEMBERED = 24


def measure(snapshots: Sequence[Snapshot], *, benchmark: str, peers: Sequence[str] = ()) -> Ledger:
    """Return the ledger of the first snapshot's company; the others are its peers and its benchmark.

    Why the benchmark comes first: beta and excess return of all others need its returns.
    """
    subject = snapshots[0]
    growing = _stated(snapshots, subject=subject.ticker, benchmark=benchmark, peers=peers)
    market = next((each for each in snapshots if each.ticker == benchmark and each.company), None)
    order = sorted(
        (each for each in snapshots if each.company),
        key=lambda each: (each.ticker != benchmark, each.ticker == subject.ticker),
    )
    for snapshot in order:
        if snapshot is subject:
            measure_company(growing, snapshot.ticker)
            continue
        known = Beside(
            snapshot=snapshot,
            market=None if snapshot is market else market,
            benchmark=benchmark,
            peer=snapshot.ticker in peers,
            subject=None if _priced_alike(snapshot, subject) else subject,
        )
        measured = known.measured()
        growing.add(measured.facts, measured.lines)
    return growing.ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What the catalogue makes of one company."""

    facts: tuple[Fact, ...]
    lines: tuple[Series, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """All that the figures of a peer or a benchmark are made of.

    `market` is the benchmark, unless this is it; `subject` the company of the brief where its price has another
    currency. Why: a process that makes many briefs measures a company once, however many it stands beside.
    """

    snapshot: Snapshot
    market: Snapshot | None
    benchmark: str
    peer: bool
    subject: Snapshot | None
    language: str = field(default_factory=spoken)

    def __hash__(self) -> int:
        """Return what equal ones share; the whole of them is compared where it meets."""
        return hash((self.snapshot.ticker, self.snapshot.until, self.benchmark, self.peer, self.language))

    def measured(self) -> Measured:
        """Return what the catalogue makes of the company."""
        return _measured(self)


@lru_cache(maxsize=REMEMBERED)
def _measured(known: Beside) -> Measured:
    own, others = known.snapshot, [each for each in (known.market, known.subject) if each is not None]
    growing = _stated(
        (own, *others),
        subject=known.subject.ticker if known.subject else ANYONE,
        benchmark=known.benchmark,
        peers=(own.ticker,) if known.peer else (),
    )
    if known.market is not None:
        market = replace(known, snapshot=known.market, market=None, peer=False, subject=None).measured()
        growing.add(market.facts, market.lines)
    facts, lines = dict(growing.ledger.facts), dict(growing.ledger.series)
    measure_company(growing, own.ticker)
    return Measured(
        facts=tuple(fact for key, fact in growing.ledger.facts.items() if facts.get(key) is not fact),
        lines=tuple(line for key, line in growing.ledger.series.items() if lines.get(key) is not line),
    )


def _priced_alike(snapshot: Snapshot, subject: Snapshot) -> bool:
    pair = (snapshot.company, subject.company)
    return all(pair) and len({company.price_currency for company in pair if company}) == 1


def _stated(snapshots: Sequence[Snapshot], *, subject: str, benchmark: str, peers: Sequence[str]) -> Growing:
    """Return the ledger of what sources state, the first snapshot's company before the others."""
    first = snapshots[0]
    companies = {each.ticker: each.company for each in snapshots if each.company is not None}
    if subject == ANYONE and first.company is not None:
        companies[ANYONE] = first.company
    growing = Growing(
        Ledger(
            subject=subject,
            until=first.until,
            companies=companies,
            peers=tuple(peers),
            benchmark=benchmark,
            notes=first.notes,
            origins=first.origins,
            wording=Wording(language=spoken()),
            failures=lacking(snapshots),
            labels={metric.key: translated(metric.label) for metric in METRICS.values()},
            needs={metric.key: metric.needs for metric in METRICS.values() if metric.formula},
        )
    )
    for snapshot in snapshots:
        company = snapshot.company
        listed = Unit.PER_ADS if company is not None and company.ads_ratio else Unit.PER_SHARE
        facts = (
            replace(fact, unit=listed) if fact.unit is Unit.QUOTED else fact for fact in map(_named, snapshot.facts)
        )
        lines = (replace(line, unit=listed) if line.unit is Unit.QUOTED else line for line in _stated_lines(snapshot))
        growing.add(facts, lines)
    return growing


def _named(fact: Fact) -> Fact:
    """Return a stated fact under the label of the catalogue in the language that is spoken."""
    metric = METRICS.get(fact.metric)
    if spoken() == ENGLISH or metric is None or fact.label != metric.label:
        return fact
    return replace(fact, label=translated(metric.label))


def measure_company(growing: Growing, entity: str) -> None:
    """Add everything the catalogue can measure about one company."""
    known = Known(ledger=growing.ledger, entity=entity)
    for metric in METRICS.values():
        if metric.flow:
            growing.add(statements.quarters(known, metric))
            growing.add(statements.twelve_months(known, metric))
    for metric in METRICS.values():
        if metric.measure is not None:
            growing.add(metric.measure(known, metric))
        for make in LINES.get(metric.key, ()):
            line = make(known)
            growing.add((), () if line is None else (line,))


def _stated_lines(snapshot: Snapshot) -> Iterable[Series]:
    if snapshot.prices is not None:
        yield snapshot.prices
    if snapshot.dividends is not None:
        yield snapshot.dividends
    for currency, line in snapshot.rates.items():
        yield replace(line, entity=snapshot.ticker, metric=f"rate_{currency}")


# The series that can be drawn once a metric has been measured.
LINES = {
    "base_price": (market.rebased_line, market.drawdown_line),
    "securities": (history.earnings_line,),
    "market_value": (history.multiple_line,),
}
