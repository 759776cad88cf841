"""Headlines: dated, in plain words, never later than the day; without them all else is the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from replay import Fault, Replay
from replay.clients import HASTY, measured, source

from generator.analysis.moved import moves
from generator.model.fact import Fact
from generator.sources.yahoo.news import headline_facts, read_news
from generator.sources.yahoo.stating import Stating

DAY = date(2025, 10, 30)
TITLE = "Skyworks CEO sees chance to save power in AI-driven phones with Qorvo deal"


@pytest.fixture(scope="module")
def october() -> Iterator[Replay]:
    """Run a replay of the day whose headlines are on record."""
    with Replay(DAY.isoformat()) as replay:
        yield replay


@pytest.fixture
def autumn(october: Replay, monkeypatch: pytest.MonkeyPatch) -> Replay:
    """Return that replay without faults, with every client led to it."""
    for name, value in october.environment.items():
        monkeypatch.setenv(name, value)
    october.inject()
    return october


def of(*articles: object) -> tuple[Fact, ...]:
    """Return the facts of a list of articles as Yahoo nests them."""
    body = {"data": {"tickerStream": {"stream": [{"content": each} for each in articles]}}}
    return headline_facts(read_news(body), Stating(ticker="AAPL", seen=DAY), DAY)


def article(title: str, at: str = "2025-10-29T10:00:00Z", **more: object) -> dict[str, object]:
    return {"title": title, "pubDate": at} | more


@pytest.mark.usefixtures("autumn")
def test_the_newest_eight_headlines_are_facts_with_day_publisher_and_page(cache: Path) -> None:
    snapshot = source(cache, today=DAY).collect("AAPL", DAY)
    news = measured(snapshot).current("AAPL", "news")
    assert len(news) == 8
    (skyworks,) = [each for each in news if each.value == TITLE]
    (page,) = skyworks.sources
    assert (skyworks.published_on, page.publisher, page.published_on) == (date(2025, 10, 29), "Reuters", skyworks.as_of)
    assert page.url == "https://finance.yahoo.com/news/skyworks-ceo-sees-chance-save-222233481.html"
    assert len({each.id for each in news}) == 8
    assert not [note for note in snapshot.notes if "headlines" in note]


@pytest.mark.usefixtures("autumn")
def test_no_headline_is_later_than_the_day(cache: Path) -> None:
    day = DAY - timedelta(days=2)
    news = measured(source(cache, today=DAY).collect("AAPL", day)).current("AAPL", "news")
    assert [each for each in news if each.published_on > day] == []
    assert len(of(article("Old", "2025-10-30T23:59:59Z"), article("New", "2025-10-31T00:00:01Z"))) == 1


def test_a_page_that_was_shown_anew_counts_from_then() -> None:
    """Its title may have been another before."""
    (fact,) = of(article("Live", "2025-10-28T12:57:17Z", displayTime="2025-10-29T05:18:57Z"))
    assert fact.published_on == date(2025, 10, 29)


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("<b>Apple</b> &amp; Qorvo<script src='x'></script>", "Apple & Qorvo"),
        ("&lt;img src=x onerror=alert(1)&gt;Apple", "Apple"),
        ("Apple\u202e\x00\n falls", "Apple falls"),
        ("A" * 500, "A" * 199 + "…"),
    ],
)
def test_a_title_is_plain_words_of_a_bounded_length(title: str, plain: str) -> None:
    assert [each.value for each in of(article(title))] == [plain]


def test_an_address_that_is_none_and_an_article_without_title_or_day_do_no_harm() -> None:
    odd = article("Apple", canonicalUrl={"url": "javascript:alert(1)"}, provider=None)
    facts = of(odd, article(""), article("Undated", ""), None, {"title": 5})
    assert [each.sources[0].url for each in facts] == ["https://finance.yahoo.com/quote/AAPL/news/"]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Fault(kind="status", status=429, path="/xhr/*"), "answered 429 (too many requests)"),
        (Fault(kind="status", status=500, path="/xhr/*"), "answered 500"),
        (Fault(kind="html", path="/xhr/*"), "answered with a web page instead of data"),
        (Fault(kind="truncated", path="/xhr/*"), "answered with broken or half a body"),
        (Fault(kind="empty", path="/xhr/*"), "answered without headlines"),
        (Fault(kind="slow", path="/xhr/*", seconds=0.8), "did not answer within 0.5 seconds"),
        (Fault(kind="refused", host="finance.yahoo.com"), "could not be reached"),
    ],
)
def test_a_failure_is_a_note_and_changes_nothing_else(fault: Fault, said: str, autumn: Replay, cache: Path) -> None:
    whole = source(cache, today=DAY).collect("AAPL", DAY)
    autumn.inject(fault)
    found = source(cache, today=DAY, patience=HASTY).collect("AAPL", DAY)
    (note,) = set(found.notes) - set(whole.notes)
    assert note.startswith(f"the headlines of AAPL are missing: Yahoo Finance {said}")
    assert found.facts == tuple(fact for fact in whole.facts if fact.metric != "news")
    assert (found.prices, found.company) == (whole.prices, whole.company)


@pytest.mark.usefixtures("autumn")
def test_other_headlines_are_no_move_of_the_company(cache: Path) -> None:
    snapshot = source(cache, today=DAY).collect("AAPL", DAY)
    without = replace(snapshot, facts=tuple(fact for fact in snapshot.facts if fact.metric != "news"))
    assert moves(measured(snapshot), measured(without)) == moves(measured(without), measured(snapshot)) == ()
