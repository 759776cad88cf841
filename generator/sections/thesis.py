"""Investment thesis: what the company is, the question for investors, and the facts it turns on."""

from __future__ import annotations

from generator.analysis.history import on_diluted
from generator.language import counted, phrase
from generator.model.brief import Paragraph, Section
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.text import Part, Text, say
from generator.sections.clauses import (
    cash_clause,
    cash_name,
    in_period,
    plan_shares,
    segment_clause,
    sentence_case,
    target_clause,
)
from generator.sections.phrases import FLAT, against, is_flat, mark_of, moved
from generator.sections.readings import cash_of, house_targets, mean_target, plan_of, segment_of, year_growth
from generator.sections.setting import Setting

MOST_TURNS = 3


def build(ledger: Ledger, setting: Setting) -> Section:
    """Return the section."""
    paragraphs = (
        ("", identity(ledger)),
        ("", multiple_sentences(ledger) if not ledger.current(ledger.subject, "decomposition") else ()),
        (phrase("What it turns on."), turns(ledger)),
    )
    prose = tuple(Paragraph(lead=lead, sentences=sentences) for lead, sentences in paragraphs if sentences)
    return Section(
        key="thesis", title=phrase("Investment thesis"), lede=question(ledger), prose=prose, words=setting.words
    )


def question(ledger: Ledger) -> Text:
    """The question for investors, as the plan, the cash flow and the multiple put it."""
    plan, cash = plan_of(ledger, ledger.subject), cash_of(ledger)
    now = ledger.latest(ledger.subject, "pe_ttm")
    spends = plan is not None and not plan.ended and plan.of_revenue.known
    negative = cash is not None and (cash.now.number or 0.0) < 0
    if spends and plan is not None:
        share: dict[str, Part] = {"share": plan.of_revenue, "now": now}
        if negative and now.known:
            head = "The question is whether a plan of {share} of revenue a year restores cash flow, at {now} earnings."
            return say(head, **share)
        if now.known:
            return say(
                "The question is what a plan of {share} of revenue a year will earn, at a price of {now} earnings.",
                **share,
            )
        return say("The question is what a plan of {share} of revenue a year will earn.", **share)
    return _question_of_price(ledger, now)


def _question_of_price(ledger: Ledger, now: Fact) -> Text:
    """The question where no plan is known: whether growth carries the multiple, or when losses end."""
    growth = year_growth(ledger, "revenue_growth")
    if now.not_meaningful:
        return say(
            "The question is when earnings turn positive: {why}, so there is no P/E to judge the price by.",
            why=now.reason,
        )
    if now.known and growth.number is not None:
        verb = (
            phrase("can last")
            if growth.number > FLAT
            else phrase("will return")
            if growth.number < -FLAT
            else phrase("can resume")
        )
        head = (
            "The question is whether growth, {growth:signed} over twelve months, {verb} at a price of {now} earnings."
        )
        return say(head, growth=growth, verb=verb, now=now)
    if now.known:
        return say("The question is what growth a price of {now} twelve-month earnings takes for granted.", now=now)
    sales = ledger.latest(ledger.subject, "ps_ttm")
    if sales.known:
        return say("The question is what margin a price of {sales} twelve-month sales takes for granted.", sales=sales)
    return say("Too little is published to weigh the price: {why}.", why=now.reason)


def identity(ledger: Ledger) -> tuple[Text, ...]:
    """Say what the company is: where it is listed, what it does, how large it is, what one security stands for."""
    company, value = ledger.company, ledger.latest(ledger.subject, "market_value")
    place = phrase("; ").join(part for part in (company.listing, company.country) if part)
    name = phrase("{what} ({why})", what=company.name, why=place)
    works = phrase("{name} works in {field}", name=name, field=_field(company.industry))
    head = works if company.industry else phrase("{name} is listed on {exchange}", name=name, exchange=company.exchange)
    sized = say("{head} and was worth {value} at the close of {day}.", head=head, value=value, day=value.period.label)
    sentences = [sized if value.known else say("{head}.", head=head)]
    revenue = ledger.latest(ledger.subject, "revenue", kind="ttm")
    if revenue.known:
        sentences.append(_business(ledger, revenue))
    if company.ads_ratio and company.ads_ratio == int(company.ads_ratio):
        ordinary = counted(int(company.ads_ratio), "{count} ordinary share", "{count} ordinary shares")
        currency = mark_of(ledger, company.statement_currency)
        sentences.append(
            say("One ADS stands for {ordinary}; statements are in {currency}.", ordinary=ordinary, currency=currency)
        )
    return tuple(sentences)


def _field(industry: str) -> str:
    """Return an industry as it stands in a sentence: "internet retail", "software (infrastructure)"."""
    head, _, tail = industry.lower().partition(" - ")
    return f"{head} ({tail})" if tail else head


def _business(ledger: Ledger, revenue: Fact) -> Text:
    """Return revenue and net income of twelve months, a loss as a loss."""
    income = ledger.latest(ledger.subject, "net_income_attributable", kind="ttm")
    parts: dict[str, Part] = {"revenue": revenue, "when": in_period(revenue.period), "income": income}
    if income.number is None or income.period != revenue.period:
        return say("It took in {revenue} {when}.", **parts)
    if income.number < 0:
        return say("It took in {revenue} {when} and lost {income:abs}.", **parts)
    return say("It took in {revenue} {when} and earned {income} for its shareholders.", **parts)


def multiple_sentences(ledger: Ledger) -> tuple[Text, ...]:
    """Return the price's year and what moved it: earnings, the multiple, the currency."""
    change = ledger.latest(ledger.subject, "price_change", name="ytd")
    if change.number is None:
        return (say("The price cannot be followed over the year: {why}.", why=change.reason),)
    benchmark, excess = (
        ledger.latest(ledger.benchmark, "price_change", name="ytd"),
        ledger.latest(ledger.subject, "excess_return", name="ytd"),
    )
    verb = moved(change, up=phrase("has risen"), down=phrase("has fallen"))
    head = say("The price {verb} this year ({change:signed})", verb=verb, change=change)
    if benchmark.known and excess.number is not None:
        head = say(
            "{head}, {name} {benchmark:signed}", head=head, name=ledger.name_of(ledger.benchmark), benchmark=benchmark
        )
    return (say("{head}.", head=head), *_parts(ledger))


def _parts(ledger: Ledger) -> tuple[Text, ...]:
    found = {
        name: ledger.latest(ledger.subject, "decomposition", name=name) for name in ("earnings", "multiple", "currency")
    }
    earnings, multiple, currency = found["earnings"], found["multiple"], found["currency"]
    if earnings.number is None or multiple.number is None:
        why = (
            earnings.reason
            if earnings.formula and earnings.reason
            else phrase("earnings known at the start of the year are not in our sources")
        )
        return (say("It cannot be split into earnings and multiple: {why}.", why=why),)
    led = abs(earnings.number) > abs(multiple.number)
    larger = phrase("the larger part is earnings") if led else phrase("the larger part is the multiple")
    last = larger if earnings.number * multiple.number > 0 else phrase("the two pulled apart")
    basis = phrase("diluted EPS") if on_diluted(earnings) else phrase("net income per security")
    parts: dict[str, Part] = {
        "earnings": earnings,
        "multiple": multiple,
        "last": last,
        "basis": basis,
        "currency": currency,
    }
    two = "Twelve-month earnings ({basis}) moved {earnings:signed}, the multiple {multiple:signed}: {last}."
    three = (
        "Twelve-month earnings ({basis}) moved {earnings:signed}, the multiple {multiple:signed}, "
        "the currency {currency:signed}: {last}."
    )
    return (say(three if currency.known else two, **parts),)


def turns(ledger: Ledger) -> tuple[Text, ...]:
    """Return the two or three facts that the question turns on, the weightiest first."""
    found = (_cash_turn(ledger), _growth_turn(ledger), _plan_turn(ledger), _target_turn(ledger), _margin_turn(ledger))
    return tuple(text for text in found if text)[:MOST_TURNS]


def _cash_turn(ledger: Ledger) -> Text:
    cash = cash_of(ledger)
    return say("{text}.", text=sentence_case(cash_clause(cash, name=cash_name(cash)))) if cash is not None else ()


def _growth_turn(ledger: Ledger) -> Text:
    """Return the segment's growth beside that of the whole, or that of the whole alone."""
    segment = segment_of(ledger)
    growth = ledger.latest(ledger.subject, "revenue_growth", kind="quarter")
    if segment is not None and growth.number is not None and growth.period == segment.growth.period:
        return say("{text}; revenue as a whole grew {growth:signed}.", text=segment_clause(segment), growth=growth)
    if segment is not None:
        return say("{text}.", text=segment_clause(segment))
    if growth.number is None:
        return ()
    if is_flat(growth):
        words = "Revenue was little changed {when} against a year before ({growth:signed})."
    else:
        words = "Revenue {moved} {growth:abs} {when} against a year before."
    return say(words, growth=growth, when=in_period(growth.period), moved=moved(growth))


def _plan_turn(ledger: Ledger) -> Text:
    plan = plan_of(ledger, ledger.subject)
    if plan is None or plan.ended or not plan_shares(plan):
        return ()
    share = ledger.latest(ledger.subject, "capex_intensity", kind="ttm")
    head = say("A year of the plan is {shares}", shares=plan_shares(plan))
    if not share.known or not plan.of_revenue.known:
        return say("{head}.", head=head)
    side = against(plan.of_revenue, share)
    return say(
        "{head}; spending so far is {share} of revenue, so the plan is {side} it.", head=head, share=share, side=side
    )


def _target_turn(ledger: Ledger) -> Text:
    target = mean_target(ledger) or next(iter(house_targets(ledger)), None)
    if target is None:
        return ()
    mean = target.metric == "target_mean"
    what = phrase("the mean target") if mean else phrase("the newest house target")
    return say("{text}.", text=sentence_case(target_clause(ledger, target, what=what)))


def _margin_turn(ledger: Ledger) -> Text:
    margin = ledger.latest(ledger.subject, "net_margin", kind="ttm")
    if margin.number is None:
        return ()
    if margin.number < 0:
        return say(
            "Of each unit of revenue {margin:abs} was lost {when}.", margin=margin, when=in_period(margin.period)
        )
    return say(
        "Of each unit of revenue {margin} stayed as net income {when}.", margin=margin, when=in_period(margin.period)
    )
