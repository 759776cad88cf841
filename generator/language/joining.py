"""Joining: lists in prose, and what stands between two sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from generator.language.texts import ENGLISH, msgid, spoken, translated

UNSPACED = ("zh", "ja")
AND_CLAUSE = msgid(", and ")
PLACE = re.compile(r"\\\{\w+\\\}")


def space() -> str:
    """Return what stands between two sentences: a space, or nothing in Chinese and Japanese."""
    return "" if spoken().partition("-")[0] in UNSPACED else " "


def between(count: int, *, clauses: bool = False) -> tuple[str, ...]:
    """Return what stands between so many parts of a list: "a, b and c" has ", " and " and "."""
    if count <= 1:
        return ()
    if clauses and not space():
        return (translated(AND_CLAUSE),) * (count - 1)
    return (*[", "] * (count - 2), " and ") if spoken() == ENGLISH else _between(spoken(), count)


@lru_cache(maxsize=64)
def _between(tag: str, count: int) -> tuple[str, ...]:
    from babel.lists import format_list

    from generator.language.figures import locale_of

    return tuple(format_list(["\x00"] * count, locale=locale_of(tag)).strip("\x00").split("\x00"))


def enumerated(words: Sequence[str]) -> str:
    """Return words as a list in prose: "a", "a and b", "a, b and c"."""
    parts = zip(("", *between(len(words))), words, strict=True) if words else ()
    return "".join(before + word for before, word in parts)


def lowered(words: str) -> str:
    """Return a name in small letters, as English writes it inside a sentence; other languages leave it as it is."""
    return words.lower() if spoken() == ENGLISH else words


def is_phrase(template: str, words: str) -> bool:
    """Tell whether words are this phrase, with whatever in its places."""
    pattern = PLACE.sub(".*", re.escape(translated(template)))
    return re.fullmatch(pattern, words, re.DOTALL) is not None
