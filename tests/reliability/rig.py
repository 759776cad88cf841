"""Rig: a Postfix and a Dovecot of our own, on this machine alone, with encryption and a password. Needs root."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections import Counter
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from email.policy import compat32
from pathlib import Path
from typing import Self

import trustme

NOBODY = 65534
PASSWORD = "pw-sender-canary"  # noqa: S105 -- of a server that lives for a minute
DOVECOT = """\
base_dir={home}/run
state_dir={home}/state
log_path={home}/dovecot.log
protocols=imap
listen=127.0.0.1
ssl=no
disable_plaintext_auth=no
auth_mechanisms=plain login
first_valid_uid=1
mail_location=maildir:{home}/mail/%u
passdb {{
  driver=passwd-file
  args=scheme=PLAIN {home}/users
}}
userdb {{
  driver=static
  args=uid=65534 gid=65534 home={home}/mail/%u
}}
service imap-login {{
  inet_listener imap {{
    port={imap}
  }}
  inet_listener imaps {{
    port=0
  }}
}}
service auth {{
  unix_listener {home}/queue/private/auth {{
    mode=0660
    user=postfix
    group=postfix
  }}
}}
"""
MAIN = """\
compatibility_level=3.6
queue_directory={home}/queue
data_directory={home}/data
daemon_directory=/usr/lib/postfix/sbin
command_directory=/usr/sbin
myhostname=mail.test.example
mydestination=
inet_interfaces=loopback-only
inet_protocols=ipv4
virtual_mailbox_domains=test.example
virtual_mailbox_base={home}/mail
virtual_mailbox_maps=inline:{{ {{bob@test.example=bob/}} {{@test.example=alice/}} }}
virtual_minimum_uid=1
virtual_uid_maps=static:65534
virtual_gid_maps=static:65534
virtual_mailbox_limit=0
recipient_delimiter=+
message_size_limit=10240000
smtpd_tls_cert_file={home}/cert.pem
smtpd_tls_key_file={home}/key.pem
smtpd_sasl_type=dovecot
smtpd_sasl_path=private/auth
smtpd_relay_restrictions=permit_sasl_authenticated, reject_unauth_destination
smtpd_client_connection_rate_limit=0
smtpd_client_message_rate_limit=0
default_transport=error:5.4.4 no route off this test machine
transport_maps=inline:{{ {{nowhere.example=smtp:[127.0.0.1]:{sink}}} }}
maillog_file={home}/postfix.log
maillog_file_prefixes={home}
alias_maps=
alias_database=
local_recipient_maps=
"""
SUBMISSION = """\
127.0.0.1:{smtp} inet n - n - - smtpd
 -o smtpd_tls_security_level=encrypt -o smtpd_sasl_auth_enable=yes -o smtpd_tls_auth_only=yes
 -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True, slots=True)
class Received:
    """One message in a mailbox: its Message-ID, whom it was for, and its bytes' place."""

    message_id: str
    recipient: str
    path: Path


class MailRig:
    """Takes mail for test.example on a port with STARTTLS and a password; bob's mailbox is the audit."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.smtp, self.imap, self.sink = (free_port() for _ in range(3))
        self.ca_file = home / "ca.pem"

    def __enter__(self) -> Self:
        self._lay_out()
        self._certify()
        (self.home / "dovecot.conf").write_text(DOVECOT.format(home=self.home, imap=self.imap))
        users = "".join(
            f"{name}:{{PLAIN}}{password}:65534:65534::{self.home}/mail/{name}::\n"
            for name, password in (("alice", "pw-a"), ("bob", "pw-b"), ("sender", PASSWORD))
        )
        (self.home / "users").write_text(users)
        (self.home / "etc" / "main.cf").write_text(MAIN.format(home=self.home, sink=self.sink))
        self._services()
        self._run("postfix", "-c", str(self.home / "etc"), "post-install", "create-missing")
        self._run("dovecot", "-c", str(self.home / "dovecot.conf"))
        self._run("postfix", "-c", str(self.home / "etc"), "start")
        wait_for(self.smtp)
        wait_for(self.imap)
        return self

    def __exit__(self, *_: object) -> None:
        for command in (
            ("postfix", "-c", str(self.home / "etc"), "stop"),
            ("doveadm", "-c", str(self.home / "dovecot.conf"), "stop"),
        ):
            subprocess.run(command, capture_output=True, check=False)

    def _lay_out(self) -> None:
        self.home.chmod(0o755)
        for name in ("etc", "queue", "data", "mail"):
            (self.home / name).mkdir()
        os.chown(self.home / "mail", NOBODY, NOBODY)
        shutil.chown(self.home / "data", "postfix")

    def _certify(self) -> None:
        ca = trustme.CA()
        ca.cert_pem.write_to_path(str(self.ca_file))
        cert = ca.issue_cert("127.0.0.1", "localhost")
        cert.private_key_pem.write_to_path(str(self.home / "key.pem"))
        (self.home / "cert.pem").write_bytes(b"".join(blob.bytes() for blob in cert.cert_chain_pems))

    def _services(self) -> None:
        """Write the stock services without chroot, and our listener in place of the usual one."""
        stock = Path("/usr/share/postfix/master.cf.dist").read_text()
        lines = []
        for line in stock.splitlines():
            fields = line.split()
            if (
                line.startswith(("#", " ", "\t"))
                or len(fields) < 8
                or (fields[0] in ("smtp", "postlog") and fields[1] != "unix")
            ):
                continue
            fields[4] = "n"
            lines.append(" ".join(fields))
        (self.home / "etc" / "master.cf").write_text("\n".join(lines) + "\n" + SUBMISSION.format(smtp=self.smtp))

    def _run(self, *command: str) -> None:
        # A server keeps hold of what it was started with: a pipe would never end.
        log = self.home / "start.log"
        with log.open("ab") as output:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {log.read_text()}")

    # --- What arrived -----------------------------------------------------------------------------------------------

    def wait_until_delivered(self, patience: float = 30.0) -> None:
        """Wait until the queue is empty."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            done = subprocess.run(
                ("postqueue", "-c", str(self.home / "etc"), "-j"), capture_output=True, text=True, check=False
            )
            if not done.stdout.strip():
                return
            time.sleep(0.2)

    def received(self, name: str = "alice") -> list[Received]:
        """Return what lies in a mailbox."""
        parser = BytesHeaderParser(policy=compat32)
        found = []
        for folder in ("new", "cur"):
            for path in sorted((self.home / "mail" / name / folder).glob("*")):
                head = parser.parsebytes(path.read_bytes())
                found.append(
                    Received(str(head["Message-ID"]), str(head["X-Original-To"] or head["Delivered-To"]), path)
                )
        return found

    def counts(self) -> Counter[tuple[str, str]]:
        """Return how often each message arrived at each recipient."""
        return Counter((each.message_id, each.recipient) for each in self.received())

    def empty(self) -> None:
        """Throw away what arrived."""
        for name in ("alice", "bob"):
            for folder in ("new", "cur"):
                for path in (self.home / "mail" / name / folder).glob("*"):
                    path.unlink()

    def kill_servers(self) -> int:
        """Kill the mail server's own processes that hold a message, and return how many there were."""
        master = int((self.home / "queue" / "pid" / "master.pid").read_text().strip())
        killed = 0
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                words = re.match(r"\d+ \((.*)\) \S (\d+)", status.read_text())
            except OSError:
                continue
            if words and int(words[2]) == master and words[1] in ("smtpd", "cleanup"):
                os.kill(int(status.parent.name), signal.SIGKILL)
                killed += 1
        return killed


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def wait_for(port: int, patience: float = 20.0) -> None:
    """Wait until somebody listens on a port."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"nobody listens on port {port}")
