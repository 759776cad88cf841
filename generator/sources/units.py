"""Units: the words of the column `unit`, and what they make of a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from generator.model.fact import PER_SECURITY, Unit

SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
COUNTED = re.compile(rf"({'|'.join(SCALES)}) ([a-z][a-z ]*)")
NEEDS_CURRENCY = (Unit.MONEY, *PER_SECURITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A unit as a file writes it. `counted` names what a scaled count counts: "parameters"."""

    unit: Unit
    scale: Decimal = Decimal(1)
    security: Literal["", "ADS"] = ""
    counted: str = ""

    def value(self, number: Decimal) -> float:
        """Return the number in the ledger's unit, from exact decimal arithmetic."""
        return float(number * self.scale)


def _scaled(unit: Unit, tail: str = "", *, security: Literal["", "ADS"] = "") -> dict[str, Written]:
    return {
        f"{word}{tail}": Written(unit=unit, scale=Decimal(scale), security=security) for word, scale in SCALES.items()
    }


UNITS: dict[str, Written] = {
    **_scaled(Unit.MONEY),
    "per share": Written(unit=Unit.PER_SHARE),
    "per ADS": Written(unit=Unit.PER_ADS),
    "%": Written(unit=Unit.FRACTION, scale=Decimal("0.01")),
    "points": Written(unit=Unit.POINTS, scale=Decimal("0.01")),
    "x": Written(unit=Unit.MULTIPLE),
    "shares": Written(unit=Unit.SHARES),
    "ADS": Written(unit=Unit.SHARES, security="ADS"),
    **_scaled(Unit.SHARES, " shares"),
    **_scaled(Unit.SHARES, " ADS", security="ADS"),
    "count": Written(unit=Unit.COUNT),
    "quarters": Written(unit=Unit.COUNT),
    "ratio": Written(unit=Unit.NUMBER),
    "index": Written(unit=Unit.INDEX),
    "text": Written(unit=Unit.TEXT),
    "date": Written(unit=Unit.DATE),
}


def unit_of(words: str) -> Written | None:
    """Return what a unit means: one of the table, or a scale and what is counted ("trillion parameters")."""
    if words in UNITS:
        return UNITS[words]
    counted = COUNTED.fullmatch(words)
    if counted is None:
        return None
    return Written(unit=Unit.COUNT, scale=Decimal(SCALES[counted[1]]), counted=counted[2])


def fits(written: Unit, catalogue: Unit) -> bool:
    """Tell whether a unit can state a metric of the catalogue: both money, both per security, and so on."""
    same = (PER_SECURITY, (Unit.COUNT, Unit.NUMBER), (Unit.FRACTION, Unit.POINTS))
    return written is catalogue or any(written in group and catalogue in group for group in same)
