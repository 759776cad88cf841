"""Every injected fault: a refusal, or a snapshot whose notes say what is missing; never a figure that differs."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from replay import Fault, Replay
from replay.clients import DAY, HASTY, QUICK, SHORT, measured, source

from generator.errors import NoDataError, SourceFailedError
from generator.model.answer import Answer
from generator.model.snapshot import Snapshot
from generator.sources.yahoo import Patience, YahooSource

PLACES = {
    "cookie": {"host": "fc.yahoo.com"},
    "consent": {"host": "guce.yahoo.com"},
    "crumb": {"path": "/v1/test/getcrumb"},
    "summary": {"path": "*/quoteSummary/*"},
    "chart": {"path": "*/chart/[A-Z]*[!X]"},
    "rate": {"path": "*/chart/*=X"},
    "statements": {"path": "*/timeseries/*"},
    "headlines": {"path": "/xhr/ncp"},
    "everything": {"host": "*finance.yahoo.com"},
}
FAULTS: dict[str, dict[str, object]] = {
    "401": {"kind": "status", "status": 401},
    "403": {"kind": "status", "status": 403},
    "429": {"kind": "status", "status": 429},
    "500": {"kind": "status", "status": 500},
    "502": {"kind": "status", "status": 502},
    "slow": {"kind": "slow", "seconds": 2.0},
    "cut": {"kind": "cut"},
    "truncated": {"kind": "truncated"},
    "html": {"kind": "html"},
    "nan": {"kind": "nan"},
}
EMPTY = ("summary", "chart", "rate", "statements", "headlines")
REFUSED = ("fc.yahoo.com", "guce.yahoo.com", "query1.finance.yahoo.com", "query2.finance.yahoo.com")
CASES = [
    *(f"{place} {fault}" for place, fault in itertools.product(PLACES, FAULTS)),
    *(f"{place} empty" for place in EMPTY),
    *(f"{host} refused" for host in REFUSED),
]
ESSENTIAL = ("summary", "crumb", "everything", "query1", "query2")


def fault_of(case: str) -> Fault:
    place, _, name = case.rpartition(" ")
    where = PLACES.get(place, {"host": place})
    kind = FAULTS.get(name, {"kind": name})
    return Fault(**where, **kind)  # type: ignore[arg-type]


def figures(snapshot: Snapshot) -> dict[tuple[str, str, str], set[object]]:
    """Return everything a brief could print of a snapshot: the values of each metric, name and period."""
    found: dict[tuple[str, str, str], set[object]] = {}
    for fact in measured(snapshot).facts.values():
        if fact.known:
            key = (fact.metric, fact.name, fact.period.code)
            found.setdefault(key, set()).add((fact.value, fact.low, fact.high, fact.currency))
    return found


@pytest.fixture(scope="module")
def truths() -> dict[str, Snapshot]:
    """Keep the snapshots that came without a fault."""
    return {}


def truth(truths: dict[str, Snapshot], ticker: str, cache: Path, replay: Replay) -> Snapshot:
    if ticker not in truths:
        replay.inject()
        truths[ticker] = source(cache).collect(ticker, DAY)
    return truths[ticker]


def collected(ticker: str, case: str, cache: Path) -> Snapshot | None:
    """Return the snapshot, or None where Yahoo's failure is told as such."""
    try:
        return source(cache, patience=HASTY if "slow" in case else SHORT).collect(ticker, DAY)
    except SourceFailedError:
        return None


@pytest.mark.parametrize(
    ("case", "ticker"),
    [
        *((case, "BABA") for case in CASES),
        *((case, ticker) for case in CASES if "slow" not in case for ticker in ("AAPL", "OCDO.L", "SPOT")),
    ],
)
def test_no_fault_makes_a_wrong_figure(
    case: str, ticker: str, replay: Replay, cache: Path, truths: dict[str, Snapshot]
) -> None:
    whole = truth(truths, ticker, cache, replay)
    replay.inject(fault_of(case))
    snapshot = collected(ticker, case, cache)
    if snapshot is None:
        assert case.startswith(ESSENTIAL), "a refusal, though the essentials are there"
        return
    found, right = figures(snapshot), figures(whole)
    assert {key: values for key, values in found.items() if not values <= right.get(key, set())} == {}
    told = set(snapshot.notes) - set(whole.notes)
    assert bool(told) >= (len(found) < len(right)), "figures are missing without a word"


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("summary 429", "quote and profile of BABA: Yahoo Finance answered 429 (too many requests)"),
        ("summary 500", "quote and profile of BABA: Yahoo Finance answered 500"),
        ("summary slow", "quote and profile of BABA: Yahoo Finance did not answer within 0.5 seconds"),
        ("summary html", "quote and profile of BABA: Yahoo Finance answered with a web page instead of data"),
        ("summary truncated", "quote and profile of BABA: Yahoo Finance answered with broken or half a body"),
        ("summary empty", "quote and profile of BABA: Yahoo Finance answered with an empty summary"),
        ("crumb 401", "quote and profile of BABA: Yahoo Finance answered 401 (Invalid Crumb)"),
        ("crumb html", "quote and profile of BABA: Yahoo Finance answered with a web page instead of a crumb"),
    ],
)
def test_a_refusal_says_what_failed_and_what_to_do(case: str, words: str, replay: Replay, cache: Path) -> None:
    replay.inject(fault_of(case))
    with pytest.raises(SourceFailedError) as refused:
        source(cache, patience=HASTY).collect("BABA", DAY)
    assert str(refused.value) == f"{words}; try again later, or build the brief from a stored snapshot"


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("statements 429", "the statements of BABA are missing: Yahoo Finance answered 429 (too many requests)"),
        (
            "statements empty",
            "the statements of BABA are missing: Yahoo Finance answered with an empty list of statements",
        ),
        ("chart 502", "the price history and dividends of BABA are missing: Yahoo Finance answered 502"),
        (
            "rate cut",
            "the exchange rate of CNY per USD is missing: Yahoo Finance could not be reached, or cut the connection",
        ),
        (
            "rate 500",
            "Yahoo's trailing EPS of BABA is taken to be in USD; it cannot be checked without an exchange rate",
        ),
        (
            "chart nan",
            "BABA: the daily bar of 21\u00a0February 2025 has no close; the last price of that day stands for it",
        ),
    ],
)
def test_a_note_says_what_is_missing(case: str, words: str, replay: Replay, yahoo: YahooSource) -> None:
    replay.inject(fault_of(case))
    assert any(note.startswith(words) for note in yahoo.collect("BABA", DAY).notes)


def test_what_does_not_apply_is_told_from_what_failed(replay: Replay, yahoo: YahooSource) -> None:
    assert "Yahoo Finance has no statements of OCDO.L" in yahoo.collect("OCDO.L", DAY).notes
    replay.inject(fault_of("statements 500"))
    notes = yahoo.collect("OCDO.L", DAY).notes
    assert "the statements of OCDO.L are missing: Yahoo Finance answered 500" in notes
    assert "Yahoo Finance has no statements of OCDO.L" not in notes


def test_a_page_with_status_404_is_not_an_unknown_symbol(replay: Replay, yahoo: YahooSource) -> None:
    replay.inject(Fault(kind="status", status=404, path="*/quoteSummary/*"))
    with pytest.raises(SourceFailedError, match="answered 404"):
        yahoo.collect("BABA", DAY)
    replay.inject()
    with pytest.raises(NoDataError, match="does not know NOSUCH"):
        yahoo.collect("NOSUCH", DAY)


def test_a_crumb_that_expires_is_fetched_anew(replay: Replay, yahoo: YahooSource) -> None:
    yahoo.collect("AAPL", DAY)
    replay.yahoo.crumb = "another"
    replay.asked.clear()
    assert yahoo.collect("AAPL", DAY).prices is not None
    assert [asked.path for asked in replay.asked if "getcrumb" in asked.path] == ["/v1/test/getcrumb"]


def test_the_cookie_is_kept_where_nothing_can_be_written_but_the_pace(replay: Replay, cache: Path) -> None:
    """A cache of yfinance that cannot be written must not double the requests."""
    import yfinance

    yfinance.set_tz_cache_location("/proc/nowhere")
    source(cache).collect("AAPL", DAY)
    assert [asked.host for asked in replay.asked].count("fc.yahoo.com") == 1


def test_every_answer_is_handed_on_as_it_came_without_the_crumb(replay: Replay, cache: Path) -> None:
    kept: list[Answer] = []
    replay.inject(Fault(kind="status", status=500, path="*/chart/AAPL", times=1))
    YahooSource(cache, today=DAY, pace=QUICK, patience=SHORT, record=kept.append).collect("AAPL", DAY)
    paths = [urlsplit(answer.url).path.split("/")[-2] for answer in kept]
    assert paths == ["quoteSummary", "chart", "chart", "timeseries", "xhr"]
    assert [answer.status for answer in kept] == [200, 500, 200, 200, 200]
    assert not [answer.url for answer in kept if "crumb" in answer.url]
    assert json.loads(kept[0].body)["quoteSummary"]["result"][0]["quoteType"]["symbol"] == "AAPL"
    assert {answer.retrieved_at.tzinfo for answer in kept} == {UTC}


def test_a_throttled_crumb_is_not_kept(replay: Replay, cache: Path) -> None:
    replay.inject(Fault(kind="status", status=429, path="/v1/test/getcrumb", times=2))
    assert source(cache).collect("AAPL", DAY).prices is not None
    crumbs = [asked.status for asked in replay.asked if "getcrumb" in asked.path]
    assert crumbs == [429, 429, 200]


def test_the_consent_page_gives_the_cookie_where_the_usual_host_is_blocked(replay: Replay, cache: Path) -> None:
    replay.inject(Fault(kind="refused", host="fc.yahoo.com"))
    assert source(cache).collect("AAPL", DAY).prices is not None
    assert "guce.yahoo.com" in {asked.host for asked in replay.asked}


@pytest.mark.parametrize("name", [name for name in FAULTS if name not in ("nan", "403")])
def test_a_transient_fault_is_asked_about_again(
    name: str, replay: Replay, cache: Path, truths: dict[str, Snapshot]
) -> None:
    whole = truth(truths, "BABA", cache, replay)
    replay.inject(Fault(**FAULTS[name], path="/v8/*", times=1))  # type: ignore[arg-type]
    assert source(cache, patience=HASTY).collect("BABA", DAY).digest == whole.digest


def test_a_collection_ends_in_time_whatever_yahoo_does(replay: Replay, cache: Path) -> None:
    replay.inject(Fault(kind="slow", seconds=5.0, path="/v8/*"))
    patience = Patience(answer=5.0, first=0.01, longest=0.01, collection=0.8)
    notes = source(cache, patience=patience).collect("BABA", DAY).notes
    assert any("used up the time for this collection" in note for note in notes)
    assert len(replay.asked) <= 5


def test_yahoo_may_ask_to_be_left_alone(replay: Replay, cache: Path) -> None:
    replay.inject(Fault(kind="status", status=429, path="*/quoteSummary/*", wait=3600))
    with pytest.raises(SourceFailedError, match="429"):
        source(cache, patience=SHORT).collect("AAPL", DAY)
    assert sum("quoteSummary" in asked.path for asked in replay.asked) == 1


def test_an_answer_about_another_symbol_is_refused(replay: Replay, yahoo: YahooSource) -> None:
    body = replay.recordings.find("summary", "AAPL")[0]
    assert body.json["quoteSummary"]["result"][0]["quoteType"]["symbol"] == "AAPL"
    from generator.sources.outcome import GarbledError
    from generator.sources.yahoo.answers import read_summary

    with pytest.raises(GarbledError, match="about AAPL instead"):
        read_summary(body.json, "BABA")
    assert yahoo.collect("AAPL", date(2025, 2, 24)).ticker == "AAPL"
