"""`brief run`, `due`, `approve` and `history`: a week is made once, held back where it must be, sent when approved."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
import pytest
from fake_press import FakePress, press
from small_project import SmallProject
from typer.testing import CliRunner, Result

from generator.cli import app, clock
from generator.cli.project import Project
from generator.cli.running import Parting
from generator.store.issues import issues_of, mark_sent
from generator.store.locks import only_one
from generator.store.parcels import read_letter

__all__ = ["press"]

W39 = "2025-09-28T12:00"
W40 = "2025-10-03T23:00"


@pytest.fixture
def desk(project: SmallProject, monkeypatch: pytest.MonkeyPatch) -> SmallProject:
    """Return a project with two reports; the files may know of what is known in December."""
    project.write("reports/peer.toml", 'ticker = "PEER"\nbenchmark = "SPY"\n')
    monkeypatch.setattr(clock, "today", lambda: date(2025, 12, 1))
    return project


def brief(*arguments: str) -> Result:
    """Run `brief` in this process."""
    return CliRunner().invoke(app, list(arguments))


def run(now: str, *arguments: str) -> Result:
    """Run the week in this process."""
    return brief("run", "--now", now, "--workers", "0", *arguments)


def rows(result: Result) -> dict[str, dict[str, object]]:
    """Return the outcomes by company."""
    return {row["ticker"]: row for row in json.loads(result.stdout) if row["words"] != "approved"}


def files(desk: SmallProject, week: str) -> list[str]:
    """Return what lies in the folder of a week."""
    return sorted(path.name for path in (desk.root / "output" / week).iterdir())


def test_a_week_is_made_once_and_waits_for_approval(desk: SmallProject, press: FakePress) -> None:
    """A second run makes nothing; the review copy says that it is a draft, and the clean file is not there."""
    first = run(W39)
    assert first.exit_code == 0, first.output
    assert press.printed == ["ACME", "PEER"]
    assert "waiting for approval" in first.stdout
    assert files(desk, "2025-W39") == ["acme.draft.pdf", "peer.draft.pdf"]
    with pikepdf.open(desk.root / "output/2025-W39/acme.draft.pdf") as pdf:
        assert str(pdf.docinfo["/Title"]).startswith("DRAFT: ACME 2025-09-26")
    assert (
        rows(run(W39, "--json", "--resume"))["ACME"] | {"stage": "waiting for approval"}
        == rows(run(W39, "--json"))["ACME"]
    )
    assert press.printed == ["ACME", "PEER"]


def test_what_is_due_is_told_in_a_line_each(desk: SmallProject, press: FakePress) -> None:
    """Before, with the draft, with the approval; the health check fails only where the machine is late."""
    due = brief("due", "--now", W39)
    assert due.stdout.splitlines()[0] == (
        "ACME       build    2025-W39    the session of 2025-09-26 has closed and settled, at 2025-09-26 22:00 UTC"
    )
    assert brief("due", "--now", "2025-09-27T12:00", "--health").exit_code == 0
    late = brief("due", "--now", W39, "--health")
    assert (late.exit_code, "late: ACME 2025-W39" in late.stderr) == (1, True)
    run(W39)
    assert press.printed
    assert "waits for approval (r1)" in brief("due", "--now", W39).stdout
    assert brief("due", "--now", W39, "--health").exit_code == 0
    brief("approve", "ACME", "--by", "Ann")
    assert "ACME 2025-W39 r1 is approved and has not been sent" in brief("due", "--now", W39).stdout
    assert desk.root.joinpath("output/store/store.sqlite3").is_file()


@pytest.mark.usefixtures("press")
def test_an_approved_brief_is_the_clean_file_of_that_hash(desk: SmallProject) -> None:
    """The review copy goes, the file comes, and the log says who let it go."""
    run(W39)
    result = brief("approve", "acme", "--by", "Ann Lee", "--note", "read it all")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("ACME 2025-W39 r1: approved\n")
    assert files(desk, "2025-W39") == ["acme.facts.json", "acme.pdf", "peer.draft.pdf"]
    history = brief("history", "ACME")
    assert history.exit_code == 0
    assert "Ann Lee" in history.stdout
    assert "read it all" in history.stdout
    again = brief("approve", "acme", "--by", "Bob")
    assert (again.exit_code, again.stderr) == (2, "ACME 2025-W39 r1 is approved already; brief history ACME\n")


def test_a_brief_made_anew_is_approved_anew(desk: SmallProject, press: FakePress) -> None:
    """A changed report makes a new revision of a draft; what is approved already stays as it was approved."""
    run(W39)
    desk.write("reports/peer.toml", 'ticker = "PEER"\nbenchmark = "SPY"\nauthor = "Ann"\n')
    assert rows(run(W39, "--json"))["PEER"]["revision"] == 2
    brief("approve", "PEER", "--by", "Ann")
    desk.write("reports/peer.toml", 'ticker = "PEER"\nbenchmark = "SPY"\nauthor = "Bob"\n')
    run(W39)
    assert press.printed == ["ACME", "PEER", "PEER"]


def test_two_people_are_asked_where_the_report_says_so(desk: SmallProject, press: FakePress) -> None:
    """And nobody where it says automatic, unless a finding is graver than a note."""
    desk.write("reports/peer.toml", 'ticker = "PEER"\n[approval]\nneed = "two"\n')
    desk.write("reports/acme.toml", 'ticker = "ACME"\n[approval]\nneed = "automatic"\n')
    assert rows(run(W39, "--json"))["ACME"]["stage"] == "approved"
    first = brief("approve", "PEER", "--by", "Ann")
    assert "a draft still" in first.stdout
    assert "1 more" in first.stdout
    assert "approved by Ann already" in brief("approve", "PEER", "--by", "Ann").stderr
    assert "PEER 2025-W39 r1: approved" in brief("approve", "PEER", "--by", "Bob").stdout
    press.levels["ACME"] = "warn"
    assert rows(run(W40, "--json"))["ACME"]["stage"] == "waiting for approval"


def test_a_failure_and_a_block_stop_no_other(desk: SmallProject, press: FakePress) -> None:
    """Each is named, nobody can approve the blocked one, and a mended one is made anew."""
    desk.write("reports/bad.toml", "ticker =\n")
    desk.write("reports/spy.toml", 'ticker = "SPY"\nbenchmark = "ACME"\n')
    press.broken.add("SPY")
    press.levels["ACME"] = "block"
    result = run(W39, "--json")
    assert result.exit_code == 70
    found = rows(result)
    assert {ticker: row["state"] for ticker, row in found.items()} == {
        "ACME": "blocked", "PEER": "made with gaps", "SPY": "failed", "BAD": "failed",
    }  # fmt: skip
    assert found["ACME"]["stage"] == "held back"
    assert "ZeroDivisionError" in str(found["SPY"]["words"])
    assert "finding that forbid" in brief("approve", "ACME", "--by", "Ann").stderr
    press.broken.clear()
    press.levels.clear()
    desk.write("reports/acme.toml", 'ticker = "ACME"\nauthor = "Ann"\n')
    assert rows(run(W39, "--json"))["ACME"]["revision"] == 2


@pytest.mark.usefixtures("press")
def test_two_runs_at_once_are_one(desk: SmallProject) -> None:
    """The second ends at once with code 75 and changes nothing."""
    with Project(root=desk.root).store() as store, only_one(store, "run"):
        second = run(W39)
    assert (second.exit_code, second.stdout) == (75, "")
    assert "another `brief run` is at work on this store" in second.stderr
    assert run(W39).exit_code == 0


@pytest.mark.usefixtures("press")
def test_a_named_company_is_made_even_where_nothing_is_due(desk: SmallProject) -> None:
    """A paused one, and a week of the past."""
    desk.write("reports/acme.toml", 'ticker = "ACME"\n[schedule]\npaused = true\n')
    assert rows(run(W39, "--json"))["ACME"]["state"] == "not due"
    assert rows(run(W39, "ACME", "--json"))["ACME"]["period"] == "2025-W39"
    past = rows(run(W39, "ACME", "--period", "2025-W30", "--json"))["ACME"]
    assert (past["period"], past["revision"]) == ("2025-W30", 1)
    early = run(W39, "ACME", "--period", "2025-W41")
    assert (early.exit_code, "is not over" in early.output) == (2, True)
    assert run(W39, "ACME", "--period", "2025-99").exit_code == 2


@pytest.mark.usefixtures("press")
def test_results_and_a_move_of_the_price_make_a_brief_between_two_weeks(desk: SmallProject) -> None:
    """Under the key of its day, and once."""
    desk.write("reports/acme.toml", 'ticker = "ACME"\n[schedule]\non_filing = true\n')
    desk.write("reports/peer.toml", 'ticker = "PEER"\n[schedule]\non_move = "0.5%"\n')
    run("2025-08-23T12:00")
    found = rows(run("2025-08-30T00:00", "--json"))
    # 29 August is a Friday: its weekly brief is not ready before 22:00, a result of that day is news on any other.
    assert found["ACME"]["period"] == "2025-W35"
    for ticker in ("ACME", "PEER"):
        brief("approve", ticker, "--by", "Ann")
    moved = brief("due", "--now", "2025-09-02T23:00").stdout
    assert "PEER       build    2025-W36-2  the price has moved by" in moved
    assert "ACME       nothing" not in moved


@pytest.mark.usefixtures("press")
def test_the_operator_is_told_once_what_is_new(desk: SmallProject) -> None:
    """In words, what needs a person first; an hour later nothing is told again. Parts of killed runs are swept."""
    part = desk.write("output/2025-W39/.acme.pdf.x.part", "half")
    os.utime(part, (0, 0))
    run(W39)
    text = desk.read("output/operator.txt")
    assert text.startswith(
        "The run of 2025-09-28 12:00 UTC: 2 reports: 2 made with gaps.\n\nWaiting for approval:\n- ACME "
    )
    assert "approve it with: brief approve ACME --by NAME" in text
    assert not part.exists()
    run("2025-09-28T13:00")
    second = desk.read("output/operator.txt")
    run("2025-09-28T14:00")
    assert desk.read("output/operator.txt") == second


def test_a_brief_is_compared_with_the_last_one_that_readers_have(desk: SmallProject, press: FakePress) -> None:
    """Else with the last draft; never with a blocked one, and it is made anew when that changes."""
    assert desk.root.is_dir()
    run("2025-09-21T12:00", "ACME")
    press.levels["ACME"] = "block"
    run(W39, "ACME")
    press.levels.clear()
    run(W40, "ACME")
    assert press.compared == [None, date(2025, 9, 19), date(2025, 9, 19)]
    brief("run", "ACME", "--now", W40, "--period", "2025-W36", "--workers", "0")
    brief("approve", "ACME", "--period", "2025-W36", "--by", "Ann")
    assert rows(run(W40, "ACME", "--json"))["ACME"]["revision"] == 2
    assert press.compared[-1] == date(2025, 9, 5)


class Office:
    """A post that remembers what it was given, and sends it."""

    def __init__(self, desk: Project) -> None:
        self.desk = desk
        self.sent: list[str] = []
        self.letters: list[str] = []

    def __call__(self, partings: Sequence[Parting]) -> Sequence[str]:
        """Take the partings."""
        with self.desk.store() as store:
            for each in partings:
                sha = each.issue.again_sha if each.instead_of else each.issue.letter_sha
                assert sha is not None
                self.letters.append(read_letter(store, sha).subject)
                mark_sent(store, each.issue, at=datetime(2025, 10, 3, tzinfo=UTC), who="office")
        self.sent += [f"{each.issue.key} {each.instead_of}".strip() for each in partings]
        return ["sent"] * len(partings)


@pytest.fixture
def office(desk: SmallProject, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Return a post in place of the real one."""
    office = Office(Project(root=Path()))
    monkeypatch.setattr("generator.cli.run.sender_of", lambda *_: office)
    assert desk.root.is_dir()
    return office


def test_in_place_of_a_blocked_brief_the_last_good_one_goes_out_with_its_date(
    desk: SmallProject, press: FakePress, office: Office
) -> None:
    """Only where the report says so; and a draft never goes anywhere."""
    desk.write("reports/acme.toml", 'ticker = "ACME"\n[approval]\nsend_last_good = true\n')
    run(W39)
    assert office.sent == []
    for ticker in ("ACME", "PEER"):
        brief("approve", ticker, "--by", "Ann")
    run(W39)
    assert office.sent == ["ACME 2025-W39 r1", "PEER 2025-W39 r1"]
    press.levels |= {"ACME": "block", "PEER": "block"}
    found = rows(run(W40, "--json"))
    assert office.sent[2:] == ["ACME 2025-W39 r1 2025-W40"]
    assert office.letters[2] == "Brief of 26\u00a0September 2025: Brief of 2025-09-26"
    assert found["ACME"]["stage"] == "held back; the brief of 2025-09-26 in its place: sent"
    assert found["PEER"]["stage"] == "held back"


@pytest.mark.usefixtures("press")
def test_an_old_issue_that_was_altered_is_told(desk: SmallProject) -> None:
    """And a file that is gone."""
    run(W39)
    with Project(root=desk.root).store() as store:
        (acme,) = issues_of(store, "ACME")
        store.objects.remove(acme.pdf_sha)
    result = brief("history", "ACME")
    assert result.exit_code == 1
    assert "ACME 2025-W39 r1: " in result.stderr
    assert "is missing from the store" in result.stderr


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 101])
def test_nobody_approves_under_no_name(desk: SmallProject, name: str) -> None:
    """A name is a line."""
    assert desk.root.is_dir()
    assert brief("approve", "ACME", "--by", name).exit_code == 2
