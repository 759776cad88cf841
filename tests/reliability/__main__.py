"""The reliability table: `make reliability`. Runs are killed, servers misbehave, and what arrived is counted."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from faults import fault_rows
from job import SENDER, Order, parcel_of, place
from killing import Record, finish, kill_anytime, kill_at
from points import points
from received import received_rows
from rig import MailRig
from server import Postgres

from generator.delivery.tokens import message_id
from generator.model.address import domain_of
from generator.store import open_store
from generator.store.delivery_desk import deliveries

MEMORY = Path("/dev/shm")  # noqa: S108 -- a folder of a random name is made in it
SLOW_DISK = 1000
GOAL = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    figures: str
    good: bool
    seconds: float = 0.0


@dataclass(slots=True)
class Bench:
    """The rig and what is measured on it."""

    home: Path
    rig: MailRig
    number: int = 0

    def order(self, **changes: object) -> Order:
        """Return an order with a store of its own, the mailboxes emptied."""
        self.rig.wait_until_delivered()
        self.rig.empty()
        self.number += 1
        url, objects = place(self.home, f"run{self.number}")
        whole = Order(url=url, objects=objects, smtp=self.rig.smtp, imap=self.rig.imap, ca_file=str(self.rig.ca_file))
        return replace(whole, **changes)  # type: ignore[arg-type]

    def judged(self, what: str, order: Order, record: Record, begun: float) -> Row:
        """Count what arrived and what the ledger says of it."""
        self.rig.wait_until_delivered()
        counts = self.rig.counts()
        parked = {(row.message_id, row.address) for row in self.rows(order) if row.state == "parked"}
        expected = {
            (
                message_id(
                    parcel=parcel_of(f"CO{company:02d}", 0).key, recipient=address, domain=domain_of(SENDER.address)
                ),
                address,
            )
            for company in range(order.companies)
            for address in (f"reader{each}@test.example" for each in range(order.readers))
        }
        lost = len([each for each in expected if not counts[each] and each not in parked])
        twice = len([each for each, count in counts.items() if count > 1])
        foreign = len([each for each in counts if each not in expected])
        accepted = len([row for row in self.rows(order) if row.state == "accepted"])
        arrived = len([each for each in expected if counts[each]])
        figures = (
            f"{record.kills} kills; {arrived} of {len(expected)} arrived, {lost} lost, {twice} twice, {foreign} drafts"
        )
        figures += f", {len(parked)} parked" if not order.audit else ""
        figures += f"; {record.busy} turned away" if record.busy else ""
        good = not (lost or twice or foreign or record.failed or record.unreached)
        good = good and accepted + len(parked) == len(expected) and (not parked or not order.audit)
        if record.unreached:
            print(f"    not reached: {', '.join(record.unreached)}", file=sys.stderr)  # noqa: T201
        return Row(what, figures, good, time.monotonic() - begun)

    def rows(self, order: Order):  # type: ignore[no-untyped-def]  # noqa: ANN201
        """Return the ledger."""
        with open_store(order.url, order.objects) as store:
            return deliveries(store)


def named(bench: Bench, what: str, points: list[tuple[str, int]], **changes: object) -> Row:
    """Kill at named points."""
    order, begun = bench.order(**changes), time.monotonic()
    return bench.judged(what, order, kill_at(order, points), begun)


def anytime(
    bench: Bench, what: str, kills: int, between: Callable[[], object] = lambda: None, **changes: object
) -> Row:
    """Kill at random, three runs at once, in as many experiments as it takes."""
    begun, done, rows = time.monotonic(), 0, []
    total = Record()
    while done < kills:
        order = bench.order(**changes)
        record = kill_anytime(order, kills - done, seed=bench.number, between=between)
        rows.append(bench.judged(what, order, record, begun))
        done += max(1, record.kills)
        total.kills, total.busy = total.kills + record.kills, total.busy + record.busy
    bad = [row.figures for row in rows if not row.good]
    figures = f"{total.kills} kills in {len(rows)} runs of 200; " + (
        "; ".join(bad) if bad else f"0 lost, 0 twice, 0 drafts; {total.busy} turned away"
    )
    return Row(what, figures, not bad, time.monotonic() - begun)


def throughput(home: Path, what: str, *, size: int = 90_000, messages: int = 300) -> Row:
    """Count messages a second over one connection, first answer to last; beside it, how fast the disk is."""
    best = 0.0
    with tempfile.TemporaryDirectory(prefix="brief-rig-", dir=home) as folder:
        place = Path(folder)
        place.chmod(0o755)
        (place / "mailrig").mkdir()
        with MailRig(place / "mailrig") as rig:
            for _ in range(2):
                order = Bench(place, rig).order(audit=False, companies=1, readers=messages, size=size, draft=False)
                url = str(place / f"speed{time.monotonic_ns()}.sqlite3")
                finish(replace(order, url=url), Record())
                with open_store(url, order.objects) as store:
                    ends = [row.settled_at for row in deliveries(store) if row.settled_at]
                best = max(best, (len(ends) - 1) / (max(ends) - min(ends)).total_seconds())
        flushes = flushes_a_second(place)
    busy = os.getloadavg()[0] > (os.cpu_count() or 1) + 1
    figures = f"{best:.0f} messages a second ({flushes:,.0f} flushes a second on this disk)"
    figures += "; not judged, others are at work on this machine" if busy and best < GOAL else ""
    return Row(f"One connection, PDF of 90 kB, {what}", figures, best >= GOAL or flushes < SLOW_DISK or busy)


def flushes_a_second(folder: Path) -> float:
    """Return how often a small file can be written and flushed."""
    begun, count = time.monotonic(), 0
    with (folder / "flushed").open("wb") as file:
        while time.monotonic() - begun < 1:
            file.write(bytes(4096))
            file.flush()
            os.fdatasync(file.fileno())
            count += 1
    return count / (time.monotonic() - begun)


def experiments(bench: Bench, postgres: Postgres, *, quick: bool):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """Give the rows of the table, one experiment after the other."""
    kills = 20 if quick else 100
    yield named(bench, "Named points, SQLite, audit mailbox", points(audit=True, quick=False))
    yield named(bench, "Named points, SQLite, no audit mailbox", points(audit=False, quick=quick), audit=False)
    yield anytime(bench, "Random moments, three runs at once, SQLite, audit mailbox", kills)
    yield anytime(bench, "Random moments, three runs at once, SQLite, no audit mailbox", kills // 5, audit=False)
    yield anytime(bench, "Mail server's own processes killed as well", kills // 5, bench.rig.kill_servers)
    server = {"url": postgres.url}
    yield named(bench, "Named points, PostgreSQL, audit mailbox", points(audit=True, quick=quick), **server)
    postgres.clear()
    order, begun = bench.order(**server), time.monotonic()
    crashes = 2 if quick else 10
    record = kill_anytime(order, 15 if quick else 60, seed=1, between=Crashes(postgres, crashes))
    yield bench.judged(f"PostgreSQL's postmaster killed {crashes} times, runs killed too", order, record, begun)
    yield throughput(bench.home, "on this disk")
    if MEMORY.is_dir():
        yield throughput(MEMORY, "on a disk in memory")


@dataclass(slots=True)
class Crashes:
    """Kills the postmaster a number of times."""

    postgres: Postgres
    left: int

    def __call__(self) -> None:
        """Kill it once more, if it is not enough yet."""
        if self.left:
            self.left -= 1
            self.postgres.crash()


def told(row: Row) -> bool:
    """Print a row and return whether it is good."""
    mark = "ok  " if row.good else "FAIL"
    seconds = f"  ({row.seconds:.0f} s)" if row.seconds else ""
    print(f"{mark}  {row.what}: {row.figures}{seconds}", flush=True)  # noqa: T201
    return row.good


def main() -> int:
    """Print the table and return the exit code."""
    parser = argparse.ArgumentParser(description="What arrives when runs are killed and servers misbehave.")
    parser.add_argument("--quick", action="store_true", help="fewer kills, for every change")
    asked = parser.parse_args()
    if os.geteuid() != 0:
        print("The rig needs root, for Postfix: sudo make reliability", file=sys.stderr)  # noqa: T201
        return 2
    good = True
    with tempfile.TemporaryDirectory(prefix="brief-rig-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        (home / "mailrig").mkdir()
        with MailRig(home / "mailrig") as rig, Postgres(home / "postgres") as postgres:
            bench = Bench(home, rig)
            for row in experiments(bench, postgres, quick=asked.quick):
                good = told(row) and good
            for what, figures, fine in (*fault_rows(home), *received_rows(bench.order(), rig, home)):
                good = told(Row(what, figures, fine)) and good
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
