"""Texts: the words of the language that is spoken. English is what the code says; others have a catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from generator.errors import UnknownNameError

if TYPE_CHECKING:
    from generator.language.catalogue import Catalogue

ENGLISH = "en"
ALONE = re.compile(r"\{\w+(?::\w*)?\}")
"""A text that is one place and nothing else: there is nothing to translate."""
CATALOGUES = Path(__file__).parent / "catalogues"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What is spoken just now: a language by its tag ("zh-Hans"), and the texts asked for that it does not have."""

    tag: str = ENGLISH
    texts: NullTranslations = field(default_factory=NullTranslations)
    lacking: dict[str, None] = field(default_factory=dict)


_spoken: ContextVar[Spoken | None] = ContextVar("spoken", default=None)


def spoken() -> str:
    """Return the tag of the language that is spoken: "en" unless `speaking` says otherwise."""
    now = _spoken.get()
    return now.tag if now is not None else ENGLISH


def known_languages() -> tuple[str, ...]:
    """Return the tags of all languages that a brief can be written in, English first."""
    return (ENGLISH, *sorted(path.stem.replace("_", "-") for path in CATALOGUES.glob("*.po")))


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Speak a language within this block; within a block of the same language nothing changes.

    Raises:
        UnknownNameError: there is no catalogue of it.
    """
    if tag == spoken():
        yield
        return
    before = _spoken.set(_speech(tag))
    try:
        yield
    finally:
        _spoken.reset(before)


class Worded(Protocol):
    """What is written in a language: a report, a brief."""

    @property
    def language(self) -> str:
        """Its language, by its tag."""


Given = TypeVar("Given", bound=Worded)
Rest = ParamSpec("Rest")
Made = TypeVar("Made")


def in_its_language(
    make: Callable[Concatenate[Given, Rest], Made],
) -> Callable[Concatenate[Given, Rest], Made]:
    """Return a function that speaks the language of its first argument while it works."""

    @wraps(make)
    def made(given: Given, /, *rest: Rest.args, **named: Rest.kwargs) -> Made:
        with speaking(given.language):
            return make(given, *rest, **named)

    return made


def _speech(tag: str) -> Spoken | None:
    if tag == ENGLISH:
        return None
    if tag not in known_languages():
        raise UnknownNameError("language", "language", tag, known_languages())
    lacking: dict[str, None] = {}
    return Spoken(tag=tag, texts=catalogue_of(tag).texts, lacking=lacking)


@lru_cache(maxsize=4)
def catalogue_of(tag: str) -> Catalogue:
    """Return the catalogue of a language, read once in a process."""
    from generator.language.catalogue import read_catalogue

    return read_catalogue(CATALOGUES / f"{tag.replace('-', '_')}.po")


def untranslated() -> tuple[str, ...]:
    """Return the texts that were asked for since the language is spoken and that its catalogue does not have."""
    now = _spoken.get()
    return tuple(now.lacking) if now is not None else ()


def translated(text: str, *, within: str = "") -> str:
    """Return a text of a table (`msgid`) in the language that is spoken.

    `within` tells two uses of a word apart; a language that says both alike need not translate it twice.
    """
    now = _spoken.get()
    if now is None or not text:
        return text
    found = now.texts.pgettext(within, text) if within else ""
    found = found or now.texts.gettext(text)
    if not found:
        if not ALONE.fullmatch(text):
            now.lacking[text] = None
        return text
    return found


def phrase(template: str, **parts: object) -> str:
    """Return words in the language that is spoken, with their named places filled: `phrase("to {day}", day=...)`."""
    words = translated(template)
    return words.format_map(parts) if parts else words


def phrase_in(within: str, template: str, **parts: object) -> str:
    """Return words that other languages say differently in different places; `within` tells the translator which."""
    words = translated(template, within=within)
    return words.format_map(parts) if parts else words


def counted(count: int, one: str, many: str, **parts: object) -> str:
    """Return words that count: `counted(2, "{count} peer", "{count} peers")` is "two peers"; {count} is a word."""
    from generator.language.counting import in_words

    now = _spoken.get()
    template = one if count == 1 else many
    if now is not None:
        found = now.texts.ngettext(one, many, count)
        if found:
            template = found
        else:
            now.lacking[one] = None
    return template.format_map({"count": in_words(count), **parts})


def msgid(text: str) -> str:
    """Return a text as it is, marked for the translators; it is printed through `translated`."""
    return text


def msgids(*texts: str) -> tuple[str, ...]:
    """Return texts as they are, marked for the translators."""
    return texts
