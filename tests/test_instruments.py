"""What is no company is refused with its reason, or reduced; an odd company has a brief with honest gaps."""

from __future__ import annotations

from pathlib import Path

import pytest
from replay.clients import DAY

from generator.errors import InstrumentError
from generator.model.report import Report
from generator.pipeline import gather, measure_brief
from generator.sources.yahoo import YahooSource


def report(ticker: str) -> Report:
    return Report(ticker=ticker, path=Path(f"reports/{ticker.lower()}.toml"), benchmark="GOOG")


@pytest.mark.parametrize(
    ("ticker", "sentence"),
    [
        ("BTC-USD", "BTC-USD: Bitcoin USD is a cryptocurrency: no company stands behind it"),
        ("GC=F", "is a future: a contract that expires, with neither statements nor shares"),
        ("0P000071W8.TO", "is a fund: it has holdings instead of statements; make briefs of the companies it holds"),
    ],
)
def test_no_company_no_brief(ticker: str, sentence: str, yahoo: YahooSource) -> None:
    with pytest.raises(InstrumentError) as refused:
        gather(report(ticker), sources=[yahoo], until=DAY)
    assert sentence in str(refused.value)


def test_an_etf_has_a_reduced_brief_that_does_not_ask_for_earnings(yahoo: YahooSource) -> None:
    ledger = measure_brief(report("QQQ"), gather(report("QQQ"), sources=[yahoo], until=DAY))
    assert ledger.latest("QQQ", "price").value == 526.12
    assert ledger.latest("QQQ", "pe_ttm").reason == "an ETF has no diluted EPS"
    assert ledger.latest("QQQ", "ps_ttm").reason == "an ETF has no shares outstanding"


@pytest.mark.parametrize("ticker", ["BFLY", "OCDO.L"])
def test_losses_are_not_meaningful_and_never_a_number(ticker: str, yahoo: YahooSource) -> None:
    ledger = measure_brief(report(ticker), gather(report(ticker), sources=[yahoo], until=DAY))
    for metric in ("pe_ttm", "pe_forward"):
        fact = ledger.latest(ticker, metric)
        assert (fact.value, fact.not_meaningful) == (None, True)
    assert (ledger.latest(ticker, "net_margin").number or 0.0) < 0
