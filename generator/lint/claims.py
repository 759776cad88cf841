"""Claims: each number of a text with whom and what it is about, of when it is, and whether it looks ahead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.lint.numbers import Number, numbers_in
from generator.lint.prose import Sentence, names_of

LEFT, RIGHT, BESIDE = 90, 70, 45
MILLION = 1e6
COMPANY_WIDE = ("revenue", "net income", "free cash flow", "market value")
PERIOD = re.compile(
    r"\b(?:fiscal |FY|F)?Q[1-4](?: of)?(?: fiscal| FY)? ?(?:20)?\d\d\b|\bQ[1-4]\b|\bH[12] ?20\d\d\b|\bFY ?(?:20)?\d\d\b"
    r"|\bfiscal(?: year)? 20\d\d\b"
    r"|\b(?:quarter|half|year|months) (?:to|ended|ending|through) [A-Z][a-z]+(?: (?:\d{1,2},? )?20\d\d)?"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)(?:[- ]quarter"
    r"| 20\d\d)"
    r"|\b(?:first|second|third|fourth)[- ](?:fiscal )?quarter(?: of (?:fiscal )?20\d\d)?|\b(?:in"
    r"|for|during|of|by|through) (?:calendar )?(?:20\d\d)\b"
    r"|\b(?:full[- ]year|fiscal year|twelve months|trailing twelve months|TTM|first half|second half"
    r"|nine months|a year (?:earlier|ago|before)|previous (?:quarter|year)|prior (?:quarter|year)"
    r"|last year|year[- ]to[- ]date|over the (?:past|last) \w+ \w+)\b",
)
LATEST = re.compile(r"\b(?:its |the )?(?:latest|newest|most recent|last reported) quarter\b", re.IGNORECASE)
AHEAD = re.compile(
    r"\b(?:expect\w*|project\w*|forecast\w*|guid(?:es|ed|ance)|will|would|could|may|might|estimat\w*"
    r"|target\w*|plan\w*|outlook|next (?:quarter|year))\b",
    re.IGNORECASE,
)
GROWTH = re.compile(
    r"\b(?:gr[eo]w\w*|growth|increas\w+|ris(?:e|es|en|ing)|rose|up|gain\w*|jump\w*|surg\w+|climb\w*"
    r"|expand\w*|advanc\w+|accelerat\w+|year[- ]over[- ]year|yoy)\b",
    re.IGNORECASE,
)
DECLINE = re.compile(
    r"\b(?:declin\w+|fell|fall\w*|drop\w*|decreas\w+|down|shr[aiu]nk\w*|contract\w*|slump\w*|los[st]\w*)\b",
    re.IGNORECASE,
)
METRICS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (name, unit, re.compile(words, re.IGNORECASE))
    for name, unit, words in (
        ("forward P/E", "ratio", r"\bforward (?:P/E|price[- ]to[- ]earnings)"),
        ("P/E", "ratio", r"(?<!forward )\b(?:P/E|price[- ]to[- ]earnings)\b"),
        ("P/S", "ratio", r"\b(?:P/S|price[- ]to[- ]sales)\b"),
        ("target price", "money", r"\b(?:price target|target price|12-month target|target of)\b"),
        ("market share", "percent", r"\bmarket share\b|\bshare of (?:the )?\w+ market\b"),
        ("operating margin", "percent", r"\boperating margin\b"),
        ("gross margin", "percent", r"\bgross margin\b"),
        ("net margin", "percent", r"\b(?:net|profit) margin\b"),
        ("market value", "money", r"\b(?:market (?:cap(?:itali[sz]ation)?|value)|valued at|worth)\b"),
        ("earnings per share", "money", r"\b(?:EPS|earnings per (?:share|ADS))\b"),
        ("net income", "money", r"\b(?:net (?:income|profit|earnings))\b"),
        ("free cash flow", "money", r"\bfree cash flow\b"),
        ("revenue", "money", r"\b(?:revenues?|sales|turnover)\b"),
    )
)
TOPIC = re.compile(
    r"\b([A-Za-z][a-z]+(?:-[a-z]+)?)[ -](?:revenues?|sales|segment|business|unit|division|subscriptions?)\b"
)
_NO_TOPIC = """
the its their our total net company group overall product products quarterly annual and of in all other whose
organic comparable reported record strong weak higher lower same new product-related to from with that this each
customer a an his her such core underlying gross global international domestic smaller
"""
NO_TOPIC = frozenset(_NO_TOPIC.split())
OTHER_GROWTH = re.compile(
    r"\b(?:operating income|income|profits?|EBITD?A|earnings|margin|bookings|backlog|orders|customers|users|subscribers"
    r"|spending|costs?|volumes?|capacity|headcount)\b",
    re.IGNORECASE,
)
NOUN = re.compile(r"\b(?:revenues?|sales|income|profits?|earnings|margin|shares?|stock|price|EPS|volume|orders)\b")
FIGURE = re.compile(r"\d[\d.,]*")
PLAN = re.compile(
    r"\b(?:plan\w*|commit\w*|invest(?:s|ed|ing|ments?)?|spend\w*|pledg\w+|budget\w*|capex|capital expenditures?"
    r"|outlay\w*|earmark\w*)\b",
    re.IGNORECASE,
)
WHOLE = re.compile(
    r"\b(?:global|worldwide|industry[- ]wide|sector[- ]wide)(?: [A-Za-z/&-]+){0,3} (?:spending"
    r"|investment|capex|outlays?|expenditures?)\b",
    re.IGNORECASE,
)
WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10, "several": 3}
YEARS = re.compile(
    r"\b(?P<n>\d{1,2}|two|three|four|five|six|seven|eight|ten)[- ]year\b|\b(?:over|in|within"
    r"|across|during)(?: the)?(?: next| coming)? (?P<m>\d{1,2}|two|three|four|five|six|seven"
    r"|eight|ten) years\b",
    re.IGNORECASE,
)
YEARLY = re.compile(
    r"\b(?:this year|in (?:fiscal |calendar )?20\d\d|annual(?:ly)?|a year|per year|yearly|for (?:fiscal "
    r"|calendar )?20\d\d|next year)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One number with what it says: the metric, its topic ("cloud"), its company, its period in the text's words."""

    number: Number
    metric: str
    entity: str
    topic: str = ""
    period: str = ""
    ahead: bool = False

    @property
    def line(self) -> int:
        """The line, or page, it stands on."""
        return self.number.sentence.line


def claims_in(texts: Sequence[Sentence], names: Sequence[str]) -> tuple[Claim, ...]:
    """Return what the numbers of a text claim, those whose metric is recognised."""
    main = names[0] if names else ""
    topics = {match[1].lower() for each in texts for match in TOPIC.finditer(each.text)} - NO_TOPIC
    found = []
    for sentence in texts:
        for number in numbers_in(sentence):
            metric, topic = _metric(number, topics)
            if metric:
                found.append(_claim(number, metric, topic, names, main))
    return tuple(found)


def _claim(number: Number, metric: str, topic: str, names: Sequence[str], main: str) -> Claim:
    near, whole = clause(number), number.sentence.text
    period = LATEST.search(near) or PERIOD.search(near)
    named = list(PERIOD.finditer(whole))
    period = period or (named[0] if len(named) == 1 else None)
    return Claim(
        number=number,
        metric=metric,
        topic=topic,
        entity=entity_of(number, names, main),
        period=("latest" if LATEST.search(near) else period[0]) if period else "",
        ahead=AHEAD.search(whole) is not None,
    )


def clause(number: Number) -> str:
    """Return the part of the sentence that a number stands in, between commas, dashes and semicolons."""
    text = number.sentence.text
    starts = [
        match.end() for match in re.finditer(r"[,;:(](?=\s)|[—–](?=\D)|\band\b(?= [a-z]+ )", text[: number.start])
    ]
    ends = [match.start() for match in re.finditer(r"[,;:)](?=\s|$)|[—–](?=\D)", text[number.end :])]
    first, last = (starts[-1] if starts else 0), (number.end + ends[0] if ends else len(text))
    return text[first:last]


def entity_of(number: Number, names: Sequence[str], main: str) -> str:
    """Return whom a number is about: the nearest name before it in its sentence, else who the text is about."""
    before = [name for at, name in names_of(number.sentence.text) if at < number.start and name in names]
    return before[-1] if before else main


def _metric(number: Number, topics: set[str]) -> tuple[str, str]:
    """Return what a number measures and the topic it is narrowed to, or two empty texts."""
    text, near = number.sentence.text, clause(number)
    if number.unit == "percent":
        if GROWTH.search(near) or DECLINE.search(near):
            topic = _topic(near, number, topics)
            if not topic and not NOUN.search(near):
                topic = _topic(text[: number.end], number, topics)
            kind = OTHER_GROWTH.search(near)
            return (f"{kind[0].lower()} growth" if kind else "growth", topic) if topic else ("", "")
        return _named(near, "percent")
    if number.unit == "money":
        metric, topic = _named(near, "money")
        return ("", "") if metric in COMPANY_WIDE and number.value < MILLION else (metric, topic)
    if number.unit in {"multiple", "plain"} and not _year(number):
        before = text[max(0, number.start - BESIDE) : number.start]
        return _named(FIGURE.split(before)[-1], "ratio", last=True)
    return "", ""


def _year(number: Number) -> bool:
    return number.unit == "plain" and number.step == 1 and 1900 <= number.value <= 2100


def _named(near: str, unit: str, *, last: bool = False) -> tuple[str, str]:
    hits = [(match.start(), name) for name, kind, words in METRICS if kind == unit for match in words.finditer(near)]
    if not hits:
        return "", ""
    hits.sort(key=lambda hit: hit[0])
    return (hits[-1] if last else hits[0])[1], ""


def _topic(near: str, number: Number, topics: set[str]) -> str:
    """Return the topic nearest to a number in a stretch of text."""
    at = near.find(number.text)
    found = [
        (abs(match.start() - at), match[0].lower())
        for match in re.finditer(r"[A-Za-z][a-z]+(?:-[a-z]+)?", near)
        if match[0].lower() in topics
    ]
    return min(found)[1] if found else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A sum a company means to spend, and over how many years; None where the text does not say."""

    number: Number
    entity: str
    years: float | None


def plans_in(texts: Sequence[Sentence], names: Sequence[str]) -> tuple[Plan, ...]:
    """Return the spending plans of a text; one named again takes the horizon it was given elsewhere."""
    main = names[0] if names else ""
    found = [
        Plan(number=number, entity=entity_of(number, names, main), years=_years(number))
        for sentence in texts
        for number in numbers_in(sentence)
        if number.unit == "money"
        and number.value >= 1e8
        and PLAN.search(sentence.text)
        and not WHOLE.search(clause(number))
    ]
    horizons = {(plan.entity, plan.number.value): plan.years for plan in found if plan.years is not None}
    many = {key: years for key, years in horizons.items() if years > 1}
    known = (
        horizons
        | many
        | {(plan.entity, plan.number.value): plan.years for plan in found if plan.years is not None and plan.years > 1}
    )
    return tuple(
        Plan(number=plan.number, entity=plan.entity, years=known.get((plan.entity, plan.number.value)))
        for plan in found
    )


def _years(number: Number) -> float | None:
    """Return over how many years a sum is spent, by the words around it."""
    text = number.sentence.text
    near = text[max(0, number.start - LEFT) : number.end + LEFT]
    if match := YEARS.search(near):
        word = (match["n"] or match["m"]).lower()
        return float(WORDS.get(word) or word)
    after = text[number.end : number.end + RIGHT]
    return 1.0 if YEARLY.search(after) or YEARLY.search(clause(number)) else None


def wholes_in(texts: Sequence[Sentence]) -> Iterator[Number]:
    """Give the amounts that are said to be what a whole industry spends."""
    for sentence in texts:
        for number in numbers_in(sentence):
            if number.unit == "money" and number.value >= 1e8:
                match = WHOLE.search(sentence.text)
                if match is not None and match.start() < number.start and number.start - match.end() < LEFT:
                    yield number
