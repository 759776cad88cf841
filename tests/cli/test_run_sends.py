from __future__ import annotations

import json
from datetime import date

import pytest
from fake_press import FakePress, press
from post import Office
from post.office import LOST, PASSWORD
from small_project import SmallProject
from typer.testing import CliRunner

from generator.cli import app, clock

__all__ = ["press"]

W39, W40 = "2025-09-28T12:00", "2025-10-03T23:00"
RECIPIENTS = """\
[[people]]
address = "ada@reader.example"
companies = ["ACME", "PEER"]
[[people]]
address = "dee@reader.example"
companies = ["*"]
cadence = "digest"
"""


@pytest.fixture
def house(project: SmallProject, office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Return the mail server of a project with two reports and two readers."""
    project.write("reports/acme.toml", 'ticker = "ACME"\n[approval]\nsend_last_good = true\n')
    project.write("reports/peer.toml", 'ticker = "PEER"\nbenchmark = "SPY"\n')
    project.write("reports/recipients.toml", RECIPIENTS)
    project.write("reports/settings.toml", office.settings + 'operator = "ops@desk.example"\n')
    monkeypatch.setenv("BRIEF_SMTP_PASSWORD", PASSWORD)
    monkeypatch.setattr(clock, "today", lambda: date(2025, 12, 1))
    return office


def brief(*words: str) -> str:
    result = CliRunner().invoke(app, words)
    assert PASSWORD not in result.output
    return result.stdout


def run(now: str) -> dict[str, str]:
    rows = json.loads(brief("run", "--now", now, "--workers", "0", "--json"))
    return {row["ticker"]: row["stage"] for row in rows if row["stage"]}


def to(office: Office, address: str) -> list[str]:
    pairs = zip(office.accepted, office.messages, strict=True)
    return [str(message["Subject"]) for (_, recipients, _), message in pairs if address in recipients]


@pytest.mark.usefixtures("press")
def test_what_is_approved_goes_out_with_the_next_run_and_never_again(house: Office) -> None:
    """A draft goes to nobody; the digest goes when all of its week is there."""
    run(W39)
    assert to(house, "ada@reader.example") == to(house, "dee@reader.example") == []
    brief("approve", "ACME", "--by", "Ann")
    assert run(W39)["ACME"] == "sent"
    assert len(to(house, "ada@reader.example")) == 1
    assert to(house, "dee@reader.example") == []
    brief("approve", "PEER", "--by", "Ann")
    assert run(W39)["PEER"] == "sent"
    run(W39)
    assert len(to(house, "ada@reader.example")) == 2
    (digest,) = to(house, "dee@reader.example")
    assert "2025-W39" in digest


def test_a_blocked_brief_reaches_the_operator_and_nobody_else(house: Office, press: FakePress) -> None:
    """Where the report says so, the last good one goes out in its place, with its date on it."""
    run(W39)
    for ticker in ("ACME", "PEER"):
        brief("approve", ticker, "--by", "Ann")
    run(W39)
    press.levels |= {"ACME": "block", "PEER": "block"}
    before = len(to(house, "ada@reader.example"))
    assert run(W40)["ACME"] == "held back; the brief of 2025-09-26 in its place: sent"
    assert to(house, "ada@reader.example")[before:] == ["Brief of 26 September 2025: Brief of 2025-09-26"]
    told = to(house, "ops@desk.example")
    assert told[-1] == "Briefs: ACME, PEER need you"


@pytest.mark.usefixtures("press")
def test_a_run_says_how_far_the_mail_has_come(house: Office) -> None:
    """Parked and refused are told in its table."""
    house.says["data ada@reader.example"] = [LOST]
    house.says["rcpt ada@reader.example"] = ["", "550 5.1.1 unknown"]
    run(W39)
    for ticker in ("ACME", "PEER"):
        brief("approve", ticker, "--by", "Ann")
    stages = run(W39)
    assert "parked" in stages["ACME"] + stages["PEER"]
