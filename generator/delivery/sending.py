"""Sending: everything that is due, from the ledger, each step on disk before the next is taken."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from generator.delivery.imap import MailboxError, Reader
from generator.delivery.message import Message, Writer, can_link
from generator.delivery.promise import Clock, Deliver, DeliveryLedger
from generator.delivery.replies import LostError, RefusedError, Reply, StopError, UnknownError, verdict
from generator.delivery.session import Session
from generator.model.delivery import Dispatch, Parcel, Watch
from generator.model.mail import Mail

# Connections lost one after the other, before the server is left alone until the next run.
IN_A_ROW = 3
PARKED = "the connection ended after the last dot, and there is no audit mailbox to ask; it may have arrived"


@dataclass(slots=True, kw_only=True)
class Summary:
    """What one run did; `stopped` says why it ended early, or nothing."""

    accepted: int = 0
    refused: int = 0
    parked: int = 0
    later: int = 0
    unsettled: int = 0
    stopped: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What mail is sent with: settings, writer, a connection, and the audit mailbox if there is one."""

    mail: Mail
    writer: Writer
    connect: Callable[[], Session]
    audit: Reader | None = None


@dataclass(slots=True, kw_only=True)
class Run:
    """One run over the ledger."""

    ledger: DeliveryLedger
    post: Post | None
    others: Mapping[str, Deliver]
    clock: Clock
    watch: Watch
    summary: Summary = field(default_factory=Summary)
    session: Session | None = None
    lost: int = 0
    pause: float = 0.0
    next_send: datetime | None = None
    parcel: Parcel | None = None

    def all(self) -> Summary:
        """Send what is due, then settle what is in doubt and send that which did not arrive."""
        try:
            self.watch("recover")
            self.ledger.recover(self.clock.now())
            self._due()
            self._settle()
        except StopError as error:
            self.summary.stopped = str(error)
        finally:
            if self.session is not None:
                self.watch("quit")
                self.session.close()
        self.summary.later = len(self.ledger.waiting())
        self.summary.unsettled = len(self.ledger.ambiguous())
        return self.summary

    def _due(self) -> None:
        for dispatch in self.ledger.due(self.clock.now()):
            self.watch("next")
            if dispatch.channel == "email":
                self._mail(dispatch)
            else:
                self._hand_over(dispatch)

    # --- One message --------------------------------------------------------------------------------------------------

    def _mail(self, dispatch: Dispatch) -> None:
        if self.post is None:
            raise StopError("no mail server is set; write a table [mail] into reports/settings.toml")
        message = self._claimed(dispatch, self.post)
        if message is None:
            return
        self._pace(self.post.mail.rate)
        try:
            self._send(dispatch, message, self.post)
            self.lost = 0
        except RefusedError as error:
            self._answered(dispatch, error.reply, error.phase)
        except LostError as error:
            self._lost(dispatch, str(error))
        except UnknownError as error:
            self._unknown(dispatch, str(error))
        except StopError:
            self._later(dispatch, None, "the run was stopped", self.clock.now())
            raise

    def _claimed(self, dispatch: Dispatch, post: Post) -> Message | None:
        """Return the message, the ledger saying that it is being sent; None when it is not to be."""
        session, parcel = self._open(dispatch, post), self._parcel(dispatch)
        if session is None:
            return None
        message = post.writer.write(parcel, dispatch)
        if session.largest and len(message.raw) > session.largest and can_link(parcel) and not dispatch.sha256:
            message = post.writer.write(parcel, dispatch, "linked")
        why = _unfit(message, session, dispatch)
        if not why:
            self.watch("claim")
            why = self.ledger.claim(
                dispatch, sha256=message.sha256, signature=message.signature, form=message.form, at=self.clock.now()
            )
            self.watch("claimed")
        if why:
            self._refuse(dispatch, None, why)
            return None
        return message

    def _open(self, dispatch: Dispatch, post: Post) -> Session | None:
        """Return an open connection; None when there is none, and the message waits."""
        if self.session is None:
            self.session = post.connect()
        if self.session.is_open:
            return self.session
        try:
            self.session.open()
        except LostError as error:
            self._lost(dispatch, str(error))
            return None
        return self.session

    def _send(self, dispatch: Dispatch, message: Message, post: Post) -> None:
        session = self.session
        if session is None:
            raise LostError("there is no connection")
        session.offer(message, audit=post.mail.audit_address if post.audit else "")
        self.watch("commit")
        self.ledger.commit(dispatch, self.clock.now())
        self.watch("committed")
        reply = session.finish()
        self.watch("answered")
        self._answered(dispatch, reply, "the last dot")

    def _answered(self, dispatch: Dispatch, reply: Reply, phase: str) -> None:
        """Record what the server said, whatever it was."""
        judged, now = verdict(reply), self.clock.now()
        if judged == "accepted":
            self.ledger.accept(dispatch, code=reply.code, reply=reply.words, at=now)
            self.watch("accepted")
            self.summary.accepted += 1
            return
        words = f"{phase}: {reply.words}"
        if judged == "refused":
            self._refuse(dispatch, reply.code, words)
        else:
            self._later(dispatch, reply.code, words, now)
        if self.session is not None:
            self.watch("reset")
            self.session.reset()
        if judged == "stop":
            raise StopError(f"the mail server wants a log-in ({reply}); nothing more was sent; see mail.user")
        if judged == "slower":
            self._slow_down(str(reply))

    def _refuse(self, dispatch: Dispatch, code: int | None, words: str) -> None:
        self.ledger.refuse(dispatch, code=code, reply=words, at=self.clock.now())
        self.watch("refused")
        self.summary.refused += 1

    def _later(self, dispatch: Dispatch, code: int | None, words: str, now: datetime) -> None:
        """Plan another attempt, further away each time; give up after a day."""
        mail = self.post.mail if self.post else None
        steps, give_up = (mail.backoff, mail.give_up) if mail else ((60.0,), 86400.0)
        if now - dispatch.planned_at > timedelta(seconds=give_up):
            self._refuse(dispatch, code, f"given up after {give_up / 3600:.0f} hours: {words}")
            return
        step = steps[min(dispatch.tries, len(steps) - 1)]
        until = now + timedelta(seconds=step * (1 + _jitter(dispatch)))
        self.ledger.postpone(dispatch, code=code, reply=words, at=now, until=until)
        self.watch("postponed")

    def _lost(self, dispatch: Dispatch, words: str) -> None:
        self._later(dispatch, None, words, self.clock.now())
        self._one_more(words)

    def _one_more(self, words: str) -> None:
        self.lost += 1
        if self.lost >= IN_A_ROW:
            raise StopError(f"{words}; {IN_A_ROW} times in a row, so the rest waits for the next run")

    def _slow_down(self, words: str) -> None:
        self.pause = min(60.0, max(1.0, self.pause * 2))
        self._one_more(f"the mail server says that this is too fast ({words})")

    def _pace(self, rate: float) -> None:
        """Let time pass where a rate is set or the server asked for patience."""
        gap, now = max(60.0 / rate if rate else 0.0, self.pause), self.clock.now()
        if self.next_send is not None and self.next_send > now:
            self.clock.wait((self.next_send - now).total_seconds())
        self.next_send = self.clock.now() + timedelta(seconds=gap)

    def _parcel(self, dispatch: Dispatch) -> Parcel:
        if self.parcel is None or self.parcel.key != dispatch.parcel:
            self.parcel = self.ledger.parcel(dispatch)
        return self.parcel

    # --- What is in doubt ---------------------------------------------------------------------------------------------

    def _unknown(self, dispatch: Dispatch, words: str) -> None:
        """Leave it to the end of the run where it can be asked about; park it where not."""
        if self.post is not None and self.post.audit is None:
            self._park(dispatch)
        self._one_more(words)

    def _park(self, dispatch: Dispatch) -> None:
        self.ledger.park(dispatch, reply=PARKED, at=self.clock.now())
        self.watch("parked")
        self.summary.parked += 1

    def _settle(self) -> None:
        """Ask the audit mailbox about all that is in doubt; what did not arrive in time is sent again."""
        self.watch("settle")
        doubtful = [each for each in self.ledger.ambiguous() if each.channel == "email"]
        if not doubtful or self.post is None:
            return
        if self.post.audit is None:
            for dispatch in doubtful:
                self._park(dispatch)
            return
        try:
            missing = self._ask(doubtful, self.post.audit)
            if missing:
                self._wait_for(missing, self.post.mail.grace)
                self._again(self._ask(missing, self.post.audit))
        except MailboxError as error:
            self.summary.stopped = str(error)

    def _ask(self, doubtful: list[Dispatch], audit: Reader) -> list[Dispatch]:
        """Return what has not arrived; the ledger says of the others that they have."""
        self.watch("audit")
        arrived = audit.arrived([each.message_id for each in doubtful])
        for dispatch in doubtful:
            if dispatch.message_id in arrived:
                reply = "found in the audit mailbox"
                self.ledger.accept(dispatch, code=None, reply=reply, at=self.clock.now())
                self.watch("found")
                self.summary.accepted += 1
        return [each for each in doubtful if each.message_id not in arrived]

    def _wait_for(self, missing: list[Dispatch], grace: float) -> None:
        now = self.clock.now()
        last = max(each.committing_at or now for each in missing) + timedelta(seconds=grace)
        if last > now:
            self.clock.wait((last - now).total_seconds())

    def _again(self, missing: list[Dispatch]) -> None:
        """Send the same bytes again."""
        now = self.clock.now()
        for dispatch in missing:
            self.watch("again")
            reply = "not found in the audit mailbox"
            self.ledger.postpone(dispatch, code=None, reply=reply, at=now, until=now)
        if missing:
            self._due()

    # --- Folders and webhooks -----------------------------------------------------------------------------------------

    def _hand_over(self, dispatch: Dispatch) -> None:
        parcel, now = self._parcel(dispatch), self.clock.now()
        sha = hashlib.sha256("".join(file.sha256 for file in parcel.files).encode()).hexdigest()
        why = self.ledger.claim(dispatch, sha256=sha, signature="", form=dispatch.form, at=now)
        if why:
            self._refuse(dispatch, None, why)
            return
        self.watch("handing over")
        receipt = self.others[dispatch.channel].deliver(parcel, dispatch)
        if receipt.state == "accepted":
            self.ledger.accept(dispatch, code=receipt.code, reply=receipt.reply, at=self.clock.now())
            self.summary.accepted += 1
        elif receipt.state == "refused":
            self._refuse(dispatch, receipt.code, receipt.reply)
        else:
            self._later(dispatch, receipt.code, receipt.reply, self.clock.now())


def send_all(
    ledger: DeliveryLedger,
    *,
    post: Post | None,
    others: Mapping[str, Deliver],
    clock: Clock,
    watch: Watch = lambda _: None,
) -> Summary:
    """Send everything that is due; `watch` is told each step before it is taken.

    One run at a time: whoever calls holds the ledger's lock.
    """
    return Run(ledger=ledger, post=post, others=others, clock=clock, watch=watch).all()


def _unfit(message: Message, session: Session, dispatch: Dispatch) -> str:
    """Return why this server cannot take this message at all, or nothing."""
    if session.largest and len(message.raw) > session.largest:
        size, limit = len(message.raw), session.largest
        return f"the message has {size:,} bytes and the server takes {limit:,}; set mail.link, or mail.attach lower"
    if message.utf8 and not session.offers("smtputf8"):
        return "the address is not in ASCII and the server does not offer SMTPUTF8"
    if dispatch.sha256 and dispatch.sha256 != message.sha256:
        return "other bytes under an id that was used before; make a new revision of the issue"
    return ""


def _jitter(dispatch: Dispatch) -> float:
    """Return up to a quarter, the same for the same attempt, so that retries do not come all at once."""
    return int(hashlib.sha256(f"{dispatch.token} {dispatch.tries}".encode()).hexdigest()[:4], 16) / 65536 / 4
