"""Strategic investments: the plan and its size, what was spent so far, first results, products and regions."""

from __future__ import annotations

from generator.language import day_in_words, phrase, phrase_in
from generator.model.brief import Exhibit, Paragraph, Section
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.text import Part, Text, listed, say
from generator.sections.clauses import (
    cash_clause,
    cash_name,
    horizon,
    in_period,
    plan_amount,
    plan_shares,
    sentence_case,
)
from generator.sections.intensity import intensity_exhibit
from generator.sections.phrases import capital, moved, qualified, small
from generator.sections.plans import plan_exhibit, revisions
from generator.sections.readings import Plan, cash_of, has_desk_figures, plan_of, segment_of
from generator.sections.results import events, newest_figures, results
from generator.sections.setting import Setting
from generator.sections.spending import growth_exhibit, spending_exhibit


def build(ledger: Ledger, setting: Setting) -> Section:
    """Return the section; without any figure on investment it says so."""
    title = phrase("Strategic investments")
    if _nothing(ledger):
        why = ledger.latest(ledger.subject, "capital_expenditure", kind="ttm").reason
        why = phrase("{why}, and the desk's file has no plan", why=why)
        return Section(key="strategy", title=title, unavailable=why, words=setting.words)
    prose = tuple(
        Paragraph(lead=lead, sentences=sentences)
        for lead, sentences in (
            *_plan_paragraph(ledger),
            (phrase("Spending so far."), spending(ledger)),
            (phrase("Research and development."), research(ledger)),
            (phrase("Early results."), results(ledger)),
            (phrase("Later news."), events(ledger)),
        )
        if sentences
    )
    return Section(
        key="strategy",
        title=title,
        lede=_lede(ledger),
        prose=prose,
        exhibits=_exhibits(ledger, setting),
        callouts=newest_figures(ledger),
        words=setting.words,
    )


def _nothing(ledger: Ledger) -> bool:
    """Whether neither statements nor the desk's file say what the company invests or what came of it."""
    keys = (
        "capital_expenditure",
        "capital_expenditure_net",
        "capital_expenditure_with_leases",
        "research_and_development",
    )
    spent = any(fact.known for key in keys for fact in ledger.all(ledger.subject, key))
    said = (plan_of(ledger, ledger.subject), segment_of(ledger), cash_of(ledger))
    return not spent and all(each is None for each in said) and not events(ledger)


def _exhibits(ledger: Ledger, setting: Setting) -> tuple[Exhibit, ...]:
    """Return the charts there are figures for; an odd one is left out, unless a check of data stands beside it."""
    charts = (plan_exhibit, growth_exhibit, intensity_exhibit, spending_exhibit)
    found = [drawn for chart in charts if (drawn := chart(ledger, setting)) is not None]
    whole = len(found) % 2 == 0 or len(found) == 1 or bool(newest_figures(ledger))
    return tuple(found if whole else found[:-1])


def _lede(ledger: Ledger) -> Text:
    """The answer: how large the investment is beside revenue, cash flow and the largest rival's."""
    plan = plan_of(ledger, ledger.subject)
    if plan is not None and not plan.ended and plan_shares(plan):
        year = plan.year_converted if plan.year_converted.known else plan.year
        head = say("The plan is {year} a year, {shares}", year=year, shares=plan_shares(plan))
        rival = ledger.latest(ledger.subject, "plan_against_rival")
        if rival.number is None:
            return say("{head}.", head=head)
        return say("{head}; {beside}.", head=head, beside=beside_rival(ledger, rival))
    share = ledger.latest(ledger.subject, "capex_intensity", kind="ttm")
    if share.known:
        return say("Capital expenditure took {share} of revenue {when}.", share=share, when=in_period(share.period))
    return say("What the company invests is known only in part.")


def beside_rival(ledger: Ledger, ratio: Fact) -> Text:
    """Return "that is 14.7% of the yearly plan of Amazon", the largest among the peers."""
    who = ledger.name_of(ratio.name)
    return say("that is {ratio} of the yearly plan of {who}, the largest among the peers", who=who, ratio=ratio)


def _plan_paragraph(ledger: Ledger) -> tuple[tuple[str, tuple[Text, ...]], ...]:
    plan = plan_of(ledger, ledger.subject)
    if plan is None:
        return (("", _no_plan(ledger)),)
    lead = phrase("{plan}.", plan=plan.total.name or phrase("The plan"))
    return ((lead, plan_sentences(ledger, plan)),)


def _no_plan(ledger: Ledger) -> tuple[Text, ...]:
    """Say that what follows comes from statements alone, if there is anything to follow."""
    if not ledger.latest(ledger.subject, "capital_expenditure", kind="ttm").known:
        return ()
    who = ledger.company.short_name
    if has_desk_figures(ledger):
        return (
            say("No investment plan of {who} is in the desk's file; spending is read from the statements.", who=who),
        )
    head = (
        "No desk file is kept on {who}: what follows is capital expenditure and research as its statements show them."
    )
    return (say(head, who=who),)


def plan_sentences(ledger: Ledger, plan: Plan) -> tuple[Text, ...]:
    """Return the plan's total, horizon, yearly part, shares, and what was said of it since."""
    who = ledger.company.short_name
    day = day_in_words(plan.total.published_on)
    amount: dict[str, Part] = {"who": who, "amount": plan_amount(plan), "when": horizon(plan), "day": day}
    if plan.ended:
        first = say("{who} planned {amount} {when}; that plan has ended, and no newer one is in our sources.", **amount)
    else:
        first = say("{who} plans to invest {amount} {when}, as published on {day}.", **amount)
    sentences = [first]
    if plan.years > 1:
        sentences.append(_per_year(plan))
    elif plan_shares(plan) and not plan.ended:
        sentences.append(say("That is {shares}.", shares=plan_shares(plan)))
    sentences.extend(_for_scale(ledger, plan))
    return (*sentences, *revisions(plan))


def _per_year(plan: Plan) -> Text:
    year = say("{year}", year=plan.year)
    if plan.year_converted.known and plan.year_converted.currency != plan.year.currency:
        year = say("{year} ({converted})", year=plan.year, converted=plan.year_converted)
    if not plan_shares(plan):
        return say("Spread evenly it is {year} a year.", year=year)
    return say("Spread evenly it is {year} a year: {shares}.", year=year, shares=plan_shares(plan))


def _for_scale(ledger: Ledger, plan: Plan) -> tuple[Text, ...]:
    """Set the plan against the capital expenditure of a longer stretch that the desk's file names."""
    past = [
        fact for fact in ledger.current(ledger.subject, "capital_expenditure", kind="window") if fact.number is not None
    ]
    if not past or past[-1].currency != plan.total.currency or not past[-1].name:
        return ()
    larger = (plan.total.number or 0.0) > (past[-1].number or 0.0)
    more = phrase_in("of an amount", "more") if larger else phrase_in("of an amount", "less")
    head = "That is {more} than the {past} of capital expenditure before it ({what})."
    return (say(head, more=more, past=past[-1], what=small(past[-1].name)),)


def spending(ledger: Ledger) -> tuple[Text, ...]:
    """Return capital expenditure of twelve months and of the newest quarter, and what it leaves of the cash flow."""
    total = ledger.latest(ledger.subject, "capital_expenditure", kind="ttm")
    if not total.known:
        return _other_basis(ledger, total)
    share, cash_share = (
        ledger.at(ledger.subject, key, total.period) for key in ("capex_intensity", "capex_to_cash_flow")
    )
    parts = [say("{share} of revenue", share=share)] if share.known else []
    parts += [say("{share} of operating cash flow", share=cash_share)] if cash_share.known else []
    tail = say(", {parts}", parts=listed(parts)) if parts else ()
    head = say("Capital expenditure was {total} {when}{tail}.", total=total, when=in_period(total.period), tail=tail)
    return (head, *_newest_quarter(ledger), *_guidance(ledger, total), *_cash(ledger))


def _other_basis(ledger: Ledger, missing: Fact) -> tuple[Text, ...]:
    """Capital expenditure on another basis, named as such, where cash paid for property is not published."""
    for key in ("capital_expenditure_net", "capital_expenditure_with_leases"):
        fact = ledger.latest(ledger.subject, key, kind="ttm")
        if fact.known:
            label = capital(fact.label)
            return (
                say("{label} was {fact} {when}.", label=label, fact=fact, when=in_period(fact.period)),
                *_cash(ledger),
            )
    return (say("Capital expenditure is not available: {why}.", why=missing.reason), *_cash(ledger))


def _newest_quarter(ledger: Ledger) -> tuple[Text, ...]:
    quarter = ledger.latest(ledger.subject, "capital_expenditure", kind="quarter", name="")
    if not quarter.known:
        return ()
    growth = ledger.at(ledger.subject, "capex_growth", quarter.period)
    if growth.number is None:
        return (say("In the newest quarter, to {until}, it was {quarter}.", until=_until(quarter), quarter=quarter),)
    parts: dict[str, Part] = {"until": _until(quarter), "quarter": quarter, "growth": growth}
    way = moved(growth, up=phrase("more"), down=phrase("less"), flat="")
    if not way:
        return (say("In the newest quarter, to {until}, it was {quarter}, about as much as a year before.", **parts),)
    return (
        say(
            "In the newest quarter, to {until}, it was {quarter}, {growth:abs} {way} than a year before.",
            **parts,
            way=way,
        ),
    )


def _guidance(ledger: Ledger, total: Fact) -> tuple[Text, ...]:
    """What the company said it would spend in a period after the last statements."""
    said = ledger.latest(ledger.subject, "capex_guidance")
    if not said.known or not said.confirmed or said.period.end <= total.period.end:
        return ()
    parts: dict[str, Part] = {"until": _until(said), "about": qualified(said), "said": said}
    what = small(said.name or said.label)
    return (say("Its guidance for the period to {until} is {about}{said} ({what}).", **parts, what=what),)


def _until(fact: Fact) -> str:
    return day_in_words(fact.period.end)


def _cash(ledger: Ledger) -> tuple[Text, ...]:
    cash = cash_of(ledger)
    return (say("{text}.", text=sentence_case(cash_clause(cash, name=cash_name(cash)))),) if cash is not None else ()


def research(ledger: Ledger) -> tuple[Text, ...]:
    """Return spending on research and development, or that it is not published."""
    total = ledger.latest(ledger.subject, "research_and_development", kind="ttm")
    if not total.known:
        return (say("It cannot be shown: {why}.", why=total.reason),)
    share = ledger.at(ledger.subject, "rd_intensity", total.period)
    when = in_period(total.period)
    if not share.known:
        return (say("It took {total} {when}.", total=total, when=when),)
    return (say("It took {total} {when}, {share} of revenue.", total=total, when=when, share=share),)
