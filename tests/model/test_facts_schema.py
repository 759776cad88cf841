from __future__ import annotations

import json

import jsonschema
import pytest
from shipped import ledger_of
from typer.testing import CliRunner

from generator.cli.app import app
from generator.model.facts_schema import facts_schema
from generator.model.tables import fact_of, ledger_rows, rows_json

FORM = jsonschema.Draft202012Validator(facts_schema(), format_checker=jsonschema.FormatChecker())


def test_the_facts_of_a_brief_are_as_their_schema_says_and_lose_nothing() -> None:
    held = ledger_of("BABA")
    rows = json.loads(rows_json(ledger_rows(held)))
    FORM.validate(rows)
    assert {row["id"]: fact_of(row) for row in rows} == dict(held.facts)


@pytest.mark.parametrize(("key", "value"), [("unit", "kilo"), ("period_kind", "moon"), ("more", 1), ("inputs", "a")])
def test_what_is_not_of_the_schema_is_refused(key: str, value: object) -> None:
    row = ledger_rows(ledger_of("BABA"))[0] | {key: value}
    assert not FORM.is_valid([row])


def test_the_schema_is_written_by_the_command() -> None:
    result = CliRunner().invoke(app, ["schema", "facts"])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == facts_schema()
