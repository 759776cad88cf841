"""Fact: one figure with everything needed to defend it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.model.period import Period


class Unit(StrEnum):
    """What a value counts. Money is in single units of its currency, a fraction of 0.12 prints as 12%.

    A vendor states amounts per quoted security, be it a share or an ADS; the ledger knows which of the two that is.
    """

    MONEY = "money"
    PER_SHARE = "per share"
    PER_ADS = "per ADS"
    QUOTED = "per quoted security"
    FRACTION = "fraction"
    POINTS = "points"
    MULTIPLE = "multiple"
    SHARES = "shares"
    COUNT = "count"
    NUMBER = "number"
    RATE = "rate"
    INDEX = "index"
    TEXT = "text"
    DATE = "date"


PER_SECURITY = (Unit.PER_SHARE, Unit.PER_ADS, Unit.QUOTED)

AHEAD = re.compile(r"(^|_)(plan|guidance|estimate|estimates|forecast|forward|target|expected|next|outlook)(_|$)")
"""What may be published before its period ends, because it looks ahead."""

Value = float | str | date


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Source:
    """Who published a figure, where, when, and under which licence it may be shown."""

    publisher: str
    title: str
    url: str
    published_on: date
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One figure: stated by a source, or computed by a formula from the facts named in `inputs`.

    `value` is None when it is not known; `reason` then says why, and `not_meaningful` tells "n/m" from "n/a".
    `name` tells facts of one metric apart (the house of a target, the segment of a growth rate).
    `low` and `high` hold a stated range; `value` is then None and `reason` empty.
    """

    id: str
    entity: str
    metric: str
    label: str
    value: Value | None
    unit: Unit
    period: Period
    as_of: date
    published_on: date
    currency: str | None = None
    name: str = ""
    low: float | None = None
    high: float | None = None
    qualifier: str = ""
    sources: tuple[Source, ...] = ()
    formula: str = ""
    arithmetic: str = ""
    inputs: tuple[str, ...] = ()
    note: str = ""
    confirmed: bool = True
    reason: str = ""
    not_meaningful: bool = False

    @property
    def known(self) -> bool:
        """Whether there is something to print: a value or a range."""
        return self.value is not None or self.low is not None

    @property
    def number(self) -> float | None:
        """The value as a number, the middle of a range, or None when there is none."""
        if isinstance(self.value, float | int):
            return float(self.value)
        if self.low is not None and self.high is not None:
            return (self.low + self.high) / 2
        return None

    @property
    def ahead(self) -> bool:
        """Whether the figure may speak of what is still to come: a plan, an estimate, an event in words."""
        words = self.unit in (Unit.TEXT, Unit.DATE)
        return words or self.period.kind == "plan" or AHEAD.search(self.metric) is not None

    @property
    def stated(self) -> bool:
        """Whether a source printed this figure, rather than our own formula."""
        return not self.formula


def fact_id(entity: str, metric: str, period: Period, name: str = "") -> str:
    """Return the identifier of a computed fact: "BABA.pe_ttm.d2025-10-02"."""
    slug = re.sub(r"[\W_]+", "-", name.lower()).strip("-")
    return ".".join(part for part in (entity, metric, slug, period.code) if part)


def unknown(entity: str, metric: str, *, label: str, unit: Unit, period: Period, reason: str) -> Fact:
    """Return the fact that a figure is not known, with the reason the page will show."""
    return Fact(
        id=fact_id(entity, metric, period),
        entity=entity,
        metric=metric,
        label=label,
        value=None,
        unit=unit,
        period=period,
        as_of=period.end,
        published_on=period.end,
        reason=reason,
    )
