"""Marked: texts as Markdown, in which nothing of the data can act as markup."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jinja2 import pass_context
from jinja2.runtime import Context

from generator.language import space
from generator.model.brief import Paragraph
from generator.model.fact import Source
from generator.model.text import Text, facts_in
from generator.page.pen import Pen

ACTIVE = re.compile(r"([\\`*_\[\]<>|#~])")


def escaped(words: str) -> str:
    """Return words in one line, with a backslash before each character that Markdown would act on."""
    return ACTIVE.sub(r"\\\1", " ".join(words.split()))


@pass_context
def md(context: Context, text: Text | str) -> str:
    """Return a text or plain words as Markdown."""
    return escaped(text if isinstance(text, str) else _pen(context).plain(text))


def cell(words: str) -> str:
    """Return words that fit into a cell of a table."""
    return re.sub(r"(?<!\\)\|", r"\\|", words.replace("\n", " "))


@pass_context
def cited(context: Context, paragraph: Paragraph) -> str:
    """Return a paragraph's sentences, each with its sources as footnotes."""
    pen = _pen(context)
    return space().join(sentence(pen, text) for text in paragraph.sentences)


def sentence(pen: Pen, text: Text) -> str:
    """Return a sentence with its sources as footnotes."""
    return escaped(pen.plain(text)) + _notes(pen.numbers(facts_in(text)))


@pass_context
def notes(context: Context, sources: Sequence[Source]) -> str:
    """Return sources as footnotes."""
    return _notes(_pen(context).source_numbers(sources))


def _notes(numbers: Sequence[int]) -> str:
    return "".join(f"[^{number}]" for number in numbers)


def _pen(context: Context) -> Pen:
    pen = context.resolve("pen")
    if not isinstance(pen, Pen):
        raise TypeError("this template was imported without the brief; write {% import ... with context %}")
    return pen
