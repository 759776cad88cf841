"""What holds for page one and the first sections of every shipped brief, on days of much and of little knowledge."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from small_ledger import TICKERS, faults, price_facts, setting, shipped, small, texts, words

from generator.model.brief import Front, Paragraph, Section
from generator.model.ledger import Ledger
from generator.model.text import facts_in
from generator.sections import changes, front, landscape, strategy, thesis
from generator.sections.phrases import printed
from generator.sections.setting import Build
from generator.sections.takeaways import takeaways

BUILDS: dict[str, Build] = {
    "changes": changes.build,
    "thesis": thesis.build,
    "strategy": strategy.build,
    "landscape": landscape.build,
}
DAYS = (date(2025, 10, 2), date(2025, 8, 28), date(2025, 1, 15), date(2020, 2, 3))
EARLY = ("BABA", "NVDA")
HYPE = re.compile(
    r"\b(surg|soar|plung|bullish|bearish|attractive|strong|record high|impressive|robust|unprecedented|bold)\w*",
    re.IGNORECASE,
)
MOST_WORDS = 35


def as_section(page: Front) -> Section:
    """Return page one as a section, for the checks that all sections share."""
    tiles = [Paragraph(sentences=(tile.figure, tile.context)) for tile in page.tiles]
    data = [Paragraph(sentences=(datum.figure,)) for datum in page.key_data]
    exhibits = tuple(each for each in (page.exhibit, *page.side_exhibits) if each is not None)
    prose = (Paragraph(sentences=(page.deck, page.key_data_note)), *tiles, *data, *page.takeaways)
    return Section(key="front", title="", lede=page.headline, prose=prose, exhibits=exhibits)


def front_section(ledger: Ledger) -> Section:
    return as_section(front.build(ledger, setting(ledger)))


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("name", BUILDS)
def test_a_shipped_section_has_no_fault(day: date, name: str) -> None:
    for ticker in TICKERS if day == DAYS[0] else EARLY:
        ledger = shipped(ticker, day)
        section = BUILDS[name](ledger, setting(ledger))
        assert section.unavailable or faults(section, ledger) == [], ticker


@pytest.mark.parametrize("day", DAYS)
def test_page_one_has_no_fault(day: date) -> None:
    for ticker in TICKERS if day == DAYS[0] else EARLY:
        ledger = shipped(ticker, day)
        assert faults(front_section(ledger), ledger) == [], ticker


@pytest.mark.parametrize("ticker", TICKERS)
def test_headline_and_deck_fit(ticker: str) -> None:
    for day in DAYS if ticker in EARLY else DAYS[:1]:
        ledger = shipped(ticker, day)
        page = front.build(ledger, setting(ledger))
        assert 0 < len(printed(ledger.wording, page.headline)) <= 80
        assert len(printed(ledger.wording, page.deck)) <= 170
        assert len(page.tiles) == 6
        assert len(page.key_data) <= 8


@pytest.mark.parametrize("ticker", TICKERS)
def test_takeaways_are_short_confirmed_and_shown_in_the_body(ticker: str) -> None:
    ledger = shipped(ticker)
    bullets = takeaways(ledger, setting(ledger))
    assert 1 <= len(bullets) <= 4
    for bullet in bullets:
        said = " ".join([bullet.lead, *(printed(ledger.wording, text) for text in bullet.sentences)])
        assert len(said.replace("\u00a0", "").split()) <= MOST_WORDS, said
        assert all(fact.confirmed for text in bullet.sentences for fact in facts_in(text))


@pytest.mark.parametrize("ticker", TICKERS)
def test_no_word_of_hype(ticker: str) -> None:
    ledger = shipped(ticker)
    sections = [front_section(ledger), *(build(ledger, setting(ledger)) for build in BUILDS.values())]
    for section in sections:
        own = " ".join(run for text in texts(section) for run in text if isinstance(run, str))
        assert HYPE.findall(own) == []


@pytest.mark.parametrize("name", BUILDS)
def test_a_ledger_with_a_price_alone(name: str) -> None:
    ledger = small(price_facts()[:1])
    section = BUILDS[name](ledger, setting(ledger))
    assert section.unavailable or words(section, ledger)
    assert section.unavailable or [fault for fault in faults(section, ledger) if "no source" not in fault] == []


@pytest.mark.parametrize("name", BUILDS)
def test_an_empty_ledger(name: str) -> None:
    ledger = small(())
    section = BUILDS[name](ledger, setting(ledger))
    assert section.unavailable or words(section, ledger)


def test_sections_are_the_same_each_time() -> None:
    ledger = shipped("BABA")
    for build in BUILDS.values():
        assert build(ledger, setting(ledger)) == build(ledger, setting(ledger))
    assert front.build(ledger, setting(ledger)) == front.build(ledger, setting(ledger))


def test_the_analyst_s_words_are_handed_on() -> None:
    ledger = shipped("BABA")
    for build in BUILDS.values():
        section = build(ledger, replace(setting(ledger), words="**Mine.**"))
        assert section.words == "**Mine.**"
