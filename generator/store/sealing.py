"""Sealing: whether the issues in a store are still what was recorded, and their files what was made."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import StoreError
from generator.model.issue import Issue
from generator.store.issues import broken_seals, built_as, events_of, issues_of
from generator.store.store import Store

ALTERED = "its record was altered, or the one before it is missing"


def checked_issues(store: Store, ticker: str = "") -> tuple[tuple[Issue, ...], tuple[str, ...]]:
    """Return the issues of a company, or of all, and a sentence for each thing that is no longer what it was.

    The chain of seals is followed, each record is held against the line the log has of its making, and each PDF is read
    and hashed again.
    """
    issues = issues_of(store, ticker)
    companies = sorted({each.ticker for each in issues})
    broken = {issue.key for each in companies for issue in broken_seals(store, each)}
    told = [f"{issue.key}: {ALTERED}" for issue in issues if issue.key in broken]
    told += _against_log(store, ticker, [issue for issue in issues if issue.key not in broken], broken)
    return issues, (*told, *_files(store, issues))


def _against_log(store: Store, ticker: str, whole: list[Issue], broken: set[str]) -> Iterator[str]:
    records = {issue.key: issue for issue in whole}
    for event in events_of(store, ticker):
        key = f"{event.ticker} {event.period} r{event.revision}"
        if event.what != "built" or key in broken:
            continue
        if key not in records:
            yield f"{key}: its record is missing; the log has that it was made ({event.at:%Y-%m-%d %H:%M} UTC)"
        elif built_as(records[key]) != event.detail:
            yield f"{key}: its record was altered; the log has that it was made as {event.detail}"


def _files(store: Store, issues: tuple[Issue, ...]) -> Iterator[str]:
    for issue in issues:
        try:
            store.objects.read(issue.pdf_sha)
        except StoreError as error:
            yield f"{issue.key}: its PDF: {error}"
