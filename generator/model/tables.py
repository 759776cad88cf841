"""The ledger as plain rows, for tables, CSV and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from generator.model.fact import Fact, Source, Unit
from generator.model.ledger import Ledger
from generator.model.period import Period

COLUMNS = (
    "id", "entity", "metric", "label", "name", "value", "low", "high", "unit", "currency", "written", "period",
    "period_kind", "period_start", "period_end", "as_of", "published_on", "confirmed", "reason", "formula",
    "arithmetic", "inputs", "sources", "note", "qualifier", "not_meaningful",
)  # fmt: skip

ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

KEPT = (
    "id", "entity", "metric", "label", "name", "low", "high", "currency", "confirmed", "reason", "formula",
    "arithmetic", "note", "qualifier", "not_meaningful",
)  # fmt: skip


def ledger_rows(ledger: Ledger) -> list[dict[str, Any]]:
    """Return one row a fact, subject first, in a fixed order; `written` is the figure as the page prints it."""
    rank = {entity: i for i, entity in enumerate((ledger.subject, *ledger.peers, ledger.benchmark))}
    facts = sorted(ledger.facts.values(), key=lambda fact: (rank.get(fact.entity, 99), fact.metric, fact.id))
    return [fact_row(fact, ledger) for fact in facts]


def fact_row(fact: Fact, ledger: Ledger) -> dict[str, Any]:
    """Return one fact as a row of plain values; dates in ISO form."""
    period = fact.period
    return {
        "id": fact.id,
        "entity": fact.entity,
        "metric": fact.metric,
        "label": fact.label,
        "name": fact.name,
        "value": fact.value.isoformat() if isinstance(fact.value, date) else fact.value,
        "low": fact.low,
        "high": fact.high,
        "unit": fact.unit.value,
        "currency": fact.currency,
        "written": ledger.wording.write(fact),
        "period": period.label,
        "period_kind": period.kind,
        "period_start": period.start.isoformat() if period.start else None,
        "period_end": period.end.isoformat(),
        "as_of": fact.as_of.isoformat(),
        "published_on": fact.published_on.isoformat(),
        "confirmed": fact.confirmed,
        "reason": fact.reason,
        "formula": fact.formula,
        "arithmetic": fact.arithmetic,
        "inputs": list(fact.inputs),
        "sources": [_source(each) for each in fact.sources],
        "note": fact.note,
        "qualifier": fact.qualifier,
        "not_meaningful": fact.not_meaningful,
    }


def _source(source: Source) -> dict[str, str]:
    return {
        "publisher": source.publisher,
        "title": source.title,
        "url": source.url,
        "published_on": source.published_on.isoformat(),
        "licence": source.licence,
    }


def rows_json(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return rows as JSON, one a line."""
    return ("[\n" + ",\n".join(map(ENCODER.encode, rows)) + "\n]\n").encode()


def fact_of(row: Mapping[str, Any]) -> Fact:
    """Return the fact that a row was written from.

    Raises:
        ValueError, KeyError: it is no row of a ledger.
    """
    kept = {key: row[key] for key in KEPT}
    unit, value = Unit(row["unit"]), row["value"]
    start = row["period_start"]
    return Fact(
        **kept,
        unit=unit,
        value=date.fromisoformat(value) if unit is Unit.DATE and isinstance(value, str) else value,
        period=Period(
            kind=row["period_kind"],
            end=date.fromisoformat(row["period_end"]),
            start=date.fromisoformat(start) if start else None,
        ),
        as_of=date.fromisoformat(row["as_of"]),
        published_on=date.fromisoformat(row["published_on"]),
        inputs=tuple(row["inputs"]),
        sources=tuple(
            Source(**(each | {"published_on": date.fromisoformat(each["published_on"])})) for each in row["sources"]
        ),
    )
