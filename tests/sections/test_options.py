"""The options of a report file: each one the form accepts changes what its section shows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest
from small_ledger import ROOT, cells, exhibit, faults, price_facts, setting, shipped, small, words

from generator.definitions import read_report
from generator.definitions.form import Comparison
from generator.model.brief import Section
from generator.model.ledger import Ledger
from generator.pipeline import compose_brief
from generator.sections import financials, front, landscape, risks, valuation
from generator.sections.peers import MEASURES, USUAL
from generator.sections.setting import Build

COLUMNS: tuple[str, ...] = get_args(Comparison)


def built(build: Build, ledger: Ledger, **options: object) -> Section:
    return build(ledger, replace(setting(ledger), options=options))


def heads(section: Section, key: str) -> list[str]:
    table = exhibit(section, key).table
    assert table is not None
    return [column.label for column in table.columns]


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_takeaways_are_limited(limit: int) -> None:
    ledger = shipped("BABA")
    every = front.build(ledger, setting(ledger)).takeaways
    assert len(every) == 4
    asked = replace(setting(ledger), options={"limit": limit})
    assert front.build(ledger, asked).takeaways == every[:limit]


def test_the_peer_table_has_the_columns_asked_for_in_their_order() -> None:
    ledger = shipped("BABA")
    section = built(landscape.build, ledger, columns=("pe_ttm", "price_change", "market_value"))
    assert heads(section, "peers") == ["Company", "P/E", "Price, year to date", "Market value, bn"]
    assert cells(section, "peers", ledger)["Alibaba"] == ["21.9×", "+123.3%", "439.1"]


def test_without_columns_the_peer_table_is_the_usual_one() -> None:
    ledger = shipped("BABA")
    usual = landscape.build(ledger, setting(ledger))
    assert built(landscape.build, ledger, columns=USUAL) == usual
    assert heads(usual, "peers")[1:] == [
        "Market value, bn", "Revenue TTM, bn", "Revenue growth", "Net margin", "Capex TTM, bn", "P/E", "P/S",
        "Price, year to date",
    ]  # fmt: skip


def test_every_column_of_the_form_can_be_built() -> None:
    assert set(MEASURES) == set(COLUMNS)
    assert set(USUAL) <= set(COLUMNS)


@pytest.mark.parametrize("ticker", ["BABA", "AAPL", "MSFT"])
@pytest.mark.parametrize("columns", [COLUMNS[:9], COLUMNS[-9:], COLUMNS[4:6]])
def test_any_columns_leave_no_fault(ticker: str, columns: tuple[str, ...]) -> None:
    ledger = shipped(ticker)
    section = built(landscape.build, ledger, columns=columns)
    assert faults(section, ledger) == []
    table = exhibit(section, "peers").table
    assert table is not None
    assert {len(row.cells) for row in table.rows} == {len(columns)}


def test_the_title_of_the_peer_table_speaks_of_what_it_shows() -> None:
    ledger = shipped("BABA")
    section = built(landscape.build, ledger, columns=("market_value", "ps_ttm"))
    assert exhibit(section, "peers").title == ("Alibaba", " beside its peers")


def test_a_gap_of_an_asked_column_has_its_reason() -> None:
    ledger = shipped("BABA")
    section = built(landscape.build, ledger, columns=("pe_forward", "pb", "ev_ebitda"))
    assert cells(section, "peers", ledger)["Alibaba"] == ["19.2×", "–", "–"]
    said = words(section, ledger)
    assert "Alibaba: equity and parts of EV/EBITDA" in said
    assert "Forward estimates dated: Alibaba 15 August 2025;" in said


def test_windows_are_told_in_their_order_and_those_out_of_reach_are_named() -> None:
    ledger = shipped("BABA")
    said = words(built(valuation.build, ledger, windows=("1y", "1w", "ytd")), ledger)
    year, week = said.index("Since 2 October 2024 the price changed"), said.index("Since 25 September 2025 the price")
    assert year < week
    assert "do not reach back" not in said
    assert "Since 25 September 2025" not in words(built(valuation.build, ledger), ledger)
    short = small(price_facts())
    said = words(built(valuation.build, short, windows=("3y", "ytd", "5y")), short)
    assert "The prices held do not reach back three years or five years." in said


@pytest.mark.parametrize(("asked", "first"), [(3, "FY2023"), (4, "FY2022"), (5, "FY2021")])
def test_financials_show_the_years_asked_for(asked: int, first: str) -> None:
    shown = heads(built(financials.build, shipped("BABA"), years=asked), "fiscal_years")
    assert len(shown) == asked + 2
    assert shown[1] == first
    assert shown[-1] == "TTM Jun 2025"


@pytest.mark.parametrize(("asked", "first"), [(4, "Sep 2024"), (6, "Mar 2024"), (8, "Sep 2023")])
def test_financials_show_the_quarters_asked_for(asked: int, first: str) -> None:
    shown = heads(built(financials.build, shipped("BABA"), quarters=asked), "quarters")
    assert len(shown) == asked + 1
    assert shown[1] == first
    assert shown[-1] == "Jun 2025"


def test_risks_of_the_desk_are_limited() -> None:
    ledger = shipped("BABA")
    counts = {limit: len(cells(built(risks.build, ledger, limit=limit), "risks", ledger)) for limit in (1, 2, 3, 12)}
    assert counts[2] == counts[1] + 1
    assert counts[3] == counts[2] + 1
    assert counts[12] > counts[3]
    assert counts[3] == len(cells(built(risks.build, ledger), "risks", ledger))


def test_the_options_of_a_report_reach_their_sections() -> None:
    report = read_report(ROOT / "reports" / "baba.toml")
    options: dict[str, dict[str, Any]] = {
        "takeaways": {"limit": 2}, "landscape": {"columns": ("revenue", "pb")}, "financials": {"years": 3},
    }  # fmt: skip
    brief = compose_brief(replace(report, options=options), shipped("BABA"), templates=(ROOT / "templates",))
    assert len(brief.front.takeaways) == 2
    sections = {section.key: section for section in brief.sections}
    assert heads(sections["landscape"], "peers") == ["Company", "Revenue TTM, bn", "P/B"]
    assert len(heads(sections["financials"], "fiscal_years")) == 5
