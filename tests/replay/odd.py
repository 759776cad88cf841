"""Odd answers: recorded bodies with values missing, null, of another kind, lists cut short."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any, TypeVar
from urllib.parse import urlencode

from generator.sources.outcome import NotThereError
from generator.sources.yahoo import answers, statements
from generator.sources.yahoo.answers import Json, Point, Summary
from generator.sources.yahoo.asking import MODULES
from generator.sources.yahoo.door import parsed
from generator.sources.yahoo.news import Headline, read_news
from replay.yahoo import Yahoo

T = TypeVar("T")
ODD: tuple[Any, ...] = (
    None, "", [], {}, "NaN", -1, 0, 1e30, "x", True, float("nan"), {"raw": None}, {"raw": 5, "fmt": "5"}, [None], [[]],
    1e12, -1e12, "2025-02-30", "2199-01-01",
)  # fmt: skip


def odd(value: Any, random: Random, often: float) -> Any:  # noqa: ANN401
    """Return a body in which some values are odd, some keys gone and some lists cut."""
    if random.random() < often:
        return random.choice(ODD)
    if isinstance(value, dict):
        return {key: odd(each, random, often) for key, each in value.items() if random.random() > often / 3}
    if isinstance(value, list):
        rows = [odd(each, random, often) for each in value]
        return rows[: random.randrange(len(rows) + 1)] if rows and random.random() < often else rows
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class OddAsking:
    """Stands where Yahoo is asked, and answers oddly."""

    yahoo: Yahoo
    random: Random
    often: float

    def summary(self, ticker: str) -> Summary:
        """Return an odd summary."""
        query = {"modules": ",".join(MODULES)}
        return self._asked(f"/v10/finance/quoteSummary/{ticker}", query, lambda b: answers.read_summary(b, ticker))

    def short_quote(self, ticker: str) -> Json:
        """Return an odd quote."""
        return self._asked("/v7/finance/quote", {"symbols": ticker}, lambda body: answers.read_quote(body, ticker))

    def chart(self, ticker: str, until: date) -> Json:
        """Return an odd chart."""
        del until
        return self._asked(f"/v8/finance/chart/{ticker}", {}, lambda body: answers.read_chart(body, ticker))

    def statements(self, ticker: str) -> tuple[Point, ...]:
        """Return odd statements."""
        types = ",".join(f"{often}{key}" for often in ("annual", "quarterly") for key in statements.asked())
        path = f"/ws/fundamentals-timeseries/v1/finance/timeseries/{ticker}"
        return self._asked(path, {"type": types}, lambda body: answers.read_points(body, ticker))

    def news(self, ticker: str) -> tuple[Headline, ...]:
        """Return odd headlines."""
        return self._asked("/xhr/ncp", {}, read_news, json.dumps({"serviceConfig": {"s": [ticker]}}).encode())

    def _asked(self, path: str, query: dict[str, str], read: Callable[[Json], T], body: bytes = b"") -> T:
        target = f"{path}?{urlencode(query | {'crumb': self.yahoo.crumb})}"
        answer = self.yahoo.answer("query2.finance.yahoo.com", target, "A3=odd", body)
        if answer.status == 404:
            raise NotThereError("none")
        return read(parsed(json.dumps(odd(json.loads(answer.body), self.random, self.often))))
