"""Holes: names and citations that a text has lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.lint.finding import Lint, at
from generator.lint.prose import torn
from generator.lint.reading import Page

SOURCE = (
    r"according to|as reported by|reported by|cited by|citing|as noted by|per|data from|figures from"
    r"|estimates by|a report by"
)
WITHIN = (
    (re.compile(rf"\b(?:{SOURCE})\s*(?:the\s*)?(?=[.,;)]|$)", re.IGNORECASE), "the source is missing"),
    (re.compile(r",\s*,|,\s*;|;\s*,|\(\s*[,;.]?\s*\)|“\s*”"), "something between two marks is missing"),
    (re.compile(r"\s(?:by|from|of|with|to|at|as)\s+[.;](?:\s|$)"), "a name is missing"),
)
SAYING = re.compile(r"^([A-Z][a-z]+) (?:reported|posted|announced|unveiled|disclosed) (?:an? |its |that |record |\d)")
FULL = (".", "!", "?", ":", "”", '"')
NEAR = 20
_PEOPLE = """
management analysts analyst investors regulators executives officials shareholders researchers economists nobody
everybody somebody police government parliament congress
"""
PEOPLE = frozenset(_PEOPLE.split())


def holes(pages: Sequence[Page]) -> Iterator[Lint]:
    """A name or a citation that is no longer there: "according to .", ", a company that"."""
    yield from _between(pages)
    yield from _within(pages)
    yield from _subjects(pages)


def _between(pages: Sequence[Page]) -> Iterator[Lint]:
    """Give the holes at the break of two paragraphs."""
    for before, page in pairwise(pages):
        if torn(before, page):
            end, begin = before.text[-40:], page.text[:30]
            said = f"a name or source is missing between “…{end}” and “{begin}…”"
            yield at("hole", page.line(0), page.unit, said, "put the name or source back")


def _within(pages: Sequence[Page]) -> Iterator[Lint]:
    for page in pages:
        told: list[int] = []
        for pattern, what in WITHIN:
            for match in pattern.finditer(page.text):
                if any(abs(match.start() - other) < NEAR for other in told):
                    continue
                if match.end() < len(page.text) or page.text.endswith(FULL):
                    told.append(match.start())
                    around = page.text[max(0, match.start() - 25) : match.end() + 15]
                    said = f"{what}: “…{around.strip()}…”"
                    yield at("hole", page.line(match.start()), page.unit, said, "put the name or source back")


def _subjects(pages: Sequence[Page]) -> Iterator[Lint]:
    """Give what is left of a name at the start of what a colon announced: a common noun that reports something."""
    words = " ".join(page.text for page in pages if page.text.endswith(FULL))
    for before, page in pairwise(pages):
        match = SAYING.match(page.text) if before.text.endswith(":") else None
        if match is None or match[1].lower() in PEOPLE or match[1].endswith("s"):
            continue
        common = len(re.findall(rf"\b{match[1].lower()}\b", words)) > 1
        proper = re.search(rf"(?<![.!?:] )(?<!^)\b{match[1]}\b(?! reported| posted)", words.replace(page.text, ""))
        if common and proper is None:
            said = f"who reports is missing before “{match[0].strip()}…”"
            yield at("hole", page.line(0), page.unit, said, "put the company's name back")
