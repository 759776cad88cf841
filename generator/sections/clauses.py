"""Clauses: parts of sentences that several sections use, each in its variants."""

from __future__ import annotations

from generator.language import counted, day_in_words, phrase
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.period import Period, month_in_words
from generator.model.text import Part, Text, listed, say
from generator.sections.phrases import capital, moved, qualified, small
from generator.sections.readings import Cash, Plan, Segment, upside_of


def in_period(period: Period) -> str:
    """Return "in the quarter to June 2025", "over the twelve months to June 2025", "on 2 October 2025"."""
    match period.kind:
        case "quarter" | "half" | "nine_months":
            return phrase("in the {period}", period=period.label)
        case "ttm":
            return phrase("over the twelve months to {month}", month=month_in_words(period.end))
        case "fiscal_year":
            return phrase("in {year}", year=period.label)
        case "instant":
            return phrase("on {day}", day=period.label)
        case _:
            return phrase("to {day}", day=day_in_words(period.end))


def sentence_case(text: Text) -> Text:
    """Return a text with a capital first letter."""
    return (capital(text[0]), *text[1:]) if text and isinstance(text[0], str) else text


def flow_name(fact: Fact) -> str:
    """Return "inflow" or "outflow"."""
    return phrase("outflow") if (fact.number or 0.0) < 0 else phrase("inflow")


def cash_name(cash: Cash) -> str:
    """Return what is called free cash flow."""
    return (
        phrase("free cash flow as the company defines it")
        if cash.by_company
        else phrase("free cash flow, operating cash flow less capex,")
    )


def cash_clause(cash: Cash, *, name: str = "") -> Text:
    """Return "free cash flow was an outflow of ... in ..., against an inflow of ... a year before" or what fits."""
    when = in_period(cash.now.period)
    parts: dict[str, Part] = {
        "name": name or phrase("free cash flow"),
        "now": cash.now,
        "before": cash.before,
        "growth": cash.growth,
        "when": when,
    }
    kinds: dict[str, Part] = {"one": flow_name(cash.now), "other": flow_name(cash.before)}
    if not cash.before.known:
        return say("{name} was an {one} of {now:abs} {when}; the figure a year before is not known", **parts, **kinds)
    if cash.turned:
        return say(
            "{name} was an {one} of {now:abs} {when}, against an {other} of {before:abs} a year before",
            **parts,
            **kinds,
        )
    if (cash.now.number or 0.0) < 0:
        wider = phrase("wider") if (cash.now.number or 0.0) < (cash.before.number or 0.0) else phrase("smaller")
        head = "{name} was an {one} of {now:abs} {when}, {wider} than the {before:abs} of a year before"
        return say(head, **parts, **kinds, wider=wider)
    if cash.growth.known:
        way = moved(cash.growth, up=phrase("up"), down=phrase("down"), flat="")
        head = "{name} was {now} {when}, {way} {growth:abs} from {before} a year before"
        level = "{name} was {now} {when}, little changed from {before} a year before"
        return say(head if way else level, **parts, way=way)
    return say("{name} was {now} {when}, against {before} a year before", **parts)


def horizon(plan: Plan) -> str:
    """Return "over three years" or "in the year to 31 December 2025"."""
    if plan.years > 1:
        return phrase("over {years}", years=counted(plan.years, "{count} year", "{count} years"))
    return phrase("in the year to {day}", day=day_in_words(plan.total.period.end))


def plan_amount(plan: Plan) -> Text:
    """Return "at least RMB 380bn (about US$53bn)", the bracket only for another currency."""
    amount = say("{least}{total}", least=qualified(plan.total), total=plan.total)
    if plan.total.currency == plan.total_converted.currency or not plan.total_converted.known:
        return amount
    return say("{amount} (about {converted:whole})", amount=amount, converted=plan.total_converted)


def plan_shares(plan: Plan) -> Text:
    """Return "12.7% of twelve-month revenue and 84.1% of operating cash flow", as far as known."""
    parts = []
    if plan.of_revenue.known:
        parts.append(say("{share} of twelve-month revenue", share=plan.of_revenue))
    if plan.of_cash_flow.known:
        parts.append(say("{share} of operating cash flow", share=plan.of_cash_flow))
    return listed(parts)


def segment_clause(segment: Segment) -> Text:
    """Return "Cloud revenue rose 26% in the quarter to June 2025, after 18% in the quarter to March 2025"."""
    growth = segment.growth
    value = growth.number or 0.0
    head = "{name} revenue {moved} {growth:abs} {when}" if value else "{name} revenue did not change {when}"
    moved = phrase("rose") if value > 0 else phrase("fell")
    text = say(head, name=growth.name, moved=moved, growth=growth, when=in_period(growth.period))
    if not segment.earlier:
        return text
    last = segment.earlier[-1]
    return say("{text}, after {last:signed} {when}", text=text, last=last, when=in_period(last.period))


def streak_clause(segment: Segment) -> Text:
    """Return "triple-digit growth of ... has lasted 8 quarters", or nothing."""
    if not segment.streak.known:
        return ()
    one = segment.streak.number == 1
    template = "{what} has lasted {count} quarter" if one else "{what} has lasted {count} quarters"
    return say(template, what=small(segment.streak.name), count=segment.streak)


def target_clause(ledger: Ledger, target: Fact, *, what: str) -> Text:
    """Return "the newest house target (Morgan Stanley, 29 September 2025) is 5.6% above the close", or below it."""
    upside = upside_of(ledger, target)
    day = day_in_words(target.published_on)
    who = phrase("{name}, {day}", name=target.name, day=day) if target.name else day
    if not upside.known:
        return say("{what} is {target} ({who})", what=what, target=target, who=who)
    value = upside.number or 0.0
    if abs(value) < 0.0005:
        return say("{what}, {target} ({who}), equals the close", what=what, target=target, who=who)
    side = phrase("above") if value > 0 else phrase("below")
    return say(
        "{what}, {target} ({who}), is {upside:abs} {side} the close",
        what=what,
        target=target,
        who=who,
        upside=upside,
        side=side,
    )
