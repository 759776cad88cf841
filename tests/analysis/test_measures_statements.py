"""Statement figures: quarters, twelve months, margins and growth, from invented reports worked by hand."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from invented_facts import ADS, fact, measured, months, q

from generator.model.fact import Fact, Unit
from generator.model.ledger import Ledger
from generator.model.period import Period

Q1, Q2, Q3, Q4 = (q(2024, month) for month in (3, 6, 9, 12))
HALF, NINE, YEAR = months("half", 2024, 6), months("nine_months", 2024, 9), months("fiscal_year", 2024, 12)
TTM = months("ttm", 2024, 12)


def flows(metric: str, values: dict[Period, float], **changes: object) -> list[Fact]:
    """Return a stated figure for each period."""
    return [fact(metric, value, period, **changes) for period, value in values.items()]


def numbers(held: Ledger, metric: str, kind: str = "quarter", name: str = "") -> dict[str, float | None]:
    """Return the known values of a metric by the last day of their periods."""
    facts = held.current("HOM", metric, kind=kind, name=name)  # type: ignore[arg-type]
    return {str(each.period.end): each.number for each in facts if each.known}


def test_quarters_hidden_in_longer_reports_are_derived() -> None:
    """100 in Q1, 220 in the half, 330 in nine months, 480 in the year: quarters of 120, 110 and 150."""
    held = measured(flows("revenue", {Q1: 100.0, HALF: 220.0, NINE: 330.0, YEAR: 480.0}))
    assert numbers(held, "revenue") == {
        "2024-03-31": 100.0, "2024-06-30": 120.0, "2024-09-30": 110.0, "2024-12-31": 150.0,
    }  # fmt: skip
    last = held.at("HOM", "revenue", Q4)
    assert last.formula == "longer period less the part before it"
    assert last.note == "derived by subtraction"
    assert last.published_on == date(2025, 2, 9)


def test_a_derived_quarter_keeps_its_sign() -> None:
    """An outflow of 30 in Q1 and of 10 in the half is an inflow of 20 in Q2; more spent later is an outflow."""
    held = measured(flows("operating_cash_flow", {Q1: -30.0, HALF: -10.0, NINE: -50.0}))
    assert numbers(held, "operating_cash_flow") == {"2024-03-31": -30.0, "2024-06-30": 20.0, "2024-09-30": -40.0}
    third = held.at("HOM", "operating_cash_flow", Q3)
    assert third.arithmetic == "−US$50 − (−US$10)"


def test_a_derived_quarter_of_earnings_per_share_says_that_it_is_rounded() -> None:
    """Per-share figures do not subtract exactly, as the count of shares moves."""
    held = measured(flows("diluted_eps", {Q1: 1.0, HALF: 2.5}, unit=Unit.PER_SHARE))
    assert held.at("HOM", "diluted_eps", Q2).number == pytest.approx(1.5)
    assert "rounded" in held.at("HOM", "diluted_eps", Q2).note


def test_a_reported_quarter_is_never_replaced_by_a_derived_one() -> None:
    """Where the company prints the quarter itself, its figure stands."""
    held = measured(flows("revenue", {Q1: 100.0, HALF: 220.0, Q2: 119.0}))
    assert numbers(held, "revenue")["2024-06-30"] == 119.0


def test_a_quarter_is_not_derived_from_reports_that_start_apart() -> None:
    """A nine-month report of another year does not lend its first half."""
    other = Period(kind="half", start=date(2024, 2, 1), end=date(2024, 7, 31))
    assert numbers(measured(flows("revenue", {Q1: 100.0, other: 220.0})), "revenue") == {"2024-03-31": 100.0}


def test_twelve_months_are_four_quarters_in_a_row() -> None:
    """10 + 20 + 30 + 40 is 100, known since the last of the four was published, and the sum is shown."""
    held = measured(flows("revenue", {Q1: 10e9, Q2: 20e9, Q3: 30e9, Q4: 40e9}))
    year = held.latest("HOM", "revenue", kind="ttm")
    assert year.number == 100e9
    assert year.period == TTM
    assert year.published_on == Q4.end + timedelta(40)
    assert year.arithmetic == "US$10bn + US$20bn + US$30bn + US$40bn"


def test_a_gap_among_quarters_gives_no_twelve_months() -> None:
    """Without the third quarter the four newest span fifteen months and are not summed."""
    held = measured(flows("revenue", {q(2023, 12): 5.0, Q1: 10.0, Q2: 20.0, Q4: 40.0}))
    assert numbers(held, "revenue", "ttm") == {}
    assert held.latest("HOM", "revenue", kind="ttm").reason == "no source gives revenue for Hom over twelve months"


def test_quarters_of_fifty_two_weeks_are_in_a_row_too() -> None:
    """Quarters that end on Saturdays follow each other to the day."""
    starts = [date(2023, 10, 1), date(2023, 12, 31), date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 29)]
    weeks = [Period(kind="quarter", start=a, end=b - timedelta(1)) for a, b in pairwise(starts)]
    held = measured(flows("revenue", dict.fromkeys(weeks, 25.0)))
    assert numbers(held, "revenue", "ttm") == {"2024-09-28": 100.0}


def test_twelve_months_by_rolling_the_year_forward() -> None:
    """Year 100, half-year 60, half-year before 45: 100 + 60 − 45 = 115 to June 2025."""
    rolled = {YEAR: 100.0, months("half", 2025, 6): 60.0, HALF: 45.0}
    held = measured(flows("revenue", rolled))
    newest = held.latest("HOM", "revenue", kind="ttm")
    assert (newest.number, newest.period) == (115.0, months("ttm", 2025, 6))
    assert newest.arithmetic == "US$100 + US$60 − US$45"
    assert numbers(held, "revenue", "ttm") == {"2024-12-31": 100.0, "2025-06-30": 115.0}


def test_reports_that_start_apart_are_not_rolled() -> None:
    """Where the year to date before began elsewhere than the year, the two do not make twelve months."""
    before = Period(kind="half", start=date(2024, 2, 1), end=date(2024, 6, 30))
    held = measured(flows("revenue", {YEAR: 100.0, months("half", 2025, 6): 60.0, before: 45.0}))
    assert numbers(held, "revenue", "ttm") == {"2024-12-31": 100.0}


def test_a_year_just_ended_is_twelve_months() -> None:
    """A company that reports once a year has its year."""
    held = measured(flows("revenue", {YEAR: 100.0}))
    assert held.latest("HOM", "revenue", kind="ttm").number == 100.0
    assert held.latest("HOM", "revenue", kind="ttm").formula == "the fiscal year just ended"


def test_four_quarters_are_preferred_to_the_year() -> None:
    """Twelve months with the newest quarter stand in front of the fiscal year, and one sum is made per day."""
    held = measured(flows("revenue", {Q1: 10.0, Q2: 20.0, Q3: 30.0, Q4: 40.0, q(2025, 3): 15.0, YEAR: 101.0}))
    assert numbers(held, "revenue", "ttm") == {"2024-12-31": 100.0, "2025-03-31": 105.0}


def test_segments_are_summed_apart() -> None:
    """Cloud and shops have twelve months of their own, and neither enters the company's."""
    cloud = flows("segment_revenue", dict.fromkeys((Q1, Q2, Q3, Q4), 5.0), name="Cloud")
    shops = flows("segment_revenue", dict.fromkeys((Q1, Q2, Q3), 7.0), name="Shops")
    held = measured([*cloud, *shops])
    assert numbers(held, "segment_revenue", "ttm", "Cloud") == {"2024-12-31": 20.0}
    assert numbers(held, "segment_revenue", "ttm", "Shops") == {}


def test_a_segment_never_stands_for_the_company() -> None:
    """Revenue of a named part enters neither margins, growth nor price to sales."""
    own = [*flows("revenue", {YEAR: 100e9}), *flows("operating_income", {YEAR: 20e9})]
    part = [
        *flows("revenue", {YEAR: 10e9, months("fiscal_year", 2023, 12): 5e9}, name="Zoo"),
        *flows("operating_income", {YEAR: 9e9}, name="Zoo"),
        fact("shares_outstanding", 1e9, date(2024, 12, 31), unit=Unit.SHARES, currency=None),
    ]
    held = measured([*own, *part], {date(2025, 10, 1): 50.0, date(2025, 10, 2): 50.0})
    assert held.latest("HOM", "operating_margin", kind="fiscal_year").number == pytest.approx(0.2)
    assert held.current("HOM", "revenue_growth") == ()
    assert held.latest("HOM", "ps_ttm").number == pytest.approx(0.5)


def test_quarters_in_two_currencies_are_not_summed() -> None:
    """Three quarters in yuan and one in dollars make no twelve months."""
    yuan = flows("revenue", {Q1: 10.0, Q2: 20.0, Q3: 30.0}, currency="CNY")
    assert numbers(measured([*yuan, *flows("revenue", {Q4: 40.0})]), "revenue", "ttm") == {}


def test_growth_year_on_year() -> None:
    """120 after 100 is +20.0% for the year, and 52-week years that end a week apart compare."""
    before = Period(kind="fiscal_year", start=date(2022, 9, 25), end=date(2023, 9, 30))
    after = Period(kind="fiscal_year", start=date(2023, 10, 1), end=date(2024, 9, 28))
    held = measured(flows("revenue", {before: 100.0, after: 120.0}))
    grown = held.at("HOM", "revenue_growth", after)
    assert grown.number == pytest.approx(0.2)
    assert grown.arithmetic == "US$120 ÷ US$100 − 1"
    assert len(held.current("HOM", "revenue_growth", kind="fiscal_year")) == 1


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (17.4, -18.8, "the sign changed from positive to negative"),
        (-17.4, 18.8, "the base is negative"),
        (-17.4, -18.8, "the base is negative"),
        (0.0, 18.8, "the base is zero"),
    ],
)
def test_growth_across_a_sign_means_nothing(before: float, after: float, reason: str) -> None:
    """An outflow after an inflow has no percentage: n/m with the reason, never a number."""
    values = {q(2023, 6): before * 1e9, q(2024, 6): after * 1e9}
    held = measured(flows("free_cash_flow_company", values))
    growth = held.at("HOM", "fcf_company_growth", q(2024, 6))
    assert growth.not_meaningful
    assert growth.reason == reason
    assert held.wording.write(growth) == "n/m"


def test_years_in_two_currencies_do_not_grow() -> None:
    """A year known only in dollars among years in yuan gives no growth rate, and says why."""
    years = [months("fiscal_year", year, 3) for year in (2023, 2024, 2025)]
    own = {"entity": "ADR", "currency": "CNY"}
    held = measured(
        [
            *flows("revenue", {years[0]: 126.5e9}, entity="ADR"),
            *flows("revenue", {years[1]: 941.2e9, years[2]: 996.3e9}, **own),
        ],
        of=ADS,
    )
    mixed = held.at("ADR", "revenue_growth", years[1])
    assert not mixed.known
    assert mixed.reason == "CNY and USD cannot be mixed without a dated rate"
    assert mixed.arithmetic == ""
    assert held.at("ADR", "revenue_growth", years[2]).number == pytest.approx(996.3 / 941.2 - 1)


def test_margins_of_every_period() -> None:
    """Operating income of 20 on 100 and of −5 on 50: 20% for the year, −10% for the quarter."""
    held = measured(
        [*flows("revenue", {YEAR: 100.0, Q4: 50.0, Q3: 10.0}), *flows("operating_income", {YEAR: 20.0, Q4: -5.0})]
    )
    assert numbers(held, "operating_margin", "fiscal_year") == {"2024-12-31": pytest.approx(0.2)}
    assert numbers(held, "operating_margin") == {"2024-12-31": pytest.approx(-0.1)}


def test_a_share_of_a_loss_means_nothing_and_names_the_loss() -> None:
    """Capex over an operating outflow is n/m because of the outflow, cash conversion because of the loss."""
    held = measured(
        [
            *flows("operating_cash_flow", {YEAR: -10.0}),
            *flows("capital_expenditure", {YEAR: 5.0}),
            *flows("net_income_attributable", {YEAR: -3.0}),
        ]
    )
    spending = held.latest("HOM", "capex_to_cash_flow", kind="fiscal_year")
    assert spending.not_meaningful
    assert spending.reason == "operating cash flow is negative"
    assert held.latest("HOM", "cash_conversion", kind="fiscal_year").reason == "net income to shareholders is negative"


def test_free_cash_flow_is_what_capex_leaves() -> None:
    """20.7 of operating cash flow less 38.7 of capex is an outflow of 18.0."""
    held = measured([*flows("operating_cash_flow", {Q4: 20.7e9}), *flows("capital_expenditure", {Q4: 38.7e9})])
    flow = held.at("HOM", "free_cash_flow", Q4)
    assert held.wording.write(flow) == "−US$18.0bn"
    assert flow.inputs
    assert not measured(flows("operating_cash_flow", {Q4: 20.7e9})).at("HOM", "free_cash_flow", Q4).known


def test_gross_profit_from_its_parts() -> None:
    """Revenue of 100 less cost of 60 is 40, unless the company prints its own gross profit."""
    parts = [*flows("revenue", {YEAR: 100.0}), *flows("cost_of_revenue", {YEAR: 60.0})]
    assert numbers(measured(parts), "gross_profit", "fiscal_year") == {"2024-12-31": 40.0}
    filed = [*parts, *flows("gross_profit", {YEAR: 41.0})]
    assert numbers(measured(filed), "gross_profit", "fiscal_year") == {"2024-12-31": 41.0}
    assert measured(filed).latest("HOM", "gross_margin", kind="fiscal_year").number == pytest.approx(0.41)


def test_cash_and_debt_of_one_day() -> None:
    """Cash of June is never set against debt of March; 50 + 30 − 60 of March is net cash of 20."""
    march, june = date(2025, 3, 31), date(2025, 6, 30)
    sheet = {"cash_and_equivalents": 50.0, "short_term_investments": 30.0, "long_term_debt": 60.0}
    later = [fact("cash_and_equivalents", 90.0, june), fact("short_term_investments", 5.0, june)]
    held = measured([*(fact(key, value, march) for key, value in sheet.items()), *later])
    net = held.latest("HOM", "net_cash")
    assert (net.number, net.period.end) == (20.0, march)
    assert held.latest("HOM", "cash_and_investments").number == 95.0


def test_cash_without_its_investments_is_not_summed() -> None:
    """Cash alone is not cash and short-term investments; the reason names what is missing."""
    held = measured([fact("cash_and_equivalents", 50.0, date(2025, 6, 30))])
    assert held.latest("HOM", "net_cash").reason == "no source gives short-term investments for Hom"


def test_debt_says_which_parts_it_is_without() -> None:
    """A debt of which the current part is not stated is summed, and its note says what it lacks."""
    day = date(2025, 6, 30)
    held = measured([fact("long_term_debt", 60.0, day), fact("commercial_paper", 4.0, day)])
    debt = held.latest("HOM", "total_debt")
    assert debt.number == 64.0
    assert debt.note == "without current part of long-term debt, which no source gives for the day"


def test_a_stated_sum_stands() -> None:
    """Debt and net cash as the company states them are not replaced by sums of parts."""
    day = date(2025, 6, 30)
    parts = {"long_term_debt": 60.0, "total_debt": 70.0, "cash_and_investments": 100.0, "net_cash": 33.0}
    held = measured([fact(key, value, day) for key, value in parts.items()])
    assert held.latest("HOM", "total_debt").number == 70.0
    assert [each.number for each in held.all("HOM", "net_cash")] == [33.0]


def test_return_on_mean_equity() -> None:
    """Net income of 30 on a mean of 100 and 140 is 25%; without the opening equity the reason says so."""
    income = flows("net_income_attributable", {YEAR: 30.0})
    closing, opening = fact("equity", 140.0, date(2024, 12, 31)), fact("equity", 100.0, date(2023, 12, 31))
    assert measured([*income, closing, opening]).latest("HOM", "return_on_equity").number == pytest.approx(0.25)
    lone = measured([*income, closing]).latest("HOM", "return_on_equity")
    assert lone.reason.replace("\u00a0", " ") == "shareholders' equity a year before 31 December 2024 is not known"


def test_net_income_without_minorities_is_the_shareholders() -> None:
    """A filer that shows no minority interests has one net income; one that shows them keeps both apart."""
    alone = measured(flows("net_income", {YEAR: 30.0}))
    assert numbers(alone, "net_income_attributable", "fiscal_year") == {"2024-12-31": 30.0}
    both = measured([*flows("net_income", {YEAR: 30.0}), *flows("net_income_attributable", {Q4: 9.0})])
    assert numbers(both, "net_income_attributable", "fiscal_year") == {}


def test_an_unconfirmed_part_makes_an_unconfirmed_sum() -> None:
    """Twelve months that hold a press claim are a press claim."""
    quarters = flows("revenue", {Q1: 10.0, Q2: 20.0, Q3: 30.0})
    held = measured([*quarters, fact("revenue", 40.0, Q4, confirmed=False)])
    assert not held.latest("HOM", "revenue", kind="ttm").confirmed
