"""A company that stands beside several is measured once, and as if it had been measured with each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from invented_facts import DAY, closes, company, fact, q, rates, sessions

from generator.analysis import measure as measuring
from generator.analysis.known import Known
from generator.analysis.measure import measure, measure_company
from generator.model.ledger import Growing, Ledger
from generator.model.snapshot import Snapshot

QUARTERS = tuple(q(year, month) for year in (2024, 2025) for month in (3, 6, 9, 12))[:6]


def snapshot(ticker: str, *, price: float, currency: str = "USD", until: date = DAY) -> Snapshot:
    """Return a company with prices, six quarters of revenue and a rate, all its own."""
    days = sessions(DAY - timedelta(days=500), until)
    prices = closes({day: price + i % 7 for i, day in enumerate(days)}, entity=ticker)
    stated = (fact("revenue", price * 1e9, period, entity=ticker, currency=currency) for period in QUARTERS)
    return Snapshot(
        ticker=ticker,
        until=until,
        company=company(ticker, price_currency=currency, statement_currency=currency),
        prices=replace(prices, currency=currency),
        rates=rates(dict.fromkeys(days, 1.25), "GBP"),
        facts=tuple(stated),
    )


HOM, NEW = snapshot("HOM", price=100.0), snapshot("NEW", price=40.0)
PEER, ABROAD, MKT = (
    snapshot("PEER", price=60.0),
    snapshot("ABRD", price=20.0, currency="GBP"),
    snapshot("MKT", price=500.0),
)


def of(*snapshots: Snapshot) -> Ledger:
    """Return the ledger of the first company."""
    return measure(snapshots, benchmark="MKT", peers=[each.ticker for each in snapshots[1:] if each.ticker != "MKT"])


def all_in_one(ledger: Ledger) -> Ledger:
    """Return the same ledger with everything measured again in one piece, benchmark first and subject last."""
    stated = (each for each in ledger.facts.values() if each.stated and each.metric == "revenue")
    lines = [line for line in ledger.series.values() if line.metric == "close" or line.metric.startswith("rate_")]
    bare = replace(ledger, facts={}, series={}, _index={})
    growing = Growing(bare)
    growing.add(stated, lines)
    for ticker in ("MKT", *ledger.peers, ledger.subject):
        measure_company(growing, ticker)
    return growing.ledger


@pytest.mark.parametrize("subject", [HOM, ABROAD], ids=["one currency", "two currencies"])
def test_a_company_measured_apart_has_the_figures_it_has_among_the_others(subject: Snapshot) -> None:
    """Also where the subject's price has another currency, and its rates translate the peers' amounts."""
    made = of(subject, *(each for each in (HOM, PEER, ABROAD) if each is not subject), MKT)
    whole = all_in_one(made)
    assert dict(made.facts) == dict(whole.facts)
    assert dict(made.series) == dict(whole.series)
    peer = "HOM" if subject is ABROAD else "ABRD"
    assert made.latest(peer, "peer_rate").known
    assert made.latest("PEER", "beta").known


def test_a_peer_of_several_companies_is_measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Peer and benchmark once for both briefs, though the second brief reads them anew; each subject once."""
    asked: list[str] = []

    def counted(growing: Growing, entity: str) -> None:
        asked.append(entity)
        measure_company(growing, entity)

    measuring._measured.cache_clear()
    monkeypatch.setattr(measuring, "measure_company", counted)
    first, second = of(HOM, PEER, MKT), of(NEW, replace(PEER), replace(MKT))
    assert sorted(asked) == ["HOM", "MKT", "NEW", "PEER"]
    assert first.latest("PEER", "beta") == second.latest("PEER", "beta")


def test_a_company_of_which_more_is_known_is_measured_again() -> None:
    """What is remembered is told by its whole content, not by its ticker."""
    more = replace(PEER, facts=tuple(replace(each, value=each.number and each.number * 2) for each in PEER.facts))
    before, after = of(HOM, PEER, MKT), of(HOM, more, MKT)
    revenue = [Known(ledger=each, entity="PEER").latest("revenue", kind="ttm").number for each in (before, after)]
    assert revenue == [240e9, 480e9]


def test_what_is_remembered_is_bounded() -> None:
    """A worker that makes thousands of briefs holds the companies of the last few."""
    assert measuring._measured.cache_parameters()["maxsize"] == measuring.REMEMBERED < 100
