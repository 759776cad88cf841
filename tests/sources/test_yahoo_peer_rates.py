"""A company priced in pounds beside peers priced in dollars: their amounts stand in one currency, at a dated rate."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from replay import Fault, Replay
from replay.clients import DAY, source

from generator.analysis.measure import measure
from generator.checks.identities import identities
from generator.model.ledger import Ledger
from generator.sections.peers import peer_table
from generator.sections.phrases import printed

RATE = 1.2644
HOST = "query2.finance.yahoo.com"


def dollars(symbol: str, rate: float) -> object:
    """Return a chart of one day, dollars per unit of another currency, in Yahoo's form."""
    stamp = int(datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC).timestamp())
    meta = {"currency": "USD", "symbol": symbol, "exchangeTimezoneName": "Europe/London"}
    result = {"meta": meta, "timestamp": [stamp], "indicators": {"quote": [{"close": [rate]}]}}
    return {"chart": {"result": [result], "error": None}}


def ledger_of(cache: Path, subject: str, *peers: str) -> Ledger:
    yahoo = source(cache)
    return measure([yahoo.collect(each, DAY) for each in (subject, *peers)], benchmark="SPY", peers=peers)


def shown(ledger: Ledger) -> tuple[dict[str, list[str]], str]:
    """Return the cells of the table by company, and the note under it."""
    exhibit = peer_table(ledger)
    assert exhibit is not None
    assert exhibit.table is not None
    rows = exhibit.table.rows
    cells = {printed(ledger.wording, row.head): [printed(ledger.wording, each) for each in row.cells] for row in rows}
    return cells, printed(ledger.wording, exhibit.note)


@pytest.mark.parametrize("subject", ["OCDO.L", "AAPL"])
def test_amounts_of_peers_stand_in_the_currency_of_the_company(subject: str, replay: Replay, cache: Path) -> None:
    replay.put(HOST, "/v8/finance/chart/GBPUSD=X", dollars("GBPUSD=X", RATE))
    (peer,) = {"OCDO.L", "AAPL"} - {subject}
    ledger = ledger_of(cache, subject, peer)
    own = ledger.latest(peer, "market_value")
    rate, amount = ledger.latest(peer, "peer_rate"), ledger.latest(peer, "at_home", name="market_value")
    pounds = subject == "OCDO.L"
    assert (own.currency, amount.currency) == (("USD", "GBP") if pounds else ("GBP", "USD"))
    assert own.number is not None
    assert amount.number == pytest.approx(own.number / RATE if pounds else own.number * RATE)
    assert (rate.published_on, rate.name) == (DAY, "USD per GBP" if pounds else "GBP per USD")
    assert [each.url for each in rate.sources] == ["https://finance.yahoo.com/quote/GBPUSD=X/history/"]
    cells, note = shown(ledger)
    assert cells[ledger.name_of(peer)][0] not in ("n/a", "–", "—")
    assert f"{rate.name} of 24\u00a0February 2025" in note
    assert "is listed in" not in note
    assert list(identities(ledger)) == []


def test_without_a_rate_amounts_are_not_compared(replay: Replay, cache: Path) -> None:
    replay.inject(Fault(kind="status", status=500, path="*/chart/GBP*"))
    ledger = ledger_of(cache, "OCDO.L", "AAPL")
    assert not ledger.latest("AAPL", "at_home").known
    assert "amounts in GBP" in shown(ledger)[1]
    said = "the exchange rate of USD per GBP is missing: Yahoo Finance answered 500"
    assert any(note.startswith(said) for note in ledger.notes)


def test_two_other_currencies_meet_by_way_of_the_dollar(replay: Replay, cache: Path) -> None:
    replay.put(HOST, "/v8/finance/chart/GBPUSD=X", dollars("GBPUSD=X", RATE))
    replay.put(HOST, "/v8/finance/chart/TRYUSD=X", dollars("TRYUSD=X", 0.0275))
    rate = ledger_of(cache, "OCDO.L", "EREGL.IS").latest("EREGL.IS", "peer_rate")
    assert rate.name == "TRY per GBP"
    assert rate.number == pytest.approx(RATE / 0.0275)
    assert len(rate.sources) == 2
