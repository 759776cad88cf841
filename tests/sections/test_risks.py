"""Risks: rules that are triggered by figures, the desk's own marked as such, and turning points on figures."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_ledger import TICKERS, cells, exhibit, fact, price_facts, quarter, setting, shipped, small, title, words

from generator.model.brief import Section
from generator.model.fact import Fact, Unit
from generator.model.ledger import Ledger
from generator.sections import risks
from generator.sections.risks_rules import RULES, computed

BN = 1e9
F, X = Unit.FRACTION, Unit.MULTIPLE


def built(ledger: Ledger) -> Section:
    return risks.build(ledger, setting(ledger))


def said(*facts: Fact, peers: tuple[str, ...] = ()) -> str:
    ledger = small(facts, peers=peers)
    return words(built(ledger), ledger)


def names(*facts: Fact) -> list[str]:
    return [risk.name for risk in computed(small(facts))]


def flow(value: float, before: float) -> list[Fact]:
    return [
        fact("free_cash_flow", before * BN, period=quarter(2024, 6)),
        fact("free_cash_flow", value * BN, period=quarter(2025, 6)),
    ]


def desk(name: str, note: str) -> Fact:
    return fact("risk", "A regulator did something made up", Unit.TEXT, name=name, note=note, currency=None)


@pytest.mark.parametrize(
    ("now", "before", "risk"), [(-1.0, 5.0, ["Cash flow"]), (3.0, 5.0, ["Cash flow"]), (5.0, 5.0, [])]
)
def test_cash_flow_is_a_risk_when_it_turns_or_falls(now: float, before: float, risk: list[str]) -> None:
    assert names(*flow(now, before)) == risk


@pytest.mark.parametrize(
    ("facts", "risk"),
    [
        ([fact("capex_to_cash_flow", 0.6, F, period=quarter(2025, 6))], []),
        ([fact("net_cash", -2 * BN)], ["Debt"]),
        ([fact("net_cash", 2 * BN)], []),
        ([fact("volatility", 0.4, F)], ["Price swings"]),
        ([fact("volatility", 0.2, F)], []),
        ([fact("max_drawdown", -0.5, F)], ["Deep falls"]),
        ([fact("multiple_now", 30.0, X), fact("multiple_median", 20.0, X)], ["Valuation above own record"]),
        ([fact("multiple_now", 20.0, X), fact("multiple_median", 20.0, X)], []),
    ],
)
def test_a_rule_is_triggered_by_its_figure_alone(facts: list[Fact], risk: list[str]) -> None:
    assert names(*facts) == risk


def test_nothing_triggered_is_said_and_leaves_no_table() -> None:
    ledger = small(price_facts())
    section = built(ledger)
    text = words(section, ledger)
    assert "No rule on the figures is triggered, and the desk names no risk." in text
    assert "none are triggered" in text
    assert section.exhibits == ()


def test_levels_are_words_with_marks() -> None:
    ledger = small(flow(-1.0, 5.0))
    row = cells(built(ledger), "risks", ledger)["Cash flow"]
    assert row[0].startswith("Free cash flow was an outflow of US$1")
    assert row[1:3] == ["High ●●●", "Medium ●●○"]


def test_desk_and_rule_are_kept_apart_and_marked() -> None:
    note = "watch: made-up rulings; likelihood: low; impact: high; desk judgment"
    ledger = small([*flow(-1.0, 5.0), desk("Invented rule", note)])
    section = built(ledger)
    table = cells(section, "risks", ledger)
    assert list(table) == [
        "Computed by rule from the figures of this brief",
        "Cash flow",
        "Desk judgement",
        "Invented rule",
    ]
    evidence = "A regulator did something made up (2 October 2025)"
    assert table["Invented rule"] == [evidence, "Low ●○○", "High ●●●", "Made-up rulings"]
    assert exhibit(section, "risks").sources


def test_a_desk_note_without_levels_is_not_rated() -> None:
    ledger = small([desk("Invented rule", "")])
    assert cells(built(ledger), "risks", ledger)["Invented rule"][1:] == ["Not rated", "Not rated", "Not stated"]


def test_the_report_file_limits_the_desk_risks() -> None:
    ledger = small([desk("One", ""), desk("Two", "")])
    asked = replace(setting(ledger), options={"limit": 1})
    table = cells(risks.build(ledger, asked), "risks", ledger)
    assert len(table) == 2


def test_an_unconfirmed_risk_is_left_out() -> None:
    claim = fact("risk", "A rumour", Unit.TEXT, name="Rumour", confirmed=False)
    assert "Rumour" not in said(claim)


def test_a_survey_stands_with_its_exact_scope() -> None:
    survey = fact("organisations_without_return", 0.95, F, entity="SECTOR", name="Firms with pilots and no effect",
                  note="pilots only; 52 interviews", publisher="Made-up Institute")  # fmt: skip
    text = said(survey)
    assert "Made-up Institute (2 October 2025) puts at 95% the share of firms with pilots and no effect" in text
    assert "scope: pilots only." in text
    assert "52" not in text


def test_turning_points_rest_on_figures() -> None:
    ledger = small(
        [
            *flow(-1.0, 5.0),
            fact("multiple_now", 30.0, X),
            fact("multiple_median", 20.0, X),
            fact("multiple_high", 35.0, X),
        ]
    )
    [box] = built(ledger).callouts
    assert box.title == "What would change this view"
    assert [paragraph.lead for paragraph in box.paragraphs] == ["Upward:", "Downward:"]
    text = words(built(ledger), ledger)
    assert "a quarter with free cash flow above zero, after an outflow of US$1" in text
    assert "a multiple above 35.0×, the top of its record, without higher earnings" in text


def test_a_turning_point_lies_on_the_right_side_of_today() -> None:
    growth = [
        fact("revenue_growth", value, F, period=quarter(*when)) for when, value in (((2025, 3), 0.7), ((2025, 6), 0.5))
    ]
    assert "revenue growth below 50" in said(*growth, *flow(5.0, 5.0))
    assert "quarterly free cash flow below US$5" in said(*flow(5.0, 6.0))


@pytest.mark.parametrize("ticker", TICKERS)
def test_every_shipped_brief_tells_what_was_tested(ticker: str) -> None:
    ledger = shipped(ticker)
    assert f"Of {'eight' if len(RULES) == 8 else len(RULES)} rules on the figures of" in words(built(ledger), ledger)


def test_alibaba_risks() -> None:
    ledger = shipped("BABA")
    section = built(ledger)
    table = cells(section, "risks", ledger)
    assert table["Cash flow"][1] == "High ●●●"
    assert "84.1% of twelve months' operating cash flow" in table["Spending commitment"][0]
    assert table["Chip supply"][1] == "High ●●●"
    assert title(section, "risks", ledger).endswith("cash flow first")
    text = words(section, ledger)
    assert "MIT Media Lab" in text
    assert "95%" in text
    assert "enterprise generative-AI pilots only" in text
