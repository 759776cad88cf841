"""Issues: briefs recorded as they are made, approved by the hash of their PDF, and marked as sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from generator.errors import ApprovalError
from generator.model.issue import Happening, Issue, Making, State, What, seal
from generator.store.issue_tables import APPROVAL, EVENT, ISSUE
from generator.store.store import Store

AUTOMATIC = "automatic"
"""Who approves where nobody has to."""


def record_issue(store: Store, made: Making, *, at: datetime, who: str) -> Issue:
    """Record a finished brief as a draft and return it; the same brief of the same inputs is recorded once.

    What was made for the week before and has not been sent is superseded: what was approved was that other file.
    """
    with store.writing() as connection:
        last = _last(connection, made.ticker, made.period)
        if last is not None and (last.inputs, last.pdf_sha) == (made.inputs, made.pdf_sha):
            return last
        revision = 1 if last is None else last.revision + 1
        before = _last(connection, made.ticker)
        previous = before.chain if before else ""
        row = {
            "ticker": made.ticker, "period": made.period, "revision": revision, "as_of": made.as_of, "built_at": at,
            "state": "draft", "inputs": made.inputs, "snapshot": made.snapshot, "pdf_sha": made.pdf_sha,
            "ledger_sha": made.ledger_sha, "letter_sha": made.letter_sha, "pages": made.pages, "blocks": made.blocks,
            "warns": made.warns, "notes": made.notes, "price": made.price, "again_sha": made.again_sha,
            "previous": previous, "chain": seal(previous, made, revision),
        }  # fmt: skip
        if last is not None and last.state in ("draft", "approved"):
            _move(connection, last, "superseded", at=at, who=who, detail=f"by r{revision}")
        connection.execute(insert(ISSUE).values(**row))
        issue = _one(connection, made.ticker, made.period, revision)
        _log(connection, issue, "built", at=at, who=who, detail=built_as(made))
        for override in made.overrides:
            _log(connection, issue, "overridden", at=at, who=who, detail=override)
        return issue


def newest_issue(store: Store, ticker: str, period: str = "") -> Issue | None:
    """Return the newest issue of a company, or of one of its weeks; None where there is none."""
    with store.reading() as connection:
        return _last(connection, ticker, period)


def issues_of(store: Store, ticker: str = "") -> tuple[Issue, ...]:
    """Return the issues of a company, or of all, in the order in which they were made."""
    query = select(ISSUE).order_by(ISSUE.c.id)
    if ticker:
        query = query.where(ISSUE.c.ticker == ticker)
    with store.reading() as connection:
        return tuple(_issue(row) for row in connection.execute(query))


def approve_issue(
    store: Store, issue: Issue, *, pdf_sha: str, who: str, at: datetime, hands: int = 1, note: str = ""
) -> Issue:
    """Note that somebody approves the file of a hash; the issue is approved once as many as must have done so.

    Raises:
        ApprovalError: it is no longer a draft, a finding forbids sending it, its file is another, or the same person
            has approved it before.
    """
    with store.writing() as connection:
        now = _one(connection, issue.ticker, issue.period, issue.revision)
        names = _names(connection, now)
        _see_fit(now, pdf_sha, who, names)
        connection.execute(insert(APPROVAL).values(issue_id=now.id, pdf_sha=pdf_sha, who=who, at=at, note=note))
        detail = " ".join(part for part in (pdf_sha, f"({len(names) + 1} of {hands})", note) if part)
        _log(connection, now, "approved", at=at, who=who, detail=detail)
        if len(names) + 1 >= hands:
            connection.execute(update(ISSUE).where(ISSUE.c.id == now.id).values(state="approved"))
        return _one(connection, issue.ticker, issue.period, issue.revision)


def approvers_of(store: Store, issue: Issue) -> tuple[str, ...]:
    """Return who has approved an issue, in their order."""
    with store.reading() as connection:
        return _names(connection, issue)


def mark_sent(store: Store, issue: Issue, *, at: datetime, who: str, detail: str = "") -> Issue:
    """Note that an approved issue has gone out; an older revision of its week that had gone out is superseded.

    Raises:
        ApprovalError: it is not approved.
    """
    with store.writing() as connection:
        now = _one(connection, issue.ticker, issue.period, issue.revision)
        if now.state == "sent":
            return now
        if now.state != "approved":
            raise ApprovalError(now.key, f"is {_a(now.state)} and cannot be sent", f"brief approve {now.ticker}")
        older = select(ISSUE).where(ISSUE.c.ticker == now.ticker, ISSUE.c.period == now.period, ISSUE.c.state == "sent")
        for row in connection.execute(older).all():
            _move(connection, _issue(row), "superseded", at=at, who=who, detail=f"by r{now.revision}")
        _move(connection, now, "sent", at=at, who=who, detail=detail)
        return _one(connection, issue.ticker, issue.period, issue.revision)


def note_event(store: Store, issue: Issue, what: What, *, at: datetime, who: str, detail: str) -> None:
    """Add a line to the log of an issue."""
    with store.writing() as connection:
        _log(connection, issue, what, at=at, who=who, detail=detail)


def events_of(store: Store, ticker: str = "") -> tuple[Happening, ...]:
    """Return what happened to the issues of a company, or of all, in its order."""
    query = select(EVENT).order_by(EVENT.c.id)
    if ticker:
        query = query.where(EVENT.c.ticker == ticker)
    with store.reading() as connection:
        return tuple(
            Happening(
                at=row.at, who=row.who, what=row.what, ticker=row.ticker, period=row.period, revision=row.revision,
                detail=row.detail,
            )
            for row in connection.execute(query)
        )  # fmt: skip


def broken_seals(store: Store, ticker: str) -> tuple[Issue, ...]:
    """Return the issues of a company that are no longer what was sealed, or whose predecessor is missing."""
    broken, previous = [], ""
    for issue in issues_of(store, ticker):
        if issue.previous != previous or seal(issue.previous, _making(issue), issue.revision) != issue.chain:
            broken.append(issue)
        previous = issue.chain
    return tuple(broken)


def issue_objects(store: Store) -> Iterator[str]:
    """Give the keys of all objects that issues name."""
    for issue in issues_of(store):
        yield from (issue.pdf_sha, issue.ledger_sha, issue.letter_sha)
        if issue.again_sha:
            yield issue.again_sha


def _see_fit(issue: Issue, pdf_sha: str, who: str, names: tuple[str, ...]) -> None:
    if issue.state != "draft":
        raise ApprovalError(issue.key, f"is {_a(issue.state)} already", f"brief history {issue.ticker}")
    if issue.blocked:
        what = f"has {issue.blocks} finding{'s' if issue.blocks > 1 else ''} that forbid sending it"
        raise ApprovalError(issue.key, what, f"mend what they name (brief build {issue.ticker}), then run again")
    if issue.pdf_sha != pdf_sha:
        raise ApprovalError(issue.key, "has been made anew since", "read the new file, then approve it")
    if who in names:
        raise ApprovalError(issue.key, f"has been approved by {who} already", "a second person must approve it")


def _a(state: State) -> str:
    return "a draft" if state == "draft" else state


def built_as(made: Making | Issue) -> str:
    """Return what the log keeps of a brief as it is made: the hash of its PDF, its pages and its findings."""
    return f"{made.pdf_sha} ({made.pages} pages; {made.blocks} block, {made.warns} warn, {made.notes} note)"


def _last(connection: Connection, ticker: str, period: str = "") -> Issue | None:
    query = select(ISSUE).where(ISSUE.c.ticker == ticker).order_by(ISSUE.c.id.desc()).limit(1)
    if period:
        query = query.where(ISSUE.c.period == period)
    row = connection.execute(query).one_or_none()
    return _issue(row) if row is not None else None


def _one(connection: Connection, ticker: str, period: str, revision: int) -> Issue:
    query = select(ISSUE).where(ISSUE.c.ticker == ticker, ISSUE.c.period == period, ISSUE.c.revision == revision)
    return _issue(connection.execute(query).one())


def _names(connection: Connection, issue: Issue) -> tuple[str, ...]:
    query = select(APPROVAL.c.who).where(APPROVAL.c.issue_id == issue.id).order_by(APPROVAL.c.id)
    return tuple(connection.execute(query).scalars())


def _move(connection: Connection, issue: Issue, state: State, *, at: datetime, who: str, detail: str) -> None:
    connection.execute(update(ISSUE).where(ISSUE.c.id == issue.id).values(state=state))
    what: What = "sent" if state == "sent" else "superseded"
    _log(connection, issue, what, at=at, who=who, detail=detail)


def _log(connection: Connection, issue: Issue, what: What, *, at: datetime, who: str, detail: str) -> None:
    row = {"ticker": issue.ticker, "period": issue.period, "revision": issue.revision}
    connection.execute(insert(EVENT).values(at=at, who=who, what=what, detail=detail, **row))


def _issue(row: Row[*tuple[object, ...]]) -> Issue:
    return Issue(**row._mapping)  # noqa: SLF001 -- SQLAlchemy's public name for it


def _making(issue: Issue) -> Making:
    return Making(
        ticker=issue.ticker, period=issue.period, as_of=issue.as_of, inputs=issue.inputs, snapshot=issue.snapshot,
        pdf_sha=issue.pdf_sha, ledger_sha=issue.ledger_sha, letter_sha=issue.letter_sha, pages=issue.pages,
        blocks=issue.blocks, warns=issue.warns, notes=issue.notes, price=issue.price, again_sha=issue.again_sha,
    )  # fmt: skip
