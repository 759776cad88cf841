"""Financial summary: columns from what is known, gaps that are named, outflows that are called outflows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from small_ledger import COMPANY, cells, exhibit, fact, quarter, setting, shipped, small, title, words, year

from generator.model.brief import Section
from generator.model.fact import Fact, Unit
from generator.model.ledger import Ledger
from generator.model.period import Period
from generator.sections import financials

BN = 1e9
F = Unit.FRACTION


def built(ledger: Ledger) -> Section:
    return financials.build(ledger, setting(ledger))


def quarters(values: dict[tuple[int, int], float], metric: str = "revenue") -> list[Fact]:
    return [fact(metric, value * BN, period=quarter(*when)) for when, value in values.items()]


TWO = {(2025, 3): 10.0, (2025, 6): 12.0}
YEAR = {(2024, 6): 9.0, (2024, 9): 10.0, (2024, 12): 11.0, (2025, 3): 10.0, (2025, 6): 12.0}


def test_without_statements_the_section_says_so() -> None:
    assert built(small(())).unavailable == "no source gives a statement of Invented"


def test_two_quarters_make_a_table_of_two_columns() -> None:
    ledger = small(quarters(TWO))
    section = built(ledger)
    table = exhibit(section, "quarters").table
    assert table is not None
    assert [column.label for column in table.columns] == ["US$ bn", "Mar 2025", "Jun 2025"]
    assert cells(section, "quarters", ledger)["Revenue"] == ["10.0", "12.0"]
    assert "fiscal_years" not in [each.key for each in section.exhibits]


def test_rows_without_a_value_are_left_out_and_named() -> None:
    ledger = small(quarters(TWO))
    text = words(built(ledger), ledger)
    assert "Not given by any source: Revenue growth, Gross profit" in text


def test_an_outflow_is_no_percentage() -> None:
    flows = quarters({(2024, 6): 17.4, (2025, 6): -18.8}, "free_cash_flow_company")
    ledger = small([*quarters(YEAR), *flows])
    section = built(ledger)
    text = words(section, ledger)
    assert (
        "Free cash flow, as the company defines it, was an outflow of US$18.8bn in the quarter to June 2025, "
        "after an inflow of US$17.4bn a year before."
    ) in text
    assert cells(section, "quarters", ledger)["Free cash flow: company's definition"][-1] == "(18.8)"
    assert title(section, "revenue_and_cash", ledger).endswith("free cash flow is negative")


def test_an_old_cash_flow_does_not_speak_for_a_new_quarter() -> None:
    ledger = small([*quarters(YEAR), *quarters({(2024, 6): 3.0}, "free_cash_flow")])
    assert "in the quarter to June 2024" not in words(built(ledger), ledger)


def test_negative_earnings_are_a_loss_in_parentheses() -> None:
    eps = [fact("diluted_eps", -1.25, Unit.PER_SHARE, period=quarter(*when)) for when in TWO]
    loss = fact("net_income_attributable", -2 * BN, period=year(2024, "ttm"))
    growth = fact(
        "income_growth", None, F, period=year(2024, "ttm"), not_meaningful=True, reason="the base is negative"
    )
    ledger = small([*quarters(TWO), *eps, loss, growth])
    section = built(ledger)
    assert cells(section, "quarters", ledger)["Diluted EPS, US$ per share"] == ["(1.25)", "(1.25)"]
    assert "closed with a net loss of US$2.0bn" in words(section, ledger) or "net loss of US$2bn" in words(
        section, ledger
    )
    assert "Its growth has no meaning: the base is negative." in words(section, ledger)


def test_a_single_gap_is_na_and_a_run_of_gaps_is_dashes() -> None:
    income = fact("net_income", 1 * BN, period=quarter(2025, 6))
    ledger = small([*quarters(TWO), income])
    assert cells(built(ledger), "quarters", ledger)["Net income before minorities"] == ["n/a", "1.0"]
    ledger = small([*quarters(YEAR), income, fact("net_income", 2 * BN, period=quarter(2025, 3))])
    section = built(ledger)
    assert cells(section, "quarters", ledger)["Net income before minorities"] == ["–", "–", "–", "2.0", "1.0"]
    assert "–: cannot be told from the sources of this brief." in words(section, ledger)


def test_a_year_in_another_currency_is_not_put_in_the_column() -> None:
    own = replace(COMPANY, statement_currency="CNY")
    years = [
        fact("revenue", 700 * BN, period=year(2022), currency="CNY"),
        fact("revenue", 120 * BN, period=year(2023)),
        fact("revenue", 900 * BN, period=year(2024), currency="CNY"),
        fact("net_income", 90 * BN, period=year(2023), currency="CNY"),
    ]
    ledger = small(years, company=own)
    section = built(ledger)
    assert cells(section, "fiscal_years", ledger)["Revenue"] == ["700.0", "n/a", "900.0"]
    assert "Revenue of FY2023 is held in US$ only." in words(section, ledger)


def test_a_small_company_is_told_in_millions() -> None:
    ledger = small([fact("revenue", 250e6, period=year(2024)), fact("revenue", 250e6, period=year(2024, "ttm"))])
    assert cells(built(ledger), "fiscal_years", ledger)["Revenue"] == ["250"]


def test_one_currency_needs_no_translation() -> None:
    ledger = small(quarters(YEAR))
    assert "translation" not in [each.key for each in built(ledger).exhibits]


def test_the_report_file_sets_how_many_quarters_are_shown() -> None:
    ledger = small(quarters(YEAR))
    section = financials.build(ledger, replace(setting(ledger), options={"quarters": 4}))
    assert cells(section, "quarters", ledger)["Revenue"] == ["10.0", "11.0", "10.0", "12.0"]


def test_a_line_known_too_seldom_is_told_in_the_note() -> None:
    ledger = small([*quarters(YEAR), fact("total_debt", 7.5 * BN, period=Period.instant(date(2025, 6, 30)))])
    section = built(ledger)
    assert "Debt" not in cells(section, "quarters", ledger)
    assert "Known too seldom for a row: Debt US$7.5bn (30 June 2025)." in words(section, ledger)


def test_debt_above_cash_is_said_to_exceed_it() -> None:
    ledger = small([*quarters(TWO), fact("net_cash", -3 * BN)])
    assert "On 2 October 2025 debt exceeded cash and short-term investments by US$3" in words(built(ledger), ledger)


def test_alibaba_figures() -> None:
    ledger = shipped("BABA")
    section = built(ledger)
    text = words(section, ledger)
    assert "Revenue over the twelve months to June 2025 was RMB 1,000.8bn" in text
    assert "an outflow of RMB 18.8bn in the quarter to June 2025, after an inflow of RMB 17.4bn a year before" in text
    assert "Revenue of FY2023 is held in US$ only" in text
    assert "Fiscal years to 31 March" in text
    assert "Convenience translation of the last column at 7.1328 CNY per USD" in text
    assert "revenue US$140.3bn" in text


def test_apple_has_no_gap() -> None:
    ledger = shipped("AAPL")
    section = built(ledger)
    for key in ("fiscal_years", "quarters"):
        assert all(
            cell not in ("–", "n/a") for row in list(cells(section, key, ledger).values())[2:] for cell in row[1:]
        )
