"""`brief fetch`: ask the live sources and keep what they say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli import clock, screen
from generator.cli.boundary import Code, Failure, gravest, guarded, told
from generator.cli.options import HERE, AsJson, ProjectDir
from generator.cli.orders import alike, is_default, report_of
from generator.cli.project import Project, project_at
from generator.errors import InputError

if TYPE_CHECKING:
    from generator.cli.project import Sources
    from generator.model.report import Report
    from generator.model.snapshot import Snapshot


ROLES = ("company", "peer", "benchmark")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """What one source said about one ticker, or why it said nothing. `role` tells why the ticker was asked about."""

    ticker: str
    role: str
    source: str
    code: Code
    last_close: str = ""
    facts: int = 0
    notes: tuple[str, ...] = ()
    error: str = ""


@told
def fetch(
    tickers: Annotated[
        list[str] | None, typer.Argument(metavar="[TICKER]...", help="Tickers, or paths of report files.")
    ] = None,
    *,
    project: ProjectDir = HERE,
    as_json: AsJson = False,
) -> Code:
    """Ask the live sources about companies, their peers and their benchmark, and keep the answers in the store.

    Without a ticker: about those of all report files. A company without a report file is asked about with SPY and the
    companies of its industry that are known here. One that fails does not stop the others.
    """
    from generator.definitions import report_files

    home, today = project_at(project), clock.today()
    names = tickers or [str(path) for path in report_files(home.reports)]
    if not names:
        advice = "write `brief fetch MSFT`"
        raise InputError.at("brief fetch", "no ticker is named, and there is no report file", advice)
    reports = [report_of(name, home, live=True) for name in dict.fromkeys(names)]
    sources = home.sources(tuple(reports), today=today, live=True)
    results = []
    for result in answers_about(reports, Asking(project=home, sources=sources, today=today)):
        results.append(result)
        if not as_json:
            _tell(result)
    if as_json:
        screen.print_json([asdict(result) for result in results])
    for source in sources.live.values():
        if source.ask is None:
            typer.echo(
                f"{source.publisher} was not asked: write contact under [edgar] in reports/settings.toml", err=True
            )
    return gravest([result.code for result in results])


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Asks about each ticker once."""

    project: Project
    sources: Sources
    today: date
    industries: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def about(self, ticker: str, role: str) -> Iterator[Fetch]:
        """Give what each live source says about a ticker; one that does not know it fails only if none does."""
        if ticker in self.asked:
            return
        self.asked.add(ticker)
        made = {}
        for source in self.sources.live.values():
            if source.ask is None:
                continue
            made[source.publisher] = guarded(partial(source.asked, ticker, self.today))
        known = any(not isinstance(each, Failure) for each in made.values())
        for publisher, each in made.items():
            if isinstance(each, Failure):
                code = Code.DONE if known and each.code is Code.NO_DATA else each.code
                yield Fetch(ticker=ticker, role=role, source=publisher, code=code, error=each.sentence)
            else:
                yield self._answer(each, role, publisher)

    def _answer(self, snapshot: Snapshot, role: str, publisher: str) -> Fetch:
        if snapshot.company is not None:
            self.industries[snapshot.ticker] = snapshot.company.industry
        closes = snapshot.prices.days if snapshot.prices else ()
        return Fetch(
            ticker=snapshot.ticker,
            role=role,
            source=publisher,
            code=Code.DONE,
            last_close=str(closes[-1]) if closes else "",
            facts=len(snapshot.facts),
            notes=snapshot.notes,
        )


def answers_about(reports: Sequence[Report], asking: Asking) -> Iterator[Fetch]:
    """Give what became of each ticker: the companies first, so that their peers can be chosen."""
    for report in reports:
        yield from asking.about(report.ticker, ROLES[0])
    for report in reports:
        industry = asking.industries.get(report.ticker, "")
        peers = report.peers or (
            alike(report.ticker, industry, asking.project, asking.sources) if is_default(report) else ()
        )
        for ticker in peers:
            yield from asking.about(ticker, ROLES[1])
        yield from asking.about(report.benchmark, ROLES[2])


def _tell(result: Fetch) -> None:
    who = f"{result.ticker:<10} {result.role:<9}  {result.source:<13}"
    if result.error:
        typer.echo(f"{who}  {result.error}", err=result.code is not Code.DONE)
        return
    last = f"closes to {result.last_close}, " if result.last_close else ""
    missing = f", {len(result.notes)} notes" if result.notes else ""
    typer.echo(f"{who}  {last}{result.facts} facts{missing}")
