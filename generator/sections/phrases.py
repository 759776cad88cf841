"""Words that depend on data: directions, comparisons, counts. Shared by the sections' sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from generator.language import ENGLISH, day_in_words, msgids, phrase, phrase_in, space, spoken, translated
from generator.model.brief import Drawing, Exhibit, Paragraph, Table, Width
from generator.model.fact import Fact, Source
from generator.model.ledger import Ledger
from generator.model.text import Figure, Strong, Text, facts_in, sources_in
from generator.model.wording import Wording

FLAT = 0.005
QUALIFIERS = msgids("about", "at least", "up to", "more than", "less than", "nearly", "around")


def moved(change: Fact, *, up: str | None = None, down: str | None = None, flat: str | None = None) -> str:
    """Return the verb for a change ("rose", "fell", "was little changed"): under half a percent it is flat."""
    if is_flat(change):
        return phrase("was little changed") if flat is None else flat
    return (up or phrase("rose")) if (change.number or 0.0) > 0 else (down or phrase("fell"))


def price_moved(change: Fact, *, flat: str | None = None) -> str:
    """Return the verb for a change of a price or a multiple; some languages have one of its own."""
    return moved(change, up=phrase_in("of a price", "rose"), down=phrase_in("of a price", "fell"), flat=flat)


def is_flat(change: Fact) -> bool:
    """Tell whether a change is under half a percent either way."""
    return abs(change.number or 0.0) < FLAT


def against(one: Fact, other: Fact) -> str:
    """Return "above", "below" or "in line with" for one figure against another."""
    sign = compared(one, other)
    return phrase("in line with") if not sign else phrase("above") if sign > 0 else phrase("below")


def compared(one: Fact, other: Fact) -> int:
    """Return 1, 0 or -1: one figure is above another, in line with it (within half a percent), or below."""
    a, b = one.number or 0.0, other.number or 0.0
    if b and abs(a / b - 1) < FLAT:
        return 0
    return 1 if a > b else -1


def capital(words: str) -> str:
    """Return words with their first letter in upper case, the others left as they are."""
    return words[:1].upper() + words[1:]


def small(words: str) -> str:
    """Return words as they stand inside a sentence: in English with a small letter, unless it is an abbreviation."""
    return words if words[1:2].isupper() or spoken() != ENGLISH else words[:1].lower() + words[1:]


def qualified(fact: Fact) -> str:
    """Return the qualifier before a figure with its space: "at least ", or nothing."""
    words = translated(fact.qualifier) if fact.qualifier in QUALIFIERS else fact.qualifier
    return f"{words}{space()}" if words else ""


def known(*facts: Fact) -> bool:
    """Tell whether all these facts have something to print."""
    return all(fact.known for fact in facts)


def exhibit(
    key: str, title: Text, subtitle: Text, *, drawing: Drawing | None = None, table: Table | None = None,
    width: Width = "half", note: Text = (), sources: Sequence[Source] = (), as_of: date | None = None,
) -> Exhibit:  # fmt: skip
    """Return an exhibit whose sources and day are those of the facts it prints."""
    facts = _facts(drawing, table, (title, subtitle, note))
    found = dict.fromkeys((*sources, *(source for fact in facts for source in fact.sources)))
    day = as_of or max((fact.as_of for fact in facts), default=None)
    if day is None:
        raise ValueError(f"exhibit {key} prints no fact and has no day")
    return Exhibit(
        key=key, title=title, subtitle=subtitle, width=width, as_of=day, drawing=drawing, table=table,
        sources=tuple(found), note=note,
    )  # fmt: skip


def _facts(drawing: Drawing | None, table: Table | None, texts: Sequence[Text]) -> tuple[Fact, ...]:
    cells = [cell for row in table.rows for cell in (row.head, *row.cells)] if table else []
    drawn = (*drawing.facts, *facts_in(drawing.alt)) if drawing else ()
    return (*drawn, *(fact for text in (*texts, *cells) for fact in facts_in(text)))


def possessive(name: str) -> str:
    """Return "Nvidia's"; a name that ends in s takes the apostrophe alone."""
    return phrase("{name}'", name=name) if name.endswith("s") else phrase("{name}'s", name=name)


def renamed(fact: Fact, label: str) -> Fact:
    """Return a fact under another label, for a sentence that calls it differently."""
    return replace(fact, label=label)


def name_of(ledger: Ledger, entity: str) -> str:
    """Return the short name of a company or a benchmark, or its ticker."""
    company = ledger.companies.get(entity)
    return company.short_name if company is not None else entity


def day_of(fact: Fact) -> str:
    """Return the day a fact's period ends on, in words."""
    return day_in_words(fact.period.end)


def span_of(fact: Fact) -> str:
    """Return the days a fact's period spans, in words: "14 May 2024 to 2 October 2025"."""
    return phrase(
        "{start} to {end}", start=day_in_words(fact.period.start or fact.period.end), end=day_in_words(fact.period.end)
    )


def side(change: Fact) -> str:
    """Return on which side of a base a relative distance lies: "above", "below" or level."""
    value = change.number or 0.0
    return phrase("level with") if abs(value) < FLAT / 10 else phrase("above") if value > 0 else phrase("below")


def mark_of(ledger: Ledger, currency: str | None) -> str:
    """Return how a currency is marked, without a space after it: "US$", "RMB"."""
    return ledger.wording.symbol(currency).strip()


def currency_name(ledger: Ledger, currency: str) -> str:
    """Return what a currency is called in words: by its code in English, in other languages by their word for it."""
    return currency if spoken() == ENGLISH else mark_of(ledger, currency)


def fitting(wording: Wording, limit: int, *titles: Text) -> Text:
    """Return the first title that is no longer than a limit as printed; the last one if none is."""
    return next((title for title in titles if 0 < len(printed(wording, title)) <= limit), titles[-1])


def printed(wording: Wording, text: Text) -> str:
    """Return a text as it reads on the page."""
    return "".join(
        wording.write(run.fact, run.style) if isinstance(run, Figure) else run.words if isinstance(run, Strong) else run
        for run in text
    )


def paragraphs(*parts: Iterable[Text]) -> tuple[Paragraph, ...]:
    """Return sentences as paragraphs; empty sentences and empty paragraphs are left out."""
    kept = (tuple(sentence for sentence in part if sentence) for part in parts)
    return tuple(Paragraph(sentences=sentences) for sentences in kept if sentences)


__all__ = [
    "against", "capital", "compared", "currency_name", "day_of", "exhibit", "fitting", "is_flat", "known", "mark_of",
    "moved", "name_of", "paragraphs", "possessive", "price_moved", "printed", "qualified", "renamed", "side", "small",
    "sources_in", "span_of",
]  # fmt: skip
