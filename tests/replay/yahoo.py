"""Yahoo's side of the replay: which recorded body answers a request, with cookie and crumb asked for as Yahoo does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from replay.recordings import Recordings

JSON = "application/json;charset=utf-8"
HTML = "text/html; charset=utf-8"
HOSTS = (
    "query1.finance.yahoo.com", "query2.finance.yahoo.com", "finance.yahoo.com", "fc.yahoo.com", "guce.yahoo.com",
    "consent.yahoo.com",
)  # fmt: skip
COOKIE = "A3=d=replay&S=replay; Max-Age=31557600; Domain=.yahoo.com; Path=/; SameSite=None; Secure; HttpOnly"
CONSENT = b'<html><form><input name="csrfToken" value="t"><input name="sessionId" value="s"></form></html>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A status with a body and headers."""

    status: int
    body: bytes
    type: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)


class Yahoo:
    """Answers as Yahoo would on the day of the recordings. `crumb` is the one it gives out and accepts."""

    def __init__(self, recordings: Recordings) -> None:
        self._recordings = recordings
        self.crumb = recordings.find("crumb")[0].body.decode()

    def answer(self, host: str, target: str, cookies: str, body: bytes = b"") -> Answer:
        """Return the answer to a request; headlines are asked for in its body."""
        path, query = unquote(urlsplit(target).path), parse_qs(urlsplit(target).query)
        if host == "fc.yahoo.com":
            return Answer(status=404, body=b"Not Found", type=HTML, headers={"Set-Cookie": COOKIE})
        if host in ("guce.yahoo.com", "consent.yahoo.com"):
            return Answer(status=200, body=CONSENT, type=HTML, headers={"Set-Cookie": COOKIE})
        known = "A3=" in cookies
        if path == "/v1/test/getcrumb":
            return Answer(status=200, body=self.crumb.encode(), type="text/plain") if known else self._unauthorised()
        symbol = path.rsplit("/", 1)[-1]
        for start, reply in (("/v8/finance/chart/", self._chart), ("/ws/fundamentals-timeseries/", self._timeseries)):
            if path.startswith(start):
                return reply(symbol, query)
        if not known or query.get("crumb") != [self.crumb]:
            return self._unauthorised()
        return self._summary(symbol, query) if "quoteSummary" in path else self._asked(path, query, body)

    def _asked(self, path: str, query: Mapping[str, list[str]], body: bytes) -> Answer:
        return self._news(body) if path == "/xhr/ncp" else self._quote(query.get("symbols", [""])[0])

    def _unauthorised(self) -> Answer:
        return Answer(status=401, body=self._recordings.named("401_invalid_crumb").body)

    def _summary(self, symbol: str, query: Mapping[str, list[str]]) -> Answer:
        """Return the asked modules out of everything recorded; 404 in Yahoo's wording where there is none of them."""
        asked = query.get("modules", [""])[0].split(",")
        merged: dict[str, Any] = {}
        for recording in self._recordings.find("summary", symbol):
            merged |= recording.json["quoteSummary"]["result"][0]
        found = {module: merged[module] for module in asked if module in merged}
        if found:
            return _good({"quoteSummary": {"result": [found], "error": None}})
        said = f"No fundamentals data found for any of the summaryTypes={','.join(asked)}"
        if not merged:
            said = f"Quote not found for symbol: {symbol}"
        return _bad(404, "quoteSummary", said)

    def _quote(self, symbol: str) -> Answer:
        for recording in self._recordings.find("quote", ""):
            rows = recording.json["quoteResponse"]["result"]
            row = next((row for row in rows if row["symbol"] == symbol), None)
            if row is not None:
                return _good({"quoteResponse": {"result": [row], "error": None}})
        return _good({"quoteResponse": {"result": [], "error": None}})

    def _news(self, asked: bytes) -> Answer:
        """Return the headlines of the company that the body names; an empty list where none are recorded."""
        (symbol,) = json.loads(asked)["serviceConfig"]["s"]
        found = [each for each in self._recordings.find("news", symbol) if each.symbol == symbol]
        nothing = {"data": {"tickerStream": {"pagination": None, "nextPage": False, "stream": []}}, "status": "OK"}
        return Answer(status=200, body=found[0].body) if found else _good(nothing)

    def _chart(self, symbol: str, query: Mapping[str, list[str]]) -> Answer:
        """Return the longest recorded chart, cut to the days asked for, as Yahoo sends it with no bar left."""
        charts = [each.json["chart"]["result"][0] for each in self._recordings.find("chart", symbol)]
        if not charts:
            return Answer(status=404, body=self._recordings.named("404_chart_delisted").body)
        chart = max(charts, key=lambda each: len(each.get("timestamp") or ()))
        if "period1" in query:
            chart = _cut(chart, int(query["period1"][0]), int(query["period2"][0]))
        return _good({"chart": {"result": [chart], "error": None}})

    def _timeseries(self, symbol: str, query: Mapping[str, list[str]]) -> Answer:
        """Return exactly the asked types; one without figures is there with its name."""
        known: dict[str, Any] = {}
        for recording in self._recordings.find("timeseries", symbol):
            for row in recording.json["timeseries"]["result"]:
                kind = row["meta"]["type"][0]
                if kind not in known or len(row.get(kind) or ()) > len(known[kind].get(kind) or ()):
                    known[kind] = row
        asked = [kind for part in query.get("type", []) for kind in part.split(",")]
        nothing = [{"meta": {"symbol": [symbol], "type": [kind]}} for kind in asked]
        rows = [known.get(kind, empty) for kind, empty in zip(asked, nothing, strict=True)]
        return _good({"timeseries": {"result": rows, "error": None}})


def _good(body: object) -> Answer:
    return Answer(status=200, body=json.dumps(body).encode())


def _bad(status: int, part: str, said: str) -> Answer:
    error = {"code": "Not Found", "description": said}
    return Answer(status=status, body=json.dumps({part: {"result": None, "error": error}}).encode())


def _cut(chart: dict[str, Any], first: int, last: int) -> dict[str, Any]:
    kept = [i for i, stamp in enumerate(chart.get("timestamp") or ()) if first <= stamp < last]
    indicators: dict[str, Any] = {
        name: [{key: [values[i] for i in kept] for key, values in each.items()} for each in rows] if kept else [{}]
        for name, rows in chart["indicators"].items()
    }
    events = {
        name: {key: row for key, row in rows.items() if first <= row["date"] < last}
        for name, rows in (chart.get("events") or {}).items()
    }
    stamps = {"timestamp": [chart["timestamp"][i] for i in kept]} if kept else {}
    return {"meta": chart["meta"], "indicators": indicators} | stamps | ({"events": events} if events else {})
