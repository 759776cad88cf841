"""Snapshots and raw answers: kept whole, shared where they are the same, found again by the day, pruned with care."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from stored import DAY, NOW, answer, keep, snapshot

from generator.errors import StoreError
from generator.model.issue import Making
from generator.store import Store
from generator.store.archive import StoredAnswers
from generator.store.issues import record_issue
from generator.store.pruning import prune
from generator.store.snapshots import answers_of, keep_answers, kept_snapshots, read_snapshot


def test_what_was_kept_is_read_back(any_store: Store) -> None:
    """The snapshot, its answers in their order, and the moment in UTC."""
    kept = keep(any_store, snapshot(), b'{"a": 1}', b"\x00\xff")
    (found,) = kept_snapshots(any_store, "ACME")
    assert found == kept
    assert (found.retrieved_at, found.name, found.industry) == (NOW, "ACME", "Anvils")
    assert read_snapshot(any_store, found.sha) == snapshot()
    answers = list(answers_of(any_store, found))
    assert [each.body for each in answers] == [b'{"a": 1}', b"\x00\xff"]
    assert answers[0] == answer(b'{"a": 1}')


def test_the_same_body_is_kept_once(any_store: Store, tmp_path: Path) -> None:
    """Unchanged statements cost a row, not a file."""
    keep(any_store, snapshot(), b"statements")
    keep(any_store, snapshot(until=DAY + timedelta(days=7)), b"statements")
    assert len(list(tmp_path.glob("objects/*/*.zst"))) == 3
    assert len(kept_snapshots(any_store)) == 2


def test_a_snapshot_is_kept_whole_or_not_at_all(any_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full in the middle leaves no row."""

    def full(data: bytes) -> str:
        if data == b"second":
            raise StoreError("objects", "cannot be written (No space left on device)", "make room")
        return "0" * 64

    monkeypatch.setattr(any_store.objects, "put", full)
    with pytest.raises(StoreError, match="No space left"):
        keep(any_store, snapshot(), b"first", b"second")
    assert kept_snapshots(any_store) == ()
    with any_store.reading() as connection:
        assert connection.execute(text("select count(*) from answer")).scalar() == 0


def test_the_newest_snapshot_by_a_day_is_found(any_store: Store) -> None:
    """Of the right source and ticker; one fetched much later for that day gives way to one taken then."""
    archive = StoredAnswers(store=any_store, now=lambda: NOW)
    for days, close in ((0, 1.0), (7, 2.0), (14, 3.0)):
        when = NOW + timedelta(days=days)
        later = StoredAnswers(store=any_store, now=lambda when=when: when)  # type: ignore[misc]
        later.keep("yahoo", snapshot(until=DAY + timedelta(days=days), close=close), [])
    late = StoredAnswers(store=any_store, now=lambda: datetime(2026, 1, 1, tzinfo=UTC))
    late.keep("yahoo", snapshot(until=DAY + timedelta(days=8), close=9.0), [])

    def known(day: date) -> float | None:
        found = archive.newest("yahoo", "ACME", day)
        return found.prices.values[0] if found and found.prices else None

    assert known(DAY - timedelta(days=1)) is None
    assert [known(DAY + timedelta(days=days)) for days in (0, 6, 7, 10, 14, 400)] == [1.0, 1.0, 2.0, 2.0, 3.0, 3.0]
    assert archive.newest("edgar", "ACME", DAY) is None
    assert archive.newest("yahoo", "OTHER", DAY) is None


def test_prune_keeps_the_newest_and_what_others_name(any_store: Store) -> None:
    """An issue names its snapshot; its answers stay with it."""
    kept = [keep(any_store, snapshot(until=DAY + timedelta(days=n)), b"%d" % n, b"shared") for n in range(4)]
    keep(any_store, snapshot("OTHER"), b"other")
    made = Making(
        ticker="ACME", period="2025-W09", as_of=DAY, inputs="i" * 64, snapshot=kept[1].sha, pdf_sha="p" * 64,
        ledger_sha="l" * 64, letter_sha="m" * 64, pages=8, blocks=0, warns=0, notes=0, price=10.0,
    )  # fmt: skip
    record_issue(any_store, made, at=NOW, who="run")
    would = prune(any_store, keep=1, dry=True)
    assert [each.id for each in kept_snapshots(any_store, "ACME")] == [each.id for each in reversed(kept)]
    assert prune(any_store, keep=1) == would
    assert (would.snapshots, would.answers, would.objects) == (2, 4, 4)
    left = kept_snapshots(any_store, "ACME")
    assert [each.id for each in left] == [kept[3].id, kept[1].id]
    assert [each.body for each in answers_of(any_store, left[1])] == [b"1", b"shared"]
    assert len(kept_snapshots(any_store, "OTHER")) == 1
    assert prune(any_store, keep=1).snapshots == 0


def test_prune_before_a_day_spares_what_is_newer(any_store: Store) -> None:
    """And the newest of all, however old; answers that failed go with their day."""
    for n in range(3):
        keep(any_store, snapshot(until=DAY + timedelta(days=n)), b"%d" % n)
    keep_answers(any_store, [answer(b"failed", status=503)])
    assert prune(any_store, keep=1, before=DAY).snapshots == 0
    gone = prune(any_store, keep=1, before=DAY + timedelta(days=1))
    assert (gone.snapshots, gone.answers) == (1, 2)
    assert prune(any_store, keep=1, before=DAY + timedelta(days=30)).snapshots == 1
    (left,) = kept_snapshots(any_store)
    assert left.until == DAY + timedelta(days=2)
