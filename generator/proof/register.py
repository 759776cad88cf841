"""Register: every way in which a number of one brief may be written, and why it may stand there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import get_args

from generator.language import day_in_words
from generator.language.days import MONTHS
from generator.model.brief import Brief
from generator.model.fact import Source
from generator.model.ledger import Ledger
from generator.model.period import month_in_words
from generator.model.wording import Style
from generator.proof.stretches import Page, Stretch, plain

STYLES: tuple[Style, ...] = get_args(Style)
TELLING = re.compile(r"\d.*(?:[^\W\d_]| [×÷\u2212+] )|[^\W\d_].*\d", re.DOTALL)
SPOKEN: tuple[Style, ...] = ("", "signed", "whole", "abs", "precise")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
MONTH = "|".join((*MONTHS, *(month[:3] for month in MONTHS)))
DAY = re.compile(rf"\b(\d{{1,2}}) ({MONTH})(?: (\d{{4}})\b)?|\b(\d{{4}})-(\d\d)-(\d\d)\b")
YEAR = re.compile(r"(?:\bFY|\bFY |\b)((?:19|20)\d\d)(?:[AE]\b|\b)")
LOOK_BACK = (7, 14, 28, 30, 31, 60, 90, 91, 180, 182, 364, 365, 366)
BEFORE = re.compile(r"[\d\u2212+\-\u2013\u2014$\u20ac\u00a3\u00a5]$|\d[.,]$")
AFTER = re.compile(r"[\d%×]|[.,]\d|(?:bn|tn|m)\b")

PASSED_ON = re.compile(r" via | / |; | \(|, ")

NAMES = (
    "PDF/A-3a", "PDF/UA-1", "FINRA Rule 2241", "(EU) 596/2014", "Source Serif 4", "Source Sans 3", "License 1.1",
    "52-week", "52 weeks", "start at 100", "= 100",
)  # fmt: skip
"""The names with digits that the house's own templates and labels use: standards, laws, typefaces, windows."""
STRUCTURE = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        r"\bexhibits? \d+\b",
        r"\b\d+ min\b",
        r"\bsources? \d+\b",
        r"\b(?:over|next|last|of) \d+ years?\b",
        r"\bQ[1-4]\b",
        r"\b[1-5]y\b|\b[136]m\b|\b1w\b",
    )
)
"""What a page counts for itself: exhibits and sources, its reading time, the years of a plan, quarters, windows."""


@dataclass(frozen=True, slots=False, kw_only=True)
class Register:
    """The facts of one brief as they may be written, its days, and its words that hold digits."""

    ledger: Ledger
    phrases: tuple[str, ...] = ()
    _written: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, brief: Brief, ledger: Ledger, *, names: Iterable[str] = ()) -> Register:
        """Return the register of a brief; `names` are those of the files attached to it."""
        return cls(ledger=ledger, phrases=(*NAMES, *names, *_words_of(brief)))

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
    def months(self) -> frozenset[str]:
        """The months in which known days lie, as written: "June 2025", "Jun 2025"; also those periods are named by."""
        named = {month_in_words(end) for end in {fact.period.end for fact in self.ledger.facts.values()}}
        named |= {f"{MONTHS[day.month - 1]} {day.year}" for day in self.days}
        return frozenset(named | {f"{name[:3]} {name[-4:]}" for name in named})

    @cached_property
    def years(self) -> frozenset[int]:
        """The years in which known days lie."""
        return frozenset(day.year for day in self.days)

    @cached_property
    def index(self) -> Mapping[str, tuple[str, ...]]:
        """The words of the brief that hold digits, by the numbers in them."""
        found: dict[str, dict[str, None]] = {}
        for words in filter(TELLING.search, {*self.phrases, *_words_in(self.ledger)}):
            for number in NUMBER.findall(words):
                found.setdefault(number, {})[plain(words)] = None
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
    yield from ledger.notes
    for fact in ledger.facts.values():
        yield from (fact.name, fact.label, fact.note, fact.reason, fact.arithmetic, fact.formula, fact.qualifier)
        if isinstance(fact.value, str):
            yield fact.value
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
            if not exact and stands(written, figure):
                figure = cut(written, figure)
                break
    return figure


def unexplained(
    words: str, register: Register, *, known: Iterable[str] = (), styles: tuple[Style, ...] = SPOKEN
) -> tuple[str, ...]:
    """Return the numbers in plain words that are no writing of `known` facts, no known day and no structure."""
    if not NUMBER.search(words):
        return ()
    words = _explained(words, register)
    words = DAY.sub(lambda found: "" if _is_known(found, register) else found[0], words)
    if not NUMBER.search(words):
        return ()
    for pattern in STRUCTURE:
        words = pattern.sub("", words)
    for name in known:
        for written in register.written(name, styles):
            while stands(written, words):
                words = cut(written, words)
    words = YEAR.sub(lambda found: "" if int(found[1]) in register.years else found[0], words)
    return tuple(NUMBER.findall(words))


def _is_known(found: re.Match[str], register: Register) -> bool:
    """Tell whether a date in words is a day the ledger knows (without its year: in the days' years)."""
    day, month, year, *iso = found.groups()
    try:
        if iso[0]:
            return date(*map(int, iso)) in register.days
        number = next(i for i, name in enumerate(MONTHS, start=1) if name.startswith(month))
        years = [int(year)] if year else register.years
        return any(_day(each, number, int(day)) in register.days for each in years)
    except ValueError:
        return False


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _explained(words: str, register: Register) -> str:
    """Return words without those of the brief that hold digits: a name, a title, an arithmetic."""
    for number in NUMBER.findall(words):
        for phrase in register.index.get(number, ()):
            if phrase in words:
                words = words.replace(phrase, " ")
                break
    return words


def stands(written: str, words: str) -> bool:
    """Tell whether a figure stands in words as a whole: neither digits nor signs nor units around it."""
    return _place(written, words) >= 0


def cut(written: str, words: str) -> str:
    """Return words without the first place where a figure stands in them."""
    place = _place(written, words)
    return f"{words[:place]} {words[place + len(written) :]}"


def _place(written: str, words: str) -> int:
    place = words.find(written) if NUMBER.search(written) else -1
    while place >= 0:
        before, after = words[:place], words[place + len(written) :]
        if not BEFORE.search(before) and not AFTER.match(after):
            return place
        place = words.find(written, place + 1)
    return -1


def printed_facts(page: Page) -> tuple[str, ...]:
    """Return the ids of the facts that a page prints, each once."""
    marks = (name for each in page.stretches for mark in each.marks for name in mark.facts)
    found = dict.fromkeys((*marks, *(name for each in page.stretches for name in each.facts)))
    return tuple(name for name in found if not name.startswith("#"))
