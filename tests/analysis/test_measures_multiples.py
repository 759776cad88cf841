"""Multiples on numbers worked by hand, with their currency and ADS arithmetic."""

from __future__ import annotations

from datetime import date

import pytest
from invented_facts import ADS, DAY, company, fact, measured, months, q, rates

from generator.model.fact import Fact, Unit
from generator.model.ledger import Ledger

QUARTERS = [q(2024, 9), q(2024, 12), q(2025, 3), q(2025, 6)]
PRICE = {DAY: 189.34}
RATE = rates({date(2024, 12, 31): 7.2993, date(2025, 9, 26): 7.1328})
COUNT = fact("shares_outstanding", 18_552e6, date(2025, 6, 30), entity="ADR", unit=Unit.SHARES, currency=None)
SHEET = date(2025, 3, 31)


def abroad(metric: str, values: list[float], unit: Unit = Unit.MONEY, currency: str = "CNY") -> list[Fact]:
    """Return the last four quarters of the company that lists ADSs."""
    return [
        fact(metric, value, period, entity="ADR", unit=unit, currency=currency)
        for value, period in zip(values, QUARTERS, strict=True)
    ]


EPS = abroad("diluted_eps", [18.1, 20.39, 5.17, 17.98], Unit.PER_ADS)
REVENUE = abroad("revenue", [236.503e9, 280.154e9, 236.454e9, 247.652e9])
BALANCE = [
    fact(key, value, SHEET, entity="ADR", currency="CNY")
    for key, value in {"total_debt": 230.703e9, "cash_and_investments": 374.313e9, "equity": 1_000e9}.items()
]


def of_ads(*facts: Fact, held_rates: object = RATE) -> Ledger:
    """Return the measured ledger of the company that lists ADSs at 189.34 dollars."""
    return measured([COUNT, *facts], PRICE, of=ADS, rates=held_rates)


def of_home(*facts: Fact, price: float = 50.0) -> Ledger:
    """Return the measured ledger of a company with one currency and a billion shares."""
    count = fact("shares_outstanding", 1e9, date(2025, 6, 30), unit=Unit.SHARES, currency=None)
    return measured([count, *facts], {DAY: price})


def year(metric: str, value: float, **changes: object) -> Fact:
    """Return twelve months to June 2025 of a company at home."""
    return fact(metric, value, months("fiscal_year", 2025, 6), **changes)


def test_price_to_earnings_per_ads() -> None:
    """189.34 × 7.1328 ÷ (18.10 + 20.39 + 5.17 + 17.98 = 61.64) is 21.91, and the page shows it so."""
    pe = of_ads(*EPS).latest("ADR", "pe_ttm")
    assert pe.number == pytest.approx(21.90987, abs=1e-5)
    assert pe.arithmetic.replace("\u00a0", " ") == "US$189.34 × 7.1328 ÷ RMB 61.64"
    assert pe.period.end == DAY


def test_the_count_of_ads_and_price_to_sales() -> None:
    """18,552m ordinary ÷ 8 is 2,319m ADSs, worth 439.1bn: × 7.1328 ÷ 1,000.8bn is 3.13."""
    held = of_ads(*REVENUE)
    count, value, ps = (held.latest("ADR", key) for key in ("securities", "market_value", "ps_ttm"))
    assert count.number == 2_319e6
    assert count.arithmetic == "18,552m ÷ 8"
    assert count.note.replace("\u00a0", " ") == "shares outstanding, 30 June 2025"
    assert value.number == pytest.approx(439.07946e9)
    assert value.currency == "USD"
    assert ps.number == pytest.approx(3.12948, abs=1e-5)
    assert ps.arithmetic.replace("\u00a0", " ") == "US$439.1bn × 7.1328 ÷ RMB 1,000.8bn"


def test_earnings_per_ordinary_share_are_brought_to_the_ads() -> None:
    """7.705 per ordinary share is 61.64 per ADS: the same multiple, with the ratio in its arithmetic."""
    ordinary = abroad("diluted_eps", [each / 8 for each in (18.1, 20.39, 5.17, 17.98)], Unit.PER_SHARE)
    pe = of_ads(*ordinary).latest("ADR", "pe_ttm")
    assert pe.number == pytest.approx(21.90987, abs=1e-5)
    assert pe.arithmetic.startswith("US$189.34 × 7.1328 ÷ (RMB")
    assert pe.arithmetic.endswith("× 8)")


def test_enterprise_value_in_the_currency_of_the_statements() -> None:
    """439.07946bn × 7.1328 + 230.703bn − 374.313bn = 2,988.256bn yuan, 2.99 times sales."""
    held = of_ads(*REVENUE, *BALANCE)
    value = held.latest("ADR", "enterprise_value")
    assert value.number == pytest.approx(2_988.256e9, rel=1e-6)
    assert value.currency == "CNY"
    assert held.latest("ADR", "ev_sales").number == pytest.approx(2_988.256 / 1_000.763, rel=1e-6)
    assert held.latest("ADR", "pb").number == pytest.approx(3.1318660, rel=1e-6)


def test_enterprise_value_never_mixes_the_currencies_of_debt_and_cash() -> None:
    """Debt in dollars beside cash in yuan gives no enterprise value, and no multiple of it."""
    mixed = [BALANCE[1], fact("total_debt", 30e9, SHEET, entity="ADR")]
    held = of_ads(*REVENUE, *mixed)
    value = held.latest("ADR", "enterprise_value")
    assert value.reason == "CNY and USD cannot be mixed without a dated rate"
    assert not held.latest("ADR", "ev_sales").known


def test_enterprise_value_of_statements_in_the_currency_of_the_price() -> None:
    """Debt and cash in dollars need no rate, and the value is in dollars, whatever the profile says."""
    dollars = [
        fact(key, value, SHEET, entity="ADR") for key, value in (("total_debt", 30e9), ("cash_and_investments", 52e9))
    ]
    value = of_ads(*dollars).latest("ADR", "enterprise_value")
    assert value.number == pytest.approx(417.07946e9)
    assert value.currency == "USD"


def test_free_cash_flow_yield() -> None:
    """150.545bn less 112.742bn is 37.803bn over 439.07946bn × 7.1328: 1.2%."""
    flow = abroad("operating_cash_flow", [31.4e9, 70.9e9, 27.5e9, 20.745e9])
    capex = abroad("capital_expenditure", [17.5e9, 31.8e9, 24.8e9, 38.642e9])
    held = of_ads(*flow, *capex)
    yielded = held.latest("ADR", "fcf_yield")
    assert yielded.number == pytest.approx(37.803 / (439.07946 * 7.1328), rel=1e-6)
    assert yielded.arithmetic.replace("\u00a0", " ") == "RMB 37.8bn ÷ (US$439.1bn × 7.1328)"


def test_without_a_rate_there_is_no_ratio() -> None:
    """Yuan are never divided into dollars as they stand: n/a, and the reason names the rate."""
    held = of_ads(*EPS, *REVENUE, *BALANCE, held_rates={})
    for metric in ("pe_ttm", "ps_ttm", "pb", "enterprise_value", "ev_sales"):
        missing = held.latest("ADR", metric)
        assert not missing.known, metric
        assert missing.reason == "no source gives exchange rate for Abroad", metric
        assert missing.arithmetic == "", metric
    assert held.latest("ADR", "converted", name="revenue").reason


def test_a_third_currency_is_not_translated_at_the_wrong_rate() -> None:
    """Earnings in Hong Kong dollars meet neither the dollar price nor the rate of the yuan."""
    pe = of_ads(*abroad("diluted_eps", [5.0] * 4, Unit.PER_ADS, "HKD")).latest("ADR", "pe_ttm")
    assert pe.reason == "HKD and USD cannot be mixed without a dated rate"


def test_one_currency_uses_no_rate() -> None:
    """At home, 50 ÷ 2.50 is 20 times earnings though rates of the day are held."""
    eps = year("diluted_eps", 2.5, unit=Unit.PER_SHARE)
    held = measured([eps], {DAY: 50.0}, rates=RATE)
    pe = held.latest("HOM", "pe_ttm")
    assert pe.number == 20.0
    assert pe.arithmetic == "US$50.00 ÷ US$2.50"
    assert not held.latest("HOM", "exchange_rate").known


def test_a_forward_estimate_in_the_currency_of_the_price() -> None:
    """189.34 ÷ 9.87 dollars is 19.2; against 21.9 trailing it takes growth of 14.2% for granted."""
    estimate = fact("forward_eps", 9.87, DAY, entity="ADR", unit=Unit.PER_ADS)
    held = of_ads(*EPS, estimate)
    assert held.latest("ADR", "pe_forward").number == pytest.approx(19.18338, abs=1e-5)
    assert held.latest("ADR", "pe_forward").arithmetic == "US$189.34 ÷ US$9.87"
    assert held.latest("ADR", "implied_growth").number == pytest.approx(21.90987 / 19.18338 - 1, abs=1e-5)


def test_the_rate_is_the_last_one_published() -> None:
    """The rate of the day of the brief is the newest held by then; the year's base has its own."""
    prices = {date(2024, 12, 31): 84.79, DAY: 189.34}
    held = measured([COUNT], prices, of=ADS, rates=RATE)
    now, base = held.latest("ADR", "exchange_rate"), held.latest("ADR", "exchange_rate_at_base")
    assert (now.number, now.period.end, now.name) == (7.1328, date(2025, 9, 26), "CNY per USD")
    assert (base.number, base.period.end) == (7.2993, date(2024, 12, 31))


@pytest.mark.parametrize(
    ("stated", "expected", "note"),
    [
        ({"shares_outstanding": 8e9, "diluted_shares": 9e9, "vendor_shares": 2e9}, 1e9, "shares outstanding"),
        ({"diluted_shares": 9.6e9, "vendor_shares": 2e9}, 1.2e9, "diluted average shares"),
        ({"vendor_shares": 2e9}, 2e9, "share count as a vendor prints it"),
    ],
)
def test_the_company_counts_before_its_vendors(stated: dict[str, float], expected: float, note: str) -> None:
    """Shares outstanding as the company states them, then the diluted average, a vendor's count of ADSs last."""
    facts = [fact(key, n, SHEET, entity="ADR", unit=Unit.SHARES, currency=None) for key, n in stated.items()]
    count = measured(facts, PRICE, of=ADS).latest("ADR", "securities")
    assert count.number == expected
    assert count.note.startswith(note)


def test_a_count_of_ads_is_not_divided_again() -> None:
    """2,319 million ADSs as published are 2,319 million ADSs."""
    ads = fact(
        "shares_outstanding", 2.319e9, date(2025, 6, 30), entity="ADR", unit=Unit.SHARES, currency=None, name="ADS"
    )
    assert measured([ads], PRICE, of=ADS).latest("ADR", "securities").number == 2.319e9


def test_a_count_nobody_gives() -> None:
    """Without a count there is no market value, and the reason is the count."""
    held = measured(EPS, PRICE, of=ADS)
    assert held.latest("ADR", "market_value").reason == "no source gives shares outstanding for Abroad"


@pytest.mark.parametrize(
    ("metric", "key", "unit"),
    [("pe_ttm", "diluted_eps", Unit.PER_SHARE), ("ps_ttm", "revenue", Unit.MONEY), ("ev_sales", "revenue", Unit.MONEY)],
)
def test_a_multiple_of_a_loss_means_nothing(metric: str, key: str, unit: Unit) -> None:
    """n/m with the reason, never a negative multiple, never zero."""
    sheet = [fact("total_debt", 1e9, SHEET), fact("cash_and_investments", 2e9, SHEET)]
    figure = of_home(year(key, -2.0, unit=unit), *sheet).latest("HOM", metric)
    assert figure.not_meaningful
    assert figure.value is None
    assert "negative" in figure.reason


def test_what_follows_from_a_meaningless_multiple_means_nothing_either() -> None:
    """PEG and the growth implied by a P/E without meaning are n/m for the same reason."""
    before = fact("diluted_eps", 1.0, months("fiscal_year", 2024, 6), unit=Unit.PER_SHARE)
    estimate = fact("forward_eps", 2.0, DAY, unit=Unit.PER_SHARE)
    held = of_home(year("diluted_eps", -2.0, unit=Unit.PER_SHARE), before, estimate)
    for metric in ("peg", "implied_growth"):
        assert held.latest("HOM", metric).not_meaningful, metric
        assert held.latest("HOM", metric).reason == "earnings are negative", metric


def test_peg_is_over_the_growth_of_the_same_months() -> None:
    """P/E 20 over growth of 25% is 0.8; growth of an earlier year does not stand in."""
    eps = {2023: 1.6, 2024: 2.0, 2025: 2.5}
    facts = [fact("diluted_eps", v, months("fiscal_year", y, 3), unit=Unit.PER_SHARE) for y, v in eps.items()]
    assert of_home(*facts).latest("HOM", "peg").number == pytest.approx(0.8)
    newer = [fact("diluted_eps", 0.7, period, unit=Unit.PER_SHARE) for period in QUARTERS]
    held = of_home(*facts, *newer)
    assert held.latest("HOM", "pe_ttm").number == pytest.approx(50 / 2.8)
    assert not held.latest("HOM", "peg").known


def test_ev_to_ebitda() -> None:
    """50bn + 10bn − 20bn = 40bn over EBITDA of 8bn is 5 times; cash above the value of the company means nothing."""
    flows = [year("operating_income", 6e9), year("depreciation_amortisation", 2e9)]
    sheet = [fact("total_debt", 10e9, SHEET), fact("cash_and_investments", 20e9, SHEET)]
    assert of_home(*flows, *sheet).latest("HOM", "ev_ebitda").number == pytest.approx(5.0)
    rich = [fact("total_debt", 0.0, SHEET), fact("cash_and_investments", 90e9, SHEET)]
    assert of_home(*flows, *rich).latest("HOM", "ev_ebitda").reason == "net cash exceeds the market value"


def test_enterprise_value_takes_debt_and_cash_of_one_day() -> None:
    """Cash of June without debt of June leaves the balance sheet of March in use."""
    sheet = [fact("total_debt", 10e9, SHEET), fact("cash_and_investments", 20e9, SHEET)]
    later = fact("cash_and_investments", 90e9, date(2025, 6, 30))
    named = fact("net_cash", 55e9, date(2025, 6, 30), name="Company-stated")
    assert of_home(*sheet, later, named).latest("HOM", "enterprise_value").number == pytest.approx(40e9)


def test_twelve_months_of_long_ago_are_not_trailing() -> None:
    """Earnings of the year to June 2023 make no trailing P/E in October 2025; those of June 2024 still would."""
    old = fact("diluted_eps", 2.5, months("fiscal_year", 2023, 6), unit=Unit.PER_SHARE)
    pe = of_home(old).latest("HOM", "pe_ttm")
    assert pe.reason == "the newest twelve months of diluted EPS ended in June 2023"
    assert (
        of_home(fact("diluted_eps", 2.5, months("fiscal_year", 2024, 6), unit=Unit.PER_SHARE))
        .latest("HOM", "pe_ttm")
        .known
    )


def test_figures_translated_for_the_peer_table() -> None:
    """1,000.763bn yuan ÷ 7.1328 is 140.3bn dollars; at home a figure is its own translation."""
    translated = of_ads(*REVENUE).latest("ADR", "converted", name="revenue")
    assert translated.number == pytest.approx(1_000.763e9 / 7.1328)
    assert translated.currency == "USD"
    assert translated.label == "revenue"
    at_home = of_home(year("revenue", 5e9)).latest("HOM", "converted", name="revenue")
    assert (at_home.number, at_home.arithmetic) == (5e9, "US$5.0bn")


def test_the_reason_names_the_missing_part() -> None:
    """Each multiple that cannot be computed says which figure nobody gives."""
    held = of_home()
    reasons = {key: held.latest("HOM", key).reason for key in ("pe_ttm", "pb", "ev_ebitda", "fcf_yield", "ps_ttm")}
    assert reasons == {
        "pe_ttm": "no source gives diluted EPS for Hom over twelve months",
        "pb": "no source gives shareholders' equity for Hom",
        "ev_ebitda": "no source gives long-term debt for Hom",
        "fcf_yield": "no source gives operating cash flow for Hom over twelve months",
        "ps_ttm": "no source gives revenue for Hom over twelve months",
    }


def test_every_figure_names_its_inputs() -> None:
    """The inputs of a multiple are facts of the ledger, and their sources are its sources."""
    held = of_ads(*EPS)
    pe = held.latest("ADR", "pe_ttm")
    assert len(pe.inputs) == 3
    assert all(key in held.facts for key in pe.inputs)
    assert {each.publisher for each in pe.sources} == {"Exchange", "Wire", "Central bank"}


def test_a_company_without_ads_may_report_per_ads() -> None:
    """Where no ratio is known, what is stated per ADS is taken for the listed security."""
    bare = company("HOM", ads_ratio=None)
    eps = year("diluted_eps", 2.5, unit=Unit.PER_ADS)
    assert measured([eps], {DAY: 50.0}, of=bare).latest("HOM", "pe_ttm").number == 20.0
