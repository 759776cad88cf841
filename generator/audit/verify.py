"""Verify: a brief is proven from its file alone.

Its facts are derived again from what rides in it, its pages are read again, and it is printed again where the templates
and versions are those it was made with.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator import __version__, pipeline
from generator.errors import BriefError, NotABriefError
from generator.model.brief import Brief
from generator.model.ledger import Ledger
from generator.model.report import Report
from generator.model.report_json import report_from_json
from generator.model.snapshot import Snapshot
from generator.model.tables import fact_of, ledger_rows
from generator.model.wording import Wording
from generator.page import template_hashes
from generator.proof import Register, differing, prove, read_attachments, read_pdf
from generator.proof.enclosing import MANIFEST, PRINTED, finding_row, page_from_json, snapshots_from_json, versions

SHOWN = 20
NEEDED = ("snapshot.json", "report.json", "facts.json", "findings.json", PRINTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """One thing that is not as it should be: where it is (an attachment, a fact, a page, a template), and in words."""

    where: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What verifying a brief found. `printed_again` is None where it was not tried; `note` then says why."""

    ticker: str
    as_of: str
    facts: int
    numbers: int
    differences: tuple[Differing, ...] = ()
    printed_again: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """What rides in a brief."""

    manifest: Mapping[str, Any]
    files: Mapping[str, bytes]
    report: Report
    snapshots: tuple[Snapshot, ...]
    previous: Ledger | None


def verify(pdf: bytes, *, name: str, templates: Sequence[Path]) -> Verdict:
    """Return the verdict on one PDF.

    Raises:
        NotABriefError: it is no brief, or what it would be proven by does not ride in it.
    """
    enclosed, swapped = opened(pdf, name)
    ledger = pipeline.measure_brief(enclosed.report, enclosed.snapshots, previous=enclosed.previous)
    brief = pipeline.compose_brief(enclosed.report, ledger, templates=templates, previous=enclosed.previous)
    pages, numbers = _pages(pdf, enclosed, brief, ledger)
    found = (*swapped, *_facts(enclosed, ledger), *_findings(enclosed, brief, ledger.wording), *pages)
    found = (*found, *_templates(enclosed, templates))
    again, note = None, "it was not printed again, because what differs is known already"
    if not found:
        again, note, late = _again(pdf, enclosed, templates)
        found = late
    return Verdict(
        ticker=str(enclosed.manifest["ticker"]),
        as_of=str(enclosed.manifest["as_of"]),
        facts=len(ledger.facts),
        numbers=numbers,
        differences=found,
        printed_again=again,
        note=note,
    )


def opened(pdf: bytes, name: str) -> tuple[Enclosed, tuple[Differing, ...]]:
    """Return what rides in a brief, and which of it is not what was put in.

    Raises:
        NotABriefError: it is no brief, or something that is needed is missing or cannot be read.
    """
    files = read_attachments(pdf, name=name)
    if MANIFEST not in files:
        raise NotABriefError(name, f"no {MANIFEST} rides in it, so nothing in it can be proven")
    try:
        manifest = json.loads(files[MANIFEST])
        lacking = [each for each in NEEDED if each not in files]
        if lacking:
            raise NotABriefError(name, f"{', '.join(lacking)} {'is' if len(lacking) == 1 else 'are'} missing from it")
        report, snapshots = report_from_json(files["report.json"]), snapshots_from_json(files["snapshot.json"])
        previous = last_issue(files["previous.json"], manifest, snapshots[0]) if "previous.json" in files else None
        enclosed = Enclosed(manifest=manifest, files=files, report=report, snapshots=snapshots, previous=previous)
        return enclosed, _swapped(manifest["files"], files)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise NotABriefError(name, f"what rides in it cannot be read ({error})") from None


def last_issue(data: bytes, manifest: Mapping[str, Any], snapshot: Snapshot) -> Ledger:
    """Return the facts of the last issue, as they ride in this one."""
    from datetime import date

    companies = {snapshot.ticker: snapshot.company} if snapshot.company else {}
    ledger = Ledger(subject=snapshot.ticker, until=date.fromisoformat(manifest["last_issue"]), companies=companies)
    return ledger.plus(fact_of(row) for row in json.loads(data))


def _swapped(hashes: Mapping[str, str], files: Mapping[str, bytes]) -> tuple[Differing, ...]:
    """Return the attachments that are missing, changed or not listed."""
    found = []
    for name in sorted({*hashes, *files} - {MANIFEST}):
        where = f"attachment {name}"
        if name not in files:
            found.append(Differing(where=where, words="is missing"))
        elif name not in hashes:
            found.append(Differing(where=where, words="was not put in when the brief was made"))
        elif hashlib.sha256(files[name]).hexdigest() != hashes[name]:
            found.append(Differing(where=where, words="is not what was put in when the brief was made"))
    return tuple(found)


def _facts(enclosed: Enclosed, ledger: Ledger) -> tuple[Differing, ...]:
    """Return the facts that are not what the snapshot in the file gives."""
    told = {row["id"]: row for row in json.loads(enclosed.files["facts.json"])}
    derived = {row["id"]: row for row in ledger_rows(ledger)}
    keys = (*derived, *(key for key in told if key not in derived))
    found = [
        Differing(where=f"fact {key}", words=_unlike(told.get(key), derived.get(key)))
        for key in keys
        if told.get(key) != derived.get(key)
    ]
    return _few(found, "facts")


def _unlike(told: Mapping[str, Any] | None, derived: Mapping[str, Any] | None) -> str:
    if told is None or derived is None:
        return "is not in facts.json" if told is None else "does not follow from the snapshot in the file"
    key = next(key for key in derived if told.get(key) != derived[key])
    shown = "written" if told.get("written") != derived["written"] else key
    return f"{derived['label']}: facts.json says {told.get(shown)}, the snapshot in the file gives {derived[shown]}"


def _findings(enclosed: Enclosed, brief: Brief, wording: Wording) -> tuple[Differing, ...]:
    """Return the findings that the checks do not make, or make and are not told."""
    told = json.loads(enclosed.files["findings.json"])
    made = [finding_row(each, wording) for each in brief.findings]
    gone = [
        Differing(where=f"finding {row.get('check')}", words=str(row.get("message"))) for row in told if row not in made
    ]
    new = [Differing(where=f"finding {row['check']}", words=str(row["message"])) for row in made if row not in told]
    return _few(
        [
            *(replace(each, words=f"is told but not made by the checks: {each.words}") for each in gone),
            *(replace(each, words=f"is made by the checks but not told: {each.words}") for each in new),
        ],
        "findings",
    )


def _pages(pdf: bytes, enclosed: Enclosed, brief: Brief, ledger: Ledger) -> tuple[tuple[Differing, ...], int]:
    """Return where the pages show what is no fact, and how many numbers were read."""
    try:
        page = page_from_json(enclosed.files[PRINTED])
    except (ValueError, KeyError, TypeError) as error:
        return (Differing(where=f"attachment {PRINTED}", words=f"cannot be read ({error})"),), 0
    proof = prove(read_pdf(pdf), page, Register.of(brief, ledger, names=listed(enclosed.files)))
    found = [Differing(where="page", words="".join(map(str, each.message))) for each in proof.findings]
    return _few(found, "places"), proof.numbers


def listed(names: Sequence[str] | Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the names of attachments as the last page lists them."""
    bare = [name.removesuffix(".csv") for name in names]
    return (*bare, *(name.removeprefix("exhibit-") for name in bare))


def _templates(enclosed: Enclosed, templates: Sequence[Path]) -> tuple[Differing, ...]:
    """Return the template files that are not those the brief was printed with."""
    then: Mapping[str, str] = enclosed.manifest.get("templates", {})
    now = template_hashes(templates, enclosed.report.template)
    return tuple(
        Differing(where=f"template {name}", words=_changed(then.get(name), now.get(name)))
        for name in sorted({*then, *now})
        if then.get(name) != now.get(name)
    )


def _changed(then: str | None, now: str | None) -> str:
    if now is None:
        return "is not here; the brief was printed with it"
    return "was not there when the brief was printed" if then is None else "is not as it was when the brief was printed"


def _again(pdf: bytes, enclosed: Enclosed, templates: Sequence[Path]) -> tuple[bool | None, str, tuple[Differing, ...]]:
    """Print the brief again and compare the bytes; with other versions that cannot be done."""
    then = {"equity-brief": enclosed.manifest["version"]} | dict(enclosed.manifest["packages"])
    now = {"equity-brief": __version__} | dict(versions())
    other = [f"{name} {then[name]} (here {now.get(name, 'none')})" for name in then if then[name] != now.get(name)]
    if other:
        return None, f"it was not printed again: it was made with {', '.join(other)}", ()
    try:
        document = pipeline.make_from(
            enclosed.report, enclosed.snapshots, templates=templates, previous=enclosed.previous
        )
    except BriefError as error:
        return False, "", (Differing(where="file", words=f"cannot be printed again: {error}"),)
    if document.pdf == pdf:
        return True, "", ()
    words = f"printed again it is another: {'; '.join(differing(pdf, document.pdf))}"
    return False, "", (Differing(where="file", words=words),)


def _few(found: list[Differing], what: str) -> tuple[Differing, ...]:
    """Return the first of many differences, and how many more there are."""
    if len(found) <= SHOWN:
        return tuple(found)
    return (*found[:SHOWN], Differing(where="and", words=f"{len(found) - SHOWN} more {what}"))
