"""Errors planted into a finished ledger are found by the checks that do its sums again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from invented_facts import DAY, fact, q
from shipped import TICKERS, ledger_of

from generator.checks import CHECKS, check
from generator.model.fact import Fact, Unit
from generator.model.ledger import Ledger

Change = Callable[[Fact], Fact]


def scaled(factor: float) -> Change:
    """Return the change that multiplies a figure."""
    return lambda fact: replace(fact, value=(fact.number or 0.0) * factor)


def broken(metric: str, change: Change, ticker: str = "BABA") -> Ledger:
    """Return a shipped ledger with the newest figure of a metric changed, and what follows from it left as it was."""
    held = ledger_of(ticker)
    return held.plus([change(held.latest(ticker, metric))])


def found(held: Ledger, *, of: Ledger) -> set[str]:
    """Return the checks that block or warn about a ledger and did not before."""
    before = {(each.check, each.facts) for each in check(of)}
    return {each.check for each in check(held) if each.level != "note" and (each.check, each.facts) not in before}


PLANTS: dict[str, tuple[str, Change, str]] = {
    "P/S times revenue is the market value": ("ps_ttm", scaled(1.01), "identities"),
    "market value is price times count": ("market_value", scaled(0.9), "identities"),
    "the two multiples make the implied growth": ("implied_growth", scaled(1.5), "identities"),
    "a margin is income over revenue": ("net_margin", scaled(1.1), "identities"),
    "a stale price leaves its change behind": ("price", scaled(0.95), "identities"),
    "growth follows its endpoints": ("revenue_growth", scaled(2.0), "growth_endpoints"),
    "growth has the sign of its endpoints": ("capex_growth", scaled(-1.0), "growth_endpoints"),
    "an upside has the sign of its target": ("upside", scaled(-1.0), "target_upside"),
    "free cash flow is what capex leaves": ("free_cash_flow", scaled(1.2), "cash_flow_parts"),
    "twelve months are their quarters": ("revenue", scaled(1.01), "period_totals"),
    "a multiple divided without the rate": ("ps_ttm", scaled(1 / 7.1328), "margin_of_multiples"),
    "millions taken for thousands": ("revenue", scaled(1000), "impossible_scale"),
    "revenue is not negative": ("revenue", scaled(-1.0), "impossible_sign"),
    "a fraction is no multiple": ("net_margin", lambda f: replace(f, unit=Unit.MULTIPLE), "impossible_unit"),
    "money has a currency": ("market_value", lambda f: replace(f, currency=None), "impossible_unit"),
    "yuan are not dollars": ("revenue", lambda f: replace(f, currency="USD"), "mixed_currencies"),
    "a listing trades in its own currency": ("price", lambda f: replace(f, currency="HKD"), "strange_currency"),
    "a margin has one period": ("revenue", lambda f: replace(f, period=q(2025, 3)), "mixed_inputs"),
    "a margin has one company": ("revenue", lambda f: replace(f, entity="JD"), "mixed_inputs"),
}  # fmt: skip


@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_error_is_found(plant: str) -> None:
    """Each by the check of its kind, though others may see it too."""
    metric, change, name = PLANTS[plant]
    held = ledger_of("BABA")
    assert name in found(broken(metric, change), of=held), found(broken(metric, change), of=held)


@pytest.mark.parametrize("ticker", TICKERS)
def test_nothing_blocks_a_shipped_ledger(ticker: str) -> None:
    """What the checks of the shipped companies warn about stands in their data notes: old estimates and a claim."""
    told = {each.check for each in check(ledger_of(ticker)) if each.level != "note"}
    assert told <= {"stale_estimate", "unconfirmed_claim"}


AGAIN = (
    "pe_ttm", "pe_forward", "enterprise_value", "fcf_yield", "ev_sales", "against_peers", "converted",
    "plan_share_of_revenue", "capex_intensity", "scenario_price", "scenario_change", "price_change",
)  # fmt: skip


def test_every_computed_figure_that_is_printed_is_computed_again() -> None:
    """A sum that no check does again could be wrong without anybody knowing."""
    held = ledger_of("BABA")
    for metric in AGAIN:
        assert found(broken(metric, scaled(1.001)), of=held), metric


def test_a_count_of_ordinary_shares_is_no_count_of_adss() -> None:
    """Without the ratio every multiple is eight times too large."""
    held = ledger_of("BABA")
    used = held.latest("BABA", "securities")
    ordinary = fact("shares_outstanding", used.number, used.period, entity="BABA", unit=Unit.SHARES, currency=None)
    wrong = held.plus([ordinary, replace(used, inputs=(ordinary.id,))])
    assert "mixed_securities" in found(wrong, of=held)


def test_shares_of_a_market_stay_within_it() -> None:
    """Four percent for one and ninety-seven for the others cannot be."""
    held = ledger_of("BABA")
    mine = held.latest("BABA", "market_share")
    assert "parts_of_whole" in found(held.plus([replace(mine, value=0.6)]), of=held)


def test_a_segment_is_smaller_than_its_company() -> None:
    """A segment that sells more than the company was read in another scale."""
    held = ledger_of("BABA")
    cloud = held.latest("BABA", "segment_revenue", kind="quarter")
    assert "parts_of_whole" in found(held.plus([replace(cloud, value=(cloud.number or 0.0) * 20)]), of=held)


def test_two_values_of_one_day_contradict() -> None:
    """Of two sources that print one figure on one day, one is wrong; rounding is no contradiction."""
    held = ledger_of("BABA")
    cloud = held.latest("BABA", "segment_growth", name="Cloud Intelligence")
    other = replace(cloud, id="other", value=0.18)
    assert "contradiction" in found(held.plus([other]), of=held)
    assert "contradiction" not in found(held.plus([replace(other, value=0.2601)]), of=held)


def test_the_limit_of_a_check_is_tuned() -> None:
    """A desk whose source is a day late says so once."""
    held = ledger_of("BABA")
    late = replace(held, until=DAY + timedelta(days=5))
    assert "stale_price" in {each.check for each in check(late)}
    assert "stale_price" not in {each.check for each in check(late, {"stale_price": {"sessions": 3}})}
    stale = [each for each in check(late, {"stale_price": {"level": "block"}}) if each.check == "stale_price"]
    assert {each.level for each in stale} == {"block"}


def test_every_limit_is_named_in_its_rule() -> None:
    """A limit of the table that its rule does not take would be a slip."""
    held = ledger_of("BABA")
    assert date(2025, 10, 2) == held.until
    for row in CHECKS.values():
        if row.limits:
            list(row.rule(held, **row.limits))


@pytest.mark.parametrize("day", [date(2025, 8, 29), date(2025, 9, 26), date(2025, 10, 3)])
@pytest.mark.parametrize("ticker", ["BABA", "MSFT"])
def test_a_brief_is_not_blocked_on_the_day_after_its_opinions_were_counted(ticker: str, day: date) -> None:
    """Ratings of yesterday are today's ratings; whether they are too old is another check's question."""
    held = ledger_of(ticker, day)
    assert [(each.check, each.facts) for each in check(held) if each.level == "block"] == []
