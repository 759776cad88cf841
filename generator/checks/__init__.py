"""Checks: one rule, one pure function, one row in the table; each says what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import cast

from generator.checks import figures, market, sums
from generator.errors import UnknownNameError
from generator.model.finding import Finding, Level
from generator.model.ledger import Ledger

Rule = Callable[[Ledger], Iterable[Finding]]
LEVELS: tuple[Level, ...] = ("block", "warn", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One row: its name in a report file, the level of its findings, why it is there, and the rule."""

    name: str
    level: Level
    why: str
    rule: Rule


CHECKS: dict[str, Check] = {
    check.name: check
    for check in (
        Check(
            name="impossible_period",
            level="block",
            why="A figure cannot be published before its period has ended.",
            rule=figures.impossible_period,
        ),
        Check(
            name="stale_price",
            level="warn",
            why="A price older than five days is not the price of the day.",
            rule=market.stale_price,
        ),
        Check(
            name="stale_estimate",
            level="warn",
            why="An estimate made before the newest quarter was published does not know it.",
            rule=market.stale_estimate,
        ),
        Check(
            name="unconfirmed_claim",
            level="warn",
            why="A press claim without a source behind it is shown as a claim, never as a fact.",
            rule=figures.unconfirmed_claim,
        ),
        Check(
            name="target_below_price",
            level="note",
            why="A target below the price is a forecast of a fall, whatever it is called.",
            rule=market.target_below_price,
        ),
        Check(
            name="superseded",
            level="note",
            why="A plan or figure that was revised must not be quoted any more.",
            rule=figures.superseded,
        ),
        Check(
            name="newer_period",
            level="note",
            why="An older period's figure must not stand in for the newest one.",
            rule=figures.newer_period,
        ),
        Check(
            name="share_counts_differ",
            level="note",
            why="Vendors count shares differently, and every multiple follows the count.",
            rule=market.share_counts_differ,
        ),
        Check(
            name="quarters_sum",
            level="warn",
            why="Four quarters must add up to their year.",
            rule=sums.quarters_sum,
        ),
        Check(
            name="identities",
            level="block",
            why="Market value is price times count, and the parts of a move add up to it.",
            rule=sums.identities,
        ),
        Check(
            name="growth_across_sign",
            level="note",
            why="Growth from an inflow to an outflow has no percentage.",
            rule=figures.growth_across_sign,
        ),
    )
}


def check(ledger: Ledger, levels: Mapping[str, str] | None = None) -> tuple[Finding, ...]:
    """Return the findings of all checks, gravest first; `levels` retunes a check by name ("off" silences it).

    Raises:
        UnknownNameError: a name in `levels` is not a check, or what it is set to is not a level.
    """
    asked = dict(levels or {})
    for name, level in asked.items():
        if name not in CHECKS:
            raise UnknownNameError("checks", "check", name, list(CHECKS))
        if level not in (*LEVELS, "off"):
            raise UnknownNameError(f"checks.{name}", "level", level, [*LEVELS, "off"])
    found: list[Finding] = []
    for each in CHECKS.values():
        level = asked.get(each.name, each.level)
        if level != "off":
            found.extend(replace(finding, check=each.name, level=cast("Level", level)) for finding in each.rule(ledger))
    return tuple(sorted(found, key=lambda finding: LEVELS.index(finding.level)))
