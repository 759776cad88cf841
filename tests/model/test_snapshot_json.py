"""A snapshot survives JSON without loss."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shipped import ROOT

from generator.model.fact import Fact, Source, Unit
from generator.model.period import Period
from generator.model.series import Series
from generator.model.snapshot import Company, Snapshot
from generator.model.snapshot_json import from_json, to_json
from generator.sources.seeds import SeedSource

DAY = date(2025, 10, 2)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.none() | NUMBERS | st.text() | st.dates() | st.just("2025-10-02") | st.integers(-(10**15), 10**15)
PERIODS = st.builds(Period, kind=st.sampled_from(["instant", "quarter", "plan"]), end=st.dates(), start=st.dates())
SOURCES = st.builds(
    Source, publisher=st.text(), title=st.text(), url=st.text(), published_on=st.dates(), licence=st.text()
)
FACTS = st.builds(
    Fact, id=st.text(), entity=st.text(), metric=st.text(), label=st.text(), value=VALUES,
    unit=st.sampled_from(Unit), period=PERIODS, as_of=st.dates(), published_on=st.dates(),
    currency=st.none() | st.text(), low=st.none() | NUMBERS, high=st.none() | NUMBERS,
    sources=st.lists(SOURCES, max_size=2).map(tuple), inputs=st.lists(st.text(), max_size=2).map(tuple),
    confirmed=st.booleans(), not_meaningful=st.booleans(), note=st.text(),
)  # fmt: skip
LINES = st.lists(st.tuples(st.dates(), NUMBERS), max_size=4).map(
    lambda rows: Series(
        entity="A", metric="m", label="l", unit=Unit.RATE,
        days=tuple(day for day, _ in rows), values=tuple(value for _, value in rows),
    )
)  # fmt: skip


def _snapshot(
    facts: tuple[Fact, ...] = (), rates: Mapping[str, Series] | None = None, notes: tuple[str, ...] = ()
) -> Snapshot:
    company = Company(
        ticker="A", name="n", short_name="s", exchange="e", mic="m", price_currency="USD", statement_currency="CNY",
        native_name="阿里巴巴", ads_ratio=8.0,
    )  # fmt: skip
    return Snapshot(ticker="A", until=DAY, company=company, facts=facts, rates=rates or {}, notes=notes)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    facts=st.lists(FACTS, max_size=3).map(tuple),
    rates=st.dictionaries(st.text(max_size=3), LINES, max_size=3),
    notes=st.lists(st.text(), max_size=2).map(tuple),
)
def test_what_is_read_back_is_what_was_written(
    facts: tuple[Fact, ...], rates: dict[str, Series], notes: tuple[str, ...]
) -> None:
    """Dates, texts that look like dates, ranges, order of the rates, and every letter."""
    snapshot = _snapshot(facts, rates, notes)
    again = from_json(to_json(snapshot))
    assert again == snapshot
    assert list(again.rates) == list(snapshot.rates)
    assert [type(fact.value) for fact in again.facts] == [type(fact.value) for fact in snapshot.facts]
    assert to_json(again) == to_json(snapshot)


@pytest.mark.parametrize("ticker", ["BABA", "AAPL", "SPY"])
def test_shipped_companies_survive(ticker: str) -> None:
    """With all their facts, prices and rates."""
    snapshot = SeedSource(ROOT / "seeds").collect(ticker, DAY)
    again = from_json(to_json(snapshot))
    assert again == snapshot
    assert again.digest == snapshot.digest


def test_a_changed_figure_changes_the_digest() -> None:
    """However small."""
    fact = SeedSource(ROOT / "seeds").collect("BABA", DAY).facts[0]
    other = replace(fact, note=f"{fact.note} ")
    assert _snapshot((fact,)).digest != _snapshot((other,)).digest


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"null", b'{"ticker": 1', b'{"ticker":"A","until":3}', b"\xff"])
def test_what_is_no_snapshot_is_refused(data: bytes) -> None:
    """As a ValueError, whatever it is."""
    with pytest.raises(ValueError):  # noqa: PT011 -- JSON, UTF-8 and our own
        from_json(data)
