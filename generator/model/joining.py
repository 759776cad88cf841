"""Joining: what two sources of statements know about one company, the second a witness where the first has spoken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from generator.language import day_in_words
from generator.model.fact import PER_SECURITY, Fact, Unit
from generator.model.period import Kind, Period
from generator.model.snapshot import Company, Snapshot, joined

WITNESS = "second_"
"""What the metric of a witness begins with: "second_revenue" is never used, only compared with "revenue"."""

ORDINARY = "ordinary_"
"""Figures of ordinary shares, of which nobody has told yet whether they are what is quoted."""

SAME_PERIOD = timedelta(days=7)
OUTDATED = timedelta(days=45)
FILED_COUNTS = ("shares_outstanding", "diluted_shares", "ordinary_shares_outstanding", "ordinary_diluted_shares")
STALE_COUNT = timedelta(days=550)
SAME_COUNT = 1.3
"""Two counts of the same securities differ by less: a day, a class of shares, dilution."""


def with_second(first: Snapshot, second: Snapshot) -> Snapshot:
    """Return one snapshot: all of the first, and of the second what the first lacks; the rest of it as a witness.

    A metric is one source's alone, so that quarters of two sources are never added up: the first's, unless what it has
    of it ended long before the second's. A second's period a few days off the first's is taken as the first's.
    """
    second, notes = _on_listing(second, first)
    first, others = _on_listing(first, second)
    mine, theirs = _ends(first.facts), _ends(second.facts)
    loser = {metric: 1 if mine[metric] + OUTDATED < theirs[metric] else 2 for metric in mine if metric in theirs}
    periods = _periods(first.facts)
    kept = tuple(_witness(fact) if loser.get(fact.metric) == 1 else fact for fact in first.facts)
    added = tuple(_witness(fact) if loser.get(fact.metric) == 2 else _aligned(fact, periods) for fact in second.facts)
    company = first.company or second.company
    return replace(
        joined((first, second)),
        company=company and _with_ratio(company, (*first.facts, *second.facts)),
        facts=(*kept, *added),
        notes=(*first.notes, *second.notes, *notes, *others),
    )


def _witness(fact: Fact) -> Fact:
    return replace(fact, metric=f"{WITNESS}{fact.metric}")


def _ends(facts: Iterable[Fact]) -> dict[str, date]:
    ends: dict[str, date] = {}
    for fact in facts:
        if fact.known and not fact.ahead:
            ends[fact.metric] = max(ends.get(fact.metric, date.min), fact.period.end)
    return ends


def _periods(facts: Iterable[Fact]) -> Mapping[Kind, tuple[Period, ...]]:
    found: dict[Kind, dict[Period, None]] = {}
    for fact in facts:
        if not fact.ahead:
            found.setdefault(fact.period.kind, {})[fact.period] = None
    return {kind: tuple(periods) for kind, periods in found.items()}


def _aligned(fact: Fact, periods: Mapping[Kind, tuple[Period, ...]]) -> Fact:
    """Return a fact under the period by which the first source calls the same days."""
    known = periods.get(fact.period.kind, ())
    if fact.period in known:
        return fact
    near = next((each for each in known if is_same(each, fact.period)), None)
    if near is None:
        return fact
    note = "; ".join(part for part in (fact.note, f"period to {fact.period.end} in the filing") if part)
    return replace(fact, period=near, as_of=min(near.end, fact.published_on), note=note)


def is_same(period: Period, other: Period) -> bool:
    """Tell whether two periods are one: of one kind, and their ends no more than a week apart."""
    return period.kind == other.kind and abs(period.end - other.end) <= SAME_PERIOD


def _with_ratio(company: Company, facts: Iterable[Fact]) -> Company:
    """Return the company with the ADS ratio that a source states, where none is known."""
    ratio = _newest(facts, ("ads_ratio",))
    if company.ads_ratio or ratio is None or not ratio.number or ratio.number == 1:
        return company
    return replace(company, ads_ratio=ratio.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counts:
    """How many securities a vendor counts, and how many ordinary shares were filed, the newest of each."""

    quoted: float
    filed: float

    @property
    def same(self) -> bool:
        return 1 / SAME_COUNT < self.quoted / self.filed < SAME_COUNT


def _on_listing(filer: Snapshot, vendor: Snapshot) -> tuple[Snapshot, tuple[str, ...]]:
    """Return a filer's snapshot with what can meet the vendor's price, per share and counted, and what was done.

    A split between the last filing and the price, or an ADS of which nobody tells the ratio, shows in the counts: they
    are then far from what the vendor of the price counts.
    """
    filed = _newest(filer.facts, FILED_COUNTS)
    quoted = _newest(vendor.facts, ("vendor_shares",))
    waiting = any(fact.metric.startswith(ORDINARY) for fact in filer.facts)
    if filed is None or quoted is None or not filed.number or not quoted.number:
        return filer, ()
    if filer.until - filed.period.end > STALE_COUNT:
        when = day_in_words(filed.period.end)
        said = f"the newest count filed for {filer.ticker} is of {when}; filed counts are left out"
        return replace(filer, facts=tuple(fact for fact in filer.facts if fact.unit is not Unit.SHARES)), (said,)
    ratio = _newest(filer.facts, ("ads_ratio",))
    per = (ratio.number if ratio else None) or 1.0
    counts = _Counts(quoted=quoted.number, filed=filed.number / per)
    if counts.same:
        if not waiting:
            return filer, ()
        said = f"the listing of {filer.ticker} is the ordinary share: the counts filed and quoted are the same"
        return replace(filer, facts=tuple(_named(fact) for fact in filer.facts)), (said,)
    kept = tuple(fact for fact in filer.facts if fact.unit not in (Unit.SHARES, *PER_SECURITY))
    said = (
        f"the count filed for {filer.ticker}, {counts.filed / 1e6:,.0f}m, is not that of the securities quoted, "
        f"{counts.quoted / 1e6:,.0f}m (a split since, an ADS or another class); filed counts and figures per share are "
        "left out"
    )
    return replace(filer, facts=kept), (said,)


def _named(fact: Fact) -> Fact:
    if not fact.metric.startswith(ORDINARY):
        return fact
    return replace(fact, metric=fact.metric.removeprefix(ORDINARY), label=fact.label.removesuffix(", ordinary shares"))


def _newest(facts: Iterable[Fact], metrics: tuple[str, ...]) -> Fact | None:
    found = [fact for fact in facts if fact.metric in metrics and fact.number]
    return max(found, key=lambda fact: (fact.period.end, fact.published_on), default=None)
