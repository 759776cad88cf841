"""Rules about what two sources say of one figure: statements of a second source, and ratios as a vendor prints them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from generator.checks.figures import finding, publisher
from generator.language import msgid, phrase, translated
from generator.model.fact import Fact
from generator.model.finding import Finding
from generator.model.joining import WITNESS, is_same
from generator.model.ledger import Ledger
from generator.model.text import Part, Text, say

ROUNDING = 0.005
"""Half a percent: figures in millions against figures in units, and cents of amounts per share."""

OF_THE_DAY = timedelta(days=7)
"""A vendor's ratio is compared with ours of the same days only."""

# The vendor's ratio, ours, what it is called, and how far definitions alone (leases, minorities) may set them apart.
RATIOS: dict[str, tuple[str, str, float]] = {
    "vendor_ps": ("ps_ttm", msgid("P/S"), 0.03),
    "vendor_trailing_pe": ("pe_ttm", msgid("P/E"), 0.03),
    "vendor_forward_pe": ("pe_forward", msgid("forward P/E"), 0.1),
    "vendor_pb": ("pb", msgid("P/B"), 0.05),
    "vendor_ev_sales": ("ev_sales", msgid("EV/sales"), 0.15),
    "vendor_ev_ebitda": ("ev_ebitda", msgid("EV/EBITDA"), 0.25),
}
SAME_RATE = 0.2
"""How far a quotient may be off the exchange rate to be told by it, and a third of what the rate is off one."""


def sources_differ(ledger: Ledger) -> Iterator[Finding]:
    """A figure of the subject of which a second source gives another value; one finding a metric."""
    metrics = dict.fromkeys(metric for entity, metric in _metrics(ledger) if entity == ledger.subject)
    for metric in metrics:
        pairs = list(_pairs(ledger, metric.removeprefix(WITNESS)))
        differing = [(ours, theirs) for ours, theirs in pairs if _differ(ours, theirs)]
        if differing:
            ours, theirs = differing[-1]
            more = (
                phrase("; so do {count} of its earlier figures", count=len(differing) - 1) if len(differing) > 1 else ""
            )
            said = say(
                "{who} gives {theirs} as {label} for the {period}, this brief uses {ours} ({source}){more}.",
                who=publisher(theirs),
                theirs=theirs,
                label=ours.label,
                period=ours.period.label,
                ours=ours,
                source=_origin(ours),
                more=more,
            )
            yield finding(said, ours, theirs, advice=phrase("look both up in the filing"))


def _metrics(ledger: Ledger) -> Iterator[tuple[str, str]]:
    for fact in ledger.facts.values():
        if fact.metric.startswith(WITNESS):
            yield fact.entity, fact.metric


def _pairs(ledger: Ledger, metric: str) -> Iterator[tuple[Fact, Fact]]:
    """Give the figures for one period of both sources, in one currency and unit, oldest first."""
    used = ledger.current(ledger.subject, metric)
    for theirs in ledger.current(ledger.subject, f"{WITNESS}{metric}"):
        ours = next((each for each in used if each.name == theirs.name and is_same(each.period, theirs.period)), None)
        if ours is not None and (ours.currency, ours.unit) == (theirs.currency, theirs.unit):
            yield ours, theirs


def _differ(ours: Fact, theirs: Fact) -> bool:
    if ours.number is None or theirs.number is None:
        return False
    rounded = max(ROUNDING * abs(ours.number), 0.006 if abs(ours.number) < 1000 else 0.0)
    return abs(ours.number - theirs.number) > rounded


def _origin(fact: Fact) -> str:
    return publisher(fact) if fact.stated else fact.formula


def vendor_ratio_differs(ledger: Ledger) -> Iterator[Finding]:
    """A ratio of the subject that a vendor prints otherwise than its parts give it."""
    for metric, (key, label, apart) in RATIOS.items():
        ours = ledger.latest(ledger.subject, key)
        for theirs in ledger.current(ledger.subject, metric):
            recent = ledger.until - theirs.published_on <= OF_THE_DAY
            if recent and ours.number and theirs.number and abs(theirs.number / ours.number - 1) > apart:
                yield finding(_said(ledger, translated(label), ours, theirs), theirs, ours)


def _said(ledger: Ledger, label: str, ours: Fact, theirs: Fact) -> Text:
    """Return what is wrong with a ratio: currencies that were divided by each other, or what nobody can tell."""
    company, rate = ledger.company, ledger.latest(ledger.subject, "exchange_rate")
    quotient = (theirs.number or 0.0) / (ours.number or 1.0)
    price, books = company.price_currency, company.statement_currency
    parts: dict[str, Part] = {"who": publisher(theirs), "label": label, "theirs": theirs, "ours": ours}
    for factor, above, below in ((1 / (rate.number or 1.0), price, books), (rate.number or 1.0, books, price)):
        if rate.number and abs(quotient / factor - 1) <= min(SAME_RATE, abs(factor - 1) / 3):
            template = "{who}\u2019s {label} of {theirs} divides {above} by {below}; in one currency it is {ours}."
            return say(template, above=above, below=below, **parts)
    return say("{who}\u2019s {label} of {theirs} is not that of its parts, which give {ours}.", **parts)
