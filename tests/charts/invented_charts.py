"""Invented facts, series and charts for the tests: no figure here is about a real company or day."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from generator.charts import (
    Look,
    PlanBar,
    Range,
    Target,
    Typeface,
    draw_peer_scatter,
    draw_rebased,
)
from generator.model.brief import Drawing
from generator.model.fact import Fact, Unit
from generator.model.period import Kind, Period
from generator.model.series import Series
from generator.model.wording import Wording

FONTS = Path(__file__).parents[2] / "templates" / "house" / "fonts"
LAST = date(2025, 10, 1)
LONG = "Taiwan Semiconductor Manufacturing"
NAMES = {
    "BABA": "Alibaba",
    "AMZN": "Amazon",
    "MSFT": "Microsoft",
    "GOOGL": "Alphabet",
    "TSM": LONG,
}
PEERS = ("AMZN", "MSFT", "GOOGL", "TSM", "JD", "PDD", "BIDU", "NVDA", "AAPL", "SHOP", "MELI", "SE")
TYPEFACE = Typeface.of_house(FONTS)
LOOK = Look(wording=Wording(), typeface=TYPEFACE, names=NAMES)


def fact(value: float | None, unit: Unit = Unit.FRACTION, **more: object) -> Fact:
    """Return an invented fact; `more` replaces any of its fields."""
    plain = Fact(
        id=f"INVENTED.{unit.name}.{value}.{more.get('name', '')}.{more.get('period', '')}",
        entity="BABA",
        metric="invented",
        label="Invented",
        value=value,
        unit=unit,
        period=Period.instant(LAST),
        as_of=LAST,
        published_on=LAST,
        currency="USD" if unit in (Unit.PER_ADS, Unit.PER_SHARE, Unit.MONEY) else None,
        formula="" if unit in (Unit.PER_ADS, Unit.MONEY, Unit.COUNT) or more.get("name") == "stated" else "invented",
        reason="" if value is not None else "invented as missing",
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def price(value: float | None, name: str = "", **more: object) -> Fact:
    """Return an invented price."""
    return fact(value, Unit.PER_ADS, name=name, label="Share price", **more)


def series(
    entity: str, *, start: float, end: float, days: int = 366, swing: float = 0.12, unit: Unit = Unit.PER_ADS
) -> Series:
    """Return an invented line of business days with waves in it."""
    first = LAST - timedelta(days=days - 1)
    every = [first + timedelta(days=i) for i in range(days)]
    some = [day for day in every if day.weekday() < 5 or day in (first, LAST)]
    phase = sum(map(ord, entity)) % 7
    values = []
    for i in range(len(some)):
        t = i / max(1, len(some) - 1)
        wave = swing * math.sin(9 * t + phase) + swing / 4 * math.sin(61 * t + phase) + swing / 8 * math.sin(311 * t)
        fade = math.sin(math.pi * t)
        values.append((start + (end - start) * t) * (1 + wave * fade))
    return Series(
        entity=entity,
        metric="close",
        label="Share price",
        days=tuple(some),
        values=tuple(values),
        unit=unit,
        currency="USD",
    )


def flat(entity: str, days: int, value: float = 120.0) -> Series:
    """Return an invented line that never moves."""
    some = tuple(LAST - timedelta(days=days - 1 - i) for i in range(days))
    return Series(
        entity=entity, metric="close", label="Share price", days=some, values=(value,) * days, unit=Unit.PER_ADS
    )


def quarters(values: Sequence[float | None], unit: Unit = Unit.FRACTION, kind: Kind = "quarter") -> list[Fact]:
    """Return invented facts by quarter (or fiscal year), the last to June (March) 2025."""
    made = []
    for i, value in enumerate(values):
        back = len(values) - 1 - i
        if kind == "quarter":
            months = 2025 * 12 + 5 - 3 * back
            end = date(months // 12 + (months % 12 == 11), (months % 12 + 1) % 12 + 1, 1) - timedelta(days=1)
            period = Period(kind="quarter", end=end, start=end - timedelta(days=90))
        else:
            period = Period(kind="fiscal_year", end=date(2025 - back, 3, 31), start=date(2024 - back, 4, 1))
        made.append(fact(value, unit, period=period, currency="USD" if unit is Unit.MONEY else None))
    return made


def drawdown(line: Series) -> Series:
    """Return how far a line stood below its peak."""
    peak, falls = 0.0, []
    for value in line.values:
        peak = max(peak, value)
        falls.append(value / peak - 1)
    return replace(line, values=tuple(falls), unit=Unit.FRACTION, label="Drawdown", currency=None)


def index_of(line: Series) -> Series:
    """Return a line from a start of 100."""
    return replace(line, values=tuple(value / line.values[0] * 100 for value in line.values), unit=Unit.INDEX)


BABA = series("BABA", start=98, end=159, swing=0.2)
EPS = replace(
    BABA,
    metric="eps_ttm",
    label="Earnings per ADS, TTM",
    days=(date(2024, 8, 15), date(2024, 11, 15), date(2025, 2, 20), date(2025, 5, 15), date(2025, 8, 29)),
    values=(5.1, 6.0, 7.1, 7.6, 8.28),
)
BASE = price(100.4, period=Period.instant(date(2024, 12, 31)))
HOUSES = [
    Target(target=price(205.0, "Goldman Sachs"), upside=fact(0.2893)),
    Target(target=price(169.0, "J.P. Morgan"), upside=fact(0.0629)),
    Target(target=price(195.0, "Morgan Stanley"), upside=fact(0.2264)),
    Target(target=price(130.0, "Morningstar Equity Research Services"), upside=fact(-0.1824)),
    Target(target=price(176.0, "Jefferies")),
]
RANGES = [
    Range(label="52-week trading range", low=price(78.0), high=price(159.0)),
    Range(label="Trailing P/E, 11.7\u00d7 to 19.2\u00d7", low=price(97.2), high=price(159.0)),
    Range(label="Forward P/E, 11.7\u00d7 to 16.0\u00d7", low=price(133.0), high=price(182.0)),
    Range(label="Discounted cash flow, 9% to 11%", low=price(128.0), high=price(187.0), tone="teal"),
    Range(label="Analyst targets, low to high", low=price(130.0), high=price(205.0), mid=price(169.0), tone="accent"),
]
PARTS = [
    ("Higher P/E 11.7\u00d7 to 19.2\u00d7", fact(0.641)),
    ("Implied EPS growth", fact(0.143)),
    ("Compounding of the two", fact(0.091)),
]
COUNTS = [
    ("Buy", fact(15.0, Unit.COUNT, name="buy")),
    ("Hold", fact(1.0, Unit.COUNT, name="hold")),
    ("Sell", fact(0.0, Unit.COUNT, name="sell")),
]
STRIP = [
    ("end 2024", fact(11.7, Unit.MULTIPLE)),
    ("trailing", fact(19.2, Unit.MULTIPLE)),
    ("forward", fact(13.99, Unit.MULTIPLE)),
]
SHARES = [
    ("Amazon Web Services", fact(0.30, name="stated")),
    ("Microsoft Azure", fact(0.20, name="stated")),
    ("Google Cloud", fact(0.13, name="stated")),
    ("Alibaba Cloud", fact(0.04, name="stated")),
]


def money(billions: float | None, **more: object) -> Fact:
    """Return an invented amount."""
    return fact(None if billions is None else billions * 1e9, Unit.MONEY, **more)


PLANS = [
    PlanBar(label="Amazon", year=money(100.0, qualifier="over")),
    PlanBar(label="Microsoft", year=money(80.0)),
    PlanBar(label="Alphabet", year=money(75.0)),
    PlanBar(label="Alibaba", year=money(17.7), total=money(53.0), note="over 3 years"),
]


def rebased(ends: Mapping[str, float], look: Look = LOOK) -> Drawing:
    """Return lines that end at these index values, the first as subject."""
    lines = [index_of(series(entity, start=100, end=end, days=275)) for entity, end in ends.items()]
    facts = [fact(end, Unit.INDEX, entity=entity, name=entity) for entity, end in ends.items()]
    return draw_rebased(lines, ends=facts, subject=next(iter(ends)), look=look)


def scatter(spots: dict[str, tuple[float, float]]) -> Drawing:
    """Return companies by growth and multiple, the first as subject."""
    points = [(name, fact(x, name=name), fact(y, Unit.MULTIPLE, name=name)) for name, (x, y) in spots.items()]
    return draw_peer_scatter(
        points, subject=next(iter(spots)), axes=("Revenue growth, TTM", "Price/earnings, trailing"), look=LOOK
    )
