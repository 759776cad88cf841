"""The multiple through time: what was known on each day, what moved the price, what other multiples would make."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from invented_facts import ADS, DAY, fact, measured, months, q, rates, sessions

from generator.checks.identities import waterfall
from generator.model.fact import Fact, Unit
from generator.model.ledger import Ledger

START = date(2024, 1, 2)
YEARS = {2023: 4.0, 2024: 5.0}
RELEASE = date(2025, 2, 20)


def yearly(metric: str, values: dict[int, float], unit: Unit = Unit.PER_SHARE, **changes: object) -> list[Fact]:
    """Return a figure of calendar years, published on 20 February after each."""
    return [
        fact(metric, v, months("fiscal_year", y, 12), unit=unit, published_on=date(y + 1, 2, 20), **changes)
        for y, v in values.items()
    ]


def prices(before: float, after: float, turn: date = date(2025, 1, 2)) -> dict[date, float]:
    """Return weekdays at one price and, from a day on, at another."""
    return {day: before if day < turn else after for day in sessions(START, DAY)}


def on(held: Ledger, metric: str, day: date, entity: str = "HOM") -> float | None:
    """Return a line's value on a day."""
    line = held.line(entity, metric)
    return None if line is None else dict(zip(line.days, line.values, strict=True)).get(day)


def parts_of(held: Ledger, entity: str = "HOM") -> dict[str, float | None]:
    """Return the parts of the year's move by name."""
    return {fact.name: fact.number for fact in held.current(entity, "decomposition")}


def test_the_day_before_a_release_uses_the_older_earnings() -> None:
    """100 over 4.00 is 25 times until 19 February 2025; from the release on, 100 over 5.00 is 20 times."""
    held = measured(yearly("diluted_eps", YEARS), prices(100.0, 100.0))
    assert on(held, "multiple", RELEASE - timedelta(1)) == 25.0
    assert on(held, "multiple", RELEASE) == 20.0
    assert on(held, "multiple", date(2024, 2, 19)) is None


def test_quarters_are_known_when_the_last_of_them_was_published() -> None:
    """Twelve months of four quarters are not known before the newest quarter was."""
    eps = [fact("diluted_eps", 1.0, q(2023, month), unit=Unit.PER_SHARE) for month in (3, 6, 9, 12)]
    newer = fact("diluted_eps", 3.0, q(2024, 3), unit=Unit.PER_SHARE, published_on=date(2024, 5, 15))
    held = measured([*eps, newer], prices(60.0, 60.0))
    assert on(held, "multiple", date(2024, 5, 14)) == 15.0
    assert on(held, "multiple", date(2024, 5, 15)) == 10.0


def test_earnings_are_translated_at_the_rate_of_each_day() -> None:
    """35 yuan at 7.0 are 5 dollars, from the day the rate is 8.75 they are 4; weekends carry the last rate."""
    line = rates({date(2023, 12, 29): 7.0, date(2025, 3, 3): 8.75})
    eps = yearly("diluted_eps", {2022: 35.0}, Unit.PER_ADS, entity="ADR", currency="CNY")
    held = measured(eps, prices(100.0, 100.0), of=ADS, rates=line)
    assert on(held, "multiple", date(2025, 2, 28), "ADR") == 20.0
    assert on(held, "multiple", date(2025, 3, 3), "ADR") == 25.0
    assert on(held, "earnings_per_security", DAY, "ADR") == 4.0


def test_without_rates_no_multiple_is_drawn() -> None:
    """Yuan earnings without a rate are not set against dollar prices, and the move is not split."""
    eps = yearly("diluted_eps", YEARS, Unit.PER_ADS, entity="ADR", currency="CNY")
    held = measured(eps, prices(100.0, 120.0), of=ADS)
    assert held.line("ADR", "multiple") is None
    earnings = held.latest("ADR", "decomposition", name="earnings")
    assert earnings.reason == "CNY and USD cannot be mixed without a dated rate"


def test_a_year_in_another_currency_leaves_the_record() -> None:
    """Earnings of one year in dollars are not divided by the rate that translates the yuan of the others."""
    line = rates({date(2023, 1, 3): 7.0})
    own = yearly("diluted_eps", {2023: 35.0}, Unit.PER_ADS, entity="ADR", currency="CNY")
    other = yearly("diluted_eps", {2022: 5.0}, Unit.PER_ADS, entity="ADR")
    held = measured([*own, *other], prices(100.0, 100.0), of=ADS, rates=line)
    drawn = held.line("ADR", "multiple")
    assert drawn is not None
    assert drawn.days[0] == date(2024, 2, 20)
    assert set(drawn.values) == {20.0}


def test_the_record_has_a_low_a_middle_and_a_high() -> None:
    """Prices of 80, 100 and 120 over 4.00 and 5.00: the record runs from 16 to 30 and now stands at 24."""
    held = measured(yearly("diluted_eps", {2022: 4.0, 2024: 5.0}), prices(120.0, 120.0) | {date(2025, 5, 1): 80.0})
    low, middle, high, now = (held.latest("HOM", f"multiple_{key}") for key in ("low", "median", "high", "now"))
    assert (low.number, high.number, now.number) == (16.0, 30.0, 24.0)
    assert middle.number == 30.0
    assert now.period.end == DAY
    assert now.note == "price over twelve-month diluted EPS per share"
    assert held.latest("HOM", "multiple_at_base").number == 30.0


def test_a_record_that_has_ended_is_not_now() -> None:
    """When the newest earnings are a loss, the last positive multiple is not called today's."""
    held = measured(yearly("diluted_eps", {2022: 4.0, 2024: -1.0}), prices(120.0, 120.0))
    assert held.latest("HOM", "multiple_high").number == 30.0
    assert not held.latest("HOM", "multiple_now").known
    scenario = held.latest("HOM", "scenario_price", name="base")
    assert scenario.not_meaningful
    assert scenario.reason == "earnings are negative"
    assert not held.current("HOM", "scenario_change")


def test_a_short_record_is_none() -> None:
    """Fewer than 120 sessions with earnings make no record."""
    held = measured(yearly("diluted_eps", YEARS), dict.fromkeys(sessions(date(2025, 7, 1), DAY), 9.0))
    assert held.line("HOM", "multiple") is None
    assert not held.latest("HOM", "multiple_low").known


def test_the_move_is_split_and_the_parts_sum() -> None:
    """From 100 on 4.00 to 150 on 5.00: earnings +25%, multiple 25 to 30 is +20%, compounding 5%, together +50%."""
    held = measured(yearly("diluted_eps", YEARS), prices(100.0, 150.0))
    parts = parts_of(held)
    assert parts == {
        "multiple": pytest.approx(0.2), "earnings": pytest.approx(0.25), "cross": pytest.approx(0.05),
    }  # fmt: skip
    assert sum(part or 0.0 for part in parts.values()) == pytest.approx(0.5, abs=1e-12)
    assert not list(waterfall(held))


def test_the_currency_has_its_part() -> None:
    """A yuan that falls from 7.0 to 8.75 takes 20% away; the four parts sum to the move to the last digit."""
    line = rates({date(2023, 12, 29): 7.0, date(2025, 9, 1): 8.75})
    eps = yearly("diluted_eps", {2023: 28.0, 2024: 35.0}, Unit.PER_ADS, entity="ADR", currency="CNY")
    held = measured(eps, prices(100.0, 130.0), of=ADS, rates=line)
    parts = parts_of(held, "ADR")
    assert parts["earnings"] == pytest.approx(0.25)
    assert parts["currency"] == pytest.approx(-0.2)
    assert parts["multiple"] == pytest.approx(130 * 8.75 / 35 / 25 - 1)
    assert sum(part or 0.0 for part in parts.values()) == pytest.approx(0.3, abs=1e-12)
    one = held.latest("ADR", "decomposition", name="currency")
    assert {held.facts[key].metric for key in one.inputs} >= {"exchange_rate", "exchange_rate_at_base", "base_price"}


def test_a_move_with_losses_is_not_split() -> None:
    """From a loss to a profit neither earnings nor multiple has a part: n/m, with the reason."""
    held = measured(yearly("diluted_eps", {2023: -4.0, 2024: 5.0}), prices(100.0, 150.0))
    part = held.latest("HOM", "decomposition", name="earnings")
    assert part.not_meaningful
    assert part.reason == "earnings are negative at one end of it"
    assert not list(waterfall(held))


def test_a_move_whose_start_is_not_known_is_not_split() -> None:
    """Earnings first published in the year say nothing about its first day."""
    held = measured(yearly("diluted_eps", {2024: 5.0}), prices(100.0, 150.0))
    part = held.latest("HOM", "decomposition", name="multiple")
    assert not part.known
    assert part.reason.replace("\u00a0", " ") == "twelve-month earnings known by 31 December 2024 are not held"


def test_net_income_stands_in_and_says_so() -> None:
    """Where older EPS are not known, net income over today's count is the basis, and every figure names it."""
    income = yearly("net_income_attributable", {2023: 4e9, 2024: 5e9}, Unit.MONEY)
    eps = fact("diluted_eps", 5.2, months("fiscal_year", 2024, 12), unit=Unit.PER_SHARE, published_on=RELEASE)
    count = fact("shares_outstanding", 1e9, date(2025, 6, 30), unit=Unit.SHARES, currency=None)
    held = measured([*income, eps, count], prices(100.0, 150.0))
    assert on(held, "multiple", date(2025, 1, 31)) == 37.5
    now, earned = held.latest("HOM", "multiple_now"), held.latest("HOM", "earnings_per_security")
    assert now.number == 30.0
    assert now.note == "price over twelve-month net income per share at today's count"
    assert earned.number == 5.0
    assert earned.note == "twelve-month net income per share at today's count"
    assert earned.arithmetic == "US$5.0bn ÷ 1,000m"
    assert held.latest("HOM", "decomposition", name="earnings").note == "on net income"


def test_earnings_per_security_show_their_arithmetic() -> None:
    """61.64 yuan per ADS at 7.0 are 8.81 dollars; 7.705 per ordinary share are brought to the ADS first."""
    line = rates({date(2023, 12, 29): 7.0})
    changes: dict[str, Any] = {"entity": "ADR", "currency": "CNY"}
    per_ads = measured(
        yearly("diluted_eps", {2024: 61.64}, Unit.PER_ADS, **changes), prices(1.0, 1.0), of=ADS, rates=line
    )
    ordinary = measured(yearly("diluted_eps", {2024: 7.705}, **changes), prices(1.0, 1.0), of=ADS, rates=line)
    for held in (per_ads, ordinary):
        assert held.latest("ADR", "earnings_per_security").number == pytest.approx(8.805714, abs=1e-6)
        assert on(held, "earnings_per_security", DAY, "ADR") == pytest.approx(8.805714, abs=1e-6)
    shown = per_ads.latest("ADR", "earnings_per_security").arithmetic.replace("\u00a0", " ")
    assert shown == "RMB 61.64 ÷ 7.0000"
    assert "× 8 ÷" in ordinary.latest("ADR", "earnings_per_security").arithmetic


def test_scenarios_are_arithmetic() -> None:
    """5.00 at 16, 30 and 30 times is 80, 150 and 150; against a price of 120 that is −33.3%, +25% and +25%."""
    held = measured(yearly("diluted_eps", {2022: 4.0, 2024: 5.0}), prices(120.0, 120.0) | {date(2025, 5, 1): 80.0})
    values = {case: held.latest("HOM", "scenario_price", name=case) for case in ("bear", "base", "bull")}
    assert {case: value.number for case, value in values.items()} == {"bear": 80.0, "base": 150.0, "bull": 150.0}
    assert values["bear"].arithmetic == "US$5.00 × 16.0×"
    assert held.latest("HOM", "scenario_change", name="bear").number == pytest.approx(-1 / 3)
    assert held.latest("HOM", "scenario_change", name="bull").number == pytest.approx(0.25)
