"""`brief verify --store`: no old issue is altered without its being told of which."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
from fake_press import FakePress, press
from small_project import SmallProject
from sqlalchemy import delete, update
from typer.testing import CliRunner, Result

from generator.cli import app, clock
from generator.cli.project import Project
from generator.model.issue import Issue
from generator.store import Store
from generator.store.issue_tables import ISSUE
from generator.store.issues import issues_of
from generator.store.objects import packed

__all__ = ["press"]


def verify(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["verify", *arguments])


def alter(store: Store, issue: Issue, **values: object) -> None:
    with store.writing() as connection:
        connection.execute(update(ISSUE).where(ISSUE.c.id == issue.id).values(**values))


@pytest.fixture
def desk(project: SmallProject, press: FakePress, monkeypatch: pytest.MonkeyPatch) -> SmallProject:
    """Return a project with two companies and two weeks of each."""
    project.write("reports/peer.toml", 'ticker = "PEER"\nbenchmark = "SPY"\n')
    monkeypatch.setattr(clock, "today", lambda: date(2025, 12, 1))
    assert verify("--store").exit_code == 3
    for now in ("2025-09-28T12:00", "2025-10-03T23:00"):
        CliRunner().invoke(app, ["run", "--now", now, "--workers", "0"])
    assert press.printed == ["ACME", "PEER"] * 2
    return project


@pytest.fixture
def store(desk: SmallProject) -> Iterator[Store]:
    with Project(root=desk.root).store() as store:
        yield store


def test_the_store_is_proven_until_a_record_is_altered(store: Store) -> None:
    whole = verify("--store")
    assert (whole.exit_code, whole.stdout.splitlines()[0]) == (0, "store: proven"), whole.output
    assert "4: their seals" in whole.stdout
    was = issues_of(store, "ACME")[0]
    for name, value in (("inputs", "x" * 64), ("blocks", was.blocks + 1), ("pdf_sha", "x" * 64)):
        alter(store, was, **{name: value})
        told = verify("--store", "acme")
        assert told.exit_code == 1
        assert "ACME 2025-W39 r1: its record was altered" in told.stdout
        assert "W40" not in told.stdout
        alter(store, was, **{name: getattr(was, name)})
    assert verify("--store").exit_code == 0


def test_another_pdf_in_the_place_of_the_recorded_one_is_told(store: Store, desk: SmallProject) -> None:
    was = issues_of(store, "ACME")[0]
    (file,) = (desk.root / "output/store/objects").glob(f"{was.pdf_sha[:2]}/{was.pdf_sha[2:]}*")
    file.write_bytes(packed(b"%PDF another"))
    told = verify("--store", "--json")
    assert told.exit_code == 1
    differences = json.loads(told.stdout)["differences"]
    assert differences[0].startswith("ACME 2025-W39 r1: its PDF: ")
    assert "is damaged" in differences[0]


def test_an_issue_that_was_taken_out_is_told_even_if_it_was_the_last(store: Store) -> None:
    last = issues_of(store, "ACME")[-1]
    with store.writing() as connection:
        connection.execute(delete(ISSUE).where(ISSUE.c.id == last.id))
    told = verify("--store")
    assert told.exit_code == 1
    assert "ACME 2025-W40 r1: its record is missing" in told.stdout
    assert verify("--store", "PEER").exit_code == 0


@pytest.mark.usefixtures("project")
def test_verify_asks_what_to_prove() -> None:
    told = verify()
    assert told.exit_code == 2
    assert "give the PDF of a brief, or write --store" in told.stderr
