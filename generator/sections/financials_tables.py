"""The tables and charts of the financial summary: columns are chosen from the periods that are known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from generator.analysis.statements import is_derived
from generator.language import enumerated, is_phrase, msgid, phrase, translated
from generator.language.days import day_of_year, short_month
from generator.model.brief import Exhibit
from generator.model.fact import PER_SECURITY, Fact
from generator.model.ledger import Ledger
from generator.model.period import Period
from generator.model.text import Text, join, listed, say
from generator.model.wording import Style
from generator.sections.figures import (
    QUARTERS,
    YEARS,
    cash_flows,
    periods_of,
    reported,
    style_of,
    unit_of,
)
from generator.sections.grids import Line, gap_note, grid, kept, left_out
from generator.sections.phrases import capital, day_of, exhibit, fitting, mark_of, moved, name_of, small

FULL = 95
HELD_ELSEWHERE = msgid("{what} of {period} is held in {currency} only")
FLOWS = (
    ("revenue", msgid("Revenue")),
    ("revenue_growth", msgid("Revenue growth")),
    ("gross_profit", msgid("Gross profit")),
    ("gross_margin", msgid("Gross margin")),
    ("operating_income", msgid("Operating income")),
    ("operating_margin", msgid("Operating margin")),
    ("net_income_attributable", msgid("Net income to shareholders")),
    ("net_income", msgid("Net income before minorities")),
    ("net_margin", msgid("Net margin")),
    ("diluted_eps", msgid("Diluted EPS")),
    ("operating_cash_flow", msgid("Operating cash flow")),
    ("capital_expenditure", msgid("Capital expenditure")),
    ("free_cash_flow", msgid("Free cash flow: operating cash flow less capex")),
    ("free_cash_flow_company", msgid("Free cash flow: company's definition")),
)
STOCKS = (("cash_and_investments", msgid("Cash and short-term investments")), ("total_debt", msgid("Debt")))
TRANSLATED = (
    ("revenue", msgid("Revenue")), ("net_income_attributable", msgid("Net income to shareholders")),
    ("operating_cash_flow", msgid("Operating cash flow")), ("capital_expenditure", msgid("Capital expenditure")),
    ("free_cash_flow", msgid("Free cash flow")),
)  # fmt: skip


def _lines(ledger: Ledger, periods: Sequence[Period], style: Style) -> list[Line]:
    lines = [
        Line(
            head=_head(ledger, key, translated(label)),
            facts=tuple(_at(ledger, key, period) for period in periods),
            style=style,
        )
        for key, label in FLOWS
    ]
    lines += [
        Line(head=translated(label), facts=tuple(_on(ledger, key, period.end) for period in periods), style=style)
        for key, label in STOCKS
    ]
    have = {line.head for line in lines if not line.empty}
    double = phrase("Net income before minorities") if phrase("Net income to shareholders") in have else ""
    return [line for line in lines if line.head != double]


def _head(ledger: Ledger, key: str, label: str) -> str:
    """Return a line's head; per-share figures name their currency and security."""
    fact = ledger.latest(ledger.subject, key)
    if fact.unit not in PER_SECURITY:
        return label
    return phrase(
        "{label}, {mark} per {security}",
        label=label,
        mark=mark_of(ledger, fact.currency),
        security=ledger.company.security,
    )


def _at(ledger: Ledger, key: str, period: Period) -> Fact:
    """Return a figure of a period in the reported currency; a year not reported by itself is its four quarters."""
    fact = ledger.at(ledger.subject, key, period)
    if period.kind == "fiscal_year" and not fact.known:
        months = ledger.current(ledger.subject, key, kind="ttm", name="")
        fact = next((each for each in months if each.known and not each.stated and each.period.end == period.end), fact)
    if fact.known and not (fact.confirmed and reported(ledger, fact)):
        currency = mark_of(ledger, fact.currency)
        why = phrase(HELD_ELSEWHERE, what=fact.label, period=period.label, currency=currency)
        return ledger.missing(ledger.subject, key, period=period, reason=why)
    return fact


def _on(ledger: Ledger, key: str, day: date) -> Fact:
    """Return a balance-sheet figure of the day a period ends."""
    return _at(ledger, key, Period.instant(day))


def year_end(ledger: Ledger) -> str:
    """Return the last day of the fiscal year in words: "31 March"."""
    month, _, day = ledger.company.fiscal_year_end.partition("-")
    return day_of_year(int(month), int(day))


def years(ledger: Ledger, most: int = YEARS) -> Exhibit | None:
    """Return the table of fiscal years with the twelve months since as its last column."""
    periods = list(periods_of(ledger, "fiscal_year", most))
    newest = periods_of(ledger, "ttm", 1)
    if newest and (not periods or newest[-1].end > periods[-1].end):
        periods.append(newest[-1])
    if not periods:
        return None
    every = _lines(ledger, periods, style_of(ledger))
    lines = kept(line for line in every if not seldom(line))
    heads = [
        period.label if period.kind == "fiscal_year" else phrase("TTM {month}", month=_short(period))
        for period in periods
    ]
    table = grid(unit_of(ledger), heads, lines)
    words = "Fiscal years to {end}, as reported, {unit} unless marked; a balance stands at the end of its period"
    subtitle = say(words, end=year_end(ledger), unit=unit_of(ledger))
    note = join(
        translation(ledger), _summed(lines), _scopes(lines), _other_currency(lines), _seldom(every), left_out(every),
        gap_note(lines),
    )  # fmt: skip
    return exhibit("fiscal_years", _years_title(ledger), subtitle, table=table, width="full", note=note)


def seldom(line: Line) -> bool:
    """Tell whether a line is known in less than a third of its columns."""
    return 0 < sum(fact.known for fact in line.facts) < len(line.facts) / 3


def _seldom(lines: Sequence[Line]) -> Text:
    """Name the lines that are known too seldom for a row, with their newest figure."""
    newest = [(line, next(fact for fact in reversed(line.facts) if fact.known)) for line in lines if seldom(line)]
    each = [say("{head} {x} ({period})", head=line.head, x=fact, period=fact.period.label) for line, fact in newest]
    return say("Known too seldom for a row: {all}.", all=join(*each, by=phrase("; "))) if each else ()


def _summed(lines: Sequence[Line]) -> Text:
    """Say that years not reported by themselves are sums of their quarters, where the table holds any."""
    years = [fact for line in lines for fact in line.facts[:-1]]
    summed = any(fact.period.kind == "ttm" and fact.known for fact in years)
    return say("A year not reported by itself is the sum of its quarters.") if summed else ()


def _scopes(lines: Sequence[Line]) -> Text:
    """Say that a balance is stated for some days and computed for others, which may differ in scope."""
    heads = {translated(label) for _, label in STOCKS}
    mixed = [
        line.head for line in lines
        if line.head in heads and len({fact.stated for fact in line.facts if fact.known}) > 1
    ]  # fmt: skip
    words = "{names}: the company's own sum where it states one, else computed from its parts; the scopes may differ."
    return say(words, names=enumerated(mixed)) if mixed else ()


def _other_currency(lines: Sequence[Line]) -> Text:
    """Name the figures that are held in another currency only."""
    reasons = [fact.reason for line in lines for fact in line.facts if is_phrase(HELD_ELSEWHERE, fact.reason)]
    return say("{reasons}.", reasons=capital(phrase("; ").join(dict.fromkeys(reasons)))) if reasons else ()


def _short(period: Period) -> str:
    return short_month(period.end - timedelta(days=7))


def _years_title(ledger: Ledger) -> Text:
    """Say what revenue and income did in the newest fiscal year whose growth is known."""
    revenue = ledger.latest(ledger.subject, "revenue_growth", kind="fiscal_year")
    plain = say("{name} by fiscal year", name=name_of(ledger, ledger.subject))
    if not revenue.known:
        return plain
    income = ledger.at(ledger.subject, "income_growth", revenue.period)
    flow = ledger.at(ledger.subject, "fcf_growth", revenue.period)
    head = _clause(phrase("Revenue"), revenue)
    tails = [
        _clause(what, fact)
        for what, fact in ((phrase("net income"), income), (phrase("free cash flow"), flow))
        if fact.known
    ]
    year = revenue.period.label
    full = say("{all} in {year}", all=_and(head, *tails), year=year)
    short = say("{all} in {year}", all=_and(head, *tails[:1]), year=year)
    return fitting(ledger.wording, FULL, full, short, say("{head} in {year}", head=head, year=year))


def _and(*clauses: Text) -> Text:
    return listed(clauses, clauses=True)


def _clause(what: str, change: Fact) -> Text:
    verb = moved(change, flat="")
    if not verb:
        return say("{what} was little changed", what=what)
    return say("{what} {verb} {x:abs}", what=what, verb=verb, x=change)


def quarters(ledger: Ledger, most: int = QUARTERS) -> Exhibit | None:
    """Return the table of the newest quarters."""
    periods = periods_of(ledger, "quarter", most)
    if not periods:
        return None
    every = _lines(ledger, periods, style_of(ledger))
    lines = kept(line for line in every if not seldom(line))
    table = grid(unit_of(ledger), [_short(period) for period in periods], lines)
    derived = any(is_derived(fact) for line in lines for fact in line.facts)
    note = join(
        say("Growth is against the same quarter a year before."),
        say("A quarter not reported by itself is the longer period less the part before it.") if derived else (),
        _scopes(lines), _other_currency(lines), _seldom(every), left_out(every), gap_note(lines),
    )  # fmt: skip
    subtitle = say("Quarters by the month they end in, as reported, {unit} unless marked", unit=unit_of(ledger))
    return exhibit("quarters", _quarters_title(ledger), subtitle, table=table, width="full", note=note)


def _quarters_title(ledger: Ledger) -> Text:
    revenue = ledger.latest(ledger.subject, "revenue_growth", kind="quarter")
    plain = say("{name} by quarter", name=name_of(ledger, ledger.subject))
    flows = [fact for fact in cash_flows(ledger) if not revenue.known or fact.period.end == revenue.period.end]
    if not revenue.known:
        return plain
    short = say("{head} in the {period}", head=_clause(phrase("Revenue"), revenue), period=revenue.period.label)
    if not flows:
        return fitting(ledger.wording, FULL, short, plain)
    kind = phrase("an outflow") if (flows[-1].number or 0.0) < 0 else phrase("an inflow")
    tail = say("free cash flow was {kind} of {x:abs}", kind=kind, x=flows[-1])
    return fitting(ledger.wording, FULL, say("{head}; {tail}", head=short, tail=tail), short, plain)


def translation(ledger: Ledger) -> Text:
    """Return twelve-month figures in the currency of the price, marked as a translation with rate and day."""
    company, rate = ledger.company, ledger.latest(ledger.subject, "exchange_rate")
    if company.price_currency == company.statement_currency or not rate.known:
        return ()
    pairs = [(label, ledger.latest(ledger.subject, "converted", name=key)) for key, label in TRANSLATED]
    shown = [say("{label} {x}", label=small(translated(label)), x=fact) for label, fact in pairs if fact.known]
    if not shown:
        return ()
    words = "Convenience translation of the last column at {rate} {name} ({day}): {all}."
    return say(words, rate=rate, name=rate.name, day=day_of(rate), all=listed(shown))


def _cell(fact: Fact, style: Style) -> Text:
    return say(f"{{fact:{style}}}", fact=fact)
