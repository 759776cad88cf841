"""Register: every way in which a number of one brief may be written, and why it may stand there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from operator import attrgetter
from typing import get_args

from generator.language import day_in_words, phrase
from generator.model.brief import Brief
from generator.model.fact import Source
from generator.model.ledger import Ledger
from generator.model.wording import Style
from generator.proof.idiom import HOUSE, Idiom, day_of, idiom_of
from generator.proof.stretches import Page, Stretch, plain

STYLES: tuple[Style, ...] = get_args(Style)
TELLING = re.compile(r"\d.*(?:[^\W\d_]| [×÷\u2212+] )|[^\W\d_].*\d", re.DOTALL)
SPOKEN: tuple[Style, ...] = ("", "signed", "whole", "abs", "precise")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
TOLD = attrgetter("name", "label", "note", "reason", "arithmetic", "formula", "qualifier")
LOOK_BACK = (7, 14, 28, 30, 31, 60, 90, 91, 180, 182, 364, 365, 366)
BEFORE = re.compile(r"[\d\u2212+\-\u2013\u2014$\u20ac\u00a3\u00a5]$|\d[.,]$")
PASSED_ON = re.compile(r" via | / |; | \(|, ")


@dataclass(frozen=True, slots=False, kw_only=True)
class Register:
    """The facts of one brief as they may be written, its days, and its words that hold digits."""

    ledger: Ledger
    phrases: tuple[str, ...] = ()
    idiom: Idiom = HOUSE
    _written: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, brief: Brief, ledger: Ledger, *, names: Iterable[str] = ()) -> Register:
        """Return the register of a brief; `names` are those of the files attached to it."""
        idiom = idiom_of(ledger.wording.language)
        return cls(ledger=ledger, phrases=(*idiom.names, *names, *_words_of(brief)), idiom=idiom)

    def written(self, name: str, styles: tuple[Style, ...] = STYLES) -> tuple[str, ...]:
        """Return every way in which the house writes a fact, the longest first; none for a fact that is not there.

        With the `SPOKEN` styles, only those that stand in prose: with currency and unit.
        """
        if name.startswith("#source-"):
            return (name.removeprefix("#source-"),)
        key = (name, len(styles))
        if key not in self._written:
            fact = self.ledger.facts.get(name)
            found = {plain(self.ledger.wording.write(fact, style)) for style in styles} if fact else set()
            self._written[key] = tuple(sorted(found, key=lambda words: (-len(words), words)))
        return self._written[key]

    @cached_property
    def days(self) -> frozenset[date]:
        """Every day that a fact, a source or a line of the ledger knows, and the days the sections look back to."""
        until = self.ledger.until
        days = {until, *(until - timedelta(days=back) for back in LOOK_BACK)}
        for fact in self.ledger.facts.values():
            days.update((fact.as_of, fact.published_on))
            if isinstance(fact.value, date):
                days.add(fact.value)
        for period in {fact.period for fact in self.ledger.facts.values()}:
            days.update((period.start or period.end, period.end))
        days.update(source.published_on for source in _sources(self.ledger))
        for line in self.ledger.series.values():
            days.update(line.days)
        return frozenset(days)

    @cached_property
    def _told(self) -> frozenset[tuple[int | None, int | None, int | None]]:
        """What may be told of the known days: year, month and day, or some of them; also the months periods end in."""
        found: set[tuple[int | None, int | None, int | None]] = set()
        for day in self.days:
            nominal = day - timedelta(days=7)
            found |= {(day.year, day.month, day.day), (None, day.month, day.day)}
            found |= {(each.year, each.month, None) for each in (day, nominal)}
            found |= {(None, each.month, None) for each in (day, nominal)}
        return frozenset(found)

    def knows(self, year: int | None, month: int | None, day: int | None) -> bool:
        """Tell whether a day, or what is told of it, is one that the ledger knows."""
        return month is not None and (year, month, day) in self._told

    @cached_property
    def years(self) -> frozenset[int]:
        """The years in which known days lie."""
        return frozenset(day.year for day in self.days)

    @cached_property
    def index(self) -> Mapping[str, tuple[str, ...]]:
        """The words of the brief that hold digits, by the numbers in them."""
        found: dict[str, dict[str, None]] = {}
        # Whether there is a digit at all is asked first: most words have none, and TELLING looks long for one.
        for words in filter(TELLING.search, filter(NUMBER.search, {*self.phrases, *_words_in(self.ledger)})):
            bare = plain(words)
            for number in NUMBER.findall(words):
                found.setdefault(number, {})[bare] = None
        return {number: tuple(sorted(words, key=len, reverse=True)) for number, words in found.items()}


def _sources(ledger: Ledger) -> Iterable[Source]:
    """Return the sources of a ledger's facts; most facts share the tuple they are kept in."""
    shared = {id(fact.sources): fact.sources for fact in ledger.facts.values()}
    return {id(source): source for sources in shared.values() for source in sources}.values()


def _words_in(ledger: Ledger) -> Iterator[str]:
    """Yield the words of a ledger that may hold digits: names, notes, reasons, arithmetic, titles."""
    for company in ledger.companies.values():
        yield from (company.name, company.short_name, company.native_name, company.listing, company.industry)
        if company.ads_ratio:
            yield f"{company.ads_ratio:g} ordinary shares"
            yield phrase("One ADS stands for {ratio} ordinary shares.", ratio=f"{company.ads_ratio:g}")
    yield from ledger.notes
    facts = ledger.facts.values()
    for told in (TOLD(fact) for fact in facts):
        yield from told
    yield from (fact.value for fact in facts if isinstance(fact.value, str))
    for source in _sources(ledger):
        yield from (source.publisher, source.title, source.licence, PASSED_ON.split(source.publisher, maxsplit=1)[0])


def _words_of(brief: Brief) -> Iterator[str]:
    """Yield the words of a brief that are not the ledger's: its makers', its labels', its publisher's."""
    brand = brief.brand
    yield from (brief.author, brand.name, brand.footer, f"{brand.name} {brief.version}", *brand.disclosures.values())
    yield from brief.disclosures.values()
    if brief.reviewed_on is not None:
        yield day_in_words(brief.reviewed_on)
    for finding in brief.findings:
        yield from (finding.advice, finding.place)
        if finding.override is not None:
            yield from (finding.override.by, finding.override.reason)
        # A message without figures is known as a whole, not by the numbers that it quotes.
        if all(isinstance(run, str) for run in finding.message):
            yield "".join(str(run) for run in finding.message)


def unresolved(stretch: Stretch, register: Register, *, known: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the numbers of a stretch that neither a fact nor the brief's structure accounts for.

    A figure must be written as its own fact is; `known` are the facts that may also stand in words without marks.
    """
    if stretch.kind == "tick":
        return ()
    words, wrong = stretch.words, []
    for mark in sorted(stretch.marks, key=lambda each: -each.start):
        figure = plain(words[mark.start : mark.end])
        rest = _without(figure, mark.facts, register, exact=stretch.kind != "label")
        words = f"{words[: mark.start]} {rest if stretch.kind == 'label' else ''} {words[mark.end :]}"
        if rest and stretch.kind != "label" and NUMBER.search(rest):
            wrong.append(figure)
    styles = STYLES if stretch.kind in ("alt", "label") else SPOKEN
    return (*reversed(wrong), *unexplained(plain(words), register, known=(*known, *stretch.facts), styles=styles))


def _without(figure: str, facts: Iterable[str], register: Register, *, exact: bool) -> str:
    """Return what is left of words when the writings of their facts are taken out."""
    for name in facts:
        for written in register.written(name):
            if figure == written:
                return ""
            if not exact and stands(written, figure, register.idiom):
                figure = cut(written, figure, register.idiom)
                break
    return figure


def unexplained(
    words: str, register: Register, *, known: Iterable[str] = (), styles: tuple[Style, ...] = SPOKEN
) -> tuple[str, ...]:
    """Return the numbers in plain words that are no writing of `known` facts, no known day and no structure."""
    if not NUMBER.search(words):
        return ()
    words = _explained(words, register)
    for pattern in register.idiom.days:
        words = pattern.sub(lambda found: "" if day_of(found, register.idiom, register.knows) else found[0], words)
    if not NUMBER.search(words):
        return ()
    for pattern in register.idiom.structure:
        words = pattern.sub("", words)
    for name in known if NUMBER.search(words) else ():
        for written in register.written(name, styles):
            while stands(written, words, register.idiom):
                words = cut(written, words, register.idiom)
    words = register.idiom.year.sub(lambda found: "" if int(found["y"]) in register.years else found[0], words)
    return tuple(NUMBER.findall(words))


def _explained(words: str, register: Register) -> str:
    """Return words without those of the brief that hold digits: a name, a title, an arithmetic."""
    for number in NUMBER.findall(words):
        for known in register.index.get(number, ()):
            if known in words:
                words = words.replace(known, " ")
                break
    return words


def stands(written: str, words: str, idiom: Idiom = HOUSE) -> bool:
    """Tell whether a figure stands in words as a whole: neither digits nor signs nor units around it."""
    return _place(written, words, idiom) >= 0


def cut(written: str, words: str, idiom: Idiom = HOUSE) -> str:
    """Return words without the first place where a figure stands in them."""
    place = _place(written, words, idiom)
    return f"{words[:place]} {words[place + len(written) :]}"


def _place(written: str, words: str, idiom: Idiom) -> int:
    place = words.find(written)
    if place < 0 or not NUMBER.search(written):
        return -1
    while place >= 0:
        before, after = words[:place], words[place + len(written) :]
        if not BEFORE.search(before) and not idiom.after.match(after):
            return place
        place = words.find(written, place + 1)
    return -1


def printed_facts(page: Page) -> tuple[str, ...]:
    """Return the ids of the facts that a page prints, each once."""
    marks = (name for each in page.stretches for mark in each.marks for name in mark.facts)
    found = dict.fromkeys((*marks, *(name for each in page.stretches for name in each.facts)))
    return tuple(name for name in found if not name.startswith("#"))
