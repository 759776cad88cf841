"""The replay itself: the unmodified yfinance and another client find in it what was recorded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from curl_cffi import requests
from replay import Fault, Replay
from replay.recordings import FOLDER, Recordings

AGENT = {"User-Agent": "equity-brief tests tests@example.com"}


UNMODIFIED = """
import sys, warnings
warnings.simplefilter("ignore")
import yfinance
yfinance.set_tz_cache_location(sys.argv[1])
ticker = yfinance.Ticker("AAPL")
print(ticker.info["currentPrice"], ticker.info["forwardPE"])
print(round(float(ticker.history(period="1y", auto_adjust=False)["Close"].iloc[-1]), 2))
print(int(ticker.quarterly_income_stmt.loc["Total Revenue"].iloc[0]))
"""


def test_the_unmodified_yfinance_runs_end_to_end(replay: Replay, tmp_path: Path) -> None:
    command = [sys.executable, "-c", UNMODIFIED, str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["245.55", "29.548735", "245.55", "124300000000"]
    hosts = {each.host for each in replay.asked}
    assert {"fc.yahoo.com", "query1.finance.yahoo.com", "query2.finance.yahoo.com"} <= hosts


def said(response: requests.Response) -> Any:  # noqa: ANN401 -- data of any kind
    return json.loads(response.text)


def test_cookie_and_crumb_are_asked_for(replay: Replay) -> None:
    url = "https://query2.finance.yahoo.com/v10/finance/quoteSummary/AAPL?modules=price"
    with requests.Session() as session:
        assert session.get(url).status_code == 401
        session.get("https://fc.yahoo.com")
        crumb = session.get("https://query1.finance.yahoo.com/v1/test/getcrumb").text
        found = said(session.get(f"{url},nosuch&crumb={crumb}"))["quoteSummary"]["result"][0]
    assert list(found) == ["price"]
    assert replay.yahoo.crumb == crumb


def test_the_sec_answers_who_says_who_asks(replay: Replay) -> None:
    assert replay.asked == []
    url = "https://data.sec.gov/api/xbrl/companyfacts/CIK0000320193.json"
    assert requests.get(url, headers={"User-Agent": "curl"}).status_code == 403
    found = requests.get(url, headers=AGENT)
    assert (found.status_code, said(found)["entityName"]) == (200, "Apple Inc.")
    assert requests.get("https://data.sec.gov/submissions/CIK0000000009.json", headers=AGENT).status_code == 404
    assert requests.get("https://example.com/", headers=AGENT).status_code == 502


def test_a_fault_hits_every_nth_request_and_ends(replay: Replay) -> None:
    url = "https://query2.finance.yahoo.com/v8/finance/chart/AAPL"
    replay.inject(Fault(kind="status", status=500, path="/v8/*", every=2, times=2))
    with requests.Session() as session:
        assert [session.get(url).status_code for _ in range(7)] == [200, 500, 200, 500, 200, 200, 200]
    assert [each.status for each in replay.asked] == [200, 500, 200, 500, 200, 200, 200]
    assert [each.at for each in replay.asked] == sorted(each.at for each in replay.asked)


def test_a_body_can_be_cut_and_a_bar_can_lack_its_close(replay: Replay) -> None:
    url = "https://query2.finance.yahoo.com/v8/finance/chart/AAPL"
    replay.inject(Fault(kind="cut"))
    with pytest.raises(requests.exceptions.RequestException):
        requests.get(url)
    replay.inject(Fault(kind="nan"))
    closes = said(requests.get(url))["chart"]["result"][0]["indicators"]["quote"][0]["close"]
    assert closes[-2:] == [pytest.approx(245.83), None]


def test_every_recording_has_its_origin_and_is_small_enough() -> None:
    rows = json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))
    files = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.gz")}
    assert files == {row["file"] for row in rows}
    assert all(row["source"] and row["made"] for row in rows)
    assert sum(path.stat().st_size for path in FOLDER.rglob("*")) < 12_000_000
    assert all(each.body for each in Recordings("2025-02-24").all)
