"""Posting: from approved issues to what the ledger plans, and from there to whoever gets it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from generator.cli import clock, secrets
from generator.cli.project import Project
from generator.errors import InputError

if TYPE_CHECKING:
    from generator.delivery import Deliver, Post, Signer, Summary, Writer
    from generator.model.delivery import Parcel, Planned, Recipient
    from generator.model.issue import Issue
    from generator.model.mail import Mail, Sender
    from generator.store import Store
    from generator.store.deliveries import Deliveries

NO_MAIL = "no mail server is set"
ADVICE = "write a table [mail] into it; reports/README.md shows one"


@dataclass(frozen=True, kw_only=True)
class Posting:
    """The post of a project: its store, its recipients and how its mail is sent."""

    project: Project
    store: Store

    @cached_property
    def mail(self) -> Mail | None:
        """How mail is sent, or None where nothing is set."""
        table = self.project.settings.mail
        return table.mail() if table else None

    @cached_property
    def recipients(self) -> tuple[Recipient, ...]:
        """Who gets what."""
        from generator.definitions import read_recipients

        return read_recipients(self.project.reports)

    @cached_property
    def key(self) -> bytes:
        """What the tokens of this store are signed with."""
        from generator.store.suspensions import token_key

        return token_key(self.store)

    @property
    def sender(self) -> Sender | None:
        """What messages say of who sent them."""
        return self.mail.sender if self.mail else None

    # --- What there is to send ---------------------------------------------------------------------------------------

    def parcel_of(self, issue: Issue) -> Parcel:
        """Return what the recipients of an issue get: its letter and its PDF."""
        from generator.delivery.planning import file_name, link_of
        from generator.model.delivery import File, Parcel
        from generator.store.parcels import read_letter

        name = file_name(issue.ticker, issue.period)
        file = File(
            name=name,
            data=self.store.objects.read(issue.pdf_sha),
            link=link_of(self.sender, name, issue.period),
        )
        letter = read_letter(self.store, issue.letter_sha)
        return Parcel(subject=issue.ticker, period=issue.period, revision=issue.revision, letter=letter, files=(file,))

    def orders(self, issues: Sequence[Issue], *, digests: bool) -> Iterator[tuple[Parcel, tuple[Planned, ...]]]:
        """Give each parcel with its recipients: every issue, then the digests for which all issues are there."""
        for issue in issues:
            parcel = self.parcel_of(issue)
            yield parcel, self.planned(parcel)
        if digests:
            for period in dict.fromkeys(issue.period for issue in issues):
                yield from self._digests([issue for issue in issues if issue.period == period], period)

    def planned(self, parcel: Parcel) -> tuple[Planned, ...]:
        """Return who gets a brief of its own, as the ledger is told of them."""
        from generator.delivery.planning import takers

        return self._planned(parcel, takers(self.recipients, parcel.subject))

    def _digests(self, issues: Sequence[Issue], period: str) -> Iterator[tuple[Parcel, tuple[Planned, ...]]]:
        from generator.delivery.digest import digest_of
        from generator.delivery.planning import readers_of_digests, wants

        drafts = self._unapproved(period)
        readers: dict[tuple[str, ...], list[Recipient]] = {}
        for reader in readers_of_digests(self.recipients):
            wanted = tuple(sorted(issue.ticker for issue in issues if wants(reader, issue.ticker)))
            if wanted and not any(wants(reader, ticker) for ticker in drafts):
                readers.setdefault(wanted, []).append(reader)
        by_ticker = {issue.ticker: issue for issue in issues}
        for tickers, group in readers.items():
            parcel = digest_of([self.parcel_of(by_ticker[ticker]) for ticker in tickers], period)
            yield parcel, self._planned(parcel, group)

    def _unapproved(self, period: str) -> set[str]:
        """Return whose brief of a week is still a draft: a digest waits for it."""
        from generator.store.issues import issues_of

        newest = {issue.ticker: issue for issue in issues_of(self.store) if issue.period == period}
        return {ticker for ticker, issue in newest.items() if issue.state == "draft"}

    def _planned(self, parcel: Parcel, recipients: Sequence[Recipient]) -> tuple[Planned, ...]:
        from generator.delivery.planning import planned_for
        from generator.store.suspensions import suspensions

        stopped = {each.address for each in suspensions(self.store) if each.subject in ("*", parcel.subject)}
        left = [each for each in recipients if each.address not in stopped]
        return planned_for(parcel, left, key=self.key, sender=self.sender)

    # --- Sending -----------------------------------------------------------------------------------------------------

    def writer(self) -> Writer:
        """Return what writes messages.

        Raises:
            InputError: no mail server is set, or the signing key is missing.
        """
        from generator.delivery import Writer

        sender = self.sender
        if sender is None:
            raise InputError.at(str(self.project.reports / "settings.toml"), NO_MAIL, ADVICE)
        return Writer(sender=sender, key=self.key, signer=self._signer(sender))

    def _signer(self, sender: Sender) -> Signer | None:
        from generator.delivery import Signer

        if not sender.dkim_domain:
            return None
        key = secrets.dkim_key()
        if key is None:
            raise InputError.at("mail.dkim_domain", "the key is missing", "set BRIEF_DKIM_KEY_FILE to a PEM file")
        return Signer(domain=sender.dkim_domain, selector=sender.dkim_selector, key=key)

    def post(self) -> Post | None:
        """Return what mail is sent with; None where no mail server is set."""
        from generator.delivery import Post
        from generator.delivery.imap import Reader
        from generator.delivery.session import Session

        mail = self.mail
        if mail is None:
            return None
        password = secrets.secret("smtp") if mail.server.user else None
        audit = Reader(mailbox=mail.audit, password=secrets.secret("audit")) if mail.audit else None
        return Post(
            mail=mail,
            writer=self.writer(),
            connect=lambda: Session(mail.server, password, lambda _: None),
            audit=audit,
        )

    def plan(self, orders: Sequence[tuple[Parcel, tuple[Planned, ...]]], at: datetime) -> int:
        """Enter all of it into the ledger and return how many deliveries are new."""
        from generator.store.parcels import keep_parcel

        ledger = self.ledger()
        return sum(
            ledger.plan(keep_parcel(self.store, parcel, at), planned, at) for parcel, planned in orders if planned
        )

    def ledger(self) -> Deliveries:
        """Return the delivery ledger, which lets nothing through that is not approved."""
        from generator.store.deliveries import Deliveries
        from generator.store.gate import approved

        return Deliveries(store=self.store, gate=approved)

    def send(self) -> Summary:
        """Send what is due. The caller holds the lock.

        Raises:
            InputError: something that was asked for is not set up.
        """
        from generator.delivery import Clock, send_all
        from generator.delivery.folder import Folder
        from generator.delivery.webhook import Webhook

        others: dict[str, Deliver] = {
            "folder": Folder(root=self.project.root),
            "webhook": Webhook(now=clock.now, secret=secrets.webhook_secret()),
        }
        post = self.post()
        return send_all(self.ledger(), post=post, others=others, clock=Clock(now=clock.now, wait=clock.wait))

    def note_sent(self, at: datetime, who: str) -> None:
        """Mark the approved issues of which everything has gone out."""
        from generator.store.delivery_desk import deliveries_of
        from generator.store.issues import issues_of, mark_sent

        for issue in issues_of(self.store):
            if issue.state != "approved":
                continue
            rows = deliveries_of(self.store, issue.pdf_sha)
            accepted = [row for row in rows if row.state == "accepted"]
            if accepted and not any(row.state in ("planned", "sending", "committing") for row in rows):
                mark_sent(self.store, issue, at=at, who=who, detail=f"to {len(accepted)} of {len(rows)}")
