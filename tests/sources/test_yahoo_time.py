"""Time: what is known on which day, whatever the machine's zone or clock."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from replay import Fault, Replay
from replay.clients import DAY, measured, source

from generator.errors import NoDataError
from generator.model.fact import Unit
from generator.sources.yahoo import YahooSource
from generator.sources.yahoo.answers import zone_of
from generator.sources.yahoo.history import History, Last, read_history, topped_up, unbroken
from generator.sources.yahoo.money import coin

NEW_YORK = ZoneInfo("America/New_York")
COLLECT = """
import json, sys
from datetime import date
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from replay.clients import source
yahoo = source(Path(sys.argv[1]))
print(json.dumps({t: yahoo.collect(t, date(2025, 2, 24)).digest for t in ("BABA", "AAPL", "OCDO.L", "EREGL.IS")}))
"""


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Tokyo", "Pacific/Kiritimati"])
def test_the_machines_time_zone_changes_nothing(zone: str, yahoo: YahooSource, replay: Replay, tmp_path: Path) -> None:
    expected = {ticker: yahoo.collect(ticker, DAY).digest for ticker in ("BABA", "AAPL", "OCDO.L", "EREGL.IS")}
    replay.inject(
        Fault(kind="refused", host="fc.yahoo.com", times=1), Fault(kind="status", status=429, path="/v8/*", times=1)
    )
    ran = subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "-c", COLLECT, str(tmp_path), str(Path(__file__).parents[1])],
        env=os.environ | {"TZ": zone}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(ran.stdout) == expected
    assert ran.stderr == "", "warnings are kept off the terminal"


def test_a_clock_that_is_years_ahead_reads_the_same_figures(yahoo: YahooSource, cache: Path) -> None:
    """An answer that speaks of the day of the brief is that day's, whenever it is read."""
    on_the_day = yahoo.collect("BABA", DAY)
    later = source(cache, today=date(2026, 11, 23)).collect("BABA", DAY)
    assert (later.company, later.facts, later.prices, later.rates) == (
        on_the_day.company,
        on_the_day.facts,
        on_the_day.prices,
        on_the_day.rates,
    )
    assert set(later.notes) - set(on_the_day.notes) == {
        "figures of BABA without a date were read on 23\u00a0November 2026, no session after the day"
    }


def test_a_day_before_the_answer_sees_only_what_was_public(yahoo: YahooSource) -> None:
    until = date(2025, 2, 14)
    snapshot = yahoo.collect("BABA", until)
    assert snapshot.prices is not None
    assert (snapshot.prices.days[-1], snapshot.prices.values[-1]) == (until, 124.73)
    assert snapshot.rates["CNY"].days[-1] == until
    assert all(fact.published_on <= until for fact in snapshot.facts)
    metrics = {fact.metric for fact in snapshot.facts}
    assert metrics & {"vendor_shares", "target_mean", "revenue", "diluted_eps", "forward_eps"} == set()
    assert any("gives them as of today, not as of 14\u00a0February 2025" in note for note in snapshot.notes)
    ledger = measured(snapshot)
    assert ledger.latest("BABA", "market_value").value is None
    assert ledger.latest("BABA", "price").value == 124.73


def test_a_day_without_any_price_is_no_data(yahoo: YahooSource) -> None:
    with pytest.raises(NoDataError, match="no price of BABA by"):
        yahoo.collect("BABA", date(2019, 2, 1))


def chart(closes: list[float | None], **meta: object) -> dict[str, Any]:
    """Return a chart of daily closes in New York from Monday 3 February 2025 on."""
    start = datetime(2025, 2, 3, 9, 30, tzinfo=NEW_YORK)
    weekdays = [day for n in range(60) if (day := start + timedelta(days=n)).weekday() < 5]
    details: dict[str, object] = {
        "currency": "USD",
        "symbol": "ACME",
        "exchangeTimezoneName": "America/New_York",
    } | meta
    events = details.pop("events", {})
    return {
        "meta": details,
        "timestamp": [int(day.timestamp()) for day, _ in zip(weekdays, closes, strict=False)],
        "indicators": {"quote": [{"close": closes}]},
        "events": events,
    }


def seconds(day: date, hour: int = 16) -> int:
    return int(datetime(day.year, day.month, day.day, hour, tzinfo=NEW_YORK).timestamp())


def test_the_last_valid_close_keeps_its_own_date() -> None:
    history = read_history(chart([10.0, 11.0, None]), DAY)
    assert (history.days[-1], history.closes[-1]) == (date(2025, 2, 4), 11.0)
    assert history.notes == (
        "the daily bar of 5\u00a0February 2025 has no close; the last close is of 4\u00a0February 2025",
    )


def test_an_empty_last_bar_takes_the_last_price_of_its_own_day_only() -> None:
    settled = {"regularMarketPrice": 12.0, "regularMarketTime": seconds(date(2025, 2, 5))}
    assert read_history(chart([10.0, 11.0, None], **settled), DAY).closes == (10.0, 11.0, 12.0)
    before = settled | {"regularMarketTime": seconds(date(2025, 2, 4))}
    assert read_history(chart([10.0, 11.0, None], **before), DAY).closes == (10.0, 11.0)


def test_days_are_the_exchanges_own() -> None:
    tokyo = chart([10.0]) | {"timestamp": [int(datetime(2025, 2, 3, 0, 0, tzinfo=ZoneInfo("UTC")).timestamp())]}
    tokyo["meta"] |= {"exchangeTimezoneName": "Asia/Tokyo"}
    assert read_history(tokyo, DAY).days == (date(2025, 2, 3),)
    assert zone_of("Nowhere/Land", 32400).utcoffset(None) == timedelta(hours=9)


def test_closes_and_dividends_stand_on_the_share_basis_of_the_day() -> None:
    split = {"1": {"date": seconds(date(2025, 2, 6), 9), "numerator": 4, "denominator": 1}}
    paid = {"1": {"date": seconds(date(2025, 2, 4), 9), "amount": 0.25}}
    body = chart([10.0, 10.0, 10.0, 10.0, 10.0], events={"splits": split, "dividends": paid})
    before = read_history(body, date(2025, 2, 5))
    assert (before.closes, before.dividends, before.basis) == ((40.0,) * 3, ((date(2025, 2, 4), 1.0),), 4.0)
    assert read_history(body, date(2025, 2, 6)).closes == (10.0,) * 4


def test_pence_and_cents_are_converted_and_dividends_keep_their_own_unit() -> None:
    paid = {
        "1": {"date": seconds(date(2025, 2, 4), 9), "amount": 5.5},
        "2": {"date": seconds(date(2025, 2, 5), 9), "amount": 0.055, "currency": "GBP"},
        "3": {"date": seconds(date(2025, 2, 6), 9), "amount": 0.1, "currency": "EUR"},
        "4": {"date": seconds(date(2025, 2, 7), 9), "amount": 250.0},
    }
    body = chart([309.0, 310.0, 311.0, 312.0, 313.0], currency="GBp", events={"dividends": paid})
    history = read_history(body, DAY)
    assert history.closes == (3.09, 3.10, 3.11, 3.12, 3.13)
    assert history.dividends == ((date(2025, 2, 4), 0.055), (date(2025, 2, 5), 0.055))
    assert len(history.notes) == 2
    assert [coin(code).major(250.0) for code in ("GBp", "ZAc", "ILA", "USD", "KWF")] == [2.5, 2.5, 2.5, 250.0, 0.25]
    assert [coin(code).currency for code in ("GBp", "ZAc", "ILA", "USD", "KWF")] == ["GBP", "ZAR", "ILS", "USD", "KWD"]


def test_a_close_in_the_other_unit_is_left_out() -> None:
    history = read_history(chart([3.1, 3.2, 310.0, 3.1, 3.0]), DAY)
    assert history.closes == (3.1, 3.2, 3.1, 3.0)
    assert read_history(chart([3.1, 3.2, 3.1, 301.0, 302.0]), DAY).closes == (301.0, 302.0)
    last = Last(price=3.02, at=datetime(2025, 2, 7, 21, tzinfo=ZoneInfo("UTC")), day=date(2025, 2, 7))
    wrong = read_history(chart([3.1, 3.2, 3.1, 301.0, 302.0]), DAY)
    assert topped_up(wrong, last, DAY).closes == (3.02,)


def test_single_precision_is_read_as_what_was_meant() -> None:
    assert read_history(chart([245.5500030517578, 269.70001220703125, 0.1]), DAY).closes == (245.55, 269.7, 0.1)


def test_a_hole_in_the_history_cuts_it() -> None:
    days = (date(2020, 1, 2), date(2025, 2, 20), date(2025, 2, 21))
    history = unbroken(
        History(
            coin=coin("USD"), zone=NEW_YORK, days=days, closes=(1.0, 2.0, 3.0), dividends=((days[0], 0.1),), paid=True
        ),
        DAY,
    )
    assert (history.days, history.dividends, history.paid) == (days[1:], (), False)
    assert history.notes == (
        "there is no close between 2\u00a0January 2020 and 20\u00a0February 2025; closes before are left out",
    )


def test_dividends_of_a_young_company_are_known_since_its_listing(yahoo: YahooSource) -> None:
    assert read_history(chart([10.0], firstTradeDate=seconds(date(2025, 2, 3))), DAY).listed == date(2025, 2, 3)
    assert yahoo.collect("BFLY", DAY).dividends is None
    paid = yahoo.collect("AAPL", DAY).dividends
    assert paid is not None
    assert (paid.values, paid.unit) == ((0.25, 0.25, 0.25, 0.25), Unit.QUOTED)
