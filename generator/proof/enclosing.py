"""Enclosing: the files that ride in a brief's PDF, with which it can be proven by itself.

`snapshot.json` is what was known, `report.json` what was asked, `facts.json` and `findings.json` what followed,
`printed.json` what the pages were meant to say and of which facts, `exhibit-*.csv` the data of the charts, and
`manifest.json` the versions, the templates and the hash of each other file.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from types import MappingProxyType
from typing import Any

from generator.model.brief import Brief, Drawing
from generator.model.finding import Finding
from generator.model.ledger import Ledger
from generator.model.report import Report
from generator.model.report_json import report_to_json
from generator.model.snapshot import Snapshot
from generator.model.snapshot_json import from_json, to_json
from generator.model.tables import fact_row, ledger_rows, rows_json
from generator.model.text import Figure, Strong, Text
from generator.model.wording import Wording
from generator.proof.stretches import Mark, Page, Stretch

FORMAT = 1
MANIFEST, PRINTED = "manifest.json", "printed.json"
JSON = "application/json"
PACKAGES = (
    "weasyprint",
    "pydyf",
    "tinycss2",
    "fonttools",
    "pikepdf",
    "jinja2",
    "markdown-it-py",
    "matplotlib",
    "numpy",
    "pandas",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that rides in a PDF."""

    name: str
    data: bytes
    description: str
    mime: str = JSON


def enclosures(
    brief: Brief,
    ledger: Ledger,
    *,
    report: Report | None = None,
    snapshots: Sequence[Snapshot] = (),
    previous: Ledger | None = None,
) -> tuple[Enclosure, ...]:
    """Return all files but the two that can only be written when the page is filled."""
    files = [
        Enclosure(name="facts.json", data=rows_json(ledger_rows(ledger)), description="all facts behind this brief")
    ]
    found = rows_json(finding_row(each, brief.wording) for each in brief.findings)
    files.append(Enclosure(name="findings.json", data=found, description="what the checks found"))
    if report is not None:
        files.append(Enclosure(name="report.json", data=report_to_json(report), description="what was asked"))
    if snapshots:
        known = b"[\n" + b",\n".join(map(to_json, snapshots)) + b"\n]\n"
        files.append(Enclosure(name="snapshot.json", data=known, description="what the sources returned"))
    if previous is not None:
        rows = (fact_row(each, previous) for each in previous.facts.values() if each.entity == previous.subject)
        facts = rows_json(rows)
        files.append(Enclosure(name="previous.json", data=facts, description="the facts of the last issue"))
    return (*files, *_exhibits(brief))


def _exhibits(brief: Brief) -> Iterable[Enclosure]:
    for exhibit in brief.exhibits:
        if exhibit.drawing is not None:
            name = f"exhibit-{exhibit.number:02d}-{exhibit.key}.csv"
            what = f"data of exhibit {exhibit.number}"
            yield Enclosure(name=name, data=_csv(exhibit.drawing), description=what, mime="text/csv")


def _csv(drawing: Drawing) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(drawing.columns)
    writer.writerows(drawing.rows)
    return out.getvalue().encode()


def to_come() -> tuple[Enclosure, ...]:
    """Return the two files that are written last, still empty: the page lists them by name."""
    return (
        Enclosure(name=PRINTED, data=b"", description="what the pages say, and of which facts"),
        Enclosure(name=MANIFEST, data=b"", description="versions, templates and hashes"),
    )


def completed(
    files: Sequence[Enclosure],
    page: Page,
    brief: Brief,
    *,
    templates: Mapping[str, str],
    previous: Ledger | None = None,
) -> tuple[Enclosure, ...]:
    """Return the files with the two that are written last."""
    printed, manifest = to_come()
    printed = Enclosure(name=printed.name, data=page_json(page), description=printed.description)
    told = {
        "format": FORMAT,
        "version": brief.version,
        "ticker": brief.company.ticker,
        "as_of": brief.as_of.isoformat(),
        "last_issue": previous.until.isoformat() if previous else None,
        "packages": dict(versions()),
        "templates": dict(templates),
        "files": {each.name: hashlib.sha256(each.data).hexdigest() for each in (*files, printed)},
    }
    data = json.dumps(told, ensure_ascii=False, indent=1).encode()
    return (*files, printed, Enclosure(name=manifest.name, data=data, description=manifest.description))


@cache
def versions() -> Mapping[str, str]:
    """Return the versions of what decides a file's bytes; they are looked up once a process."""
    from weasyprint.text.ffi import pango

    found = {"pango": str(pango.pango_version())}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return MappingProxyType(found)


def finding_row(finding: Finding, wording: Wording) -> dict[str, Any]:
    """Return a finding as a row of plain values."""
    return {
        "check": finding.check,
        "level": finding.level,
        "message": _words(finding.message, wording),
        "advice": finding.advice,
        "facts": list(finding.facts),
        "place": finding.place,
        "override": asdict(finding.override) if finding.override else None,
        "was": finding.was,
    }


def _words(text: Text, wording: Wording) -> str:
    runs = (
        wording.write(run.fact, run.style) if isinstance(run, Figure) else run.words if isinstance(run, Strong) else run
        for run in text
    )
    return "".join(runs)


def page_json(page: Page) -> bytes:
    """Return what a page says as JSON, a stretch a line."""
    rows = [
        {
            "kind": each.kind,
            "words": each.words,
            "figures": [[mark.start, mark.end, list(mark.facts)] for mark in each.marks],
            "facts": list(each.facts),
            "leads": list(each.leads),
            "anchors": list(each.anchors),
        }
        for each in page.stretches
    ]
    lean = ({key: value for key, value in row.items() if value} for row in rows)
    return rows_json([{"running": list(page.running)}, *lean])


def page_from_json(data: bytes) -> Page:
    """Return the page that was written.

    Raises:
        ValueError, KeyError, TypeError: the bytes are not a page.
    """
    first, *rows = json.loads(data)
    return Page(
        running=tuple(first["running"]),
        stretches=tuple(
            Stretch(
                kind=row["kind"],
                words=row["words"],
                marks=tuple(Mark(start=a, end=b, facts=tuple(facts)) for a, b, facts in row.get("figures", ())),
                facts=tuple(row.get("facts", ())),
                leads=tuple(row.get("leads", ())),
                anchors=tuple(row.get("anchors", ())),
            )
            for row in rows
        ),
    )


def snapshots_from_json(data: bytes) -> tuple[Snapshot, ...]:
    """Return the snapshots that ride in a brief, its subject's first.

    Raises:
        ValueError: the bytes are not snapshots.
    """
    lines = data.decode().strip().removeprefix("[").removesuffix("]").strip().split(",\n")
    return tuple(from_json(line.encode()) for line in lines if line)
