"""Filling: the Jinja2 environment, what it offers to a template, and the analyst's Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from generator.errors import TemplateError
from generator.language import day_in_words, enumerated, in_its_language, phrase, space
from generator.language.days import short_day, weekday
from generator.model.brief import Brief, Drawing, Paragraph, Section
from generator.model.fact import Fact
from generator.model.text import Figure, Text
from generator.model.wording import Style
from generator.page import arrange, marked, plain
from generator.page.authorship import authorship
from generator.page.brand import check_faces, check_families, fallback, style_of
from generator.page.drawings import bounds_of, svg_of
from generator.page.limits import check_page, check_sheet, steps
from generator.page.pen import Pen, exhibit_facts
from generator.page.sandbox import FAULTS, HOUSE, Fence, Folders, UnknownFactError, template_error
from generator.page.speech import inside, phrased

MARK, END = "\ue000", "\ue001"
NEAR = 0.7
PLACE = re.compile(f"{MARK}(\\d+){END}")


class Enclosed(Protocol):
    """A file attached to the PDF, as the page lists it."""

    @property
    def name(self) -> str:
        """Its file name."""

    @property
    def description(self) -> str:
        """What it holds, in a few words."""


@in_its_language
def fill_brief(brief: Brief, *, folders: Sequence[Path], attachments: Sequence[Enclosed] = ()) -> str:
    """Return the brief as HTML, filled into the first `brief.html` of its template folders.

    `folders` hold the template folders (`templates/`, in which `acme/` and `house/` stand), the user's own before the
    shipped ones. `attachments` are listed on the last page.

    Raises:
        TemplateError: a template failed; the sentence names its file and line.
    """
    environment = prepared(brief, folders)
    place = f"templates/{environment.folders.place('brief.html')}"
    try:
        html = environment.get_template("brief.html").render(names_of(brief, environment, attachments))
    except FAULTS as error:
        raise template_error(error, whole=place) from error
    return check_page(html, place)


def prepared(brief: Brief, folders: Sequence[Path]) -> Fence:
    """Return the environment of a brief's template, its typefaces checked.

    Raises:
        TemplateError: there is no such template, or its typefaces cannot be used.
    """
    if not any((folder / brief.template).is_dir() for folder in folders):
        raise TemplateError(
            f"templates/{brief.template}: there is no such folder; make it, or write template = {HOUSE!r}"
        )
    environment = environment_of(tuple(folders), brief.template)
    _check_fonts(environment, brief)
    return environment


def names_of(brief: Brief, environment: Fence, attachments: Sequence[Enclosed] = ()) -> dict[str, object]:
    """Return what a template of a brief sees."""
    pen = Pen(brief)
    return {
        "brief": brief,
        "pen": pen,
        "attachments": tuple(attachments),
        "fig": _fig(pen, plain=environment.folders.plain),
        "range": steps(),
    }


def _check_fonts(environment: Fence, brief: Brief) -> None:
    folders = environment.folders
    for name in ("theme.css", "style.css", "web.css"):
        if place := folders.optional(name):
            check_sheet(folders.read(place), f"templates/{place}")
    places = dict.fromkeys((f"{HOUSE}/fonts.css", folders.place("fonts.css")))
    for place in places:
        check_faces(folders.read(place), f"templates/{place}")
    check_families(brief.brand.faces, "\n".join(map(folders.read, places)), f"templates/{brief.template}/brand.toml")


@lru_cache(maxsize=16)
def environment_of(folders: tuple[Path, ...], template: str, *, text: bool = False) -> Fence:
    """Return the environment of a template; one whose file changed is read again. `text` is that of plain texts."""
    environment = Fence(Folders(folders, template, plain=text))
    environment.filters |= {
        "text": _text,
        "heading": _heading_text,
        "plain": _plain,
        "paragraph": _paragraph,
        "sentence": _sentence,
        "figure": _figure,
        "publishers": pass_context(lambda context, sources: _pen(context).publishers(sources)),
        "reasons": pass_context(lambda context, exhibit: _pen(context).reasons(exhibit)),
        "cells": pass_context(lambda context, table: arrange.cells(table, _pen(context))),
        "drawing": _drawing,
        "bounds": bounds_of,
        "markdown": _markdown,
        "day": day_in_words,
        "weekday": weekday,
        "enumerated": enumerated,
        "inside": inside,
        "short_day": short_day,
        "rung": arrange.rung,
        "computed": lambda exhibit: any(not fact.stated for fact in exhibit_facts(exhibit)),
        "arranged": arrange.arranged,
        "wraps": arrange.wraps,
        "words": arrange.words_in,
        "authorship": authorship,
        "minutes": arrange.minutes,
        "md": marked.md,
        "cell": marked.cell,
        "cited": marked.cited,
        "notes": marked.notes,
        "words_of": _words_of,
        "tokens": style_of,
        "fallback": fallback,
        "wrapped": plain.wrapped,
        "beside": plain.beside,
    }
    environment.globals |= {
        "asset": environment.folders.place,
        "optional": environment.folders.optional,
        "phrase": phrased(escaped=not text),
        "space": space,
    }
    return environment


def _pen(context: Context) -> Pen:
    pen = context.resolve("pen")
    if not isinstance(pen, Pen):
        raise TypeError("this template was imported without the brief; write {% import ... with context %}")
    return pen


@pass_context
def _text(context: Context, text: Text) -> Markup:
    return _pen(context).text(text)


@pass_context
def _heading_text(context: Context, text: Text) -> Markup:
    return _pen(context).title(text)


@pass_context
def _plain(context: Context, text: Text) -> str:
    return _pen(context).plain(text)


@pass_context
def _paragraph(context: Context, paragraph: Paragraph) -> Markup:
    return _pen(context).paragraph(paragraph)


@pass_context
def _sentence(context: Context, text: Text) -> Markup:
    return _pen(context).sentence(text, last=True)


@pass_context
def _figure(context: Context, fact: Fact, style: Style = "") -> Markup:
    return _pen(context).figure(fact, style)


@pass_context
def _drawing(context: Context, drawing: Drawing) -> Markup:
    return svg_of(drawing, _pen(context))


def _fig(pen: Pen, *, plain: bool = False) -> Callable[..., str]:
    """Return the `fig` of one brief: a figure by its fact's id, its source numbers and, for a claim, that it is one."""

    def fig(name: str, style: Style = "") -> str:
        fact = pen.facts.get(name)
        if fact is None:
            near = get_close_matches(name, pen.facts, n=1, cutoff=NEAR)
            advice = f"did you mean {near[0]!r}?" if near else "`brief facts` lists the ids there are"
            raise UnknownFactError(name, advice, until=pen.until)
        claim = () if fact.confirmed else (phrase(" (not confirmed)"),)
        text = (Figure(fact=fact, style=style), *claim)
        return marked.sentence(pen, text) if plain else pen.sentence(text)

    return fig


@pass_context
def _markdown(context: Context, section: Section) -> Markup:
    """Return the analyst's words as HTML: `{{ fig("id") }}` filled, Markdown rendered, raw HTML shown as text."""
    figures: list[str] = []
    fig = _fig(_pen(context))

    def place(name: str, style: Style = "") -> str:
        figures.append(fig(name, style))
        return f"{MARK}{len(figures) - 1}{END}"

    words = section.words.replace(MARK, "").replace(END, "")
    where = context["brief"].words_from.get(section.key) or f"the words of section {section.key!r}"
    filled = _filled(context.environment, words, where, fig=place)
    html = PLACE.sub(lambda match: figures[int(match[1])], _reader().render(filled))
    return Markup(html)


@pass_context
def _words_of(context: Context, section: Section) -> str:
    """Return the analyst's words as they stand, `{{ fig("id") }}` filled."""
    where = context["brief"].words_from.get(section.key) or f"the words of section {section.key!r}"
    return _filled(context.environment, section.words, where, fig=_fig(_pen(context), plain=True)).replace("<", "&lt;")


def _filled(environment: Environment, words: str, place: str, **names: object) -> str:
    """Return the analyst's words with their figures in place.

    Raises: TemplateError, naming the section and the line in its words.
    """
    try:
        return str(environment.from_string(words).render({"range": steps(), **names}))
    except FAULTS as error:
        raise template_error(error, place=place) from error


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    """Return the Markdown reader: no raw HTML, no images, headings below the section's own."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    reader.add_render_rule("heading_open", _heading)
    reader.add_render_rule("heading_close", _heading)
    return reader


def _heading(_reader: object, tokens: Sequence[Token], place: int, _options: object, _env: object) -> str:
    return "</h3>\n" if tokens[place].nesting < 0 else "<h3>"
