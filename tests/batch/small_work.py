"""Work for the tests of the executors: what a name says is what is done."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Does what the name says, leaves a file of that name, and returns the process that did it."""

    folder: Path

    def __call__(self, name: str) -> tuple[str, int]:
        """Do it."""
        kind = name.partition("-")[0]
        if kind == "spin":
            while True:
                pass
        elif kind == "hoard":
            bytearray(4_000_000_000)
        elif kind == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        elif kind == "crash":
            ctypes.string_at(0)
        elif kind == "nap":
            time.sleep(0.05)
        (self.folder / name).write_text(name, encoding="utf-8")
        return name, os.getpid()
