"""`brief export`: the same brief in other forms, and the facts behind it as tables."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli import clock, folder, screen
from generator.cli.boundary import told
from generator.cli.options import HERE, AsOf, Live, ProjectDir
from generator.cli.orders import ordered
from generator.cli.project import project_at
from generator.errors import UnknownNameError

if TYPE_CHECKING:
    from generator.model.brief import Brief
    from generator.model.ledger import Ledger
    from generator.workbook import Sheet


class Form(StrEnum):
    """In which forms a brief can be had besides the PDF."""

    HTML = "html"
    MARKDOWN = "md"
    WORKBOOK = "xlsx"
    CSV = "csv"
    JSON = "json"


@told
def export(
    ticker: Annotated[str, typer.Argument(help="A ticker, or the path of a report file.")],
    *,
    forms: Annotated[
        str, typer.Option("--format", metavar="FORMS", help="html, md, xlsx, csv and json, with commas between them.")
    ] = "html,md,xlsx",
    as_of: AsOf = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Write here, not to output/<week>/.")] = None,
    live: Live = False,
    project: ProjectDir = HERE,
) -> None:
    """Write a brief as one HTML file for a browser or a phone, as Markdown, and its facts as a workbook, CSV or JSON.

    The HTML file asks for nothing: styles, letters, charts and pictures stand inside it.
    """
    from generator.pipeline import compose_brief, gather, measure_brief

    wanted = _wanted(forms)
    home, today = project_at(project), clock.today()
    until = as_of or today
    report, sources = ordered(ticker, home, until=until, today=today, live=live)
    place = out or home.output / folder.week_of(until)
    folder.ready(place)
    ledger = measure_brief(report, gather(report, sources=sources.all, until=until))
    brief = compose_brief(report, ledger, templates=home.templates)
    name = report.ticker.lower()
    files = dict(_file(form, name, brief, ledger, home.templates) for form in wanted)
    folder.write_files(place, files)
    for each in files:
        typer.echo(str(place / each))


def _wanted(forms: str) -> tuple[Form, ...]:
    """Return the forms named, each once."""
    known = [form.value for form in Form]
    names = [name.strip().lower() for name in forms.split(",") if name.strip()]
    for name in names:
        if name not in known:
            raise UnknownNameError("--format", "form of a brief", name, known)
    return tuple(dict.fromkeys(map(Form, names)))


def _file(form: Form, name: str, brief: Brief, ledger: Ledger, templates: tuple[Path, ...]) -> tuple[str, bytes]:
    """Return a form's file: its name, and what stands in it."""
    from generator.model.tables import COLUMNS, ledger_rows, rows_json
    from generator.page import fill_markdown, fill_page
    from generator.workbook import to_xlsx

    match form:
        case Form.HTML:
            return f"{name}.html", fill_page(brief, folders=templates).encode()
        case Form.MARKDOWN:
            return f"{name}.md", fill_markdown(brief, folders=templates).encode()
        case Form.WORKBOOK:
            title = f"{brief.company.name}, {brief.as_of.isoformat()}"
            return f"{name}.xlsx", to_xlsx(_sheets(brief, ledger), title=title, created=brief.as_of)
        case Form.CSV:
            return f"{name}.facts.csv", screen.to_csv(COLUMNS, ledger_rows(ledger)).encode("utf-8-sig")
        case Form.JSON:
            return f"{name}.facts.json", rows_json(ledger_rows(ledger))


def _sheets(brief: Brief, ledger: Ledger) -> list[Sheet]:
    """Return the facts, and the data of each chart, as sheets of a workbook."""
    from generator.model.tables import COLUMNS, ledger_rows
    from generator.workbook import Sheet, as_cell

    facts = [[as_cell(row[column]) for column in COLUMNS] for row in ledger_rows(ledger)]
    charts = [
        Sheet(name=f"Exhibit {each.number} {each.key}", columns=each.drawing.columns, rows=each.drawing.rows)
        for each in brief.exhibits
        if each.drawing is not None
    ]
    return [Sheet(name="Facts", columns=COLUMNS, rows=facts), *charts]
