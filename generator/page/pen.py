"""Pen: how the texts of one brief are written as HTML, each figure tied to its fact and its sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from markupsafe import Markup, escape

from generator.language import phrase, space
from generator.model.brief import Brief, Exhibit, Paragraph
from generator.model.fact import Fact, Source
from generator.model.period import Period
from generator.model.text import Figure, Run, Strong, Text, facts_in
from generator.model.wording import NO_BREAK, Style
from generator.page.prose import short, stated_figures

UNITS = (
    "tn|bn|m|million|billion|trillion|years?|quarters?|months?|weeks?|days?|points?|bp|basis|times|shares?|ADSs?"
    "|analysts?|sources?|per|percent|of|January|February|March|April|May|June|July|August|September|October"
    "|November|December"
)
AFTER_NUMBER = re.compile(rf"(?<=\d) (?=(?:{UNITS})\b)")
BEFORE_NUMBER = re.compile(r"(?<=\b[A-Z]{3}) (?=\d)|(?<=\bExhibit) (?=\d)|(?<=\bof) (?=\d)")
IN_DATE = re.compile(r"(?<=\d)(?=[年月日])|(?<=[年月])(?=\d)")
LONGEST_GLUED = 22
JOINER, TOGETHER = "\u2060", 4
WIDE = "\u2e80"
PASSED_ON = re.compile(r" via | / |; | \(|, ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The documents of one publisher that a brief cites; they share a number, and each has an anchor of its own."""

    name: str
    sources: tuple[Source, ...]


def grouped(sources: Sequence[Source]) -> tuple[Group, ...]:
    """Return sources by publisher, in the order of first use; whoever passed a document on does not count."""
    groups: dict[str, dict[tuple[str, date], Source]] = {}
    for source in sources:
        documents = groups.setdefault(publisher_of(source), {})
        documents.setdefault((source.title, source.published_on), source)
    return tuple(Group(name=name, sources=tuple(group.values())) for name, group in groups.items())


def publisher_of(source: Source) -> str:
    """Return who published a document first: "Reuters via Business Standard" is Reuters."""
    return PASSED_ON.split(source.publisher, maxsplit=1)[0].strip()


class Pen:
    """Writes the texts of one brief; a template reaches it through the filters and through `fig`."""

    def __init__(self, brief: Brief) -> None:
        self.facts = brief.facts
        self.until = brief.as_of
        self._wording = brief.wording
        self._brief = brief
        self.groups = grouped(brief.sources)
        self._place = {
            (group.name, source.title, source.published_on): (number, position)
            for number, group in enumerate(self.groups, start=1)
            for position, source in enumerate(group.sources, start=1)
        }

    def text(self, text: Text) -> Markup:
        """Return a text as HTML: words escaped, bold words strong, figures linked to their first source.

        Why the space before a figure stands inside its link: where only that space is too long for a line, WeasyPrint
        breaks the line after its first word.
        """
        runs = glued(text)
        written: list[Markup] = []
        lead = ""
        for run, after in zip(runs, (*runs[1:], "")[: len(runs)], strict=True):
            if isinstance(run, str) and run.endswith(" ") and isinstance(after, Figure):
                written.append(escape(run[:-1]))
                lead = " "
            else:
                written.append(self._run(run, lead=lead))
                lead = ""
        return Markup("").join(written)

    def plain(self, text: Text) -> str:
        """Return a text as it reads, without markup, for alt texts and attributes."""
        return "".join(self._words(run) for run in glued(text)).replace(JOINER, "")

    def title(self, text: Text) -> Markup:
        """Return a text with its last two words glued together, so that no word stands alone on the last line."""
        return self.text(_last_words_glued(text))

    def sentence(self, text: Text, *, last: bool = False) -> Markup:
        """Return a sentence with the numbers of its sources at its end."""
        return self.text(_last_words_glued(text) if last else text) + self.refs(self.numbers(facts_in(text)))

    def paragraph(self, paragraph: Paragraph) -> Markup:
        """Return a paragraph's sentences, after its bold lead-in if there is one."""
        final = len(paragraph.sentences) - 1
        sentences = [self.sentence(text, last=i == final) for i, text in enumerate(paragraph.sentences)]
        lead = [Markup("<strong>{}</strong>").format(paragraph.lead)] if paragraph.lead else []
        if space():
            return Markup(" ").join([*lead, *sentences])
        parted = (each + " " if each.endswith("</sup>") else each for each in sentences)
        return Markup("").join([*lead, *parted]).rstrip()

    def figure(self, fact: Fact, style: Style = "", *, lead: str = "") -> Markup:
        """Return a figure as a link to its first source, or as a span when it has none in this brief."""
        words = lead + self._wording.write(fact, style)
        if not fact.known:
            template = '<span class="fig missing" data-fact="{}" title="{}">{}</span>'
            return Markup(template).format(fact.id, fact.reason or phrase("not known"), words)
        places = self._places(fact.sources)
        if not places:
            return Markup('<span class="fig" data-fact="{}">{}</span>').format(fact.id, words)
        number, position = places[0]
        template = '<a class="fig" data-fact="{}" href="#source-{}-{}">{}</a>'
        return Markup(template).format(fact.id, number, position, words)

    def numbers(self, facts: Iterable[Fact]) -> tuple[int, ...]:
        """Return the distinct source numbers of some facts, in ascending order."""
        return self.source_numbers(source for fact in facts if fact.known for source in fact.sources)

    def source_numbers(self, sources: Iterable[Source]) -> tuple[int, ...]:
        """Return the distinct numbers of some sources in this brief, in ascending order."""
        return tuple(sorted({number for number, _ in self._places(sources)}))

    def _places(self, sources: Iterable[Source]) -> list[tuple[int, int]]:
        """Return where sources stand in the list: the number of their publisher and their place under it."""
        keys = ((publisher_of(source), source.title, source.published_on) for source in sources)
        return [self._place[key] for key in keys if key in self._place]

    def refs(self, numbers: Sequence[int]) -> Markup:
        """Return source numbers as a superscript glued to the word before it: "1-4, 7", each end of a range a link."""
        if not numbers:
            return Markup("")
        spans = [
            _link(first) if first == last else _link(first) + _dash(first, last) + _link(last)
            for first, last in ranges(numbers)
        ]
        return Markup('<sup class="refs">{}{}</sup>').format(NO_BREAK, Markup(", ").join(spans))

    def taken(self, source: Source) -> Markup:
        """Return the stated figures that the sentences take from a document, each once, after their period.

        Those of the day of the document come first, and need no other day.
        """
        place = self._places((source,))
        figures = self._taken.get(place[0], []) if place else []
        own = [figure for figure in figures if figure.fact.period == Period.instant(source.published_on)]
        told = [_listed(self._bare(own))] if own else []
        others = (figure for figure in figures if figure not in own)
        for period, each in groupby(others, key=lambda figure: figure.fact.period):
            told.append(Markup("{}: {}").format(short(period), _listed(self._bare(each))))
        return Markup(phrase("; ")).join(told)

    @cached_property
    def _taken(self) -> dict[tuple[int, int], list[Figure]]:
        """The stated figures of the sentences by the place of the document that each is linked to."""
        found: dict[tuple[int, int], list[Figure]] = {}
        for figure in stated_figures(self._brief):
            for place in self._places(figure.fact.sources)[:1]:
                found.setdefault(place, []).append(figure)
        return found

    def _bare(self, figures: Iterable[Figure]) -> list[Markup]:
        """Return figures without links, what reads the same only once."""
        words = {self._wording.write(figure.fact, figure.style): figure.fact.id for figure in reversed([*figures])}
        template = Markup('<span class="fig" data-fact="{}">{}</span>')
        return [template.format(name, figure) for figure, name in reversed(words.items())]

    def publishers(self, sources: Sequence[Source]) -> Markup:
        """Return sources in short form: each publisher once, with its number."""
        numbers = dict.fromkeys(number for number, _ in self._places(sources))
        return Markup("; ").join(escape(self.groups[number - 1].name) + self.refs((number,)) for number in numbers)

    def reasons(self, exhibit: Exhibit) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return why figures of an exhibit are missing: each mark ("n/a", "n/m") with its reasons, each once."""
        missing = [fact for fact in exhibit_facts(exhibit) if not fact.known]
        found: dict[str, dict[str, None]] = {}
        for fact in missing:
            found.setdefault(self._wording.write(fact), {})[fact.reason or phrase("not known")] = None
        return tuple((mark, tuple(reasons)) for mark, reasons in found.items())

    def _run(self, run: Run, *, lead: str = "") -> Markup:
        if isinstance(run, Figure):
            return self.figure(run.fact, run.style, lead=lead)
        return Markup("<strong>{}</strong>").format(run.words) if isinstance(run, Strong) else escape(run)

    def _words(self, run: Run) -> str:
        if isinstance(run, Figure):
            return self._wording.write(run.fact, run.style)
        return run.words if isinstance(run, Strong) else run


def exhibit_facts(exhibit: Exhibit) -> tuple[Fact, ...]:
    """Return the facts an exhibit prints, those of its drawing and those of its table."""
    cells = [text for row in exhibit.table.rows for text in (row.head, *row.cells)] if exhibit.table else []
    drawn = exhibit.drawing.facts if exhibit.drawing else ()
    return (*drawn, *(fact for text in cells for fact in facts_in(text)))


def ranges(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return ascending numbers as ranges of at least three; two neighbours stay two."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return [
        part
        for first, last in found
        for part in ([(first, last)] if last - first != 1 else [(first, first), (last, last)])
    ]


def glued(text: Text) -> Text:
    """Return a text with no-break spaces between numbers and what they count, inside its words."""
    return tuple(
        IN_DATE.sub(JOINER, BEFORE_NUMBER.sub(NO_BREAK, AFTER_NUMBER.sub(NO_BREAK, run)))
        if isinstance(run, str)
        else run
        for run in text
    )


def _cut(text: Text) -> tuple[Text, Text]:
    """Return a text cut at its last space."""
    tail: list[Run] = []
    for place in range(len(text) - 1, -1, -1):
        run = text[place]
        if isinstance(run, str) and " " in run:
            before, _, after = run.rpartition(" ")
            return (*text[:place], before + " "), (*((after,) if after else ()), *tail)
        tail.insert(0, run)
    return (), tuple(tail)


def _last_words_glued(text: Text) -> Text:
    """Return a text whose last space does not break, unless the words around it are long or a figure ends it.

    Where no spaces part words, its last letters stay together.
    """
    start = next((i + 1 for i in range(len(text) - 1, -1, -1) if not isinstance(text[i], str)), 0)
    last = "".join(map(str, text[start:]))
    if len(last) >= TOGETHER and all(letter >= WIDE for letter in last[-TOGETHER:]):
        return (*text[:start], last[:-TOGETHER] + JOINER.join(last[-TOGETHER:]))
    head, tail = _cut(text)
    if not head or not all(isinstance(run, str) for run in tail):
        return text
    before = str(head[-1]).rstrip(" ")
    after = "".join(map(str, tail))
    if len(before.rpartition(" ")[2]) + len(after) > LONGEST_GLUED:
        return text
    return (*head[:-1], before + NO_BREAK + after)


def _listed(words: Iterable[Markup]) -> Markup:
    return Markup(phrase(", ")).join(words)


def _link(number: int) -> Markup:
    words = phrase("Source {number}", number=number)
    return Markup('<a href="#source-{0}" title="{1}">{0}</a>').format(number, words)


def _dash(first: int, last: int) -> Markup:
    words = phrase("Sources {first} to {last}", first=first, last=last)
    return Markup('<span title="{}">\u2013</span>').format(words)
