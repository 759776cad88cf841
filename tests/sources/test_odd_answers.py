"""Answers nobody has recorded: whatever is missing, null or of another kind, there is a snapshot or a sentence."""

from __future__ import annotations

import json
import math
from datetime import date
from random import Random
from typing import Any, cast

import pytest
from replay.clients import DAY, RECORDED, measured
from replay.filings import FILERS
from replay.odd import OddAsking, odd
from replay.recordings import Recordings
from replay.yahoo import Yahoo

from generator.checks import check
from generator.errors import NoDataError, SourceFailedError
from generator.model.ledger import Ledger
from generator.sources.edgar.answers import read_figures, read_numbers, read_reports
from generator.sources.edgar.statements import Statements
from generator.sources.edgar.stating import Stating
from generator.sources.outcome import GarbledError
from generator.sources.yahoo.asking import Asking
from generator.sources.yahoo.collecting import Collecting
from generator.sources.yahoo.rates import Remembered

RECORDINGS = Recordings("2025-02-24")
OFTEN = (0.0005, 0.002, 0.01, 0.05)


def ledger_of(random: Random) -> Ledger | None:
    """Return what is measured of a company whose answers are odd, or None where it is refused in words."""
    asking = cast("Asking", OddAsking(yahoo=Yahoo(RECORDINGS), random=random, often=random.choice(OFTEN)))
    ticker = random.choice(RECORDED)
    collecting = Collecting(asking=asking, remembered=Remembered(), ticker=ticker, until=DAY, today=DAY)
    try:
        return measured(collecting.snapshot())
    except (NoDataError, SourceFailedError):
        return None


@pytest.mark.parametrize("seed", range(12))
def test_odd_answers_of_yahoo_end_in_figures_or_a_sentence(seed: int) -> None:
    ledgers = [ledger_of(Random(seed * 100 + i)) for i in range(10)]  # noqa: S311 -- the same every time
    assert any(ledgers)
    for ledger in filter(None, ledgers):
        check(ledger)
        for fact in ledger.facts.values():
            assert fact.value is None or not isinstance(fact.value, float) or math.isfinite(fact.value)
            assert fact.known or fact.reason, fact.id
            assert fact.published_on <= DAY or fact.ahead, fact.id


def filed(body: Any, number: int) -> int:  # noqa: ANN401
    """Return how many facts an odd body of company facts comes to; none where it is refused."""
    try:
        figures = read_figures(body, number, date(2026, 7, 20))
    except GarbledError:
        return 0
    statements = Statements(filed=figures.filed, stating=Stating(ticker="ODD", number=number), until=date(2026, 7, 20))
    facts = statements.facts()
    assert all(isinstance(fact.value, float) and math.isfinite(fact.value) for fact in facts)
    return len(facts)


@pytest.mark.parametrize("ticker", ["BABA", "LPA", "WMT"])
def test_odd_answers_of_the_sec_end_in_figures_or_a_sentence(ticker: str) -> None:
    number = FILERS[ticker]
    recording = RECORDINGS.at("data.sec.gov", f"/api/xbrl/companyfacts/CIK{number:010d}.json")
    assert recording is not None
    counts = []
    for seed in range(20):
        random = Random(seed)  # noqa: S311 -- the same every time
        body = odd(json.loads(recording.body), random, random.choice(OFTEN))
        counts.append(filed(body if isinstance(body, dict) else {}, number))
    assert max(counts) > 5


@pytest.mark.parametrize(
    "body",
    [{}, {"filings": None}, {"cik": "1", "filings": {"recent": {"form": ["10-K"]}}}, {"cik": 1, "filings": []}],
)
def test_a_list_of_filings_without_its_days_is_garbled(body: dict[str, Any]) -> None:
    with pytest.raises(GarbledError):
        read_reports(body, 1)


@pytest.mark.parametrize("body", [{}, {"0": None}, {"0": {"ticker": 5, "cik_str": 1}}, {"0": {"ticker": "A"}}])
def test_a_list_without_tickers_is_garbled(body: dict[str, Any]) -> None:
    with pytest.raises(GarbledError):
        read_numbers(body)
