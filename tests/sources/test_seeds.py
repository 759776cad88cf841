"""Seeds: what is known on a day, and what is said of a bad file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from small_project import SmallProject

from generator.errors import InputError, NoDataError
from generator.model.fact import Unit
from generator.sources.histories import weekdays_between
from generator.sources.kpis import KpiSource
from generator.sources.seeds import SeedSource

HOME = Path(__file__).parents[2]
SEEDS = Path("seeds")
DAY = date(2025, 10, 2)
TODAY = date(2025, 10, 6)
ACME = "seeds/prices/ACME.csv"


def source() -> SeedSource:
    """Return the source of the small project."""
    return SeedSource(SEEDS, today=TODAY)


def told() -> list[str]:
    """Return what is said when ACME is collected."""
    with pytest.raises(InputError) as caught:
        source().collect("ACME", DAY)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.usefixtures("project")
def test_a_snapshot_holds_what_the_folder_knows() -> None:
    """Profile, closes, dividends, rates and facts, each with its unit and source."""
    snapshot = source().collect("ACME", DAY)
    assert snapshot.company is not None
    assert (snapshot.company.ads_ratio, snapshot.company.security) == (8.0, "ADS")
    assert snapshot.prices is not None
    assert snapshot.prices.days[-1] == DAY
    assert (snapshot.prices.metric, snapshot.prices.unit, snapshot.prices.currency) == ("close", Unit.PER_ADS, "USD")
    assert snapshot.prices.sources[0].publisher == "Vendor"
    assert snapshot.dividends is not None
    assert snapshot.dividends.values == (2.0,)
    assert snapshot.facts[0].value == 234_156_000_000.0
    assert snapshot.notes == ()


@pytest.mark.usefixtures("project")
def test_nothing_published_later_is_seen() -> None:
    """Closes and dividends by their day, facts and rates by their day of publication."""
    snapshot = source().collect("ACME", date(2025, 6, 11))
    assert snapshot.prices is not None
    assert snapshot.prices.days[-1] == date(2025, 6, 11)
    assert snapshot.prices.sources[0].published_on == date(2025, 6, 11)
    assert snapshot.dividends is not None
    assert snapshot.dividends.days == ()
    assert snapshot.rates["CNY"].days[-1] == date(2025, 6, 6)
    assert snapshot.facts == ()


@pytest.mark.usefixtures("project")
def test_a_day_before_all_prices_has_an_empty_history() -> None:
    """The series is there and has no day."""
    snapshot = source().collect("ACME", date(2020, 1, 1))
    assert snapshot.prices is not None
    assert snapshot.prices.days == ()
    assert snapshot.prices.sources == ()


@pytest.mark.usefixtures("project")
def test_prices_stand_as_they_were_quoted_on_the_day() -> None:
    """Before the split of 10 June the file's close of 86.76 was quoted as 867.6; the EPS of April as printed."""
    before, after = source().collect("PEER", date(2025, 6, 9)), source().collect("PEER", date(2025, 6, 10))
    assert before.prices is not None
    assert after.prices is not None
    assert before.prices.values[-1] == pytest.approx(after.prices.values[-2] * 10, abs=1e-9)
    assert [fact.value for fact in before.facts] == [12.5]
    assert [fact.value for fact in after.facts] == [1.25]
    assert after.facts[0].note == "adjusted for the 10:1 split of 10\u00a0June 2025"


@pytest.mark.usefixtures("project")
def test_an_unknown_ticker_is_answered_with_the_nearest() -> None:
    """The file that would have to know it is named; a path never becomes one."""
    with pytest.raises(NoDataError, match=r"seeds/companies\.csv: 'ACNE' is not a known ticker; did you mean 'ACME'"):
        source().collect("ACNE", DAY)
    with pytest.raises(NoDataError, match="is not a known ticker"):
        source().collect("../../x", DAY)


def test_a_missing_folder_is_no_data(tmp_path: Path) -> None:
    """There is nothing to stand on."""
    with pytest.raises(NoDataError, match="there is no such folder"):
        SeedSource(tmp_path / "seeds").collect("ACME", DAY)
    (only,) = SeedSource(tmp_path / "seeds").problems()
    assert "there is no such folder" in str(only)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "2024-01-04,1,1,1,104.20,1000",
            "2024-01-04,1,1,1,nan,1000",
            'line 4: close "nan" is not a price; write digits',
        ),
        ("2024-01-04,1,1,1,104.20,1000", "2024-01-04,1,1,1,,1000", 'line 4: close "" is not a price; write digits'),
        ("2024-01-04,1,1,1,104.20,1000", "2024-01-04,1,1,1,-3,1000", 'line 4: close "-3" is not a price; it must be'),
        (
            "2024-01-04,1,1,1,104.20,1000",
            "2024-01-04,1,1,1,0,1000",
            'line 4: close "0" is not a price; it must be above',
        ),
        ("2024-01-04,", "2024-13-04,", 'line 4: date "2024-13-04" is not a date; write it as 2025-10-02'),
        ("2024-01-04,", "2024-01-03,", "line 4: date 2024-01-03 stands twice; one line a day, oldest first"),
        ("2024-01-04,", "2024-01-02,", "line 4: date 2024-01-02 comes after 2024-01-03; one line a day"),
        ("2025-10-02,", "2026-10-02,", "line 459: date 2026-10-02 is in the future; today is 2025-10-06"),
        ("date,open", "day,open", "line 1: 'day' is not a known column;"),
    ],
)
def test_a_bad_price_is_told_with_its_place(project: SmallProject, old: str, new: str, sentence: str) -> None:
    """File and line; a NaN never becomes a figure."""
    project.swap(ACME, old, new)
    assert told()[0].startswith(f"{ACME}: {sentence}")


def test_all_bad_files_of_a_company_are_told_at_once(project: SmallProject) -> None:
    """Prices, dividends, facts and rates together."""
    project.swap(ACME, "104.20,1000", "nan,1000")
    project.swap("seeds/dividends/ACME.csv", "2.0", "-2.0")
    project.swap("seeds/facts/ACME.csv", "million", "milion")
    project.swap("seeds/fx/CNY.csv", "2024-01-04,7.1,2024-01-07", "2024-01-04,7.1,2024-01-01")
    sentences = told()
    assert [each.partition(": ")[0] for each in sentences] == [
        ACME, "seeds/dividends/ACME.csv", "seeds/facts/ACME.csv", "seeds/fx/CNY.csv",
    ]  # fmt: skip
    assert sentences[3].endswith("published_on 2024-01-01 is before the day of the rate; mend one of the two dates")


def test_one_company_does_not_suffer_from_anothers_files(project: SmallProject) -> None:
    """A spoilt peer is told when the peer is asked for."""
    project.swap("seeds/prices/PEER.csv", "50.00,1000", "nan,1000")
    seeds = source()
    with pytest.raises(InputError):
        seeds.collect("PEER", DAY)
    assert seeds.collect("ACME", DAY).prices is not None


def without(project: SmallProject, first: str, last: str) -> None:
    """Take the closes of ACME between two days out, both included."""
    lines = project.read(ACME).splitlines(keepends=True)
    project.write(ACME, "".join(each for each in lines if not first <= each[:10] <= last))


def test_a_hole_in_a_price_file_is_told(project: SmallProject) -> None:
    """A week without a close is no holiday: volatility over it would be wrong."""
    without(project, "2025-03-10", "2025-03-14")
    (only,) = told()
    assert only == (
        f"{ACME}: no close between 2025-03-07 and 2025-03-17; add the missing days, "
        "or write 2025-03-07/2025-03-17 in the column halts of prices/sources.csv"
    )


def test_a_declared_halt_is_a_note(project: SmallProject) -> None:
    """Who knows that trading was halted says so, and the brief repeats it."""
    without(project, "2025-03-10", "2025-03-14")
    project.write(
        "seeds/prices/sources.csv",
        "ticker,currency,adjustment,publisher,title,url,licence,halts\n"
        "ACME,USD,,Vendor,Daily history,,,2025-03-07/2025-03-17\n",
    )
    snapshot = source().collect("ACME", DAY)
    assert snapshot.notes == ("ACME has no close between 7\u00a0March 2025 and 17\u00a0March 2025: trading was halted",)
    assert source().collect("ACME", date(2025, 3, 1)).notes == ()


def test_three_days_without_a_close_are_a_note(project: SmallProject) -> None:
    """Longer than any usual holiday in New York, shorter than what cannot be."""
    without(project, "2025-03-11", "2025-03-13")
    (note,) = source().collect("ACME", DAY).notes
    assert note.startswith(
        "ACME has no close between 10\u00a0March 2025 and 14\u00a0March 2025: the exchange was closed"
    )


def test_a_golden_week_is_no_hole_elsewhere(project: SmallProject) -> None:
    """Other exchanges close for up to seven working days."""
    without(project, "2025-03-10", "2025-03-14")
    project.swap("seeds/companies.csv", "NYSE,XNYS", "HKEX,XHKG")
    assert source().collect("ACME", DAY).notes == ()


def test_weekdays_between_two_days() -> None:
    """Friday to Monday: none; Friday to the Monday after next: five."""
    assert weekdays_between(date(2025, 3, 7), date(2025, 3, 10)) == 0
    assert weekdays_between(date(2025, 3, 7), date(2025, 3, 17)) == 5
    assert weekdays_between(date(2025, 3, 3), date(2025, 3, 6)) == 2
    assert weekdays_between(date(2025, 3, 3), date(2025, 3, 4)) == 0


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("companies.csv", "ACME,Acme", "../x,Acme", 'companies.csv: line 2: ticker "../x" is not a ticker'),
        (
            "companies.csv",
            "USD,CNY,8",
            "Dollar,CNY,8",
            'companies.csv: line 2: price_currency "Dollar" is not a currency',
        ),
        (
            "companies.csv",
            "CNY,8,03-31",
            "CNY,x,03-31",
            'companies.csv: line 2: ads_ratio "x" is not a number of ordinary',
        ),
        ("companies.csv", "8,03-31", "8,31-03", 'line 2: fiscal_year_end "31-03" is not a month and day; write it as'),
        ("companies.csv", 'PEER,"Peer', 'ACME,"Peer', "companies.csv: line 3: ticker ACME stands twice"),
        ("splits.csv", "2025-06-10,10", "2025-06-10,0", 'splits.csv: line 2: ratio "0" is not a split ratio'),
        ("prices/sources.csv", "ACME,USD", "ACME,HKD", "prices/ACME.csv: sources.csv says HKD, companies.csv USD"),
        ("prices/sources.csv", "ACME,USD", "ABCD,USD", "prices/ACME.csv: no source is named; add a line for ACME"),
        ("dividends/ACME.csv", "2.0,USD", "2.0,HKD", 'line 2: currency "HKD" is not that of the price; convert'),
        ("fx/CNY.csv", "2024-01-04,7.1", "2024-01-04,nan", 'fx/CNY.csv: line 4: rate "nan" is not an exchange rate'),
        ("fx/sources.csv", "CNY,CNY", "JPY,CNY", "fx/CNY.csv: no source is named; add a line for CNY"),
    ],
)
def test_the_other_files_are_told_too(project: SmallProject, name: str, old: str, new: str, sentence: str) -> None:
    """Profiles, splits, sources, dividends and rates; one company's files speak only of it."""
    project.swap(f"seeds/{name}", old, new)
    assert any(sentence in each for each in told()), told()


def test_what_is_not_there_is_a_note(project: SmallProject) -> None:
    """A company without prices or dividends is known all the same; the fund's dividends are missed by nobody."""
    (project.root / "seeds/prices/PEER.csv").unlink()
    assert source().collect("PEER", DAY).notes == (
        "seeds/prices holds no prices of PEER",
        "dividends of Peer are not held, so that its total return is not known",
    )
    assert source().collect("SPY", DAY).notes == ()


def test_a_dividend_file_without_lines_says_that_none_was_paid(project: SmallProject) -> None:
    """That is knowledge, and not a gap."""
    project.write("seeds/dividends/ACME.csv", "ex_date,amount,currency\n")
    snapshot = source().collect("ACME", DAY)
    assert snapshot.dividends is not None
    assert snapshot.dividends.values == ()
    assert snapshot.notes == ()


def test_check_finds_the_problems_of_all_files(project: SmallProject) -> None:
    """Files of tickers without a profile too."""
    project.swap(ACME, "104.20,1000", "nan,1000")
    project.write("seeds/prices/GONE.csv", "date,open,high,low,close,volume\n")
    project.write("seeds/facts/META.csv", "")
    sentences = sorted(str(each) for each in source().problems())
    assert len(sentences) == 3
    assert sentences[0].startswith("seeds/facts/META.csv: the file is empty")
    assert sentences[1].startswith(f"{ACME}: line 4")
    assert sentences[2].startswith("seeds/prices/GONE.csv: GONE is not in companies.csv; add its line there")


def test_the_same_question_has_the_same_answer(project: SmallProject) -> None:
    """Two sources on the same files give snapshots with one digest."""
    assert project.root.is_dir()
    assert source().collect("ACME", DAY).digest == source().collect("ACME", DAY).digest


def test_the_shipped_seeds_and_kpi_files_have_no_problem() -> None:
    """Nothing is refused, and nothing is dated after the copy was made."""
    today = date(2026, 11, 22)
    seeds = SeedSource(HOME / "seeds", today=today)
    kpis = KpiSource(HOME / "reports", splits=seeds.splits, today=today)
    assert [str(problem) for problem in (*seeds.problems(), *kpis.problems())] == []


def test_the_shipped_seeds_know_alibaba_on_its_day() -> None:
    """Close, rate and cloud growth on 2 October 2025, and what was not known on 28 August."""
    seeds = SeedSource(HOME / "seeds")
    kpis = KpiSource(HOME / "reports", splits=seeds.splits)
    snapshot = seeds.collect("BABA", DAY)
    assert snapshot.prices is not None
    assert snapshot.prices.values[-1] == 189.34
    assert snapshot.rates["CNY"].values[-1] == 7.1328
    growth = [fact for fact in kpis.collect("BABA", DAY).facts if fact.metric == "segment_growth"]
    assert max(growth, key=lambda fact: fact.period.end).value == 0.26
    earlier = kpis.collect("BABA", date(2025, 8, 28)).facts
    assert not [fact for fact in earlier if fact.metric == "segment_growth" and fact.value == 0.26]
