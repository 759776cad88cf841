"""Points: where a run is killed, and at which time it gets there. Together they walk through a run of 200 messages."""

from __future__ import annotations

# Before anything is sent: inside the migration, between the tables, inside the plan.
BEFORE = [
    ("open", 1), ("sql create table", 1), ("sql create table", 4), ("sql create table", 8), ("sql commit", 1),
    ("locked", 1), ("sql insert into issue", 1), ("ready", 1), ("sql insert into approval", 1), ("kept", 1),
    ("sql insert into dispatch", 1), ("sql insert into dispatch", 7), ("planned", 1), ("planned", 12), ("recover", 1),
]  # fmt: skip
# Every step of a message, early, in the middle and late in the run.
STEPS = [
    "next", "connect", "ehlo", "starttls", "login", "claim", "claimed", "mail", "rcpt", "rcpt audit", "data",
    "first half", "second half", "commit", "committed", "dot", "answer", "answered", "accepted",
]  # fmt: skip
ONCE = ("connect", "ehlo", "starttls", "login")
# At the end, when what is in doubt is settled.
AFTER = [("settle", 1), ("audit", 1), ("found", 1), ("found", 2), ("again", 1), ("quit", 1)]


def _walk(counts: tuple[int, ...], steps: list[str]) -> list[tuple[str, int]]:
    return [(step, 1 if step in ONCE else count) for count in counts for step in steps]


def points(*, audit: bool, quick: bool) -> list[tuple[str, int]]:
    """Return where a run is killed; without an audit mailbox nothing is asked of it."""
    asked = [step for step in STEPS if audit or "audit" not in step]
    walk = _walk((4,) if quick else (2, 4), asked)
    after = AFTER[:3] if quick else AFTER
    return (BEFORE[:6] if quick else BEFORE) + walk + (after if audit else [("settle", 1), ("parked", 1)])
