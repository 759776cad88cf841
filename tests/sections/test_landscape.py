"""Competitive landscape: one currency, gaps with their reasons, plans and shares of one period."""

from __future__ import annotations

import pytest
from small_ledger import PEER, cells, exhibit, fact, price_facts, quarter, setting, shipped, small, title, words, year

from generator.analysis.known import Known, Metric
from generator.analysis.rivals import against_peers, peer_median, plan_against_rival
from generator.language import speaking
from generator.model.brief import Section
from generator.model.fact import Fact, Unit
from generator.model.ledger import Ledger
from generator.model.period import Period
from generator.sections import landscape
from generator.sections.phrases import printed

BN = 1e9
F, X = Unit.FRACTION, Unit.MULTIPLE
TTM = year(2024, "ttm")


def built(ledger: Ledger) -> Section:
    return landscape.build(ledger, setting(ledger))


def company(
    entity: str, *, value: float = 10.0, growth: float = 0.1, pe: float | None = 20.0, margin: float = 0.1
) -> list[Fact]:
    facts = [
        *price_facts(entity=entity),
        fact("market_value", value * BN, entity=entity),
        fact("converted", value * BN / 2, period=TTM, name="revenue", entity=entity),
        fact("revenue", value * BN / 2, period=TTM, entity=entity),
        fact("revenue_growth", growth, F, period=TTM, entity=entity),
        fact("net_margin", margin, F, period=TTM, entity=entity),
        fact("converted", value * BN / 20, period=TTM, name="capital_expenditure", entity=entity),
        fact("ps_ttm", 2.0, X, entity=entity),
    ]
    multiple = fact(
        "pe_ttm", pe, X, entity=entity, not_meaningful=pe is None, reason="" if pe else "earnings are negative"
    )
    return [*facts, multiple]


def medians(ledger: Ledger) -> Ledger:
    known = Known(ledger=ledger, entity="INVT")
    ledger = ledger.plus(peer_median(known, Metric(key="peer_median", label="median", unit=X, formula="median")))
    known = Known(ledger=ledger, entity="INVT")
    return ledger.plus(against_peers(known, Metric(key="against_peers", label="against", unit=F, formula="ratio")))


def three(pe: float = 20.0, growth: float = 0.1) -> Ledger:
    facts = [
        *company("INVT", pe=pe, growth=growth),
        *company("ONE", pe=10.0, growth=0.05),
        *company("TWO", pe=30.0, growth=0.15),
    ]
    return medians(small(facts, peers=("ONE", "TWO")))


@pytest.mark.parametrize(
    ("own", "lede"),
    [
        (
            {"pe": 40.0, "growth": 0.2},
            "Invented grows faster than the median of its peers and costs 100.0% more per unit of earnings.",
        ),
        (
            {"pe": 10.0, "growth": 0.2},
            "Invented grows faster than the median of its peers but costs 50.0% less per unit of earnings.",
        ),
        (
            {"pe": 40.0, "growth": 0.0},
            "Invented grows more slowly than the median of its peers but costs 100.0% more per unit of earnings.",
        ),
        (
            {"pe": 10.0, "growth": 0.0},
            "Invented grows more slowly than the median of its peers and costs 50.0% less per unit of earnings.",
        ),
    ],
)
def test_the_lede_sets_growth_against_the_multiple(own: dict[str, float], lede: str) -> None:
    ledger = three(**own)
    assert words(built(ledger), ledger).startswith(lede)


def test_the_subject_stands_first_and_everyone_is_in_one_currency() -> None:
    ledger = three()
    table = exhibit(built(ledger), "peers").table
    assert table is not None
    assert [row.kind for row in table.rows] == ["subject", "", ""]
    assert printed(ledger.wording, exhibit(built(ledger), "peers").subtitle).startswith("Money in USD;")


def test_the_table_has_its_heads_in_the_language_of_the_brief() -> None:
    """And a multiple is high where an amount is large: one word of English, two of Japanese."""
    ledger = three(pe=30.0)
    with speaking("ja"):
        section = built(ledger)
    table = exhibit(section, "peers").table
    assert table is not None
    assert [column.label for column in table.columns if column.label.isascii()] == ["PER", "PSR"]
    assert "PERは50.0%高い" in words(section, ledger)


def test_losses_are_not_meaningful_and_missing_figures_have_reasons() -> None:
    facts = [*company("INVT"), *company("ONE", pe=None)]
    ledger = medians(small(facts, peers=("ONE",)))
    assert cells(built(ledger), "peers", ledger)[PEER.short_name][5] == "n/m"
    sparse = [*company("INVT"), *price_facts(entity="ONE")]
    quarters = [fact("revenue", BN, period=quarter(2025, month), entity="ONE") for month in (3, 6)]
    ledger = medians(small([*sparse, *quarters], peers=("ONE",)))
    row = cells(built(ledger), "peers", ledger)[PEER.short_name]
    assert row == ["–", "–", "–", "–", "–", "–", "–", "+25.0%"]
    note = printed(ledger.wording, exhibit(built(ledger), "peers").note)
    assert "– not in our sources (Peerless: share count," in note
    assert "revenue (quarter to December 2024)" in note


def test_one_missing_figure_is_n_a() -> None:
    facts = [fact for fact in company("ONE") if fact.name != "capital_expenditure"]
    ledger = medians(small([*company("INVT"), *facts], peers=("ONE",)))
    assert cells(built(ledger), "peers", ledger)[PEER.short_name][4] == "n/a"
    note = printed(ledger.wording, exhibit(built(ledger), "peers").note)
    assert note == "n/a not in our sources (Peerless: capital expenditure)."


def shares(**values: float) -> list[Fact]:
    names = {"own": "INVT", "one": "ONE", "two": "TWO"}
    return [
        fact("market_share", value, F, period=quarter(2025, 6), name="Made-up market", entity=names[key])
        for key, value in values.items()
    ]


def test_shares_are_of_one_quarter_and_the_rest_is_all_others() -> None:
    older = fact("market_share", 0.5, F, period=quarter(2025, 3), name="Made-up market", entity="TWO")
    ledger = small([*price_facts(), *shares(own=0.04, one=0.30), older], peers=("ONE", "TWO"))
    section = built(ledger)
    assert title(section, "market-shares", ledger) == "Invented holds 4%, Peerless 30%"
    text = words(section, ledger)
    assert "Made-up market, quarter to June 2025" in text
    assert "One square is a hundredth; grey: all others" in text
    assert "50%" not in text


def test_the_leader_is_told_to_lead() -> None:
    ledger = small([*price_facts(), *shares(own=0.4, one=0.3)], peers=("ONE",))
    assert title(built(ledger), "market-shares", ledger) == "Invented leads with 40%"


def test_shares_beyond_the_whole_are_not_drawn() -> None:
    ledger = small([*price_facts(), *shares(own=0.7, one=0.5)], peers=("ONE",))
    assert "market-shares" not in [each.key for each in built(ledger).exhibits]


def test_neither_peers_nor_shares_is_unavailable() -> None:
    assert built(small(price_facts())).unavailable == "the report names no peers, and no market share is in our sources"


def test_few_points_make_no_scatter() -> None:
    ledger = medians(small([*company("INVT"), *company("ONE")], peers=("ONE",)))
    assert "peer-scatter" not in [each.key for each in built(ledger).exhibits]
    assert "peer-scatter" in [each.key for each in built(three()).exhibits]


def test_the_median_of_peers_by_hand() -> None:
    ledger = three(pe=40.0)
    assert ledger.latest("INVT", "peer_median", name="pe_ttm").number == pytest.approx(20.0)
    assert ledger.latest("INVT", "against_peers", name="pe_ttm").number == pytest.approx(1.0)
    assert ledger.latest("INVT", "peer_median", name="capex_intensity").known is False


def test_a_plan_is_set_against_the_largest_that_still_runs() -> None:
    def plan(entity: str, value: float, end: int) -> Fact:
        period = Period(kind="plan", start=year(end).start, end=year(end).end)
        return fact("plan_per_year_converted", value * BN, period=period, entity=entity)

    facts = [plan("INVT", 18.0, 2026), plan("ONE", 120.0, 2025), plan("TWO", 500.0, 2024)]
    ledger = small(facts, peers=("ONE", "TWO"))
    row = Metric(key="plan_against_rival", label="ratio", unit=F, formula="ratio")
    (ratio,) = plan_against_rival(Known(ledger=ledger, entity="INVT"), row)
    assert ratio.name == "ONE"
    assert ratio.number == pytest.approx(0.15)
    assert list(plan_against_rival(Known(ledger=ledger, entity="ONE"), row)) == []


def test_alibaba_among_its_peers() -> None:
    ledger = shipped("BABA")
    section = built(ledger)
    text = words(section, ledger)
    assert "Alibaba held 4% of the market" in text
    assert "beside it stood Amazon 30%, Microsoft 20% and Alphabet 13%" in text
    assert "Amazon plans about US$120bn and Alphabet plans US$85bn" in text
    assert "7.1328 CNY per USD of 26 September 2025" in text
    assert cells(section, "peers", ledger)["Alibaba"][-3:] == ["21.9×", "3.13×", "+123.3%"]
    assert "JD.com: share count" in text
    assert "(quarter to December 2024)" in text
