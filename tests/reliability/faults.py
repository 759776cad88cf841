"""Faults: Postfix's own smtp-sink answers wrongly at every phase, and each message ends in the right state."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from post.desk import NOON, Desk, parcel
from rig import free_port, wait_for

from generator.model.mail import Server
from generator.store import open_store

ADDRESS = "ada@reader.example"
FAULTS = (
    ("refused at MAIL (5xx)", ("-f", "mail"), "refused"),
    ("refused at RCPT (5xx)", ("-f", "rcpt"), "refused"),
    ("refused at DATA (5xx)", ("-f", "data"), "refused"),
    ("refused after the dot (5xx)", ("-f", "."), "refused"),
    ("not now at MAIL (4xx)", ("-r", "mail"), "planned"),
    ("not now at RCPT (4xx)", ("-r", "rcpt"), "planned"),
    ("not now after the dot (4xx)", ("-r", "."), "planned"),
    ("421 at MAIL", ("-Q", "mail"), "planned"),
    ("421 after the dot", ("-Q", "."), "planned"),
    ("hang-up at MAIL", ("-q", "mail"), "planned"),
    ("hang-up at RCPT", ("-q", "rcpt"), "planned"),
    ("hang-up at DATA", ("-q", "data"), "planned"),
    ("hang-up after the dot", ("-q", "."), "parked"),
    ("no answer to the dot in time", ("-W", ".:3"), "parked"),
)


def fault_rows(home: Path) -> Iterator[tuple[str, str, bool]]:
    """Give one row: how many faults ended in the right state, and which did not."""
    wrong = [f"{name}: {state} instead of {wanted}" for name, state, wanted in _tried(home) if state != wanted]
    figures = "; ".join(wrong) if wrong else f"{len(FAULTS)} of {len(FAULTS)} faults end in the right state"
    yield "smtp-sink misbehaves at every phase", figures, not wrong


def _tried(home: Path) -> Iterator[tuple[str, str, str]]:
    for number, (name, options, wanted) in enumerate(FAULTS):
        port = free_port()
        sink = subprocess.Popen(("smtp-sink", "-u", "nobody", *options, f"127.0.0.1:{port}", "100"))
        try:
            wait_for(port)
            yield name, _state(home / f"fault{number}", port), wanted
        finally:
            sink.kill()
            sink.wait()


def _state(folder: Path, port: int) -> str:
    folder.mkdir()
    server = Server(host="127.0.0.1", port=port, security="none", patience=1, last_patience=1)
    with open_store(str(folder / "store.sqlite3"), str(folder / "objects")) as store:
        desk = Desk(store=store, server=server, now=NOON)
        desk.plan(parcel(), ADDRESS)
        desk.send()
        return desk.states()[ADDRESS]
