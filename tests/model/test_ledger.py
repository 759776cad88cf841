"""The ledger: which of several publications of a figure is the one a page prints."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from invented_facts import DAY, HOME, closes, company, fact, ledger, measured, months, q, steady

from generator.model.fact import Fact, Unit, fact_id
from generator.model.ledger import Ledger
from generator.model.tables import ledger_rows

JUNE, MARCH = q(2025, 6), q(2025, 3)
EARLY, LATE = date(2025, 8, 1), date(2025, 9, 1)


def revenue(value: float | None, period: object = JUNE, published_on: date = EARLY, **changes: object) -> Fact:
    """Return a revenue of HOM."""
    return fact("revenue", value, period, published_on=published_on, **changes)  # type: ignore[arg-type]


def test_the_newest_publication_wins() -> None:
    """A restated revenue replaces the first one, which is kept as superseded."""
    first, restated = revenue(100.0, id="z"), revenue(104.0, published_on=LATE, id="a")
    held = ledger([restated, first])
    assert held.latest("HOM", "revenue") is restated
    assert held.at("HOM", "revenue", JUNE) is restated
    assert held.current("HOM", "revenue") == (restated,)
    assert held.superseded("HOM", "revenue") == (first,)
    assert held.all("HOM", "revenue") == (first, restated)


def test_the_newest_period_wins_over_a_later_reprint_of_an_older_one() -> None:
    """A comparative column printed in September does not make March the newest quarter."""
    june, march = revenue(100.0), revenue(90.0, MARCH, LATE)
    assert ledger([june, march]).latest("HOM", "revenue") is june


def test_names_are_kept_apart() -> None:
    """A segment's figure neither replaces the company's nor another segment's."""
    whole, cloud, shops = revenue(100.0), revenue(20.0, name="Cloud"), revenue(80.0, name="Shops")
    held = ledger([whole, cloud, shops])
    assert held.latest("HOM", "revenue", name="") is whole
    assert held.at("HOM", "revenue", JUNE) is whole
    assert held.at("HOM", "revenue", JUNE, name="Cloud") is cloud
    assert held.superseded("HOM", "revenue") == ()


def test_a_figure_without_meaning_is_not_hidden_behind_an_older_one() -> None:
    """Growth that is n/m this quarter is not answered with last quarter's growth."""
    meaningless = fact("growth", None, JUNE, unit=Unit.FRACTION, reason="the sign changed", not_meaningful=True)
    held = ledger([fact("growth", 0.1, MARCH, unit=Unit.FRACTION), meaningless])
    assert held.latest("HOM", "growth") is meaningless


def test_a_known_value_wins_over_a_later_gap() -> None:
    """Where the newest quarter is not available, the newest known one answers."""
    march = revenue(90.0, MARCH)
    assert ledger([march, revenue(None, reason="not published")]).latest("HOM", "revenue") is march


@pytest.mark.parametrize("published_on", [EARLY, LATE])
def test_a_claim_never_wins_over_a_confirmed_figure(published_on: date) -> None:
    """A press claim about the same quarter, made before or after, does not replace what the company published."""
    confirmed = revenue(100.0, published_on=date(2025, 8, 15))
    claim = revenue(130.0, published_on=published_on, confirmed=False)
    held = ledger([confirmed, claim])
    assert held.latest("HOM", "revenue") is confirmed
    assert held.at("HOM", "revenue", JUNE) is confirmed
    assert confirmed not in held.superseded("HOM", "revenue")


def test_a_claim_about_a_newer_period_does_not_win_either() -> None:
    """A claimed June does not stand in front of a confirmed March, but is found when it is all there is."""
    march, claim = revenue(90.0, MARCH), revenue(130.0, confirmed=False)
    assert ledger([march, claim]).latest("HOM", "revenue") is march
    assert ledger([claim]).latest("HOM", "revenue") is claim
    assert ledger([claim, revenue(None, q(2025, 9))]).latest("HOM", "revenue") is claim


def test_exactly_the_period_asked_for() -> None:
    """The revenue of June is not answered with that of the half-year that ends with it."""
    half = revenue(190.0, months("half", 2025, 6))
    held = ledger([half])
    assert not held.at("HOM", "revenue", JUNE).known
    assert held.at("HOM", "revenue", months("half", 2025, 6)) is half


def test_a_fact_with_a_known_id_replaces_the_old_one() -> None:
    """Measured again, a figure stands in the ledger once, also when its metric changed."""
    old = revenue(100.0)
    held = ledger([old]).plus([replace(old, value=105.0)])
    assert [each.value for each in held.all("HOM", "revenue")] == [105.0]
    moved = held.plus([replace(old, metric="sales")])
    assert moved.all("HOM", "revenue") == ()
    assert len(moved.all("HOM", "sales")) == len(moved.facts) == 1


def test_the_same_id_twice_in_one_go_is_one_fact() -> None:
    """The later of two equal ids is the one that is kept."""
    twin = revenue(100.0)
    assert [each.value for each in ledger([twin, replace(twin, value=7.0)]).all("HOM", "revenue")] == [7.0]


def test_adding_leaves_the_old_ledger_as_it_was() -> None:
    """A ledger is a value: what is added to it makes another one."""
    empty = ledger()
    full = empty.plus([revenue(1.0)], [closes(steady(DAY - timedelta(9), DAY, 5.0))])
    assert not empty.facts
    assert empty.line("HOM", "close") is None
    assert full.line("HOM", "close") is not None
    assert full.company is HOME


def test_the_order_of_insertion_does_not_matter() -> None:
    """Whatever order sources answer in, every lookup and every row is the same."""
    names, days = ("", "Cloud"), (EARLY, LATE)
    facts = [
        revenue(float(i), period, day, name=name)
        for i, (period, day, name) in enumerate((p, d, n) for p in (JUNE, MARCH) for d in days for n in names)
    ]
    expected = ledger(facts)
    for seed in range(8):
        shuffled = facts.copy()
        Random(seed).shuffle(shuffled)  # noqa: S311 -- an order, no secret
        half = len(shuffled) // 2
        held = ledger(shuffled[:half]).plus(shuffled[half:])
        assert held.all("HOM", "revenue") == expected.all("HOM", "revenue")
        assert held.current("HOM", "revenue") == expected.current("HOM", "revenue")
        assert ledger_rows(held) == ledger_rows(expected)


def test_what_is_missing_says_so_by_name() -> None:
    """A reader is told what is missing, of whom and over which stretch, in the words of the catalogue."""
    held = Ledger(subject="HOM", until=DAY, companies={"HOM": HOME}, labels={"diluted_eps": "diluted EPS"})
    assert (
        held.latest("HOM", "diluted_eps", kind="ttm").reason == "no source gives diluted EPS for Hom over twelve months"
    )
    assert held.latest("HOM", "some_metric").reason == "no source gives some metric for Hom"
    assert held.at("XYZ", "diluted_eps", JUNE).reason == "no source gives diluted EPS for XYZ by quarter"
    assert held.missing("HOM", "diluted_eps", reason="lost").reason == "lost"
    assert held.latest("HOM", "diluted_eps").label == "diluted EPS"


def test_a_computed_figure_names_the_part_that_is_missing() -> None:
    """EBITDA that cannot be computed says which of its parts nobody publishes, however deep the part lies."""
    labels = {"ebitda": "EBITDA", "operating_income": "operating income", "ev_ebitda": "EV/EBITDA"}
    needs = {"ebitda": ("operating_income", "depreciation"), "ev_ebitda": ("ebitda",)}
    held = Ledger(subject="HOM", until=DAY, companies={"HOM": HOME}, labels=labels, needs=needs)
    assert held.latest("HOM", "ev_ebitda").reason == "no source gives operating income for Hom"
    year = months("ttm", 2025, 6)
    income = fact("operating_income", 9.0, year)
    assert held.plus([income]).latest("HOM", "ebitda", kind="ttm").reason == (
        "no source gives depreciation for Hom over twelve months"
    )
    both = held.plus([income, fact("depreciation", 1.0, year)])
    assert both.latest("HOM", "ebitda").reason == "no source gives all that EBITDA needs for Hom"


def test_identifiers_tell_names_apart() -> None:
    """Two houses have two ids, also when their names are not written in Latin letters."""
    ids = {fact_id("HOM", "upside", JUNE, name) for name in ("", "J.P. Morgan", "中金公司", "高盛")}
    assert len(ids) == 4
    assert fact_id("HOM", "upside", JUNE, "J.P. Morgan") == "HOM.upside.j-p-morgan.q2025-06-30"


def test_rows_are_plain_and_in_a_fixed_order() -> None:
    """The table of facts is JSON, subject first, then its peers, each by metric and id, dates in ISO form."""
    peer = company("PEE")
    held = ledger(
        [
            fact("revenue", 5.0, JUNE, entity="PEE", id="b"),
            revenue(7e9, id="z"),
            fact("capex_plan", None, JUNE, low=66e9, high=72e9, id="y"),
            fact("event_day", date(2025, 11, 5), DAY, unit=Unit.DATE, currency=None, entity="ELSE", id="a"),
        ],
        others=[peer],
        peers=("PEE",),
        benchmark="MKT",
    )
    rows = ledger_rows(held)
    assert [row["id"] for row in rows] == ["y", "z", "b", "a"]
    back = json.loads(json.dumps(rows, allow_nan=False))
    assert back == rows
    assert back[1] | {"sources": []} == {
        "id": "z", "entity": "HOM", "metric": "revenue", "label": "revenue", "name": "", "value": 7e9, "low": None,
        "high": None, "unit": "money", "currency": "USD", "written": "US$7bn", "period": "quarter to June 2025",
        "period_kind": "quarter", "period_start": "2025-04-01", "period_end": "2025-06-30", "as_of": "2025-06-30",
        "published_on": "2025-08-01", "confirmed": True, "reason": "", "formula": "", "arithmetic": "", "inputs": [],
        "sources": [], "note": "", "qualifier": "",
            "not_meaningful": False,
    }  # fmt: skip
    assert back[1]["sources"][0]["published_on"] == "2025-08-01"
    assert (back[0]["low"], back[0]["written"]) == (66e9, "US$66–72bn")
    assert back[3]["value"] == "2025-11-05"


def test_rows_of_a_measured_company_are_plain_too() -> None:
    """Everything the catalogue computes can be written as JSON, in the same order every time."""
    facts = [revenue(100.0), revenue(90.0, MARCH)]
    prices = steady(date(2025, 1, 2), DAY, 20.0)
    rows = ledger_rows(measured(facts, prices))
    assert json.loads(json.dumps(rows, allow_nan=False)) == rows
    assert rows == ledger_rows(measured(reversed(facts), prices))
