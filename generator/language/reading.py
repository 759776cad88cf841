"""Reading: how the days of a language are found in words again, and which texts of its catalogue hold digits."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from generator.language.figures import locale_of
from generator.language.texts import catalogue_of

TOKENS = re.compile(r"'([^']*)'|(y+|M+|L+|d+)|([^'yMLd]+)")
PLACE = re.compile(r"\{\w+(?::\w*)?\}")
DIGIT = re.compile(r"\d")
MIDDLE = 15


def day_patterns(tag: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the months, long and then short, and patterns of days with the groups y, M and d.

    The longest forms come first: day, month and year, then day and month, month and year, the month alone where it is
    a number.
    """
    from babel.dates import format_date

    locale = locale_of(tag)
    days = [date(2000, month, MIDDLE) for month in range(1, 13)]
    long, short = (tuple(str(format_date(day, form, locale=locale)) for day in days) for form in ("MMMM", "MMM"))
    month = "|".join(re.escape(name) for name in sorted({*long, *short}, key=len, reverse=True))
    forms = [
        locale.date_formats["long"].pattern,
        *(locale.datetime_skeletons[each].pattern for each in ("yMMMd", "MMMMd", "MMMd", "yMMMM", "yMMM")),
    ]
    if short[0][:1].isdigit():
        forms.append("MMM")
    return (*long, *short), tuple(dict.fromkeys(_pattern(form, month) for form in forms))


def _pattern(form: str, month: str) -> str:
    """Return the form of a date as a pattern: "d. MMMM y", "y年M月d日"."""
    parts = []
    for quoted, token, words in TOKENS.findall(form):
        if token.startswith("y"):
            parts.append(r"(?P<y>\d{4})")
        elif token.startswith("d"):
            parts.append(r"(?P<d>\d{1,2})")
        elif token in ("M", "MM", "L"):
            parts.append(r"(?P<M>\d{1,2})")
        elif token:
            parts.append(f"(?P<M>{month})")
        else:
            parts.append(re.escape(quoted or words).replace(r"\ ", r"\s"))
    return rf"(?<![\d.,]){''.join(parts)}(?!\d)"


@lru_cache(maxsize=8)
def texts_with_digits(tag: str) -> tuple[str, ...]:
    """Return the translations of the texts whose English holds digits of its own, cut at their places."""
    pairs = catalogue_of(tag).pairs
    found = (part for text, told in pairs if DIGIT.search(PLACE.sub("", text)) for part in PLACE.split(told))
    return tuple(dict.fromkeys(part.strip() for part in found if DIGIT.search(part)))
