"""Series: dated values of one measure, from which charts are drawn and figures are measured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.model.fact import Source, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Values by day in ascending order, without gaps inside (a day without a value is left out)."""

    entity: str
    metric: str
    label: str
    days: tuple[date, ...]
    values: tuple[float, ...]
    unit: Unit
    currency: str | None = None
    sources: tuple[Source, ...] = ()
    formula: str = ""

    def since(self, day: date) -> Series:
        """Return the part from `day` on."""
        first = next((i for i, each in enumerate(self.days) if each >= day), len(self.days))
        return Series(
            entity=self.entity,
            metric=self.metric,
            label=self.label,
            days=self.days[first:],
            values=self.values[first:],
            unit=self.unit,
            currency=self.currency,
            sources=self.sources,
            formula=self.formula,
        )
