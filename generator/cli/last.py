"""The last issue: the facts a brief's section on what moved is compared with."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from generator.errors import InputError, NotABriefError

if TYPE_CHECKING:
    from pathlib import Path

    from generator.cli.project import Project
    from generator.model.issue import Issue
    from generator.model.ledger import Ledger
    from generator.model.report import Report
    from generator.store.store import Store


def last_issue(
    project: Project, report: Report, *, until: date, today: date, since: date | None = None
) -> Ledger | None:
    """Return the facts of the last issue before a day; None where there is none.

    It is the one of the day that was asked for, made again from the same sources; else the last that was sent or, if
    none was, made; else the last built into output/.

    Raises:
        InputError: the day that was asked for is not before that of the brief.
    """
    if since is not None:
        return _of_day(project, report, since, until=until, today=today)
    if project.has_store:
        with project.store() as store:
            if (found := recorded(store, report.ticker, before=until)) is not None:
                return found
    return _built(project, report.ticker, before=until)


def _of_day(project: Project, report: Report, since: date, *, until: date, today: date) -> Ledger:
    from generator.pipeline import gather, measure_brief

    if since >= until:
        raise InputError.at("--since", f"{since} is not before {until}", "name an earlier day")
    sources = project.sources((report,), today=today)
    return measure_brief(report, gather(report, sources=sources.all, until=since))


def recorded(store: Store, ticker: str, *, before: date) -> Ledger | None:
    """Return the facts of the last issue of the store that was sent before a day, or of the last that was made."""
    last = last_recorded(store, ticker, before=before)
    return None if last is None else facts_then(store, last)


def last_recorded(store: Store, ticker: str, *, before: date) -> Issue | None:
    """Return the last issue that readers have, or may have; where there is none, the last draft that is not blocked."""
    from generator.store.issues import issues_of

    earlier = [each for each in issues_of(store, ticker) if each.as_of < before and not each.blocked]
    return max((each for each in earlier if each.state != "superseded"), key=_standing, default=None)


def facts_then(store: Store, issue: Issue) -> Ledger:
    """Return the facts of an issue."""
    return ledger_from(json.loads(store.objects.read(issue.ledger_sha)), issue.ticker, issue.as_of)


def _standing(issue: Issue) -> tuple[bool, date, int]:
    return (issue.state in ("approved", "sent"), issue.as_of, issue.id)


def ledger_from(rows: list[dict[str, Any]], ticker: str, until: date) -> Ledger:
    """Return a ledger of the facts that were written as rows; rows of an older version may lack a column."""
    from generator.model.ledger import Ledger
    from generator.model.tables import fact_of

    whole = ({"qualifier": "", "not_meaningful": False} | row for row in rows)
    return Ledger(subject=ticker, until=until, companies={}).plus(fact_of(row) for row in whole)


def _built(project: Project, ticker: str, *, before: date) -> Ledger | None:
    """Return the facts of the newest brief in output/ that is of an earlier day."""
    weeks = sorted(project.output.glob(f"*/{ticker.lower()}.pdf"), reverse=True) if project.output.is_dir() else []
    for path in weeks:
        found = facts_of(path)
        if found is not None and found.subject == ticker and found.until < before:
            return found
    return None


def facts_of(path: Path) -> Ledger | None:
    """Return the facts that ride in a finished brief; None for a file that is none."""
    from generator.proof import read_attachments

    try:
        files = read_attachments(path.read_bytes(), name=str(path))
        told = json.loads(files["manifest.json"])
        return ledger_from(json.loads(files["facts.json"]), str(told["ticker"]), date.fromisoformat(told["as_of"]))
    except (NotABriefError, OSError, KeyError, ValueError, TypeError):
        return None
