"""What is known about one company while it is being measured, and how a formula makes a fact of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from generator.errors import NotMeaningfulError
from generator.language import phrase, translated
from generator.model.fact import Fact, Source, Unit, fact_id
from generator.model.ledger import Ledger
from generator.model.period import Kind, Period
from generator.model.series import Series
from generator.model.snapshot import Company
from generator.model.wording import MINUS

YEAR_TOLERANCE = timedelta(days=10)

Measure = Callable[["Known", "Metric"], Iterable[Fact]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One row of the catalogue: what a figure is called, its unit, its formula in words, the function that makes it.

    `flow` marks what adds up over time (revenue, cash flow), from which quarters and twelve months are derived.
    `needs` are the metrics it is made of; the first one that is not known is the reason why it cannot be computed.
    `shown` is the arithmetic as the data notes print it, with the inputs in their order: "{0} × {1} ÷ {2}".
    """

    key: str
    label: str
    unit: Unit
    flow: bool = False
    formula: str = ""
    shown: str = ""
    needs: tuple[str, ...] = ()
    measure: Measure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One entity's view of the ledger."""

    ledger: Ledger
    entity: str

    @property
    def company(self) -> Company:
        """The entity's profile."""
        return self.ledger.companies[self.entity]

    @property
    def today(self) -> Period:
        """The day of the brief as a period."""
        return Period.instant(self.ledger.until)

    def latest(self, metric: str, *, kind: Kind | None = None, name: str | None = None) -> Fact:
        """The newest known fact of a metric; never fails."""
        return self.ledger.latest(self.entity, metric, kind=kind, name=name)

    def current(self, metric: str, *, kind: Kind | None = None, name: str | None = None) -> tuple[Fact, ...]:
        """The newest publication of each period of a metric, oldest first, known values only."""
        facts = self.ledger.current(self.entity, metric, kind=kind, name=name)
        return tuple(fact for fact in facts if fact.known)

    def names(self, metric: str) -> tuple[str, ...]:
        """The names under which a metric is known (segments, houses), "" for the company as a whole."""
        return tuple(dict.fromkeys(fact.name for fact in self.current(metric)))

    def at(self, metric: str, period: Period) -> Fact:
        """A metric's fact of exactly one period; never fails."""
        return self.ledger.at(self.entity, metric, period)

    def line(self, metric: str) -> Series | None:
        """A series of this entity, or None."""
        return self.ledger.line(self.entity, metric)

    def year_before(self, fact: Fact) -> Fact:
        """The same figure for the same stretch of the year before."""
        for each in self.current(fact.metric, kind=fact.period.kind, name=fact.name):
            if each.currency == fact.currency and is_year_apart(each.period, fact.period):
                return each
        reason = phrase("{what} a year before {period} is not known", what=fact.label, period=fact.period.label)
        return self.ledger.missing(self.entity, fact.metric, reason=reason)

    def rate(self, metric: Metric, pair: str, value: float, day: date, sources: tuple[Source, ...]) -> Fact:
        """Return an exchange rate as a fact; `pair` says what it is of: "CNY per USD"."""
        period = Period.instant(day)
        return Fact(
            id=fact_id(self.entity, metric.key, period),
            entity=self.entity,
            metric=metric.key,
            label=translated(metric.label),
            name=pair,
            value=value,
            unit=Unit.RATE,
            period=period,
            as_of=day,
            published_on=day,
            sources=sources,
        )

    def compute(
        self,
        metric: Metric,
        formula: Callable[..., float | None],
        inputs: Iterable[Fact],
        **details: Any,  # noqa: ANN401 -- any field of a fact
    ) -> Fact:
        """Return the fact a formula makes of its inputs; a missing input makes a missing fact that names it.

        `details` set the fact's fields (period, name, currency, note); the period is the brief's day if not given.
        """
        facts = tuple(inputs)
        made = {"period": self.today, "name": "", "note": ""} | details
        lacking = next((fact for fact in facts if fact.number is None), None)
        if lacking is not None:
            reason = lacking.reason or phrase("{what} is not known", what=lacking.label)
            return self._fact(metric, None, facts, made | {"reason": reason, "not_meaningful": lacking.not_meaningful})
        if mixed := mixed_currencies(facts):
            return self._fact(
                metric,
                None,
                facts,
                made | {"reason": phrase("{currencies} cannot be mixed without a dated rate", currencies=mixed)},
            )
        try:
            value = formula(*(fact.number for fact in facts))
        except NotMeaningfulError as reason:
            return self._fact(metric, None, facts, made | {"reason": str(reason), "not_meaningful": True})
        if value is None:
            made = {
                "reason": phrase("{what} cannot be computed from what is known", what=translated(metric.label))
            } | made
        return self._fact(metric, value, facts, made)

    def _fact(self, metric: Metric, value: float | None, inputs: tuple[Fact, ...], details: dict[str, Any]) -> Fact:
        period: Period = details.pop("period")
        fields: dict[str, Any] = {
            "id": fact_id(self.entity, metric.key, period, details["name"]),
            "entity": self.entity,
            "metric": metric.key,
            "label": translated(metric.label),
            "value": value,
            "unit": metric.unit,
            "period": period,
            "as_of": max((fact.as_of for fact in inputs), default=self.ledger.until),
            "published_on": max((fact.published_on for fact in inputs), default=self.ledger.until),
            "sources": sources_of(inputs),
            "formula": metric.formula,
            "arithmetic": metric.shown.format(*self._operands(inputs)) if metric.shown and value is not None else "",
            "inputs": tuple(fact.id for fact in inputs),
            "confirmed": all(fact.confirmed for fact in inputs),
        }
        return Fact(**(fields | details))

    def _operands(self, inputs: tuple[Fact, ...]) -> Iterator[str]:
        """Write the inputs of an arithmetic; a negative one after the first stands in parentheses."""
        for place, fact in enumerate(inputs):
            words = self.ledger.wording.write(fact)
            yield f"({words})" if place and words.startswith(MINUS) else words


def sources_of(facts: Iterable[Fact]) -> tuple[Source, ...]:
    """Return the distinct sources of some facts in their order."""
    return tuple(dict.fromkeys(source for fact in facts for source in fact.sources))


def mixed_currencies(facts: Iterable[Fact]) -> str:
    """Return the currencies of inputs that no exchange rate among them brings together, or nothing.

    A rate is named by its pair ("CNY per USD") and joins these two alone.
    """
    inputs = tuple(facts)
    rated = {currency for fact in inputs if fact.unit is Unit.RATE for currency in fact.name.split(" per ")}
    currencies = {fact.currency for fact in inputs if fact.currency and fact.unit is not Unit.RATE}
    return "" if len(currencies) < 2 or currencies <= rated else phrase(" and ").join(sorted(currencies))


def is_year_apart(earlier: Period, later: Period) -> bool:
    """Tell whether one period ends a year before the other, give or take a 52-week calendar."""
    return abs((later.end - year_back(later.end)) - (later.end - earlier.end)) <= YEAR_TOLERANCE


def year_back(day: date) -> date:
    """Return the same day a year before (28 February for a leap day)."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
