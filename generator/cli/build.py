"""`brief build`: from report files to finished briefs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from generator.cli import clock, folder, screen
from generator.cli.batches import Cluster, Workers, executor_for, made
from generator.cli.boundary import DEBUG, Code, Failure, gravest, guarded, told
from generator.cli.gaps import gaps_of
from generator.cli.last import last_issue
from generator.cli.options import HERE, AsJson, AsOf, Live, ProjectDir, past_day
from generator.cli.orders import ordered
from generator.cli.project import Project, project_at
from generator.errors import InputError

if TYPE_CHECKING:
    from generator.batch import Lost
    from generator.model.document import Proof
    from generator.model.ledger import Ledger

LEVELS = ("block", "warn", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What every brief of one run shares; a plain value, which a worker process is sent.

    `shown` says whether the stages of each brief are told as they begin.
    """

    project: Project
    until: date
    today: date
    out: Path
    live: bool
    since: date | None = None
    shown: bool = True
    debug: bool = False

    def __call__(self, name: str) -> Result:
        """Return what became of one brief."""
        DEBUG.set(self.debug)
        return _built(name, self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one brief: its path, or the sentence of what went wrong."""

    ticker: str
    code: Code
    path: str = ""
    pages: int = 0
    findings: dict[str, int]
    blocked_by: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    proof: str = ""
    told: tuple[dict[str, Any], ...] = ()
    error: str = ""

    @property
    def state(self) -> str:
        """What became of it, in the words of the summary."""
        if self.error:
            return "failed"
        if self.code == Code.BLOCKED:
            return "blocked"
        return "made with gaps" if self.gaps else "made"

    @property
    def words(self) -> str:
        """What there is to say about it in a line."""
        if self.error:
            return self.error
        return f"{self.path}, {self.pages} pages" + (f", by {', '.join(self.blocked_by)}" if self.blocked_by else "")


@told
def build(
    tickers: Annotated[
        list[str] | None, typer.Argument(metavar="TICKER", help="Tickers, or paths of report files.")
    ] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Build all reports of the project.")] = False,
    as_of: AsOf = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write here instead of output/<week>/.")
    ] = None,
    since: Annotated[
        date | None,
        typer.Option(
            "--since", parser=past_day, metavar="DATE", help="Compare with this day, not with the last issue."
        ),
    ] = None,
    live: Live = False,
    workers: Workers = None,
    cluster: Cluster = "",
    project: ProjectDir = HERE,
    as_json: AsJson = False,
) -> Code:
    """Build briefs: reports/<ticker>.toml in, output/<ISO week>/<ticker>.pdf out, and its facts as JSON beside it.

    Without a report file, the company is set against SPY and the companies of its industry that are known here.
    What moved is told since the last issue that was sent, else the last built; --since names another day.
    Facts come from the desk's own files, the store and the seeds; --live asks the providers first.
    With several tickers, one that fails does not stop the others.
    """
    today = clock.today()
    home, until = project_at(project), as_of or today
    if cluster or home.settings.batch.cluster:
        # The workers stand in folders of their own.
        home = Project(root=home.root.resolve())
    names = _names(tickers or [], home, every=every)
    order = Order(
        project=home,
        until=until,
        today=today,
        out=out or home.output / folder.week_of(until),
        shown=len(names) == 1,
        debug=DEBUG.get(),
        live=live,
        since=since,
    )
    results = _several(names, order, workers, cluster) if len(names) > 1 else [order(names[0])]
    if as_json:
        screen.print_json([_row(result) for result in results])
        return gravest([result.code for result in results])
    for result in results:
        _tell(result)
    if len(results) > 1:
        _tell_counts(results)
    return gravest([result.code for result in results])


def _several(names: Sequence[str], order: Order, workers: int | None, cluster: str) -> list[Result]:
    executor = executor_for(names, order.project, workers=workers, cluster=cluster)
    return made(names, order, executor, lost=_lost, project=order.project)


def _lost(name: str, lost: Lost) -> Result:
    return Result(ticker=name, code=Code.LIMIT, error=f"{name}: {lost.sentence}", findings={})


def _row(result: Result) -> dict[str, object]:
    return {"ticker": result.ticker, "state": result.state} | asdict(result)


def _tell_counts(results: Sequence[Result]) -> None:
    counts = Counter(result.state for result in results)
    typer.echo(f"{len(results)} briefs: {', '.join(f'{number} {state}' for state, number in counts.items())}")


def _names(tickers: Sequence[str], project: Project, *, every: bool) -> list[str]:
    """Return what to build, each once: the tickers given, or the path of every report file."""
    from generator.definitions import report_files

    if every:
        tickers = [str(path) for path in report_files(project.reports)]
    if not tickers:
        raise InputError.at("brief build", "no ticker is named", "write `brief build BABA`, or say --all")
    return list({name.upper(): name for name in tickers}.values())


def _built(name: str, order: Order) -> Result:
    made = guarded(partial(_brief, name, order))
    if isinstance(made, Failure):
        return Result(ticker=name, code=made.code, error=made.sentence, findings={})
    return made


def _brief(name: str, order: Order) -> Result:
    """Return the result of one brief, its files written."""
    from generator.pipeline import make
    from generator.proof.enclosing import finding_row

    report, sources = ordered(name, order.project, until=order.until, today=order.today, live=order.live)
    folder.ready(order.out)
    previous = last_issue(order.project, report, until=order.until, today=order.today, since=order.since)
    with screen.progress(report.ticker, shown=order.shown) as watch:
        document = make(
            report,
            sources=sources.all,
            until=order.until,
            templates=order.project.templates,
            previous=previous,
            watch=watch,
        )
        watch("write")
        pdf = f"{document.name}.pdf"
        folder.write_files(order.out, {pdf: document.pdf, f"{document.name}.facts.json": _facts(document.ledger)})
    counts = Counter[str](finding.level for finding in document.findings)
    return Result(
        ticker=report.ticker,
        code=Code.BLOCKED if counts["block"] else Code.DONE,
        path=str(order.out / pdf),
        pages=document.pages,
        findings={level: counts[level] for level in LEVELS},
        blocked_by=tuple(dict.fromkeys(each.check for each in document.findings if each.level == "block")),
        gaps=gaps_of(report, document.ledger),
        told=tuple(finding_row(each, document.ledger.wording) for each in document.findings),
        proof=_proof(document.proof),
    )


def _facts(ledger: Ledger) -> bytes:
    from generator.model.tables import ledger_rows, rows_json

    return rows_json(ledger_rows(ledger))


def _proof(proof: Proof) -> str:
    """Return what reading the finished file back found, in a line."""
    count = len(proof.findings)
    rest = "each accounted for" if not count else f"{count} of the places that show them not accounted for"
    return f"{proof.numbers} numbers on {proof.pages} pages, {rest}"


def _tell(result: Result) -> None:
    if result.error:
        typer.echo(f"{result.ticker}: no brief was written", err=True)
        typer.echo(result.error, err=True)
        return
    counts = ", ".join(f"{number} {level}" for level, number in result.findings.items())
    typer.echo(f"{result.ticker}  {result.path}")
    typer.echo(f"  pages     {result.pages}")
    typer.echo(f"  findings  {counts}")
    typer.echo(f"  proof     {result.proof}")
    for found in result.told:
        if found["level"] == "block":
            typer.echo(f"            {found['check']}: {found['message']} {found['advice']}".rstrip())
    typer.echo(f"  gaps      {len(result.gaps) or 'none'}")
    for gap in result.gaps:
        typer.echo(f"            {gap}")
    if result.code == Code.BLOCKED:
        why = ", ".join(result.blocked_by)
        typer.echo(f"  It must not be sent: blocked by {why}; see above.", err=True)
