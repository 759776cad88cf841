"""Stating: how a figure of a filing becomes a fact, with its filing, its day and its label."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.analysis.catalogue import METRICS
from generator.language import day_in_words
from generator.model.fact import Fact, Source, Unit, fact_id
from generator.model.period import Period
from generator.sources.edgar.answers import Filed
from generator.sources.edgar.publications import Publication

PUBLISHER = "SEC EDGAR"
LICENCE = "public domain"
FLIPPED = frozenset({"capital_expenditure", "share_repurchases", "dividends_paid"})
"""Money spent, which is filed as a positive amount; a filer that files it as a negative one means the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stating:
    """States facts about one ticker of the filer with a number."""

    ticker: str
    number: int

    def fact(self, metric: str, value: float, filed: Filed, period: Period, **details: Any) -> Fact:  # noqa: ANN401
        """Return a fact; its label and unit are those of the catalogue, if not given."""
        row = METRICS.get(metric)
        fields: dict[str, Any] = {
            "id": f"edgar-{fact_id(self.ticker, metric, period)}-{filed.on:%y%m%d}",
            "entity": self.ticker,
            "metric": metric,
            "label": row.label if row else metric.replace("_", " "),
            "value": value,
            "unit": row.unit if row else Unit.NUMBER,
            "period": period,
            "as_of": period.end,
            "published_on": filed.on,
            "currency": filed.currency or None,
            "sources": (self.filing(filed),),
            "note": f"{filed.taxonomy}:{filed.concept}",
        }
        return Fact(**(fields | details))

    def published(self, each: Publication) -> Fact:
        """Return the fact of a publication; a restated one says so."""
        value = abs(each.filed.value) if each.metric in FLIPPED else each.filed.value
        fact = f"{each.filed.taxonomy}:{each.filed.concept}"
        note = f"{fact}; restated on {day_in_words(each.filed.on)}" if each.again else fact
        return self.fact(each.metric, value, each.filed, each.period, note=note)

    def filing(self, filed: Filed) -> Source:
        """Return a filing as a source."""
        place = f"{self.number}/{filed.filing.replace('-', '')}/{filed.filing}-index.htm"
        return Source(
            publisher=PUBLISHER,
            title=f"Form {filed.form}",
            url=f"https://www.sec.gov/Archives/edgar/data/{place}",
            published_on=filed.on,
            licence=LICENCE,
        )
