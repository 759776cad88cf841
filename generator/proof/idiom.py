"""Idiom: how days, years and what a page counts for itself stand in words, in the language of a brief."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from generator.language import ENGLISH, msgids, translated
from generator.language.days import MONTHS
from generator.language.figures import scale_words
from generator.language.reading import day_patterns, texts_with_digits
from generator.model.wording import SYMBOLS

SHORT = 3
MONTH = "|".join((*MONTHS, *(month[:SHORT] for month in MONTHS)))
ISO = r"\b(?P<iso>\d{4}-\d\d-\d\d)\b"
DAY = re.compile(rf"\b(?P<d>\d{{1,2}}) (?P<M>{MONTH})(?: (?P<y>\d{{4}})\b)?|{ISO}")
YEAR = re.compile(r"(?:\bFY|\bFY |\b)(?P<y>(?:19|20)\d\d)(?:[AE]\b|\b)")
AFTER = re.compile(r"[\d%×]|[.,]\d|(?:bn|tn|m)\b")
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
COUNTED = msgids(
    "Exhibit {number}", "EXHIBIT {number}", "{count} min read", "Source {number}", "Sources {first} to {last}",
    "over {years} years",
)  # fmt: skip
PLACE = re.compile(r"\\\{\w+\\\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Idiom:
    """The numbers in words of one language that are no facts.

    `days` are written days, months and years with a month, each with named groups for its parts; `after` begins what
    makes a figure another one when it follows: a digit, a unit; `names` hold digits.
    """

    days: tuple[re.Pattern[str], ...] = (DAY,)
    months: tuple[str, ...] = MONTHS
    year: re.Pattern[str] = YEAR
    after: re.Pattern[str] = AFTER
    structure: tuple[re.Pattern[str], ...] = STRUCTURE
    names: tuple[str, ...] = NAMES


HOUSE = Idiom()


def idiom_of(tag: str) -> Idiom:
    """Return the idiom of a language; it is the one that is spoken."""
    return HOUSE if tag == ENGLISH else _idiom(tag)


@lru_cache(maxsize=8)
def _idiom(tag: str) -> Idiom:
    months, patterns = day_patterns(tag)
    units = "|".join(
        re.escape(word.strip("\u00a0 ")) for word in (*scale_words(tag), *map(translated, SYMBOLS.values())) if word
    )
    after = rf"[\d×]|[.,]\d| ?%| ?(?:{units})(?![A-Za-z])"
    counted = (PLACE.sub(r"\\d+", re.escape(translated(text))) for text in COUNTED)
    return Idiom(
        days=(*(re.compile(pattern) for pattern in patterns), re.compile(ISO)),
        months=months,
        year=re.compile(rf"(?<![\d.,A-Za-z])(?:FY ?)?(?P<y>(?:19|20)\d\d)[AE]?(?!{after})"),
        after=re.compile(after),
        structure=tuple(re.compile(rf"(?<!\d){words}(?!\d)") for words in (*counted, r"\bQ[1-4]\b")),
        names=(*NAMES, *texts_with_digits(tag)),
    )


def day_of(found: re.Match[str], idiom: Idiom, known: Callable[[int | None, int | None, int | None], bool]) -> bool:
    """Tell whether a day in words, or what of one is told, is known: its year, month and day of the month, if told."""
    parts = found.groupdict()
    if parts.get("iso"):
        try:
            day = date.fromisoformat(parts["iso"])
        except ValueError:
            return False
        return known(day.year, day.month, day.day)
    month = parts.get("M") or ""
    number = int(month) if month.isdigit() else _number_of(month, idiom)
    return known(_int(parts.get("y")), number, _int(parts.get("d")))


def _number_of(month: str, idiom: Idiom) -> int | None:
    """Return the number of a month by its name or the beginning of it."""
    place = next((i for i, name in enumerate(idiom.months) if name.startswith(month.rstrip("."))), None)
    return None if place is None else place % 12 + 1


def _int(digits: str | None) -> int | None:
    return int(digits) if digits else None
