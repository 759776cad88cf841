"""The schema of `facts.json`: what a row of a ledger holds, for whoever reads the file that rides in a brief."""

from __future__ import annotations

from typing import Any, get_args

from generator.model.fact import Unit
from generator.model.period import Kind
from generator.model.tables import COLUMNS

TEXT = {"type": "string"}
DAY = {"type": "string", "format": "date"}
NUMBER = {"type": ["number", "null"]}
SAID: dict[str, tuple[dict[str, Any], str]] = {
    "id": (TEXT, "Names the fact; figures on the page carry it."),
    "entity": (TEXT, "Whom it is about, as a ticker; with @ and a day, as the issue of that day told it."),
    "metric": (TEXT, "What it measures, as `brief facts --metric` takes it."),
    "label": (TEXT, "What it measures, in words."),
    "name": (TEXT, "Tells facts of one metric apart: a segment, a house, a window."),
    "value": (
        {"type": ["number", "string", "null"]},
        "Money in single units, a share of 12% as 0.12; null: see reason.",
    ),
    "low": (NUMBER, "The lower end of a stated range."),
    "high": (NUMBER, "The upper end of a stated range."),
    "unit": ({"enum": [each.value for each in Unit]}, "What the value counts."),
    "currency": ({"type": ["string", "null"]}, "Of money and prices, as an ISO code."),
    "written": (TEXT, "As the page writes it where nothing else is asked for."),
    "period": (TEXT, "The period in words."),
    "period_kind": ({"enum": list(get_args(Kind))}, "What kind of period it is."),
    "period_start": ({"type": ["string", "null"], "format": "date"}, "Its first day; null for a single day."),
    "period_end": (DAY, "Its last day."),
    "as_of": (DAY, "The day it describes, or is computed for."),
    "published_on": (DAY, "The day it became public, of a computed one the last of its inputs."),
    "confirmed": ({"type": "boolean"}, "False for a press claim that no source held confirms."),
    "reason": (TEXT, "Why there is no value."),
    "formula": (TEXT, "How it was computed, in words; empty for what a source stated."),
    "arithmetic": (TEXT, "The same with the figures put in."),
    "inputs": ({"type": "array", "items": TEXT}, "The ids of the facts it was computed from."),
    "sources": (
        {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"publisher": TEXT, "title": TEXT, "url": TEXT, "published_on": DAY, "licence": TEXT},
                "required": ["publisher", "title", "url", "published_on", "licence"],
                "additionalProperties": False,
            },
        },
        "Who published it, or its inputs.",
    ),
    "note": (TEXT, "What to know about it."),
    "qualifier": (TEXT, "A word of its source before it: about, at least."),
    "not_meaningful": ({"type": "boolean"}, "Whether it prints n/m rather than n/a."),
}


def facts_schema() -> dict[str, Any]:
    """Return the JSON Schema of `facts.json`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The facts behind a brief",
        "description": "All facts of a brief, one object a fact, as they ride in its PDF under the name facts.json.",
        "type": "array",
        "items": {
            "type": "object",
            "properties": {key: {**SAID[key][0], "description": SAID[key][1]} for key in COLUMNS},
            "required": list(COLUMNS),
            "additionalProperties": False,
        },
    }
