"""Point in time: what the shipped seeds say of Alibaba on two days of 2025, five weeks apart."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from shipped import ledger_of

from generator.model.ledger import Ledger
from generator.model.period import Period

THEN, NOW = date(2025, 8, 28), date(2025, 10, 2)


@pytest.fixture(scope="module")
def now() -> Ledger:
    """Return what was known on 2 October 2025."""
    return ledger_of("BABA", NOW)


@pytest.fixture(scope="module")
def then() -> Ledger:
    """Return what was known on 28 August 2025, the day before the June quarter was published."""
    return ledger_of("BABA", THEN)


def written(held: Ledger, metric: str, style: str = "", **which: str) -> str:
    """Return the newest figure of Alibaba as the page prints it, with plain spaces."""
    fact = held.latest("BABA", metric, **which)  # type: ignore[arg-type]
    return held.wording.write(fact, style).replace("\u00a0", " ")  # type: ignore[arg-type]


def test_price_and_year(now: Ledger) -> None:
    """The close of 2 October, and the change since the last close of 2024."""
    assert written(now, "price") == "US$189.34"
    assert written(now, "price_change", "signed", name="ytd") == "+123.3%"
    assert now.latest("BABA", "base_price", name="ytd").period.end == date(2024, 12, 31)


def test_cloud_growth_is_the_newest(now: Ledger) -> None:
    """26% for the quarter to June 2025, neither 13% nor 18%."""
    growth = now.latest("BABA", "segment_growth", name="Cloud Intelligence")
    assert (written(now, "segment_growth", name="Cloud Intelligence"), growth.period.label) == (
        "26%",
        "quarter to June 2025",
    )


def test_twelve_months_and_multiples(now: Ledger) -> None:
    """Revenue of 1,000.8bn, 21.9 times earnings and 3.13 times sales, the ADS and currency arithmetic with them."""
    assert written(now, "revenue", kind="ttm") == "RMB 1,000.8bn"
    assert written(now, "pe_ttm") == "21.9×"
    assert written(now, "ps_ttm") == "3.13×"
    pe, ps = (now.latest("BABA", key).arithmetic.replace("\u00a0", " ") for key in ("pe_ttm", "ps_ttm"))
    assert pe == "US$189.34 × 7.1328 ÷ RMB 61.64"
    assert ps == "US$439.1bn × 7.1328 ÷ RMB 1,000.8bn"


def test_free_cash_flow_has_no_percentage(now: Ledger) -> None:
    """An outflow of 18.8bn against an inflow of 17.4bn, and n/m between them."""
    newest, before = (
        now.at("BABA", "free_cash_flow_company", each.period)
        for each in now.current("BABA", "free_cash_flow_company", kind="quarter")
        if each.period.label in {"quarter to June 2025", "quarter to June 2024"}
    )
    flows = {now.wording.write(fact).replace("\u00a0", " ") for fact in (newest, before)}
    assert flows == {"−RMB 18.8bn", "RMB 17.4bn"}
    assert written(now, "fcf_company_growth", kind="quarter") == "n/m"


def test_the_press_claim_is_a_claim_below_the_price(now: Ledger) -> None:
    """169 is not confirmed, lies 10.7% below the price, and stands beside confirmed targets of houses."""
    claim = now.latest("BABA", "consensus_target_mean")
    assert not claim.confirmed
    assert written(now, "consensus_target_mean") == "US$169"
    assert written(now, "upside", "signed", name="consensus_target_mean") == "−10.7%"
    houses = {fact.name for fact in now.current("BABA", "house_target") if fact.confirmed}
    assert houses >= {"Barclays", "Morgan Stanley", "JPMorgan"}


def test_the_plan_beside_those_of_rivals(now: Ledger) -> None:
    """380bn yuan, 53bn dollars, 17.7bn a year, beside 85bn a year of Alphabet, not 75."""
    assert written(now, "capex_plan") == "RMB 380bn"
    assert written(now, "plan_converted") == "US$53.0bn"
    assert written(now, "plan_per_year_converted") == "US$17.7bn"
    alphabet = now.latest("GOOGL", "plan_per_year_converted")
    assert now.wording.write(alphabet) == "US$85.0bn"
    assert [fact.number for fact in now.superseded("GOOGL", "capex_plan")] == [75e9]


def test_market_shares_with_their_quarter(now: Ledger) -> None:
    """Shares of 30, 20, 13 and 4% belong to the quarter to June 2025."""
    shares = {entity: now.latest(entity, "market_share") for entity in ("AMZN", "MSFT", "GOOGL", "BABA")}
    assert [now.wording.write(share) for share in shares.values()] == ["30%", "20%", "13%", "4%"]
    assert {share.period.label for share in shares.values()} == {"quarter to June 2025"}


@pytest.mark.parametrize("day", [THEN, NOW])
def test_nothing_is_known_before_it_was_published(day: date) -> None:
    """No fact, no close and no rate in the ledger is younger than the brief."""
    held = ledger_of("BABA", day)
    assert [fact.id for fact in held.facts.values() if fact.published_on > day] == []
    assert [key for key, line in held.series.items() if line.days and line.days[-1] > day] == []


def test_every_input_is_there(now: Ledger) -> None:
    """Whatever a figure was computed from can be looked up in the same ledger."""
    computed = [fact for fact in now.facts.values() if fact.inputs]
    assert len(computed) > 1000
    assert [fact.id for fact in computed if fact.known and not all(key in now.facts for key in fact.inputs)] == []


def test_every_stated_figure_has_a_source(now: Ledger) -> None:
    """A number without a publisher is not in the ledger."""
    assert [fact.id for fact in now.facts.values() if fact.known and not fact.sources] == []


def test_no_reason_is_a_programs_word(now: Ledger) -> None:
    """Reasons, labels and notes are words for a reader: no key with underscores, no None, no nan."""
    for fact in now.facts.values():
        if fact.known and not fact.reason:
            continue
        assert fact.reason, fact.id
        assert "_" not in fact.reason, fact.reason
        assert "None" not in fact.reason, fact.reason


def test_the_day_before_the_release(then: Ledger) -> None:
    """On 28 August the newest cloud growth is 18%, twelve months end in March, the rate is of 22 August."""
    assert written(then, "segment_growth", name="Cloud Intelligence") == "18%"
    assert then.latest("BABA", "revenue", kind="ttm").period.end == date(2025, 3, 31)
    assert "26%" not in {then.wording.write(fact) for fact in then.all("BABA", "segment_growth")}
    rate = then.latest("BABA", "exchange_rate")
    assert rate.period.end == date(2025, 8, 22)


def test_the_record_of_the_multiple_does_not_look_ahead(now: Ledger) -> None:
    """Until 28 August 2025 the record stands on twelve months to March, from the release on, on those to June."""
    line, rates = now.line("BABA", "earnings_per_security"), now.line("BABA", "rate_CNY")
    assert line is not None
    assert rates is not None
    earned, rate = (dict(zip(each.days, each.values, strict=True)) for each in (line, rates))
    for day, last in ((THEN, date(2025, 3, 31)), (date(2025, 8, 29), date(2025, 6, 30))):
        period = Period(kind="ttm", start=last.replace(year=2024) + timedelta(1), end=last)
        income, count = now.at("BABA", "net_income_attributable", period), now.latest("BABA", "securities")
        assert earned[day] * rate[day] * (count.number or 0.0) == pytest.approx(income.number)
