"""Prose: sentences with their place, the day a text bears, and the names it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator.language.days import MONTHS
from generator.lint.reading import Page

END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9$€£¥])")
SHORT = re.compile(
    r"\b(?:U\.S|U\.K|E\.U|Inc|Corp|Ltd|Co|vs|e\.g|i\.e|Mr|Ms|Mrs|Dr|No|St|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[A-Z])\.$"
)
MONTH = "|".join(f"{name}|{name[:3]}" for name in MONTHS) + "|Sept"
DAY = re.compile(
    rf"\b(?P<m1>{MONTH})\.? (?P<d1>\d{{1,2}}),? (?P<y1>20\d\d)\b"
    rf"|\b(?P<d2>\d{{1,2}}) (?P<m2>{MONTH})\.? (?P<y2>20\d\d)\b"
    r"|\b(?P<y3>20\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d)\b"
)
HEAD = 20
HEADING = re.compile(r"[.!?:;,]$")
NAME = re.compile(r"\b[A-Z][A-Za-z0-9&.\-]*[A-Za-z0-9](?: (?:of|&) [A-Z]\w+| [A-Z][A-Za-z0-9&.\-]*[A-Za-z0-9])*")
_NO_NAME = """
A An The This That These Those It Its In On At By For From With As And But Or Yet If While When Where What Who How
However Meanwhile Additionally Analyst Analysts Investors Investor Management According After Before Since Over AI
FY TTM YTD P/E P/S EPS USD RMB CNY EUR GBP U.S US UK EU China Europe America Asia January February March April May
June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Monday Tuesday
Wednesday Thursday Friday Saturday Sunday Q1 Q2 Q3 Q4 H1 H2 Global Worldwide Total Revenue Net Free Buy Hold Sell
Capital Operating Gross Shares Cloud Group Summary Conclusion Risks Valuation Outlook Their Our We They He She There
Here No Not All Some Most Both Each Every One Two Three Four Five Six
"""
NO_NAME = frozenset(_NO_NAME.split())


ACTS = (
    r"(?:plans|expects|reported|said|will|has|trades|announced|sold|counted|earned|posted|is (?:projected|expected))\b"
)
LONG, WORDS_A_FIGURE = 60, 3
STOPPED = re.compile(r"[.!?:;…”\"’)\]]$")
HANGING = re.compile(
    r"\b(?:according to|per|by|from|of|in|as|an?|the|is|are|was|were|and|to|with|at|for|that|than)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence: its text, the line or page it begins on, and the numbers of its paragraph and of itself."""

    text: str
    line: int
    paragraph: int
    number: int
    unit: str = "line"
    heading: bool = False

    @property
    def prose(self) -> bool:
        """Whether it is a sentence rather than a table's row or the labels of a chart."""
        numbers = len(re.findall(r"\d[\d.,]*", self.text))
        ended = self.text.rstrip('"”’)').endswith((".", "!", "?", ":")) or HANGING.search(self.text) is not None
        return ended and len(self.text.split()) >= WORDS_A_FIGURE * max(numbers, 1)


def torn(before: Page, page: Page) -> bool:
    """Tell whether something was lost between two paragraphs, so that they are pieces of one.

    Why: on a PDF's page nobody can tell the end of a paragraph from that of a line.
    """
    if page.unit == "page" or len(before.text) < LONG or STOPPED.search(before.text):
        return False
    first = page.text[0]
    return first in ".,;)" or (first.islower() and HANGING.search(before.text) is not None)


def sentences(pages: Sequence[Page]) -> tuple[Sentence, ...]:
    """Return the sentences of a text in their order."""
    found: list[Sentence] = []
    number = 0
    for index, page in enumerate(pages):
        number += index > 0 and not torn(pages[index - 1], page)
        heading = len(page.text) < 120 and HEADING.search(page.text) is None
        for at, text in _split(page.text):
            found.append(
                Sentence(
                    text=text, line=page.line(at), paragraph=number, number=len(found), unit=page.unit, heading=heading
                )
            )
    return tuple(found)


def _split(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for match in END.finditer(text):
        if not SHORT.search(text[start : match.start()]):
            yield start, text[start : match.start()]
            start = match.end()
    if text[start:].strip():
        yield start, text[start:]


def day_of(pages: Sequence[Page]) -> date | None:
    """Return the day a text bears at its head, or None."""
    for page in pages[:HEAD]:
        for match in DAY.finditer(page.text) if len(page.text) < 200 else ():
            if (day := _day(match)) is not None:
                return day
    return None


def _day(match: re.Match[str]) -> date | None:
    found = match.groupdict()
    for suffix in "123":
        if found[f"y{suffix}"]:
            month = found[f"m{suffix}"]
            number = int(month) if month.isdigit() else [name[:3] for name in MONTHS].index(month[:3]) + 1
            try:
                return date(int(found[f"y{suffix}"]), number, int(found[f"d{suffix}"]))
            except ValueError:
                return None
    return None


def names_in(texts: Sequence[Sentence]) -> tuple[str, ...]:
    """Return the names of companies and the like that a text speaks of, who it is about first."""
    known: set[str] = set()
    for sentence in texts:
        for at, name in names_of(sentence.text) if not sentence.heading else ():
            if at > 0 or re.match(rf"{re.escape(name)}(?:['’]s\b| {ACTS})", sentence.text):
                known.add(name)
    words = " ".join(sentence.text for sentence in texts)
    names = [name for name in known if not re.search(rf"\b{re.escape(name.lower())}\b", words)]
    counts = {name: len(re.findall(rf"\b{re.escape(name)}\b", words)) for name in names}
    title = next((sentence.text for sentence in texts if sentence.heading), "")
    return tuple(sorted(names, key=lambda name: (name not in title, -counts[name], name)))


def names_of(text: str) -> Iterator[tuple[int, str]]:
    """Give the names in a text with where they begin, words that only begin a sentence left out."""
    for match in NAME.finditer(text):
        words = match[0].split()
        at = match.start()
        while words and words[0] in NO_NAME:
            at += len(words.pop(0)) + 1
        while words and words[-1] in NO_NAME:
            words.pop()
        if words:
            yield at, words[0] if len(words) > 1 and words[-1] in {"Group", "Inc", "Corp"} else " ".join(words)
