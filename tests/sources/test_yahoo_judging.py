"""Judging: currencies by the size of figures, share counts, stale forward earnings; bodies made up for each case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from generator.model.fact import Fact
from generator.sources.outcome import BrokenError, GarbledError, NotThereError, UnauthorisedError
from generator.sources.yahoo.answers import Point, Summary, number, read_chart, read_points, read_quote
from generator.sources.yahoo.consensus import Consensus
from generator.sources.yahoo.door import parsed
from generator.sources.yahoo.quote import Quote, read_listing, short_name, year_end
from generator.sources.yahoo.reporting import Reporting, Witnesses, judge, witnesses
from generator.sources.yahoo.statements import Books, Reported, read_lines
from generator.sources.yahoo.stating import Stating, month_end, months_back, span
from generator.sources.yahoo.vendor import Vendor

SEEN = date(2025, 2, 24)
RATES: Mapping[str, float] = {"USD": 0.0275, "CNY": 7.25, "EUR": 0.95, "TRY": 1.0}


def listing(*, currency: str = "TRY", price: float = 22.48, **statistics: object) -> tuple[Quote, Summary]:
    """Return a quote and its summary; figures as of Erdemir unless said otherwise."""
    parts: dict[str, Any] = {"sharesOutstanding": 6.722e9, "trailingEps": 2.0, "netIncomeToCommon": 13.48e9}
    parts |= statistics
    modules: dict[str, dict[str, Any]] = {
        "quoteType": {"quoteType": "EQUITY", "symbol": "X", "exchange": "IST", "longName": "X Inc."},
        "price": {"currency": currency, "regularMarketPrice": price, "regularMarketTime": 1740388832},
        "defaultKeyStatistics": parts,
        "financialData": {"financialCurrency": parts.pop("flag", ""), "totalRevenue": 204e9},
    }
    modules["price"]["marketCap"] = parts.pop("cap", price * parts["sharesOutstanding"])
    summary = Summary(modules=modules)
    quote = read_listing("X", summary, {})
    assert quote is not None
    return quote, summary


def judged(named: Witnesses, rates: Mapping[str, float] = RATES, parts: Mapping[str, Any] | None = None) -> Reporting:
    quote, summary = listing(**(parts or {}))
    return judge(quote, summary, named, rates.get)


def test_a_flag_that_the_size_of_earnings_disproves_is_overruled() -> None:
    found = judged(Witnesses(flag="USD", lines="", estimates=""))
    assert (found.currency, found.eps_currency) == ("TRY", "TRY")
    assert "flags the statements of X as USD" in found.notes[0]
    assert judged(Witnesses(flag="USD", lines="USD", estimates="")).currency == "TRY"
    assert judged(Witnesses(flag="USD", lines="", estimates="TRY")).currency == "TRY"


def test_statements_in_another_currency_than_the_price_are_confirmed_by_size() -> None:
    alibaba = {"currency": "USD", "price": 143.75, "sharesOutstanding": 2.376e9, "netIncomeToCommon": 120.358e9}
    found = judged(Witnesses(flag="CNY", lines="CNY", estimates="CNY"), parts=alibaba | {"trailingEps": 6.87})
    assert found == Reporting(currency="CNY", eps_currency="USD")
    own = judged(Witnesses(flag="CNY", lines="CNY", estimates=""), parts=alibaba | {"trailingEps": 50.0})
    assert (own.currency, own.eps_currency) == ("CNY", "CNY")
    untold = judged(Witnesses(flag="CNY", lines="", estimates=""), parts=alibaba | {"trailingEps": 50.0})
    assert (untold.currency, untold.eps_currency) == ("CNY", "")
    assert "cannot be told" in untold.notes[0]


def test_what_cannot_be_reconciled_is_left_out_and_said() -> None:
    split = judged(Witnesses(flag="TRY", lines="TRY", estimates=""), parts={"trailingEps": 4.0})
    assert (split.currency, split.eps_currency) == ("TRY", "")
    assert "cannot be reconciled with its net income and share count" in split.notes[0]
    without = judged(Witnesses(flag="USD", lines="USD", estimates=""), rates={})
    assert (without.currency, without.eps_currency) == ("USD", "TRY")
    assert "taken to be in TRY; it cannot be checked without an exchange rate" in without.notes[0]
    loss = judged(Witnesses(flag="TRY", lines="TRY", estimates=""), parts={"trailingEps": -2.0})
    assert loss.eps_currency == ""


def test_witnesses_are_asked_only_where_their_figures_match() -> None:
    _, summary = listing()
    estimate = {"yearAgoRevenue": {"raw": 204.06e9}, "revenueCurrency": "TRY"}
    told = Summary(
        modules=dict(summary.modules) | {"earningsTrend": {"trend": [{"period": "0y", "revenueEstimate": estimate}]}}
    )
    assert witnesses(told, ("USD", "USD", "TRY"), "USD") == Witnesses(flag="USD", lines="USD", estimates="TRY")
    estimate["yearAgoRevenue"] = {"raw": 5.6e9}
    assert witnesses(told, (), "USD").estimates == ""


def test_a_market_value_in_pence_is_brought_to_pounds() -> None:
    pounds, _ = listing(currency="GBp", price=309.0, sharesOutstanding=823e6, cap=2543e6)
    pence, _ = listing(currency="GBp", price=309.0, sharesOutstanding=823e6, cap=254_300e6)
    assert pounds.market_value == pence.market_value == 2543e6
    assert pounds.count is not None
    assert pounds.count.value == 823e6


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Alibaba Group Holding Limited", "Alibaba"),
        ("Spotify Technology S.A.", "Spotify Technology"),
        ("Amazon.com, Inc.", "Amazon.com"),
        ("The Goldman Sachs Group, Inc.", "Goldman Sachs"),
        ("Ocado Group plc", "Ocado"),
        ("SAP SE", "SAP"),
        ("Toyota Motor Corporation", "Toyota Motor"),
        ("Group", "Group"),
        ("Inc.", "Inc."),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short


def test_ends_of_months_and_years() -> None:
    ends = {
        date(2024, 12, 28): date(2024, 12, 31),
        date(2024, 6, 2): date(2024, 5, 31),
        date(2025, 1, 31): date(2025, 1, 31),
    }
    assert {end: month_end(end) for end in ends} == ends
    assert month_end(date(2024, 11, 15)) == date(2024, 11, 15)
    assert [year_end(end) for end in (date(2024, 9, 28), date(2025, 2, 1), date(2024, 2, 29), None)] == [
        "09-30", "01-31", "02-28", "12-31",
    ]  # fmt: skip
    assert months_back(date(2025, 3, 31), 1) == date(2025, 2, 28)
    assert span("quarter", date(2024, 12, 31), months=3).start == date(2024, 10, 1)
    assert span("fiscal_year", date(2024, 2, 29), months=12).start == date(2023, 3, 1)


def point(key: str, value: float, end: str = "2024-12-31", length: str = "3M", code: str = "CNY") -> Point:
    return Point(key=key, end=date.fromisoformat(end), length=length, value=value, code=code)


def books(*points: Point, count: float | None = 2.376e9) -> tuple[tuple[Fact, ...], tuple[str, ...]]:
    stating = Stating(ticker="X", seen=SEEN)
    reported = Reported(quarter=date(2024, 12, 31), on=date(2025, 2, 20))
    return Books(lines=read_lines(points), currency="CNY", reported=reported, stating=stating, count=count).facts()


def test_earnings_per_share_must_agree_with_income_and_with_the_quoted_security() -> None:
    lines = (point("NetIncomeCommonStockholders", 48.945e9), point("DilutedAverageShares", 2.42e9, code="USD"))
    good, notes = books(*lines, point("DilutedEPS", 20.23, code="USD"))
    assert ([fact.value for fact in good if fact.metric == "diluted_eps"], notes) == ([20.23], ())
    dollars, notes = books(*lines, point("DilutedEPS", 2.8, code="USD"))
    assert [fact for fact in dollars if fact.metric == "diluted_eps"] == []
    assert notes == (
        "diluted EPS of X for periods to 2024-12 does not agree with net income and shares in CNY, and is left out",
    )
    ordinary = (point("NetIncomeCommonStockholders", 48.945e9), point("DilutedAverageShares", 19.36e9))
    assert books(*ordinary, point("DilutedEPS", 2.53))[1]


def test_lines_in_another_currency_than_the_rest_are_left_out() -> None:
    facts, _ = books(
        point("TotalRevenue", 280e9),
        point("TotalRevenue", 39e9, "2024-09-30", code="USD"),
        point("CostOfRevenue", 170e9),
    )
    assert {fact.value for fact in facts if fact.metric == "revenue"} == {280e9}


def test_money_spent_is_positive_and_short_term_debt_is_stated_in_parts() -> None:
    facts, _ = books(
        point("CapitalExpenditure", -31e9), point("LongTermDebt", 100e9), point("CurrentDebt", 30e9),
        point("OtherCurrentBorrowings", 20e9), point("CommercialPaper", 10e9),
        point("LongTermDebt", 90e9, "2024-09-30"), point("CurrentDebt", 30e9, "2024-09-30"),
        point("TotalDebt", 130e9, "2024-06-30"), point("TotalAssets", 1e12), point("TotalAssets", 1e12, "2024-09-30"),
        point("TotalAssets", 1e12, "2024-06-30"),
    )  # fmt: skip
    found = {(fact.metric, fact.period.end.isoformat()): fact.value for fact in facts if fact.metric != "total_assets"}
    assert found == {
        ("capital_expenditure", "2024-12-31"): 31e9, ("long_term_debt", "2024-12-31"): 100e9,
        ("long_term_debt_current", "2024-12-31"): 20e9, ("commercial_paper", "2024-12-31"): 10e9,
        ("long_term_debt", "2024-09-30"): 90e9, ("long_term_debt_current", "2024-09-30"): 30e9,
        ("total_debt", "2024-06-30"): 130e9,
    }  # fmt: skip


def test_half_years_are_not_quarters_and_only_the_newest_period_has_a_date() -> None:
    facts, _ = books(point("TotalRevenue", 1e9, length="6M"), point("TotalRevenue", 9e8, "2024-06-30", "6M"))
    assert [(fact.period.kind, fact.published_on) for fact in facts] == [
        ("half", SEEN),
        ("half", date(2025, 2, 20)),
    ]


def test_a_bank_has_no_gross_profit() -> None:
    quote, summary = listing(flag="TRY")
    for profit, there in ((204e9, False), (20e9, True)):
        modules = dict(summary.modules)
        modules["financialData"] = dict(summary["financialData"]) | {"grossProfits": profit}
        vendor = Vendor(
            quote=quote, summary=Summary(modules=modules), lines={},
            reporting=Reporting(currency="TRY", eps_currency="TRY"),
            reported=Reported(quarter=date(2024, 12, 31)), stating=Stating(ticker="X", seen=SEEN),
        )  # fmt: skip
        assert ("gross_profit" in {fact.metric for fact in vendor.facts()}) == there


def opinions(**modules: Mapping[str, Any]) -> tuple[dict[str, Fact], tuple[str, ...]]:
    quote, summary = listing(currency="USD", price=100.0, forwardEps=5.0)
    told = Summary(modules=dict(summary.modules) | modules)
    facts, notes = Consensus(quote=quote, summary=told, stating=Stating(ticker="X", seen=SEEN), rate=RATES.get).facts()
    return {f"{fact.metric} {fact.name}".strip(): fact for fact in facts}, notes


def test_house_targets_of_sixty_days_one_a_house() -> None:
    def row(firm: str, day: str, target: float) -> dict[str, Any]:
        seconds = int((date.fromisoformat(day) - date(1970, 1, 1)).days * 86_400 + 50_000)
        return {"firm": firm, "epochGradeDate": seconds, "currentPriceTarget": target, "toGrade": "Buy"}

    rows = [
        row("Old House", "2024-12-20", 90.0), row("A House", "2025-02-20", 120.0), row("A House", "2025-01-20", 110.0),
        row("Other Currency", "2025-02-20", 900.0), row("No Target", "2025-02-20", 0.0),
    ]  # fmt: skip
    facts, notes = opinions(upgradeDowngradeHistory={"history": rows})
    targets = {name: (fact.value, fact.published_on) for name, fact in facts.items() if "house_target" in name}
    assert targets == {"house_target A House": (120.0, date(2025, 2, 20))}
    assert "the target of Other Currency for X, 900, is far off the price; left out" in notes


def test_nobody_counted_is_not_a_rating_and_zero_analysts_no_estimate() -> None:
    nobody = {"period": "0m", "strongBuy": 0, "buy": 0, "hold": 0, "sell": 0, "strongSell": 0}
    zero = {"avg": {"raw": 0}, "numberOfAnalysts": {"raw": 0}, "earningsCurrency": "USD"}
    facts, notes = opinions(
        recommendationTrend={"trend": [nobody]},
        earningsTrend={"trend": [{"period": "0y", "endDate": "2025-12-31", "earningsEstimate": zero}]},
    )
    assert set(facts) == {"forward_eps"}
    assert "Yahoo Finance has no price targets, ratings, estimates of earnings of X" in notes


def test_targets_in_another_currency_are_left_out() -> None:
    facts, notes = opinions(financialData={"targetMeanPrice": 1100.0, "targetLowPrice": 900.0})
    assert not any(name.startswith("target") for name in facts)
    assert "Yahoo's mean target of X, 1100, is far off the price; targets are left out" in notes


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("<html>", GarbledError),
        ('{"chart": {"resu', GarbledError),
        ("[1, 2]", GarbledError),
        ('{"chart": {"result": null, "error": {"code": "Not Found", "description": "delisted"}}}', NotThereError),
        ('{"finance": {"error": {"code": "Unauthorized", "description": "Invalid Crumb"}}}', UnauthorisedError),
        ('{"finance": {"error": {"code": "Internal", "description": "oops"}}}', BrokenError),
    ],
)
def test_bodies_that_are_no_data(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        parsed(text)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1, 1.0),
        ({"raw": 2.5, "fmt": "2.50"}, 2.5),
        ({}, None),
        ("Infinity", None),
        (True, None),
        (float("nan"), None),
        (None, None),
    ],
)
def test_numbers(value: object, expected: float | None) -> None:
    assert number(value) == expected


def test_canaries() -> None:
    with pytest.raises(GarbledError, match="without currency"):
        read_chart({"chart": {"result": [{"meta": {}}]}}, "X")
    with pytest.raises(GarbledError, match="one close a day"):
        read_chart({"chart": {"result": [{"meta": {"currency": "USD"}, "timestamp": [1, 2]}]}}, "X")
    with pytest.raises(GarbledError, match="without chart"):
        read_chart({}, "X")
    with pytest.raises(GarbledError, match="without quoteType"):
        read_quote({"quoteResponse": {"result": [{"symbol": "X"}]}}, "X")
    with pytest.raises(NotThereError):
        read_quote({"quoteResponse": {"result": []}}, "X")
    with pytest.raises(GarbledError, match="without their names"):
        read_points({"timeseries": {"result": [{}]}}, "X")
    named = {"meta": {"symbol": ["Y"], "type": ["annualTotalRevenue"]}}
    with pytest.raises(GarbledError, match="about Y instead"):
        read_points({"timeseries": {"result": [named]}}, "X")
    assert parsed('{"a": NaN}') == {"a": None}
