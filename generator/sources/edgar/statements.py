"""Statements: all that a filer's figures state, in the currency of its books and on the share basis of a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from generator.language import day_in_words
from generator.model.fact import Fact, Unit
from generator.model.period import Period
from generator.sources.edgar.answers import Filed
from generator.sources.edgar.concepts import COVER, GAAP, IFRS, TAXONOMIES, Taxonomy
from generator.sources.edgar.counts import Ratio, counts, in_scale, is_foreign, ratio_of, splits_of
from generator.sources.edgar.currency import Books, books_of
from generator.sources.edgar.publications import Publication, publications
from generator.sources.edgar.stating import Stating
from generator.sources.splits import Split, adjusted

ORDINARY = "ordinary_"
WHOLE_COSTS = ("CostOfRevenue", "CostOfSales")
YEARS = 8
"""Years back that figures are taken from: five of a brief, with what they are compared with."""


@dataclass(slots=True, kw_only=True)
class Statements:
    """The figures of one filer that were public on a day; `notes` say what was left out."""

    filed: Sequence[Filed]
    stating: Stating
    until: date
    told: Sequence[Split] = ()
    notes: list[str] = field(default_factory=list)

    def facts(self) -> tuple[Fact, ...]:
        """Return the facts, each value once for every period and filing that says something new."""
        books = books_of(self.filed, self.stating.ticker)
        if books is None:
            return ()
        self.notes += [books.note] if books.note else []
        taxonomy = self._taxonomy(books)
        averages = list(self._averages(taxonomy))
        earnings = list(self._of(taxonomy, f"{books.currency}/shares", (TAXONOMIES[taxonomy].per_share,)))
        splits = splits_of(averages, earnings, self.told)
        found = (*self._amounts(taxonomy, books), *self._shares(taxonomy, averages))
        basis = {self.stating.ticker: splits}
        return tuple({fact.id: fact for fact in (adjusted(each, basis, self.until) for each in found)}.values())

    def _taxonomy(self, books: Books) -> str:
        """Return the taxonomy of the newest filings; a filer that changed it keeps the newer one's figures."""
        last = max(each.on for each in self.filed if each.taxonomy != COVER)
        named = Counter(
            each.taxonomy
            for each in self.filed
            if each.taxonomy != COVER and each.currency == books.currency and (last - each.on).days <= 400
        )
        return max((GAAP, IFRS), key=lambda each: named[each])

    def _of(self, taxonomy: str, unit: str, groups: Sequence[Mapping[str, tuple[str, ...]]]) -> Iterator[Publication]:
        rows = [each for each in self.filed if each.taxonomy == taxonomy and each.unit == unit]
        since = date(self.until.year - YEARS, 1, 1)
        for group in groups:
            for metric, names in group.items():
                yield from publications(metric, names, rows, since=since)

    def _averages(self, taxonomy: str) -> Iterator[Publication]:
        yield from self._of(taxonomy, "shares", (TAXONOMIES[taxonomy].averages,))

    def _amounts(self, taxonomy: str, books: Books) -> Iterator[Fact]:
        kinds: Taxonomy = TAXONOMIES[taxonomy]
        amounts = [
            each
            for each in self._of(taxonomy, books.currency, (kinds.flows, kinds.stocks))
            if (each.period.kind == "instant") == (each.metric in kinds.stocks)
        ]
        for each in _whole_costs(_without_doubles(amounts)):
            yield self.stating.published(each)
        for each in self._of(taxonomy, f"{books.currency}/shares", (kinds.per_share,)):
            if each.period.kind != "instant":
                yield self._counted(each)

    @property
    def _unclear(self) -> bool:
        """Whether nobody tells what the listing is: a foreign filer without an ADS ratio may list shares or ADSs."""
        return ratio_of(self.filed) is None and is_foreign(self.filed)

    def _counted(self, each: Publication, what: str = "") -> Fact:
        """State a count, or an amount per share; of ordinary shares alone where nobody tells what the listing is."""
        fact = self.stating.published(each)
        note = f"{fact.note}, {what}" if what else fact.note
        if not self._unclear:
            return replace(fact, note=note)
        metric = f"{ORDINARY}{each.metric}"
        ident = fact.id.replace(f".{each.metric}.", f".{metric}.")
        return replace(fact, id=ident, metric=metric, label=f"{fact.label}, ordinary shares", note=note)

    def _shares(self, taxonomy: str, averages: Sequence[Publication]) -> Iterator[Fact]:
        """State average counts, counts on a day and the ADS ratio."""
        ticker, ratio = self.stating.ticker, ratio_of(self.filed)
        found, left_out = counts(taxonomy, self.filed, averages)
        self.notes += [f"{ticker}: {note}, and is left out" for note in left_out[-1:]]
        if self._unclear:
            said = f"the filings of {ticker} do not tell whether its listing is the ordinary share"
            self.notes.append(f"{said}; figures per share and counts wait for another source to tell")
        in_units, remarks = in_scale(averages, found)
        self.notes += [f"{ticker}: {note}, and are left out" for note in remarks]
        for each in in_units:
            yield self._counted(each)
        for each in found:
            if each.period.end.year >= self.until.year - YEARS:
                place = "cover of the filing" if each.filed.taxonomy == COVER else "balance sheet"
                yield self._counted(each, place)
        if ratio is not None:
            yield self._ratio(ratio)

    def _ratio(self, ratio: Ratio) -> Fact:
        filed = ratio.filed
        return self.stating.fact(
            "ads_ratio", ratio.value, filed, Period.instant(filed.end), label="ordinary shares per ADS",
            unit=Unit.NUMBER, note=f"as filed on {day_in_words(filed.on)}",
        )  # fmt: skip


def _without_doubles(amounts: Sequence[Publication]) -> Iterator[Publication]:
    """Leave out commercial paper where the current debt of the same day and filing has it in it."""
    whole = {(each.period, each.filed.filing) for each in amounts if each.filed.concept == "DebtCurrent"}
    for each in amounts:
        if each.metric != "commercial_paper" or (each.period, each.filed.filing) not in whole:
            yield each


def _whole_costs(amounts: Iterable[Publication]) -> Iterator[Publication]:
    """Leave out costs that may be a part of all, so that no gross profit is made of them.

    Costs of goods and services are all costs of revenue where a gross profit is filed too; a restaurant files its food
    under that name.
    """
    every = list(amounts)
    whole = any(each.metric == "gross_profit" for each in every)
    for each in every:
        if each.metric != "cost_of_revenue" or whole or each.filed.concept in WHOLE_COSTS:
            yield each
