"""The letter: what a mailbox shows of a brief, without asking anyone for anything."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from browser import chromium
from fake_brief import fake_brief
from shipped import ROOT, ledger_of

from generator import pipeline
from generator.definitions import read_report
from generator.errors import TemplateError
from generator.model.brief import Brief
from generator.model.letter import Letter, Notice, Picture
from generator.page import fill_email
from generator.page.letter import subject_of

TEMPLATES = (ROOT / "templates",)
TICKERS = ("BABA", "AAPL", "NVDA")
DRAFT = Notice(mark="Draft", words="Not yet approved; do not pass it on.")
PNG = b"\x89PNG"
CHART = Picture(cid="exhibit-1@brief", png=PNG, alt="A line from 1 to 2.", width=536, height=318)


@cache
def brief_on(ticker: str) -> Brief:
    report = read_report(ROOT / "reports" / f"{ticker.lower()}.toml")
    return pipeline.compose_brief(report, ledger_of(ticker), templates=TEMPLATES)


@cache
def letter(ticker: str = "BABA", notice: Notice | None = None) -> Letter:
    return pipeline.write_letter(brief_on(ticker), templates=TEMPLATES, notice=notice)


@cache
def whole() -> Brief:
    return fake_brief()


@pytest.fixture
def acme(tmp_path: Path) -> Callable[[str, str], Letter]:
    """Return the letter of a template of one file."""

    def fill(name: str, words: str) -> Letter:
        path = tmp_path / "templates" / "acme" / name
        path.parent.mkdir(parents=True)
        path.write_text(words, "utf-8")
        brief = replace(whole(), template="acme")
        return fill_email(brief, folders=[tmp_path / "templates", *TEMPLATES], chart=CHART)

    return fill


# --- what it says ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ticker", TICKERS)
def test_the_subject_is_the_headline_and_fits_in_a_line(ticker: str) -> None:
    subject = letter(ticker).subject
    assert 20 < len(subject) <= 78
    assert re.search(r"\d", subject)
    assert "\u00a0" not in subject


def test_a_subject_is_never_cut_inside_a_sentence() -> None:
    front = replace(whole().front, headline=("A headline so long that no mailbox would show the whole of it, " * 2,))
    brief = replace(whole(), front=front)
    assert subject_of(brief) == f"{brief.company.short_name}: brief of {brief.as_of}"


def test_letter_and_subject_say_that_they_are_a_draft() -> None:
    draft = letter(notice=DRAFT)
    assert draft.subject.startswith("Draft: ")
    assert "Not yet approved; do not pass it on." in draft.html
    assert "*** DRAFT ***\nNot yet approved; do not pass it on." in draft.text
    assert "Draft" not in letter().html + letter().text


def test_takeaways_and_key_figures_stand_in_both_forms() -> None:
    shown = re.sub(r"<[^>]+>", " ", letter().html).replace("&nbsp;", " ").replace("\u00a0", " ")
    for words in ("US$189.34", "Price, year to date", "+123.3%", "The commitment.", "US$17.7bn a year", "RMB 380bn"):
        assert words in shown, words
        assert words in letter().text.replace("\n  ", " "), words


def test_the_preheader_is_the_deck_and_is_hidden() -> None:
    shown = letter().html.partition('class="preheader"')[2].partition("</div>")[0]
    assert letter().preheader.startswith("Its plan amounts to 12.7% of revenue a year")
    assert letter().preheader in shown.replace("&nbsp;", " ")
    assert "display: none" in shown.partition(">")[0]


# --- how it is made --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ticker", TICKERS)
def test_the_letter_is_light_and_asks_for_nothing(ticker: str) -> None:
    html = letter(ticker).html
    assert len(html.encode()) < 90_000
    for banned in ("<svg", "var(", "<link", "<script", "http", "url(", "@import"):
        assert banned not in html.replace("http-equiv", ""), banned
    assert all(re.search(r'alt="[^"]{20,}\d', picture) for picture in re.findall(r"<img[^>]*>", html))


def test_the_chart_has_twice_the_pixels_of_its_place_and_few_colours() -> None:
    (chart,) = letter().pictures
    width, height = (int.from_bytes(chart.png[i : i + 4]) for i in (16, 20))
    assert (width, height) == (2 * chart.width, 2 * chart.height) == (1072, 636)
    assert chart.png[25] == 3, "a palette"
    assert len(chart.png) < 40_000
    assert f'src="cid:{chart.cid}" width="{chart.width}" height="{chart.height}"' in letter().html


def test_the_chart_is_drawn_and_not_blank() -> None:
    (chart,) = letter().pictures
    data = b"".join(re.findall(rb"IDAT(.*?).{4}\x00\x00..I(?:DAT|END)", chart.png, re.DOTALL))
    assert len(set(zlib.decompressobj().decompress(data))) > 8


def test_styles_stand_in_the_elements_and_rules_for_small_screens_in_the_head() -> None:
    html = letter().html
    assert "@media only screen" in html
    assert ".headline {\n" not in html
    assert re.search(r'<h1 class="headline" style="[^"]*Source Serif 4 Display', html)


def test_the_same_brief_gives_the_same_letter() -> None:
    again = pipeline.write_letter(brief_on("BABA"), templates=TEMPLATES)
    assert again == letter()


@pytest.mark.parametrize("ticker", TICKERS)
def test_the_text_form_reads_well_in_a_terminal(ticker: str) -> None:
    text = letter(ticker).text
    assert max(len(line) for line in text.splitlines()) <= 72
    assert not re.search(r"&\w+;|<\w+|\u00a0| $|\n\n\n", text, re.MULTILINE)
    assert "KEY TAKEAWAYS" in text


def test_a_letter_without_a_chart_is_a_letter() -> None:
    made = fill_email(replace(whole(), front=replace(whole().front, exhibit=None)), folders=TEMPLATES)
    assert not made.pictures
    assert "<img" not in made.html


def test_old_prices_are_told_in_the_letter_too() -> None:
    front = replace(whole().front, banner=("Prices are those of 1 October 2025; the provider failed.",))
    made = fill_email(replace(whole(), front=front), folders=TEMPLATES, chart=CHART)
    assert "the provider failed" in made.html
    assert "NOTE: Prices are those of 1 October 2025; the provider failed." in made.text


def test_data_cannot_write_into_the_letter() -> None:
    hostile = "</style><img src=x onerror=alert(1)>\r\nBcc: evil@example.com"
    front = replace(whole().front, headline=(hostile,), deck=(hostile,))
    made = fill_email(replace(whole(), front=front), folders=TEMPLATES, chart=CHART)
    assert "<img src=x" not in made.html
    assert "\n" not in made.subject
    assert "\r" not in made.preheader


# --- templates of the user's own -------------------------------------------------------------------------------------


def test_a_block_of_the_letter_can_be_replaced(acme: Callable[[str, str], Letter]) -> None:
    made = acme("email.html", '{% extends "house/email.html" %}{% block wordmark %}ACME & Co{% endblock %}')
    assert "ACME &amp; Co" in made.html


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ('<img src="https://example.com/a.png" alt="A">', "does not ride with the letter"),
        ('<img src="file:///etc/passwd" alt="A">', "does not ride with the letter"),
        ('<img src="cid:exhibit-1@brief">', "no alternative text"),
        ('<p style="background: url(https://example.com/a.png)">A</p>', "names an address"),
        ('<link rel="stylesheet" href="file:///etc/passwd">', "<link> is not shown"),
        ("<style>@import 'https://example.com/a.css'; p { color: red }</style>", "names an address"),
        ("<svg></svg>", "<svg> is not shown"),
        ("<p>" + "long " * 20_000 + "</p>", "below 90,000"),
    ],
)
def test_what_a_mailbox_would_not_show_is_refused(acme: Callable[[str, str], Letter], markup: str, told: str) -> None:
    words = f'{{% extends "house/email.html" %}}{{% block foot %}}<tr><td>{markup}</td></tr>{{% endblock %}}'
    with pytest.raises(TemplateError, match=r"templates/acme/email\.html") as raised:
        acme("email.html", words)
    assert told in str(raised.value)


def test_a_page_cannot_take_in_an_unescaped_text(acme: Callable[[str, str], Letter]) -> None:
    with pytest.raises(TemplateError, match=r"there is no template 'email\.txt'"):
        acme("email.html", '{% include "email.txt" %}')


# --- looked at -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ticker", ["BABA", "AAPL"])
def test_no_width_of_a_screen_makes_the_letter_overflow(ticker: str, tmp_path: Path) -> None:
    made = letter(ticker)
    (chart,) = made.pictures
    (tmp_path / "chart.png").write_bytes(chart.png)
    (tmp_path / "letter.html").write_text(made.html.replace(f"cid:{chart.cid}", "chart.png"), "utf-8")
    with chromium() as browser:
        for width in (320, 375, 600, 1000):
            page = browser.new_page(viewport={"width": width, "height": 800})
            page.goto((tmp_path / "letter.html").as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate("document.images[0].naturalWidth") == 1072
            ink, ground = (
                page.evaluate(f"getComputedStyle(document.querySelector('{each}')).{what}")
                for each, what in (("h1", "color"), (".masthead", "backgroundColor"))
            )
            assert (ink, ground) == ("rgb(255, 255, 255)", "rgb(15, 44, 76)")
