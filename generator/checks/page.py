"""Rules about what the page shows: figures that are not the ledger's, outdated ones, two values of one figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from math import isclose

from generator.checks.figures import PLANS, ROUNDING, finding, full_name
from generator.checks.places import Passage, clauses, exhibits, passages, words_in
from generator.language import day_in_words, phrase
from generator.model.brief import Brief
from generator.model.fact import Fact
from generator.model.finding import Finding
from generator.model.ledger import Ledger
from generator.model.period import month_in_words
from generator.model.text import Text, facts_in, say

PROSE = ("sentence", "title", "tile")
PAST = re.compile(
    r"\b(before|after|earlier|previous|ago|no longer|superse\w+|replac\w+|restated|since|until|start of the year)\b"
)
WORD = re.compile(r"[A-Za-z]{3,}")
NEWEST = re.compile(r"\bnewest quarter\b")
YEAR_BEFORE = re.compile(r"\ba year (?:before|earlier|ago)\b")
SEVERAL, YEAR, SLACK = 2, 365, 20
PERIODIC = ("quarter", "half", "nine_months", "fiscal_year", "ttm")
SAYS = ("entity", "metric", "value", "low", "high", "unit", "currency", "period", "published_on")
"""What makes a figure what it is; a section may call it by a shorter name."""
UNDATED = ("house_target", "event", "risk", "base_price", "multiple_at_base", "exchange_rate_at_base")


def foreign_figure(brief: Brief, ledger: Ledger) -> Iterator[Finding]:
    """A figure on the page that is not the ledger's fact of that name."""
    for passage in passages(brief):
        yield from (_foreign(fact, passage.place, ledger) for fact in passage.facts if _strange(fact, ledger))
    for place, exhibit in exhibits(brief):
        drawn = exhibit.drawing.facts if exhibit.drawing else ()
        yield from (_foreign(fact, place, ledger) for fact in drawn if _strange(fact, ledger))


def _strange(fact: Fact, ledger: Ledger) -> bool:
    held = ledger.facts.get(fact.id)
    return fact.known and (held is None or any(getattr(held, key) != getattr(fact, key) for key in SAYS))


def _foreign(fact: Fact, place: str, ledger: Ledger) -> Finding:
    held = ledger.facts.get(fact.id)
    said = say(
        "{who}: {label} is printed as {value}{instead}.",
        who=ledger.name_of(fact.entity),
        label=full_name(fact),
        value=fact,
        instead=say(", where the ledger holds {held}", held=held)
        if held
        else phrase(", which the ledger does not hold"),
    )
    return placed(finding(said, fact, advice=phrase("print the fact of the ledger")), place)


def placed(found: Finding, place: str) -> Finding:
    """Return a finding with its place in the brief."""
    return replace(found, place=place)


def worded(passage: Passage) -> bool:
    """Tell prose, and cells that hold a sentence, from cells that are figures alone."""
    return passage.kind in PROSE or (passage.kind == "cell" and len(WORD.findall(passage.words)) >= SEVERAL)


def outdated_figure(brief: Brief, ledger: Ledger) -> Iterator[Finding]:
    """A figure in prose of which a later period was public, or that was revised, with nothing that dates it."""
    for passage in passages(brief):
        for clause in clauses(passage.text) if worded(passage) else ():
            words, here = words_in(clause), (*passage.facts, *passage.near)
            for fact in facts_in(clause):
                newer = _newer(fact, ledger)
                if newer is not None and (_of_now(words, fact) or (newer not in here and not _dated(words, fact))):
                    yield _outdated(fact, newer, passage.place, ledger)
            yield from (_outdated(*pair, passage.place, ledger) for pair in _years_apart(clause, ledger))


def _of_now(words: str, fact: Fact) -> bool:
    """Tell whether the clause says that it speaks of the newest quarter, and a figure is of a quarter."""
    return NEWEST.search(words) is not None and fact.period.kind == "quarter"


def _years_apart(clause: Text, ledger: Ledger) -> Iterator[tuple[Fact, Fact]]:
    """Give the figures of a "… a year before" that are not a year apart, each with the newest."""
    if not YEAR_BEFORE.search(words_in(clause)):
        return
    for one, other in combinations(facts_in(clause), 2):
        alike = (one.entity, one.metric, one.name, one.period.kind) == (
            other.entity, other.metric, other.name, other.period.kind
        )  # fmt: skip
        apart = abs((one.period.end - other.period.end).days)
        if alike and one.known and other.known and abs(apart - YEAR) > SLACK:
            yield one, ledger.latest(one.entity, one.metric, kind=one.period.kind, name=one.name)


def _outdated(fact: Fact, newer: Fact, place: str, ledger: Ledger) -> Finding:
    said = say(
        "{who}: {label} is printed as {old} where it does not belong; the newest is {new} ({period}).",
        who=ledger.name_of(fact.entity),
        label=full_name(fact),
        old=fact,
        new=newer,
        period=newer.period.label,
    )
    return placed(finding(said, fact, newer, advice=phrase("print the newest figure, or its period")), place)


def _newer(fact: Fact, ledger: Ledger) -> Fact | None:
    """Return the newest figure in whose place an older one is printed, or None where it is the newest."""
    if not fact.known or fact.metric in UNDATED:
        return None
    if fact in ledger.superseded(fact.entity, fact.metric):
        now = ledger.at(fact.entity, fact.metric, fact.period, name=fact.name)
        moved = now.number is None or fact.number is None or not isclose(now.number, fact.number, rel_tol=ROUNDING)
        return now if moved else None
    if fact.period.kind not in PERIODIC or fact.metric in PLANS or fact.ahead:
        return None
    newest = ledger.latest(fact.entity, fact.metric, kind=fact.period.kind, name=fact.name)
    return newest if newest.known and newest.period.end > fact.period.end else None


def _dated(words: str, fact: Fact) -> bool:
    """Tell whether words say of when a figure is."""
    of_when = (fact.period.label, month_in_words(fact.period.end), day_in_words(fact.period.end).replace("\u00a0", " "))
    published = day_in_words(fact.published_on).replace("\u00a0", " ")
    return any(each in words for each in (*of_when, published)) or PAST.search(words) is not None


def two_values(brief: Brief, ledger: Ledger) -> Iterator[Finding]:
    """One figure of one period printed with two values beyond rounding, neither of them as superseded."""
    first: dict[tuple[object, ...], tuple[Fact, str]] = {}
    for passage in passages(brief):
        for fact in passage.facts:
            if fact.number is None or fact in ledger.superseded(fact.entity, fact.metric):
                continue
            key = (fact.entity, fact.metric, fact.name, fact.period, fact.currency, fact.unit)
            other, place = first.setdefault(key, (fact, passage.place))
            if not isclose(fact.number, other.number or 0.0, rel_tol=ROUNDING):
                said = say(
                    "{who}: {label} is printed as {one} ({place}) and as {two}.",
                    who=ledger.name_of(fact.entity),
                    label=full_name(fact),
                    one=other,
                    place=place,
                    two=fact,
                )
                yield placed(finding(said, fact, advice=phrase("keep the one that its source prints")), passage.place)
