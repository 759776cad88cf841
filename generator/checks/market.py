"""Rules about prices, targets, estimates and share counts."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.figures import finding, publisher
from generator.language import day_in_words, phrase
from generator.model.fact import Fact
from generator.model.finding import Finding
from generator.model.ledger import Ledger
from generator.model.text import say
from generator.sessions import missed_sessions


def stale_price(ledger: Ledger, *, sessions: float) -> Iterator[Finding]:
    """A last close after which its exchange has traded on more than so many days."""
    for entity in dict.fromkeys((ledger.subject, *ledger.peers, ledger.benchmark)):
        price, company = ledger.latest(entity, "price"), ledger.companies.get(entity)
        if not price.known or company is None:
            continue
        missed = missed_sessions(company.mic, price.period.end, ledger.until)
        if len(missed) > sessions:
            said = say("The last close of {who} is of {day}.", who=ledger.name_of(entity), day=price.period.label)
            where = company.exchange or phrase("its exchange")
            advice = phrase("fetch prices again; {exchange} last traded on {day}", exchange=where, day=missed[-1])
            yield finding(said, price, advice=advice)


def stale_estimate(ledger: Ledger) -> Iterator[Finding]:
    """A forward estimate older than the newest published quarter."""
    estimate = ledger.latest(ledger.subject, "forward_eps")
    quarter = ledger.latest(ledger.subject, "revenue", kind="quarter")
    if estimate.known and quarter.known and estimate.published_on < quarter.published_on:
        said = say(
            "The forward EPS estimate of {value} is dated {day}, before the {period} was published.",
            value=estimate,
            day=day_in_words(estimate.published_on),
            period=quarter.period.label,
        )
        yield finding(said, estimate, quarter, advice=phrase("ask for a newer estimate"))


def target_below_price(ledger: Ledger) -> Iterator[Finding]:
    """A target of the subject that lies below the price."""
    price = ledger.latest(ledger.subject, "price")
    for upside in ledger.current(ledger.subject, "upside"):
        target = ledger.facts[upside.inputs[0]]
        if upside.number is not None and upside.number < 0 and target.metric != "target_low":
            said = say(
                "{label} of {target} lies below the price of {price}: {upside:signed}.",
                label=_called(target),
                target=target,
                price=price,
                upside=upside,
            )
            yield finding(said, target, price, upside)


def _called(target: Fact) -> str:
    if target.metric == "house_target":
        return phrase("The target of {name}", name=target.name)
    return phrase("The {label}", label=target.label)


def share_counts_differ(ledger: Ledger, *, tolerance: float) -> Iterator[Finding]:
    """A vendor's share count more than two percent away from the one used."""
    used = ledger.latest(ledger.subject, "securities")
    newest = {publisher(vendor): vendor for vendor in ledger.current(ledger.subject, "vendor_shares")}
    for vendor in newest.values():
        if used.number and vendor.number and abs(vendor.number / used.number - 1) > tolerance:
            said = say(
                "{who} counts {theirs} {securities}; this brief uses {ours} ({note}).",
                who=publisher(vendor),
                theirs=vendor,
                ours=used,
                securities=ledger.company.securities,
                note=used.note,
            )
            yield finding(said, vendor, used)
