"""Two sources of statements about one company: one leads, the other is a witness, and the listing is never guessed."""

from __future__ import annotations

from datetime import date

import pytest

from generator.model.fact import Fact, Unit
from generator.model.joining import with_second
from generator.model.period import Period
from generator.model.snapshot import Company, Snapshot

DAY = date(2025, 2, 24)
COMPANY = Company(
    ticker="ACME", name="Acme Corporation", short_name="Acme", exchange="NYSE", mic="XNYS", price_currency="USD",
    statement_currency="USD",
)  # fmt: skip


def year(end: date) -> Period:
    return Period(kind="fiscal_year", start=date(end.year - 1, end.month, 1), end=end)


def fact(metric: str, value: float, period: Period, *, who: str = "a", unit: Unit = Unit.MONEY) -> Fact:
    return Fact(
        id=f"{who}-{metric}-{period.code}", entity="ACME", metric=metric, label=metric, value=value, unit=unit,
        period=period, as_of=period.end, published_on=DAY, currency="USD" if unit is Unit.MONEY else None,
    )  # fmt: skip


def count(metric: str, value: float, who: str) -> Fact:
    return fact(metric, value, Period.instant(date(2024, 12, 31)), who=who, unit=Unit.SHARES)


def snapshot(*facts: Fact, company: Company | None = None) -> Snapshot:
    return Snapshot(ticker="ACME", until=DAY, facts=facts, company=company)


def stated(both: Snapshot) -> dict[str, float | None]:
    return {each.metric: each.number for each in both.facts}


def test_the_first_source_leads_and_the_second_is_a_witness() -> None:
    end = date(2024, 12, 31)
    both = with_second(
        snapshot(fact("revenue", 100.0, year(end))), snapshot(fact("revenue", 101.0, year(end), who="b"))
    )
    assert stated(both) == {"revenue": 100.0, "second_revenue": 101.0}


def test_what_the_first_lacks_comes_from_the_second_under_the_firsts_period() -> None:
    first = snapshot(fact("revenue", 100.0, year(date(2024, 9, 30))))
    second = snapshot(fact("equity_raised", 7.0, year(date(2024, 9, 28)), who="b"))
    [_, added] = with_second(first, second).facts
    assert (added.value, added.period.end) == (7.0, date(2024, 9, 30))
    assert "period to 2024-09-28 in the filing" in added.note


def test_a_first_source_that_stopped_long_ago_gives_way() -> None:
    first = snapshot(fact("revenue", 100.0, year(date(2023, 12, 31))))
    second = snapshot(fact("revenue", 140.0, year(date(2024, 12, 31)), who="b"))
    assert stated(with_second(first, second)) == {"second_revenue": 100.0, "revenue": 140.0}


def test_the_ads_ratio_of_a_filing_reaches_the_profile() -> None:
    first = snapshot(count("vendor_shares", 2.4e9, "a"), company=COMPANY)
    ratio = fact("ads_ratio", 8.0, Period.instant(DAY), who="b", unit=Unit.NUMBER)
    both = with_second(first, snapshot(count("shares_outstanding", 19.1e9, "b"), ratio))
    assert both.company is not None
    assert both.company.ads_ratio == 8.0
    assert stated(both)["shares_outstanding"] == 19.1e9


@pytest.mark.parametrize("turned", [False, True])
def test_counts_on_the_wrong_side_of_a_split_never_meet_the_price(turned: bool) -> None:  # noqa: FBT001
    """Ten for one after the last filing: the count filed is a tenth of the one quoted."""
    vendor = snapshot(count("vendor_shares", 24.5e9, "a"), company=COMPANY)
    eps = fact("diluted_eps", 11.0, year(date(2024, 1, 28)), who="b", unit=Unit.PER_SHARE)
    filer = snapshot(count("shares_outstanding", 2.46e9, "b"), eps, fact("revenue", 5.0, year(DAY), who="b"))
    both = with_second(filer, vendor) if turned else with_second(vendor, filer)
    assert stated(both) == {"vendor_shares": 24.5e9, "revenue": 5.0}
    assert any("is not that of the securities quoted" in note for note in both.notes)


def test_a_foreign_filers_counts_are_used_once_they_are_those_of_the_listing() -> None:
    vendor = snapshot(count("vendor_shares", 204e6, "a"), company=COMPANY)
    eps = fact("ordinary_diluted_eps", 5.5, year(date(2024, 12, 31)), who="b", unit=Unit.PER_SHARE)
    same = with_second(vendor, snapshot(count("ordinary_shares_outstanding", 203e6, "b"), eps))
    assert stated(same) == {"vendor_shares": 204e6, "shares_outstanding": 203e6, "diluted_eps": 5.5}
    other = with_second(vendor, snapshot(count("ordinary_shares_outstanding", 1632e6, "b"), eps))
    assert stated(other) == {"vendor_shares": 204e6}


def test_counts_that_nobody_can_compare_wait() -> None:
    both = with_second(snapshot(company=COMPANY), snapshot(count("ordinary_shares_outstanding", 203e6, "b")))
    assert stated(both) == {"ordinary_shares_outstanding": 203e6}
