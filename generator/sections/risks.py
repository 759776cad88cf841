"""Risks: those that follow from the figures, those the desk adds, and what would change the view."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.charts import Look, draw_drawdown
from generator.language import counted, day_in_words, enumerated, in_words, msgid, phrase, translated
from generator.model.brief import Callout, Column, Exhibit, Paragraph, Row, Section, Table
from generator.model.fact import Fact, Unit
from generator.model.ledger import Ledger
from generator.model.text import Text, join, say
from generator.sections.figures import cash_flows, flow_words, year_before
from generator.sections.phrases import FLAT, capital, day_of, exhibit, fitting, known, name_of, paragraphs, small
from generator.sections.risks_rules import RULES, Risk, computed, level_words
from generator.sections.setting import Setting

FULL = 95
PART = re.compile(r"\b(watch|likelihood|impact):\s*([^;]+)")
COLUMNS = ((msgid("Risk"), 1.5), (msgid("Evidence today"), 3.6), (msgid("Likelihood"), 1.25), (msgid("Impact"), 1.6),
           (msgid("What to watch"), 2.2))  # fmt: skip
MOST = 3
AT_PEAK = -0.005
MANY_HIGH = msgid("{n} of {total} shown are rated high in likelihood")
SECTOR = "SECTOR"


def build(ledger: Ledger, setting: Setting) -> Section:
    """Return the section; where no rule is triggered and the desk names nothing, it says what was tested."""
    rules, desk = computed(ledger), curated(ledger, setting.options.get("limit", MOST))
    shown = (_table(ledger, rules[:MOST], desk), _drawdown(ledger, setting.look))
    return Section(
        key="risks",
        title=phrase("Risks"),
        lede=lede(rules, desk),
        prose=paragraphs(summary(ledger, rules, desk), swings(ledger), sector(ledger)),
        exhibits=tuple(each for each in shown if each),
        callouts=turning_points(ledger),
        words=setting.words,
    )


def curated(ledger: Ledger, limit: int | None = None) -> list[Risk]:
    """Return the desk's risks: one for each name, from the newest source; the newest ones if there is a limit."""
    newest = {fact.name: fact for fact in ledger.current(ledger.subject, "risk") if fact.known and fact.confirmed}
    dated = sorted(newest.values(), key=lambda fact: fact.published_on, reverse=True)
    risks = [_from_desk(fact) for fact in dated[:limit]]
    return sorted(risks, key=lambda risk: (-risk.weight, risk.name))


def _from_desk(fact: Fact) -> Risk:
    parts = dict(PART.findall(fact.note))
    evidence = say("{words} ({day})", words=fact, day=day_of(fact))
    likelihood, impact, watch = (parts.get(key, "").strip() for key in ("likelihood", "impact", "watch"))
    return Risk(name=fact.name or capital(fact.label), evidence=evidence, likelihood=likelihood or phrase("not rated"),
                impact=impact or phrase("not rated"), watch=capital(watch) or phrase("Not stated"))  # fmt: skip


def lede(rules: list[Risk], desk: list[Risk]) -> Text:
    """Return the answer: which risks lead."""
    first = small(rules[0].name) if rules else ""
    named = phrase("the desk adds {names}", names=_names(desk[:2])) if desk else ""
    if first and named:
        return say("The figures put {first} first; {named}.", first=first, named=named)
    if first:
        return say("The figures put {first} first.", first=first)
    if named:
        return say("No rule on the figures is triggered; {named}.", named=named)
    return say("No rule on the figures is triggered, and the desk names no risk.")


def _names(risks: list[Risk]) -> str:
    return enumerated([small(risk.name) for risk in risks])


def summary(ledger: Ledger, rules: list[Risk], desk: list[Risk]) -> list[Text]:
    """Return how many rules are triggered, which the table leaves out, what the desk adds, and what is likely."""
    many = "Of {tested} on the figures of {name}, {n} are triggered."
    first = say(
        "Of {tested} on the figures of {name}, {n} is triggered." if len(rules) == 1 else many,
        tested=counted(len(RULES), "{count} rule", "{count} rules"), name=name_of(ledger, ledger.subject),
        n=in_words(len(rules)) if rules else phrase("none"),
    )  # fmt: skip
    rest = phrase(", ").join(small(risk.name) for risk in rules[MOST:])
    left = say("Beside the {n} weightiest, in the table: {names}.", n=in_words(MOST), names=rest) if rest else ()
    second = (
        say("The desk adds {n} from dated sources.", n=counted(len(desk), "{count} risk", "{count} risks"))
        if desk
        else ()
    )
    likely = [small(risk.name) for risk in (*rules, *desk) if risk.likelihood == "high"]
    third = say("High in likelihood: {names}.", names=phrase(", ").join(likely)) if likely else ()
    return [first, left, second, third]


def swings(ledger: Ledger) -> list[Text]:
    """Return the sentence on how far the price swings, against the benchmark."""
    own, other = ledger.latest(ledger.subject, "volatility"), ledger.latest(ledger.benchmark, "volatility")
    loss = ledger.latest(ledger.subject, "value_at_risk")
    if not own.known:
        return [say("Volatility cannot be computed: the price history held is too short.")]
    against = say(", against {x} for {name}", x=other, name=name_of(ledger, ledger.benchmark)) if other.known else ()
    first = say("Over one year the price had a volatility of {x}{against}.", x=own, against=against)
    second = say("On one day in twenty it fell by {x:abs} or more.", x=loss) if (loss.number or 0.0) < 0 else ()
    return [first, second]


def sector(ledger: Ledger) -> list[Text]:
    """Return what surveys say about the sector, each with its publisher, day and exact scope."""
    facts = [fact for fact in ledger.facts.values() if fact.entity == SECTOR and fact.unit is Unit.FRACTION]
    shown = [fact for fact in facts if fact.known and fact.confirmed and fact.metric != "market_share"]
    return [_survey(fact) for fact in sorted(shown, key=lambda fact: fact.id)]


def _survey(fact: Fact) -> Text:
    scope = fact.note.partition(";")[0].strip()
    tail = phrase("; scope: {scope}", scope=scope) if scope and not any(c.isdigit() for c in scope) else ""
    publisher = fact.sources[0].publisher if fact.sources else phrase("A source")
    return say(
        "{publisher} ({day}) puts at {x} the share of {name}{tail}.",
        publisher=publisher, day=day_in_words(fact.published_on), x=fact,
        name=small(fact.name or fact.label), tail=tail,
    )  # fmt: skip


def _table(ledger: Ledger, rules: list[Risk], desk: list[Risk]) -> Exhibit | None:
    if not rules and not desk:
        return None
    rows = [
        *_band(phrase("Computed by rule from the figures of this brief"), rules),
        *_band(phrase("Desk judgement"), desk),
    ]
    columns = tuple(Column(label=translated(label), kind="text", share=share) for label, share in COLUMNS)
    subtitle = say("Likelihood and impact on a scale of three: by fixed thresholds where computed, else by the desk")
    note = (
        say("Desk judgement rests on the dated source of its evidence; its levels are the desk's own.") if desk else ()
    )
    return exhibit("risks", _title(ledger, rules, desk), subtitle, table=Table(columns=columns, rows=tuple(rows)),
                   width="full", note=note, as_of=ledger.until)  # fmt: skip


def _band(head: str, risks: list[Risk]) -> list[Row]:
    if not risks:
        return []
    return [Row(head=say("{head}", head=head), kind="band"), *(_row(risk) for risk in risks)]


def _row(risk: Risk) -> Row:
    words = (level_words(risk.likelihood), level_words(risk.impact), risk.watch)
    return Row(head=say("{name}", name=risk.name), cells=(risk.evidence, *(say("{w}", w=each) for each in words)))


def _title(ledger: Ledger, rules: list[Risk], desk: list[Risk]) -> Text:
    every = [*rules, *desk]
    high = sum(risk.likelihood == "high" for risk in every)
    total = counted(len(every), "{count} risk", "{count} risks")
    if not high:
        return (
            say("Not one of the {total} risks is rated high in likelihood", total=in_words(len(every)))
            if len(every) > 1
            else say("One risk, not rated high")
        )
    words = "{n} of {total} shown is rated high in likelihood" if high == 1 else MANY_HIGH
    head = say(words, n=capital(in_words(high)), total=total)
    lead = small(rules[0].name) if rules else small(desk[0].name)
    long = say("{head}, {lead} first", head=head, lead=lead)
    return fitting(ledger.wording, FULL, long, say("{head}", head=head))


def _drawdown(ledger: Ledger, look: Look) -> Exhibit | None:
    """Return how far the price stood below its peak."""
    line, worst = ledger.line(ledger.subject, "drawdown"), ledger.latest(ledger.subject, "max_drawdown")
    now = ledger.latest(ledger.subject, "drawdown")
    if line is None or not line.days or not worst.number:
        return None
    drawing = draw_drawdown(line, worst=worst, now=now if now.known else None, look=look)
    subtitle = say("Close against the highest close before it, since {day}", day=day_in_words(line.days[0]))
    return exhibit("drawdown", _drawdown_title(worst, now), subtitle, drawing=drawing)


def _drawdown_title(worst: Fact, now: Fact) -> Text:
    if now.number is None:
        return say("The deepest fall was {x:abs}", x=worst)
    if now.number >= AT_PEAK:
        return say("At its peak, after a fall of {x:abs}", x=worst)
    return say("Still {now:abs} below the peak, once {worst:abs}", now=now, worst=worst)


def turning_points(ledger: Ledger) -> tuple[Callout, ...]:
    """Return what would change the view, upward and downward; each point rests on a figure of this brief."""
    up = [point for point in (_flow_up(ledger), _segment(ledger, up=True), _multiple_up(ledger)) if point]
    down = [point for point in (_flow_down(ledger), _segment(ledger, up=False), _multiple_down(ledger)) if point]
    sides = [(lead, points) for lead, points in ((phrase("Upward:"), up), (phrase("Downward:"), down)) if points]
    parts = tuple(Paragraph(lead=lead, sentences=(say("{points}.", points=_either(points)),)) for lead, points in sides)
    return (Callout(title=phrase("What would change this view"), paragraphs=parts),) if parts else ()


def _either(points: list[Text]) -> Text:
    if len(points) == 1:
        return points[0]
    return (*join(*points[:-1], by=phrase("; ")), phrase("; or "), *points[-1])


def _flow_up(ledger: Ledger) -> Text:
    flows = cash_flows(ledger)
    if not flows:
        return ()
    now, before = flows[-1], year_before(flows)
    if (now.number or 0.0) < 0:
        return say("a quarter with free cash flow above zero, after {x}", x=flow_words(now))
    if before is not None and (before.number or 0.0) > (now.number or 0.0) * (1 + FLAT):
        return say("quarterly free cash flow back above {x}", x=_of_when(before, flows))
    return say("quarterly free cash flow above {x} while the spending goes on", x=now)


def _flow_down(ledger: Ledger) -> Text:
    flows = cash_flows(ledger)
    if not flows:
        return ()
    if (flows[-1].number or 0.0) < 0:
        return say("a further quarterly outflow larger than {x:abs}", x=flows[-1])
    before = year_before(flows)
    lower = before if before is not None and (before.number or 0.0) < (flows[-1].number or 0.0) else flows[-1]
    return say("quarterly free cash flow below {x}", x=_of_when(lower, flows))


def _segment(ledger: Ledger, *, up: bool) -> Text:
    """Name the growth of the fastest segment of the newest quarter, or of revenue where no segment is held."""
    facts = [fact for fact in ledger.current(ledger.subject, "segment_growth", kind="quarter") if fact.known]
    newest = [fact for fact in facts if fact.period.end == facts[-1].period.end]
    if newest:
        best = max(newest, key=lambda fact: fact.number or 0.0)
        last = [fact for fact in facts if fact.name == best.name]
        what = phrase("growth of {name}", name=best.name)
    else:
        last = [f for f in ledger.current(ledger.subject, "revenue_growth", kind="quarter") if f.known]
        what = phrase("revenue growth")
    if not last:
        return ()
    if up:
        return say("{what} above {x} in a coming quarter", what=what, x=last[-1])
    lower = last[-2] if len(last) > 1 and (last[-2].number or 0.0) < (last[-1].number or 0.0) else last[-1]
    return say("{what} below {x}", what=what, x=_of_when(lower, last))


def _of_when(fact: Fact, row: Sequence[Fact]) -> Text:
    """Return a figure, with its period where it is not the newest of its row."""
    older = fact.period.end < row[-1].period.end
    return say("the {x} of the {when}", x=fact, when=fact.period.label) if older else say("{x}", x=fact)


def _multiple_up(ledger: Ledger) -> Text:
    now, middle = (ledger.latest(ledger.subject, key) for key in ("multiple_now", "multiple_median"))
    if not known(now, middle) or (now.number or 0.0) <= (middle.number or 0.0):
        return ()
    return say("earnings that bring the multiple to its median of {x} at this price", x=middle)


def _multiple_down(ledger: Ledger) -> Text:
    top = ledger.latest(ledger.subject, "multiple_high")
    return say("a multiple above {x}, the top of its record, without higher earnings", x=top) if top.known else ()
