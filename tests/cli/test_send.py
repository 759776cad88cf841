from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.parser import BytesParser
from email.policy import SMTP
from pathlib import Path

import pytest
from post import Office, parcel
from post.office import LOST, PASSWORD
from small_project import SmallProject
from typer.testing import CliRunner

from generator.cli.app import app
from generator.cli.boundary import Code
from generator.cli.project import Project
from generator.delivery.planning import file_name
from generator.model.issue import Issue, Making
from generator.store import Store
from generator.store.issues import approve_issue, newest_issue, record_issue
from generator.store.locks import only_one
from generator.store.parcels import keep_letter

NOW = datetime(2025, 10, 3, 12, tzinfo=UTC)
RECIPIENTS = """\
[groups]
clients = ["ACME"]

[[people]]
address = "ada@reader.example"
name = "Ada Ö."
companies = ["ACME"]

[[people]]
address = "bob@reader.example"
groups = ["clients"]

[[people]]
address = "dee@reader.example"
companies = ["*"]
cadence = "digest"
"""


@dataclass(frozen=True, slots=True)
class House:
    """A project with recipients, a mail server, and issues."""

    project: SmallProject
    office: Office
    store: Store

    def issue(self, ticker: str = "ACME", *, approved: bool = True, blocks: int = 0) -> Issue:
        content = parcel(ticker)
        sha, letter = (
            self.store.objects.put(content.files[0].data + ticker.encode()),
            keep_letter(self.store, content.letter),
        )
        made = Making(
            ticker=ticker, period="2025-W40", as_of=date(2025, 10, 2), inputs="i" * 64, snapshot="s" * 64, pdf_sha=sha,
            ledger_sha=sha, letter_sha=letter, pages=1, blocks=blocks, warns=0, notes=0,
        )  # fmt: skip
        issue = record_issue(self.store, made, at=NOW, who="test")
        return approve_issue(self.store, issue, pdf_sha=sha, who="Kim", at=NOW) if approved else issue

    def brief(self, *words: str, code: Code = Code.DONE) -> str:
        result = CliRunner().invoke(app, words)
        assert result.exit_code == code, result.output
        assert PASSWORD not in result.output
        return result.output


@pytest.fixture
def house(project: SmallProject, office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    project.write("reports/recipients.toml", RECIPIENTS)
    project.write("reports/settings.toml", office.settings)
    monkeypatch.setenv("BRIEF_SMTP_PASSWORD", PASSWORD)
    with Project(root=Path()).store() as store:
        yield House(project, office, store)


def test_an_approved_issue_goes_to_each_of_its_recipients_once(house: House) -> None:
    issue = house.issue()
    assert "sent 2, refused 0, parked 0, waiting 0" in house.brief("send", "ACME")
    assert house.office.recipients == ["ada@reader.example", "bob@reader.example"]
    assert "sent 0" in house.brief("send", "ACME")
    assert len(house.office.accepted) == 2
    (pdf,) = house.office.messages[0].iter_attachments()
    assert pdf.get_filename() == "brief-acme-2025-w40.pdf"
    sent = newest_issue(house.store, "ACME")
    assert sent is not None
    assert (sent.state, sent.revision) == ("sent", issue.revision)


@pytest.mark.parametrize(("approved", "blocks"), [(False, 0), (False, 1)])
def test_a_draft_is_not_sent_to_anybody(house: House, *, approved: bool, blocks: int) -> None:
    house.issue(approved=approved, blocks=blocks)
    for words in (["send", "ACME"], ["send", "ACME", "--to", "me@desk.example"], ["send", "ACME", "--dry-run"]):
        assert "brief approve ACME" in house.brief(*words, code=Code.BAD_INPUT)
    assert "sent 0" in house.brief("send", "--all")
    assert house.office.accepted == []


def test_a_dry_run_writes_the_messages_and_sends_none(house: House) -> None:
    house.issue()
    said = house.brief("send", "ACME", "--dry-run")
    assert "2 messages; nothing was sent" in said
    assert house.office.accepted == []
    folder = Path("output/2025-W40/mail")
    files = sorted(path.name for path in folder.glob("*.eml"))
    assert files == ["ACME-2025-W40-r1--ada@reader.example.eml", "ACME-2025-W40-r1--bob@reader.example.eml"]
    message = BytesParser(policy=SMTP.clone(raise_on_defect=True)).parsebytes((folder / files[0]).read_bytes())
    assert message["To"].addresses[0].display_name == "Ada Ö."
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert all(name in page for name in files)
    assert "data:image/png;base64," in page
    assert "sent 2" in house.brief("send", "ACME")


def test_a_test_message_goes_to_one_address_and_changes_nothing(house: House) -> None:
    house.issue()
    assert "250 OK" in house.brief("send", "ACME", "--to", "me@desk.example")
    house.brief("send", "ACME", "--to", "me@desk.example")
    assert house.office.recipients == ["me@desk.example"] * 2
    assert "no deliveries" in house.brief("deliveries")
    assert "write one address" in house.brief("send", "ACME", "--to", "me@\r\nx", code=Code.BAD_INPUT)


def test_a_digest_waits_until_every_brief_of_the_week_is_approved(house: House) -> None:
    house.issue()
    draft = house.issue("PEER", approved=False)
    house.brief("send", "--all")
    assert "dee@reader.example" not in house.office.recipients
    approve_issue(house.store, draft, pdf_sha=draft.pdf_sha, who="Kim", at=NOW)
    with_all = house.issue("SPY")
    house.brief("send", "--all")
    house.brief("send", "--all")
    assert house.office.recipients.count("dee@reader.example") == 1
    digest = house.office.messages[-1]
    assert len(list(digest.iter_attachments())) >= 2
    assert with_all.ticker in str(digest["Subject"])


def test_a_parked_message_is_listed_shown_and_decided_upon(house: House) -> None:
    house.issue()
    house.office.says["data ada@reader.example"] = [LOST]
    said = house.brief("send", "ACME", code=Code.PARKED)
    assert "brief deliveries --parked" in said
    (row,) = json.loads(house.brief("deliveries", "--parked", "--json"))
    assert row["address"] == "ada@reader.example"
    assert "committing" in house.brief("deliveries", "show", str(row["id"]))
    assert "sends it again" in house.brief("deliveries", "resend", str(row["id"]), "--by", "Kim")
    house.brief("send", "--all")
    assert house.office.recipients.count("ada@reader.example") == 2, "because a person said so"
    said = house.brief("deliveries", "forget", str(row["id"]), "--by", "Kim", code=Code.BAD_INPUT)
    assert "is accepted" in said
    assert "no deliveries" in house.brief("deliveries", "--recipient", "eve@reader.example")
    assert "ada@reader.example" in house.brief("deliveries", "--issue", "ACME 2025-W40")


def test_a_refused_message_is_told_with_the_servers_words(house: House) -> None:
    house.issue()
    house.office.says["rcpt ada@reader.example"] = ["550 5.1.1 no such mailbox here"]
    said = house.brief("send", "ACME", code=Code.REFUSED)
    assert "ada@reader.example  ACME 2025-W40 r1  refused  550 RCPT: 5.1.1 no such mailbox here" in said
    assert "sent 1, refused 1" in said


def test_a_message_that_waits_is_no_success(house: House) -> None:
    house.issue()
    house.office.says["rcpt ada@reader.example"] = ["451 4.7.1 greylisted"]
    said = house.brief("send", "ACME", code=Code.REFUSED)
    assert "sent 1, refused 0, parked 0, waiting 1" in said


def test_a_missing_or_wrong_password_is_said_so(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.issue()
    monkeypatch.setenv("BRIEF_SMTP_PASSWORD", "wrong-canary")
    assert "refused the password of desk" in house.brief("send", "ACME", code=Code.REFUSED)
    monkeypatch.delenv("BRIEF_SMTP_PASSWORD")
    assert "set BRIEF_SMTP_PASSWORD" in house.brief("send", "--all", code=Code.REFUSED)
    monkeypatch.setenv("BRIEF_SMTP_PASSWORD", PASSWORD)


def test_two_runs_at_once_are_one_run(house: House) -> None:
    house.issue()
    with only_one(house.store, "send"):
        assert "another `brief send` is at work" in house.brief("send", "ACME", code=Code.BUSY)
    assert house.office.accepted == []


def test_a_bounce_suspends_its_address_and_no_other(house: House) -> None:
    house.issue()
    house.brief("send", "ACME")
    token = next(re.findall(r"\+([0-9a-f]+)@", sender)[0] for sender, to, _ in house.office.accepted if "ada" in to[0])
    path = house.project.write("back.eml", REPORT.format(token=token, action="failed", status="5.1.1"))
    assert "ada@reader.example: suspended; mail came back: 5.1.1" in house.brief("bounces", str(path))
    assert "mail came back" in house.brief("recipients", "list")
    house.issue("PEER")
    house.project.write("reports/recipients.toml", RECIPIENTS.replace('"ACME"', '"*"'))
    house.brief("send", "PEER")
    assert house.office.recipients[2:] == ["bob@reader.example"]
    assert "gets mail again" in house.brief("recipients", "resume", "ada@reader.example")


@pytest.mark.parametrize(("token", "action", "status"), [("0" * 24, "failed", "5.1.1"), (None, "delayed", "4.4.1")])
def test_a_stranger_or_a_delay_suspends_nobody(house: House, token: str | None, action: str, status: str) -> None:
    house.issue()
    house.brief("send", "ACME")
    own = re.findall(r"\+([0-9a-f]+)@", house.office.accepted[0][0])[0]
    path = house.project.write("back.eml", REPORT.format(token=token or own, action=action, status=status))
    assert "nothing was changed" in house.brief("bounces", str(path))


def test_an_unsubscription_is_recorded_by_its_token(house: House) -> None:
    house.issue()
    house.brief("send", "ACME")
    token = re.findall(r"subject=([^>]+)>", str(house.office.messages[0]["List-Unsubscribe"]))[0]
    assert "ada@reader.example: unsubscribed" in house.brief("recipients", "unsubscribe", token)
    assert "was unsubscribed before" in house.brief("recipients", "unsubscribe", token)
    assert "not made by this store" in house.brief("recipients", "unsubscribe", token + "0", code=Code.BAD_INPUT)


def test_the_check_of_recipients_tells_every_problem_at_once(house: House) -> None:
    assert "3 recipients, 0 problems" in house.brief("recipients", "check")
    house.project.write(
        "reports/recipients.toml",
        '[[people]]\naddress = "a@b"\n[[people]]\naddress = "ada@reader.example"\ngroups = ["cleints"]\n'
        '[[people]]\naddress = "Ada@Reader.example"\npassword = "x"\n',
    )
    said = house.brief("recipients", "check", code=Code.BAD_INPUT)
    assert "people[1].address" in said
    assert "people[3].password" in said
    house.project.write(
        "reports/recipients.toml",
        '[groups]\nclients = ["ACME"]\n[[people]]\naddress = "ada@reader.example"\ngroups = ["cleints"]\n'
        '[[people]]\naddress = "ADA@reader.example"\ncompanies = ["ACME"]\n',
    )
    said = house.brief("recipients", "check", code=Code.BAD_INPUT)
    assert "did you mean 'clients'?" in said
    assert "stands twice" in said
    house.project.write(
        "reports/recipients.toml",
        '[[people]]\naddress = "ada@reader.example"\n[[people]]\naddress = "bob@reader.example"\ncompanies = ["NOPE"]\n'
        'language = "de"\n',
    )
    said = house.brief("recipients", "check", code=Code.BAD_INPUT)
    assert "ada@reader.example: gets no brief" in said
    assert "NOPE has no report" in said


def test_recipients_may_stand_in_a_spreadsheet(house: House) -> None:
    house.project.write(
        "reports/recipients.csv",
        "address,name,companies\neve@reader.example,Eve,ACME; *\n用户@reader.example,,ACME\n",
    )
    assert "5 recipients, 0 problems" in house.brief("recipients", "check")
    house.project.write("reports/recipients.csv", "address,phone\neve@reader.example,1\n")
    assert '"phone" is not a column' in house.brief("recipients", "check", code=Code.BAD_INPUT)


def test_a_folder_gets_the_file_under_a_safe_name(house: House) -> None:
    house.project.write("reports/recipients.toml", '[[folders]]\nplace = "shared"\ncompanies = ["ACME"]\n')
    issue = house.issue()
    assert "sent 1" in house.brief("send", "ACME")
    (path,) = Path("shared").rglob("*.pdf")
    assert path.name == file_name("ACME", "2025-W40")
    assert path.read_bytes() == house.store.objects.read(issue.pdf_sha)


def test_a_password_in_the_settings_is_refused_with_the_way_out(house: House) -> None:
    house.project.write("reports/settings.toml", '[mail]\nhost = "h"\nsender = "a@b.example"\npassword = "x"\n')
    assert "a password never stands in a file" in house.brief("send", "--all", code=Code.BAD_INPUT)


REPORT = """\
From: MAILER-DAEMON@mail.reader.example
To: bounces+{token}@desk.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

No such mailbox.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.reader.example
Original-Envelope-Id: {token}

Final-Recipient: rfc822; ada@reader.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such mailbox

--b--
"""
