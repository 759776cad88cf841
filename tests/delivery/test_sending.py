from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from post import Desk, Office, parcel
from post.desk import KEY, PDF, PNG
from post.office import LOST, PASSWORD

from generator.delivery import Writer
from generator.delivery.imap import MailboxError, Reader
from generator.model.delivery import Dispatch, Suspension
from generator.model.mail import Mailbox
from generator.store.deliveries import Deliveries
from generator.store.delivery_desk import deliveries, forget, happenings, resend
from generator.store.suspensions import suspend

ADA, BOB, EVE = "ada@reader.example", "bob@reader.example", "eve@reader.example"


class Audit(Reader):
    """A mailbox that holds what the office accepted for it; closed when it is told so."""

    office: Office
    closed: bool = False

    def arrived(self, message_ids: list[str]) -> set[str]:
        """Answer from what the office kept."""
        if self.closed:
            raise MailboxError("mailbox: cannot be reached")
        there = {str(message["Message-ID"]) for message in self.office.messages}
        return there & set(message_ids)


def audited(desk: Desk, office: Office) -> Desk:
    audit = Audit(mailbox=Mailbox(host="127.0.0.1"))
    object.__setattr__(audit, "office", office)
    desk.audit, desk.audit_address = audit, "audit@desk.example"
    return desk


class Dying(Deliveries):
    """A ledger whose process dies before it can record an acceptance."""

    def accept(self, dispatch: Dispatch, *, code: int | None, reply: str, at: datetime) -> None:
        """Die."""
        raise KeyboardInterrupt((dispatch.id, code, reply, at))


def test_each_recipient_gets_a_message_of_its_own(desk: Desk, office: Office) -> None:
    desk.plan(parcel(), ADA, BOB)
    summary = desk.send()
    assert (summary.accepted, summary.refused, summary.stopped) == (2, 0, "")
    assert [(to, str(message["To"])) for (_, to, _), message in zip(office.accepted, office.messages, strict=True)] == [
        ([ADA], ADA),
        ([BOB], BOB),
    ]
    assert office.connections == 1
    assert all(row.code == 250 and "queued as" in row.reply for row in desk.rows())


def test_what_was_accepted_is_never_sent_again(desk: Desk, office: Office) -> None:
    content = desk.plan(parcel(), ADA)
    desk.send()
    desk.plan(content, ADA, BOB)
    desk.send()
    desk.send()
    assert office.recipients == [ADA, BOB]


def test_the_file_and_the_chart_arrive_as_they_were_approved(desk: Desk, office: Office) -> None:
    content = desk.plan(parcel(), ADA)
    desk.send()
    (message,) = office.messages
    (pdf,) = message.iter_attachments()
    assert hashlib.sha256(pdf.get_payload(decode=True)).hexdigest() == content.files[0].sha256  # type: ignore[arg-type]
    pictures = [part.get_payload(decode=True) for part in message.walk() if part.get_content_type() == "image/png"]
    assert pictures == [PNG]


def test_one_refused_recipient_stops_no_other(desk: Desk, office: Office) -> None:
    office.says[f"rcpt {ADA}"] = ["550 5.1.1 no such mailbox here"]
    desk.plan(parcel(), ADA, BOB)
    summary = desk.send()
    assert desk.states() == {ADA: "refused", BOB: "accepted"}
    assert (summary.accepted, summary.refused) == (1, 1)
    assert desk.rows()[0].reply == "RCPT: 5.1.1 no such mailbox here"
    desk.later(86400)
    desk.send()
    assert office.recipients == [BOB]


def test_a_greylisted_message_is_tried_again_later_with_the_same_bytes(desk: Desk, office: Office) -> None:
    office.says[f"rcpt {ADA}"] = ["451 4.7.1 greylisted", "451 4.7.1 greylisted"]
    desk.plan(parcel(), ADA, BOB)
    assert desk.send().later == 1
    first = desk.rows()[0]
    assert (first.state, first.tries, first.code) == ("planned", 1, 451)
    assert desk.send().later == 1, "not before its time"
    desk.later(80)
    desk.send()
    second = desk.rows()[0]
    assert second.next_at is not None
    assert first.next_at is not None
    assert second.next_at - desk.now > first.next_at - (desk.now - timedelta(seconds=80)), "each wait is longer"
    desk.later(400)
    desk.send()
    assert office.recipients == [BOB, ADA]
    assert desk.rows()[0].sha256 == first.sha256


def test_a_message_refused_for_now_is_given_up_after_a_day(desk: Desk, office: Office) -> None:
    office.says[f"rcpt {ADA}"] = ["452 4.2.2 mailbox full"] * 3
    desk.plan(parcel(), ADA)
    desk.send()
    desk.later(25 * 3600)
    desk.send()
    (row,) = desk.rows()
    assert row.state == "refused"
    assert "given up after 24 hours" in row.reply
    assert "mailbox full" in row.reply


def test_a_session_ended_in_the_middle_is_opened_again(desk: Desk, office: Office) -> None:
    office.says["mail"] = ["421 4.3.0 going down"]
    desk.plan(parcel(), ADA, BOB)
    summary = desk.send()
    assert desk.states() == {ADA: "planned", BOB: "accepted"}
    assert office.connections == 2
    assert not summary.stopped
    desk.later(100)
    desk.send()
    assert office.recipients == [BOB, ADA]


def test_a_connection_lost_before_the_last_dot_loses_and_doubles_nothing(desk: Desk, office: Office) -> None:
    office.says[f"rcpt {ADA}"] = [LOST]
    desk.plan(parcel(), ADA, BOB)
    desk.send()
    assert desk.states() == {ADA: "planned", BOB: "accepted"}
    desk.later(100)
    desk.send()
    assert office.recipients == [BOB, ADA]


def test_an_answer_lost_after_the_dot_is_parked_for_a_person(desk: Desk, office: Office) -> None:
    office.says[f"data {ADA}"] = [LOST]
    desk.plan(parcel(), ADA, BOB)
    summary = desk.send()
    assert desk.states() == {ADA: "parked", BOB: "accepted"}
    assert summary.parked == 1
    desk.later(86400)
    desk.send()
    assert office.recipients == [ADA, BOB], "nothing is sent again on a guess"


def test_a_person_has_a_parked_message_sent_again_or_forgets_it(desk: Desk, office: Office) -> None:
    office.says["data"] = [LOST, f"{LOST} before"]
    desk.plan(parcel(), ADA, BOB)
    desk.send()
    first, second = deliveries(desk.store, state="parked")
    forget(desk.store, first.id, by="Kim", at=desk.now)
    resend(desk.store, second.id, by="Kim", at=desk.now)
    desk.send()
    assert desk.states() == {ADA: "refused", BOB: "accepted"}
    assert office.recipients == [ADA, BOB]
    log = [(each.was, each.became) for each in happenings(desk.store, second.id)]
    steps = ["planned", "sending", "committing", "parked", "planned", "sending", "committing", "accepted"]
    assert log == list(zip(["", *steps], steps, strict=False))
    assert "Kim" in happenings(desk.store, first.id)[-1].detail


def test_the_audit_mailbox_settles_what_was_accepted(desk: Desk, office: Office) -> None:
    office.says[f"data {ADA}"] = [LOST]
    audited(desk, office).plan(parcel(), ADA, BOB)
    summary = desk.send()
    assert desk.states() == {ADA: "accepted", BOB: "accepted"}
    assert (summary.parked, summary.unsettled) == (0, 0)
    assert [to for _, to, _ in office.accepted] == [[ADA, "audit@desk.example"], [BOB, "audit@desk.example"]]


def test_what_never_reached_the_audit_mailbox_is_sent_again_as_the_same_bytes(desk: Desk, office: Office) -> None:
    office.says[f"data {ADA}"] = [f"{LOST} before"]
    desk.grace = 30
    audited(desk, office).plan(parcel(), ADA)
    desk.send()
    assert desk.waited >= 30, "it had its time to arrive"
    assert desk.states() == {ADA: "accepted"}
    assert hashlib.sha256(office.accepted[0][2]).hexdigest() == desk.rows()[0].sha256
    assert len(office.accepted) == 1


def test_an_audit_mailbox_that_does_not_answer_leaves_the_question_open(desk: Desk, office: Office) -> None:
    office.says[f"data {ADA}"] = [LOST]
    audited(desk, office).plan(parcel(), ADA)
    object.__setattr__(desk.audit, "closed", True)
    summary = desk.send()
    assert (summary.unsettled, summary.stopped) == (1, "mailbox: cannot be reached")
    object.__setattr__(desk.audit, "closed", False)
    desk.send()
    assert office.recipients.count(ADA) == 1
    assert desk.states() == {ADA: "accepted"}


def test_an_audit_address_the_server_refuses_stops_the_run_before_anything_is_sent(desk: Desk, office: Office) -> None:
    office.says["rcpt audit@desk.example"] = ["550 5.1.1 unknown"]
    audited(desk, office).plan(parcel(), ADA)
    assert "audit mailbox audit@desk.example" in desk.send().stopped
    assert office.accepted == []
    assert desk.states() == {ADA: "planned"}


@pytest.mark.parametrize("audit", [True, False])
def test_a_run_that_died_between_the_dot_and_the_record_doubles_nothing(
    desk: Desk, office: Office, *, audit: bool
) -> None:
    if audit:
        audited(desk, office)
    desk.plan(parcel(), ADA, BOB)
    with pytest.raises(KeyboardInterrupt):
        desk.send(Dying(store=desk.store, gate=lambda _, __: ""))
    desk.send()
    assert office.recipients.count(ADA) == office.recipients.count(BOB) == 1
    assert desk.states() == {ADA: "accepted" if audit else "parked", BOB: "accepted"}


def test_a_wrong_password_stops_the_run_at_once_and_is_never_shown(
    desk: Desk, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="mail.log")
    desk.password = "wrong-canary-password"  # noqa: S105 -- wrong on purpose
    desk.plan(parcel(), ADA, BOB)
    summary = desk.send()
    assert "refused the password of desk" in summary.stopped
    assert "wrong-canary" not in summary.stopped + str(desk.rows()) + repr(desk.steps)
    assert set(desk.states().values()) == {"planned"}
    assert office.connections == 1, "one attempt, so that no account is locked"
    assert all(row.tries == 0 for row in desk.rows())


def test_a_certificate_nobody_trusts_stops_the_run(desk: Desk, office: Office) -> None:
    desk.server = replace(desk.server, ca_file="")
    desk.plan(parcel(), ADA)
    assert "no trusted encryption" in desk.send().stopped
    assert office.accepted == []


def test_a_server_that_is_not_there_keeps_everything_for_the_next_run(desk: Desk, office: Office) -> None:
    port = desk.server.port
    desk.server = replace(desk.server, port=1)
    desk.plan(parcel(), *[f"reader{number}@reader.example" for number in range(5)])
    assert "3 times in a row" in desk.send().stopped
    assert set(desk.states().values()) == {"planned"}
    desk.server = replace(desk.server, port=port)
    desk.later(100)
    assert desk.send().accepted == 5
    assert len(office.accepted) == 5


def test_a_slow_server_is_waited_for_only_so_long(desk: Desk, office: Office) -> None:
    office.slow = 3
    desk.server = replace(desk.server, last_patience=0.3)
    desk.plan(parcel(), ADA)
    desk.send()
    assert desk.states() == {ADA: "parked"}, "it may have been accepted"


def test_a_message_too_large_is_refused_with_both_numbers(desk: Desk, office: Office) -> None:
    desk.plan(parcel(pdf=PDF + bytes(9_000_000)), ADA)
    desk.plan(parcel("MSFT"), ADA)
    desk.send()
    large, small = desk.rows()
    assert (large.state, small.state) == ("refused", "accepted")
    assert "12," in large.reply
    assert "10,000,000" in large.reply
    assert len(office.accepted) == 1


def test_a_file_too_large_is_linked_where_it_can_be(desk: Desk, office: Office) -> None:
    link = "https://briefs.desk.example/2025-W40/baba.pdf"
    desk.plan(parcel(pdf=PDF + bytes(9_000_000), link=link), ADA)
    desk.send()
    assert desk.states() == {ADA: "accepted"}
    (message,) = office.messages
    assert list(message.iter_attachments()) == []
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert page is not None
    assert link in plain.get_content()
    assert f'href="{link}"' in page.get_content()


def test_a_rate_is_kept(desk: Desk, office: Office) -> None:
    desk.rate = 30
    desk.plan(parcel(), ADA, BOB, EVE)
    desk.send()
    assert desk.waited == pytest.approx(4)
    assert len(office.accepted) == 3


def test_a_server_that_says_too_fast_is_sent_to_more_slowly(desk: Desk, office: Office) -> None:
    office.says[f"rcpt {ADA}"] = ["450 4.7.0 too many messages"]
    desk.plan(parcel(), ADA, BOB, EVE)
    desk.send()
    assert desk.waited >= 1
    assert office.recipients == [BOB, EVE]


def test_a_suspended_recipient_gets_nothing_even_if_planned_before(desk: Desk, office: Office) -> None:
    desk.plan(parcel(), ADA, BOB)
    suspend(desk.store, Suspension(address=ADA, subject="*", reason="mail came back", at=desk.now))
    desk.send()
    assert office.recipients == [BOB]
    assert desk.rows()[0].reply == "suspended: mail came back"


def test_an_issue_withdrawn_after_it_was_planned_is_not_sent(desk: Desk, office: Office) -> None:
    desk.plan(parcel(), ADA)
    desk.gate = "the issue is not approved"
    desk.send()
    assert office.accepted == []
    assert desk.rows()[0].reply == "the issue is not approved"


def test_other_bytes_under_a_used_id_are_refused(desk: Desk, office: Office) -> None:
    office.says["data"] = ["451 4.3.0 try again"]
    desk.plan(parcel(), ADA)
    desk.send()
    desk.sender = replace(desk.sender, name="Another Desk")
    desk.later(100)
    desk.send()
    assert "other bytes under an id" in desk.rows()[0].reply
    assert office.accepted == []


def test_an_address_in_another_script_reaches_a_server_that_takes_it(desk: Desk, office: Office) -> None:
    desk.plan(parcel(), "用户@reader.example")
    desk.send()
    assert office.recipients == ["用户@reader.example"]
    assert str(office.messages[0]["To"]) == "用户@reader.example"
    assert "SMTPUTF8" in office.options[0][1]


def test_the_envelope_says_whose_bounce_comes_back(desk: Desk, office: Office) -> None:
    desk.plan(parcel(), ADA)
    desk.send()
    assert office.accepted[0][0] == f"bounces+{desk.rows()[0].token}@desk.example"
    assert any(option.startswith("SIZE=") for option in office.options[0][1])


def test_no_password_reaches_a_log_a_step_or_the_ledger(
    desk: Desk, office: Office, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    office.says[f"rcpt {ADA}"] = [LOST]
    desk.plan(parcel(), ADA, BOB)
    summary = desk.send()
    screen = capfd.readouterr()
    said = [repr(desk.rows()), repr(summary), repr(desk.steps), screen.out, screen.err, caplog.text]
    said += [repr(Writer(sender=desk.sender, key=KEY)), repr(desk.server)]
    assert all(PASSWORD not in each for each in said)


def test_every_step_is_told_in_order(desk: Desk) -> None:
    desk.plan(parcel(), ADA)
    desk.send()
    wanted: Sequence[str] = [
        "recover", "next", "connect", "ehlo", "starttls", "login", "claim", "claimed", "mail", "rcpt", "data",
        "first half", "second half", "commit", "committed", "dot", "answer", "answered", "accepted", "settle", "quit",
    ]  # fmt: skip
    assert desk.steps == wanted
