"""The multiple through time: earnings known on each day, the range of the multiple, what moved the price."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from generator.analysis import decomposition
from generator.analysis.known import Known, Measure, Metric, sources_of
from generator.model.fact import Fact, Unit
from generator.model.period import Period
from generator.model.series import Series

MIN_SESSIONS = 120
BAND_MULTIPLES = (0.1, 0.5, 0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earnings:
    """Twelve-month earnings per security as they became known, in the statement currency.

    `basis` is "diluted EPS", or "net income" spread over today's count where older EPS are not known.
    """

    basis: str
    facts: tuple[Fact, ...]
    per_security: tuple[float, ...]
    known_on: tuple[date, ...]

    def on(self, day: date) -> int | None:
        """Return the index of the newest twelve months known on a day, or None."""
        known = [i for i, first in enumerate(self.known_on) if first <= day]
        return max(known, key=lambda i: self.facts[i].period.end) if known else None


def known_since(known: Known, fact: Fact) -> date:
    """Return the day a figure could first be known: the first publication of its period, or of all its inputs.

    Why: a comparative reprinted a year later (after a split, say) is the newest publication of a quarter that
    investors had known for a year.
    """
    if fact.stated:
        same = (each for each in known.ledger.all(fact.entity, fact.metric) if each.name == fact.name)
        return min(each.published_on for each in same if each.period == fact.period and each.stated)
    inputs = [known.ledger.facts[key] for key in fact.inputs if key in known.ledger.facts]
    return max((known_since(known, each) for each in inputs), default=fact.published_on)


def earnings(known: Known) -> Earnings | None:
    """Return the longest record of twelve-month earnings: diluted EPS, else net income over today's count."""
    eps = known.current("diluted_eps", kind="ttm")
    income = known.current("net_income_attributable", kind="ttm")
    count = known.latest("securities").number
    start = known.latest("base_price", name="ytd").period.end
    if eps and (known_since(known, eps[0]) <= start or not income or not count or len(income) <= len(eps)):
        return _record(known, "diluted EPS", eps, 1.0)
    return _record(known, "net income", income, count) if income and count else None


def _record(known: Known, basis: str, facts: tuple[Fact, ...], count: float) -> Earnings:
    return Earnings(
        basis=basis,
        facts=facts,
        per_security=tuple((fact.number or 0.0) / count for fact in facts),
        known_on=tuple(known_since(known, fact) for fact in facts),
    )


def _rates(known: Known) -> Series | None:
    company = known.company
    return known.line(f"rate_{company.statement_currency}") if _translated(known) else None


def _translated(known: Known) -> bool:
    record = earnings(known)
    return bool(record) and record.facts[-1].currency != known.company.price_currency if record else False


def rate_on(line: Series | None, day: date) -> float | None:
    """Return the last exchange rate on or before a day; 1 where nothing is translated."""
    if line is None:
        return 1.0
    return next(
        (value for each, value in zip(reversed(line.days), reversed(line.values), strict=True) if each <= day), None
    )


def earnings_line(known: Known) -> Series | None:
    """Return twelve-month earnings per security in the currency of the price, as known on each session."""
    record, line = earnings(known), known.line("close")
    if record is None or line is None:
        return None
    rates = _rate_by_day(known, line)
    points = [(day, record.on(day), rates.get(day)) for day in line.days]
    kept = [(day, record.per_security[i] / rate) for day, i, rate in points if i is not None and rate]
    if not kept:
        return None
    return Series(
        entity=known.entity,
        metric="earnings_per_security",
        label=f"twelve-month {record.basis} per {known.company.security}",
        days=tuple(day for day, _ in kept),
        values=tuple(value for _, value in kept),
        unit=line.unit,
        currency=line.currency,
        sources=sources_of(record.facts),
        formula="newest twelve months published by the day ÷ exchange rate of the day",
    )


def _rate_by_day(known: Known, line: Series) -> dict[date, float]:
    """Carry the last known rate forward to each session."""
    rates = _rates(known)
    if rates is None:
        return dict.fromkeys(line.days, 1.0) if not _translated(known) else {}
    carried: dict[date, float] = {}
    i, last = 0, 0.0
    for day in line.days:
        while i < len(rates.days) and rates.days[i] <= day:
            last, i = rates.values[i], i + 1
        if last:
            carried[day] = last
    return carried


def multiple_line(known: Known) -> Series | None:
    """Return the price over twelve-month earnings by session, where earnings were positive."""
    per, line = known.line("earnings_per_security"), known.line("close")
    if per is None or line is None:
        return None
    earned = dict(zip(per.days, per.values, strict=True))
    kept = [(d, p / earned[d]) for d, p in zip(line.days, line.values, strict=True) if earned.get(d, 0.0) > 0]
    if len(kept) < MIN_SESSIONS:
        return None
    return Series(
        entity=known.entity,
        metric="multiple",
        label=f"price over {per.label}",
        days=tuple(day for day, _ in kept),
        values=tuple(value for _, value in kept),
        unit=Unit.MULTIPLE,
        sources=tuple(dict.fromkeys((*line.sources, *per.sources))),
        formula="close ÷ twelve-month earnings per security known on the day",
    )


def of_multiple(name: str) -> Measure:
    """Return the measure of the lowest, middle, highest or newest multiple of the own record."""

    def measure(known: Known, metric: Metric) -> Iterator[Fact]:
        line = known.line("multiple")
        if line is None:
            return
        ordered = sorted(line.values)
        picks = {"low": ordered[0], "median": median(ordered), "high": ordered[-1], "now": line.values[-1]}
        period = Period(kind="window", start=line.days[0], end=line.days[-1])
        fact = known.compute(metric, lambda _: picks[name], (known.latest("price"),), period=period, note=line.label)
        yield replace(fact, sources=line.sources)

    return measure


def decompose(known: Known, metric: Metric) -> Iterator[Fact]:
    """Split the year's price change into multiple, earnings, currency and their compounding; the parts sum."""
    record, line = earnings(known), known.line("close")
    now, base = known.latest("price"), known.latest("base_price", name="ytd")
    if record is None or line is None or now.number is None or base.number is None:
        return
    first, last = record.on(base.period.end), record.on(now.period.end)
    rates = _rates(known)
    fx = (rate_on(rates, base.period.end), rate_on(rates, now.period.end))
    if first is None or last is None or fx[0] is None or fx[1] is None:
        return
    ends = (record.per_security[first], record.per_security[last])
    if min(ends) <= 0:
        return
    start = decomposition.Standing(price=base.number, eps=ends[0], rate=fx[0])
    parts = decomposition.currency_decomposition(
        start, decomposition.Standing(price=now.number, eps=ends[1], rate=fx[1])
    )
    if parts is None:
        return
    fx_facts = (known.latest("exchange_rate_at_base"), known.latest("exchange_rate")) if rates is not None else ()
    inputs = (base, now, record.facts[first], record.facts[last], *fx_facts)
    period = Period(kind="window", start=base.period.end, end=now.period.end)
    shares = {"multiple": parts.multiple, "earnings": parts.earnings, "currency": parts.currency, "cross": parts.cross}
    for name, value in shares.items():
        if name != "currency" or rates is not None:
            yield known.compute(
                metric, lambda *_, v=value: v, inputs, period=period, name=name, note=f"on {record.basis}"
            )


def multiple_at_base(known: Known, metric: Metric) -> Iterator[Fact]:
    """The multiple at the close the year started from, on earnings known that day."""
    line, base = known.line("multiple"), known.latest("base_price", name="ytd")
    if line is None or not base.known or base.period.end not in line.days:
        return
    value = line.values[line.days.index(base.period.end)]
    fact = known.compute(metric, lambda _: value, (base,), period=base.period, note=line.label)
    yield replace(fact, sources=line.sources)


def scenario(known: Known, metric: Metric) -> Iterator[Fact]:
    """The price that today's earnings would carry at the lowest, middle and highest multiple of the own record."""
    per = known.line("earnings_per_security")
    if per is None:
        return
    earned = known.latest("earnings_per_security")
    for name, key in (("bear", "multiple_low"), ("base", "multiple_median"), ("bull", "multiple_high")):
        multiple = known.latest(key)
        details = {"name": name, "currency": known.company.price_currency, "unit": per.unit}
        yield known.compute(metric, lambda e, m: e * m, (earned, multiple), **details)


def scenario_change(known: Known, metric: Metric) -> Iterator[Fact]:
    """Each scenario's price against today's."""
    now = known.latest("price")
    for value in known.current("scenario_price"):
        yield known.compute(metric, lambda a, b: a / b - 1, (value, now), name=value.name)


def earnings_per_security(known: Known, metric: Metric) -> Iterator[Fact]:
    """Today's twelve-month earnings per security in the currency of the price, on the basis of the record."""
    line, record = known.line("earnings_per_security"), earnings(known)
    if line is None or record is None:
        return
    index = record.on(known.ledger.until)
    if index is not None:
        details = {"unit": line.unit, "currency": line.currency, "note": line.label}
        yield known.compute(metric, lambda _: line.values[-1], (record.facts[index],), **details)
