"""Migrates a database again and again, killed some statements later each time, until it comes through."""

from __future__ import annotations

import os
import signal
import sys
from itertools import count

from sqlalchemy import event, inspect

from generator.store.engine import engine_for
from generator.store.migrating import migrate, revision_of

STEP = 7
"""Statements from one kill to the next: each costs a process, and all of them together are the same in kind."""


def migrated(url: str, last: int) -> None:
    """Migrate in this process, and die before the statement of a number."""
    engine = engine_for(url)
    seen = count(1)

    def die(*_: object) -> None:
        if next(seen) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "before_cursor_execute", die)
    migrate(engine, "store")


def main(url: str) -> None:
    """Tell after each try what state it left."""
    for last in count(3, STEP):
        child = os.fork()
        if child == 0:
            migrated(url, last)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status) and status:
            sys.exit("the migration failed by itself")
        engine = engine_for(url)
        with engine.connect() as connection:
            tables = sorted(inspect(connection).get_table_names())
            sys.stdout.write(f"{'killed' if status else 'done'} {revision_of(connection)} {tables}\n")
            sys.stdout.flush()
        engine.dispose()
        if status == 0:
            return


main(sys.argv[1])
