"""Conclusion: three sentences from facts that stand above, and no new figure."""

from __future__ import annotations

from generator.language import phrase
from generator.model.brief import Section
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.text import Text, join, say
from generator.sections.figures import cash_flows, flow_words, no_multiple, plan_share
from generator.sections.phrases import against, known, moved, name_of, paragraphs
from generator.sections.setting import Setting


def build(ledger: Ledger, setting: Setting) -> Section:
    """Return the section: what is paid, what it costs to earn it, and what decides."""
    return Section(
        key="conclusion",
        title=phrase("Conclusion"),
        prose=paragraphs([paid(ledger), cost(ledger), decides(ledger)]),
        words=setting.words,
    )


def paid(ledger: Ledger) -> Text:
    """Return what the price did and what is paid for earnings."""
    price, pe = ledger.latest(ledger.subject, "price"), ledger.latest(ledger.subject, "pe_ttm")
    change = ledger.latest(ledger.subject, "price_change", name="ytd")
    now, middle = (ledger.latest(ledger.subject, key) for key in ("multiple_now", "multiple_median"))
    name = name_of(ledger, ledger.subject)
    if not price.known:
        return say("No price of {name} is held, so nothing is concluded on its valuation.", name=name)
    head = say("At {price} {name} {moved}", price=price, name=name, moved=_moved(change))
    if not pe.known:
        why = phrase("has no trailing P/E, because {why}", why=no_multiple(pe))
        return say("{head}{link}{why}.", head=head, link=phrase(" and ") if change.known else "", why=why)
    record = say(", {side} the median of its own record", side=against(now, middle)) if known(now, middle) else ()
    link = phrase(" and ") if change.known else ""
    return say("{head}{link}costs {pe} trailing earnings{record}.", head=head, link=link, pe=pe, record=record)


def _moved(change: Fact) -> Text:
    if not change.known:
        return ()
    verb = moved(change, up=phrase("is up"), down=phrase("is down"), flat="")
    if not verb:
        return say("is little changed since the start of the year")
    return say("{verb} {x:abs} since the start of the year", verb=verb, x=change)


def cost(ledger: Ledger) -> Text:
    """Return what the investment takes and what cash flow is left."""
    plan, share = plan_share(ledger), _capex_share(ledger)
    flows = cash_flows(ledger)
    takes: Text = ()
    if plan.known:
        takes = say("A year of its plan takes {x} of twelve months' operating cash flow", x=plan)
    elif share.known:
        takes = say("Capital expenditure takes {x} of twelve months' operating cash flow", x=share)
    left: Text = ()
    if flows:
        lead = phrase("free cash flow was") if takes else phrase("Free cash flow was")
        words = "{lead} {flow} in the {period}"
        left = say(words, lead=lead, flow=flow_words(flows[-1]), period=flows[-1].period.label)
    if not takes and not left:
        return say("What the investment costs in cash is not known from the sources held.")
    return say("{text}.", text=join(takes, left, by=phrase(", and ")))


def _capex_share(ledger: Ledger) -> Fact:
    return ledger.latest(ledger.subject, "capex_to_cash_flow", kind="ttm")


def decides(ledger: Ledger) -> Text:
    """Return what holds or breaks the price: growth, and the multiple it is valued at."""
    growth, what = _growth(ledger)
    low, high = (ledger.latest(ledger.subject, "scenario_price", name=name) for name in ("bear", "bull"))
    span = say("today's earnings are worth {low} to {high} at the multiples of the record", low=low, high=high)
    if not known(low, high):
        span = ()
    if growth is None:
        return say("As {span}, the next results decide.", span=span) if span else say("The next results decide.")
    if not span:
        return say("What decides is whether {what}, last {x:signed}, turns into cash.", what=what, x=growth)
    return say(
        "Since {span}, what decides is whether {what}, last {x:signed}, turns into earnings and cash.",
        span=span, what=what, x=growth,
    )  # fmt: skip


def _growth(ledger: Ledger) -> tuple[Fact | None, str]:
    """Return the newest growth of the fastest segment, else that of revenue."""
    facts = [fact for fact in ledger.current(ledger.subject, "segment_growth", kind="quarter") if fact.known]
    if facts:
        newest = [fact for fact in facts if fact.period.end == facts[-1].period.end]
        best = max(newest, key=lambda fact: fact.number or 0.0)
        return best, phrase("growth of {name}", name=best.name)
    revenue = ledger.latest(ledger.subject, "revenue_growth", kind="quarter")
    return (revenue, phrase("growth of revenue")) if revenue.known else (None, "")
