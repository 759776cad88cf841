"""`brief schema`: the form of the files in reports/, for editors, and of the facts in a brief, for programs."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from generator.cli.boundary import told
from generator.cli.folder import ready, write_files


class Of(StrEnum):
    """What has a schema."""

    REPORT = "report"
    SETTINGS = "settings"
    RECIPIENTS = "recipients"
    FACTS = "facts"


@told
def schema(
    of: Annotated[
        Of, typer.Argument(help="Of report files, of the settings, or of the facts.json in a brief.")
    ] = Of.REPORT,
    *,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write here instead of the screen.")] = None,
) -> None:
    """Write the JSON Schema of report files; the first line of a report file names it for the editor.

    `brief schema settings` and `brief schema recipients` write those of reports/settings.toml and
    reports/recipients.toml, `brief schema facts` the one of the facts.json that rides in each brief.
    """
    text = json.dumps(_form(of), ensure_ascii=False, indent=2) + "\n"
    if out is None:
        typer.echo(text, nl=False)
        return
    ready(out.parent)
    write_files(out.parent, {out.name: text.encode()})
    typer.echo(str(out))


def _form(of: Of) -> dict[str, Any]:
    from generator.definitions import write_recipients_schema, write_schema, write_settings_schema
    from generator.model.facts_schema import facts_schema

    forms = {
        Of.REPORT: write_schema,
        Of.SETTINGS: write_settings_schema,
        Of.RECIPIENTS: write_recipients_schema,
        Of.FACTS: facts_schema,
    }
    return forms[of]()
