"""Prose: the figures that a brief's sentences print, each with the style it is first written in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.language import phrase
from generator.language.days import short_day, short_month
from generator.model.brief import Brief, Paragraph, Section
from generator.model.fact import Fact, Unit
from generator.model.period import Period
from generator.model.text import Figure, Text
from generator.model.wording import Style

FIG = re.compile(r"""\bfig\(\s*(?:"([^"]+)"|'([^']+)')""")


def stated_figures(brief: Brief) -> tuple[Figure, ...]:
    """Return the stated figures of the front page's texts and of the sections' sentences, the newest period first.

    Each stands once; what only a callout quotes, such as a plan that was superseded, does not count.
    One written without its sign or its currency ("fell by 3%") is given back with it.
    """
    found: dict[str, Figure] = {}
    for figure in _figures(brief):
        fact = figure.fact
        if fact.known and fact.stated and fact.unit not in (Unit.TEXT, Unit.DATE):
            found.setdefault(fact.id, Figure(fact=fact, style=_whole(figure.style)))
    periods = {figure.fact.period for figure in found.values()}
    order = sorted(periods, key=lambda period: (period.end, period.code), reverse=True)
    return tuple(sorted(found.values(), key=lambda figure: order.index(figure.fact.period)))


def short(period: Period) -> str:
    """Return a period in few letters: "quarter to June 2025", "2 Oct 2025", "2025", "Feb 2025 to Feb 2028"."""
    start, end = period.start, period.end
    if period.kind not in ("plan", "window") or start is None:
        return short_day(end) if period.kind == "instant" else period.label
    if (start.year, start.month, start.day, end.month, end.day) == (end.year, 1, 1, 12, 31):
        return str(end.year)
    return phrase("{start} to {end}", start=short_month(start), end=short_month(end))


def _whole(style: Style) -> Style:
    return style if style in ("signed", "whole", "precise") else ""


def _figures(brief: Brief) -> Iterator[Figure]:
    for text in _texts(brief):
        yield from (run for run in text if isinstance(run, Figure))
    for section in brief.sections:
        yield from (Figure(fact=fact) for fact in _written_by_hand(section, brief))


def _written_by_hand(section: Section, brief: Brief) -> Iterator[Fact]:
    names = (double or single for double, single in FIG.findall(section.words))
    yield from (brief.facts[name] for name in names if name in brief.facts)


def _texts(brief: Brief) -> Iterator[Text]:
    front = brief.front
    yield from (front.headline, front.deck)
    for tile in front.tiles:
        yield from (tile.figure, tile.context)
    yield from _sentences(front.takeaways)
    for section in brief.sections:
        yield section.lede
        yield from _sentences(section.prose)


def _sentences(paragraphs: tuple[Paragraph, ...]) -> Iterator[Text]:
    for paragraph in paragraphs:
        yield from paragraph.sentences
