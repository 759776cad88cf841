"""Financial summary: years and quarters as reported, margins, cash, and a translation marked as one."""

from __future__ import annotations

from generator.language import msgid, phrase, translated
from generator.model.brief import Exhibit, Section
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.period import month_in_words
from generator.model.text import Text, join, say
from generator.sections.figures import QUARTERS, YEARS, cash_flows, flow_words, newest_cash_flow, year_before
from generator.sections.financials_charts import columns, margins
from generator.sections.financials_tables import quarters, years
from generator.sections.phrases import capital, known, moved, name_of, paragraphs
from generator.sections.readings import year_growth
from generator.sections.setting import Setting

POINT = 0.0005


def build(ledger: Ledger, setting: Setting) -> Section:
    """Return the section; where no statement is held it says so."""
    shown = exhibits(ledger, setting)
    if not shown:
        why = phrase("no source gives a statement of {name}", name=name_of(ledger, ledger.subject))
        return Section(key="financials", title=phrase("Financial summary"), unavailable=why, words=setting.words)
    return Section(
        key="financials",
        title=phrase("Financial summary"),
        lede=lede(ledger),
        prose=paragraphs(growth(ledger), profit(ledger), cash(ledger)),
        exhibits=shown,
        words=setting.words,
    )


def exhibits(ledger: Ledger, setting: Setting) -> tuple[Exhibit, ...]:
    """Return the chart that stands beside the prose, then the two tables."""
    most = {key: setting.options.get(key) or default for key, default in (("years", YEARS), ("quarters", QUARTERS))}
    tables = (years(ledger, most["years"]), quarters(ledger, most["quarters"]))
    chart = columns(ledger, setting.look) or margins(ledger, setting.look)
    return tuple(each for each in (chart, *tables) if each)


def lede(ledger: Ledger) -> Text:
    """Return growth of revenue and income, and the newest free cash flow, in one sentence."""
    subject, flow = ledger.subject, newest_cash_flow(ledger)
    first = _growth_clause(phrase("Twelve-month revenue"), year_growth(ledger, "revenue_growth"))
    second = _growth_clause(phrase("net income"), year_growth(ledger, "income_growth"))
    if not first and not second:
        first = _growth_clause(phrase("Quarterly revenue"), ledger.latest(subject, "revenue_growth", kind="quarter"))
        second = _growth_clause(phrase("net income"), ledger.latest(subject, "income_growth", kind="quarter"))
    third = (
        say("free cash flow was {flow} in the {period}", flow=flow_words(flow), period=flow.period.label)
        if flow
        else ()
    )
    clauses = [clause for clause in (first, second, third) if clause]
    if not clauses:
        return say("Growth cannot be stated from the periods held.")
    if len(clauses) == 1:
        return say("{only}.", only=_capital(clauses[0]))
    return say("{first}, and {last}.", first=_capital(join(*clauses[:-1], by=phrase(", "))), last=clauses[-1])


def _growth_clause(what: str, change: Fact) -> Text:
    if not change.known:
        return ()
    verb = moved(change, flat="")
    if not verb:
        return say("{what} was little changed ({x:signed})", what=what, x=change)
    return say("{what} {verb} {x:abs}", what=what, verb=verb, x=change)


def _capital(text: Text) -> Text:
    first, *rest = text
    return (capital(first) if isinstance(first, str) else first, *rest)


def growth(ledger: Ledger) -> list[Text]:
    """Return the sentences on revenue: twelve months, the year before, and the newest quarter."""
    year = ledger.latest(ledger.subject, "revenue", kind="ttm")
    quarter = ledger.latest(ledger.subject, "revenue", kind="quarter")
    sentences = []
    if year.known:
        change = ledger.at(ledger.subject, "revenue_growth", year.period)
        words = "Revenue over the twelve months to {end} was {x}{change}."
        sentences.append(say(words, end=_end(year), x=year, change=_against_year_before(change)))
    if quarter.known:
        change = ledger.at(ledger.subject, "revenue_growth", quarter.period)
        words = "In the {period} it was {x}{change}."
        sentences.append(say(words, period=quarter.period.label, x=quarter, change=_against_year_before(change)))
    return sentences or [say("Revenue is not known: {why}.", why=year.reason)]


def _end(fact: Fact) -> str:
    return month_in_words(fact.period.end)


def _against_year_before(change: Fact) -> Text:
    if not change.known:
        return ()
    verb = moved(change, up=phrase("more"), down=phrase("less"), flat="")
    if not verb:
        return say(", little changed on the year before ({x:signed})", x=change)
    return say(", {x:abs} {verb} than a year before", x=change, verb=verb)


def profit(ledger: Ledger) -> list[Text]:
    """Return the sentences on net income and on the margin against a year before."""
    income = ledger.latest(ledger.subject, "net_income_attributable", kind="ttm")
    label = phrase("Net income to shareholders")
    if not income.known:
        income, label = ledger.latest(ledger.subject, "net_income", kind="ttm"), phrase("Net income")
    if not income.known:
        return [say("Twelve-month net income is not known: {why}.", why=income.reason)]
    if (income.number or 0.0) < 0:
        first = say("The twelve months to {end} closed with a net loss of {x:abs}.", end=_end(income), x=income)
    else:
        change = ledger.at(ledger.subject, "income_growth", income.period)
        words = "{label} over the twelve months to {end} was {x}{change}."
        first = say(words, label=label, end=_end(income), x=income, change=_against_year_before(change))
    return [first, *(_margin(ledger, key, translated(label)) for key, label in MARGINS[:2]), _unmeaning(ledger)]


MARGINS = (
    ("operating_margin", msgid("operating margin")),
    ("net_margin", msgid("net margin")),
    ("gross_margin", msgid("gross margin")),
)


def _margin(ledger: Ledger, key: str, label: str) -> Text:
    """Set a twelve-month margin against the same margin a year before."""
    facts = [fact for fact in ledger.current(ledger.subject, key, kind="ttm") if fact.known]
    if not facts:
        return ()
    now = facts[-1]
    before = year_before(tuple(facts))
    if before is None:
        return say("The {label} over twelve months is {now}.", label=label, now=now)
    change = (now.number or 0.0) - (before.number or 0.0)
    way = phrase("up from") if change > POINT else phrase("down from") if change < -POINT else phrase("unchanged from")
    return say("The {label} is {now}, {way} {before} a year before.", label=label, now=now, way=way, before=before)


def _unmeaning(ledger: Ledger) -> Text:
    """Say why a growth of income has no meaning, where it has none."""
    fact = ledger.latest(ledger.subject, "income_growth", kind="ttm")
    return say("Its growth has no meaning: {why}.", why=fact.reason) if fact.not_meaningful else ()


def cash(ledger: Ledger) -> list[Text]:
    """Return the sentences on free cash flow with its definition, on capex, and on net cash."""
    return [*_free_cash_flow(ledger), _capex(ledger), _balance(ledger)]


def _free_cash_flow(ledger: Ledger) -> list[Text]:
    flows = cash_flows(ledger)
    year = ledger.latest(ledger.subject, "free_cash_flow", kind="ttm")
    total = (
        say("As operating cash flow less capex it was {x} over twelve months.", x=flow_words(year))
        if year.known
        else ()
    )
    if not flows:
        return [_longer(ledger), total]
    now, before = flows[-1], year_before(flows)
    then = say(", after {before} a year before", before=flow_words(before)) if before else ()
    sentence = say(
        "Free cash flow, {definition}, was {now} in the {period}{then}.",
        definition=definition_of(now), now=flow_words(now), period=now.period.label, then=then,
    )  # fmt: skip
    return [sentence, total]


def _longer(ledger: Ledger) -> Text:
    """State free cash flow of the newest longer period where no quarter has one, or why there is none."""
    company = ledger.latest(ledger.subject, "free_cash_flow_company", kind="ttm")
    fact = company if company.known else ledger.latest(ledger.subject, "free_cash_flow")
    if not fact.known:
        return say("Free cash flow cannot be computed: {why}.", why=fact.reason)
    words = "Free cash flow, {definition}, was {x} ({period})."
    return say(words, definition=definition_of(fact), x=flow_words(fact), period=fact.period.label)


def definition_of(fact: Fact) -> str:
    """Return how a free cash flow is defined, in words."""
    company = fact.metric == "free_cash_flow_company"
    return phrase("as the company defines it") if company else phrase("operating cash flow less capital expenditure")


def _capex(ledger: Ledger) -> Text:
    share = ledger.latest(ledger.subject, "capex_to_cash_flow", kind="ttm")
    spent = ledger.latest(ledger.subject, "capital_expenditure", kind="ttm")
    if not known(share, spent) or share.period != spent.period:
        return ()
    value = share.number or 0.0
    verdict = phrase(", more than all of it") if value > 1 else ""
    words = "Capital expenditure of {spent} took {share} of operating cash flow over the same months{verdict}."
    return say(words, spent=spent, share=share, verdict=verdict)


def _balance(ledger: Ledger) -> Text:
    net = ledger.latest(ledger.subject, "net_cash")
    if not net.known:
        return say("Net cash is not shown: {why}.", why=net.reason)
    day = net.period.label
    if (net.number or 0.0) < 0:
        return say("On {day} debt exceeded cash and short-term investments by {x:abs}.", day=day, x=net)
    return say("On {day} cash and short-term investments exceeded debt by {x}.", day=day, x=net)
