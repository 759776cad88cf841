"""The desk: each kind of fact from the first source that has it; a failure is never hidden."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest
from stored import snapshot

from generator.errors import NoDataError, SourceFailedError, StaleError
from generator.model.fact import Fact, Unit
from generator.model.period import Period
from generator.model.snapshot import Snapshot
from generator.sources.desk import Desk

DAY = date(2025, 2, 24)
YEAR = Period(kind="fiscal_year", start=date(2024, 1, 1), end=date(2024, 12, 31))
ORDER = ("kpis", "edgar", "yahoo", "seeds")


@dataclass(frozen=True, kw_only=True)
class Says:
    """A source that always says the same."""

    said: Snapshot | Exception

    def collect(self, ticker: str, until: date) -> Snapshot:
        """Say it."""
        if isinstance(self.said, Exception):
            raise self.said
        return replace(self.said, ticker=ticker, until=until)


def fact(metric: str, value: float, who: str) -> Fact:
    return Fact(
        id=f"{who}-{metric}", entity="ACME", metric=metric, label=metric, value=value, unit=Unit.MONEY, currency="USD",
        period=YEAR, as_of=YEAR.end, published_on=DAY,
    )  # fmt: skip


def facts(*found: Fact) -> Snapshot:
    return Snapshot(ticker="ACME", until=DAY, facts=found)


def live(known: Snapshot, who: str) -> Snapshot:
    return replace(known, origins=(who,))


def desk(kinds: dict[str, tuple[str, ...]] | None = None, **said: Snapshot | Exception) -> Desk:
    return Desk(sources={name: Says(said=each) for name, each in said.items()}, order=ORDER, kinds=kinds or {})


def values(known: Snapshot) -> dict[str, object]:
    return {each.metric: each.value for each in known.facts}


YAHOO = live(replace(snapshot(close=20.0), facts=(fact("revenue", 2.0, "y"), fact("target_mean", 25.0, "y"))), "Yahoo")
EDGAR = live(facts(fact("revenue", 1.0, "e"), fact("equity", 5.0, "e")), "SEC")
SEEDS = replace(snapshot(close=10.0), facts=(fact("revenue", 9.0, "s"), fact("market_size", 7.0, "s")))
FAILED = SourceFailedError("Yahoo Finance", "prices of ACME", "answered 503")


def test_each_kind_comes_from_the_first_that_has_it() -> None:
    """Prices from Yahoo, statements from the SEC with Yahoo's as a witness, seeds for what nobody else has."""
    known = desk(yahoo=YAHOO, edgar=EDGAR, seeds=SEEDS).collect("ACME", DAY)
    assert known.prices is not None
    assert known.prices.values == (20.0,)
    assert values(known) == {
        "revenue": 1.0, "second_revenue": 2.0, "equity": 5.0, "target_mean": 25.0, "market_size": 7.0,
    }  # fmt: skip
    (origin,) = known.origins
    assert "statements from SEC" in origin
    assert "profile, prices, statements and consensus from Yahoo" in origin
    assert "other figures from the seeds" in origin


def test_a_kind_may_have_an_order_of_its_own() -> None:
    """One that is left out of it is not used."""
    known = desk({"statements": ("yahoo",), "prices": ("seeds", "yahoo")}, yahoo=YAHOO, edgar=EDGAR, seeds=SEEDS)
    found = known.collect("ACME", DAY)
    assert found.prices is not None
    assert found.prices.values == (10.0,)
    assert values(found) == {"revenue": 2.0, "target_mean": 25.0, "market_size": 7.0}


def test_the_desks_own_figures_always_count() -> None:
    """Beside those of every source."""
    own = facts(fact("revenue", 3.0, "own"), fact("capex_plan", 4.0, "own"))
    known = desk(kpis=own, seeds=SEEDS).collect("ACME", DAY)
    assert sorted(each.id for each in known.facts) == ["own-capex_plan", "own-revenue", "s-market_size", "s-revenue"]
    assert known.origins == ()


def test_another_source_stands_in_for_one_that_failed_and_the_notes_say_so() -> None:
    """Statements from Yahoo where the SEC did not answer."""
    failed = SourceFailedError("SEC EDGAR", "company facts of ACME", "answered 503")
    known = desk(yahoo=YAHOO, edgar=failed).collect("ACME", DAY)
    assert values(known)["revenue"] == 2.0
    said = "ACME: SEC EDGAR answered 503 when asked for company facts of ACME; other sources stand in for it"
    assert known.notes == (said,)


@pytest.mark.parametrize("error", [FAILED, StaleError("too old")])
def test_seeds_never_stand_in_for_prices_that_could_not_be_had(error: Exception) -> None:
    """They end on the day they were written down."""
    with pytest.raises(type(error)):
        desk(yahoo=error, seeds=SEEDS).collect("ACME", DAY)


def test_seeds_answer_where_nothing_was_ever_stored() -> None:
    """A store with nothing of the company by that day changes nothing."""
    nothing = NoDataError("nothing was stored")
    known = desk(yahoo=nothing, edgar=nothing, seeds=SEEDS).collect("ACME", DAY)
    assert known == desk(seeds=SEEDS).collect("ACME", DAY)
    assert (known.notes, known.origins) == ((), ())


def test_nobody_knows_the_ticker() -> None:
    """Each of them says so."""
    with pytest.raises(NoDataError, match=r"not here; nor here"):
        desk(yahoo=NoDataError("not here"), seeds=NoDataError("nor here")).collect("ACME", DAY)
