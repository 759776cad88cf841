"""`brief gallery`: every brand with every company, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli import clock, folder
from generator.cli.boundary import Code, Failure, guarded, told
from generator.cli.options import HERE, AsOf, ProjectDir
from generator.cli.orders import ordered
from generator.cli.project import Project, project_at
from generator.errors import UnknownNameError

if TYPE_CHECKING:
    from generator.model.ledger import Ledger
    from generator.model.report import Report

WIDTH, SHEET_WIDTH = 620, 360
STYLE = """\
body { font: 15px/1.5 system-ui, sans-serif; margin: 32px; color: #17202C; background: #E9ECEF; }
h2 { margin: 36px 0 8px; } h3 { margin: 20px 0 6px; font-size: 15px; } a { color: #2F6DA8; }
div { display: flex; gap: 12px; overflow-x: auto; padding-bottom: 10px; } img { width: 300px; background: #FFFFFF; }
.error { color: #A93C0C; font-family: ui-monospace, monospace; }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hung:
    """One brief of the gallery: its pages as pictures, or the sentence of what went wrong."""

    ticker: str
    brand: str
    pdf: bytes = b""
    pages: tuple[bytes, ...] = ()
    error: str = ""

    @property
    def name(self) -> str:
        """What its files are called."""
        return f"{self.ticker.lower()}-{self.brand}"


@told
def gallery(
    tickers: Annotated[
        list[str] | None, typer.Argument(metavar="TICKER", help="Companies; without one, all that have a report.")
    ] = None,
    *,
    brands: Annotated[
        list[str] | None, typer.Option("--brand", metavar="NAME", help="Only this brand; may be repeated.")
    ] = None,
    as_of: AsOf = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write here, not to output/gallery/.")
    ] = None,
    project: ProjectDir = HERE,
) -> Code:
    """Make every brand with every company: index.html shows all pages, sheet.png the first page of each."""
    from generator.pictures import sheet_of

    home, today = project_at(project), clock.today()
    place, names = out or home.output / "gallery", _brands(home, brands or [])
    folder.ready(place)
    rows = []
    for ticker in tickers or _tickers(home):
        row = list(_row(ticker, names, home, until=as_of or today, today=today))
        for each in row:
            typer.echo(f"{each.name}  {each.error or f'{len(each.pages)} pages'}", err=bool(each.error))
            folder.write_files(place, _files(each))
        rows.append(row)
    first = [[each.pages[0] if each.pages else None for each in row] for row in rows]
    sheet = {"sheet.png": sheet_of(first, width=SHEET_WIDTH), "index.html": _index(rows, names).encode()}
    folder.write_files(place, sheet)
    typer.echo(str(place / "index.html"))
    return Code.BAD_INPUT if any(each.error for row in rows for each in row) else Code.DONE


def _tickers(home: Project) -> list[str]:
    from generator.definitions import report_files

    return [str(path) for path in report_files(home.reports)]


def _brands(home: Project, wanted: Sequence[str]) -> list[str]:
    """Return the templates there are, the house first, or those asked for."""
    marks = ("brand.toml", "brief.html", "style.css")
    found = {
        path.name
        for root in home.templates
        for path in root.iterdir()
        if any((path / each).is_file() for each in marks)
    }
    for name in wanted:
        if name not in found:
            raise UnknownNameError("--brand", "template", name, sorted(found))
    return list(wanted) or sorted(found, key=lambda name: (name != "house", name))


def _row(ticker: str, brands: Sequence[str], home: Project, *, until: date, today: date) -> Iterator[Hung]:
    """Give one company's brief in every brand; its facts are measured once."""
    from generator.pipeline import gather, measure_brief

    def known() -> tuple[Report, Ledger]:
        report, sources = ordered(ticker, home, until=until, today=today, live=False)
        return report, measure_brief(report, gather(report, sources=sources.all, until=until))

    facts = guarded(known)
    for brand in brands:
        if isinstance(facts, Failure):
            yield Hung(ticker=Path(ticker).stem.upper(), brand=brand, error=facts.sentence)
        else:
            yield _hung(replace(facts[0], template=brand), facts[1], home)


def _hung(report: Report, ledger: Ledger, home: Project) -> Hung:
    from generator.pdf import pages_of
    from generator.pipeline import compose_brief, print_brief

    def made() -> Hung:
        brief = compose_brief(report, ledger, templates=home.templates)
        pdf = print_brief(brief, ledger, templates=home.templates).pdf
        return Hung(ticker=report.ticker, brand=report.template, pdf=pdf, pages=pages_of(pdf, width=WIDTH))

    done = guarded(made)
    if isinstance(done, Failure):
        return Hung(ticker=report.ticker, brand=report.template, error=done.sentence)
    return done


def _files(each: Hung) -> dict[str, bytes]:
    pages = {f"{each.name}-{number}.png": page for number, page in enumerate(each.pages, 1)}
    return {f"{each.name}.pdf": each.pdf, **pages} if each.pdf else {}


def _index(rows: Sequence[Sequence[Hung]], brands: Sequence[str]) -> str:
    """Return the page that shows every page of every brief."""
    parts = [f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Gallery</title><style>{STYLE}</style>']
    parts.append(f"<h1>{len(rows)} companies, {len(brands)} brands</h1>")
    for row in rows:
        parts.append(f"<h2>{escape(row[0].ticker)}</h2>")
        for each in row:
            if each.error:
                parts.append(f'<h3>{escape(each.brand)}</h3><p class="error">{escape(each.error)}</p>')
                continue
            shown = (
                f'<img src="{escape(each.name)}-{page}.png" alt="{escape(each.ticker)}, page {page}" loading="lazy">'
                for page in range(1, len(each.pages) + 1)
            )
            parts.append(
                f'<h3><a href="{escape(each.name)}.pdf">{escape(each.brand)}</a></h3><div>{"".join(shown)}</div>'
            )
    return "\n".join(parts)
