"""Intensity: capital expenditure of the last fiscal year against peers, as a share of revenue, so in no currency."""

from __future__ import annotations

from generator.charts import SpendingBar, draw_spending
from generator.language import enumerated, in_words, msgid, translated
from generator.model.brief import Exhibit
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.text import Text, join, say
from generator.sections.phrases import exhibit, fitting, name_of
from generator.sections.readings import plan_of
from generator.sections.setting import Setting

TITLE = 50
FEWEST = 2


def intensity_exhibit(ledger: Ledger, setting: Setting) -> Exhibit | None:
    """Return the shares of revenue as bars; None unless the subject and a peer have one."""
    bars = {entity: bar for entity in (ledger.subject, *ledger.peers) if (bar := _bar(ledger, entity)) is not None}
    if len(bars) < FEWEST or ledger.subject not in bars:
        return None
    who = name_of(ledger, ledger.subject)
    drawing = draw_spending(list(bars.values()), subject=bars[ledger.subject].label, look=setting.look)
    subtitle = say("Capital expenditure of the last fiscal year, share of revenue")
    title = fitting(ledger.wording, TITLE, *_titles(who, bars.pop(ledger.subject), list(bars.values())))
    return exhibit("intensity", title, subtitle, drawing=drawing, note=_note(ledger, list(bars)))


def _bar(ledger: Ledger, entity: str) -> SpendingBar | None:
    """Return what is known of a company's last year and of its running plan's; None if it is neither."""
    years = [
        fact
        for fact in ledger.current(entity, "capex_intensity", kind="fiscal_year", name="")
        if fact.number is not None
    ]
    spent, plan = years[-1] if years else None, plan_of(ledger, entity)
    planned = plan.of_revenue if plan is not None and not plan.ended and plan.of_revenue.number is not None else None
    if spent is None and planned is None:
        return None
    return SpendingBar(label=name_of(ledger, entity), spent=spent, planned=planned)


def _titles(who: str, own: SpendingBar, others: list[SpendingBar]) -> list[Text]:
    """Return the findings, of the year done where the subject's is known, else of the plan's."""
    rivals = [bar.spent.number or 0.0 for bar in others if bar.spent is not None]
    mine = own.spent
    if mine is None or not rivals:
        return [say("{who} and peers: capex as a share of revenue", who=who), say("Capex as a share of revenue")]
    more = sum((mine.number or 0.0) > each for each in rivals)
    return [*_ranked(who, mine, more, len(rivals)), say("Capex took {x} of revenue", x=mine)]


def _ranked(who: str, mine: Fact, more: int, rivals: int) -> list[Text]:
    if more == rivals:
        return [
            say("{who} spent more of its revenue than peers", who=who),
            say("The most of its revenue: {x}", x=mine),
        ]
    if not more:
        return [
            say("{who} spent less of its revenue than peers", who=who),
            say("The least of its revenue: {x}", x=mine),
        ]
    return [
        say("{who}: {x}, more than {few} of {all} peers", who=who, x=mine, few=in_words(more), all=in_words(rivals))
    ]


def _note(ledger: Ledger, shown: list[str]) -> Text:
    """Say what is hatched, and which peers are not shown."""
    plans = [plan_of(ledger, entity) for entity in (ledger.subject, *shown)]
    hatched = msgid("Hatched: what one year of the running plan, set against twelve months' revenue, goes beyond it.")
    first = (
        say("{hatched}", hatched=translated(hatched))
        if any(plan is not None and not plan.ended for plan in plans)
        else ()
    )
    lacking = [name_of(ledger, peer) for peer in ledger.peers if peer not in shown]
    if not lacking:
        return first
    missing = say("Not in our sources (n/a): {who}.", who=enumerated(lacking))
    return join(first, missing)
