"""The ledger as plain rows, for tables, CSV and JSON."""

from __future__ import annotations

from datetime import date
from typing import Any

from generator.model.fact import Fact
from generator.model.ledger import Ledger

COLUMNS = (
    "id", "entity", "metric", "label", "name", "value", "low", "high", "unit", "currency", "written", "period",
    "period_kind", "period_start", "period_end", "as_of", "published_on", "confirmed", "reason", "formula",
    "arithmetic", "inputs", "sources", "note",
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


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
