"""Hostile templates and data: refused or shown as text, with nothing read, nothing fetched, and memory bounded."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from time import process_time

import pandas as pd
import pytest
from fake_brief import fake_brief
from shipped import ROOT

from generator.errors import BriefError, TemplateError
from generator.model.brief import Brief, Section
from generator.page import fill_brief
from generator.page.fill import environment_of, names_of, prepared
from generator.page.sandbox import FAULTS, template_error
from generator.pdf import to_pdf

SHIPPED = ROOT / "templates"
HIDDEN = "only for the eyes of root"


@cache
def whole() -> Brief:
    return fake_brief()


@pytest.fixture
def acme(tmp_path: Path) -> Callable[..., str]:
    """Return the page that a template of one file makes; a secret lies beside the template folders."""
    (tmp_path / "secret.html").write_text(HIDDEN)
    (tmp_path / "secret.css").write_text(f"/* {HIDDEN} */")

    def fill(words: str, *, name: str = "brief.html", brief: Brief | None = None) -> str:
        path = tmp_path / "templates" / "acme" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, "utf-8")
        return fill_brief(replace(brief or whole(), template="acme"), folders=(tmp_path / "templates", SHIPPED))

    return fill


# --- templates that reach out ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ brief['__class__'] }}",
        "{{ brief|attr('__class__') }}",
        "{{ fig.__globals__ }}",
        "{{ asset.__self__ }}",
        "{{ self.__init__.__globals__ }}",
        "{{ brief.as_of.today() }}",
        "{{ '{0.__class__}'.format(brief) }}",
        "{{ ['{0.__class__}']|map('format', brief)|first }}",
        "{{ brief.company.name.encode() }}",
        "{{ brief.sections }}",
        "{{ fig }}",
        "{{ dict(a=1) }}",
        "{{ brief.company.name|safe }}",
        "{% autoescape false %}{{ brief.company.name }}{% endautoescape %}",
        "{% include '../secret.html' %}",
        "{% include '/etc/passwd' %}",
        "{% extends 'file:///etc/passwd' %}",
        "{% import '../../secret.html' as s %}",
        "{{ asset('../secret.html') }}",
        "{{ asset('/etc/passwd') }}",
        "{{ brief.as_of.strftime('%9999999d') }}",
    ],
)
def test_a_template_that_reaches_out_is_refused_with_its_line(acme: Callable[..., str], words: str) -> None:
    with pytest.raises(TemplateError, match=r"^templates/acme/brief\.html, line 2: ") as raised:
        acme("<p>\n" + words)
    assert HIDDEN not in str(raised.value)


def test_a_link_out_of_the_template_folders_is_not_followed(acme: Callable[..., str], tmp_path: Path) -> None:
    acme("<p>")
    (tmp_path / "templates" / "acme" / "theme.html").symlink_to(tmp_path / "secret.html")
    with pytest.raises(TemplateError, match=r"there is no template 'theme\.html'"):
        acme("{% include 'theme.html' %}")


@pytest.mark.parametrize(
    "words",
    [
        "{{ df.to_csv(path) }}",
        "{{ df.to_pickle(path) }}",
        "{{ df.apply('to_csv', path_or_buf=path) }}",
        "{{ df.shape }}",
        "{{ df['a'].to_csv(path) }}",
        "{{ df }}",
        "{{ path.open('w') }}",
    ],
)
def test_what_is_not_plain_can_neither_be_read_nor_called(words: str, tmp_path: Path) -> None:
    environment = environment_of((SHIPPED,), "house")
    values = {"df": pd.DataFrame({"a": [1]}), "path": tmp_path / "out"}
    with pytest.raises(FAULTS, match=r"unsafe|not safely callable|cannot be printed"):
        environment.from_string(words).render(values)
    assert not list(tmp_path.iterdir())


# --- templates that swell --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "{% for _ in range(10**9) %}x{% endfor %}",
        "{% for _ in range(1000000000) %}x{% endfor %}",
        "{% for _ in range(5000) %}{% for _ in range(5000) %}{% endfor %}{% endfor %}",
        "{{ 'x' * 1000000000 }}",
        "{{ 2 ** 1000000000 }}",
        "{{ '%9999999999d' % 1 }}",
        "{{ 'x'.ljust(1000000000) }}",
        "{{ 'x'|center(1000000000) }}",
        "{{ '{:>9999999999}'.format(1) }}",
        "{{ lipsum(n=1000000) }}",
        "{% set x = [1] + [1] %}",
        "{% set n = 'x' %}" + "{% set n = n ~ n %}" * 40,
        "{% set n = 'x' %}" + "{% set n %}{{ n }}{{ n }}{% endset %}" * 40,
        "{% set n = 'x' %}" + "{% set n = [n, n]|join %}" * 40,
        "{% set n = 'xx' %}" + "{% set n = n|replace('x', n) %}" * 40,
        "{% macro m(t) %}{{ t }}{{ t }}{% endmacro %}{% set n = 'x' %}" + "{% set n = m(n) %}" * 40,
    ],
)
def test_a_template_that_swells_is_stopped_early(acme: Callable[..., str], words: str) -> None:
    began = process_time()
    tracemalloc.start()
    with pytest.raises(TemplateError, match=r"^templates/acme/brief\.html, line 2: "):
        acme("<p>\n" + words)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 120_000_000
    assert process_time() - began < 5


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "{% set p %}" + "x" * 300_000 + "{% endset %}" + "{{ p }}" * 14,
            "the text is longer than 4,000,000 characters",
        ),
        ("<div>" * 101 + "</div>" * 101, "elements are nested 101 deep, and may be 100"),
        ("<table>" + "<tr><td>" * 20_001, "its tables have 20,001 cells, and may have 20,000"),
        ("<table><tr><td colspan=1000000000>", "a cell spans more than 1,000"),
        ("<table><colgroup span=1001>", "a cell spans more than 1,000"),
        ("<script>alert(1)</script>", "it holds a <script>"),
        ("<svg><use href='#a'/></svg>", "it holds a <use>"),
        ("<img src='a.png' onerror='alert(1)'>", "a <img> holds a script"),
        ("<iframe src='file:///etc/passwd'></iframe>", "it holds a <iframe>"),
        ("<object data='file:///etc/passwd'></object>", "it holds a <object>"),
        ("<link rel=attachment href='file:///etc/passwd'>", "it would attach a file"),
        ("<a rel='attachment' href='file:///etc/passwd'>a</a>", "it would attach a file"),
        ("<p style='font-size: 1e9px'>", "a number above 99,999"),
        ("<style>p { grid-template-columns: repeat(10000000, 1px) }</style>", "a number above 99,999"),
        ("<style>p { --a: var(--b) var(--b) }</style>", "made of several others"),
    ],
)
def test_a_page_that_would_keep_the_printer_busy_is_refused(acme: Callable[..., str], words: str, told: str) -> None:
    with pytest.raises(TemplateError, match=r"^templates/acme/brief\.html") as raised:
        acme(words)
    assert told in str(raised.value)


def test_a_heavy_stylesheet_is_refused_with_its_line(acme: Callable[..., str]) -> None:
    with pytest.raises(TemplateError, match=r"^templates/acme/style\.css, line 2: a stylesheet holds a number above"):
        acme("p { color: red }\np { counter-increment: a 1000000000 }", name="style.css")


# --- templates that ask for files and hosts --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "http://127.0.0.1:9/a", "https://example.com/a", "../../secret.css"]
)
@pytest.mark.parametrize(
    "words",
    [
        "<link rel=stylesheet href='{}'>",
        "<style>@import '{}';</style>",
        "<style>body {{ background: url({}) }}</style>",
        "<style>@font-face {{ font-family: A; src: url({}) }} p {{ font-family: A }}</style>",
        "<style>li {{ list-style-image: url({}) }}</style><ul><li>a</ul>",
        "<style>p::before {{ content: url({}) }}</style>",
        "<style>@page {{ @top-left {{ content: url({}) }} }}</style>",
        "<img src='{}' alt=a>",
        "<svg width='10' height='10'><image href='{}' width='10' height='10'/></svg>",
    ],
)
def test_nothing_is_fetched_and_no_file_is_read(tmp_path: Path, words: str, target: str) -> None:
    (tmp_path / "templates" / "acme").mkdir(parents=True)
    page = f"<html lang='en'><title>A</title><body>{words.format(target)}<p>a</p>"
    with pytest.raises(BriefError) as raised:
        to_pdf(page, folders=(tmp_path / "templates", SHIPPED), created=whole().as_of)
    assert any(words in str(raised.value) for words in ("may not be read", "Failed to render SVG image"))
    assert "root:" not in str(raised.value)


# --- hostile data ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "</style><script>alert(1)</script>",
        "</title><img src=x onerror=alert(1)>",
        '"><link rel=attachment href=file:///etc/passwd>',
        "{{ ''.__class__ }}{% include '/etc/passwd' %}",
        "<svg><script href='https://example.com/a.js'/></svg>",
    ],
)
def test_data_is_shown_as_text(words: str) -> None:
    company = replace(whole().company, name=words, short_name=words, sector=words, industry=words)
    front = replace(whole().front, headline=(words,), deck=(words,))
    sections = (Section(key="thesis", title=words, unavailable=words),)
    html = fill_brief(replace(whole(), company=company, front=front, sections=sections), folders=(SHIPPED,))
    assert words not in html
    assert html.count("&lt;") > 4 or "{{" in words


def test_ten_megabytes_of_nested_markup_in_a_description_are_refused_at_once() -> None:
    company = replace(whole().company, industry="<div>" * 2_000_000)
    began = process_time()
    with pytest.raises(TemplateError, match=r"^templates/house/brief\.html.*4,000,000") as raised:
        fill_brief(replace(whole(), company=company), folders=(SHIPPED,))
    assert process_time() - began < 10
    assert len(str(raised.value)) < 400


def test_the_shipped_template_keeps_well_within_the_limits() -> None:
    environment = prepared(whole(), (SHIPPED,))
    html = environment.get_template("brief.html").render(names_of(whole(), environment))
    assert len(html) < 1_000_000


def test_an_error_of_a_template_names_no_path_of_this_machine(acme: Callable[..., str]) -> None:
    with pytest.raises(TemplateError) as raised:
        acme("{{ brief.nothing }}")
    assert str(raised.value).startswith("templates/acme/brief.html, line 1: ")
    assert str(ROOT) not in str(raised.value)
    assert str(template_error(ValueError("x"))).startswith("a template: ")
