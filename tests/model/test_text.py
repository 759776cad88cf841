"""Text, series and snapshots: prose made of facts, histories cut to a day, what several sources know as one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from invented_facts import DAY, HOME, closes, fact, q, rates, source, steady

from generator.model.snapshot import Snapshot, joined
from generator.model.text import Figure, Strong, facts_in, join, listed, say, sources_in

ONE, TWO = fact("revenue", 1e9, q(2025, 6)), fact("revenue", 2e9, q(2025, 3), sources=(source("Paper"),))


def test_a_sentence_holds_its_facts_in_their_styles() -> None:
    """Each named place becomes the fact in the style after its colon; strings are words."""
    said = say("Up {gain:signed} in {year}.", gain=ONE, year="2025")
    assert said == ("Up ", Figure(fact=ONE, style="signed"), " in ", "2025", ".")


def test_a_sentence_can_be_put_into_another() -> None:
    """A text in a place is put in as it stands, bold words and figures alike."""
    inner = (Strong(words="More: "), *say("{x}", x=ONE))
    assert say("{inner}!", inner=inner) == (*inner, "!")


def test_a_place_without_a_fact_is_a_mistake() -> None:
    """A template never prints an unfilled place."""
    with pytest.raises(KeyError):
        say("Up {gain}.", loss=ONE)


def test_texts_are_joined_and_listed() -> None:
    """Empty texts leave no double space, and a list reads "a, b and c"."""
    a, b, c = (("a",), ("b",), ("c",))
    assert "".join(str(run) for run in join(a, (), b)) == "a b"
    assert "".join(str(run) for run in listed([a, b, c])) == "a, b and c"
    assert "".join(str(run) for run in listed([a, b])) == "a and b"
    assert listed([a]) == a
    assert listed([]) == ()


def test_sources_come_in_order_of_first_use() -> None:
    """The numbers of sources follow the prose, each source once."""
    said = say("{a}, {b} and {c}", a=TWO, b=ONE, c=TWO)
    assert facts_in(said) == (TWO, ONE, TWO)
    assert [each.publisher for each in sources_in(said)] == ["Paper", "Wire"]


def test_a_series_is_cut_from_a_day_on() -> None:
    """The first session on or after the day is the first that is kept; the rest of the line stays."""
    line = closes({date(2025, 1, 2): 1.0, date(2025, 1, 3): 2.0, date(2025, 1, 6): 3.0})
    assert line.since(date(2025, 1, 4)).values == (3.0,)
    assert line.since(date(2025, 1, 3)).days == (date(2025, 1, 3), date(2025, 1, 6))
    assert line.since(date(2025, 2, 1)).values == ()
    assert line.since(date(2024, 1, 1)) == line


def test_the_first_source_that_knows_is_asked() -> None:
    """Profile and prices come from the first source that has them, facts and notes from all."""
    desk = Snapshot(ticker="HOM", until=DAY, facts=(ONE,), rates=rates({DAY: 7.0}), notes=("desk",))
    vendor = Snapshot(
        ticker="HOM",
        until=DAY,
        company=HOME,
        prices=closes(steady(DAY, DAY, 5.0)),
        rates=rates({DAY: 8.0}) | rates({DAY: 150.0}, "JPY"),
        facts=(TWO,),
        notes=("vendor",),
    )
    both = joined([desk, vendor])
    assert both.company is HOME
    assert both.prices is vendor.prices
    assert both.rates["CNY"].values == (7.0,)
    assert both.rates["JPY"].values == (150.0,)
    assert both.facts == (ONE, TWO)
    assert both.notes == ("desk", "vendor")


def test_equal_snapshots_have_equal_digests() -> None:
    """A digest changes with any figure, and with nothing else."""
    snapshot = Snapshot(ticker="HOM", until=DAY, company=HOME, facts=(ONE,))
    same = Snapshot(ticker="HOM", until=DAY, company=replace(HOME), facts=(replace(ONE),))
    other = replace(snapshot, facts=(replace(ONE, value=1e9 + 1),))
    assert snapshot.digest == same.digest
    assert snapshot.digest != other.digest


def test_a_listing_is_named_by_its_exchange_and_security() -> None:
    """The page prints "NYSE: HOM", and "ADS" only where one stands for ordinary shares."""
    assert HOME.listing == "NYSE: HOM"
    assert HOME.security == "share"
    assert replace(HOME, ads_ratio=8.0).security == "ADS"
