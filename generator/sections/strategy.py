"""Strategic investments: the plan and its size, what was spent so far, first results, products and regions."""

from __future__ import annotations

from datetime import timedelta

from generator.model.brief import Callout, Exhibit, Paragraph, Section
from generator.model.fact import Fact, Unit
from generator.model.ledger import Ledger
from generator.model.period import day_in_words
from generator.model.text import Part, Text, join, listed, say
from generator.sections.clauses import (
    cash_clause,
    cash_name,
    horizon,
    in_period,
    lower_first,
    plan_amount,
    plan_shares,
    segment_clause,
    sentence_case,
    streak_clause,
)
from generator.sections.phrases import capital, count_in_words, moved, qualified
from generator.sections.plans import plan_exhibit, revisions
from generator.sections.readings import Plan, cash_of, has_desk_figures, plan_of, segment_of
from generator.sections.setting import Setting
from generator.sections.spending import growth_exhibit, in_a_row, spending_exhibit

EVENT_DAYS = timedelta(days=120)
MOST_EVENTS = 4
MOST_COUNT = 1e6


def build(ledger: Ledger, setting: Setting) -> Section:
    """Return the section; without any figure on investment it says so."""
    title = "Strategic investments"
    prose = tuple(
        Paragraph(lead=lead, sentences=sentences)
        for lead, sentences in (
            *_plan_paragraph(ledger),
            ("Spending so far.", spending(ledger)),
            ("Research.", research(ledger)),
            ("Early results.", results(ledger)),
            ("Products and regions.", events(ledger)),
        )
        if sentences
    )
    if not prose:
        why = ledger.latest(ledger.subject, "capital_expenditure", kind="ttm").reason
        return Section(key="strategy", title=title, unavailable=f"{why}, and the desk's file has no plan", words=setting.words)
    callouts = newest_figures(ledger)
    return Section(
        key="strategy",
        title=title,
        lede=_lede(ledger),
        prose=prose,
        exhibits=_exhibits(ledger, setting, beside=bool(callouts)),
        callouts=callouts,
        words=setting.words,
    )


def _exhibits(ledger: Ledger, setting: Setting, *, beside: bool) -> tuple[Exhibit, ...]:
    """Return the charts; spending by quarter comes in where it fills a row or stands beside the callout."""
    found = [each for each in (plan_exhibit(ledger, setting), growth_exhibit(ledger, setting)) if each is not None]
    if len(found) != 2 or beside:
        more = spending_exhibit(ledger, setting)
        found.extend((more,) if more is not None else ())
    return tuple(found)


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
    return ((f"{plan.total.name or 'The plan'}.", plan_sentences(ledger, plan)),)


def _no_plan(ledger: Ledger) -> tuple[Text, ...]:
    """Say that what follows comes from statements alone, if there is anything to follow."""
    if not ledger.latest(ledger.subject, "capital_expenditure", kind="ttm").known:
        return ()
    who = ledger.company.short_name
    if has_desk_figures(ledger):
        return (say("No investment plan of {who} is in the desk's file; spending is read from the statements.", who=who),)
    return (say("No desk file is kept on {who}: what follows is capital expenditure and research as its statements show them.", who=who),)


def plan_sentences(ledger: Ledger, plan: Plan) -> tuple[Text, ...]:
    """Return the plan's total, horizon, yearly part, shares, and what was said of it since."""
    who = ledger.company.short_name
    amount: dict[str, Part] = {"who": who, "amount": plan_amount(plan), "when": horizon(plan), "day": day_in_words(plan.total.published_on)}
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
    past = [fact for fact in ledger.current(ledger.subject, "capital_expenditure", kind="window") if fact.number is not None]
    if not past or past[-1].currency != plan.total.currency or not past[-1].name:
        return ()
    more = "more" if (plan.total.number or 0.0) > (past[-1].number or 0.0) else "less"
    head = "That is {more} than the {past} of capital expenditure before it ({what})."
    return (say(head, more=more, past=past[-1], what=lower_first(past[-1].name)),)


def spending(ledger: Ledger) -> tuple[Text, ...]:
    """Return capital expenditure of twelve months and of the newest quarter, and what it leaves of the cash flow."""
    total = ledger.latest(ledger.subject, "capital_expenditure", kind="ttm")
    if not total.known:
        return _other_basis(ledger, total)
    share, cash_share = (ledger.at(ledger.subject, key, total.period) for key in ("capex_intensity", "capex_to_cash_flow"))
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
            return (say("{label} was {fact} {when}.", label=label, fact=fact, when=in_period(fact.period)), *_cash(ledger))
    return (say("Capital expenditure is not available: {why}.", why=missing.reason), *_cash(ledger))


def _newest_quarter(ledger: Ledger) -> tuple[Text, ...]:
    quarter = ledger.latest(ledger.subject, "capital_expenditure", kind="quarter", name="")
    if not quarter.known:
        return ()
    growth = ledger.at(ledger.subject, "capex_growth", quarter.period)
    if growth.number is None:
        return (say("In the newest quarter, to {until}, it was {quarter}.", until=_until(quarter), quarter=quarter),)
    parts: dict[str, Part] = {"until": _until(quarter), "quarter": quarter, "growth": growth}
    way = moved(growth, up="more", down="less", flat="")
    if not way:
        return (say("In the newest quarter, to {until}, it was {quarter}, about as much as a year before.", **parts),)
    return (say("In the newest quarter, to {until}, it was {quarter}, {growth:abs} {way} than a year before.", **parts, way=way),)


def _guidance(ledger: Ledger, total: Fact) -> tuple[Text, ...]:
    """What the company said it would spend in a period after the last statements."""
    said = ledger.latest(ledger.subject, "capex_guidance")
    if not said.known or not said.confirmed or said.period.end <= total.period.end:
        return ()
    parts: dict[str, Part] = {"until": _until(said), "about": qualified(said), "said": said, "what": lower_first(said.name or said.label)}
    return (say("Its guidance for the period to {until} is {about}{said} ({what}).", **parts),)


def _until(fact: Fact) -> str:
    return day_in_words(fact.period.end)


def _cash(ledger: Ledger) -> tuple[Text, ...]:
    cash = cash_of(ledger)
    return (say("{text}.", text=sentence_case(cash_clause(cash, name=cash_name(cash)))),) if cash is not None else ()


def research(ledger: Ledger) -> tuple[Text, ...]:
    """Return spending on research and development, or that it is not published."""
    total = ledger.latest(ledger.subject, "research_and_development", kind="ttm")
    if not total.known:
        return (say("Spending on research and development is not shown: {why}.", why=total.reason),)
    share = ledger.at(ledger.subject, "rd_intensity", total.period)
    when = in_period(total.period)
    if not share.known:
        return (say("Research and development took {total} {when}.", total=total, when=when),)
    return (say("Research and development took {total} {when}, {share} of revenue.", total=total, when=when, share=share),)


def results(ledger: Ledger) -> tuple[Text, ...]:
    """Return how the segment with the newest figures grows, and its streak; nothing without such a segment."""
    segment = segment_of(ledger)
    if segment is None:
        return ()
    sentences = [say("{text}.", text=segment_clause(segment))]
    if segment.revenue.known:
        sentences.append(say("Its revenue was {revenue} in that quarter.", revenue=segment.revenue))
    if streak_clause(segment):
        sentences.append(say("{text}.", text=sentence_case(streak_clause(segment))))
    rises = _rises([fact.number or 0.0 for fact in in_a_row(segment.all)])
    if rises > 1:
        quarters = count_in_words(rises, "quarter")
        sentences.append(say("In each of the last {quarters} growth was higher than in the one before.", quarters=quarters))
    return tuple(sentences)


def _rises(values: list[float]) -> int:
    """Return how many of the newest values in a row are above the one before."""
    rises = 0
    while rises + 1 < len(values) and values[-1 - rises] > values[-2 - rises]:
        rises += 1
    return rises


def events(ledger: Ledger) -> tuple[Text, ...]:
    """Return the newest events of the desk's file that no risk is built on, and what it counts of the business."""
    cited = {source.url for risk in ledger.all(ledger.subject, "risk") for source in risk.sources}
    recent = [
        fact
        for fact in ledger.current(ledger.subject, "event")
        if fact.known and fact.confirmed and ledger.until - fact.period.end <= EVENT_DAYS
        and not any(source.url in cited for source in fact.sources)
    ]  # fmt: skip
    newest = sorted(recent, key=lambda fact: (-fact.period.end.toordinal(), fact.name))[:MOST_EVENTS]
    return tuple(say("{day}: {event}.", day=day_in_words(fact.period.end), event=fact) for fact in newest) + _counts(ledger)


def _counts(ledger: Ledger) -> tuple[Text, ...]:
    """What the desk counts of the business (regions, stores, users), by the day of the count."""
    keys = dict.fromkeys(fact.metric for fact in ledger.facts.values() if _is_count(fact, ledger))
    facts = [ledger.latest(ledger.subject, key) for key in keys]
    if not facts:
        return ()
    counted = listed([say("{count} {what}", count=fact, what=fact.metric.replace("_", " ")) for fact in facts])
    names = dict.fromkeys(fact.name for fact in facts if fact.name)
    who = ", ".join(names) or ledger.company.short_name
    return (say("{who} counts {counted} ({day}).", who=who, counted=counted, day=day_in_words(facts[-1].period.end)),)


def _is_count(fact: Fact, ledger: Ledger) -> bool:
    plain = fact.unit is Unit.COUNT and fact.confirmed and not fact.metric.startswith(("ratings", "consensus", "target", "segment"))
    return plain and fact.stated and fact.entity == ledger.subject and 0 < (fact.number or 0.0) < MOST_COUNT


def newest_figures(ledger: Ledger) -> tuple[Callout, ...]:
    """Return the check that names the newest of several vintages, and the older ones it supersedes with their periods."""
    paragraphs = []
    segment = segment_of(ledger)
    if segment is not None and segment.earlier:
        older = [say("{old} ({period})", old=fact, period=fact.period.label) for fact in reversed(segment.earlier[-2:])]
        head = "The newest growth of {name} is {new}, {period}, published on {day}; it supersedes {older} as the latest quarter."
        parts: dict[str, Part] = {"name": segment.growth.name, "new": segment.growth, "period": segment.growth.period.label}
        day = day_in_words(segment.growth.published_on)
        paragraphs.append(Paragraph(sentences=(say(head, **parts, day=day, older=listed(older)),)))
    for entity in ledger.peers:
        plan = plan_of(ledger, entity)
        if plan is not None and plan.replaced:
            paragraphs.append(Paragraph(sentences=(_replaced(ledger, plan),)))
    if not paragraphs:
        return ()
    return (Callout(title="Data check: the newest figure counts", paragraphs=tuple(paragraphs), kind="check"),)


def _replaced(ledger: Ledger, plan: Plan) -> Text:
    """Return what a peer's plan is now, and which figure of when it replaces."""
    old = [
        say("{about}{old} of {day}", about=qualified(fact), old=fact, day=day_in_words(fact.published_on))
        for fact in plan.replaced
    ]
    new = say("{about}{new}", about=qualified(plan.total), new=plan.total)
    head = say("The plan of {who} is {new} since {day}", who=ledger.name_of(plan.total.entity), new=new, day=day_in_words(plan.total.published_on))
    return join(head, say("and replaces {old}.", old=listed(old)), by=" ")
