"""A PostgreSQL server of our own, that may be killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Self

from rig import NOBODY, free_port

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin")) if Path("/usr/lib/postgresql").is_dir() else []


def program(name: str) -> str:
    """Return where a program of PostgreSQL is."""
    return shutil.which(name) or str(BINARIES[-1] / name)


class Postgres:
    """A server on this machine alone, run by nobody."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()

    def __enter__(self) -> Self:
        self.home.mkdir()
        os.chown(self.home, NOBODY, NOBODY)
        self._run(
            "initdb",
            "-D",
            str(self.home / "pg"),
            "-U",
            "brief",
            "-A",
            "trust",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._run("pg_ctl", "-D", str(self.home / "pg"), "-m", "immediate", "stop", check=False)

    @property
    def url(self) -> str:
        """Where the store is."""
        return f"postgresql://brief@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        self._run("pg_ctl", "-D", str(self.home / "pg"), "-w", "-l", str(self.home / "pg.log"), "-o", options, "start")

    def crash(self) -> None:
        """Kill the postmaster as a loss of power would, and start it again."""
        pid = self.home / "pg" / "postmaster.pid"
        os.kill(int(pid.read_text().splitlines()[0]), signal.SIGKILL)
        pid.unlink(missing_ok=True)
        for _ in range(50):
            try:
                self.start()
            except RuntimeError:
                # Children of the dead one may hold its memory for a moment.
                continue
            return
        raise RuntimeError("PostgreSQL does not start again")

    def clear(self) -> None:
        """Forget everything."""
        self._run(
            "psql",
            "-q",
            "-h",
            "127.0.0.1",
            "-p",
            str(self.port),
            "-U",
            "brief",
            "postgres",
            "-c",
            "drop schema public cascade; create schema public",
        )

    def _run(self, name: str, *rest: str, check: bool = True) -> None:
        user = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
        command = (*user, program(name), *rest)
        with (self.home / "start.log").open("ab") as output:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False, cwd="/")
        if check and done.returncode:
            raise RuntimeError(f"{name}: {(self.home / 'start.log').read_text()}")
