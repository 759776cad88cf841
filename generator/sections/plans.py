"""Plans: the subject's yearly investment beside its rivals', and what a plan replaced."""

from __future__ import annotations

from generator.charts import PlanBar, draw_plans
from generator.language import counted, day_in_words, phrase
from generator.model.brief import Exhibit
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.period import month_in_words
from generator.model.text import Text, join, listed, say
from generator.sections.phrases import capital, currency_name, exhibit, fitting, possessive, qualified
from generator.sections.readings import Plan, plan_of
from generator.sections.setting import Setting

TITLE = 50


def revisions(plan: Plan) -> tuple[Text, ...]:
    """Return the sentence on the figures that a plan superseded, or nothing."""
    if not plan.replaced:
        return ()
    old = [
        say("{about}{old} ({day})", about=qualified(fact), old=fact, day=day_in_words(fact.published_on))
        for fact in plan.replaced
    ]
    if len(old) > 1:
        return (say("The earlier figures, {old}, are superseded.", old=listed(old)),)
    return (say("The earlier figure, {old}, is superseded.", old=old[0]),)


def plans_shown(ledger: Ledger) -> tuple[Plan, ...]:
    """Return the subject's plan and its peers' that can be read in the currency of the price, the subject's first."""
    found = [plan_of(ledger, entity) for entity in (ledger.subject, *ledger.peers)]
    currency = ledger.company.price_currency
    return tuple(
        plan
        for plan in found
        if plan is not None and plan.year_converted.known and plan.year_converted.currency == currency
    )


def plan_exhibit(ledger: Ledger, setting: Setting) -> Exhibit | None:
    """Return plans per year as bars; None unless the subject and a peer have one."""
    plans = plans_shown(ledger)
    if len(plans) < 2 or plans[0].total.entity != ledger.subject:
        return None
    drawing = draw_plans([_bar(ledger, plan) for plan in plans], subject=ledger.company.short_name, look=setting.look)
    subtitle = say(
        "Investment plans, {currency}; a plan of several years also per year",
        currency=currency_name(ledger, ledger.company.price_currency),
    )
    title = fitting(ledger.wording, TITLE, *_titles(ledger, plans))
    day = max(plan.total.published_on for plan in plans)
    return exhibit("plans", title, subtitle, drawing=drawing, note=_note(ledger, plans), as_of=day)


def _bar(ledger: Ledger, plan: Plan) -> PlanBar:
    """Return a bar: the yearly part, the whole if it runs longer, and what a reader must know of its period."""
    until = month_in_words(plan.total.period.end)
    note = (
        phrase("year ended {until}", until=until)
        if plan.ended
        else phrase("over {years} years", years=plan.years)
        if plan.years > 1
        else ""
    )
    total = plan.total_converted if plan.years > 1 else None
    return PlanBar(label=ledger.name_of(plan.total.entity), year=plan.year_converted, total=total, note=note)


def _titles(ledger: Ledger, plans: tuple[Plan, ...]) -> list[Text]:
    own, others = plans[0], plans[1:]
    who, value = ledger.company.short_name, own.year_converted.number or 0.0
    rivals = [plan.year_converted.number or 0.0 for plan in others]
    if own.ended:
        return [say("The last plan of {who} beside its rivals'", who=who), say("The last plan beside its rivals'")]
    if value < min(rivals):
        return [*_whole_is_less(own, who, min(rivals)), say("{who} plans less a year than any rival shown", who=who),
                say("{who} plans the least a year", who=who)]  # fmt: skip
    if value > max(rivals):
        return [
            say("{who} plans more a year than any rival shown", who=who),
            say("{who} plans the most a year", who=who),
        ]
    return [
        say("{who} plan is neither largest nor smallest", who=possessive(who)),
        say("{who} plans a middling sum", who=who),
    ]


def _whole_is_less(own: Plan, who: str, smallest: float) -> list[Text]:
    """Return the finding that all years of the plan come to less than one year of any rival."""
    if own.years == 1 or (own.total_converted.number or smallest) >= smallest:
        return []
    years = capital(counted(own.years, "{count} year", "{count} years"))
    return [say("{years} of {who}: less than one of a rival", years=years, who=who)]


def _note(ledger: Ledger, plans: tuple[Plan, ...]) -> Text:
    """What each bar holds, and which peers have no yearly plan."""
    shown = {plan.total.entity for plan in plans}
    texts = [_about(ledger, plan) for plan in plans if plan.total.name]
    lacking = [ledger.name_of(peer) for peer in ledger.peers if peer not in shown]
    body = say("{all}.", all=listed(texts)) if texts else ()
    if not lacking:
        return body
    missing = say("No yearly plan in our sources (n/a): {who}.", who=phrase(", ").join(lacking))
    return join(body, missing)


def _about(ledger: Ledger, plan: Plan) -> Text:
    fact: Fact = plan.total
    return say(
        "{who}: {what}, {day}", who=ledger.name_of(fact.entity), what=fact.name, day=day_in_words(fact.published_on)
    )
