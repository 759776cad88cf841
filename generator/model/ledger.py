"""Ledger: the facts and series of one brief, the only place a page may take a figure from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from generator.language import is_phrase, msgid, phrase, translated
from generator.model.fact import Fact, Unit, unknown
from generator.model.instrument import REDUCED
from generator.model.period import Kind, Period
from generator.model.series import Series
from generator.model.snapshot import Company
from generator.model.wording import Wording

PRICED = re.compile("price|return|dividend|volatility|beta|correlation|drawdown|value_at_risk|rate|52w|from_high")
"""The metrics that whatever is traded has, without a company behind it."""

NOT_GIVEN = msgid("no source gives {what} for {who}{span}")
SPANS: Mapping[Kind, str] = {
    "ttm": msgid(" over twelve months"),
    "fiscal_year": msgid(" for a fiscal year"),
    "quarter": msgid(" by quarter"),
}


class Row:
    """All facts of one entity and metric, in their order, and what was looked up among them."""

    __slots__ = ("_first", "_newest", "facts")

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.facts = tuple(sorted(facts, key=_order))
        self._newest: dict[tuple[Kind | None, str | None], tuple[Fact, ...]] = {}
        self._first: dict[tuple[str, Period], date] = {}

    def newest(self, kind: Kind | None, name: str | None) -> tuple[Fact, ...]:
        """Return the newest publication of each period and name, oldest period first."""
        found = self._newest.get((kind, name))
        if found is None:
            found = self._newest[kind, name] = tuple(self._select(kind, name))
        return found

    def first_stated(self, name: str, period: Period) -> date | None:
        """Return the day a source first stated the figure of a name and period."""
        if not self._first:
            for fact in self.facts:
                if fact.stated:
                    key = (fact.name, fact.period)
                    self._first[key] = min(self._first.get(key, fact.published_on), fact.published_on)
        return self._first.get((name, period))

    def _select(self, kind: Kind | None, name: str | None) -> Iterable[Fact]:
        newest: dict[tuple[str, Period], Fact] = {}
        for fact in self.facts:
            if (kind is None or fact.period.kind == kind) and (name is None or fact.name == name):
                older = newest.get((fact.name, fact.period))
                if older is None or fact.confirmed or not older.confirmed:
                    newest[fact.name, fact.period] = fact
        return newest.values()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All facts known on `until` about a subject, its peers and its benchmark.

    A lookup never fails: what is not there comes back as a fact without value that says why. `labels` name the
    metrics of the catalogue, `needs` the metrics that each computed one is made of. `failures` say of a company and a
    metric which provider failed to give it.
    """

    subject: str
    until: date
    companies: Mapping[str, Company]
    peers: tuple[str, ...] = ()
    benchmark: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    series: Mapping[tuple[str, str], Series] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    failures: Mapping[tuple[str, str], str] = field(default_factory=dict)
    origins: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    wording: Wording = field(default_factory=Wording)
    _index: Mapping[tuple[str, str], Row] = field(default_factory=dict, repr=False)

    @property
    def company(self) -> Company:
        """The subject's profile."""
        return self.companies[self.subject]

    def own(self) -> Ledger:
        """Return the ledger with the facts of its subject alone."""
        bare = replace(self, facts=MappingProxyType({}), series=MappingProxyType({}), _index=MappingProxyType({}))
        return bare.plus(fact for fact in self.facts.values() if fact.entity == self.subject)

    def plus(self, facts: Iterable[Fact], series: Iterable[Series] = ()) -> Ledger:
        """Return a ledger that also holds these facts and series; a fact with a known id replaces the old one."""
        grown = Growing(self)
        grown.add(facts, series)
        return grown.ledger

    def rows(self) -> dict[tuple[str, str], Row]:
        """Return the facts of each entity and metric, in a table of its own."""
        return dict(self._index)

    def all(self, entity: str, metric: str) -> tuple[Fact, ...]:
        """Every fact of a metric, superseded ones too, by period end, name and day of publication."""
        row = self._index.get((entity, metric))
        return row.facts if row is not None else ()

    def current(
        self, entity: str, metric: str, *, kind: Kind | None = None, name: str | None = None
    ) -> tuple[Fact, ...]:
        """The newest publication of each period (and name) of a metric, oldest period first.

        A claim that nobody confirms never replaces a confirmed figure, however late it was made.
        """
        row = self._index.get((entity, metric))
        return row.newest(kind, name) if row is not None else ()

    def superseded(self, entity: str, metric: str) -> tuple[Fact, ...]:
        """The facts that a later publication of the same period and name replaced."""
        current = {(fact.name, fact.period): fact for fact in self.current(entity, metric)}
        pairs = ((fact, current[fact.name, fact.period]) for fact in self.all(entity, metric))
        return tuple(fact for fact, new in pairs if fact is not new and fact.published_on <= new.published_on)

    def first_stated(self, fact: Fact) -> date:
        """Return the day on which a source first stated the figure of a fact's period and name."""
        row = self._index.get((fact.entity, fact.metric))
        day = row.first_stated(fact.name, fact.period) if row is not None else None
        return day or fact.published_on

    def latest(self, entity: str, metric: str, *, kind: Kind | None = None, name: str | None = None) -> Fact:
        """The fact of the newest period, known values first; never fails.

        A confirmed figure wins over an unconfirmed one, and a known value over a later "not available"; a figure
        without meaning counts as known, so that an older one does not stand in for it.
        """
        facts = self.current(entity, metric, kind=kind, name=name)
        known = [fact for fact in facts if fact.known or fact.not_meaningful]
        best = [fact for fact in known if fact.confirmed] or known or facts
        return best[-1] if best else self.missing(entity, metric, reason=self.why_missing(entity, metric, kind=kind))

    def at(self, entity: str, metric: str, period: Period, *, name: str = "") -> Fact:
        """The newest publication of exactly this period; never fails."""
        found = [fact for fact in self.current(entity, metric, name=name) if fact.period == period]
        if found:
            return found[-1]
        why = self.why_missing(entity, metric, kind=period.kind)
        return self.missing(entity, metric, period=period, reason=why)

    def missing(self, entity: str, metric: str, *, period: Period | None = None, reason: str = "") -> Fact:
        """The fact that nobody published this figure by `until`."""
        return unknown(
            entity,
            metric,
            label=self.label_of(metric),
            unit=Unit.NUMBER,
            period=period or Period.instant(self.until),
            reason=reason or self.why_missing(entity, metric),
        )

    def label_of(self, metric: str) -> str:
        """What the catalogue calls a metric, or its key in words."""
        return self.labels.get(metric, metric.replace("_", " "))

    def why_missing(self, entity: str, metric: str, *, kind: Kind | None = None) -> str:
        """The reason why a figure is not there; that of a computed one names the first part that is not known."""
        needs = self.needs.get(metric)
        for part in needs or ():
            if not (fact := self.latest(entity, part, kind=kind)).known:
                return fact.reason
        if (failure := self.failures.get((entity, metric))) is not None:
            return failure
        company = self.companies.get(entity)
        if company is not None and company.instrument in REDUCED and not PRICED.search(metric):
            fund = translated(REDUCED[company.instrument])
            return phrase("{fund} has no {what}", fund=fund, what=self.label_of(metric))
        label = self.label_of(metric)
        what = label if needs is None else phrase("all that {what} needs", what=label)
        span = translated(SPANS.get(kind, "")) if kind else ""
        return phrase(NOT_GIVEN, what=what, who=self.name_of(entity), span=span)

    def name_of(self, entity: str) -> str:
        """The short name of a company, or the entity's own key where no profile is known."""
        company = self.companies.get(entity)
        return company.short_name if company else entity

    def line(self, entity: str, metric: str) -> Series | None:
        """A series of the ledger, or None."""
        return self.series.get((entity, metric))


def is_not_given(fact: Fact) -> bool:
    """Tell whether a figure is missing because no source gives it."""
    return is_phrase(NOT_GIVEN, fact.reason)


def _order(fact: Fact) -> tuple[date, date, str, date, str]:
    start = fact.period.start or fact.period.end
    return (fact.period.end, start, fact.name, fact.published_on, fact.id)


class Growing:
    """A ledger while it is filled: what is added is seen in `ledger` at once.

    Why: measuring adds a few facts two thousand times; a copy of all the others each time took longer than the
    formulas.
    """

    def __init__(self, start: Ledger) -> None:
        self._facts, self._series, self._index = dict(start.facts), dict(start.series), start.rows()
        self.ledger = replace(
            start,
            facts=MappingProxyType(self._facts),
            series=MappingProxyType(self._series),
            _index=MappingProxyType(self._index),
        )

    def add(self, facts: Iterable[Fact], series: Iterable[Series] = ()) -> None:
        """Add facts and series, once all of them are made; a fact with a known id replaces the old one."""
        added = {fact.id: fact for fact in facts}
        drawn = {(line.entity, line.metric): line for line in series}
        own: dict[tuple[str, str], list[Fact]] = {}
        for fact in (self._facts[key] for key in added if key in self._facts):
            own.setdefault((fact.entity, fact.metric), [])
        for fact in added.values():
            own.setdefault((fact.entity, fact.metric), []).append(fact)
        for key, new in own.items():
            row = self._index.get(key)
            kept = [fact for fact in row.facts if fact.id not in added] if row is not None else []
            self._index[key] = Row((*kept, *new))
        self._facts |= added
        self._series |= drawn
