"""Desk: all sources of a project as one, each kind of fact from the first that has it; what it did is never silent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Protocol

from generator.errors import BriefError, NoDataError, SourceFailedError, StaleError
from generator.model.fact import Fact
from generator.model.series import Series
from generator.model.snapshot import Company, Snapshot
from generator.sources.kinds import (
    CONSENSUS,
    FX,
    OTHER,
    PRICES,
    PROFILE,
    STATEMENTS,
    WORDS,
    kind_of,
    same_figure,
)

OWN = "kpis"
"""The desk's own figures stand beside those of every source."""

LAST_RESORT = "seeds"
"""Answers a kind of fact alone, or not at all: what it holds ends on the day it was written down."""

SECOND = "second_"
"""How a figure is called that another source has already given; the two are compared."""

FILLED = ("native_name", "native_lang", "ads_ratio", "sector", "industry", "country")


class Collect(Protocol):
    """The promise of a source."""

    def collect(self, ticker: str, until: date) -> Snapshot:
        """Return what was known about a ticker on a day."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Asks every source and puts their answers together. `kinds` name the order of a kind where it is not `order`."""

    sources: Mapping[str, Collect]
    order: tuple[str, ...]
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    known: dict[tuple[str, date], Snapshot] = field(default_factory=dict, repr=False)

    def collect(self, ticker: str, until: date) -> Snapshot:
        """Return what was known about a ticker on a day; each is asked for once.

        Raises:
            NoDataError: no source knows it.
            SourceFailedError: one failed that has no stand-in.
            StaleError: only stored answers could be had, and they are too old.
        """
        if (ticker, until) not in self.known:
            self.known[ticker, until] = self._collected(ticker, until)
        return self.known[ticker, until]

    def _collected(self, ticker: str, until: date) -> Snapshot:
        found: dict[str, Snapshot] = {}
        failed: dict[str, SourceFailedError | StaleError] = {}
        unknown: list[str] = []
        for name in self._names():
            try:
                found[name] = self.sources[name].collect(ticker, until)
            except NoDataError as error:
                unknown.append(str(error))
            except (SourceFailedError, StaleError) as error:
                failed[name] = error
        merging = Merging(desk=self, found=found, ticker=ticker, until=until)
        source = merging.source_of_prices()
        if failed and source in ("", LAST_RESORT):
            raise next(iter(failed.values()))
        if not any(each.company or each.facts for each in found.values()):
            raise NoDataError("; ".join(unknown) or f"no source is asked about {ticker}")
        return merging.snapshot(failed)

    def order_of(self, kind: str) -> tuple[str, ...]:
        """Return the sources of a kind in their order."""
        return self.kinds.get(kind, self.order)

    def _names(self) -> list[str]:
        names = dict.fromkeys((*self.order, *(name for order in self.kinds.values() for name in order)))
        return [name for name in names if name in self.sources]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merging:
    """Makes one snapshot of several."""

    desk: Desk
    found: Mapping[str, Snapshot]
    ticker: str
    until: date

    def source_of_prices(self) -> str:
        """Return the name of the source that gives the prices, or nothing."""
        return next((name for name, each in self._in_order(PRICES) if each.prices and each.prices.values), "")

    def snapshot(self, failed: Mapping[str, BriefError]) -> Snapshot:
        """Return the whole, with a note on each source that failed."""
        prices = self.found.get(self.source_of_prices())
        company = self._company()
        facts = {kind: tuple(self._facts(kind)) for kind in (STATEMENTS, CONSENSUS, OTHER)}
        used = self._used(facts)
        notes = [note for name, each in self.found.items() if name in used for note in each.notes]
        return Snapshot(
            ticker=self.ticker,
            until=self.until,
            company=company,
            prices=prices.prices if prices else None,
            dividends=prices.dividends if prices else None,
            rates=self._rates(company),
            facts=tuple(fact for group in facts.values() for _, fact in group),
            notes=(*notes, *(_told(self.ticker, error) for error in failed.values())),
            origins=self._origins(facts),
        )

    def _in_order(self, kind: str) -> Iterator[tuple[str, Snapshot]]:
        for name in self.desk.order_of(kind):
            if name in self.found:
                yield name, self.found[name]

    def _company(self) -> Company | None:
        """Return the first profile, with what it lacks from those after it."""
        profiles = [each.company for _, each in self._in_order(PROFILE) if each.company]
        if not profiles:
            return None
        lacking = [key.name for key in fields(Company) if key.name in FILLED and not getattr(profiles[0], key.name)]
        filled = {key: next((v for each in profiles if (v := getattr(each, key))), None) for key in lacking}
        return replace(profiles[0], **{key: value for key, value in filled.items() if value})

    def _rates(self, company: Company | None) -> dict[str, Series]:
        """Return the rates against the price's currency; of each currency those of the first source."""
        base = company.price_currency if company else ""
        rates: dict[str, Series] = {}
        for _, each in self._in_order(FX):
            if each.company is None or each.company.price_currency == base:
                rates = dict(each.rates) | rates
        return rates

    def _facts(self, kind: str) -> Iterator[tuple[str, Fact]]:
        """Give the facts of a kind with their sources: of each figure that of the first, the others as second ones."""
        given: list[Fact] = []
        for name, each in self._in_order(kind):
            own = [fact for fact in each.facts if kind_of(fact) == kind]
            if name == LAST_RESORT and given and kind != OTHER:
                continue
            if name == OWN or kind == OTHER:
                yield from ((name, fact) for fact in own)
                continue
            before = _by_metric(given)
            for fact in own:
                twin = any(same_figure(fact, other) for other in before.get(fact.metric, ()))
                yield name, _second(fact) if twin else fact
            given += own

    def _used(self, facts: Mapping[str, Sequence[tuple[str, Fact]]]) -> set[str]:
        profile = next((name for name, each in self._in_order(PROFILE) if each.company), "")
        return {OWN, profile, self.source_of_prices(), *(name for group in facts.values() for name, _ in group)}

    def _origins(self, facts: Mapping[str, Sequence[tuple[str, Fact]]]) -> tuple[str, ...]:
        """Return which source gave what; nothing where only files of the project were read."""
        if not any(each.origins for each in self.found.values()):
            return ()
        gave: dict[str, list[str]] = {}
        for kind, name in self._givers(facts):
            gave.setdefault(name, []).append(WORDS.get(kind, kind))
        parts = [f"{_listed(kinds)} from {self._named(name)}" for name, kinds in gave.items()]
        return ("; ".join(parts),) if parts else ()

    def _givers(self, facts: Mapping[str, Sequence[tuple[str, Fact]]]) -> Iterator[tuple[str, str]]:
        profile = next((name for name, each in self._in_order(PROFILE) if each.company), "")
        pairs = [(PROFILE, profile), (PRICES, self.source_of_prices())]
        pairs += [(kind, name) for kind, group in facts.items() for name in dict.fromkeys(name for name, _ in group)]
        yield from (pair for pair in pairs if pair[1])

    def _named(self, name: str) -> str:
        origins = self.found[name].origins
        return origins[0] if origins else {OWN: "the desk's own file", LAST_RESORT: "the seeds"}.get(name, name)


def _by_metric(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    grouped: dict[str, list[Fact]] = {}
    for fact in facts:
        grouped.setdefault(fact.metric, []).append(fact)
    return grouped


def _second(fact: Fact) -> Fact:
    """Return a figure under the name of a second opinion, which no formula takes up."""
    publisher = fact.sources[0].publisher if fact.sources else "a second source"
    return replace(fact, id=f"{fact.id}-second", metric=f"{SECOND}{fact.metric}", label=f"{fact.label} ({publisher})")


def _told(ticker: str, error: BriefError) -> str:
    if isinstance(error, SourceFailedError):
        return f"{ticker}: {error.source} {error.why} when asked for {error.what}; other sources stand in for it"
    return str(error)


def _listed(words: Sequence[str]) -> str:
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]
