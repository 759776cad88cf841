"""Moves: the figures that are not what they were in the last issue, and why."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.brief import Column, Exhibit, Row, Table
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.period import Kind, day_in_words
from generator.model.text import say
from generator.sections.phrases import capital, count_in_words, exhibit
from generator.sections.readings import house_targets


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A figure that is compared from issue to issue; `below` is what a multiple divides by."""

    label: str
    metric: str
    kind: Kind | None = None
    name: str | None = None
    below: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A watched figure then and now, and the cause of the difference."""

    watched: Watched
    then: Fact
    now: Fact
    cause: str = ""


WATCHED = (
    Watched(label="Close", metric="price"),
    Watched(label="Price, year to date", metric="price_change", name="ytd"),
    Watched(label="Market value", metric="market_value", below="securities"),
    Watched(label="P/E, trailing", metric="pe_ttm", below="diluted_eps"),
    Watched(label="P/E, forward", metric="pe_forward", below="forward_eps"),
    Watched(label="P/S, trailing", metric="ps_ttm", below="revenue"),
    Watched(label="Revenue, newest quarter", metric="revenue", kind="quarter", name=""),
    Watched(label="Net income, newest quarter", metric="net_income_attributable", kind="quarter", name=""),
    Watched(label="Capital expenditure, newest quarter", metric="capital_expenditure", kind="quarter", name=""),
    Watched(label="Mean target", metric="target_mean", name=""),
    Watched(label="Newest house target", metric="house_target"),
    Watched(label="Investment plan", metric="capex_plan"),
    Watched(label="Exchange rate", metric="exchange_rate"),
)
CAUSES = {
    "price": "market", "price_change": "market", "exchange_rate": "exchange rate", "target_mean": "estimate revision",
    "house_target": "estimate revision", "capex_plan": "plan revised",
}  # fmt: skip
BELOW = {"securities": "share count", "forward_eps": "estimate revision"}


def moves(ledger: Ledger, previous: Ledger) -> tuple[Move, ...]:
    """Return the watched figures that differ, each with its cause."""
    found = []
    for watched in WATCHED:
        then, now = _watched(previous, watched), _watched(ledger, watched)
        if (then.known or now.known) and ledger.wording.write(then) != ledger.wording.write(now):
            found.append(
                Move(watched=watched, then=then, now=now, cause=_cause(watched, then, now, ledgers=(previous, ledger)))
            )
    return tuple(found)


def _watched(ledger: Ledger, watched: Watched) -> Fact:
    """Return a watched figure of one issue; a house's target only in the currency of the price."""
    if watched.metric == "house_target":
        return next(iter(house_targets(ledger)), ledger.missing(ledger.subject, "house_target"))
    return ledger.latest(ledger.subject, watched.metric, kind=watched.kind, name=watched.name)


def _cause(watched: Watched, then: Fact, now: Fact, *, ledgers: tuple[Ledger, Ledger]) -> str:
    """Return the cause in words: market, new filing, estimate revision, source restated and so on."""
    if not (then.known and now.known):
        return "new in our sources" if now.known else now.reason or "no longer known"
    if watched.metric == "house_target" and now.name != then.name:
        return f"target of {now.name}, after {then.name}"
    if watched.metric in CAUSES:
        return CAUSES[watched.metric]
    if then.formula != now.formula:
        return "our method changed"
    if now.formula and watched.below:
        return _causes_of_multiple(watched, now.entity, ledgers)
    return "new filing" if now.period != then.period else "source restated"


def _causes_of_multiple(watched: Watched, entity: str, ledgers: tuple[Ledger, Ledger]) -> str:
    """Return "market", with what else moved: the figure below the line, the exchange rate."""
    kind: Kind | None = None if watched.below in BELOW else "ttm"
    before, after = (ledger.latest(entity, watched.below, kind=kind) for ledger in ledgers)
    rates = [ledger.latest(entity, "exchange_rate").value for ledger in ledgers]
    found = ["market"]
    if before.value != after.value:
        filed = "new filing" if before.period != after.period else "source restated"
        found.append(BELOW.get(watched.below, filed))
    if rates[0] != rates[1] and watched.below not in BELOW:
        found.append("exchange rate")
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"


def moves_table(ledger: Ledger, previous: Ledger) -> Exhibit | None:
    """Return the moved figures as a full-width table; None where none moved."""
    found = moves(ledger, previous)
    if not found:
        return None
    then, now = day_in_words(previous.until), day_in_words(ledger.until)
    columns = (
        Column(label="Figure", kind="text", share=34),
        Column(label=f"Issue of {then}", share=26),
        Column(label=f"This issue, {now}", share=26),
        Column(label="Cause", kind="text", share=36),
    )
    rows = tuple(
        Row(
            head=say("{label}", label=move.watched.label),
            cells=(
                say("{then}", then=move.then),
                say("{now}", now=move.now),
                say("{cause}", cause=capital(move.cause)),
            ),
        )
        for move in found
    )
    title = say("{n} moved since the last issue", n=capital(count_in_words(len(found), "figure")))
    subtitle = say("Figures that differ between the two issues; those that did not move are left out")
    return exhibit("moves", title, subtitle, table=Table(columns=columns, rows=rows), width="full", as_of=ledger.until)
