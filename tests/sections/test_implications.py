"""Implications and conclusion: cases with their arithmetic, dates that are published, and no new figure at the end."""

from __future__ import annotations

from datetime import date

import pytest
from small_ledger import TICKERS, cells, fact, price_facts, setting, shipped, small, texts, title, words

from generator.model.brief import Section
from generator.model.fact import Fact, Unit
from generator.model.ledger import Ledger
from generator.model.period import Period
from generator.model.text import facts_in
from generator.sections import conclusion, financials, implications, risks, valuation

F, X, PER = Unit.FRACTION, Unit.MULTIPLE, Unit.PER_SHARE
RECORD = Period(kind="window", start=date(2024, 5, 14), end=date(2025, 10, 2))


def built(ledger: Ledger) -> Section:
    return implications.build(ledger, setting(ledger))


def said(*facts: Fact, peers: tuple[str, ...] = ()) -> str:
    ledger = small(facts, peers=peers)
    return words(built(ledger), ledger)


def record(low: float, middle: float, high: float, earned: float = 5.0) -> list[Fact]:
    cases = {"bear": low, "base": middle, "bull": high}
    keys = {"bear": "low", "base": "median", "bull": "high"}
    return [
        *price_facts(),
        fact("earnings_per_security", earned, PER, note="twelve-month diluted EPS per share"),
        *[fact(f"multiple_{keys[n]}", x, X, period=RECORD) for n, x in cases.items()],
        *[fact("scenario_price", x * earned, PER, name=n) for n, x in cases.items()],
        *[fact("scenario_change", x * earned / 100 - 1, F, name=n) for n, x in cases.items()],
    ]


def correlations(*values: float) -> list[Fact]:
    return [fact("correlation", value, Unit.NUMBER, name=f"PEER{'ABC'[i]}") for i, value in enumerate(values)]


def test_cases_show_their_arithmetic() -> None:
    ledger = small(record(10.0, 18.0, 25.0))
    section = built(ledger)
    table = cells(section, "cases", ledger)
    assert table["Base: median"] == ["18.0×", "US$90.00", "−10.0%"]
    assert list(table) == ["Bull: highest", "Base: median", "Bear: lowest"]
    text = words(section, ledger)
    assert "own multiple, 14 May 2024 to 2 October 2025" in text
    assert "arithmetic and no forecast" in text
    assert "is shorter than the way down" in text
    assert title(section, "cases", ledger) == "The median multiple: 10.0% below the price"


def test_losses_give_no_case() -> None:
    text = said(*price_facts(), fact("earnings_per_security", -2.0, PER))
    assert "No case is computed: Invented lost US$2.00 per share over twelve months" in text


def test_no_earnings_at_all_give_no_case_either() -> None:
    assert "No case is computed for Invented: earnings of twelve months are not held." in said(*price_facts())


@pytest.mark.parametrize(
    ("rate", "sentence"),
    [
        (0.0, "No dividend had its ex-date in the last twelve months"),
        (0.005, "income is a small part of the return"),
        (0.02, "income adds to the return without leading it"),
        (0.05, "income is a main part of the return"),
    ],
)
def test_dividends_are_described(rate: float, sentence: str) -> None:
    assert sentence in said(*price_facts(), fact("dividend_yield", rate, F))


@pytest.mark.parametrize(
    ("values", "finding"),
    [
        ((0.1, 0.3), "The shares moved largely apart from peers"),
        ((0.8, 0.9), "The shares moved with the peers"),
        ((0.2, 0.8), "The shares moved partly with the peers"),
    ],
)
def test_what_peers_add_depends_on_their_correlation(values: tuple[float, ...], finding: str) -> None:
    ledger = small([*price_facts(), *correlations(*values)], peers=("PEERA", "PEERB"))
    section = built(ledger)
    assert title(section, "correlation", ledger) == finding


def test_nothing_dated_ahead_is_said() -> None:
    assert "No date ahead is published" in said(*price_facts())


def test_published_days_are_listed_in_order() -> None:
    plan = fact(
        "capex_plan",
        30e9,
        name="Invented plan",
        period=Period(kind="plan", start=date(2025, 1, 1), end=date(2027, 12, 31)),
    )
    past = fact(
        "capex_plan", 10e9, name="Old plan", period=Period(kind="plan", start=date(2023, 1, 1), end=date(2024, 12, 31))
    )
    results = fact("next_earnings", date(2025, 11, 20), Unit.DATE)
    ledger = small([*price_facts(), plan, past, results])
    section = built(ledger)
    ahead = words(section, ledger)
    assert title(section, "dates", ledger) == "Dates ahead: two dates known, the first on 20 November 2025"
    assert ahead.index("Results of Invented") < ahead.index("Invented: end of the plan “Invented plan”, US$30bn")
    assert "Old plan" not in words(section, ledger)
    assert "The day of the next results is not published" not in words(section, ledger)


def test_the_end_of_the_fiscal_year_is_a_date_of_the_company_and_not_of_its_peers() -> None:
    ends = [fact("next_year_end", date(2025, 12, 31), Unit.DATE, entity=each) for each in ("INVT", "PEERA")]
    ledger = small([*price_facts(), *ends], peers=("PEERA",))
    section = built(ledger)
    assert title(section, "dates", ledger) == "Dates ahead: one date known, none of results"
    (row,) = cells(section, "dates", ledger).values()
    assert row[0] == "End of the fiscal year of Invented"


def test_alibaba_implications() -> None:
    ledger = shipped("BABA")
    section = built(ledger)
    text = words(section, ledger)
    assert "At the median multiple of the record the price would be" in text
    assert "The day of the next results is not published in the sources held." in text
    assert "24 February 2028" in text
    assert "at least RMB 380bn" in text


@pytest.mark.parametrize("ticker", TICKERS)
def test_the_conclusion_is_three_sentences_without_a_new_figure(ticker: str) -> None:
    """Its figures stand in the sections above; the plan's share and segment growth in strategy's too."""
    ledger = shipped(ticker)
    above = [each.build(ledger, setting(ledger)) for each in (valuation, financials, risks, implications)]
    shown = {fact.id for section in above for text in texts(section) for fact in facts_in(text)}
    end = conclusion.build(ledger, setting(ledger))
    elsewhere = ("plan_share_of_cash_flow", "segment_growth")
    used = [fact for text in texts(end) for fact in facts_in(text) if fact.metric not in elsewhere]
    assert [fact.id for fact in used if fact.id not in shown] == []
    assert sum(len(paragraph.sentences) for paragraph in end.prose) == 3


def test_a_conclusion_on_losses_says_why_there_is_no_multiple() -> None:
    loss = fact("pe_ttm", None, X, reason="earnings are negative", not_meaningful=True)
    ledger = small([*price_facts(), loss])
    text = words(conclusion.build(ledger, setting(ledger)), ledger)
    assert "has no trailing P/E, because earnings are negative." in text
    assert "What the investment costs in cash is not known" in text
