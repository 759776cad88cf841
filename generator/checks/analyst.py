"""The analyst's own text: figures typed by hand, superlatives, and sources that nobody could look up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.checks.figures import finding
from generator.checks.page import placed
from generator.language import phrase
from generator.model.brief import Brief
from generator.model.finding import Finding
from generator.model.ledger import Ledger
from generator.model.text import say

FIGURE = re.compile(r"""\{\{[-\s]*fig\(\s*["']([^"']+)["'][^}]*\}\}""")
CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
MARKS = re.compile(r"https?://\S+|\]\([^)]*\)|^\s*(?:\d+[.)]|[-*+>#]+)\s", re.MULTILINE)
MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*"
DATES = re.compile(
    rf"\b\d{{1,2}}\.? {MONTHS}(?: \d{{4}})?|\b{MONTHS} \d{{4}}\b|\b{MONTHS} \d{{1,2}}\b(?:, \d{{4}})?"
    r"|\b(?:FY|Q[1-4] ?|H[12] ?|fiscal(?: year)? )?(?:19|20)\d\d\b(?!\s?(?:%|bn|m\b|million|billion))"
    r"|\bQ[1-4]\b|\bH[12]\b|\b\d{4}-\d{2}-\d{2}\b"
)
NAMES = re.compile(r"\b[A-Za-z]+[-.]?\d+(?:\.\d+)?[A-Za-z]*\b|\b\d+-[KQ]\b|\b20-F\b|\bS&P 500\b|\bNasdaq[- ]100\b")
NUMBER = re.compile(
    r"(?:US\$|HK\$|RMB\s?|[$€£¥])?\d[\d.,]*\d?"
    r"(?:\s?(?:%|percent|per cent|bn|billion|m\b|million|tn|trillion|×|x\b|times))?"
)
BEST = "best|largest|biggest|fastest|strongest|cheapest|leading|dominant|only|first|highest|lowest"
SUPERLATIVE = re.compile(
    rf"\b(?:the (?:{BEST})|unprecedented|unrivall?ed|unmatched|unparallell?ed|world[- ](?:class|leading)"
    r"|best[- ]in[- ]class|most \w+(?:ed|able|ive|ing|ful|ant|al) \w+)\b",
    re.IGNORECASE,
)
WHO = "analysts|experts|observers|commentators|insiders|critics"
SAYS = "say|said|believe|expect|think|note|noted|argue|warn|agree"
VAGUE = re.compile(
    r"\b(?:market (?:coverage|participants|watchers|commentators|observers)"
    rf"|(?:some|many|most|several) (?:{WHO}|investors)|(?:{WHO}) (?:{SAYS})"
    r"|(?:industry|company|informed) sources|sources (?:say|said|close to)"
    r"|(?:recent|various) (?:sector )?(?:analyses|reports|studies)|sector commentators"
    r"|it is (?:widely )?(?:believed|expected|reported|known)(?! to)|reports? suggests?|studies show|reportedly"
    r"|rumou?rs?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the analyst's text without its markup: where it stands, and the facts it names."""

    place: str
    text: str
    facts: tuple[str, ...]


def lines_of(brief: Brief) -> Iterator[Line]:
    """Give every line of the analyst's texts with its file and line."""
    for section in brief.sections:
        where = brief.words_from.get(section.key, f"words.{section.key}")
        for number, raw in enumerate(section.words.split("\n"), 1):
            if raw.strip():
                plain = MARKS.sub(" ", CODE.sub("\ufffc", raw))
                yield Line(place=f"{where}, line {number}", text=plain, facts=tuple(FIGURE.findall(raw)))


def typed_number(brief: Brief, ledger: Ledger) -> Iterator[Finding]:
    """A figure in the analyst's text that was typed by hand, so that nobody can say where it is from."""
    del ledger
    for line in lines_of(brief):
        for number in typed_numbers(line.text):
            said = say("“{number}” is typed by hand and has no source.", number=number)
            advice = phrase('write it as a fact, {{ fig("id") }}, or add it to the KPI file with its source')
            yield placed(finding(said, advice=advice), line.place)


def typed_numbers(text: str) -> list[str]:
    """Return the numbers of a text that are neither dates, periods nor parts of a name."""
    bare = NAMES.sub(" ", DATES.sub(" ", text))
    return [match[0].rstrip(".,") for match in NUMBER.finditer(bare)]


def superlative(brief: Brief, ledger: Ledger) -> Iterator[Finding]:
    """A superlative in the analyst's text, on a line that names no fact."""
    del ledger
    for line in lines_of(brief):
        for match in SUPERLATIVE.finditer(line.text) if not line.facts else ():
            said = say("“{word}” is a superlative without a fact beside it.", word=match[0])
            yield placed(finding(said, advice=phrase("name the figure it rests on, or say less")), line.place)


def vague_source(brief: Brief, ledger: Ledger) -> Iterator[Finding]:
    """A source in the analyst's text that nobody could look up."""
    del ledger
    for line in lines_of(brief):
        for match in VAGUE.finditer(line.text):
            said = say("“{words}” names no source that could be looked up.", words=match[0])
            yield placed(finding(said, advice=phrase("name who published it and when")), line.place)
