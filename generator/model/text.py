"""Text: prose whose figures are facts. A sentence is a template with named places, filled with facts."""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter
from typing import cast

from generator.language import between, space, translated
from generator.model.fact import Fact, Source
from generator.model.wording import Style


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A place in a text where a fact is printed, in one of the house's styles."""

    fact: Fact
    style: Style = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strong:
    """A stretch of bold words."""

    words: str


Run = str | Figure | Strong
Text = tuple[Run, ...]
Part = Fact | Text | str


def say(template: str, **parts: Part) -> Text:
    """Return a sentence with its named places filled: `say("Up {gain:signed} in {year}.", gain=fact, year="2025")`.

    A fact becomes a figure in the style after the colon, a text is put in as it stands, a string as words.
    Why: the template stays one string, so that a sentence can be found, read and translated whole; the catalogue of
    the language that is spoken may order the places otherwise.
    """
    runs: list[Run] = []
    for words, place, style, _ in Formatter().parse(translated(template)):
        if words:
            runs.append(words)
        if place is not None:
            runs.extend(_filled(parts[place], cast("Style", style or "")))
    return tuple(runs)


def _filled(part: Part, style: Style) -> Text:
    if isinstance(part, Fact):
        return (Figure(fact=part, style=style),)
    return (part,) if isinstance(part, str) else part


def join(*texts: Text, by: str | None = None) -> Text:
    """Return several texts as one, empty ones left out; between them stands what parts two sentences, if not `by`."""
    between = space() if by is None else by
    runs: list[Run] = []
    for text in texts:
        if text:
            runs.extend(((between,) if runs else ()) + text)
    return tuple(runs)


def listed(texts: list[Text] | tuple[Text, ...], *, clauses: bool = False) -> Text:
    """Return texts as a list in prose: "a", "a and b", "a, b and c"; some languages join clauses otherwise."""
    runs: list[Run] = []
    for text, before in zip(texts, ("", *between(len(texts), clauses=clauses)), strict=False):
        runs.extend(((before,) if before else ()) + text)
    return tuple(runs)


def facts_in(text: Text) -> tuple[Fact, ...]:
    """Return the facts a text prints, in order."""
    return tuple(run.fact for run in text if isinstance(run, Figure))


def sources_in(text: Text) -> tuple[Source, ...]:
    """Return the distinct sources of a text's figures, in order of first use."""
    return tuple(dict.fromkeys(source for fact in facts_in(text) for source in fact.sources))
