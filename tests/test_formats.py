"""The brief in other forms: one file for a phone, Markdown, and the facts as tables."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from browser import chromium
from fake_brief import DAY, fake_brief
from fontTools.ttLib import TTFont
from markdown_it import MarkdownIt
from shipped import ROOT, ledger_of
from typer.testing import CliRunner

from generator import pipeline
from generator.cli.app import app
from generator.definitions import read_report
from generator.errors import TemplateError
from generator.model.brief import Brief, Column, Row, Section, Table
from generator.page import fill_markdown, fill_page
from generator.workbook import Sheet, to_xlsx

TEMPLATES = (ROOT / "templates",)
BRANDS = ("house", "harbour")
BLOCK = '{% extends "house/brief.html" %}{% block wordmark %}X{% endblock %}'
CELLS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@cache
def brief_on(ticker: str, template: str = "house") -> Brief:
    report = replace(read_report(ROOT / "reports" / f"{ticker.lower()}.toml"), template=template)
    return pipeline.compose_brief(report, ledger_of(ticker), templates=TEMPLATES)


@cache
def page(template: str = "house") -> str:
    return fill_page(brief_on("BABA", template), folders=TEMPLATES)


@pytest.fixture
def acme(tmp_path: Path) -> Callable[[str, str], str]:
    """Return the page for browsers of a template of one file."""

    def fill(name: str, words: str) -> str:
        path = tmp_path / "templates" / "acme" / name
        path.parent.mkdir(parents=True)
        path.write_text(words, "utf-8")
        return fill_page(replace(fake_brief(), template="acme"), folders=(tmp_path / "templates", *TEMPLATES))

    return fill


# --- one file --------------------------------------------------------------------------------------------------------


def test_the_page_carries_all_it_shows() -> None:
    html = page()
    assert len(html.encode()) < 1_500_000
    asks = re.findall(r"""(?:src|href)=["'](?!#|https?://|data:)|url\((?!"data:)|<script|<link|@import""", html)
    assert not asks
    assert re.search(r"""http-equiv="Content-Security-Policy" content="default-src 'none';""", html)


def test_every_letter_of_the_page_is_in_the_letters_it_carries() -> None:
    fonts = [TTFont(io.BytesIO(base64.b64decode(data))) for data in re.findall(r"font/ttf;base64,([\w+/=]+)", page())]
    assert len(fonts) >= 8
    words = re.sub(r"<style>.*?</style>|<[^>]+>", "", page(), flags=re.DOTALL)
    drawn = set().union(*(set(font.getBestCmap()) for font in fonts))
    assert {letter for letter in words if letter.isprintable() and ord(letter) not in drawn} == set()
    assert all("Source" not in record.toUnicode() for font in fonts for record in font["name"].names)


@pytest.mark.parametrize("template", BRANDS)
def test_a_phone_shows_the_whole_page_without_scrolling_sideways(template: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(page(template), "utf-8")
    with chromium() as browser:
        for width in (320, 390, 1100):
            shown = browser.new_page(viewport={"width": width, "height": 844})
            with shown.expect_event("load"):
                shown.goto(path.as_uri())
            asked = shown.evaluate("performance.getEntriesByType('resource').map(each => each.name)")
            assert shown.evaluate("document.documentElement.scrollWidth") == width
            assert [url for url in asked if not url.startswith("data:")] == []
            face = "Cut Source Sans 3"
            assert shown.evaluate(f"document.fonts.check('16px \"{face}\"')")
            assert shown.evaluate("document.querySelectorAll('main svg').length") >= 8
            small = (
                "[...document.querySelectorAll('main p')].filter(p => parseFloat(getComputedStyle(p).fontSize) < 13)"
            )
            assert shown.evaluate(f"{small}.length") == 0


def test_the_page_is_that_of_the_brand() -> None:
    assert "--accent: #8E2C5B" in page("harbour")
    assert "Harbour Research" in page("harbour")
    assert '--serif: "Cut Source Sans 3"' in page("harbour")


def test_a_block_of_the_printed_brief_is_replaced_on_screen_too(acme: Callable[[str, str], str]) -> None:
    html = acme("brief.html", '{% extends "house/brief.html" %}{% block wordmark %}ACME & Co{% endblock %}')
    assert "ACME & Co" in html


@pytest.mark.parametrize(
    ("name", "words", "told"),
    [
        (
            "style.css",
            "p { }\nb { background: url(https://example.com/a.png) }",
            "acme/style.css, line 2: 'url(' would",
        ),
        ("style.css", "@import 'https://example.com/a.css';", "'@import' would make the page ask"),
        ("style.css", "</style><script>alert(1)</script>", "'</' would make the page ask"),
        ("brief.html", BLOCK.replace("X", "<script></script>"), "<script>"),
        (
            "brief.html",
            BLOCK.replace("X", "<img src='file:///etc/passwd' alt='A'>"),
            "is not below the template folders",
        ),
        (
            "brief.html",
            BLOCK.replace("X", "<img src='https://example.com/a.png'>"),
            "is not below the template folders",
        ),
    ],
)
def test_what_would_make_the_page_ask_is_refused(
    acme: Callable[[str, str], str], name: str, words: str, told: str
) -> None:
    with pytest.raises(TemplateError) as raised:
        acme(name, words)
    assert told in str(raised.value)


# --- Markdown --------------------------------------------------------------------------------------------------------


def test_markdown_has_every_section_and_exhibit() -> None:
    brief = brief_on("BABA")
    text = fill_markdown(brief, folders=TEMPLATES)
    for section in brief.sections:
        assert f"\n## {section.title}\n" in text
    assert len(re.findall(r"^\*\*Exhibit \d+\.", text, re.MULTILINE)) == len(brief.exhibits)
    assert "The commitment." in text


def test_each_footnote_of_the_markdown_has_its_source() -> None:
    text = fill_markdown(brief_on("BABA"), folders=TEMPLATES)
    told = set(re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE))
    assert set(re.findall(r"\[\^(\d+)\](?!:)", text)) <= told


def test_tables_of_the_markdown_are_tables() -> None:
    html = MarkdownIt("commonmark").enable("table").render(fill_markdown(brief_on("BABA"), folders=TEMPLATES))
    tables = sum(each.table is not None for each in brief_on("BABA").exhibits)
    assert html.count("<table>") == tables > 4
    assert "<p>|" not in html


def test_data_is_no_markup_in_markdown() -> None:
    hostile = "A | B <script>alert(1)</script> [x](javascript:alert(1))\n# C"
    table = Table(columns=(Column(label=hostile), Column(label="Now")), rows=(Row(head=(hostile,), cells=(("1",),)),))
    exhibit = replace(fake_brief().exhibits[0], table=table, drawing=None)
    section = Section(key="thesis", title=hostile, exhibits=(exhibit,))
    front = replace(fake_brief().front, headline=(hostile,), exhibit=None)
    brief = replace(fake_brief(), front=front, sections=(section,))
    html = MarkdownIt("commonmark").enable("table").render(fill_markdown(brief, folders=TEMPLATES))
    assert "<script" not in html
    assert "href=" not in html
    assert html.count("<td") == 2


# --- tables ----------------------------------------------------------------------------------------------------------


def parsed(parts: zipfile.ZipFile, name: str) -> ET.Element:
    return ET.fromstring(parts.read(f"xl/{name}.xml"))  # noqa: S314 -- written a moment ago


def rows_of(book: bytes, number: int = 1) -> list[list[tuple[str, str]]]:
    """Return each row's cells: their type and what they show."""
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        strings = ["".join(each.itertext()) for each in parsed(parts, "sharedStrings")]
        sheet = parsed(parts, f"worksheets/sheet{number}")
    rows = []
    for row in sheet.iter(f"{CELLS}row"):
        cells = []
        for cell in row:
            kind, value = cell.get("t", "n"), cell.findtext(f"{CELLS}v") or ""
            assert cell.find(f"{CELLS}f") is None, "a formula"
            cells.append((kind, strings[int(value)] if kind == "s" else value))
        rows.append(cells)
    return rows


def test_no_text_of_a_workbook_acts_as_a_formula() -> None:
    texts = ('=HYPERLINK("http://example.com")', "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "plain")
    book = to_xlsx(
        [Sheet(name="Facts", columns=("a", "b"), rows=[(text, -1.5) for text in texts])], title="T", created=DAY
    )
    shown = rows_of(book)[1:]
    assert all(kind == "s" and text.startswith("'") for (kind, text), _ in shown[:-1])
    assert shown[-1][0] == ("s", "plain")
    assert {cells[1] for cells in shown} == {("n", "-1.5")}


def test_the_same_rows_give_the_same_bytes() -> None:
    sheets = [Sheet(name="Facts", columns=("a", "b"), rows=[("x", 1.5), (None, True)])]
    assert to_xlsx(sheets, title="T", created=DAY) == to_xlsx(sheets, title="T", created=DAY)


def test_names_of_sheets_are_made_to_fit() -> None:
    names = ("a/b[c]", "A B C", "x" * 40, "X" * 40, "'")
    book = to_xlsx([Sheet(name=name, columns=("a",), rows=()) for name in names], title="T", created=DAY)
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        found = re.findall(r'<sheet name="([^"]+)"', parts.read("xl/workbook.xml").decode())
    assert len({name.lower() for name in found}) == len(names)
    assert all(len(name) <= 31 for name in found)


def test_one_command_writes_every_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("reports", "seeds", "templates"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    command = ["export", "AAPL", "--as-of", "2025-10-02", "--format", "html,md,xlsx,csv,json"]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0, result.output
    week = tmp_path / "output" / "2025-W40"
    names = ["aapl.html", "aapl.md", "aapl.xlsx", "aapl.facts.csv", "aapl.facts.json"]
    assert result.stdout.split() == [f"output/2025-W40/{name}" for name in names]
    facts = json.loads((week / "aapl.facts.json").read_text("utf-8"))
    table = list(csv.DictReader(io.StringIO((week / "aapl.facts.csv").read_text("utf-8-sig"))))
    sheet = rows_of((week / "aapl.xlsx").read_bytes())
    assert [row["id"] for row in facts] == [row["id"] for row in table] == [row[0][1] for row in sheet[1:]]


def test_an_unknown_form_is_answered_with_the_nearest() -> None:
    result = CliRunner().invoke(app, ["export", "AAPL", "--format", "html,xls"])
    assert result.exit_code == 2
    assert "'xls' is not a known form of a brief; did you mean 'xlsx'?" in result.stderr
