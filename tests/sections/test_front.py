"""Page one: the headline says what moved the price, tiles stand beside what they are read against."""

from __future__ import annotations

from datetime import date

import pytest
from small_ledger import COMPANY, YTD, fact, price_facts, prices, quarter, setting, shipped, small, target, year

from generator.model.brief import Front
from generator.model.fact import Fact, Unit
from generator.model.ledger import Ledger
from generator.model.text import Text
from generator.sections import front
from generator.sections.phrases import printed
from generator.sections.takeaways import takeaways

BN = 1e9
F, X, PER = Unit.FRACTION, Unit.MULTIPLE, Unit.PER_SHARE


def page(*facts: Fact, peers: tuple[str, ...] = ()) -> tuple[Front, Ledger]:
    ledger = small(facts, lines=[prices()], peers=peers)
    return front.build(ledger, setting(ledger)), ledger


def headline(*facts: Fact) -> str:
    built, ledger = page(*facts)
    return printed(ledger.wording, built.headline)


def tiles(*facts: Fact) -> dict[str, tuple[str, str]]:
    built, ledger = page(*facts)
    return {tile.label: (plain(tile.figure, ledger), plain(tile.context, ledger)) for tile in built.tiles}


def plain(text: Text, ledger: Ledger) -> str:
    return printed(ledger.wording, text).replace("\u00a0", " ")


def bullets(*facts: Fact, peers: tuple[str, ...] = ()) -> dict[str, str]:
    ledger = small(facts, peers=peers)
    return {
        each.lead: " ".join(printed(ledger.wording, text) for text in each.sentences).replace("\u00a0", " ")
        for each in takeaways(ledger, setting(ledger))
    }


def moved(total: float, multiple: float, earnings: float) -> list[Fact]:
    parts = {"multiple": multiple, "earnings": earnings}
    return [
        *price_facts(80 * (1 + total)),
        *(fact("decomposition", v, F, name=n, period=YTD) for n, v in parts.items()),
    ]


@pytest.mark.parametrize(
    ("total", "multiple", "earnings", "said"),
    [
        (0.30, 0.20, 0.08, "Invented is up 30.0% this year, mostly on a higher multiple"),
        (0.30, 0.08, 0.20, "Invented is up 30.0% this year, mostly on higher earnings"),
        (0.30, 0.40, -0.07, "Invented is up 30.0% this year on a higher multiple, while earnings fell"),
        (0.30, -0.07, 0.40, "Invented is up 30.0% this year on higher earnings, while the multiple fell"),
        (-0.30, -0.20, -0.12, "Invented is down 30.0% this year: the multiple did more than earnings"),
        (-0.30, -0.05, -0.26, "Invented is down 30.0% this year, mostly on lower earnings"),
        (-0.30, -0.36, 0.10, "Invented is down 30.0% this year on a lower multiple, while earnings rose"),
        (-0.30, 0.10, -0.36, "Invented is down 30.0% this year on lower earnings, while the multiple rose"),
        (0.001, -0.09, 0.10, "Invented is little changed this year: earnings rose and the multiple fell"),
    ],
)
def test_the_headline_names_what_moved_the_price(total: float, multiple: float, earnings: float, said: str) -> None:
    assert headline(*moved(total, multiple, earnings)) == said


def test_a_headline_without_earnings_is_the_price_alone() -> None:
    assert headline(*price_facts(100, 80)) == "Invented is up 25.0% this year"
    assert headline(price_facts()[0]) == "Invented closed at US$100"


def test_a_turn_of_the_cash_flow_makes_the_headline_of_a_quiet_year() -> None:
    flows = [
        fact("free_cash_flow", 5 * BN, period=quarter(2024, 6)),
        fact("free_cash_flow", -2 * BN, period=quarter(2025, 6)),
    ]
    assert headline(*price_facts(82, 80), *flows) == "Invented's free cash flow turns to an outflow of US$2bn"


def test_cash_flow_is_told_without_a_percentage_across_the_sign() -> None:
    flows = [
        fact("free_cash_flow_company", 17.4 * BN, period=quarter(2024, 6)),
        fact("free_cash_flow_company", -18.8 * BN, period=quarter(2025, 6)),
        fact("free_cash_flow", -18.0 * BN, period=quarter(2025, 6)),
    ]
    figure, context = tiles(*price_facts(), *flows)["Free cash flow, quarter"]
    assert figure == "−US$18.8bn"
    assert context == "to June 2025; inflow of US$17.4bn a year before"
    assert bullets(*flows)["The cost."] == (
        "Free cash flow as the company defines it was an outflow of US$18.8bn in the quarter to June 2025, "
        "against an inflow of US$17.4bn a year before."
    )


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (
            6.0,
            -5.0,
            "was an inflow of US$6.0bn in the quarter to June 2025, against an outflow of US$5.0bn a year before.",
        ),
        (
            -6.0,
            -5.0,
            "was an outflow of US$6.0bn in the quarter to June 2025, wider than the US$5.0bn of a year before.",
        ),
        (
            -4.0,
            -5.0,
            "was an outflow of US$4.0bn in the quarter to June 2025, smaller than the US$5.0bn of a year before.",
        ),
        (6.0, 5.0, "was US$6.0bn in the quarter to June 2025, against US$5.0bn a year before."),
    ],
)
def test_each_way_of_the_cash_flow_has_its_sentence(now: float, before: float, said: str) -> None:
    flows = [
        fact("free_cash_flow_company", before * 1.0000001 * BN, period=quarter(2024, 6)),
        fact("free_cash_flow_company", now * 1.0000001 * BN, period=quarter(2025, 6)),
    ]
    assert bullets(*flows)["The cost."].endswith(said)


def test_losses_are_not_a_multiple() -> None:
    loss = fact("pe_ttm", None, X, reason="earnings are negative", not_meaningful=True)
    sales = fact("ps_ttm", 4.0, X)
    assert tiles(*price_facts(), loss)["P/E, trailing"] == ("n/m", "earnings are negative")
    assert bullets(loss, sales)["The gap."] == (
        "Twelve-month earnings give no multiple (earnings are negative); the price is 4.00× sales."
    )


def test_the_target_tile_carries_the_sign() -> None:
    below = tiles(*price_facts(), *target("House", 90.0, 100.0))["Newest house target"]
    assert below == ("US$90.00", "−10.0% to the close; House, 2 October 2025")
    mean = target("", 120.0, 100.0, metric="target_mean")
    counts = {
        "strong_buy": 2.0,
        "buy": 7.0,
        "hold": 1.0,
        "sell": 0.0,
        "strong_sell": 0.0,
        "positive": 9.0,
        "total": 10.0,
    }
    ratings = [fact(f"ratings_{name}", count, Unit.COUNT) for name, count in counts.items()]
    assert tiles(*price_facts(), *mean, *ratings)["Mean target"] == (
        "US$120",
        "+20.0% to the close; 9 of 10 rate it buy",
    )
    assert tiles(*price_facts())["Price target"][0] == "n/a"


def test_a_claim_is_in_no_tile_and_in_no_takeaway() -> None:
    claim = target("", 169.0, 100.0, metric="consensus_target_mean", confirmed=False)
    assert tiles(*price_facts(), *claim)["Price target"][0] == "n/a"
    assert "The gap." not in bullets(*claim)


def test_a_target_in_another_currency_is_named_and_not_drawn() -> None:
    facts = [*price_facts(), *target("House", 110.0, 100.0), *target("Far House", 800.0, 100.0, currency="HKD")]
    built, ledger = page(*facts)
    assert built.exhibit is not None
    note = printed(ledger.wording, built.exhibit.note).replace("\u00a0", " ")
    assert note == "Targets: House (2 October 2025). Not drawn, being in another currency: Far House HK$800."
    assert printed(ledger.wording, built.exhibit.title) == "The close is below the newest house target"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((110.0, 120.0), "The close is below both house targets shown"),
        ((110.0, 120.0, 130.0), "The close is below all three house targets shown"),
        ((80.0, 90.0), "The close is above both house targets shown"),
        ((80.0, 120.0), "The close stands between the house targets shown"),
    ],
)
def test_the_price_exhibit_s_title_is_where_the_targets_lie(values: tuple[float, ...], said: str) -> None:
    facts = [each for i, value in enumerate(values) for each in target(f"House {'ABC'[i]}", value, 100.0)]
    built, ledger = page(*price_facts(), *facts)
    assert built.exhibit is not None
    assert printed(ledger.wording, built.exhibit.title) == said


def test_without_a_desk_file_the_commitment_is_capital_expenditure() -> None:
    spent = fact("capital_expenditure", 11.27 * BN, period=year(2024, "ttm"))
    share = fact("capex_intensity", 0.113, F, period=year(2024, "ttm"))
    assert bullets(spent, share)["The commitment."] == (
        "Invented spent US$11.3bn on property and equipment over the twelve months to December 2024, 11.3% of revenue."
    )
    assert bullets() == {}


def test_key_data_leave_out_what_is_not_known() -> None:
    built, ledger = page(*price_facts(), fact("market_value", 5 * BN), fact("net_cash", -2 * BN))
    rows = {row.label.replace("\u00a0", " "): printed(ledger.wording, row.figure) for row in built.key_data}
    assert rows == {"Market value": "US$5bn", "Net debt, 2 October 2025": "US$2bn"}
    assert built.key_data_note == ()
    assert COMPANY.ads_ratio is None


def test_alibaba_on_the_day_of_the_model_article() -> None:
    ledger = shipped("BABA")
    built = front.build(ledger, setting(ledger))
    write = ledger.wording
    shown = {tile.label: printed(write, tile.figure) for tile in built.tiles}
    assert shown["Price per ADS"] == "US$189.34"
    assert shown["Price, year to date"] == "+123.3%"
    assert shown["P/E, trailing"] == "21.9×"
    assert shown["P/S, trailing"] == "3.13×"
    assert shown["Newest house target"] == "US$200"
    said = bullets_of(ledger)
    assert "at least RMB 380bn (about US$53bn) over three years: US$17.7bn a year" in said
    assert "rose 26% in the quarter to June 2025" in said
    assert "outflow of RMB 18.8bn in the quarter to June 2025, against an inflow of RMB 17.4bn" in said
    assert "169" not in said


def bullets_of(ledger: Ledger) -> str:
    found = takeaways(ledger, setting(ledger))
    said = " ".join(printed(ledger.wording, text) for each in found for text in each.sentences)
    return said.replace("\u00a0", " ")


def test_five_weeks_earlier_the_26_percent_is_not_known() -> None:
    said = bullets_of(shipped("BABA", date(2025, 8, 28)))
    assert "rose 18% in the quarter to March 2025" in said
    assert "26%" not in said
