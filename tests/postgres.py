"""A PostgreSQL server of the tests' own, on a free port of this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from types import TracebackType
from typing import Self

NOBODY = 65534


def binaries() -> Path | None:
    """Return the folder with initdb and pg_ctl: the newest of Debian's, or wherever the path leads."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: int(each.parent.name))
    if folders:
        return folders[-1]
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


class Postgres:
    """A running server; use it in a `with`. It refuses to run as root, so root runs it as nobody."""

    def __init__(self, folder: Path) -> None:
        self._bin = folder
        self._home = Path(mkdtemp(prefix="brief-pg-"))
        self._numbers = count(1)
        self._port = _free_port()
        if os.geteuid() == 0:
            os.chown(self._home, NOBODY, NOBODY)

    def __enter__(self) -> Self:
        data = str(self._home / "data")
        self._run("initdb", "-D", data, "-U", "brief", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        options = f"-p {self._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        self._run("pg_ctl", "-D", data, "-w", "-l", str(self._home / "log"), "-o", options, "start")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._run("pg_ctl", "-D", str(self._home / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self._home, ignore_errors=True)

    def database(self) -> str:
        """Return the URL of a new, empty database."""
        import psycopg

        name = f"brief{next(self._numbers)}"
        with psycopg.connect(f"{self._address}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"{self._address}/{name}"

    def program(self, name: str) -> str:
        """Return the path of one of the server's programs, such as pg_dump."""
        return str(self._bin / name)

    @property
    def _address(self) -> str:
        return f"postgresql://brief@127.0.0.1:{self._port}"

    def _run(self, program: str, *arguments: str) -> None:
        as_nobody = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        command = [*(as_nobody if os.geteuid() == 0 else []), self.program(program), *arguments]
        with (self._home / f"{program}.out").open("wb") as out:
            subprocess.run(command, check=True, cwd="/", stdout=out, stderr=out)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
