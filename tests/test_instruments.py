"""What is no company is refused with its reason, or reduced; an odd company has a brief with honest gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from invented_facts import fact, measured, months, q, steady
from replay.clients import DAY

from generator.errors import InstrumentError
from generator.model.fact import Unit
from generator.model.report import Report
from generator.pipeline import gather, measure_brief
from generator.sources.yahoo import YahooSource

YOUNG = {"revenue": 10e9, "net_income_attributable": 1e9}


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


def test_amounts_per_security_are_not_multiplied_by_the_ads_ratio_again(yahoo: YahooSource) -> None:
    """Yahoo's earnings of Alibaba are those of an ADS, whether or not the report file says that one is eight shares."""
    plain = measure_brief(report("BABA"), gather(report("BABA"), sources=[yahoo], until=DAY))
    told = replace(report("BABA"), ads_ratio=8.0)
    ledger = measure_brief(told, gather(told, sources=[yahoo], until=DAY))
    for metric in ("pe_ttm", "pe_forward", "ps_ttm", "market_value", "upside"):
        assert ledger.latest("BABA", metric).value == plain.latest("BABA", metric).value
    assert ledger.latest("BABA", "pe_ttm").value == pytest.approx(20.924309)
    assert {ledger.latest("BABA", metric).unit for metric in ("forward_eps", "target_mean", "price")} == {Unit.PER_ADS}
    assert plain.latest("BABA", "price").unit is Unit.PER_SHARE


def test_a_company_listed_two_quarters_ago_has_quarters_and_no_year() -> None:
    quarters = [fact(metric, value, q(2025, month)) for month in (3, 6) for metric, value in YOUNG.items()]
    count = fact("shares_outstanding", 1e9, date(2025, 6, 30), unit=Unit.SHARES, currency=None)
    held = measured([*quarters, count], steady(date(2025, 2, 3), date(2025, 10, 2), 20.0))
    assert held.latest("HOM", "net_margin", kind="quarter").value == pytest.approx(0.1)
    for metric in ("pe_ttm", "ps_ttm", "revenue_growth", "volatility"):
        missing = held.latest("HOM", metric)
        assert (missing.value, missing.not_meaningful) == (None, False)
        assert missing.reason
    assert held.latest("HOM", "ps_ttm").reason == "no source gives revenue for Hom over twelve months"


def test_a_bank_has_margins_of_its_income_and_no_multiple_of_ebitda() -> None:
    year = months("fiscal_year", 2024, 12)
    rows = {"revenue": 100e9, "net_income_attributable": 30e9}
    count = fact("shares_outstanding", 1e9, date(2025, 6, 30), unit=Unit.SHARES, currency=None)
    held = measured([*(fact(key, value, year) for key, value in rows.items()), count],
                    steady(date(2024, 1, 2), date(2025, 10, 2), 300.0))  # fmt: skip
    assert held.latest("HOM", "net_margin").value == pytest.approx(0.3)
    assert held.latest("HOM", "ps_ttm").value == pytest.approx(3.0)
    assert held.latest("HOM", "ev_ebitda").value is None
    assert held.latest("HOM", "gross_margin").reason == "no source gives cost of revenue for Hom"
