"""Figures from the SEC's recorded answers: as filed, by their own dates, in one currency, on one share basis."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from replay import Replay
from replay.filings import FILERS, edgar

from generator.errors import InputError, NoDataError
from generator.model.fact import Fact
from generator.model.snapshot import Snapshot
from generator.sources.edgar import EdgarSource

NOW = date(2026, 7, 20)
SEEDS = Path(__file__).parents[2] / "seeds" / "facts"
RENAMED = {
    "nvda-cost-of-revenue-fy2020-01", "nvda-cost-of-revenue-fy2021-01", "googl-long-term-debt-current-d2019-12-31",
}  # fmt: skip
"""Filed first under another name, which the seeds did not take."""

SCALE = {"million": 1e6, "per share": 1.0, "million shares": 1e6}


@pytest.fixture(scope="module")
def found(running: Replay, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Snapshot]:
    """Return what every filer on record had filed by the day, collected once."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in running.environment.items():
            patch.setenv(name, value)
        running.inject()
        source = edgar(tmp_path_factory.mktemp("edgar"))
        return {ticker: source.collect(ticker, NOW) for ticker in FILERS}


def filed(snapshot: Snapshot, metric: str, kind: str, end: date) -> list[Fact]:
    return [f for f in snapshot.facts if f.metric == metric and (f.period.kind, f.period.end) == (kind, end)]


@pytest.mark.parametrize("ticker", ["AAPL", "NVDA", "GOOGL"])
def test_the_figures_are_those_of_the_seeds_made_from_the_same_answers(ticker: str, found: dict[str, Snapshot]) -> None:
    """The seeds were read out of the same bodies by other hands: value and day of filing must agree."""
    ours: dict[tuple[str, str, date], dict[date, float]] = defaultdict(dict)
    for fact in found[ticker].facts:
        ours[fact.metric, fact.period.kind, fact.period.end][fact.published_on] = fact.number or 0.0
    same, different = 0, []
    with (SEEDS / f"{ticker}.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            split = "split" in row["note"]
            if "accession" not in row["locator"] or row["metric"] == "basic_eps" or split:
                continue
            key = (row["metric"], row["period"], date.fromisoformat(row["end"]))
            value = ours[key].get(date.fromisoformat(row["published_on"]))
            if value == pytest.approx(float(row["value"]) * SCALE[row["unit"]], rel=1e-9, abs=0.5):
                same += 1
            elif ours[key] and "Depreciation" not in row["locator"] and "CapitalLease" not in row["locator"]:
                different.append(row["id"])
    assert same > 600
    assert set(different) <= RENAMED


def test_a_period_goes_by_its_own_days_and_not_by_the_year_of_the_filing(found: dict[str, Snapshot]) -> None:
    """The report for 2025 repeats 2023 and 2024 under its own year; each stays what it is."""
    years = [f for f in found["AAPL"].facts if f.metric == "revenue" and f.period.kind == "fiscal_year"]
    assert [(f.period.end, f.value, f.published_on) for f in years[-3:]] == [
        (date(2023, 9, 30), 383_285_000_000, date(2023, 11, 3)),
        (date(2024, 9, 28), 391_035_000_000, date(2024, 11, 1)),
        (date(2025, 9, 27), 416_161_000_000, date(2025, 10, 31)),
    ]


def test_nothing_filed_after_the_day_is_known(replay: Replay, tmp_path: Path) -> None:
    assert replay.asked == []
    snapshot = edgar(tmp_path).collect("AAPL", date(2020, 10, 29))
    assert max(fact.published_on for fact in snapshot.facts) == date(2020, 7, 31)
    assert not filed(snapshot, "revenue", "fiscal_year", date(2020, 9, 26))
    quarter = filed(snapshot, "diluted_eps", "quarter", date(2020, 6, 27))
    assert [fact.value for fact in quarter] == [2.58], "the split is in no filing yet"


def test_a_restated_figure_stands_beside_the_first_with_its_own_day(found: dict[str, Snapshot]) -> None:
    facts = filed(found["AAPL"], "diluted_eps", "quarter", date(2020, 6, 27))
    assert [(f.published_on, f.value) for f in facts] == [(date(2020, 7, 31), 0.645), (date(2020, 10, 30), 0.65)]
    assert "adjusted for the 4:1 split" in facts[0].note
    assert "restated on 30\u00a0October 2020" in facts[1].note


def test_two_splits_are_both_reckoned_with(found: dict[str, Snapshot]) -> None:
    """NVIDIA earned $4.52 a share in the year to January 2020; 4:1 and 10:1 later that is 11.3 cents."""
    first, *_ = filed(found["NVDA"], "diluted_eps", "fiscal_year", date(2020, 1, 26))
    assert first.value == pytest.approx(4.52 / 40)
    count = filed(found["NVDA"], "shares_outstanding", "instant", date(2020, 2, 14))
    assert [fact.value for fact in count] == [pytest.approx(612e6 * 40)]


def test_a_split_shows_in_restated_earnings_where_no_count_does(replay: Replay, tmp_path: Path) -> None:
    """Alphabet files no average count of all classes; 24.62 became 1.23 by 20 for one."""
    assert replay.asked == []
    quarter = filed(edgar(tmp_path).collect("GOOGL", NOW), "diluted_eps", "quarter", date(2022, 3, 31))
    assert [fact.value for fact in quarter] == [pytest.approx(1.231), 1.23]


def test_a_split_that_is_told_is_not_reckoned_twice(replay: Replay, tmp_path: Path) -> None:
    from decimal import Decimal

    from generator.sources.splits import Split

    assert replay.asked == []
    told = {"AAPL": (Split(day=date(2020, 8, 31), ratio=Decimal(4)),)}
    source = EdgarSource(tmp_path, contact="Desk a@example.com", splits=told)
    early = source.collect("AAPL", date(2020, 9, 15))
    assert [f.value for f in filed(early, "diluted_eps", "quarter", date(2020, 6, 27))] == [0.645]
    late = source.collect("AAPL", NOW)
    assert [f.value for f in filed(late, "diluted_eps", "quarter", date(2020, 6, 27))] == [0.645, 0.65]


def test_books_in_yuan_are_not_mixed_with_their_translation_into_dollars(found: dict[str, Snapshot]) -> None:
    snapshot = found["BABA"]
    assert {fact.currency for fact in snapshot.facts if fact.currency} == {"CNY"}
    assert any(
        "filed in CNY" in note and "in USD, which translate them, are left out" in note for note in snapshot.notes
    )
    [revenue] = filed(snapshot, "revenue", "fiscal_year", date(2020, 3, 31))
    assert (revenue.value, revenue.published_on) == (509_711_000_000, date(2020, 7, 9))


def test_the_ads_ratio_is_the_newest_filed(found: dict[str, Snapshot]) -> None:
    ratios = {ticker: [f.value for f in each.facts if f.metric == "ads_ratio"] for ticker, each in found.items()}
    assert {ticker: values for ticker, values in ratios.items() if values} == {"BABA": [8.0]}


def test_an_ifrs_filer_has_statements_in_the_currency_of_its_books(found: dict[str, Snapshot]) -> None:
    snapshot = found["LPA"]
    assert {fact.currency for fact in snapshot.facts if fact.currency} == {"USD"}
    [revenue] = filed(snapshot, "revenue", "fiscal_year", date(2024, 12, 31))
    assert (revenue.value, revenue.note) == (43_862_372, "ifrs-full:Revenue")


def test_a_foreign_filer_without_an_ads_ratio_has_no_count_that_could_meet_the_price(
    found: dict[str, Snapshot],
) -> None:
    metrics = {fact.metric for fact in found["LPA"].facts}
    assert metrics & {"shares_outstanding", "diluted_shares", "diluted_eps"} == set()
    assert "ordinary_diluted_eps" in metrics
    assert any("do not tell whether its listing is the ordinary share" in note for note in found["LPA"].notes)


def test_all_classes_are_counted_from_the_balance_sheet_where_the_cover_has_none(found: dict[str, Snapshot]) -> None:
    counts = [fact for fact in found["GOOGL"].facts if fact.metric == "shares_outstanding"]
    assert counts[-1].value == pytest.approx(12.1e9, rel=0.02)
    assert "CommonStockSharesOutstanding, balance sheet" in counts[-1].note


def test_millions_filed_as_units_are_neither_a_count_nor_a_split(found: dict[str, Snapshot]) -> None:
    """McDonald's files an average of 721.9 shares, and 714,461,139 on the cover."""
    averages = [fact.number or 0.0 for fact in found["MCD"].facts if fact.metric == "diluted_shares"]
    counts = [fact.number or 0.0 for fact in found["MCD"].facts if fact.metric == "shares_outstanding"]
    assert min((*averages, *counts)) > 600e6
    assert max((*averages, *counts)) < 900e6
    assert any("average counts of shares are filed in another scale" in note for note in found["MCD"].notes)


def test_a_part_of_the_costs_makes_no_gross_profit(found: dict[str, Snapshot]) -> None:
    """McDonald's files its food as cost of goods and services; that is a tenth of what its revenue costs it."""
    metrics = {ticker: {fact.metric for fact in snapshot.facts} for ticker, snapshot in found.items()}
    assert "cost_of_revenue" not in metrics["MCD"]
    assert {"cost_of_revenue", "gross_profit"} <= metrics["AAPL"]
    assert "cost_of_revenue" in metrics["GOOGL"]


def test_every_fact_names_the_filing_it_stands_in(found: dict[str, Snapshot]) -> None:
    for snapshot in found.values():
        assert len({fact.id for fact in snapshot.facts}) == len(snapshot.facts)
        for fact in snapshot.facts:
            [source] = fact.sources
            assert source.publisher == "SEC EDGAR"
            assert source.url.startswith("https://www.sec.gov/Archives/edgar/data/")
            assert source.published_on == fact.published_on >= fact.period.end


def test_losses_and_uneven_years_come_through(found: dict[str, Snapshot]) -> None:
    [loss] = filed(found["SNOW"], "net_income_attributable", "fiscal_year", date(2025, 1, 31))
    assert loss.value == pytest.approx(-1_285_640_000, rel=1e-6)
    assert {f.period.kind for f in found["WMT"].facts} >= {"quarter", "fiscal_year", "instant"}


def test_who_files_nothing_is_no_data(replay: Replay, tmp_path: Path) -> None:
    source = edgar(tmp_path)
    with pytest.raises(NoDataError, match=r"SEC EDGAR lists no company under OCDO\.L"):
        source.collect("OCDO.L", NOW)
    with pytest.raises(NoDataError, match=r"SEC EDGAR has no figures of TSLA \(filer 1318605\)"):
        source.collect("TSLA", NOW)
    assert [asked.status for asked in replay.asked] == [200, 404]


def test_the_sec_is_told_who_asks(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the SEC wants to know who asks; write a name and an e-mail address"):
        EdgarSource(tmp_path, contact="")


def test_a_report_whose_figures_are_not_there_yet_is_named(replay: Replay, tmp_path: Path) -> None:
    """On the day before the figures of a report are there, its place in the list of filings is what is known."""
    report = {"form": ["10-Q", "8-K"], "filingDate": ["2026-07-10", "2026-07-11"], "reportDate": ["2026-06-27", ""]}
    listed = {"cik": "0000320193", "filings": {"recent": report}}
    replay.put("data.sec.gov", "/submissions/CIK0000320193.json", listed)
    notes = edgar(tmp_path).collect("AAPL", NOW).notes
    assert notes == (
        "the figures of AAPL's form 10-Q of 10\u00a0July 2026, for the period to 27\u00a0June 2026, are not there yet",
    )
    assert edgar(tmp_path).collect("AAPL", date(2026, 7, 9)).notes == ()
