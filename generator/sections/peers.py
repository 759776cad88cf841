"""Peers: the company and its peers as a table, all money in one currency, gaps with their reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from generator.language import day_in_words, enumerated, is_phrase, msgid, phrase, translated
from generator.model.brief import Column, Exhibit, Row, Table
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.period import Kind, month_in_words
from generator.model.text import Text, join, say
from generator.model.wording import Style
from generator.sections.phrases import against, compared, currency_name, exhibit, fitting
from generator.sections.spending import in_a_row
from generator.sections.valuation_table import estimate_days, forward_of

TITLE = 95
DASH = "–"
LISTED = msgid("{who} is listed in {currency}")
QUARTERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A column: its label, where its fact is found, how it is written, and what it is built from.

    A multiple is also built from a second figure, `then`, which is what lacks where the first one is known.
    """

    label: str
    metric: str
    name: str | None = None
    kind: Kind | None = None
    style: Style = ""
    root: str = ""
    then: str = ""


MEASURES: Mapping[str, Measure] = {
    "market_value": Measure(
        label=msgid("Market value, bn"), metric="market_value", style="bn", root="shares_outstanding"
    ),
    "revenue": Measure(label=msgid("Revenue TTM, bn"), metric="converted", name="revenue", style="bn", root="revenue"),
    "revenue_growth": Measure(label=msgid("Revenue growth"), metric="revenue_growth", kind="ttm", root="revenue"),
    "operating_margin": Measure(
        label=msgid("Operating margin"), metric="operating_margin", kind="ttm", root="operating_income"
    ),
    "net_margin": Measure(label=msgid("Net margin"), metric="net_margin", kind="ttm", root="net_income_attributable"),
    "capital_expenditure": Measure(
        label=msgid("Capex TTM, bn"),
        metric="converted",
        name="capital_expenditure",
        style="bn",
        root="capital_expenditure",
    ),
    "capex_intensity": Measure(
        label=msgid("Capex, % of revenue"), metric="capex_intensity", kind="ttm", root="capital_expenditure"
    ),
    "price_change": Measure(label=msgid("Price, year to date"), metric="price_change", name="ytd", style="signed"),
    "pe_ttm": Measure(label=msgid("P/E"), metric="pe_ttm", root="diluted_eps"),
    "pe_forward": Measure(label=msgid("P/E, forward"), metric="pe_forward", root="forward_eps"),
    "ps_ttm": Measure(label=msgid("P/S"), metric="ps_ttm", root="shares_outstanding", then="revenue"),
    "pb": Measure(label=msgid("P/B"), metric="pb", root="shares_outstanding", then="equity"),
    "ev_ebitda": Measure(label=msgid("EV/EBITDA"), metric="ev_ebitda", root="shares_outstanding", then="enterprise"),
    "fcf_yield": Measure(
        label=msgid("FCF yield"), metric="fcf_yield", root="shares_outstanding", then="free_cash_flow"
    ),
}
USUAL = (
    "market_value", "revenue", "revenue_growth", "net_margin", "capital_expenditure", "pe_ttm", "ps_ttm",
    "price_change",
)  # fmt: skip
ROOTS = {
    "shares_outstanding": msgid("share count"),
    "revenue": msgid("revenue"),
    "net_income_attributable": msgid("net income"),
    "capital_expenditure": msgid("capital expenditure"),
    "diluted_eps": msgid("diluted EPS"),
    "operating_income": msgid("operating income"),
    "equity": msgid("equity"),
    "free_cash_flow": msgid("free cash flow"),
    "forward_eps": msgid("recent EPS estimate"),
    "enterprise": msgid("parts of EV/EBITDA"),
}


def peer_table(ledger: Ledger, columns: Sequence[str] | None = None) -> Exhibit | None:
    """Return the subject and its peers in the columns asked for; None where the report names no peers."""
    if not ledger.peers:
        return None
    asked = tuple(columns or USUAL)
    measures = tuple(MEASURES[key] for key in asked)
    entities = (ledger.subject, *ledger.peers)
    grid = {entity: [_fact(ledger, entity, measure) for measure in measures] for entity in entities}
    dashed = any(_gap(a) and _gap(b) for facts in grid.values() for a, b in pairwise(facts))
    rows = tuple(
        Row(
            head=say("{who}", who=ledger.name_of(entity)),
            cells=tuple(
                _cell(fact, measure, dashed=dashed) for fact, measure in zip(grid[entity], measures, strict=True)
            ),
            kind="subject" if entity == ledger.subject else "",
        )
        for entity in entities
    )
    heads = (
        Column(label=phrase("Company"), kind="text", share=1.5),
        *(Column(label=translated(measure.label)) for measure in measures),
    )
    currency = currency_name(ledger, ledger.company.price_currency)
    day = day_in_words(ledger.latest(ledger.subject, "price").period.end)
    words = "Money in {currency}; twelve months to the newest quarter; prices of {day}"
    subtitle = (phrase(words, currency=currency, day=day),)
    title = fitting(ledger.wording, TITLE, *_titles(ledger, asked))
    days = estimate_days(ledger, entities) if "pe_forward" in asked else ()
    note = join(_rates(ledger), days, gaps(ledger, grid, measures, mark=DASH if dashed else phrase("n/a")))
    return exhibit("peers", title, subtitle, table=Table(columns=heads, rows=rows), width="full", note=note)


def _fact(ledger: Ledger, entity: str, measure: Measure) -> Fact:
    """Return the figure of a cell; money in another currency is translated, or left out."""
    if measure.metric == "pe_forward":
        return forward_of(ledger, entity)
    fact = ledger.latest(entity, measure.metric, name=measure.name, kind=measure.kind)
    if measure.kind == "ttm" and is_outdated(ledger, fact, measure.root):
        return ledger.missing(
            entity,
            measure.metric,
            reason=phrase("{what} of the newest twelve months is not known", what=translated(measure.label)),
        )
    other = fact.currency not in (None, ledger.company.price_currency)
    if not (fact.known and other):
        return fact
    at_home = ledger.latest(entity, "at_home", name=measure.name or measure.metric)
    reason = phrase(LISTED, who=ledger.name_of(entity), currency=currency_name(ledger, fact.currency or ""))
    return at_home if at_home.known else ledger.missing(entity, measure.metric, reason=reason)


def is_outdated(ledger: Ledger, fact: Fact, root: str) -> bool:
    """Tell whether newer twelve months are known than those a ratio is of."""
    newest = ledger.latest(fact.entity, root, kind="ttm", name="")
    return fact.known and newest.known and fact.period.end < newest.period.end


def _gap(fact: Fact) -> bool:
    return not fact.known


def _cell(fact: Fact, measure: Measure, *, dashed: bool) -> Text:
    """Return a figure; what is not known is n/a, or a dash where two of them would stand side by side."""
    if fact.known or fact.not_meaningful:
        return say(f"{{fact:{measure.style}}}", fact=fact)
    return say(DASH if dashed else "n/a")


def _rates(ledger: Ledger) -> Text:
    """Return the exchange rates that the table's money was translated at, with their days."""
    return join(
        _rates_of(ledger, "exchange_rate", phrase("Statements")),
        _rates_of(ledger, "peer_rate", phrase("Peers' amounts")),
    )


def _rates_of(ledger: Ledger, metric: str, what: str) -> Text:
    found: dict[str, Text] = {}
    for entity in (ledger.subject, *ledger.peers):
        rate = ledger.latest(entity, metric)
        if rate.known and rate.name not in found:
            found[rate.name] = say(
                "{rate} {name} of {day}", rate=rate, name=rate.name, day=day_in_words(rate.period.end)
            )
    return say("{what} translated at {all}.", what=what, all=join(*found.values(), by=phrase(", "))) if found else ()


def gaps(ledger: Ledger, grid: dict[str, list[Fact]], measures: Sequence[Measure], *, mark: str) -> Text:
    """Return why figures are missing, once a company: what is not in the sources, and which quarter breaks a sum."""
    texts = []
    for entity, facts in grid.items():
        cells = zip(facts, measures, strict=True)
        found = [
            _reason(ledger, entity, measure, fact)
            for fact, measure in cells
            if not fact.known and not fact.not_meaningful
        ]
        if found:
            texts.append(phrase("{who}: {finding}", who=ledger.name_of(entity), finding=_compressed(found)))
    return say("{mark} not in our sources ({why}).", mark=mark, why=phrase("; ").join(texts)) if texts else ()


def _compressed(found: list[tuple[str, str]]) -> str:
    """Return pairs of figure and gap with each gap named once: "revenue and net income (quarter to December 2024)"."""
    gaps_in: dict[str, list[str]] = {}
    for what, gap in dict.fromkeys(found):
        gaps_in.setdefault(gap, []).append(what)
    told = ((enumerated(names), gap) for gap, names in gaps_in.items())
    return phrase(", ").join(phrase("{what} ({why})", what=what, why=gap) if gap else what for what, gap in told)


def _reason(ledger: Ledger, entity: str, measure: Measure, fact: Fact) -> tuple[str, str]:
    """Return what is missing for a cell, and in which period or on which basis."""
    if is_phrase(LISTED, fact.reason):
        listed_in = phrase(
            "listed in {currency}", currency=currency_name(ledger, ledger.companies[entity].price_currency)
        )
        return phrase("amounts in {currency}", currency=currency_name(ledger, ledger.company.price_currency)), listed_in
    if not measure.root:
        return phrase("price history"), ""
    if measure.root == "capital_expenditure":
        for key, basis in (
            ("capital_expenditure_net", phrase("only net of incentives")),
            ("capital_expenditure_with_leases", phrase("only with finance leases")),
        ):
            if ledger.latest(entity, key).known:
                return phrase("capital expenditure"), basis
    if fact.metric == "revenue_growth" and ledger.latest(entity, "revenue", kind="ttm").known:
        return phrase("revenue"), phrase("year before")
    root = measure.then if measure.then and ledger.latest(entity, "market_value").known else measure.root
    return translated(ROOTS[root]), _broken(ledger, entity, root)


def _broken(ledger: Ledger, entity: str, metric: str) -> str:
    """Return "quarter to December 2024" if that quarter breaks the sum of the last four."""
    facts = tuple(
        fact for fact in ledger.current(entity, metric, kind="quarter", name="") if fact.known and fact.period.start
    )
    if not facts:
        return ""
    row = in_a_row(facts)
    start = row[0].period.start
    if len(row) >= QUARTERS or start is None:
        return ""
    return phrase("quarter to {month}", month=month_in_words(start - timedelta(days=1)))


def _titles(ledger: Ledger, asked: Sequence[str]) -> list[Text]:
    """Return where the company stands by multiple and by growth, as far as the table shows them, most telling first."""
    who = ledger.company.short_name
    own, middle = ledger.latest(ledger.subject, "pe_ttm"), ledger.latest(ledger.subject, "peer_median", name="pe_ttm")
    growth, others = (
        ledger.latest(ledger.subject, "revenue_growth", kind="ttm"),
        ledger.latest(ledger.subject, "peer_median", name="revenue_growth"),
    )
    titles = []
    if own.known and middle.known and "pe_ttm" in asked:
        price = phrase("{side} the peers' median", side=against(own, middle))
        if growth.known and others.known and "revenue_growth" in asked:
            titles.append(
                say(
                    "At {own} earnings {who} stands {price}, and grows {pace}",
                    own=own,
                    who=who,
                    price=price,
                    pace=_pace(growth, others),
                )
            )
        titles.append(
            say("At {own} earnings {who} stands {price} of {middle}", own=own, who=who, price=price, middle=middle)
        )
    titles.append(say("{who} beside its peers", who=who))
    return titles


def _pace(growth: Fact, others: Fact) -> str:
    side = compared(growth, others)
    return (
        phrase("at their pace")
        if not side
        else phrase("faster than they do")
        if side > 0
        else phrase("more slowly than they do")
    )
