"""Counting: small numbers in words, as a sentence says them."""

from __future__ import annotations

from generator.language.texts import msgids, phrase, phrase_in, translated

NUMBERS = msgids(
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
TENS = ("", "", *msgids("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"))
MOST = 100


def in_words(count: int) -> str:
    """Return a count as a word: "two", "twenty-seven"; from a hundred on in figures."""
    if not 0 <= count < MOST:
        return str(count)
    if count < len(NUMBERS):
        return translated(NUMBERS[count])
    tens, ones = divmod(count, 10)
    if not ones:
        return translated(TENS[tens])
    return phrase("{tens}-{ones}", tens=translated(TENS[tens]), ones=_after_tens(ones))


def _after_tens(ones: int) -> str:
    """Return the second part of a number in words; some languages say "two" otherwise when it stands alone."""
    return (
        phrase_in("after tens", "one"),
        phrase_in("after tens", "two"),
        phrase_in("after tens", "three"),
        phrase_in("after tens", "four"),
        phrase_in("after tens", "five"),
        phrase_in("after tens", "six"),
        phrase_in("after tens", "seven"),
        phrase_in("after tens", "eight"),
        phrase_in("after tens", "nine"),
    )[ones - 1]
