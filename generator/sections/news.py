"""News: what became public about the company since a day, one dated row each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.language import counted, day_in_words, enumerated, phrase
from generator.model.brief import Column, Exhibit, Row, Table
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.text import Text, listed, say
from generator.sections.phrases import capital, exhibit, fitting, qualified
from generator.sections.readings import cash_of, plan_of, upside_of

TITLE = 95
MOST_ROWS = 7
MOST_TARGETS = 3
MOST_EVENTS = 2
KINDS = ("plan", "market share", "target", "event")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that became public: its day, what it says, and who published it."""

    kind: str
    day: date
    what: Text
    publisher: str


def news(ledger: Ledger, since: date) -> tuple[Item, ...]:
    """Return what became public after a day, newest first; statements and plans are kept before single events."""
    groups = (_statements(ledger), _plans(ledger), _shares(ledger), _targets(ledger), _events(ledger))
    kept: list[Item] = []
    for group in groups:
        kept.extend(item for item in group if item.day > since)
    return tuple(sorted(kept[:MOST_ROWS], key=lambda item: item.day, reverse=True))


def news_table(ledger: Ledger, since: date) -> Exhibit | None:
    """Return the rows as a full-width table; None where nothing became public."""
    items = news(ledger, since)
    if not items:
        return None
    columns = (
        Column(label=phrase("Published"), kind="text", share=17),
        Column(label=phrase("What became public"), kind="text", share=75),
        Column(label=phrase("Publisher"), kind="text", share=30),
    )
    rows = tuple(
        Row(head=say("{day}", day=day_in_words(item.day)), cells=(item.what, say("{who}", who=item.publisher)))
        for item in items
    )
    title = fitting(ledger.wording, TITLE, *_titles(ledger, items))
    subtitle = say("Statements, plans, shares, targets and events published after {day}", day=day_in_words(since))
    return exhibit("news", title, subtitle, table=Table(columns=columns, rows=rows), width="full", as_of=ledger.until)


def _titles(ledger: Ledger, items: tuple[Item, ...]) -> list[Text]:
    """Return "Results of the quarter to June 2025, two plans and three events became public", and shorter wordings."""
    kinds = [item.kind for item in items]
    quarter = ledger.latest(ledger.subject, "revenue", kind="quarter", name="").period.label
    results = [phrase("results of the {quarter}", quarter=quarter)] if "results" in kinds else []
    counts = [_counted(kind, kinds.count(kind)) for kind in KINDS if kind in kinds]
    found = ([*results, *counts], [*results, *counts[-2:]], results or counts[-2:])
    return [say("{what} became public", what=capital(enumerated(names))) for names in found]


def _counted(kind: str, count: int) -> str:
    """Return "two plans" or what else became public so often."""
    match kind:
        case "plan":
            return counted(count, "{count} plan", "{count} plans")
        case "market share":
            return counted(count, "{count} market share", "{count} market shares")
        case "target":
            return counted(count, "{count} target", "{count} targets")
        case _:
            return counted(count, "{count} event", "{count} events")


def _item(kind: str, fact: Fact, what: Text) -> Item:
    return Item(
        kind=kind, day=fact.published_on, what=what, publisher=fact.sources[0].publisher if fact.sources else ""
    )


def _statements(ledger: Ledger) -> Iterator[Item]:
    """The newest quarter: revenue and net income with their growth, and free cash flow, in one row."""
    revenue = ledger.latest(ledger.subject, "revenue", kind="quarter", name="")
    if not revenue.known:
        return
    parts = [_grown(ledger, revenue, "revenue_growth", phrase("revenue"))]
    income = ledger.at(ledger.subject, "net_income_attributable", revenue.period)
    if income.known:
        parts.append(_grown(ledger, income, "income_growth", phrase("net income")))
    cash = cash_of(ledger)
    if cash is not None and cash.now.period == revenue.period:
        before = say(" ({before} a year before)", before=cash.before) if cash.before.known else ()
        parts.append(say("free cash flow {now}{before}", now=cash.now, before=before))
    yield _item("results", revenue, say("{what}: {all}", what=capital(revenue.period.label), all=listed(parts)))


def _grown(ledger: Ledger, fact: Fact, growth_of: str, name: str) -> Text:
    """Return a figure with its growth over a year in brackets, where that is known."""
    growth = ledger.at(ledger.subject, growth_of, fact.period)
    head = say("{name} {fact}", name=name, fact=fact)
    return say("{head} ({growth:signed})", head=head, growth=growth) if growth.known else head


def _plans(ledger: Ledger) -> Iterator[Item]:
    """New and revised plans of the company and its peers, with the figure they replace."""
    for entity in (ledger.subject, *ledger.peers):
        plan = plan_of(ledger, entity)
        if plan is None:
            continue
        who, name = ledger.name_of(entity), plan.total.name or phrase("investment plan")
        head = say("{who}: {name} {about}{total}", who=who, name=name, about=qualified(plan.total), total=plan.total)
        old = [say("{about}{old}", about=qualified(fact), old=fact) for fact in plan.replaced]
        yield _item("plan", plan.total, say("{head}; {old} before", head=head, old=listed(old)) if old else head)


def _shares(ledger: Ledger) -> Iterator[Item]:
    """The company's newest market share."""
    fact = ledger.latest(ledger.subject, "market_share")
    if fact.known and fact.confirmed:
        yield _item(
            "market share",
            fact,
            say("{market}: share of {fact}, {when}", market=fact.name, fact=fact, when=fact.period.label),
        )


def _targets(ledger: Ledger) -> Iterator[Item]:
    """House targets and mean targets, newest first, with their distance from the close where it can be said."""
    facts = [
        fact
        for metric in ("house_target", "target_mean")
        for fact in ledger.current(ledger.subject, metric)
        if fact.known and fact.confirmed
    ]
    for fact in sorted(facts, key=lambda fact: fact.published_on, reverse=True)[:MOST_TARGETS]:
        name = phrase("mean target") if fact.metric == "target_mean" else phrase("target")
        who = phrase("{label}: {all}", label=fact.name, all=name) if fact.name else capital(name)
        head = say("{who} {fact}", who=who, fact=fact)
        upside = upside_of(ledger, fact)
        comparable = upside.known and fact.currency == ledger.company.price_currency and fact.id in upside.inputs
        yield _item(
            "target",
            fact,
            say("{head}, {upside:signed} to the close", head=head, upside=upside) if comparable else head,
        )


def _events(ledger: Ledger) -> Iterator[Item]:
    """Events of the desk's file, the newest first."""
    facts = [fact for fact in ledger.current(ledger.subject, "event") if fact.known and fact.confirmed]
    for fact in sorted(facts, key=lambda fact: (fact.published_on, fact.period.end), reverse=True)[:MOST_EVENTS]:
        yield _item("event", fact, say("{event}", event=fact))
