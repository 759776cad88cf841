"""Garbage: left lying during a print.

Why: a layout makes hundreds of thousands of objects that live until it is done; looking through them again and again
finds nothing and takes a fifth of the time. Who makes many briefs collects between two of them.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def left_lying() -> Iterator[None]:
    """Leave garbage lying inside; afterwards the collector is as it was."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
