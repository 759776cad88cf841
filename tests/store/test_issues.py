"""Issues: recorded once, approved by their hash, never changed behind anyone's back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from generator.errors import ApprovalError
from generator.model.issue import Making
from generator.store import Store, open_store
from generator.store.issue_tables import EVENT, ISSUE
from generator.store.issues import (
    approve_issue,
    approvers_of,
    broken_seals,
    events_of,
    issues_of,
    mark_sent,
    newest_issue,
    record_issue,
)

NOW = datetime(2025, 10, 3, 22, tzinfo=UTC)
MADE = Making(
    ticker="BABA", period="2025-W40", as_of=date(2025, 10, 3), inputs="i" * 64, snapshot="s" * 64, pdf_sha="p" * 64,
    ledger_sha="l" * 64, letter_sha="m" * 64, pages=8, blocks=0, warns=2, notes=6, price=188.03,
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return an empty store."""
    with open_store(str(tmp_path / "store.sqlite3"), str(tmp_path / "objects")) as store:
        yield store


def told(store: Store) -> list[str]:
    """Return the log as short lines."""
    return [f"{each.period} r{each.revision} {each.what} {each.who}" for each in events_of(store, "BABA")]


def test_the_same_brief_is_recorded_once(store: Store) -> None:
    """And one of other inputs is a new revision, which takes the place of the draft."""
    first = record_issue(store, MADE, at=NOW, who="run")
    assert (first.key, first.state) == ("BABA 2025-W40 r1", "draft")
    assert record_issue(store, MADE, at=NOW, who="run") == first
    second = record_issue(store, replace(MADE, inputs="j" * 64), at=NOW, who="run")
    assert (second.revision, second.previous) == (2, first.chain)
    assert [each.state for each in issues_of(store, "BABA")] == ["superseded", "draft"]
    assert newest_issue(store, "BABA", "2025-W40") == second
    assert newest_issue(store, "BABA", "2025-W39") is None
    assert told(store) == [
        "2025-W40 r1 built run", "2025-W40 r1 superseded run", "2025-W40 r2 built run",
    ]  # fmt: skip


def test_what_is_approved_is_the_file(store: Store) -> None:
    """Not another one of the same name, and not what is made anew later."""
    draft = record_issue(store, MADE, at=NOW, who="run")
    with pytest.raises(ApprovalError, match="has been made anew since"):
        approve_issue(store, draft, pdf_sha="q" * 64, who="Ann", at=NOW)
    approved = approve_issue(store, draft, pdf_sha="p" * 64, who="Ann", at=NOW, note="read it all")
    assert approved.state == "approved"
    with pytest.raises(ApprovalError, match="is approved already"):
        approve_issue(store, draft, pdf_sha="p" * 64, who="Bob", at=NOW)
    again = record_issue(store, replace(MADE, pdf_sha="r" * 64), at=NOW, who="run")
    assert again.state == "draft"
    with pytest.raises(ApprovalError, match=r"BABA 2025-W40 r2 is a draft and cannot be sent; brief approve BABA"):
        mark_sent(store, again, at=NOW, who="run")
    with pytest.raises(ApprovalError, match="is superseded and cannot be sent"):
        mark_sent(store, approved, at=NOW, who="run")


def test_two_hands_are_two_people(store: Store) -> None:
    """One person twice is one."""
    draft = record_issue(store, MADE, at=NOW, who="run")
    assert approve_issue(store, draft, pdf_sha="p" * 64, who="Ann", at=NOW, hands=2).state == "draft"
    with pytest.raises(ApprovalError, match="approved by Ann already; a second person"):
        approve_issue(store, draft, pdf_sha="p" * 64, who="Ann", at=NOW, hands=2)
    assert approve_issue(store, draft, pdf_sha="p" * 64, who="Bob", at=NOW, hands=2).state == "approved"
    assert approvers_of(store, draft) == ("Ann", "Bob")


def test_a_blocked_brief_cannot_be_approved(store: Store) -> None:
    """By nobody."""
    draft = record_issue(store, replace(MADE, blocks=1), at=NOW, who="run")
    with pytest.raises(ApprovalError, match="has 1 finding that forbid"):
        approve_issue(store, draft, pdf_sha="p" * 64, who="Ann", at=NOW)


def test_a_corrected_issue_supersedes_the_one_that_was_sent(store: Store) -> None:
    """Only once it has gone out itself; and sending twice is sending once."""
    for pdf in ("p", "q"):
        draft = record_issue(store, replace(MADE, pdf_sha=pdf * 64), at=NOW, who="run")
        approved = approve_issue(store, draft, pdf_sha=pdf * 64, who="Ann", at=NOW)
        assert [each.state for each in issues_of(store)][:1] == ["approved" if pdf == "p" else "sent"]
        sent = mark_sent(store, approved, at=NOW, who="run", detail="3 recipients")
        assert mark_sent(store, approved, at=NOW, who="run") == sent
    assert [each.state for each in issues_of(store)] == ["superseded", "sent"]
    assert told(store)[-2:] == ["2025-W40 r1 superseded run", "2025-W40 r2 sent run"]


def test_the_log_is_only_added_to(store: Store) -> None:
    """The database itself refuses the rest."""
    record_issue(store, replace(MADE, overrides=("stale_price by Ann: holiday",)), at=NOW, who="run")
    assert [each.detail for each in events_of(store) if each.what == "overridden"] == ["stale_price by Ann: holiday"]
    for deed in (delete(EVENT), update(EVENT).values(who="nobody")):
        with pytest.raises((DBAPIError,), match="only added to"), store.writing() as connection:
            connection.execute(deed)
    assert len(events_of(store)) == 2


def test_an_altered_old_issue_breaks_its_seal(store: Store) -> None:
    """So does one that was taken out."""
    for week in ("2025-W38", "2025-W39", "2025-W40"):
        record_issue(store, replace(MADE, period=week), at=NOW, who="run")
    assert broken_seals(store, "BABA") == ()
    with store.writing() as connection:
        connection.execute(update(ISSUE).where(ISSUE.c.period == "2025-W39").values(pdf_sha="x" * 64))
    assert [each.period for each in broken_seals(store, "BABA")] == ["2025-W39"]
    with store.writing() as connection:
        connection.execute(text("DELETE FROM issue WHERE period = '2025-W38'"))
    assert "2025-W39" in {each.period for each in broken_seals(store, "BABA")}
