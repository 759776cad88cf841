"""Key takeaways: up to four bullets for page one, each made of facts that the body shows."""

from __future__ import annotations

from generator.language import counted, phrase
from generator.model.brief import Paragraph
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.text import Part, Text, say
from generator.sections.clauses import (
    cash_clause,
    cash_name,
    horizon,
    in_period,
    plan_amount,
    segment_clause,
    sentence_case,
    streak_clause,
    target_clause,
)
from generator.sections.phrases import against, compared, is_flat, moved
from generator.sections.readings import cash_of, house_targets, mean_target, plan_of, segment_of
from generator.sections.setting import Setting


def takeaways(ledger: Ledger, setting: Setting) -> tuple[Paragraph, ...]:
    """Return the bullets: commitment, traction, cost, gap, as far as facts and the report file allow."""
    found = (
        (phrase("The commitment."), commitment(ledger)),
        (phrase("The traction."), traction(ledger)),
        (phrase("The cost."), cost(ledger)),
        (phrase("The gap."), gap(ledger)),
    )
    bullets = tuple(Paragraph(lead=lead, sentences=sentences) for lead, sentences in found if sentences)
    return bullets[: setting.options.get("limit")]


def commitment(ledger: Ledger) -> tuple[Text, ...]:
    """What the company has promised to invest, or what it invested in twelve months."""
    who, plan = ledger.company.short_name, plan_of(ledger, ledger.subject)
    if plan is None or plan.ended:
        return _spending(ledger)
    parts: dict[str, Part] = {"who": who, "amount": plan_amount(plan), "when": horizon(plan), "share": plan.of_revenue}
    if plan.years == 1:
        bare = "{who} plans to invest {amount} {when}."
        full = "{who} plans to invest {amount} {when}, {share} of twelve-month revenue."
        return (say(full if plan.of_revenue.known else bare, **parts),)
    year = plan.year_converted if plan.year_converted.known else plan.year
    bare = "{who} plans to invest {amount} {when}: {year} a year."
    full = "{who} plans to invest {amount} {when}: {year} a year, or {share} of twelve-month revenue."
    return (say(full if plan.of_revenue.known else bare, **parts, year=year),)


def _spending(ledger: Ledger) -> tuple[Text, ...]:
    spent = ledger.latest(ledger.subject, "capital_expenditure", kind="ttm")
    if not spent.known:
        return ()
    share = ledger.at(ledger.subject, "capex_intensity", spent.period)
    parts: dict[str, Part] = {
        "who": ledger.company.short_name,
        "spent": spent,
        "when": in_period(spent.period),
        "share": share,
    }
    if not share.known:
        return (say("{who} spent {spent} on property and equipment {when}.", **parts),)
    return (say("{who} spent {spent} on property and equipment {when}, {share} of revenue.", **parts),)


def traction(ledger: Ledger) -> tuple[Text, ...]:
    """What grew in the newest quarter: a segment of the KPI file, else revenue."""
    segment = segment_of(ledger)
    if segment is not None:
        head = say("{text}.", text=segment_clause(segment))
        streak = streak_clause(segment)
        return (head, say("{streak}.", streak=sentence_case(streak))) if streak else (head,)
    growth = ledger.latest(ledger.subject, "revenue_growth", kind="quarter")
    if growth.number is None:
        return ()
    parts: dict[str, Part] = {"growth": growth, "when": in_period(growth.period)}
    if is_flat(growth):
        return (say("Revenue was little changed {when} against a year before ({growth:signed}).", **parts),)
    return (say("Revenue {moved} {growth:abs} {when} against a year before.", **parts, moved=moved(growth)),)


def cost(ledger: Ledger) -> tuple[Text, ...]:
    """What is left of the cash flow after investment."""
    cash = cash_of(ledger)
    if cash is None:
        return ()
    return (say("{text}.", text=sentence_case(cash_clause(cash, name=cash_name(cash)))),)


def gap(ledger: Ledger) -> tuple[Text, ...]:
    """How the multiple stands against peers, and the price against the newest target."""
    target = mean_target(ledger) or next(iter(house_targets(ledger)), None)
    mean = target is not None and target.metric == "target_mean"
    what = phrase("the mean target") if mean else phrase("the newest house target")
    sentences = _multiple(ledger)
    if target is not None:
        sentences = (*sentences, say("{text}.", text=sentence_case(target_clause(ledger, target, what=what))))
    return sentences


def _multiple(ledger: Ledger) -> tuple[Text, ...]:
    now, middle = ledger.latest(ledger.subject, "pe_ttm"), ledger.latest(ledger.subject, "peer_median", name="pe_ttm")
    distance = ledger.latest(ledger.subject, "against_peers", name="pe_ttm")
    if not now.known:
        return _sales(ledger, now)
    if not distance.known:
        return (say("The price is {now} twelve-month earnings; too few peers have a multiple to compare.", now=now),)
    parts: dict[str, Part] = {
        "now": now,
        "middle": middle,
        "distance": distance,
        "peers": counted(len(middle.inputs), "{count} peer", "{count} peers"),
    }
    side = against(now, middle)
    if not compared(now, middle):
        return (
            say("The price is {now} twelve-month earnings, in line with the median of {peers} ({middle}).", **parts),
        )
    head = "The price is {now} twelve-month earnings, {distance:abs} {side} the median of {peers} ({middle})."
    return (say(head, **parts, side=side),)


def _sales(ledger: Ledger, missing: Fact) -> tuple[Text, ...]:
    """Price to sales where earnings give no multiple, and why they do not."""
    sales = ledger.latest(ledger.subject, "ps_ttm")
    if not sales.known:
        return ()
    if missing.not_meaningful:
        return (
            say(
                "Twelve-month earnings give no multiple ({why}); the price is {sales} sales.",
                why=missing.reason,
                sales=sales,
            ),
        )
    return (say("The price is {sales} sales; a P/E cannot be given, as {why}.", why=missing.reason, sales=sales),)
