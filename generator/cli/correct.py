"""`brief correct`: which issues told what is no longer right, who got them, and the notice that corrects it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli import clock, folder, screen
from generator.cli.boundary import Code, told
from generator.cli.options import HERE, AsJson, AsOf, ProjectDir
from generator.cli.project import Project, project_at

if TYPE_CHECKING:
    from generator.audit.corrections import Corrected, Notice
    from generator.model.issue import Issue
    from generator.model.ledger import Ledger
    from generator.model.report import Report
    from generator.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A finished brief that is looked at: its name, its file, and the issue it is recorded as, if it is."""

    name: str
    pdf: bytes
    folder: Path
    issue: Issue | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is to be corrected about one issue, and whom it reached."""

    issue: str
    as_of: date
    state: str
    items: tuple[Corrected, ...]
    recipients: tuple[str, ...]
    files: tuple[str, ...]


@told
def correct(
    ticker: Annotated[str, typer.Argument(help="A ticker, or the path of a report file.")],
    *,
    as_of: AsOf = None,
    project: ProjectDir = HERE,
    as_json: AsJson = False,
) -> Code:
    """Look through the finished briefs of a company for figures that are no longer right, and draft the correction.

    A figure is one to correct when its source has restated it since, when our record or method of that day was wrong,
    or when a check forbids today what it let pass. The notice (Markdown, HTML, text) is written beside the brief;
    nothing is sent. With a store, all recorded issues are looked at, it is told who received them, and the register is
    kept in their log; without one, the briefs in output/. Exit code 1 when there is something to correct.
    """
    from generator.cli.orders import report_of

    home, today = project_at(project), clock.today()
    report = report_of(ticker, home)
    cases = _cases(home, report, until=as_of or today, today=today)
    if as_json:
        screen.print_json([asdict(case) | {"as_of": str(case.as_of)} | {"items": _rows(case)} for case in cases])
    else:
        _tell(report.ticker, cases)
    return Code.BLOCKED if cases else Code.DONE


def _cases(home: Project, report: Report, *, until: date, today: date) -> list[Case]:
    if home.has_store:
        from generator.store.issues import issues_of

        with home.store() as store:
            issues = [each for each in issues_of(store, report.ticker) if each.state != "superseded"]
            if issues:
                sheets = [_recorded(home, store, each) for each in issues]
                found = [_case(home, report, each, until=until, today=today, store=store) for each in sheets]
                return [case for case in found if case is not None]
    paths = sorted(home.output.glob(f"*/{report.ticker.lower()}.pdf")) if home.output.is_dir() else []
    sheets = [
        Sheet(name=f"{path.parent.name}/{path.name}", pdf=path.read_bytes(), folder=path.parent) for path in paths
    ]
    found = [_case(home, report, each, until=until, today=today) for each in sheets]
    return [case for case in found if case is not None]


def _recorded(home: Project, store: Store, issue: Issue) -> Sheet:
    pdf = store.objects.read(issue.pdf_sha)
    return Sheet(name=issue.key, pdf=pdf, folder=home.output / issue.period, issue=issue)


def _case(
    home: Project, report: Report, sheet: Sheet, *, until: date, today: date, store: Store | None = None
) -> Case | None:
    """Return what is to be corrected about one finished brief, its notice written; None where nothing is."""
    from generator.audit.corrections import corrected, notice, told_in

    said = told_in(sheet.pdf, sheet.name)
    if said.as_of > until:
        return None
    then, now = (_ledger(home, report, day, today) for day in (said.as_of, until))
    items = corrected(said, then, now, report)
    if not items:
        return None
    drafted = notice(sheet.name, now.company.short_name, said.as_of, items)
    files = _written(sheet, report.ticker, drafted)
    recipients: tuple[str, ...] = ()
    if store is not None and sheet.issue is not None:
        recipients = _reached(store, sheet.issue)
        _register(store, sheet.issue, items, recipients)
    state = sheet.issue.state if sheet.issue else "built"
    return Case(
        issue=sheet.name, as_of=said.as_of, state=state, items=items, recipients=recipients, files=files
    )  # fmt: skip


def _ledger(home: Project, report: Report, day: date, today: date) -> Ledger:
    from generator.pipeline import gather, measure_brief

    sources = home.sources((report,), today=today)
    return measure_brief(report, gather(report, sources=sources.all, until=day))


def _written(sheet: Sheet, ticker: str, drafted: Notice) -> tuple[str, ...]:
    folder.ready(sheet.folder)
    stem = f"{ticker.lower()}.correction"
    forms = {"md": drafted.markdown, "html": drafted.html, "txt": drafted.text}
    folder.write_files(sheet.folder, {f"{stem}.{form}": words.encode() for form, words in forms.items()})
    return tuple(str(sheet.folder / f"{stem}.{form}") for form in forms)


def _reached(store: Store, issue: Issue) -> tuple[str, ...]:
    """Return who received an issue."""
    from generator.store.delivery_desk import deliveries_of

    got = (each.address for each in deliveries_of(store, issue.pdf_sha) if each.state in ("accepted", "committing"))
    return tuple(dict.fromkeys(got))


def _register(store: Store, issue: Issue, items: tuple[Corrected, ...], recipients: tuple[str, ...]) -> None:
    """Note in the log of the issue what is to be corrected; the same once."""
    from generator.store.issues import events_of, note_event

    facts = "; ".join(f"{item.label}, {item.period}: {item.before} -> {item.after} ({item.cause})" for item in items)
    reached = f"{len(recipients)} recipient{'' if len(recipients) == 1 else 's'}"
    detail = f"correction drafted, {reached}: {facts}"
    noted = {each.detail for each in events_of(store, issue.ticker) if each.what == "noted"}
    if detail not in noted:
        note_event(store, issue, "noted", at=clock.now(), who="brief correct", detail=detail)


def _rows(case: Case) -> list[dict[str, str]]:
    return [{key: str(value) for key, value in asdict(item).items()} for item in case.items]


def _tell(ticker: str, cases: list[Case]) -> None:
    if not cases:
        typer.echo(f"{ticker}: every figure of its finished briefs stands as it was told")
        return
    for case in cases:
        reached = ", ".join(case.recipients) or "nobody, as far as the deliveries tell"
        typer.echo(f"{case.issue}  brief of {case.as_of}, {case.state}; reached {reached}")
        for item in case.items:
            since = f"{item.cause}, {item.known_since}"
            typer.echo(f"  {item.label}, {item.period}: printed {item.before}, correct is {item.after} ({since})")
        typer.echo(f"  notice    {case.files[0]} (and as HTML and text); it supersedes these figures of {case.issue}")
