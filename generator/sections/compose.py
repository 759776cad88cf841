"""Compose: ledger and findings in, brief out. Sections in their order, exhibits numbered, sources collected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from generator import __version__
from generator.charts.style import Look
from generator.errors import UnknownNameError
from generator.model.brand import Brand
from generator.model.brief import Brief, Exhibit, Front, Section
from generator.model.fact import Source
from generator.model.finding import Finding
from generator.model.ledger import Ledger
from generator.model.report import Report
from generator.model.text import Text, facts_in
from generator.sections import (
    changes,
    conclusion,
    financials,
    front,
    implications,
    landscape,
    notes,
    risks,
    sources,
    strategy,
    thesis,
    valuation,
)
from generator.sections.setting import Build, Setting

SECTIONS: Mapping[str, Build] = MappingProxyType(
    {
        "changes": changes.build,
        "thesis": thesis.build,
        "strategy": strategy.build,
        "landscape": landscape.build,
        "valuation": valuation.build,
        "financials": financials.build,
        "risks": risks.build,
        "implications": implications.build,
        "conclusion": conclusion.build,
        "notes": notes.build,
        "sources": sources.build,
    }
)
HOUSE = Brand()
OBLIGATORY = ("notes", "sources")
FIGURE_IN_WORDS = re.compile(r"""\bfig\(\s*["']([^"']+)["']""")


def compose(
    report: Report,
    ledger: Ledger,
    *,
    findings: tuple[Finding, ...],
    look: Look,
    brand: Brand = HOUSE,
    previous: Ledger | None = None,
) -> Brief:
    """Return the brief of one report; `previous` are the facts of the last issue, if there was one.

    Raises:
        UnknownNameError: the report asks for a section that does not exist.
    """
    keys = section_keys(report)
    opening = front.build(ledger, _setting(report, "takeaways", findings, look))
    settings = {key: replace(_setting(report, key, findings, look), previous=previous) for key in keys}
    built = [SECTIONS[key](ledger, settings[key]) for key in keys]
    opening, sections = numbered(opening, built)
    return Brief(
        company=ledger.company,
        as_of=ledger.until,
        priced_on=ledger.latest(ledger.subject, "price").period.end,
        front=opening,
        sections=tuple(sections),
        sources=cited(opening, sections, ledger),
        facts=ledger.facts,
        findings=findings,
        wording=ledger.wording,
        author=report.author,
        writing=report.writing or brand.writing,
        brand=replace(brand, name=report.brand or brand.name),
        template=report.template,
        language=report.language,
        paper=report.paper,
        version=__version__,
        disclosures=report.disclosures,
        words_from=report.words_from,
    )


def noted(brief: Brief, report: Report, ledger: Ledger, *, findings: tuple[Finding, ...], look: Look) -> Brief:
    """Return a brief whose data notes tell these findings; the other sections stay as they are."""
    sections = tuple(_renoted(each, report, ledger, findings, look) for each in brief.sections)
    return replace(brief, sections=sections, findings=findings, sources=cited(brief.front, sections, ledger))


def _renoted(section: Section, report: Report, ledger: Ledger, findings: tuple[Finding, ...], look: Look) -> Section:
    """Return the data notes built anew, their exhibits under the numbers they had; any other section as it is."""
    if section.key != "notes":
        return section
    again = SECTIONS["notes"](ledger, _setting(report, "notes", findings, look))
    numbers = [each.number for each in section.exhibits]
    exhibits = tuple(replace(each, number=number) for each, number in zip(again.exhibits, numbers, strict=True))
    return replace(again, exhibits=exhibits)


def section_keys(report: Report) -> tuple[str, ...]:
    """Return the sections asked for in their order; data notes and sources always stand at the end."""
    asked = tuple(key for key in report.sections if key != "takeaways") or tuple(SECTIONS)
    for key in asked:
        if key not in SECTIONS:
            raise UnknownNameError(f"{report.path}: sections.order", "section", key, ["takeaways", *SECTIONS])
    return (*(key for key in asked if key not in OBLIGATORY), *OBLIGATORY)


def _setting(report: Report, key: str, findings: tuple[Finding, ...], look: Look) -> Setting:
    return Setting(look=look, options=report.options.get(key, {}), words=report.words.get(key, ""), findings=findings)


def numbered(opening: Front, sections: Iterable[Section]) -> tuple[Front, list[Section]]:
    """Return page one and the sections with their exhibits numbered through."""
    count = 0
    if opening.exhibit is not None:
        count = 1
        opening = replace(opening, exhibit=replace(opening.exhibit, number=1))
    done = []
    for section in sections:
        exhibits = tuple(replace(each, number=count + i) for i, each in enumerate(section.exhibits, 1))
        count += len(exhibits)
        done.append(replace(section, exhibits=exhibits))
    return opening, done


def cited(opening: Front, sections: Iterable[Section], ledger: Ledger) -> tuple[Source, ...]:
    """Return the sources of everything printed, in the order of their first use."""
    facts = [fact for text in _texts(opening, sections) for fact in facts_in(text)]
    drawn = [source for each in _exhibits(opening, sections) for source in each.sources]
    words = [ledger.facts[key] for key in _named(sections) if key in ledger.facts]
    found = [source for fact in (*facts, *words) for source in fact.sources]
    return tuple(dict.fromkeys((*found, *drawn)))


def _named(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield from FIGURE_IN_WORDS.findall(section.words)


def _exhibits(opening: Front, sections: Iterable[Section]) -> Iterator[Exhibit]:
    if opening.exhibit is not None:
        yield opening.exhibit
    yield from opening.side_exhibits
    for section in sections:
        yield from section.exhibits


def _texts(opening: Front, sections: Iterable[Section]) -> Iterator[Text]:
    """Every text of the brief in reading order."""
    yield from (opening.headline, opening.deck, opening.key_data_note)
    for tile in opening.tiles:
        yield from (tile.figure, tile.context)
    for paragraph in opening.takeaways:
        yield from paragraph.sentences
    for datum in opening.key_data:
        yield datum.figure
    if opening.exhibit is not None:
        yield from exhibit_texts(opening.exhibit)
    for side in opening.side_exhibits:
        yield from exhibit_texts(side)
    for section in sections:
        yield section.lede
        for paragraph in (*section.prose, *(p for box in section.callouts for p in box.paragraphs)):
            yield from paragraph.sentences
        for exhibit in section.exhibits:
            yield from exhibit_texts(exhibit)


def exhibit_texts(exhibit: Exhibit) -> Iterator[Text]:
    """The texts of one exhibit: title, subtitle, alt text, table cells and note."""
    yield from (exhibit.title, exhibit.subtitle, exhibit.note)
    if exhibit.drawing is not None:
        yield exhibit.drawing.alt
    for row in exhibit.table.rows if exhibit.table else ():
        yield from (row.head, *row.cells)
