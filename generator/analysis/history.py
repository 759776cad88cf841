"""The multiple through time: earnings known on each day, the range of the multiple, what moved the price."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from math import prod
from statistics import median

from generator.analysis import decomposition, growth
from generator.analysis.known import Known, Measure, Metric, sources_of
from generator.analysis.multiples import per_ads
from generator.errors import NotMeaningfulError
from generator.language import day_in_words, msgid, phrase, translated
from generator.model.fact import Fact, Unit
from generator.model.period import Period
from generator.model.series import Series

MIN_SESSIONS = 120
MEANINGFUL = 100.0
"""Above a hundred times earnings the earnings are too small to measure a price by; such days are left out."""
BAND_MULTIPLES = (0.1, 0.5, 0.9)


DILUTED = msgid("diluted EPS")
INCOME = msgid("net income")
PER_EPS = msgid("twelve-month {basis} per {security}")
PER_INCOME = msgid("twelve-month {basis} per {security} at today's count")
ON_BASIS = msgid("on {basis}")


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
        return known.ledger.first_stated(fact)
    inputs = [known.ledger.facts[key] for key in fact.inputs if key in known.ledger.facts]
    return max((known_since(known, each) for each in inputs), default=fact.published_on)


def earnings(known: Known) -> Earnings | None:
    """Return the longest record of twelve-month earnings: diluted EPS, else net income over today's count."""
    eps, income = _of_one_currency(known, "diluted_eps"), _of_one_currency(known, "net_income_attributable")
    count = known.latest("securities").number
    start = known.latest("base_price", name="ytd").period.end
    if eps and (known_since(known, eps[0]) <= start or not income or not count or len(income) <= len(eps)):
        return _record(known, DILUTED, eps, 1.0)
    return _record(known, INCOME, income, count) if income and count else None


def on_diluted(fact: Fact) -> bool:
    """Tell whether a figure of the record rests on diluted EPS, not on net income over a count."""
    return translated(DILUTED) in fact.note


def basis_of(part: Fact) -> str:
    """Return the basis of a part of the price change in words: "diluted EPS" or "net income"."""
    return translated(DILUTED if on_diluted(part) else INCOME)


def _of_one_currency(known: Known, key: str) -> tuple[Fact, ...]:
    """Return the twelve months of a flow in the currency of the newest, which one rate translates."""
    facts = known.current(key, kind="ttm", name="")
    return tuple(fact for fact in facts if fact.currency == facts[-1].currency)


def _record(known: Known, basis: str, facts: tuple[Fact, ...], count: float) -> Earnings:
    return Earnings(
        basis=basis,
        facts=facts,
        per_security=tuple((fact.number or 0.0) * per_ads(fact, known) / count for fact in facts),
        known_on=tuple(known_since(known, fact) for fact in facts),
    )


def _rates(known: Known) -> Series | None:
    """Return the line of rates that translates the earnings of the record; None where none is needed or held."""
    record = earnings(known)
    return known.line(f"rate_{record.facts[-1].currency}") if record and _translated(known) else None


def _translated(known: Known) -> bool:
    record = earnings(known)
    return record is not None and record.facts[-1].currency != known.company.price_currency


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
        label=_label(record, known),
        days=tuple(day for day, _ in kept),
        values=tuple(value for _, value in kept),
        unit=line.unit,
        currency=line.currency,
        sources=sources_of(record.facts),
        formula="newest twelve months published by the day ÷ exchange rate of the day",
    )


def _label(record: Earnings, known: Known) -> str:
    """Name the earnings: net income is spread over the count of today, which older days had not."""
    words = PER_EPS if record.basis == DILUTED else PER_INCOME
    return phrase(words, basis=translated(record.basis), security=known.company.security)


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
    made = [(d, p / earned[d]) for d, p in zip(line.days, line.values, strict=True) if earned.get(d, 0.0) > 0]
    kept = [(day, multiple) for day, multiple in made if multiple <= MEANINGFUL]
    if len(kept) < MIN_SESSIONS:
        return None
    return Series(
        entity=known.entity,
        metric="multiple",
        label=phrase("price over {earnings}", earnings=per.label),
        days=tuple(day for day, _ in kept),
        values=tuple(value for _, value in kept),
        unit=Unit.MULTIPLE,
        sources=tuple(dict.fromkeys((*line.sources, *per.sources))),
        formula="close ÷ twelve-month earnings per security known on the day",
    )


def of_multiple(name: str) -> Measure:
    """Return the measure of the lowest, middle, highest or newest multiple of the own record."""

    def measure(known: Known, metric: Metric) -> Iterator[Fact]:
        line, close = known.line("multiple"), known.line("close")
        if line is None or close is None or (name == "now" and line.days[-1] != close.days[-1]):
            return
        ordered = sorted(line.values)
        picks = {"low": ordered[0], "median": median(ordered), "high": ordered[-1], "now": line.values[-1]}
        period = Period(kind="window", start=line.days[0], end=line.days[-1])
        fact = known.compute(metric, lambda _: picks[name], (known.latest("price"),), period=period, note=line.label)
        yield replace(fact, sources=line.sources)

    return measure


def decompose(known: Known, metric: Metric) -> Iterator[Fact]:
    """Split the year's price change into multiple, earnings, currency and their compounding; the parts sum."""
    record, now, base = earnings(known), known.latest("price"), known.latest("base_price", name="ytd")
    if record is None or not now.known or not base.known:
        return
    days, rates = (base.period.end, now.period.end), _rates(known)
    period = Period(kind="window", start=days[0], end=days[1])
    at = [record.on(day) for day in days]
    fx = [rate_on(rates, day) if rates or not _translated(known) else None for day in days]
    ends = [
        decomposition.Standing(price=price.number, eps=None if i is None else record.per_security[i], rate=rate)
        for price, i, rate in zip((base, now), at, fx, strict=True)
    ]
    rate_facts = (known.latest("exchange_rate_at_base"), known.latest("exchange_rate")) if rates is not None else ()
    inputs = (base, now, *(record.facts[i] for i in at if i is not None), *rate_facts)
    for name in ("multiple", "earnings", "currency", "cross"):
        if name != "currency" or rates is not None:
            details = {
                "period": period,
                "name": name,
                "note": phrase(ON_BASIS, basis=translated(record.basis)),
                **_gap(ends, days[0]),
            }
            yield known.compute(metric, partial(_part, name, ends), inputs, **details)


def _part(name: str, ends: list[decomposition.Standing], *_: float) -> float | None:
    """Return one part of a move; not meaningful with losses at either end."""
    if any(end.eps is not None and end.eps <= 0 for end in ends):
        raise NotMeaningfulError(phrase("earnings are negative at one end of it"))
    parts = decomposition.currency_decomposition(*ends)
    return None if parts is None else float(getattr(parts, name))


def _gap(ends: list[decomposition.Standing], start: date) -> dict[str, str]:
    """Return why a move cannot be split, as details of a fact; nothing where it can."""
    if any(end.eps is None for end in ends):
        return {"reason": phrase("twelve-month earnings known by {day} are not held", day=day_in_words(start))}
    return {}


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
        yield known.compute(metric, _at_multiple, (earned, multiple), **details)


def _at_multiple(earned: float, multiple: float) -> float:
    """Return the price at a multiple; a multiple of a loss is no price."""
    if earned <= 0:
        raise NotMeaningfulError(phrase("earnings are negative"))
    return earned * multiple


def scenario_change(known: Known, metric: Metric) -> Iterator[Fact]:
    """Each scenario's price against today's."""
    now = known.latest("price")
    for value in known.current("scenario_price"):
        yield known.compute(metric, growth.growth, (value, now), name=value.name)


def earnings_per_security(known: Known, metric: Metric) -> Iterator[Fact]:
    """Today's twelve-month earnings per security in the currency of the price, on the basis of the record."""
    line, record = known.line("earnings_per_security"), earnings(known)
    index = None if line is None or record is None else record.on(line.days[-1])
    if line is None or record is None or index is None:
        return
    earned = record.facts[index]
    ratio = per_ads(earned, known)
    over: tuple[Fact, ...] = () if record.basis == DILUTED else (known.latest("securities"),)
    over += (known.latest("exchange_rate"),) if _translated(known) else ()
    shown = "{0}" + (f" × {ratio:g}" if ratio != 1 else "") + "".join(f" ÷ {{{i}}}" for i in range(1, len(over) + 1))
    details = {"unit": line.unit, "currency": line.currency, "note": line.label}
    row = replace(metric, shown=shown)
    yield known.compute(row, lambda value, *by: value * ratio / prod(by), (earned, *over), **details)
