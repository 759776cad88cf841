"""What is said of the future: plans made comparable, targets and ratings that are fresh enough to be compared."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from invented_facts import ADS, DAY, fact, measured, months, rates

from generator.analysis.known import mixed_currencies
from generator.model.fact import Fact, Unit
from generator.model.ledger import Ledger
from generator.model.period import Period

ANNOUNCED = date(2025, 2, 24)
THREE_YEARS = Period(kind="plan", start=ANNOUNCED, end=date(2028, 2, 24))
CALENDAR = Period(kind="plan", start=date(2025, 1, 1), end=date(2025, 12, 31))
RATE = rates({date(2025, 2, 24): 7.2476, date(2025, 9, 26): 7.1328})
RATINGS = {"strong_buy": 6.0, "buy": 9.0, "hold": 4.0, "sell": 1.0, "strong_sell": 0.0}


def plan(value: float | None, period: Period = THREE_YEARS, **changes: object) -> Fact:
    """Return a plan of the company that lists ADSs."""
    fields = {"entity": "ADR", "currency": "CNY", "name": "AI", "published_on": ANNOUNCED} | changes
    return fact("capex_plan", value, period, **fields)


def of_ads(*facts: Fact) -> Ledger:
    """Return the measured ledger of the company that lists ADSs at 189.34 dollars."""
    return measured(facts, {DAY: 189.34}, of=ADS, rates=RATE)


def target(value: float, day: date, metric: str = "house_target", **changes: object) -> Fact:
    """Return a target in dollars per ADS, published on its day."""
    fields = {"entity": "ADR", "unit": Unit.PER_ADS, "name": "Barclays", "published_on": day} | changes
    return fact(metric, value, day, **fields)


def ratings(day: date, name: str = "", without: str = "") -> list[Fact]:
    """Return the five counts of ratings of one day."""
    return [
        fact(f"ratings_{key}", n, day, entity="ADR", unit=Unit.COUNT, currency=None, name=name, published_on=day)
        for key, n in RATINGS.items()
        if key != without
    ]


def test_a_plan_over_three_years_is_a_third_of_it_a_year() -> None:
    """380bn yuan over three years are 126.7bn a year, with the division shown."""
    year = of_ads(plan(380e9)).latest("ADR", "plan_per_year")
    assert year.number == pytest.approx(126.6667e9, rel=1e-6)
    assert year.arithmetic.replace("\u00a0", " ") == "RMB 380bn ÷ 3"
    assert year.name == "AI"


def test_a_plan_for_one_year_is_its_own_year() -> None:
    """85bn for 2025 are 85bn a year, nothing divided."""
    held = of_ads(plan(85e9, CALENDAR, currency="USD"))
    for metric in ("plan_per_year", "plan_converted", "plan_per_year_converted"):
        year = held.latest("ADR", metric)
        assert (year.number, year.arithmetic) == (85e9, year.arithmetic.split(" ")[0]), metric


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [("2025-01-01", "2026-06-30", 1.5), ("2025-07-01", "2025-12-31", 0.5), ("2025-02-24", "2028-01-31", 3.0)],
)
def test_a_plan_of_odd_length_is_divided_by_its_years(start: str, end: str, years: float) -> None:
    """18 months are one and a half years, half a year is half a one, some days less than three years are three."""
    period = Period(kind="plan", start=date.fromisoformat(start), end=date.fromisoformat(end))
    year = of_ads(plan(30e9, period)).latest("ADR", "plan_per_year")
    assert year.number == pytest.approx(30e9 / years)
    assert year.arithmetic.endswith(f"÷ {years:g}")


def test_a_plan_is_translated_as_it_was_announced() -> None:
    """53bn dollars as printed with the announcement, not 380bn at today's rate: 17.7bn a year."""
    translated = fact(
        "capex_plan_translated", 53e9, THREE_YEARS, entity="ADR", name="AI", published_on=ANNOUNCED
    )  # fmt: skip
    held = of_ads(plan(380e9), translated)
    total, year = held.latest("ADR", "plan_converted"), held.latest("ADR", "plan_per_year_converted")
    assert total.number == 53e9
    assert total.formula == "as translated when it was announced"
    assert held.wording.write(year) == "US$17.7bn"


def test_without_a_translation_the_dated_rate_is_used() -> None:
    """380bn ÷ 7.1328 are 53.3bn dollars; a translation into another currency or of an older plan does not count."""
    elsewhere = fact("capex_plan_translated", 48e9, THREE_YEARS, entity="ADR", name="AI", currency="EUR",
                     published_on=ANNOUNCED)  # fmt: skip
    older = fact("capex_plan_translated", 40e9, THREE_YEARS, entity="ADR", name="AI", published_on=date(2025, 1, 5))
    for other in ([], [elsewhere], [older]):
        total = of_ads(plan(380e9), *other).latest("ADR", "plan_converted")
        assert total.number == pytest.approx(380e9 / 7.1328)
        assert total.arithmetic.replace("\u00a0", " ") == "RMB 380bn ÷ 7.1328"


def test_a_plan_in_a_third_currency_is_not_translated() -> None:
    """A plan in euros meets neither the rate of the yuan nor the price."""
    assert not of_ads(plan(10e9, currency="EUR")).latest("ADR", "plan_converted").known


def test_a_rate_joins_its_own_pair_alone() -> None:
    """Yuan and dollars meet by the rate of the yuan; a third currency among them does not."""
    pair = fact("exchange_rate", 7.1, DAY, unit=Unit.RATE, currency="CNY", name="CNY per USD")
    yuan, dollars, other = (fact("revenue", 1.0, DAY, currency=each) for each in ("CNY", "USD", "HKD"))
    assert mixed_currencies([yuan, dollars, pair]) == ""
    assert mixed_currencies([yuan, dollars]) == "CNY and USD"
    assert mixed_currencies([yuan, dollars, other, pair]) == "CNY and HKD and USD"


def test_a_range_is_compared_by_its_middle() -> None:
    """66–72bn for the year are set against others at 69bn, and the arithmetic prints the range."""
    year = of_ads(plan(None, CALENDAR, currency="USD", low=66e9, high=72e9)).latest("ADR", "plan_per_year")
    assert year.number == 69e9
    assert year.arithmetic == "US$66–72bn"


def test_a_plan_as_a_share_of_revenue_and_cash_flow() -> None:
    """126.7bn a year of revenue of 1,000bn is 12.7%, of cash flow of 150bn 84.4%; of an outflow it means nothing."""
    months_to_june = months("fiscal_year", 2025, 6)
    own = {"entity": "ADR", "currency": "CNY"}
    revenue = fact("revenue", 1000e9, months_to_june, **own)
    flow, outflow = (fact("operating_cash_flow", v, months_to_june, **own) for v in (150e9, -150e9))
    held = of_ads(plan(380e9), revenue, flow)
    assert held.latest("ADR", "plan_share_of_revenue").number == pytest.approx(0.126667, abs=1e-6)
    assert held.latest("ADR", "plan_share_of_cash_flow").number == pytest.approx(0.844444, abs=1e-6)
    assert (
        of_ads(plan(380e9), outflow).latest("ADR", "plan_share_of_cash_flow").reason
        == "operating cash flow is negative"
    )


def test_a_target_below_the_price_is_a_downside() -> None:
    """169 against 189.34 is −10.7%, with its sign."""
    held = of_ads(target(169.0, DAY, "consensus_target_mean", name="", confirmed=False))
    upside = held.latest("ADR", "upside", name="consensus_target_mean")
    assert held.wording.write(upside, "signed") == "−10.7%"
    assert upside.arithmetic == "US$169 ÷ US$189.34 − 1"
    assert not upside.confirmed


@pytest.mark.parametrize(("age", "compared"), [(0, True), (100, True), (101, False), (220, False)])
def test_an_old_target_is_not_set_against_todays_price(age: int, compared: bool) -> None:  # noqa: FBT001
    """A target of more than a hundred days ago was made for another price."""
    held = of_ads(target(200.0, DAY - timedelta(age)))
    assert held.latest("ADR", "upside", name="Barclays").known is compared


def test_the_newest_target_of_a_house_counts() -> None:
    """190 replaces the 145 of the same house; another house keeps its own."""
    held = of_ads(
        target(145.0, date(2025, 7, 20)), target(190.0, date(2025, 9, 9)), target(200.0, DAY, name="Morgan Stanley")
    )
    assert held.latest("ADR", "upside", name="Barclays").number == pytest.approx(190 / 189.34 - 1)
    assert len(held.all("ADR", "upside")) == 2


def test_a_target_for_another_security_is_not_compared() -> None:
    """A target per ordinary share, or in Hong Kong dollars, says nothing about the ADS as it stands."""
    ordinary, abroad = target(25.0, DAY, unit=Unit.PER_SHARE), target(240.0, DAY, currency="HKD", name="JPMorgan")
    assert of_ads(ordinary, abroad).all("ADR", "upside") == ()


def test_ratings_have_their_denominator() -> None:
    """15 of 20 ratings are buys: 75%."""
    held = of_ads(*ratings(date(2025, 9, 1)))
    assert held.latest("ADR", "ratings_positive").number == 15.0
    assert held.latest("ADR", "ratings_total").number == 20.0
    assert held.latest("ADR", "buy_share").number == pytest.approx(0.75)


def test_old_ratings_give_no_share() -> None:
    """Ratings of more than a hundred days ago are not today's opinion."""
    held = of_ads(*ratings(DAY - timedelta(101)))
    for metric in ("buy_share", "ratings_total", "ratings_positive"):
        assert not held.latest("ADR", metric).known


def test_ratings_of_two_days_are_not_mixed() -> None:
    """Newer counts without their sells are not completed with the sells of June."""
    held = of_ads(*ratings(date(2025, 7, 1)), *ratings(date(2025, 9, 1), without="sell"))
    assert not held.latest("ADR", "buy_share").known
    assert held.latest("ADR", "buy_share").reason == "no source gives sell ratings for Abroad"


@pytest.mark.parametrize(
    ("last", "ends"),
    [
        (date(2025, 3, 31), date(2026, 3, 31)),
        (date(2024, 12, 31), date(2025, 12, 31)),
        (date(2024, 2, 29), date(2026, 2, 28)),
        (date(2024, 9, 28), None),
    ],
)
def test_the_running_year_ends_years_after_the_last_one_unless_years_end_on_a_weekday(
    last: date, ends: date | None
) -> None:
    year = Period(kind="fiscal_year", start=last - timedelta(days=360), end=last)
    held = of_ads(fact("revenue", 1e9, year, entity="ADR", currency="CNY"))
    assert held.latest("ADR", "next_year_end").value == ends
