"""`make bench`: measure everything side by side, print the table, keep it as JSON and in the history."""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.batches import batch, loops
from bench.content import parts_of
from bench.subject import ROOT, Subject
from bench.timing import Timing, alternated, program, timed

HISTORY = Path(__file__).with_name("history.jsonl")
LIBRARIES = ("weasyprint", "matplotlib", "pandas", "numpy", "jinja2", "playwright", "typst", "reportlab", "quantstats")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure of the table; `ratio` is against `against`, below one where we are faster."""

    group: str
    what: str
    value: float
    unit: str = "s"
    ratio: float | None = None
    against: str = ""


def _set(group: str, ours: Timing, rivals: list[Timing]) -> Iterator[Line]:
    yield Line(group=group, what=ours.name, value=ours.median)
    for rival in rivals:
        ratio = ours.median / rival.median
        yield Line(group=group, what=rival.name, value=rival.median, ratio=ratio, against=f"{ours.name} / this")


def cold(runs: int) -> Iterator[Line]:
    """Give whole programs: a brief, and the help, each beside the bare import of the libraries it stands on."""
    pairs = {
        "brief build BABA": (["-m", "generator", "build", "BABA", "--as-of", "2025-10-02", "--out", _scratch()],
                             ["-c", "import pandas, matplotlib.figure, weasyprint"]),
        "brief --help": (["-m", "generator", "--help"], ["-c", "import typer, rich"]),
    }  # fmt: skip
    for name, (ours, floor) in pairs.items():
        took = alternated({name: program(ours), floor[1]: program(floor)}, runs=runs)
        yield from _set("cold", took[name], [took[floor[1]]])


def warm(runs: int) -> Iterator[Line]:
    """Give one brief in a warm process beside other ways to the same pages."""
    from bench import rivals

    subject = Subject()
    document = subject.made()
    parts = parts_of(subject.brief)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = rivals.on_disk(document.html, folder)
        with rivals.chromium_running(path) as printed:
            calls: dict[str, Callable[[], object]] = {
                "brief, whole chain": subject.made,
                "Chromium, running, prints the same HTML": printed,
                "Chromium, started for it": rivals.chromium_cold(path),
                "Typst, equivalent document": rivals.typst(parts, folder),
                "ReportLab, equivalent document": rivals.reportlab(parts),
                "quantstats.reports.html, five years": rivals.quantstats(folder),
            }
            took = alternated(calls, runs=runs)
    ours = took.pop("brief, whole chain")
    yield from _set("warm", ours, list(took.values()))


def stages(runs: int) -> Iterator[Line]:
    """Give the stages of the chain, each with its share."""
    subject = Subject()
    subject.made()
    rounds = [subject.stages() for _ in range(runs)]
    medians = {stage: statistics.median(each[stage] for each in rounds) for stage in rounds[0]}
    whole = sum(medians.values())
    rest = whole - medians["print"]
    for stage, seconds in {**medians, "all but print": rest}.items():
        yield Line(group="stages", what=stage, value=seconds, ratio=seconds / whole, against="of the whole")


def batches(sizes: list[int]) -> Iterator[Line]:
    """Give batches on one and on two workers, what the second worker brings, and what it brings a pure loop."""
    single = timed("one", Subject().made, runs=3).cpu
    for size in sizes:
        (one, _), (two, made) = batch(size, 1), batch(size, 2)
        cpu = statistics.mean(each.cpu for each in made)
        yield Line(group="batches", what=f"{size} briefs, 1 worker", value=one)
        yield Line(group="batches", what=f"{size} briefs, 2 workers", value=two, ratio=one / two, against="speed-up")
        yield Line(group="batches", what=f"{size} briefs, CPU a brief", value=cpu, ratio=cpu / single,
                   against="CPU a brief / one warm brief")  # fmt: skip
        yield Line(
            group="batches", what=f"{size} briefs, largest worker", value=max(each.memory for each in made), unit="MB"
        )
    one, two = loops(1), loops(2)
    yield Line(group="batches", what="pure loops, 2 workers", value=two, ratio=one / two, against="speed-up")


def memory(briefs: int) -> Iterator[Line]:
    """Give the memory of one worker over many briefs, and its growth after the tenth."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests")))}
    command = [sys.executable, "-m", "bench.growth", str(briefs)]
    told = json.loads(subprocess.run(command, capture_output=True, check=True, env=environment).stdout)
    held = told["resident_mb"]
    tenth = held[min(9, len(held) - 1)]
    yield Line(group="memory", what="peak of one worker", value=told["peak_mb"], unit="MB")
    yield Line(group="memory", what=f"resident after {len(held)} briefs", value=held[-1], unit="MB",
               ratio=held[-1] / tenth, against="of that after the tenth")  # fmt: skip


def _scratch() -> str:
    return tempfile.mkdtemp(prefix="bench-")


def _machine() -> dict[str, object]:
    versions = {}
    for name in LIBRARIES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return {
        "python": platform.python_version(),
        "system": platform.platform(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "versions": versions,
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def show(lines: list[Line]) -> None:
    """Print the table."""
    group = ""
    for line in lines:
        if line.group != group:
            group = line.group
            sys.stdout.write(f"\n{group}\n")
        ratio = "" if line.ratio is None else f"{line.ratio:8.2f}  {line.against}"
        sys.stdout.write(f"  {line.what:44} {line.value:10.3f} {line.unit:3}{ratio}\n")


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--only", nargs="*", choices=["cold", "warm", "stages", "batches", "memory"])
    parser.add_argument("--quick", action="store_true", help="fewer runs and smaller batches; for trying it out")
    parser.add_argument("--json", type=Path, help="write the result here too")
    parser.add_argument("--keep", action="store_true", help="add the result to the history")
    asked = parser.parse_args()
    runs = 1 if asked.quick else 5
    groups: dict[str, Callable[[], Iterator[Line]]] = {
        "cold": lambda: cold(runs),
        "warm": lambda: warm(runs),
        "stages": lambda: stages(runs),
        "batches": lambda: batches([2] if asked.quick else [6, 50, 200]),
        "memory": lambda: memory(3 if asked.quick else 200),
    }
    lines = [line for name, group in groups.items() if not asked.only or name in asked.only for line in group()]
    show(lines)
    result = {"when": time.strftime("%Y-%m-%d"), "machine": _machine(), "lines": [asdict(line) for line in lines]}
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    if asked.keep:
        with HISTORY.open("a", encoding="utf-8") as history:
            history.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
