"""Spending: a segment's growth by quarter, and capital expenditure beside the cash flow that pays for it."""

from __future__ import annotations

from itertools import pairwise

from generator.charts import Panel, draw_growth, draw_small_multiples
from generator.language import phrase
from generator.model.brief import Exhibit
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.text import Text, say
from generator.sections.phrases import currency_name, exhibit, fitting, renamed
from generator.sections.readings import Segment, segment_of
from generator.sections.setting import Setting

TITLE = 50
MOST_QUARTERS = 8
FEWEST_QUARTERS = 3


def growth_exhibit(ledger: Ledger, setting: Setting) -> Exhibit | None:
    """Return a segment's growth by quarter with its streak; None with fewer than three quarters in a row."""
    segment = segment_of(ledger)
    if segment is None:
        return None
    facts = in_a_row(segment.all)[-MOST_QUARTERS:]
    if len(facts) < FEWEST_QUARTERS:
        return None
    streak = (
        renamed(segment.streak, phrase("{streak}, quarters", streak=segment.streak.name))
        if segment.streak.known
        else None
    )
    drawing = draw_growth(facts, streak=streak, look=setting.look)
    title = fitting(ledger.wording, TITLE, *_growth_titles(segment, facts))
    subtitle = say("{name}, revenue against a year before, by quarter", name=segment.growth.name)
    return exhibit("segment-growth", title, subtitle, drawing=drawing)


def in_a_row(facts: tuple[Fact, ...]) -> list[Fact]:
    """Return the newest quarters without a gap."""
    kept = [facts[-1]]
    for fact in reversed(facts[:-1]):
        start = kept[0].period.start
        if start is None or (start - fact.period.end).days > 7:
            break
        kept.insert(0, fact)
    return kept


def _growth_titles(segment: Segment, facts: list[Fact]) -> list[Text]:
    name, first, last = segment.growth.name, facts[0], facts[-1]
    values = [fact.number or 0.0 for fact in facts]
    parts = {"first": first, "last": last}
    if all(later > earlier for earlier, later in pairwise(values)):
        way = phrase("has quickened each quarter")
    elif values[-1] > values[0]:
        way = phrase("has quickened")
    elif values[-1] < values[0]:
        way = phrase("has slowed")
    else:
        way = phrase("is where it was")
    return [
        say("{name} growth {way}, to {last}", name=name, way=way, last=last),
        say("{name}: from {first} to {last}", name=name, **parts),
        say("Growth {way}, to {last}", way=way, last=last),
    ]


def spending_exhibit(ledger: Ledger, setting: Setting) -> Exhibit | None:
    """Return capital expenditure and operating cash flow by quarter; None with fewer than three quarters of both."""
    spent, earned = _quarters(ledger, "capital_expenditure"), _quarters(ledger, "operating_cash_flow")
    both = [fact for fact in spent if any(other.period == fact.period for other in earned)][-MOST_QUARTERS:]
    if len(both) < FEWEST_QUARTERS:
        return None
    periods = {fact.period for fact in both}
    cash = [fact for fact in earned if fact.period in periods]
    currency = currency_name(ledger, both[-1].currency or ledger.company.statement_currency)
    panels = [
        Panel(label=phrase("Operating cash flow"), facts=cash, unit=phrase("{mark} bn", mark=currency), tone="brand"),
        Panel(label=phrase("Capital expenditure"), facts=both, unit=phrase("{mark} bn", mark=currency), tone="accent"),
    ]
    subtitle = say("Operating cash flow and capital expenditure by quarter, {currency} bn", currency=currency)
    drawing = draw_small_multiples(panels, look=setting.look)
    return exhibit("spending", _spending_title(both[-1], cash[-1]), subtitle, drawing=drawing)


def _quarters(ledger: Ledger, metric: str) -> list[Fact]:
    facts = ledger.current(ledger.subject, metric, kind="quarter", name="")
    return in_a_row(tuple(fact for fact in facts if fact.number is not None)) if facts else []


def _spending_title(spent: Fact, earned: Fact) -> Text:
    a, b = spent.number or 0.0, earned.number or 0.0
    if b <= 0:
        return say("Operations brought in no cash last quarter")
    if a > b:
        return say("Capital expenditure now exceeds cash flow")
    if a > b / 2:
        return say("Capital expenditure takes most of the cash flow")
    return say("Cash flow covers capital expenditure")
