"""Running the checks: levels and limits as a report file retunes them, and findings that a person answers for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, cast

from generator.checks.table import CHECKS, Check
from generator.errors import UnknownNameError
from generator.language import phrase
from generator.model.brief import Brief
from generator.model.finding import Finding, Level, Override
from generator.model.ledger import Ledger
from generator.model.text import say
from generator.model.vocabulary import Word

LEVELS: tuple[Level, ...] = ("block", "warn", "note")
UNUSED = "unused_override"
Tuning = Mapping[str, str | Mapping[str, Any]]
"""What a report file says of checks by name: a level, or a table of a level and limits."""


def check(ledger: Ledger, tuning: Tuning | None = None) -> tuple[Finding, ...]:
    """Return the findings of all checks of the ledger, gravest first; "off" silences one.

    Raises:
        UnknownNameError: a name in `tuning` is not a check, or what it is set to is not a level or a limit.
    """
    found: list[Finding] = []
    for each, level, limits in _asked(tuning or {}):
        if each.of == "ledger":
            found.extend(_named(each.rule(ledger, **limits), each, level))
    return _sorted(found)


def check_brief(
    brief: Brief, ledger: Ledger, tuning: Tuning | None = None, *, vocabulary: Iterable[Word] = ()
) -> tuple[Finding, ...]:
    """Return the findings of all checks of what the brief says, gravest first.

    `vocabulary` are the desk's own words beside the shipped ones.

    Raises:
        UnknownNameError: as for `check`.
    """
    own = tuple(vocabulary)
    found: list[Finding] = []
    for each, level, limits in _asked(tuning or {}):
        if each.of == "brief":
            more = {"vocabulary": own} if each.worded else {}
            found.extend(_named(each.rule(brief, ledger, **limits, **more), each, level))
    return _sorted(dict.fromkeys(found))


def settle(findings: Iterable[Finding], overrides: Iterable[Override]) -> tuple[Finding, ...]:
    """Return the findings, gravest first, with those that a person answers for as notes; an idle override is told."""
    found, idle = list(findings), []
    for override in overrides:
        hits = [i for i, each in enumerate(found) if _answers(override, each)]
        for i in hits:
            found[i] = replace(found[i], level="note", was=found[i].level, override=override)
        if not hits:
            idle.append(_idle(override))
    return _sorted([*found, *idle])


def _answers(override: Override, finding: Finding) -> bool:
    """Tell whether an override speaks of a finding; one of a place also of all that stands below it."""
    if override.check != finding.check or finding.override is not None:
        return False
    there = finding.place == override.place or finding.place.startswith((f"{override.place},", f"{override.place}:"))
    return (not override.fact or override.fact in finding.facts) and (not override.place or there)


def _idle(override: Override) -> Finding:
    about = override.fact or override.place
    said = say(
        "The override of “{check}” for {about} by {by} answers for no finding.",
        check=override.check,
        about=about,
        by=override.by,
    )
    return Finding(check=UNUSED, level="note", message=said, advice=phrase("take it out of the report file"))


def _named(findings: Iterable[Finding], row: Check, level: Level) -> Iterator[Finding]:
    return (replace(finding, check=row.name, level=level) for finding in findings)


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: LEVELS.index(finding.level)))


def _asked(tuning: Tuning) -> Iterator[tuple[Check, Level, dict[str, float]]]:
    """Give the checks that are not silenced, each with its level and limits."""
    for name in tuning:
        if name not in CHECKS:
            raise UnknownNameError("checks", "check", name, list(CHECKS))
    for row in CHECKS.values():
        asked = tuning.get(row.name, row.level)
        table: dict[str, Any] = dict(asked) if isinstance(asked, Mapping) else {"level": asked}
        level = table.pop("level", row.level)
        if level not in (*LEVELS, "off"):
            raise UnknownNameError(f"checks.{row.name}", "level", level, [*LEVELS, "off"])
        for key in table:
            if key not in row.limits:
                raise UnknownNameError(f"checks.{row.name}", "limit", key, list(row.limits))
        if level != "off":
            yield row, cast("Level", level), {**row.limits, **table}
