"""Rules about the words of a text: what they need beside them, promises, superlatives, sources without a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.checks.analyst import VAGUE
from generator.checks.vocabulary import extended
from generator.lint.claims import DECLINE, GROWTH, Claim, clause
from generator.lint.finding import Lint, at
from generator.lint.numbers import Number, numbers_in
from generator.lint.prose import Sentence
from generator.model.vocabulary import Word

SHARES = re.compile(r"\b(?:stock|shares?|price|equity)\b", re.IGNORECASE)
MEASURED = re.compile(
    r"\b(?:stock|shares?|prices?|revenues?|sales|profits?|earnings|income|demand|orders|growth|margins?|spending"
    r"|valuations?|cash flow|volumes?)\b",
    re.IGNORECASE,
)
VALUED = re.compile(
    r"\b(?:shares?|stock|valuations?|multiples?|P/E|P/S|ratios?|earnings|trades?|trading|valued)\b", re.IGNORECASE
)
GROWN = re.compile(r"^\s*(?:\w+\s){0,2}(?:growth|revenue|sales|results|quarter|gains?|increase)\b", re.IGNORECASE)
REACH = 60
BARE = ("surged", "jumped", "plunged")
"""Words of movement that say nothing without a figure; "doubled" is a figure itself."""
BEST = re.compile(
    r"\b(?:unprecedented|unrivall?ed|unmatched|unparallell?ed|world[- ]leading|best[- ]in[- ]class"
    r"|the (?:world's |market's |sector's )?(?:best|largest|biggest|fastest|strongest|cheapest|dominant)\b"
    r"|(?:the )?most [a-z]+(?:ed|able|ive|ing|ful|ant|al|ent) [A-Za-z]+)",
    re.IGNORECASE,
)
SOURCED = re.compile(r"\b(?:according to|data from|figures from|reported by|ranked by|survey by|per) (?:the )?[A-Z]")
COMPARED = re.compile(
    r"\b(?:median|average|mean)\b[^.;]{0,40}\d|\d[^.;]{0,40}\b(?:median|average|mean)\b", re.IGNORECASE
)
BULLISH = re.compile(r"\b(?:bullish\w*|optimis\w+|upside)\b", re.IGNORECASE)
VALUES = ("P/E", "forward P/E", "P/S")


def words(texts: Sequence[Sentence], claims: Sequence[Claim], own: Sequence[Word] = ()) -> Iterator[Lint]:
    """A word whose figures are not there: "surging" beside nothing, "attractive" without a multiple to compare with."""
    for word in extended(own):
        for sentence in texts:
            for match in word.pattern.finditer(sentence.text):
                if not _quiet(word, sentence.text, match) and _unmet(word, match, sentence, texts, claims):
                    said = f"“{match[0]}” needs {word.needs}"
                    advice = word.advice or "give the figure, or take the word out"
                    check = "promise" if word.rule == "never" else "words"
                    yield at(check, sentence.line, sentence.unit, said, advice)


def _quiet(word: Word, text: str, used: re.Match[str]) -> bool:
    """Tell whether the word stands in a phrase that needs nothing."""
    if word.harmless is None:
        return False
    return any(found.start() < used.end() and used.start() < found.end() for found in word.harmless.finditer(text))


def _unmet(
    word: Word, match: re.Match[str], sentence: Sentence, texts: Sequence[Sentence], claims: Sequence[Claim]
) -> bool:
    """Tell whether a word's rule is surely not met by the text; what cannot be told is no finding."""
    match word.rule:
        case "never":
            return True
        case "rise" | "fall":
            return _unmoved(word, match.start(), sentence, texts)
        case "growth":
            grown = [n.high for n in _percents(sentence) if GROWTH.search(clause(n))]
            about = GROWN.match(sentence.text[match.end() :])
            return about is not None and bool(grown) and max(grown) < word.bound * 100
        case "cheap" | "expensive":
            return VALUED.search(sentence.text) is not None and not _compared(sentence, texts, claims)
        case _:
            return False


def _percents(sentence: Sentence) -> list[Number]:
    return [number for number in numbers_in(sentence) if number.unit == "percent"]


def _unmoved(word: Word, start: int, sentence: Sentence, texts: Sequence[Sentence]) -> bool:
    """Tell whether a word of movement stands without a move of its size, in its sentence or of the shares elsewhere."""
    moved = _percents(sentence)
    near = [number for number in moved if abs(number.start - start) < REACH]
    if near:
        return max(abs(number.high) for number in near) < word.bound * 100
    around = sentence.text[max(0, start - REACH) : start + REACH]
    if moved or _amounts(sentence) or word.name not in BARE or not MEASURED.search(around):
        return False
    if SHARES.search(sentence.text):
        others = [n for each in texts if SHARES.search(each.text) for n in _percents(each) if _is_move(n)]
        return not any(abs(number.high) >= word.bound * 100 for number in others)
    return True


def _amounts(sentence: Sentence) -> int:
    """Count the amounts of a sentence; two of them tell a move without its percentage."""
    return sum(number.unit in {"money", "multiple"} for number in numbers_in(sentence)) > 1


def _is_move(number: Number) -> bool:
    near = clause(number)
    return bool(GROWTH.search(near) or DECLINE.search(near))


def _compared(sentence: Sentence, texts: Sequence[Sentence], claims: Sequence[Claim]) -> bool:
    """Tell whether a multiple stands beside another one, or beside an average."""
    paragraph = [each for each in texts if each.paragraph == sentence.paragraph]
    multiples = [c for c in claims if c.metric in VALUES and c.number.sentence.paragraph == sentence.paragraph]
    pairs = {c.metric: sum(each.metric == c.metric for each in multiples) for c in multiples}
    return any(COMPARED.search(each.text) for each in paragraph) or max(pairs.values(), default=0) > 1


def bullish(texts: Sequence[Sentence], claims: Sequence[Claim], price: float | None) -> Iterator[Lint]:
    """Optimism above a target that lies below the price."""
    currencies = [claim.number.currency for claim in claims if claim.metric == "target price"]
    usual = next((each for each in currencies if 2 * currencies.count(each) > len(currencies)), None)
    for claim in claims:
        target = claim.number
        old = re.search(r"\bfrom (?:about |around )?$", target.sentence.text[: target.start])
        if claim.metric != "target price" or target.currency != usual or price is None or target.ranged or old:
            continue
        if target.value >= price:
            continue
        paragraph = [each for each in texts if each.paragraph == target.sentence.paragraph]
        glad = next((match for each in paragraph if (match := BULLISH.search(each.text))), None)
        if glad is not None:
            fall = (1 - target.value / price) * 100
            said = f"“{glad[0]}” beside a target of {target.text}, which is {fall:.1f}% below the price of {price:g}"
            yield at("bullish", claim.line, target.sentence.unit, said, "say that the target means a fall")


def superlatives(texts: Sequence[Sentence]) -> Iterator[Lint]:
    """A superlative with neither a figure nor a named source in its sentence."""
    for sentence in texts:
        for match in BEST.finditer(sentence.text):
            if not SOURCED.search(sentence.text) and not any(n.unit != "plain" for n in numbers_in(sentence)):
                said = f"“{match[0]}” stands without a figure or a named source"
                yield at("superlative", sentence.line, sentence.unit, said, "name what it rests on, or say less")


def vague(texts: Sequence[Sentence]) -> Iterator[Lint]:
    """A source that nobody could look up."""
    for sentence in texts:
        for match in VAGUE.finditer(sentence.text):
            said = f"“{match[0]}” is no source that could be looked up"
            yield at("vague_source", sentence.line, sentence.unit, said, "name who published it and when")
