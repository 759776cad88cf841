"""Growth: the memory of one worker over many briefs, told as JSON on standard output. Run as a program of its own."""

from __future__ import annotations

import gc
import json
import sys

import psutil

from bench.subject import TEMPLATES, TICKERS, Subject
from bench.timing import peak_memory
from generator.batch import Limits
from generator.batch.warm import Start


def main(briefs: int) -> None:
    """Make so many briefs in this process, as a worker of the pool would, and tell the memory after each."""
    Start(templates=TEMPLATES, limits=Limits())()
    subjects = [Subject(ticker) for ticker in TICKERS]
    process = psutil.Process()
    held = []
    for number in range(briefs):
        subjects[number % len(subjects)].made()
        gc.collect()
        held.append(round(process.memory_info().rss / 1e6, 1))
    sys.stdout.write(json.dumps({"resident_mb": held, "peak_mb": round(peak_memory(), 1)}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
