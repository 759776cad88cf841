"""Snapshot: what sources returned about one company, as it was known on one day."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from generator.language import phrase
from generator.model.fact import Fact
from generator.model.series import Series

FAILURE = re.compile(r" (?:is|are) missing: | when asked for ")
"""How a note tells a failure: "the statements of X are missing: Yahoo Finance answered 500"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """Who is spoken about. `ads_ratio` is ordinary shares per ADS, None when the listing is the share itself."""

    ticker: str
    name: str
    short_name: str
    exchange: str
    mic: str
    price_currency: str
    statement_currency: str
    native_name: str = ""
    native_lang: str = ""
    ads_ratio: float | None = None
    fiscal_year_end: str = "12-31"
    sector: str = ""
    industry: str = ""
    country: str = ""
    instrument: str = "equity"

    @property
    def security(self) -> str:
        """What one unit of the listing is called: "ADS" or "share"."""
        return phrase("ADS") if self.ads_ratio else phrase("share")

    @property
    def securities(self) -> str:
        """What several of them are called: "ADSs" or "shares"."""
        return phrase("ADSs") if self.ads_ratio else phrase("shares")

    @property
    def listing(self) -> str:
        """The ticker with its exchange, as it is always printed: "NYSE: BABA"."""
        return f"{self.exchange}: {self.ticker}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything a source knows about one ticker on `until`: profile, prices, dividends, exchange rates, stated facts.

    A source that knows only some of it (a desk's KPI file knows facts alone) leaves the rest empty.

    `prices` are closes adjusted for splits and not for dividends. `dividends` are cash per security by ex-date.
    `rates` map a currency to its daily units per one unit of the price currency. `notes` say what a source cannot give,
    `origins` which sources answered, and from when their answers are.
    """

    ticker: str
    until: date
    company: Company | None = None
    prices: Series | None = None
    dividends: Series | None = None
    rates: Mapping[str, Series] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()

    @property
    def failures(self) -> tuple[str, ...]:
        """The notes that tell what a provider failed to answer, other than that it has none."""
        return tuple(note for note in self.notes if FAILURE.search(note))

    @property
    def digest(self) -> str:
        """A hash of the whole content; equal snapshots have equal digests."""
        from generator.model.snapshot_json import to_json

        return hashlib.sha256(to_json(self)).hexdigest()


def joined(snapshots: Sequence[Snapshot]) -> Snapshot:
    """Return one snapshot of what several sources know about a ticker; for prices and profile the first that knows."""
    first = snapshots[0]
    return Snapshot(
        ticker=first.ticker,
        until=first.until,
        company=next((each.company for each in snapshots if each.company), None),
        prices=next((each.prices for each in snapshots if each.prices), None),
        dividends=next((each.dividends for each in snapshots if each.dividends), None),
        rates={currency: line for each in reversed(snapshots) for currency, line in each.rates.items()},
        facts=tuple(fact for each in snapshots for fact in each.facts),
        notes=tuple(note for each in snapshots for note in each.notes),
        origins=tuple(origin for each in snapshots for origin in each.origins),
    )
