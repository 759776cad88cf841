"""Mail: the table [mail] of the settings, and the mailboxes in it. Passwords never stand in a file."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from generator.definitions.form import Line, Table
from generator.model.address import read_address
from generator.model.mail import MB, Mail, Mailbox, Sender, Server

Address = Annotated[Line, AfterValidator(lambda text: read_address(text) if text else "")]
Security = Literal["starttls", "tls", "none"]
Port = Annotated[int, Field(ge=1, le=65535)]
HOME = ("localhost", "127.0.0.1", "::1")


class Secretive(Table):
    """A table that refuses a password and says where it belongs."""

    @model_validator(mode="before")
    @classmethod
    def _holds_no_password(cls, data: Any) -> Any:  # noqa: ANN401 -- whatever stands in the file
        if isinstance(data, dict) and any(word in str(key) for key in data for word in ("password", "secret", "token")):
            raise ValueError("a password never stands in a file; take it out, and set it as `brief send --help` says")
        return data


class MailboxTable(Secretive):
    """A mailbox that is read over IMAP."""

    host: Line = Field(description="The mailbox's IMAP server.")
    port: Port = Field(default=993, description="Its port.")
    security: Security = Field(default="tls", description="How the connection is encrypted.")
    user: Line = Field(description="Whose mailbox it is.")
    folder: Line = Field(default="INBOX", pattern=r'^[^"\\\x00-\x1f]*$', description="The folder in it.")
    ca_file: Line = Field(default="", description="A file of certificates to trust instead of the system's.")

    def mailbox(self) -> Mailbox:
        """Return it as what reads it takes it."""
        return Mailbox(
            host=self.host,
            port=self.port,
            security=self.security,
            user=self.user,
            folder=self.folder,
            ca_file=self.ca_file,
        )


class AuditTable(MailboxTable):
    """A mailbox that gets a copy of everything, so that it can be asked what arrived."""

    address: Address = Field(min_length=1, description="The address of that mailbox.")
    grace_seconds: int = Field(
        default=900, ge=0, le=86_400, description="How long a message may take to get there, before it is sent again."
    )


class MailTable(Secretive):
    """How mail is sent."""

    host: Line = Field(min_length=1, description="The mail server.")
    port: Port = Field(default=587, description="Its port.")
    security: Security = Field(default="starttls", description="How the connection is encrypted.")
    user: Line = Field(default="", description="Who logs in. Without it, nobody does.")
    ca_file: Line = Field(default="", description="A file of certificates to trust instead of the system's.")
    sender: Address = Field(min_length=1, description="The address in From.")
    sender_name: Line = Field(default="", description="The name beside it.")
    reply_to: Address = Field(default="", description="Where answers go. Without it: to the sender.")
    bounces: Address = Field(
        default="", description='Where what cannot be delivered goes: "bounces@desk.example" takes bounces+TOKEN@ too.'
    )
    unsubscribe_mail: Address = Field(default="", description="An address that takes unsubscriptions.")
    unsubscribe_page: Line = Field(
        default="",
        pattern=r"^(https://[!-~]*\{token\}[!-~]*)?$",
        description='A page that unsubscribes on a POST, for one click: "https://desk.example/u/{token}".',
    )
    link: Line = Field(
        default="",
        pattern=r"^(https://[!-~]*\{file\}[!-~]*)?$",
        description='Where finished briefs can be read: "https://desk.example/{period}/{file}".',
    )
    attach_mb: float = Field(default=7.0, gt=0, le=100, description="Files above this size are linked, in MB.")
    rate: float = Field(default=0.0, ge=0, le=100_000, description="Messages a minute at most; 0: no limit.")
    give_up_hours: float = Field(default=24.0, gt=0, le=240, description="How long a message refused for now is tried.")
    operator: Address = Field(default="", description="Who is told how each run went.")
    dkim_domain: Line = Field(default="", description="The domain that signs (DKIM). Without it: the server signs.")
    dkim_selector: Line = Field(default="", description="The name under which the domain publishes its key.")
    audit: AuditTable | None = Field(default=None, description="A mailbox that gets a copy of everything.")
    inbox: MailboxTable | None = Field(default=None, description="The mailbox that bounces come back to.")

    @model_validator(mode="after")
    def _is_safe(self) -> MailTable:
        if self.security == "none" and self.user and self.host not in HOME:
            raise ValueError(
                'security is "none", so that the password could be read on its way; use "starttls" or "tls"'
            )
        if bool(self.dkim_domain) != bool(self.dkim_selector):
            raise ValueError("dkim_domain and dkim_selector belong together; give both or none")
        return self

    def mail(self) -> Mail:
        """Return it as what sends takes it."""
        server = Server(
            host=self.host,
            port=self.port,
            security=self.security,
            user=self.user,
            ca_file=self.ca_file,
            hello=self.sender.rpartition("@")[2],
        )
        audit = self.audit
        return Mail(
            server=server,
            sender=self._sender(),
            audit=audit.mailbox() if audit else None,
            audit_address=audit.address if audit else "",
            grace=float(audit.grace_seconds) if audit else 0.0,
            bounces=self.inbox.mailbox() if self.inbox else None,
            rate=self.rate,
            give_up=self.give_up_hours * 3600,
        )

    def _sender(self) -> Sender:
        return Sender(
            address=self.sender,
            name=self.sender_name,
            reply_to=self.reply_to,
            bounces=self.bounces,
            unsubscribe_mail=self.unsubscribe_mail,
            unsubscribe_page=self.unsubscribe_page,
            link=self.link,
            attach=int(self.attach_mb * MB),
            dkim_domain=self.dkim_domain,
            dkim_selector=self.dkim_selector,
        )
