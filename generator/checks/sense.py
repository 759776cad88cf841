"""Sense: signs, units, scales and currencies that cannot be, parts above their whole, one figure with two values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from generator.checks.figures import ROUNDING, SPLIT, finding, full_name, publisher
from generator.language import phrase
from generator.model.fact import PER_SECURITY, Fact, Unit
from generator.model.finding import Finding
from generator.model.ledger import Ledger
from generator.model.text import say

POSITIVE = (
    "price", "base_price", "high_52w", "low_52w", "revenue", "segment_revenue", "market_value", "securities",
    "shares_outstanding", "diluted_shares", "vendor_shares", "exchange_rate", "exchange_rate_at_base", "market_share",
    "house_target", "target_mean", "target_low", "target_high", "target_median", "capex_plan", "capex_guidance",
    "capital_expenditure", "volatility", "multiple_low", "multiple_median", "multiple_high",
)  # fmt: skip
IN_STATEMENTS = (
    "revenue", "cost_of_revenue", "gross_profit", "operating_income", "net_income", "net_income_attributable",
    "operating_cash_flow", "capital_expenditure", "free_cash_flow", "equity", "long_term_debt", "total_assets",
)  # fmt: skip
ONE_CURRENCY = ("price", "base_price", "high_52w", "low_52w", "market_value", *IN_STATEMENTS)
NAMED = {
    re.compile(r"p[esb](_.*)?|ev_.*|peg|multiple_.*|vendor_.*_pe"): Unit.MULTIPLE,
    re.compile(
        r"(?!excess).*_(margin|growth|intensity|yield|return|change)|upside|against_peers|market_share"
    ): Unit.FRACTION,
}
FEW, CLEAR = 4, 0.9
COUNTS = ("shares_outstanding", "diluted_shares")


def impossible_sign(ledger: Ledger) -> Iterator[Finding]:
    """A negative price, revenue, count, share or multiple of the record."""
    for fact in ledger.facts.values():
        if fact.metric in POSITIVE and fact.number is not None and fact.number < 0:
            said = say(
                "{who}: {label} is {value}, and cannot be negative.",
                who=ledger.name_of(fact.entity),
                label=full_name(fact),
                value=fact,
            )
            yield finding(said, fact, advice=phrase("mend the sign at its source"))


def impossible_unit(ledger: Ledger) -> Iterator[Finding]:
    """A figure whose unit is not that of all others of its metric, or does not go with a currency."""
    units: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    found: dict[str, list[Unit]] = defaultdict(list)
    for fact in ledger.facts.values():
        found[fact.metric].append(fact.unit)
        if isinstance(fact.value, float | int):
            units[fact.entity, fact.metric].append(fact)
    usual = {metric: _usual(metric, found[metric]) for metric in {metric for _, metric in units}}
    for (entity, metric), facts in units.items():
        for fact in facts:
            odd = not _agree(fact.unit, usual[metric])
            money = fact.unit in (Unit.MONEY, *PER_SECURITY)
            if odd or money != (fact.currency is not None):
                said = say(
                    "{who}: {label} is given in the unit “{unit}”{currency}.",
                    who=ledger.name_of(entity),
                    label=full_name(fact),
                    unit=fact.unit.value,
                    currency=phrase(" with the currency {currency}", currency=fact.currency)
                    if fact.currency
                    else phrase(" without a currency"),
                )
                yield finding(said, fact, advice=phrase("mend its unit or currency"))


def _usual(metric: str, found: Sequence[Unit]) -> Unit | None:
    """Return the unit a metric is named by, else that of nearly all its facts; None where there are too few to tell."""
    named = next((unit for pattern, unit in NAMED.items() if pattern.fullmatch(metric)), None)
    if named is not None:
        return named
    if len(found) < FEW:
        return None
    first = max(dict.fromkeys(found), key=found.count)
    return first if found.count(first) >= CLEAR * len(found) else None


def _agree(unit: Unit, usual: Unit | None) -> bool:
    return usual is None or unit is usual or (unit in PER_SECURITY and usual in PER_SECURITY)


def impossible_scale(ledger: Ledger, *, factor: float) -> Iterator[Finding]:
    """A figure that is hundreds of times its neighbours in time: thousands taken for millions."""
    rows: dict[tuple[str, str, str, str, str | None], list[Fact]] = defaultdict(list)
    for fact in ledger.facts.values():
        if fact.number and fact.unit in (Unit.MONEY, Unit.SHARES, *PER_SECURITY) and fact.metric in POSITIVE:
            rows[fact.entity, fact.metric, fact.name, fact.period.kind, fact.currency].append(fact)
    for facts in rows.values():
        middle = median(abs(fact.number or 0.0) for fact in facts)
        for fact in facts if len(facts) >= FEW else ():
            times = abs(fact.number or 0.0) / middle
            if not 1 / factor < times < factor:
                said = say(
                    "{who}: {label} of {value} is of another scale than its neighbours.",
                    who=ledger.name_of(fact.entity),
                    label=full_name(fact),
                    value=fact,
                )
                yield finding(said, fact, advice=phrase("look up whether it was printed in thousands or millions"))


def strange_currency(ledger: Ledger) -> Iterator[Finding]:
    """An amount in a currency that its company neither reports nor trades in."""
    for fact in ledger.facts.values():
        company = ledger.companies.get(fact.entity)
        if company is None or fact.currency is None or fact.metric not in ONE_CURRENCY or not fact.known:
            continue
        home = company.statement_currency if fact.metric in IN_STATEMENTS else company.price_currency
        translated = (
            fact.metric in IN_STATEMENTS and fact.currency == company.price_currency and _so_stated(fact, ledger)
        )
        if home and fact.currency != home and not translated:
            said = say(
                "{who}: {label} stands in {theirs}, where {home} is used.",
                who=ledger.name_of(fact.entity),
                label=full_name(fact),
                theirs=fact.currency,
                home=home,
            )
            yield finding(said, fact, advice=phrase("translate it at a dated rate, or mend its currency"))


def _so_stated(fact: Fact, ledger: Ledger) -> bool:
    """Tell whether a source printed the figure in its currency, or all the figures that it is made of."""
    parts = [ledger.facts[key] for key in fact.inputs if key in ledger.facts]
    return fact.stated or all(part.stated and part.currency == fact.currency for part in parts)


def mixed_securities(ledger: Ledger) -> Iterator[Finding]:
    """A count of ADSs that is the count of ordinary shares, or the reverse."""
    for entity, company in ledger.companies.items():
        used = ledger.latest(entity, "securities")
        ratio = company.ads_ratio
        parts = [ledger.facts[key] for key in used.inputs if key in ledger.facts]
        for part in parts if used.number and ratio and ratio != 1 else ():
            ordinary = part.metric in COUNTS and part.name != "ADS"
            if part.number and ordinary and abs(part.number / (used.number or 1) - 1) < ROUNDING:
                said = say(
                    "{who}: the count of {count} ADSs is that of its ordinary shares.",
                    who=ledger.name_of(entity),
                    count=used,
                )
                yield finding(said, used, part, advice=phrase("divide by the ADS ratio of {ratio}", ratio=f"{ratio:g}"))


def parts_of_whole(ledger: Ledger) -> Iterator[Finding]:
    """Shares of one market above 100% together, or a segment larger than the company."""
    markets: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for entity in dict.fromkeys(fact.entity for fact in ledger.facts.values()):
        for fact in ledger.current(entity, "market_share"):
            if fact.number is not None:
                markets[fact.name, fact.period.code].append(fact)
    for (name, _), shares in markets.items():
        if sum(share.number or 0.0 for share in shares) > 1 + ROUNDING * len(shares):
            said = say("The shares of {name} ({period}) are above 100% together.", name=name or "one market",
                       period=shares[0].period.label)  # fmt: skip
            yield finding(said, *shares, advice=phrase("look up what each of them is a share of"))
    yield from _segments(ledger)


def _segments(ledger: Ledger) -> Iterator[Finding]:
    for segment in ledger.current(ledger.subject, "segment_revenue"):
        whole = ledger.at(ledger.subject, "revenue", segment.period)
        if segment.number and whole.number and whole.currency == segment.currency and segment.number > whole.number:
            said = say(
                "{segment} revenue of {part} is above the {whole} of the whole company ({period}).",
                segment=segment.name,
                part=segment,
                whole=whole,
                period=segment.period.label,
            )
            yield finding(said, segment, whole, advice=phrase("look both figures up again"))


def contradiction(ledger: Ledger) -> Iterator[Finding]:
    """One figure and period with two values beyond rounding, made public on one and the same day."""
    same: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in ledger.facts.values():
        if fact.stated and fact.confirmed and fact.number is not None and SPLIT not in fact.note:
            key = (fact.entity, fact.metric, fact.name, fact.period, fact.currency, fact.published_on)
            same[key].append(fact)
    for facts in same.values():
        first = facts[0]
        others = [each for each in facts[1:] if abs((each.number or 0) - (first.number or 0)) > _apart(first)]
        if others:
            said = say(
                "{who}: {label} is {one} according to {a}, and {other} according to {b}.",
                who=ledger.name_of(first.entity),
                label=full_name(first),
                one=first,
                a=publisher(first),
                other=others[0],
                b=publisher(others[0]),
            )
            yield finding(said, first, *others, advice=phrase("keep the one of the primary source"))


def _apart(fact: Fact) -> float:
    return ROUNDING * abs(fact.number or 0.0)
