"""Killing: runs that are ended by SIGKILL at named points or at any time, and started again until all is done."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from job import Order, Trap, job

from generator.errors import BriefError, BusyError

BUSY, FAILED, UNFINISHED = 75, 70, 3


@dataclass(slots=True)
class Record:
    """What happened to the runs of one experiment."""

    kills: int = 0
    busy: int = 0
    unreached: list[str] = field(default_factory=list)
    parked: int = 0
    failed: int = 0


def start(order: Order, trap: Trap, *, statements: bool = False) -> int:
    """Start a run in a process of its own and return its number."""
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    code = FAILED
    try:
        if statements:
            trap.watch_statements()
        summary = job(order, trap)
        code = UNFINISHED if summary.later or summary.unsettled else 0
    except BusyError:
        code = BUSY
    except BriefError as error:
        # A database that went away in the middle: the next run goes on.
        print(f"    a run ended: {error}", file=sys.stderr)  # noqa: T201
        code = UNFINISHED
    except BaseException:  # noqa: BLE001 -- a child must not go on as its parent
        traceback.print_exc()
    finally:
        os._exit(code)


def ended(pid: int) -> int:
    """Wait for a run and return its exit code, or minus the signal that ended it."""
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def kill_at(order: Order, points: Iterable[tuple[str, int]]) -> Record:
    """Run once for every point, killed there; each run goes on where the last one was ended."""
    record = Record()
    for point, count in points:
        trap = Trap(point, count)
        code = ended(start(order, trap, statements=point.startswith("sql ")))
        if code == -signal.SIGKILL:
            record.kills += 1
        else:
            record.unreached.append(f"{point} {count}")
            record.failed += code == FAILED
    finish(order, record)
    return record


def finish(order: Order, record: Record, attempts: int = 40) -> None:
    """Run until nothing waits."""
    for _ in range(attempts):
        code = ended(start(order, Trap()))
        record.failed += code == FAILED
        if code == 0:
            return
        time.sleep(0.2)
    raise RuntimeError("the run does not come to an end")


def kill_anytime(order: Order, kills: int, *, seed: int, between: Callable[[], object] = lambda: None) -> Record:
    """Start three runs at once again and again, and kill them at random moments."""
    record, chance = Record(), random.Random(seed)  # noqa: S311 -- no secret
    while record.kills < kills:
        pids = [start(order, Trap()) for _ in range(3)]
        time.sleep(chance.uniform(0.05, 0.9))
        between()
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        codes = [ended(pid) for pid in pids]
        record.kills += codes.count(-signal.SIGKILL)
        record.busy += codes.count(BUSY)
        record.failed += codes.count(FAILED)
        if 0 in codes:
            break
    finish(order, record)
    return record
