"""Figures: marks, scales and signs of the numbers of a language, from Unicode's CLDR; English is the house's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.language.texts import ENGLISH, spoken

if TYPE_CHECKING:
    from babel import Locale

NO_BREAK = "\u00a0"
SCALES = (10**12, 10**9, 10**8, 10**6, 10**4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numerals:
    """How a language writes numbers.

    `scales` are the large units with the words after them, the largest first (1e9 and "bn"); `table` is the scale of
    the amounts in tables. `percent` is the percent sign with the space before it.
    """

    decimal: str = "."
    group: str = ","
    percent: str = "%"
    scales: tuple[tuple[float, str], ...] = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))
    table: float = 1e9


HOUSE = Numerals()


def numerals(tag: str) -> Numerals:
    """Return how a language writes numbers."""
    return HOUSE if tag == ENGLISH else _numerals(tag)


@lru_cache(maxsize=8)
def _numerals(tag: str) -> Numerals:
    locale = locale_of(tag)
    symbols = locale.number_symbols
    signs = symbols.get("latn", symbols)
    percent = NO_BREAK if NO_BREAK in locale.percent_formats[None].pattern else ""
    scales = tuple((float(scale), word) for scale in SCALES if (word := _scale_word(locale, scale)))
    return Numerals(
        decimal=signs["decimal"],
        group=signs["group"],
        percent=f"{percent}%",
        scales=scales,
        table=next(scale for scale, _ in scales if scale <= 10**9),
    )


def _scale_word(locale: Locale, scale: int) -> str:
    """Return what stands after a number of this scale: " Mrd."; nothing where the language has no word of its own."""
    patterns = locale.compact_decimal_formats["short"]["other"]
    pattern = str(getattr(patterns.get(str(scale)), "pattern", "0"))
    word = pattern.lstrip("0")
    return word.replace("'", "") if len(pattern) - len(word) == 1 else ""


@lru_cache(maxsize=8)
def locale_of(tag: str) -> Locale:
    """Return what Unicode knows of a language."""
    from babel import Locale as Known

    return Known.parse(tag, sep="-")


def scale_words(tag: str) -> tuple[str, ...]:
    """Return the words after numbers that stand for large units: "Mrd.", "亿"."""
    return tuple(word for _, word in numerals(tag).scales)


def decimal(value: float, places: int, tag: str = "") -> str:
    """Return a number with its thousands set apart, in a language or in the one that is spoken."""
    words = f"{value:,.{places}f}"
    marks = numerals(tag or spoken())
    if marks is HOUSE:
        return words
    return words.translate({ord(","): marks.group, ord("."): marks.decimal})


def percent() -> str:
    """Return the percent sign of the language that is spoken, with the space before it."""
    return numerals(spoken()).percent
