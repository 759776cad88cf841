"""What prices say: windows, returns, extremes and risk, on invented closes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from invented_facts import DAY, closes, company, measured, sessions, source, steady

from generator.model.fact import Unit
from generator.model.ledger import Ledger
from generator.model.series import Series
from generator.model.snapshot import Snapshot

START = date(2024, 1, 2)


def prices_with(changes: dict[date, float], *, base: float = 100.0, start: date = START) -> dict[date, float]:
    """Return weekdays at one price that changes for good on the given days."""
    held, price = {}, base
    for day in sessions(start, DAY):
        price = changes.get(day, price)
        held[day] = price
    return held


def benchmark(prices: dict[date, float], until: date = DAY) -> Snapshot:
    """Return the benchmark with a history of its own."""
    return Snapshot(ticker="MKT", until=until, company=company("MKT"), prices=closes(prices, entity="MKT"))


def dividends(by_day: dict[date, float], currency: str = "USD") -> Series:
    """Return cash per share by ex-date."""
    return Series(
        entity="HOM", metric="dividends", label="dividends", days=tuple(by_day), values=tuple(by_day.values()),
        unit=Unit.PER_SHARE, currency=currency, sources=(source("Registrar"),),
    )  # fmt: skip


def change(held: Ledger, window: str, metric: str = "price_change") -> float | None:
    """Return a change over a window."""
    return held.latest("HOM", metric, name=window).number


def test_the_year_starts_from_the_last_close_of_the_year_before() -> None:
    """80.4 at the end of 2024 and 100 on the first day of 2025: at 120.6 the year stands at +50%, not at +20%."""
    held = measured((), prices_with({date(2024, 12, 2): 80.4, date(2025, 1, 1): 100.0, date(2025, 9, 1): 120.6}))
    year = held.latest("HOM", "price_change", name="ytd")
    assert year.number == pytest.approx(0.5)
    assert (year.period.start, year.period.end) == (date(2024, 12, 31), DAY)
    assert year.arithmetic == "US$120.60 ÷ US$80.40 − 1"
    assert held.latest("HOM", "rebased_end").number == pytest.approx(150.0)
    line = held.line("HOM", "rebased_ytd")
    assert line is not None
    assert (line.days[0], line.values[0]) == (date(2024, 12, 31), 100.0)
    assert line.values[-1] == pytest.approx(150.0)


def test_every_window_has_its_own_start() -> None:
    """Price rises by ten each month: the windows look back a week, one, three and six months, and a year."""
    rises = {date(2025, month, 1): 100.0 + 10 * month for month in range(1, 10)} | {date(2025, 6, 2): 160.0}
    held = measured((), prices_with(rises, base=100.0))
    last = 190.0
    assert change(held, "1w") == pytest.approx(0.0)
    assert change(held, "1m") == pytest.approx(0.0)
    assert change(held, "3m") == pytest.approx(last / 170 - 1)
    assert change(held, "6m") == pytest.approx(last / 140 - 1)
    assert change(held, "1y") == pytest.approx(0.9)
    assert change(held, "3y") is None


def test_a_history_too_short_gives_no_window() -> None:
    """Prices since August know a week and a month; for the year nothing is shown, and no risk is measured."""
    held = measured((), prices_with({}, start=date(2025, 8, 4)))
    assert change(held, "1m") == 0.0
    assert change(held, "ytd") is None
    assert change(held, "3m") is None
    volatility = held.latest("HOM", "volatility")
    assert not volatility.known
    assert volatility.reason.replace("\u00a0", " ") == "prices of Hom are held only since 4 August 2025"
    assert "4\u00a0August" in held.latest("HOM", "high_52w").note


def test_half_a_year_of_prices_is_no_year_of_risk() -> None:
    """Volatility, value at risk, beta and correlation of one year need one year."""
    swing = {day: 100.0 + i % 3 for i, day in enumerate(sessions(date(2025, 3, 3), DAY))}
    market = benchmark({day: 100.0 + i % 5 for i, day in enumerate(sessions(START, DAY))})
    held = measured((), swing, others=[market])
    for metric in ("volatility", "value_at_risk", "beta", "correlation"):
        assert not held.latest("HOM", metric).known, metric
    assert held.latest("MKT", "volatility").known


def test_a_stale_base_is_no_base() -> None:
    """A close of a fortnight before the window's start does not open the window."""
    held = measured((), {date(2024, 12, 10): 50.0, date(2025, 2, 3): 100.0, DAY: 110.0})
    assert change(held, "ytd") is None


def test_dividends_are_reinvested() -> None:
    """100 with a dividend of 5 at a close of 100 is +5% though the price has not moved; its source is named."""
    held = measured((), prices_with({}), dividends=dividends({date(2025, 6, 2): 5.0}))
    assert change(held, "ytd") == 0.0
    assert change(held, "ytd", "total_return") == pytest.approx(0.05)
    assert change(held, "1m", "total_return") == pytest.approx(0.0)
    yielded = held.latest("HOM", "dividend_yield")
    assert yielded.number == pytest.approx(0.05)
    for fact in (yielded, held.latest("HOM", "total_return", name="ytd")):
        assert [each.publisher for each in fact.sources] == ["Exchange", "Registrar"]


def test_dividends_older_than_a_year_are_not_in_the_yield() -> None:
    """An ex-date of a year and a day ago counts no more, one of today a year ago neither, the day after does."""
    paid = {DAY - timedelta(366): 1.0, date(2024, 10, 2): 2.0, date(2024, 10, 3): 4.0}
    assert measured((), prices_with({}), dividends=dividends(paid)).latest("HOM", "dividend_yield").number == 0.04


def test_dividends_in_another_currency_are_not_added_to_the_price() -> None:
    """Cash in yuan neither makes a yield on a dollar price nor a total return."""
    held = measured((), prices_with({}), dividends=dividends({date(2025, 6, 2): 5.0}, "CNY"))
    assert held.latest("HOM", "dividend_yield").reason == "dividends are paid in CNY, the price is in USD"
    assert change(held, "ytd", "total_return") is None


def test_without_dividends_known_there_is_no_total_return() -> None:
    """A history of prices alone does not tell whether dividends were paid."""
    assert change(measured((), prices_with({})), "ytd", "total_return") is None


def test_the_benchmark_is_subtracted() -> None:
    """+50% against a market of +20% is 30 points more; against a falling one the minus stands in parentheses."""
    own = prices_with({date(2025, 3, 3): 150.0})
    better = measured((), own, others=[benchmark(prices_with({date(2025, 3, 3): 120.0}))])
    assert change(better, "ytd", "excess_return") == pytest.approx(0.3)
    worse = measured((), own, others=[benchmark(prices_with({date(2025, 3, 3): 90.0}))])
    assert worse.latest("HOM", "excess_return", name="ytd").arithmetic == "50.0% − (−10.0%)"
    assert not worse.latest("MKT", "excess_return").known


def test_a_benchmark_that_stops_early_is_not_compared() -> None:
    """A market whose prices end in June does not measure a year that ends in October."""
    short = {day: price for day, price in prices_with({}).items() if day < date(2025, 6, 30)}
    assert change(measured((), prices_with({}), others=[benchmark(short)]), "ytd", "excess_return") is None


def test_extremes_of_fifty_two_weeks() -> None:
    """The high of 140 in March and the low of 90 in May count, the 300 of two years ago does not."""
    held = measured(
        (), prices_with({date(2024, 2, 1): 300.0, date(2024, 3, 1): 100.0, date(2025, 3, 3): 140.0,
                         date(2025, 5, 1): 90.0, date(2025, 6, 2): 126.0})
    )  # fmt: skip
    high, low = held.latest("HOM", "high_52w"), held.latest("HOM", "low_52w")
    assert (high.number, high.period.end) == (140.0, date(2025, 3, 3))
    assert (low.number, low.period.end) == (90.0, date(2025, 5, 1))
    assert held.latest("HOM", "from_high").number == pytest.approx(-0.1)
    assert high.note == ""


def test_the_deepest_fall_has_its_days() -> None:
    """From 200 in February to 80 in May is −60%; at 120 the price stands 40% under its highest close."""
    peak, trough = date(2025, 2, 3), date(2025, 5, 1)
    held = measured((), prices_with({peak: 200.0, date(2025, 2, 4): 150.0, trough: 80.0, date(2025, 6, 2): 120.0}))
    deepest, now = held.latest("HOM", "max_drawdown"), held.latest("HOM", "drawdown")
    assert deepest.number == pytest.approx(-0.6)
    assert (deepest.period.start, deepest.period.end) == (peak, trough)
    assert now.number == pytest.approx(-0.4)
    assert now.period.start == peak
    line = held.line("HOM", "drawdown")
    assert line is not None
    assert line.values[-1] == pytest.approx(-0.4)


def test_beta_and_correlation_against_the_market_and_peers() -> None:
    """A share that moves twice as much as the market has a beta of two and is correlated with it."""
    days = sessions(START, DAY)
    steps = [1 if i % 2 else -1 for i in range(len(days))]
    market = {day: 100.0 * (1.01 if step > 0 else 1.0) for day, step in zip(days, steps, strict=True)}
    own = {day: 100.0 * (1.02 if step > 0 else 1.0) for day, step in zip(days, steps, strict=True)}
    held = measured((), own, others=[benchmark(market)])
    assert held.latest("HOM", "beta", name="MKT").number == pytest.approx(2.0, abs=0.02)
    assert held.latest("HOM", "correlation", name="MKT").number == pytest.approx(1.0, abs=0.001)
    assert held.latest("MKT", "beta").reason


def test_a_market_that_does_not_move_gives_no_beta() -> None:
    """A flat benchmark makes beta n/m with a reason, and breaks nothing."""
    moving = {day: 100.0 + i % 2 for i, day in enumerate(sessions(START, DAY))}
    beta = measured((), moving, others=[benchmark(prices_with({}))]).latest("HOM", "beta")
    assert beta.not_meaningful
    assert beta.reason == "the benchmark did not move"


def test_the_last_close_stands_on_its_own_day() -> None:
    """A brief of a Sunday prints Friday's close with Friday's date."""
    held = measured((), steady(START, date(2025, 10, 3), 7.0), until=date(2025, 10, 5))
    price = held.latest("HOM", "price")
    assert (price.number, price.period.end, price.published_on) == (7.0, date(2025, 10, 3), date(2025, 10, 3))


def test_a_company_without_prices() -> None:
    """Nothing is computed from prices nobody gave, and the reason names the close."""
    held = measured(())
    for metric in ("price", "price_change", "volatility", "market_value", "from_high", "pe_ttm"):
        missing = held.latest("HOM", metric)
        assert not missing.known, metric
        assert missing.reason == "no source gives close for Hom", metric
