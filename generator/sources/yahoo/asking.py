"""Asking: the five addresses of Yahoo that a company takes, and how far back they are asked."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from functools import partial

from generator.sources.yahoo import answers, statements
from generator.sources.yahoo.answers import Json, Point, Summary
from generator.sources.yahoo.door import Door
from generator.sources.yahoo.news import Headline, read_news

QUERY1 = "https://query1.finance.yahoo.com"
QUERY2 = "https://query2.finance.yahoo.com"
NEWS = "https://finance.yahoo.com/xhr/ncp?queryRef=latestNews&serviceKey=ncp_fin"
ARTICLES = 10
MODULES = (
    "quoteType", "price", "summaryDetail", "defaultKeyStatistics", "financialData", "assetProfile", "calendarEvents",
    "earningsTrend", "recommendationTrend", "upgradeDowngradeHistory",
)  # fmt: skip
PLACE = {"lang": "en-US", "region": "US"}
HISTORY = timedelta(days=6 * 366)
"""Five years for the longest window, and one for what it is compared with."""

FIRST_STATEMENT = date(2016, 12, 31)


class Asking:
    """Asks for one thing at a time; each answer is read, and its canary looked at, before it is returned.

    Every method raises NotThereError where Yahoo has none, and AskFailedError where it failed to the end.
    """

    def __init__(self, door: Door, *, today: date) -> None:
        self._door = door
        self._today = today

    def collection(self) -> AbstractContextManager[None]:
        """Limit the time of what is asked inside."""
        return self._door.collection()

    def summary(self, ticker: str) -> Summary:
        """Return profile, quote, twelve-month figures and consensus, in one answer."""
        params = {"modules": ",".join(MODULES), "corsDomain": "finance.yahoo.com", "formatted": "false"}
        url = f"{QUERY2}/v10/finance/quoteSummary/{ticker}"
        return self._door.ask(url, params | {"symbol": ticker} | PLACE, partial(answers.read_summary, symbol=ticker))

    def short_quote(self, ticker: str) -> Json:
        """Return the short quote, for a summary without a price."""
        params = {"symbols": ticker, "formatted": "false"} | PLACE
        return self._door.ask(f"{QUERY1}/v7/finance/quote", params, partial(answers.read_quote, symbol=ticker))

    def chart(self, ticker: str, until: date) -> Json:
        """Return daily closes, dividends and splits of six years up to a day, with the splits since."""
        params: dict[str, str | int] = {
            "period1": _seconds(until - HISTORY),
            "period2": _seconds(max(until, self._today) + timedelta(days=2)),
            "interval": "1d",
            "includePrePost": "false",
            "events": "div,splits,capitalGains",
        }
        return self._door.ask(f"{QUERY2}/v8/finance/chart/{ticker}", params, partial(answers.read_chart, symbol=ticker))

    def statements(self, ticker: str) -> tuple[Point, ...]:
        """Return the lines of yearly and quarterly statements."""
        types = ",".join(f"{often}{key}" for often in ("annual", "quarterly") for key in statements.asked())
        end = _seconds(self._today + timedelta(days=1))
        query = f"symbol={ticker}&type={types}&period1={_seconds(FIRST_STATEMENT)}&period2={end}"
        url = f"{QUERY2}/ws/fundamentals-timeseries/v1/finance/timeseries/{ticker}?{query}"
        return self._door.ask(url, {}, partial(answers.read_points, symbol=ticker))

    def news(self, ticker: str) -> tuple[Headline, ...]:
        """Return the newest headlines."""
        return self._door.ask(NEWS, {}, read_news, body={"serviceConfig": {"snippetCount": ARTICLES, "s": [ticker]}})


def _seconds(day: date) -> int:
    """Return the first second of a day in UTC, whatever the machine's time zone."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
