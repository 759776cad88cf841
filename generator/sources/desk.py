"""Desk: all sources of a project as one, each kind of fact from the first that has it; what it did is never silent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import reduce
from typing import Protocol

from generator.errors import BriefError, NoDataError, SourceFailedError, StaleError
from generator.model.fact import Fact
from generator.model.joining import with_second
from generator.model.series import Series
from generator.model.snapshot import Company, Snapshot
from generator.sources.kinds import (
    FX,
    OTHER,
    PRICES,
    PROFILE,
    STATEMENTS,
    WORDS,
    kind_of,
)

OWN = "kpis"
"""The desk's own figures stand beside those of every source."""

LAST_RESORT = "seeds"
"""Answers a kind of fact alone, or not at all: what it holds ends on the day it was written down."""

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

    @property
    def is_live(self) -> bool:
        """Whether a provider is asked, and not only what is here read."""
        return any(getattr(source, "ask", None) is not None for source in self.sources.values())

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
        facts = {name: tuple(self._facts(name)) for name in self.found}
        prices, profile = self.source_of_prices(), self._source_of_profile()
        used = [name for name, own in facts.items() if own or name in (OWN, prices, profile)]
        joined = self._joined({name: facts[name] for name in used if name in self.live})
        company = self._company(joined)
        rest = [fact for name in used if name not in self.live for fact in facts[name]]
        return Snapshot(
            ticker=self.ticker,
            until=self.until,
            company=company,
            prices=self.found[prices].prices if prices else None,
            dividends=self.found[prices].dividends if prices else None,
            rates=self._rates(company),
            facts=(*(joined.facts if joined else ()), *rest),
            notes=(
                *(joined.notes if joined else ()),
                *(note for name in used if name not in self.live for note in self.found[name].notes),
                *(_told(self.ticker, error) for error in failed.values()),
            ),
            origins=self._origins(used, facts),
        )

    @property
    def live(self) -> tuple[str, ...]:
        """The names of those that are no files of the project, in the order of their statements."""
        return tuple(name for name, _ in self._in_order(STATEMENTS) if name not in (OWN, LAST_RESORT))

    def _joined(self, facts: Mapping[str, tuple[Fact, ...]]) -> Snapshot | None:
        """Return what the live sources know: the first leads, those after it fill in and bear witness."""
        parts = [replace(self.found[name], facts=facts[name]) for name in self.live if name in facts]
        return reduce(with_second, parts) if parts else None

    def _facts(self, name: str) -> Iterator[Fact]:
        """Give the facts that are taken from a source: of kinds in whose order it stands.

        The last resort speaks of statements and opinions only where nobody else does.
        """
        for fact in self.found[name].facts:
            kind = kind_of(fact)
            order = self.desk.order_of(kind)
            alone = name != LAST_RESORT or kind == OTHER or self._only(name, kind)
            if name == OWN or (name in order and alone):
                yield fact

    def _only(self, name: str, kind: str) -> bool:
        """Tell whether no other source has facts of a kind; the desk's own do not count."""
        others = (each for other, each in self._in_order(kind) if other not in (name, OWN))
        return not any(kind_of(fact) == kind for each in others for fact in each.facts)

    def _source_of_profile(self) -> str:
        return next((name for name, each in self._in_order(PROFILE) if each.company), "")

    def _in_order(self, kind: str) -> Iterator[tuple[str, Snapshot]]:
        for name in self.desk.order_of(kind):
            if name in self.found:
                yield name, self.found[name]

    def _company(self, joined: Snapshot | None) -> Company | None:
        """Return the first profile, with what it lacks from the others."""
        profiles = [each.company for _, each in self._in_order(PROFILE) if each.company]
        if not profiles:
            return None
        profiles += [joined.company] if joined and joined.company else []
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

    def _origins(self, used: Sequence[str], facts: Mapping[str, tuple[Fact, ...]]) -> tuple[str, ...]:
        """Return which source gave what; nothing where only files of the project were read."""
        if not any(each.origins for each in self.found.values()):
            return ()
        parts = []
        for name in used:
            kinds = [PROFILE] if name == self._source_of_profile() else []
            kinds += [PRICES] if name == self.source_of_prices() else []
            kinds += dict.fromkeys(kind_of(fact) for fact in facts[name])
            if kinds:
                parts.append(f"{_listed([WORDS.get(kind, kind) for kind in kinds])} from {self._named(name)}")
        return ("; ".join(parts),) if parts else ()

    def _named(self, name: str) -> str:
        origins = self.found[name].origins
        return origins[0] if origins else {OWN: "the desk's own file", LAST_RESORT: "the seeds"}.get(name, name)


def advised(first: str, sources: Sequence[Collect]) -> str:
    """Return what to do about a ticker that nobody knows; who was asked already is not proposed."""
    if any(isinstance(each, Desk) and each.is_live for each in sources):
        return f"{first}, or add its data to the seeds"
    return f"{first}, add its data to the seeds, or ask the live sources with --live"


def _told(ticker: str, error: BriefError) -> str:
    if isinstance(error, SourceFailedError):
        return f"{ticker}: {error.source} {error.why} when asked for {error.what}; other sources stand in for it"
    return str(error)


def _listed(words: Sequence[str]) -> str:
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]
