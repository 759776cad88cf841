"""KPI files in TOML: the same figures as in CSV, and what is said of a bad table."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from small_project import FACT_HEAD, SmallProject

from generator.definitions import read_report
from generator.errors import InputError
from generator.sources.kpis import KpiSource

DAY = date(2025, 10, 2)
FILE = "reports/acme/kpis.toml"
SHARED = """
[defaults]
entity = "ACME"
published_on = 2025-08-29
publisher = "Acme"
title = "June quarter 2025 results"
url = "https://example.com/results"
confirmed = true
"""
CLOUD = """
[[fact]]
id = "acme-cloud"
metric = "segment_growth"
name = "Cloud"
value = 26.5          # as announced
unit = "%"
period = "quarter"
start = 2025-04-01
end = 2025-06-30
"""
PLAN = """
[[fact]]
id = "acme-plan"
metric = "capex_plan"
low = 75
high = 85
unit = "billion"
currency = "USD"
period = "plan"
start = "2025-01-01"
end = "2025-12-31"
note = "raised in July"
"""


@pytest.fixture
def acme(project: SmallProject) -> SmallProject:
    """Return the project without its CSV file of figures."""
    (project.root / "reports/acme/kpis.csv").unlink(missing_ok=True)
    return project


def told(project: SmallProject, text: str) -> list[str]:
    project.write(FILE, text)
    with pytest.raises(InputError) as caught:
        KpiSource(Path("reports"), today=date(2026, 1, 1)).collect("ACME", DAY)
    return [str(problem) for problem in caught.value.problems]


def test_a_table_is_a_fact(acme: SmallProject) -> None:
    acme.write(FILE, SHARED + CLOUD + PLAN)
    cloud, plan = KpiSource(Path("reports")).collect("ACME", DAY).facts
    assert (cloud.value, cloud.period.end, cloud.published_on) == (0.265, date(2025, 6, 30), date(2025, 8, 29))
    assert cloud.sources[0].title == "June quarter 2025 results"
    assert (plan.low, plan.high, plan.currency, plan.note) == (75e9, 85e9, "USD", "raised in July")


def test_it_says_the_same_as_a_csv_file(acme: SmallProject) -> None:
    acme.write(FILE, SHARED + CLOUD)
    (in_toml,) = KpiSource(Path("reports")).collect("ACME", DAY).facts
    acme.root.joinpath(FILE).unlink()
    cells = (
        "acme-cloud,ACME,segment_growth,Cloud,26.5,,,%,,quarter,2025-04-01,2025-06-30,2025-08-29,Acme,"
        "June quarter 2025 results,https://example.com/results,,yes,\n"
    )
    acme.write("reports/acme/kpis.csv", FACT_HEAD + cells)
    (in_csv,) = KpiSource(Path("reports")).collect("ACME", DAY).facts
    assert in_toml == in_csv


def test_a_number_is_read_to_its_last_digit(acme: SmallProject) -> None:
    acme.write(FILE, SHARED + CLOUD.replace("26.5  ", "0.1").replace('"%"', '"points"'))
    (fact,) = KpiSource(Path("reports")).collect("ACME", DAY).facts
    assert fact.value == 0.001


def test_all_problems_are_told_at_once_each_with_the_line_of_its_table(acme: SmallProject) -> None:
    bad = CLOUD.replace('"%"', '"%%"').replace("end =", "ende =") + PLAN.replace("75", "[1, 2]")
    assert told(acme, SHARED + bad) == [
        f"{FILE}: line 10: 'ende' is not a known key; did you mean 'end'?",
        f"{FILE}: line 20: low is neither text, number nor day; write one value",
        f"{FILE}: line 10: unit \"%%\" is not a unit; did you mean '%'?",
        f'{FILE}: line 10: end "" is not a date; write it as 2025-10-02',
        f'{FILE}: line 20: low "" is not a number; write digits and a point, such as 1234.5',
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[fact]\nid = 1", f"{FILE}: line 1: it is no TOML (Expected ']]' at the end of an array declaration)"),
        (
            "[fact]\nid = 'x'",
            f"{FILE}: fact is not a list of tables; write [[fact]], with two brackets, above each row",
        ),
        ("defaults = 1", f"{FILE}: defaults is not a table; write [defaults] above its keys"),
        (
            "[[facts]]\nid = 'x'",
            f'{FILE}: "facts" is not a known table; a row is [[fact]], what all rows share is [defaults]',
        ),
    ],
)
def test_what_is_no_list_of_facts_is_told(acme: SmallProject, text: str, words: str) -> None:
    assert told(acme, text) == [words]


def test_a_twin_in_csv_is_told(acme: SmallProject) -> None:
    acme.write("reports/acme/kpis.csv", FACT_HEAD)
    assert told(acme, SHARED + CLOUD) == [f"{FILE}: kpis.csv stands beside it; keep one of the two"]


def test_a_report_finds_it_and_a_check_of_all_reads_it(acme: SmallProject) -> None:
    acme.write(FILE, SHARED + CLOUD.replace('"%"', '"%%"'))
    assert read_report(Path("reports/acme.toml")).kpis == Path(FILE)
    assert [str(each) for each in KpiSource(Path("reports")).problems()] == [
        f"{FILE}: line 10: unit \"%%\" is not a unit; did you mean '%'?"
    ]
