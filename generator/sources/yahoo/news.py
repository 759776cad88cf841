"""News: dated headlines about a ticker, as texts; what they say is their publishers' word, not a figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from markupsafe import Markup

from generator.model.fact import Fact, Source, Unit
from generator.model.period import Period
from generator.sources.outcome import GarbledError
from generator.sources.yahoo.answers import Json, listed, part, text
from generator.sources.yahoo.stating import LICENCE, PUBLISHER, Stating, page

MOST = 8
LONGEST = 200
LONGEST_NAME = 60
LONGEST_URL = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """One article: its title in plain words, who published it, where, and since when it has stood so."""

    title: str
    publisher: str
    url: str
    at: datetime


def read_news(body: Json) -> tuple[Headline, ...]:
    """Return the headlines of an answer; advertisements and what has no title or day are left out.

    Raises:
        GarbledError: the canary is missing: the list that Yahoo sends also where it has no article.
    """
    stream = part(part(body.get("data")).get("tickerStream")).get("stream")
    if not isinstance(stream, list):
        raise GarbledError("answered without headlines")
    rows = [part(each) for each in listed(stream)]
    found = (_headline(part(row.get("content"))) for row in rows if not row.get("ad"))
    return tuple(each for each in found if each is not None)


def headline_facts(headlines: tuple[Headline, ...], stating: Stating, until: date) -> tuple[Fact, ...]:
    """Return the newest headlines that were public by a day, one fact each."""
    public = sorted((each for each in headlines if each.at.date() <= until), key=lambda each: each.at, reverse=True)
    named = {f"{each.publisher}, {each.at:%H:%M:%S} UTC": each for each in reversed(public[:MOST])}
    return tuple(_fact(name, each, stating) for name, each in named.items())


def _fact(name: str, headline: Headline, stating: Stating) -> Fact:
    on = headline.at.date()
    url = headline.url or page(stating.ticker, "news", on).url
    source = Source(publisher=headline.publisher, title=headline.title, url=url, published_on=on, licence=LICENCE)
    return stating.fact(
        "news", headline.title, "news", name=name, unit=Unit.TEXT, period=Period.instant(on), published_on=on,
        sources=(source,),
    )  # fmt: skip


def _headline(content: Json) -> Headline | None:
    """Return an article as it stood when last shown anew: a live page keeps its first day and changes its title."""
    moments = [at for key in ("pubDate", "displayTime") if (at := _moment(content.get(key))) is not None]
    title = _plain(content.get("title"), LONGEST)
    if not title or not moments:
        return None
    publisher = _plain(part(content.get("provider")).get("displayName"), LONGEST_NAME) or PUBLISHER
    urls = (text(part(content.get(key)).get("url")) for key in ("canonicalUrl", "clickThroughUrl"))
    return Headline(title=title, publisher=publisher, url=next(filter(_is_address, urls), ""), at=max(moments))


def _moment(value: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(text(value))
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _plain(value: Any, most: int) -> str:  # noqa: ANN401 -- whatever Yahoo sends
    """Return a text without markup, entities and what cannot be seen, cut to a length."""
    words = text(value)
    while (bare := Markup(words).striptags()) != words:  # noqa: S704 -- to take markup out, not to trust it
        words = bare
    words = text("".join(each if each.isprintable() else " " for each in words))
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _is_address(url: str) -> bool:
    return url.startswith(("https://", "http://")) and len(url) <= LONGEST_URL and not set(url) & set(" \"'<>\\")
