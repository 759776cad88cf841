"""Linting: all rules over one text, in the order of its lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from generator.lint import figures, holes, wording
from generator.lint.against import Judged, against_claims, against_facts
from generator.lint.claims import Claim, Plan, claims_in, plans_in
from generator.lint.finding import Lint
from generator.lint.prose import Sentence, day_of, names_in, sentences
from generator.lint.reading import Page
from generator.model.finding import Level
from generator.model.ledger import Ledger
from generator.model.vocabulary import Word

CHECKS: Mapping[str, tuple[Level, str]] = MappingProxyType(
    {
        "hole": ("warn", "A name or a citation that was lost leaves a claim without an owner."),
        "doubled": ("block", "One figure has one value, or each of its values a period."),
        "impossible_period": ("block", "What had not ended when the text appeared cannot have been reported."),
        "horizons": ("warn", "Plans over different lengths of time are compared per year."),
        "parts": ("block", "Parts never exceed the whole."),
        "arithmetic": ("block", "Figures that are set beside each other must agree."),
        "bullish": ("block", "A target below the price is a forecast of a fall, whatever it is called."),
        "promise": ("block", "Nobody can guarantee a return."),
        "words": ("warn", "Words such as surged or attractive each need their figures."),
        "vague_source": ("warn", "A source can be looked up, or it is none."),
        "superlative": ("note", "A superlative needs a figure or a named source."),
        "claim": ("warn", "The claims table judges this figure to be wrong or outdated."),
        "claim_unsure": ("note", "The claims table found no source for this figure."),
        "fact": ("warn", "The newest known figure is another."),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a text is held against besides itself: its day, a price, judged claims, facts, a desk's own words."""

    day: date | None = None
    price: float | None = None
    judged: tuple[Judged, ...] = ()
    ledger: Ledger | None = None
    vocabulary: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    pages: tuple[Page, ...]
    sentences: tuple[Sentence, ...]
    names: tuple[str, ...]
    claims: tuple[Claim, ...]
    plans: tuple[Plan, ...]


def _main(text: _Text) -> str:
    return text.names[0] if text.names else ""


def lint(pages: Sequence[Page], given: Given | None = None) -> tuple[Lint, ...]:
    """Return what is wrong with a text, by line; each rule says a thing once."""
    every = sentences(pages)
    names = names_in(every)
    texts = tuple(sentence for sentence in every if sentence.prose)
    text = _Text(
        pages=tuple(pages),
        sentences=texts,
        names=names,
        claims=claims_in(texts, names),
        plans=plans_in(texts, names),
    )
    found = _found(text, given or Given())
    levelled = dict.fromkeys(replace(each, level=CHECKS[each.check][0]) for each in found)
    return tuple(sorted(levelled, key=lambda each: each.line))


def _found(text: _Text, given: Given) -> Iterator[Lint]:
    yield from holes.holes(text.pages)
    day = given.day or day_of(text.pages)
    yield from figures.doubled(text.claims, day)
    yield from figures.impossible(text.sentences, day)
    yield from figures.horizons(text.sentences, text.plans)
    yield from figures.parts(text.sentences, text.plans)
    yield from figures.moves(text.sentences)
    yield from figures.multiples(text.claims)
    yield from wording.words(text.sentences, text.claims, given.vocabulary)
    yield from wording.bullish(text.sentences, text.claims, given.price)
    yield from wording.vague(text.sentences)
    yield from wording.superlatives(text.sentences)
    yield from against_claims(text.sentences, given.judged)
    if given.ledger is not None:
        yield from against_facts(text.claims, given.ledger, _main(text))
