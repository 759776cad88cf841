"""Orders: the report of a ticker as its file says, or as good defaults where there is no file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import InputError, NoDataError, UnknownNameError

if TYPE_CHECKING:
    from generator.cli.project import Project, Sources
    from generator.model.report import Report
    from generator.model.snapshot import Company

MOST_PEERS = 4


def ordered(name: str, project: Project, *, until: date, today: date, live: bool) -> tuple[Report, Sources]:
    """Return the report of a ticker or of a file, complete, and the sources to make it from.

    Raises:
        BriefError: the name is no ticker, its file has problems, or nobody knows it.
    """
    report = report_of(name, project, live=live)
    sources = project.sources((report,), today=today, live=live)
    return with_peers(report, project, sources, until), sources


def report_of(name: str, project: Project, *, live: bool = False) -> Report:
    """Return the report of a ticker or of a file; where there is no file, one with defaults and without peers.

    Where live sources are asked, not even the folder of the report files must be there.

    Raises:
        InputError: the name is no ticker, or its file has problems.
    """
    from generator.definitions import SECTIONS, kpi_file, report_for, ticker_of
    from generator.model.report import Report

    if not name.endswith(".toml"):
        ticker = ticker_of(name)
        kpis = kpi_file(project.reports, ticker)
        default = Report(ticker=ticker, path=Path(ticker), sections=SECTIONS, kpis=kpis)
        if live and not project.reports.is_dir():
            return default
        try:
            return report_for(name, project.reports)
        except UnknownNameError:
            return default
    return report_for(name, project.reports)


def is_default(report: Report) -> bool:
    """Tell whether no file gave the report."""
    return report.path == Path(report.ticker)


def with_peers(report: Report, project: Project, sources: Sources, until: date) -> Report:
    """Return a default report with the peers of its industry that are known here; one of a file stays as it is.

    Raises:
        InputError: nothing here knows the ticker; the sentence says how to ask for it.
        NoDataError: the live sources do not know it either.
    """
    if not is_default(report):
        return report
    try:
        company = sources.desk.collect(report.ticker, until).company
    except NoDataError:
        if sources.live:
            raise
        raise _unknown(report.ticker, project, sources) from None
    industry = company.industry if company is not None and company.instrument == "equity" else ""
    peers = alike(report.ticker, industry, project, sources)
    how = f"`brief new {report.ticker}` writes a report file to name others"
    if peers:
        remark = f"the peers ({', '.join(peers)}) were chosen for being in the same industry; {how}"
    else:
        remark = f"no peers are named, and no other company of its industry is known here; {how}"
    return replace(report, peers=peers, remark=remark)


def alike(ticker: str, industry: str, project: Project, sources: Sources) -> tuple[str, ...]:
    """Return up to four companies of an industry, out of the seeds and the store."""
    if not industry:
        return ()
    known = {each.ticker: each.industry for each in seeded(sources) if each.instrument == "equity"}
    if project.has_store:
        from generator.store.snapshots import industries

        with project.store() as store:
            known |= industries(store)
    return tuple(sorted(each for each, of in known.items() if of == industry and each != ticker))[:MOST_PEERS]


def seeded(sources: Sources) -> tuple[Company, ...]:
    """Return the companies of the seeds."""
    return tuple(sources.seeds.companies.values()) if sources.seeds.there else ()


def _unknown(ticker: str, project: Project, sources: Sources) -> InputError:
    """Return the error for a ticker that has no report file and is known to no source here."""
    from generator.definitions import report_files

    known = [*(path.stem.upper() for path in report_files(project.reports)), *(each.ticker for each in seeded(sources))]
    if get_close_matches(ticker, known, n=1):
        return UnknownNameError(str(project.reports), "ticker", ticker, known)
    advice = f"ask the live sources with `brief build {ticker} --live`"
    return InputError.at(ticker, "there is no report file for it, and no source here knows it", advice)
