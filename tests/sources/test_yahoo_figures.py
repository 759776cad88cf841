"""Figures from the answers recorded on 24 February 2025, taken through the same measuring as a brief."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from replay import Replay
from replay.clients import DAY, measured, source

from generator.checks import check
from generator.errors import NoDataError
from generator.model.instrument import refusal
from generator.model.ledger import Ledger
from generator.model.period import Kind
from generator.model.text import Figure
from generator.sources.yahoo import YahooSource

# price, market value and the multiples, each from the recorded bodies: price × count, and ÷ the recorded parts.
EXPECTED: dict[str, dict[str, tuple[float, float]]] = {
    "BABA": {
        "price": (143.75, 0), "market_value": (341_542_830_080, 1e-7), "pe_ttm": (20.924309, 1e-6),
        "pe_forward": (14.564337, 1e-6), "ps_ttm": (341.54283 / (981.767 / 7.2501), 1e-6),
        "enterprise_value": (341_542_830_080 * 7.2501 + 264_301_002_752 - 453_278_007_296, 1e-7),
    },
    "AAPL": {
        "price": (245.55, 0), "market_value": (3_688_676_720_640, 1e-7), "pe_ttm": (38.91442, 1e-6),
        "pe_forward": (29.548735, 1e-6), "ps_ttm": (9.320489, 1e-6), "dividend_yield": (1 / 245.55, 1e-6),
        "enterprise_value": (3_731_694_026_752, 1e-5), "fcf_yield": (98_299 / 3_688_676.7, 1e-6),
    },
    "AMZN": {
        "price": (216.58, 0), "market_value": (2_295_249_764_352, 1e-7), "pe_ttm": (39.235508, 1e-6),
        "pe_forward": (35.21626, 1e-6), "ps_ttm": (3.5978012, 1e-6), "enterprise_value": (2_349_455_114_240, 1e-5),
    },
    "SPOT": {
        "price": (607.38, 0), "market_value": (123_810_766_848, 1e-7), "pe_ttm": (106.37128, 1e-6),
        "pe_forward": (607.38 * 0.9603 / 10.63696, 1e-6), "ps_ttm": (123.810767 * 0.9603 / 15.673, 1e-6),
        "enterprise_value": (123_810_766_848 * 0.9603 + 2_076_000_000 - 6_752_999_936, 1e-6),
    },
    "OCDO.L": {
        "price": (3.09, 0), "market_value": (2_544_151_552, 1e-7), "ps_ttm": (0.8487861, 1e-6),
        "enterprise_value": (2_544_151_552 + 1_968_700_032 - 746_600_000, 1e-6),
    },
    "EREGL.IS": {
        "price": (22.48, 0), "market_value": (151_107_862_528, 1e-7), "pe_ttm": (11.24, 1e-9),
        "pe_forward": (22.48 / 1.55505, 1e-6), "ps_ttm": (0.74050725, 1e-6),
        "enterprise_value": (151_107_862_528 + 121_288_196_096 - 56_846_200_832, 1e-6),
    },
    "BFLY": {"price": (4.3, 0), "market_value": (1_019_366_656, 1e-7), "ps_ttm": (13.37383, 1e-6)},
    "GOOG": {"price": (181.58, 0), "market_value": (2_200_604_246_016, 1e-3), "pe_ttm": (22.584578, 1e-6)},
    "CRM": {"price": (309.8, 0), "market_value": (296_478_572_544, 1e-6), "ps_ttm": (7.9722114, 1e-6)},
}  # fmt: skip


def ledger_of(yahoo: YahooSource, ticker: str) -> Ledger:
    return measured(yahoo.collect(ticker, DAY))


def said(ledger: Ledger, name: str) -> list[str]:
    """Return the sentences of one check's findings."""
    found = (each.message for each in check(ledger) if each.check == name)
    return ["".join(str(ledger.wording.write(run.fact, run.style) if isinstance(run, Figure) else run) for run in text)
            for text in found]  # fmt: skip


@pytest.mark.parametrize("ticker", EXPECTED)
def test_the_recorded_figures(yahoo: YahooSource, ticker: str) -> None:
    ledger = ledger_of(yahoo, ticker)
    found = {metric: ledger.latest(ticker, metric).value for metric in EXPECTED[ticker]}
    assert found == {metric: pytest.approx(value, rel=near) for metric, (value, near) in EXPECTED[ticker].items()}


def test_the_ratios_that_yahoo_gets_wrong_are_kept_for_comparison_only(yahoo: YahooSource) -> None:
    ledger = ledger_of(yahoo, "BABA")
    assert ledger.latest("BABA", "vendor_ps").value == pytest.approx(0.348, abs=0.0005)
    assert ledger.latest("BABA", "ps_ttm").value == pytest.approx(2.52, abs=0.005)
    assert said(ledger, "vendor_ratio_differs") == [
        "Yahoo Finance\u2019s P/S of 0.35\u00d7 divides USD by CNY; in one currency it is 2.52\u00d7."
    ]
    used = {name for fact in ledger.facts.values() for name in fact.inputs}
    assert not [name for name in used if ".vendor_" in name and ".vendor_shares" not in name]


def test_a_ratio_of_dollars_and_euros_is_told_though_the_two_are_close(yahoo: YahooSource) -> None:
    assert said(ledger_of(yahoo, "SPOT"), "vendor_ratio_differs")[0] == (
        "Yahoo Finance\u2019s P/S of 7.90\u00d7 divides USD by EUR; in one currency it is 7.59\u00d7."
    )
    assert said(ledger_of(yahoo, "AAPL"), "vendor_ratio_differs") == []


def test_market_value_and_enterprise_value_name_their_currency(yahoo: YahooSource) -> None:
    ledger = ledger_of(yahoo, "BABA")
    assert (ledger.latest("BABA", "market_value").currency, ledger.latest("BABA", "enterprise_value").currency) == (
        "USD",
        "CNY",
    )
    assert ledger.latest("BABA", "exchange_rate").period.end == date(2025, 2, 21)


@pytest.mark.parametrize("ticker", ["OCDO.L", "BFLY"])
def test_losses_have_no_earnings_multiple(yahoo: YahooSource, ticker: str) -> None:
    ledger = ledger_of(yahoo, ticker)
    for metric in ("pe_ttm", "pe_forward"):
        fact = ledger.latest(ticker, metric)
        assert (fact.value, fact.not_meaningful, fact.reason) == (None, True, "earnings are negative")


def test_pence_become_pounds_at_the_door(yahoo: YahooSource) -> None:
    snapshot = yahoo.collect("OCDO.L", DAY)
    assert snapshot.company is not None
    assert (snapshot.company.price_currency, snapshot.company.exchange, snapshot.company.mic) == ("GBP", "LSE", "XLON")
    assert measured(snapshot).latest("OCDO.L", "target_mean").value == pytest.approx(4.4138498)
    assert "OCDO.L: quoted in GBp, 100 of which are one GBP; converted" in snapshot.notes


def test_all_classes_of_shares_are_counted(yahoo: YahooSource) -> None:
    counts = {ticker: ledger_of(yahoo, ticker).latest(ticker, "securities") for ticker in ("GOOG", "BFLY", "AAPL")}
    assert counts["GOOG"].value == pytest.approx(12_128_000_000)
    assert counts["BFLY"].value == pytest.approx(210_635_008 + 26_426_900, rel=1e-5)
    assert counts["AAPL"].value == pytest.approx(15_022_100_480)


def test_the_newest_quarter_is_dated_by_the_call_on_its_results(yahoo: YahooSource) -> None:
    ledger = ledger_of(yahoo, "BABA")
    revenue = ledger.latest("BABA", "revenue", kind="ttm")
    assert (revenue.period.end, revenue.published_on) == (date(2024, 12, 31), date(2025, 2, 20))
    assert ledger.latest("BABA", "vendor_shares").published_on == DAY
    old = ledger.latest("BABA", "revenue", kind="quarter")
    assert (old.period.end, old.published_on) == (date(2023, 12, 31), DAY)


def test_earnings_per_share_of_statements_stand_in_the_currency_of_the_statements(yahoo: YahooSource) -> None:
    ledger = ledger_of(yahoo, "BABA")
    quarters = [fact for fact in ledger.current("BABA", "diluted_eps", kind="quarter") if fact.stated]
    assert [(fact.value, fact.currency) for fact in quarters] == [(13.28, "CNY"), (10.8, "CNY"), (5.68, "CNY")]


def test_statement_lines_of_a_company_with_all_statements(yahoo: YahooSource) -> None:
    ledger = ledger_of(yahoo, "AAPL")
    kinds: dict[str, Kind | None] = {
        "revenue": "ttm", "capital_expenditure": "quarter", "dividends_paid": "fiscal_year",
        "share_repurchases": "quarter", "equity": None, "total_debt": None, "cash_and_investments": None,
        "free_cash_flow": "fiscal_year",
    }  # fmt: skip
    newest = {metric: ledger.latest("AAPL", metric, kind=kind).value for metric, kind in kinds.items()}
    assert newest == {
        "revenue": 395_760_000_000, "capital_expenditure": 2_940_000_000, "dividends_paid": 15_234_000_000,
        "share_repurchases": 23_606_000_000, "equity": 66_758_000_000, "total_debt": 96_799_000_000,
        "cash_and_investments": 53_775_000_000, "free_cash_flow": 108_807_000_000,
    }  # fmt: skip


def test_consensus_with_its_denominators(yahoo: YahooSource) -> None:
    ledger = ledger_of(yahoo, "BABA")
    read = {
        metric: ledger.latest("BABA", metric).value
        for metric in ("target_mean", "target_low", "target_high", "target_median", "target_analysts", "ratings_total",
                       "ratings_positive", "next_earnings")
    }  # fmt: skip
    assert read == {
        "target_mean": 152.7521, "target_low": 86.08602, "target_high": 190.69434, "target_median": 160.12865,
        "target_analysts": 39, "ratings_total": 41, "ratings_positive": 34, "next_earnings": date(2025, 5, 12),
    }  # fmt: skip


def test_estimates_name_their_year_their_currency_and_how_they_stood(yahoo: YahooSource) -> None:
    facts = [
        fact for fact in ledger_of(yahoo, "BABA").all("BABA", "eps_estimate_fy") if fact.period.end == date(2025, 3, 31)
    ]
    assert [(fact.published_on, fact.value, fact.currency) for fact in facts] == [
        (date(2024, 11, 26), 63.69452, "CNY"),
        (date(2024, 12, 26), 63.47006, "CNY"),
        (date(2025, 1, 25), 62.96901, "CNY"),
        (date(2025, 2, 17), 62.96842, "CNY"),
        (date(2025, 2, 24), 64.85275, "CNY"),
    ]


def test_a_stale_forward_figure_gives_way_to_the_dated_estimate(yahoo: YahooSource) -> None:
    snapshot = yahoo.collect("EREGL.IS", DAY)
    fact = measured(snapshot).latest("EREGL.IS", "forward_eps")
    assert (fact.value, fact.currency, fact.note) == (1.55505, "TRY", "mean of 5 analysts for FY2025")
    assert any("6.16 TRY, does not fit its estimates" in note for note in snapshot.notes)


@pytest.mark.parametrize(
    ("ticker", "instrument", "price"),
    [
        ("QQQ", "etf", 526.12),
        ("BTC-USD", "crypto", 96021.96),
        ("GC=F", "future", 2960.4),
        ("0P000071W8.TO", "fund", 150.5),
    ],
)
def test_instruments_without_a_company_have_a_price_and_no_statements(
    yahoo: YahooSource, replay: Replay, ticker: str, instrument: str, price: float
) -> None:
    snapshot = yahoo.collect(ticker, DAY)
    assert snapshot.company is not None
    assert snapshot.prices is not None
    assert (snapshot.company.instrument, snapshot.prices.values[-1], snapshot.facts) == (instrument, price, ())
    assert (refusal(snapshot.company) is None) == (instrument == "etf")
    assert not [asked for asked in replay.asked if "timeseries" in asked.path]


def test_the_reason_for_a_refusal_is_a_sentence(yahoo: YahooSource) -> None:
    company = yahoo.collect("BTC-USD", DAY).company
    assert company is not None
    assert refusal(company) == (
        "Bitcoin USD is a cryptocurrency: no company stands behind it whose statements could be set against its price"
    )


@pytest.mark.parametrize("ticker", ["NOSUCH", "ADH", "lower", "../etc", "A" * 30])
def test_unknown_symbols_and_those_without_a_price_are_no_data(yahoo: YahooSource, ticker: str) -> None:
    with pytest.raises(NoDataError, match=ticker.replace(".", r"\.")):
        yahoo.collect(ticker, DAY)


def test_a_company_takes_five_requests_and_a_rate_is_asked_for_once(yahoo: YahooSource, replay: Replay) -> None:
    yahoo.collect("BABA", DAY)
    replay.asked.clear()
    yahoo.collect("BABA", DAY)
    assert [asked.path for asked in replay.asked] == [
        "/v10/finance/quoteSummary/BABA",
        "/v8/finance/chart/BABA",
        "/ws/fundamentals-timeseries/v1/finance/timeseries/BABA",
        "/xhr/ncp",
    ]


def test_a_summary_without_a_price_is_helped_by_the_short_quote(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    day = date(2025, 10, 30)
    with Replay(day.isoformat()) as replay:
        for name, value in replay.environment.items():
            monkeypatch.setenv(name, value)
        snapshot = source(cache, today=day).collect("MSFT", day)
    ledger = measured(snapshot)
    assert ledger.latest("MSFT", "price").value == 541.55
    assert ledger.latest("MSFT", "market_value").value == pytest.approx(4_025_388_367_872, rel=1e-6)
    assert ledger.latest("MSFT", "pe_forward").value == pytest.approx(36.22408, rel=1e-6)
    assert ledger.company.fiscal_year_end == "06-30"
    assert "Yahoo Finance does not date its twelve-month figures of MSFT; they are left out" in snapshot.notes
