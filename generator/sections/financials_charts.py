"""The charts of the financial summary: revenue and free cash flow by quarter, and margins."""

from __future__ import annotations

from generator.charts import Look, Panel, draw_margins, draw_small_multiples
from generator.language import msgid, phrase, translated
from generator.model.brief import Exhibit
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.period import Kind
from generator.model.text import Text, say
from generator.sections.figures import (
    QUARTERS,
    cash_flows,
    known_of,
    periods_of,
    style_of,
    unit_of,
    year_before,
)
from generator.sections.phrases import FLAT, exhibit

HALF_POINT = 0.005
KINDS: tuple[tuple[Kind, str], ...] = (
    ("ttm", msgid("over twelve months")), ("quarter", msgid("by quarter")), ("fiscal_year", msgid("by fiscal year")),
)  # fmt: skip
MARGINS = (("gross_margin", msgid("Gross")), ("operating_margin", msgid("Operating")), ("net_margin", msgid("Net")))


def columns(ledger: Ledger, look: Look) -> Exhibit | None:
    """Return revenue and free cash flow by quarter as small multiples."""
    periods = periods_of(ledger, "quarter", QUARTERS)
    flows = tuple(fact for fact in cash_flows(ledger) if fact.period in periods)
    revenue = tuple(fact for fact in known_of(ledger, "revenue", "quarter") if fact.period in periods)
    if not revenue:
        return None
    panels = [Panel(label=phrase("Revenue"), facts=revenue, unit=unit_of(ledger), style=style_of(ledger))]
    if flows:
        unit, style = unit_of(ledger), style_of(ledger)
        panels.append(Panel(label=phrase("Free cash flow"), facts=flows, unit=unit, tone="accent", style=style))
    drawing = draw_small_multiples(panels, look=look)
    company = bool(flows) and flows[-1].metric == "free_cash_flow_company"
    definition = (
        phrase("; free cash flow as the company defines it")
        if company
        else phrase("; free cash flow: operating less capex")
    )
    words = "By quarter, {unit}{definition}"
    subtitle = say(words, unit=unit_of(ledger), definition=definition if flows else "")
    gaps = any(len(facts) < len(periods) for facts in (revenue, *((flows,) if flows else ())))
    note = say("–: not told by the sources of this brief.") if gaps else ()
    return exhibit("revenue_and_cash", _columns_title(revenue, flows), subtitle, drawing=drawing, note=note)


def _columns_title(revenue: tuple[Fact, ...], flows: tuple[Fact, ...]) -> Text:
    """Say what revenue and free cash flow did over a year, where the quarter a year before is held."""
    more, cash = _way(revenue), _way(flows)
    if flows and (flows[-1].number or 0.0) < 0:
        rest = {"up": phrase("Revenue grows"), "down": phrase("Revenue shrinks")}.get(more, phrase("Revenue is held"))
        return say("{rest}; free cash flow is negative", rest=rest)
    if not cash:
        up, down = say("Revenue grew on the year"), say("Revenue fell on the year")
        return {"up": up, "down": down}.get(more, say("Revenue by quarter"))
    if not more:
        return say("Free cash flow {way} on the year", way=phrase("rose") if cash == "up" else phrase("fell"))
    if more == cash:
        return say("Revenue and free cash flow both {way}", way=phrase("rose") if more == "up" else phrase("fell"))
    return say("Revenue {one}, free cash flow {two}", one=phrase("rose") if more == "up" else phrase("fell"),
               two=phrase("rose") if cash == "up" else phrase("fell"))  # fmt: skip


def _way(facts: tuple[Fact, ...]) -> str:
    """Return "up" or "down" for the newest quarter against the one a year before, or nothing."""
    before = year_before(facts)
    if before is None or abs((facts[-1].number or 0.0) - (before.number or 0.0)) <= FLAT * abs(before.number or 0.0):
        return ""
    return "up" if (facts[-1].number or 0.0) > (before.number or 0.0) else "down"


def margins(ledger: Ledger, look: Look) -> Exhibit | None:
    """Return margins over twelve months, quarter by quarter; by fiscal year where those are too few."""
    for kind, words in KINDS:
        periods = periods_of(ledger, kind, QUARTERS)
        found = [(translated(label), known_of(ledger, key, kind)) for key, label in MARGINS]
        kept = [(label, tuple(fact for fact in facts if fact.period in periods)) for label, facts in found]
        lines = [(label, facts) for label, facts in kept if len(facts) > 1]
        if lines:
            drawing = draw_margins(lines, look=look)
            subtitle = say("Margins {what}, % of revenue", what=translated(words))
            return exhibit("margins", _margins_title(*lines[-1]), subtitle, drawing=drawing)
    return None


def _margins_title(label: str, facts: tuple[Fact, ...]) -> Text:
    change = (facts[-1].number or 0.0) - (facts[0].number or 0.0)
    if abs(change) <= HALF_POINT:
        return say("The {label} margin held at {last}", label=label.lower(), last=facts[-1])
    way = phrase("widened") if change > 0 else phrase("narrowed")
    words = "The {label} margin {way} from {first} to {last}"
    return say(words, label=label.lower(), way=way, first=facts[0], last=facts[-1])
