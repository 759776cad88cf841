"""`brief list`, `brief new` and `brief check`: the report files of a project."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli import clock, screen
from generator.cli.boundary import Code, told
from generator.cli.options import HERE, AsJson, Live, ProjectDir
from generator.cli.project import Project, Sources, project_at
from generator.errors import InputError, NoDataError, Problem

if TYPE_CHECKING:
    from datetime import date

    from generator.model.report import Report
    from generator.model.snapshot import Company


@told
def list_reports(*, project: ProjectDir = HERE, as_json: AsJson = False) -> None:
    """List the report files: company, peers, benchmark, KPI file and newest brief."""
    home = project_at(project)
    reports, problems = _readable(home)
    rows = [_row(report, home) for report in reports]
    if as_json:
        screen.print_json(rows)
    else:
        cells = [[", ".join(v) if isinstance(v, list) else v or "-" for v in row.values()] for row in rows]
        screen.print_table(("ticker", "name", "peers", "benchmark", "file", "KPI file", "newest brief"), cells)
    if problems:
        raise InputError(problems)


def _row(report: Report, project: Project) -> dict[str, str | list[str]]:
    newest = newest_pdf(project, report.ticker)
    return {
        "ticker": report.ticker,
        "name": report.short_name or report.name,
        "peers": list(report.peers),
        "benchmark": report.benchmark,
        "file": str(report.path),
        "kpis": str(report.kpis or ""),
        "newest": newest,
    }


def newest_pdf(project: Project, ticker: str) -> str:
    """Return the path of a ticker's newest brief, or nothing."""
    found = sorted(project.output.glob(f"[0-9]*-W[0-9]*/{ticker.lower()}.pdf"))
    return str(found[-1]) if found else ""


@told
def new(
    ticker: Annotated[str, typer.Argument(help="The listing to write briefs on.")],
    *,
    live: Live = False,
    project: ProjectDir = HERE,
) -> None:
    """Write a commented report file for a company; one that is already there stays as it is."""
    from generator.definitions import ticker_of

    home, today = project_at(project), clock.today()
    name = ticker_of(ticker)
    reports, _ = _readable(home)
    path = home.reports / f"{name.lower()}.toml"
    taken = path if path.exists() else next((each.path for each in reports if each.ticker == name), None)
    if taken is not None:
        raise InputError.at(str(taken), f"there is already a report file for {name}", "mend it, or remove it first")
    company = _company(name, home.sources(reports, today=today, live=live), today)
    others = [each.ticker for each in reports if each.ticker != name][:5]
    with path.open("x", encoding="utf-8") as file:
        file.write(_report_text(company, others))
    typer.echo(f"{path}\nName its peers there, then: brief build {name}")


def _company(ticker: str, sources: Sources, today: date) -> Company:
    """Return what the sources know of a company; the first one that knows it answers."""
    missing = NoDataError(
        f"no source knows {ticker}; add it to the seeds, mend the ticker, or ask the live sources with --live"
    )
    for source in sources.all:
        try:
            company = source.collect(ticker, today).company
        except NoDataError as error:
            missing = error
            continue
        if company is not None:
            return company
    raise missing


def _report_text(company: Company, others: list[str]) -> str:
    known = [
        ("name", company.name, "the full name, as page one prints it"),
        ("short_name", company.short_name, "what the text calls the company"),
        ("native_name", company.native_name, "the name in its own script"),
        ("native_lang", company.native_lang, "the language of that name"),
        ("fiscal_year_end", company.fiscal_year_end, "month and day"),
        ("ads_ratio", int(company.ads_ratio or 0), "ordinary shares per ADS"),
    ]
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}  # {why}" for key, value, why in known if value]
    peers = json.dumps(others)
    return "\n".join(
        (
            "#:schema report.schema.json",
            f"# {company.name}. Every key is explained in README.md; what is left out comes from the sources.",
            f'ticker = "{company.ticker}"  # {company.listing}',
            *lines,
            "",
            "# Companies to compare with, at most 12, and an index fund to measure the price against.",
            f"# peers = {peers}",
            'benchmark = "SPY"',
            "",
            f"# Figures you keep yourself (segments, plans, market shares): {company.ticker.lower()}/kpis.csv",
            "",
            "# [words]                        # your own paragraphs, in Markdown",
            f'# thesis = "{company.ticker.lower()}/thesis.md"',
            "",
            "# [sections.financials]          # options of a section",
            "# years = 5",
            "",
        )
    )


@told
def check(*, project: ProjectDir = HERE, as_json: AsJson = False) -> Code:
    """Read all report files, KPI files and seeds, and tell every problem at once."""
    home = project_at(project)
    reports, problems = _readable(home)
    try:
        sources = home.sources(reports, today=clock.today())
    except InputError as error:
        problems += error.problems
    else:
        strangers = _strangers(reports, sources, home.has_stored)
        problems += [*sources.seeds.problems(), *sources.kpis.problems(), *strangers]
    problems += _lost_templates(reports, home)
    if as_json:
        screen.print_json([{"where": each.where, "what": each.what, "advice": each.advice} for each in problems])
    else:
        for problem in problems:
            typer.echo(str(problem))
        counted = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}" if problems else "no problems"
        files = f"{len(reports)} report file{'' if len(reports) == 1 else 's'} read"
        typer.echo(f"{files}, with the KPI files and seeds: {counted}", err=True)
    return Code.BAD_INPUT if problems else Code.DONE


def _strangers(reports: tuple[Report, ...], sources: Sources, stored: Callable[[str], bool]) -> Iterator[Problem]:
    """Give the tickers of report files that no source knows."""
    from generator.definitions.sentences import near

    known = list(sources.seeds.companies) if sources.seeds.there else []
    # A live project knows more than its seeds; whether it does is seen when it is fetched.
    for report in reports if known and not sources.live else ():
        named = {"ticker": report.ticker, "benchmark": report.benchmark}
        named |= {f"peers[{i}]": peer for i, peer in enumerate(report.peers, 1)}
        for key, ticker in named.items():
            if ticker not in known and not stored(ticker):
                yield Problem(f"{report.path}: {key}", f'no source has data on "{ticker}"', near(ticker, known))


def _lost_templates(reports: tuple[Report, ...], project: Project) -> Iterator[Problem]:
    """Give the templates that are not there, and the problems of each brand, once."""
    from generator.definitions import read_brand

    for report in reports:
        if not any((folder / report.template).is_dir() for folder in project.templates):
            what = f'there is no folder "{report.template}" in templates/'
            yield Problem(f"{report.path}: template", what, "make it, or use house")
    for template in dict.fromkeys(report.template for report in reports):
        try:
            read_brand(project.templates, template)
        except InputError as error:
            yield from error.problems


def _readable(project: Project) -> tuple[tuple[Report, ...], list[Problem]]:
    """Return the reports that can be read, and the problems of the others."""
    from generator.definitions import read_reports_leniently

    return read_reports_leniently(project.reports)
