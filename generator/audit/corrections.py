"""Corrections: which figures of a finished brief are no longer right, and the notice that says so."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any, Literal

from generator.checks import check
from generator.errors import NotABriefError
from generator.language import day_in_words
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.report import Report
from generator.model.tables import fact_of
from generator.proof import printed_facts, read_attachments
from generator.proof.enclosing import MANIFEST, PRINTED, finding_row, page_from_json
from generator.proof.stretches import Page, plain

Cause = Literal["source restated", "our record was corrected", "our method changed", "a check objects"]
CLOSE = 5e-4
QUOTED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """One figure that was told wrong: as it stood, as it is, why, since when that is known, and where it stood."""

    fact: str
    label: str
    period: str
    before: str
    after: str
    cause: Cause
    known_since: date
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a finished brief told: its facts, what its pages said, and what its checks had found."""

    ticker: str
    as_of: date
    facts: Mapping[str, Fact]
    page: Page
    findings: tuple[Mapping[str, Any], ...]


def told_in(pdf: bytes, name: str) -> Told:
    """Return what a finished brief told.

    Raises:
        NotABriefError: it is no brief, or what is needed does not ride in it.
    """
    files = read_attachments(pdf, name=name)
    try:
        manifest = json.loads(files[MANIFEST])
        facts = [fact_of(row) for row in json.loads(files["facts.json"])]
        return Told(
            ticker=manifest["ticker"],
            as_of=date.fromisoformat(manifest["as_of"]),
            facts={fact.id: fact for fact in facts},
            page=page_from_json(files[PRINTED]),
            findings=tuple(json.loads(files["findings.json"])),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise NotABriefError(name, f"what rides in it cannot be read ({error})") from None


def corrected(told: Told, then: Ledger, now: Ledger, report: Report) -> tuple[Corrected, ...]:
    """Return the printed figures of a brief that are no longer right.

    `then` is the ledger of the brief's day made again from today's record, `now` that of today: a figure that differs
    from the first was recorded or computed wrong; one that differs from the second was restated by its source.
    """
    found = [item for name in printed_facts(told.page) if (item := _item(told, name, then, now)) is not None]
    return (*found, *_objections(told, then, report))


def _item(told: Told, name: str, then: Ledger, now: Ledger) -> Corrected | None:
    fact = told.facts.get(name)
    if fact is None or not fact.known or "@" in fact.entity:
        return None
    again, later = then.facts.get(name), _later(fact, now)
    if again is not None and again.known and differs(fact, again):
        cause: Cause = "our method changed" if fact.formula != again.formula else "our record was corrected"
        return _corrected(told, fact, again, cause, then)
    if later is not None and later.published_on > told.as_of and differs(fact, later):
        return _corrected(told, fact, later, "source restated", now)
    return None


def _later(fact: Fact, now: Ledger) -> Fact | None:
    """Return what is known today of a stated figure of a period that has ended; opinions and plans are not restated."""
    if not fact.stated or fact.ahead or fact.period.kind in ("instant", "window", "plan"):
        return None
    found = now.at(fact.entity, fact.metric, fact.period, name=fact.name)
    return found if found.known and found.confirmed and found.currency == fact.currency else None


def differs(one: Fact, other: Fact) -> bool:
    """Tell whether two figures differ by more than rounding."""
    if one.number is None or other.number is None:
        return one.value != other.value
    return not math.isclose(one.number, other.number, rel_tol=CLOSE, abs_tol=1e-9)


def _corrected(told: Told, fact: Fact, right: Fact, cause: Cause, ledger: Ledger) -> Corrected:
    name = f" ({fact.name})" if fact.name else ""
    return Corrected(
        fact=fact.id,
        label=f"{ledger.name_of(fact.entity)}: {fact.label}{name}",
        period=fact.period.label,
        before=ledger.wording.write(fact),
        after=ledger.wording.write(right),
        cause=cause,
        known_since=right.published_on,
        sentence=_sentence(told.page, fact.id),
    )


def _sentence(page: Page, name: str) -> str:
    """Return the first sentence or cell that printed a fact."""
    for each in page.stretches:
        if any(name in mark.facts for mark in each.marks) and each.kind in ("text", "heading"):
            words = plain(each.words)
            return words if len(words) <= QUOTED else f"{words[:QUOTED].rsplit(' ', 1)[0]} \u2026"
    return ""


def _objections(told: Told, then: Ledger, report: Report) -> Iterable[Corrected]:
    """Yield what a check that blocks says today about the brief's day, and did not say when the brief was made."""
    known = {(row["check"], tuple(row["facts"])) for row in told.findings}
    for finding in check(then, report.checks):
        if finding.level == "block" and (finding.check, finding.facts) not in known:
            words = finding_row(finding, then.wording)["message"]
            fact = next((told.facts[each] for each in finding.facts if each in told.facts), None)
            yield Corrected(
                fact=finding.facts[0] if finding.facts else "",
                label=f"check {finding.check}",
                period=fact.period.label if fact else "",
                before=then.wording.write(fact) if fact else "",
                after=str(words),
                cause="a check objects",
                known_since=then.until,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The draft of a correction: as Markdown, as an e-mail's page and as its plain text."""

    subject: str
    markdown: str
    html: str
    text: str


def notice(issue: str, company: str, as_of: date, items: Sequence[Corrected]) -> Notice:
    """Return the correction notice of one issue: each figure as it stood and as it is, with the cause."""
    subject = f"Correction: {company}, brief of {day_in_words(as_of)}"
    opening = (
        f"In our brief on {company} of {day_in_words(as_of)} ({issue}), "
        f"{len(items)} {'figure was' if len(items) == 1 else 'figures were'} not right as printed. "
        "This notice supersedes them; the brief otherwise stands."
    )
    lines = [_line(item) for item in items]
    rows = "".join(
        f"<tr><td>{escape(item.label)}<br>{escape(item.period)}</td><td>{escape(item.before)}</td>"
        f"<td>{escape(item.after)}</td><td>{escape(item.cause)}, {escape(day_in_words(item.known_since))}</td></tr>"
        for item in items
    )
    head = "<tr><th>Figure</th><th>As printed</th><th>Correct</th><th>Cause</th></tr>"
    html = (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(subject)}</title></head><body>'
        f"<h1>{escape(subject)}</h1><p>{escape(opening)}</p><table>{head}{rows}</table></body></html>\n"
    )
    bullets = "\n".join(f"- {line}" for line in lines)
    return Notice(
        subject=subject,
        markdown=f"# {subject}\n\n{opening}\n\n{bullets}\n",
        html=html,
        text=f"{subject}\n\n{opening}\n\n" + "\n\n".join(f"* {line}" for line in lines) + "\n",
    )


def _line(item: Corrected) -> str:
    since = f"{item.cause}, {day_in_words(item.known_since)}"
    quoted = f" It stood in: \u201c{item.sentence}\u201d" if item.sentence else ""
    return f"{item.label}, {item.period}: printed {item.before}, correct is {item.after} ({since}).{quoted}"
