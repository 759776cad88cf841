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
    plain = {key: _plain(getattr(fact, key)) for key in COLUMNS if hasattr(fact, key)}
    derived = {
        "written": ledger.wording.write(fact),
        "unit": fact.unit.value,
        "period": fact.period.label,
        "period_kind": fact.period.kind,
        "period_start": _plain(fact.period.start),
        "period_end": _plain(fact.period.end),
        "inputs": list(fact.inputs),
        "sources": [
            {
                "publisher": each.publisher,
                "title": each.title,
                "url": each.url,
                "published_on": each.published_on.isoformat(),
                "licence": each.licence,
            }
            for each in fact.sources
        ],
    }
    row = plain | derived
    return {key: row[key] for key in COLUMNS}


def rows_json(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return rows as JSON, one a line."""
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


def fact_of(row: Mapping[str, Any]) -> Fact:
    """Return the fact that a row was written from.

    Raises:
        ValueError, KeyError: it is no row of a ledger.
    """
    fields = {key: row[key] for key in KEPT}
    unit, value = Unit(row["unit"]), row["value"]
    start = row["period_start"]
    return Fact(
        **fields,
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


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
