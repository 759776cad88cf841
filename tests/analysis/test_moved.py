"""What moved between two days: beyond which threshold, in which order, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from invented_facts import DAY, fact, q
from shipped import ledger_of

from generator.analysis.moved import Move, moves, remembered, then_of
from generator.model.fact import Fact, Unit
from generator.model.ledger import Ledger
from generator.model.snapshot import Company

BEFORE = date(2025, 9, 1)
COMPANY = Company(
    ticker="HOM", name="Home", short_name="Home", exchange="NYSE", mic="XNYS", price_currency="USD",
    statement_currency="USD",
)  # fmt: skip


def ledger(*facts: Fact, day: date = DAY) -> Ledger:
    return Ledger(subject="HOM", until=day, companies={"HOM": COMPANY}).plus(facts)


def stated(metric: str, value: float | None, **details: Any) -> Fact:  # noqa: ANN401 -- any field of a fact
    period = details.pop("period", date(2025, 3, 31))
    return fact(metric, value, period, **details)


def only(now: Ledger, then: Ledger) -> Move:
    (move,) = moves(now, then)
    return move


@pytest.fixture(scope="module")
def alibaba() -> dict[tuple[str, str, str], Move]:
    found = moves(ledger_of("BABA"), ledger_of("BABA", date(2025, 8, 28)))
    return {(move.metric, move.now.name, move.now.period.kind): move for move in found}


def test_the_price_is_the_largest_cause_of_the_multiples_rise(alibaba: dict[tuple[str, str, str], Move]) -> None:
    multiple = alibaba["pe_ttm", "", "instant"]
    assert multiple.cause == "price move"
    assert [part.cause for part in multiple.parts] == ["price move", "new filing", "exchange rate"]
    product = 1.0
    for part in multiple.parts:
        product *= 1 + (part.change.number or 0.0)
    assert multiple.change is not None
    assert product == pytest.approx(1 + (multiple.change.number or 0.0), abs=1e-3)
    assert multiple.parts[0].change.number == pytest.approx(189.34 / 119.57 - 1, abs=1e-9)


def test_the_new_quarter_of_the_cloud_is_a_new_filing(alibaba: dict[tuple[str, str, str], Move]) -> None:
    growth = alibaba["segment_growth", "Cloud Intelligence", "quarter"]
    assert (growth.then.value, growth.now.value, growth.causes) == (0.18, 0.26, ("new filing",))


def test_the_price_comes_first_and_what_follows_it_is_left_out(alibaba: dict[tuple[str, str, str], Move]) -> None:
    assert next(iter(alibaba)) == ("price", "", "instant")
    assert not {"base_price", "correlation", "scenario_price"} & {key[0] for key in alibaba}
    every = moves(ledger_of("BABA"), ledger_of("BABA", date(2025, 8, 28)), every=True)
    assert {"base_price", "correlation", "scenario_price"} <= {move.metric for move in every}


@pytest.mark.parametrize(
    ("then", "now", "cause"),
    [
        (stated("revenue", 5e9, period=q(2025, 3)), stated("revenue", 6e9, period=q(2025, 6)), "new filing"),
        (stated("revenue", 5e9, period=q(2025, 3)), stated("revenue", 6e9, period=q(2025, 3)), "source restated"),
        (stated("target_mean", 90.0), stated("target_mean", 99.0), "estimate revision"),
        (stated("capex_plan", 9e9), stated("capex_plan", 12e9), "plan revised"),
        (stated("exchange_rate", 7.2), stated("exchange_rate", 7.0), "exchange rate"),
        (stated("shares_outstanding", 9e9), stated("shares_outstanding", 8e9), "share count"),
        (stated("net_margin", 0.2, formula="a ÷ b"), stated("net_margin", 0.2, formula="a ÷ c"), "our method changed"),
    ],
)
def test_each_move_has_its_cause(then: Fact, now: Fact, cause: str) -> None:
    assert only(ledger(now), ledger(then, day=BEFORE)).cause == cause


def test_what_appears_and_what_goes_is_told_apart() -> None:
    late = stated("revenue", 5e9, published_on=DAY)
    early = stated("revenue", 5e9, published_on=date(2025, 3, 1))
    assert only(ledger(late), ledger(day=BEFORE)).cause == "published since"
    assert only(ledger(early), ledger(day=BEFORE)).cause == "first seen"
    assert only(ledger(), ledger(early, day=BEFORE)).cause == "gone"


def test_a_move_within_its_threshold_is_none() -> None:
    for metric, small, large in (("price", 100.9, 102.0), ("revenue", 100.4, 101.0)):
        before = ledger(stated(metric, 100.0), day=BEFORE)
        assert moves(ledger(stated(metric, small)), before) == ()
        assert len(moves(ledger(stated(metric, large)), before)) == 1
    points = [stated("net_margin", value, unit=Unit.FRACTION, currency=None) for value in (0.2, 0.204, 0.21)]
    assert moves(ledger(points[1]), ledger(points[0], day=BEFORE)) == ()
    assert only(ledger(points[2]), ledger(points[0], day=BEFORE)).change is not None


def test_a_change_of_sign_has_no_percentage() -> None:
    move = only(ledger(stated("free_cash_flow", -5e9)), ledger(stated("free_cash_flow", 5e9), day=BEFORE))
    assert move.change is None


def test_what_is_printed_of_the_last_issue_is_kept_under_its_day_and_hides_nothing() -> None:
    now, before = ledger_of("BABA"), ledger_of("BABA", date(2025, 8, 28))
    held = remembered(now, before)
    price = then_of(before, before.latest("BABA", "price"))
    assert held.facts[price.id].value == pytest.approx(119.57)
    assert held.latest("BABA", "price") == now.latest("BABA", "price")
    assert {key: held.facts[key] for key in now.facts} == dict(now.facts)
