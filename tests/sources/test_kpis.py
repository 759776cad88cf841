"""KPI files: every unit and period, and what is said of a bad line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from small_project import FACT_HEAD, GROWTH, SmallProject

from generator.errors import InputError
from generator.model.fact import Fact, Unit
from generator.model.period import Period
from generator.sources.kpis import KpiSource
from generator.sources.rows import Sheet
from generator.sources.splits import Split
from generator.sources.units import UNITS, fits, unit_of

DAY = date(2025, 10, 2)
FILE = "reports/acme/kpis.csv"
GOOD = {
    "id": "a-1", "entity": "ACME", "metric": "own_figure", "name": "", "value": "1", "low": "", "high": "",
    "unit": "count", "currency": "", "period": "instant", "start": "", "end": "2025-09-30",
    "published_on": "2025-10-01", "publisher": "Acme", "title": "Results", "url": "https://example.com", "locator": "",
    "confirmed": "yes", "note": "",
}  # fmt: skip


def line(**cells: str) -> str:
    """Return a line of a KPI file that differs from a good one in these cells."""
    return ",".join(f'"{cell}"' for cell in (GOOD | cells).values()) + "\n"


def fact(project: SmallProject, **cells: str) -> Fact:
    """Return the fact of one line."""
    project.write(FILE, FACT_HEAD + line(**cells))
    (only,) = KpiSource(Path("reports")).collect("ACME", DAY).facts
    return only


def told(project: SmallProject, **cells: str) -> list[str]:
    """Return what is said about one line."""
    project.write(FILE, FACT_HEAD + line(**cells))
    with pytest.raises(InputError) as caught:
        KpiSource(Path("reports"), today=date(2026, 1, 1)).collect("ACME", DAY)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("unit", "currency", "written", "kind", "value"),
    [
        ("million", "CNY", "234156", Unit.MONEY, 234_156_000_000.0),
        ("billion", "USD", "98.8", Unit.MONEY, 98_800_000_000.0),
        ("%", "", "26", Unit.FRACTION, 0.26),
        ("%", "", "-0.1", Unit.FRACTION, -0.001),
        ("points", "", "1.3", Unit.POINTS, 0.013),
        ("x", "", "17.34", Unit.MULTIPLE, 17.34),
        ("per share", "HKD", "240", Unit.PER_SHARE, 240.0),
        ("per ADS", "USD", "61.6", Unit.PER_ADS, 61.6),
        ("million shares", "", "4375.48", Unit.SHARES, 4_375_480_000.0),
        ("shares", "", "18474235708", Unit.SHARES, 18_474_235_708.0),
        ("count", "", "91", Unit.COUNT, 91.0),
        ("quarters", "", "8", Unit.COUNT, 8.0),
        ("ratio", "", "0.5", Unit.NUMBER, 0.5),
        ("trillion parameters", "", "1", Unit.COUNT, 1e12),
    ],
)
def test_units_become_those_of_the_ledger(  # noqa: PLR0917 -- one parameter a column of the table above
    project: SmallProject, unit: str, currency: str, written: str, kind: Unit, value: float
) -> None:
    """Money in single units, a percentage as a fraction, exact to the last digit."""
    found = fact(project, unit=unit, currency=currency, value=written)
    assert (found.unit, found.value, found.currency) == (kind, value, currency or None)


def test_a_count_of_adss_says_so(project: SmallProject) -> None:
    """So that it is not divided by the ADS ratio again; a name of its own stays."""
    assert fact(project, unit="million ADS", value="2319").name == "ADS"
    assert fact(project, unit="million ADS", value="2319", name="Vendor").name == "Vendor"


def test_a_scaled_count_keeps_what_it_counts(project: SmallProject) -> None:
    """The note remembers the words of the unit."""
    found = fact(project, unit="trillion parameters", note="more than; unveiled in September")
    assert found.qualifier == "more than"
    assert found.note == "unveiled in September; stated in trillion parameters"


def test_text_and_dates_are_values(project: SmallProject) -> None:
    """An event is a text, an earnings day a date."""
    assert (
        fact(project, unit="text", value="Plan announced, details to follow").value
        == "Plan announced, details to follow"
    )
    assert fact(project, unit="date", value="2025-11-20").value == date(2025, 11, 20)


def test_a_range_has_no_value(project: SmallProject) -> None:
    """Low and high stand instead."""
    found = fact(project, value="", low="66", high="72", unit="billion", currency="USD")
    assert (found.value, found.low, found.high) == (None, 66e9, 72e9)


@pytest.mark.parametrize(
    ("note", "qualifier", "rest"),
    [
        ("at least; three years", "at least", "three years"),
        ("about", "about", ""),
        ("about half of it", "", "about half of it"),
        ("GAAP; at least", "", "GAAP; at least"),
    ],
)
def test_a_note_may_begin_with_a_qualifier(project: SmallProject, note: str, qualifier: str, rest: str) -> None:
    """The words before the first semicolon qualify the figure if they are one of the known qualifiers."""
    found = fact(project, note=note)
    assert (found.qualifier, found.note) == (qualifier, rest)


def test_a_fact_knows_its_source_and_days(project: SmallProject) -> None:
    """As-of is the end of the period; a plan's is the day it was told."""
    found = fact(project)
    (source,) = found.sources
    assert (source.publisher, source.title, source.published_on) == ("Acme", "Results", date(2025, 10, 1))
    assert found.as_of == date(2025, 9, 30)
    plan = fact(project, metric="capex_plan", unit="billion", currency="CNY", period="plan", start="2025-02-24",
                end="2028-02-24", published_on="2025-02-24", value="380")  # fmt: skip
    assert plan.as_of == date(2025, 2, 24)
    assert plan.period == Period(kind="plan", start=date(2025, 2, 24), end=date(2028, 2, 24))
    assert plan.label == "investment plan"


def test_a_claim_is_not_confirmed(project: SmallProject) -> None:
    """It is kept, and marked."""
    assert not fact(project, confirmed="claim").confirmed


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"published_on": "2025-13-01"}, 'published_on "2025-13-01" is not a date; write it as 2025-10-02'),
        ({"end": "30.09.2025"}, 'end "30.09.2025" is not a date; write it as 2025-10-02'),
        ({"unit": "milion", "currency": "USD"}, "unit \"milion\" is not a unit; did you mean 'million'?"),
        ({"unit": "furlongs"}, 'unit "furlongs" is not a unit; use one of thousand, million'),
        ({"unit": "million"}, 'currency "" is not a currency; write its three letters, such as USD'),
        ({"unit": "million", "currency": "RMB¥"}, 'currency "RMB¥" is not a currency; write its three letters'),
        ({"unit": "%", "currency": "USD"}, 'currency "USD" stands beside the unit "%"; leave it empty'),
        ({"period": "quater"}, "period \"quater\" is not a period; did you mean 'quarter'?"),
        ({"start": "2025-01-01"}, "start stands beside the period instant; leave it empty, a day has no start"),
        (
            {"period": "quarter", "start": "2025-10-01", "end": "2025-07-01"},
            "the period ends on 2025-07-01, before it starts on 2025-10-01; mend start or end",
        ),
        (
            {"period": "quarter", "start": "2024-10-01", "end": "2025-09-30"},
            "the period quarter from 2024-10-01 to 2025-09-30 has 365 days; it has 77 to 120",
        ),
        ({"period": "quarter"}, 'start "" is not a date; write it as 2025-10-02'),
        (
            {"published_on": "2025-09-01"},
            "published on 2025-09-01, before the period's end on 2025-09-30; mend the dates, or use the period plan",
        ),
        ({"published_on": "2030-01-01"}, "published_on 2030-01-01 is in the future; today is 2026-01-01"),
        ({"value": "nan"}, 'value "nan" is not a number; write digits and a point, such as 1234.5'),
        ({"value": ""}, "value is empty; or take the line out"),
        ({"low": "1", "high": "2"}, "give either a value, or low and high; or take the line out"),
        ({"value": "", "low": "2", "high": "1"}, "low 2 is not below high 1; swap them, or write one value"),
        ({"value": "", "low": "2"}, 'high "" is not a number; write digits and a point, such as 1234.5'),
        ({"unit": "shares", "value": "0"}, 'value "0" is not a number of shares; it must be above zero'),
        ({"unit": "date", "value": "soon"}, 'value "soon" is not a date; write it as 2025-10-02'),
        (
            {"confirmed": "no"},
            "confirmed is no; it must not be printed; confirm it, mark it claim, or take the line out",
        ),
        ({"confirmed": "maybe"}, 'confirmed "maybe" is not an answer; use yes or claim'),
        ({"publisher": ""}, "publisher is empty; a figure without a source cannot be printed"),
        ({"url": "javascript:alert(1)"}, 'url "javascript:alert(1)" is not a web address; begin it with https://'),
        ({"entity": "../x"}, 'entity "../x" is not a ticker; use capital letters and digits'),
        ({"id": "a b"}, 'id "a b" is not an identifier; use letters, digits, points and hyphens'),
        ({"metric": "Segment Growth"}, 'metric "Segment Growth" is not a metric; use small letters and underscores'),
        (
            {"metric": "segment_grwth", "unit": "%"},
            "metric \"segment_grwth\" is not in the catalogue; did you mean 'segment_growth'?",
        ),
        ({"metric": "revenue", "unit": "%"}, 'unit "%" does not fit revenue; it is stated in thousand or million or'),
        ({"note": "=HYPERLINK(1)"}, 'note "=HYPERLINK(1)" begins like a spreadsheet formula'),
    ],
)
def test_a_bad_cell_is_told_with_file_and_line(project: SmallProject, cells: dict[str, str], sentence: str) -> None:
    """One sentence that names the file, the line, the cell and the remedy."""
    sentences = told(project, **cells)
    assert len(sentences) == 1
    assert sentences[0].startswith(f"reports/acme/kpis.csv: line 2: {sentence}")


def test_all_problems_of_a_file_are_told_at_once(project: SmallProject) -> None:
    """Three bad lines, and the id that stands twice."""
    bad = line(id="a", unit="%%") + line(id="b", end="x") + line(id="c", value="y") + line(id="c")
    project.write(FILE, FACT_HEAD + bad)
    with pytest.raises(InputError) as caught:
        KpiSource(Path("reports")).collect("ACME", DAY)
    where = [problem.where for problem in caught.value.problems]
    assert where == [f"{FILE}: line {number}" for number in (2, 3, 4, 5)]
    assert 'id "c" stands twice; it is also in line 4' in str(caught.value)


def test_what_looks_ahead_may_be_published_first(project: SmallProject) -> None:
    """Estimates, guidance and events speak of days to come."""
    ahead = {"end": "2025-12-31", "published_on": "2025-09-29"}
    year = ahead | {"period": "fiscal_year", "start": "2025-01-01"}
    assert fact(project, metric="eps_estimate_fy", unit="per share", currency="USD", **year).known
    assert fact(project, metric="event", unit="text", value="Results are expected", **ahead).known


def test_nothing_published_later_is_seen(project: SmallProject) -> None:
    """On the day before the release the quarter is not known, on the day itself it is."""
    project.write(FILE, FACT_HEAD + GROWTH)
    source = KpiSource(Path("reports"))
    assert source.collect("ACME", date(2025, 8, 28)).facts == ()
    assert [each.value for each in source.collect("ACME", date(2025, 8, 29)).facts] == [0.26]


def test_no_file_is_no_error(project: SmallProject) -> None:
    """A peer without a KPI file has no facts from it; a path is no ticker."""
    assert project.root.is_dir()
    source = KpiSource(Path("reports"))
    assert source.collect("PEER", DAY).facts == ()
    assert source.collect("../acme", DAY).facts == ()


def test_a_file_may_stand_elsewhere(project: SmallProject) -> None:
    """As the key kpis of a report file says."""
    path = project.write("reports/desk/figures.csv", FACT_HEAD + GROWTH)
    source = KpiSource(Path("reports"), files={"PEER": path})
    assert len(source.collect("PEER", DAY).facts) == 1


def test_amounts_per_share_follow_a_split(project: SmallProject) -> None:
    """A target published before the split is divided, one after it is not."""
    splits = {"ACME": (Split(day=date(2025, 9, 20), ratio=Decimal(10)),)}
    cells = {"metric": "house_target", "unit": "per share", "currency": "USD", "value": "1250"}
    old = line(**cells, end="2025-09-10", published_on="2025-09-10")
    new = line(**cells, id="a-2", end="2025-09-25", published_on="2025-09-25")
    project.write(FILE, FACT_HEAD + old + new)
    first, second = KpiSource(Path("reports"), splits=splits).collect("ACME", DAY).facts
    assert (first.value, second.value) == (125.0, 1250.0)
    assert first.note == "adjusted for the 10:1 split of 20\u00a0September 2025"


def test_the_problems_of_a_folder_come_together(project: SmallProject) -> None:
    """`brief check` reads the files of all companies."""
    project.write(FILE, FACT_HEAD + line(unit="%%"))
    project.write("reports/peer/kpis.csv", "")
    sentences = [str(each) for each in KpiSource(Path("reports")).problems()]
    assert len(sentences) == 2
    assert sentences[1].startswith("reports/peer/kpis.csv: the file is empty")


def test_every_unit_of_the_table_has_a_kind() -> None:
    """And what is in no table is no unit."""
    assert all(unit_of(words) is written for words, written in UNITS.items())
    assert unit_of("bananas") is None
    assert fits(Unit.PER_ADS, Unit.PER_SHARE)
    assert not fits(Unit.FRACTION, Unit.MONEY)


def test_a_sheet_without_problems_raises_nothing(tmp_path: Path) -> None:
    """Only what was found wrong is raised."""
    Sheet(tmp_path / "x.csv", where="x").raise_problems()
