"""Valuation: the sign of every distance, the arithmetic of every multiple, and claims kept apart from facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from small_ledger import (
    COMPANY,
    YTD,
    cells,
    exhibit,
    fact,
    price_facts,
    prices,
    setting,
    shipped,
    small,
    target,
    title,
    typed_figures,
    words,
)

from generator.analysis.known import Known, Metric
from generator.analysis.peers import price_at_peer_multiple
from generator.model.brief import Section
from generator.model.fact import Fact, Unit
from generator.model.ledger import Ledger
from generator.model.period import Period
from generator.model.text import say
from generator.sections import notes, valuation

X, F, PER = Unit.MULTIPLE, Unit.FRACTION, Unit.PER_SHARE


def built(ledger: Ledger) -> Section:
    return valuation.build(ledger, setting(ledger))


def said(*facts: Fact, peers: tuple[str, ...] = ()) -> str:
    ledger = small(facts, peers=peers)
    return words(built(ledger), ledger)


def split(multiple: float, earnings: float) -> list[Fact]:
    cross = multiple * earnings
    shares = {"multiple": multiple, "earnings": earnings, "cross": cross}
    total = sum(shares.values())
    parts = [fact("decomposition", v, F, name=n, period=YTD, note="on diluted EPS") for n, v in shares.items()]
    return [*price_facts(80 * (1 + total)), *parts]


def consensus(mean: float, *, low: float = 60.0, high: float = 200.0, buys: int = 9) -> list[Fact]:
    counts = {"ratings_strong_buy": 0, "ratings_buy": buys, "ratings_positive": buys, "ratings_hold": 10 - buys,
              "ratings_sell": 0, "ratings_strong_sell": 0, "ratings_total": 10, "target_analysts": 12}  # fmt: skip
    targets = {"target_mean": mean, "target_low": low, "target_high": high}
    return [
        *[each for key, value in targets.items() for each in target("", value, 100.0, metric=key)],
        *[fact(key, value, Unit.COUNT) for key, value in counts.items()],
    ]


def test_without_a_price_the_section_says_so() -> None:
    assert built(small(())).unavailable


@pytest.mark.parametrize(
    ("price", "verb", "side"), [(100.0, "has risen 25.0%", "25.0% above"), (60.0, "has fallen 25.0%", "25.0% below")]
)
def test_gains_and_losses_are_named_by_their_way(price: float, verb: str, side: str) -> None:
    text = said(*price_facts(price))
    assert verb in text
    assert f"{side} its close of US$80.00" in text


def test_a_flat_price_neither_rises_nor_falls() -> None:
    text = said(*price_facts(80.1))
    assert "little changed since the start of the year" in text


def test_peers_are_counted_and_listed_from_best_to_worst() -> None:
    other = price_facts(50.0, entity="PEER")
    text = said(*price_facts(), *other, peers=("PEER",))
    assert "Its peer did worse: Peerless −37.5%." in text


def test_further_windows_are_told_if_the_report_file_asks() -> None:
    week = Period(kind="window", start=date(2025, 9, 25), end=date(2025, 10, 2))
    ledger = small([*price_facts(), fact("price_change", -0.045, F, name="1w", period=week)])
    section = valuation.build(ledger, replace(setting(ledger), options={"windows": ("ytd", "1w", "5y")}))
    assert "Since 25 September 2025 the price changed by −4.5%." in words(section, ledger)


def test_prices_that_do_not_reach_the_start_of_the_year_are_said_to() -> None:
    assert "do not reach the start of the year" in said(price_facts()[0])


@pytest.mark.parametrize(
    ("multiple", "earnings", "finding"),
    [
        (0.1, 0.5, "Earnings drove more of the gain than the multiple"),
        (0.5, 0.1, "The multiple drove more of the gain than earnings"),
        (-0.1, 0.5, "Earnings outgrew a lower multiple"),
        (0.5, -0.1, "A higher multiple outweighed lower earnings"),
        (-0.5, 0.1, "A lower multiple outweighed higher earnings"),
        (0.1, -0.5, "Lower earnings outweighed a higher multiple"),
        (-0.1, -0.3, "Earnings drove more of the fall than the multiple"),
    ],
)
def test_the_waterfall_says_what_moved_the_price(multiple: float, earnings: float, finding: str) -> None:
    ledger = small(split(multiple, earnings))
    section = built(ledger)
    assert title(section, "decomposition", ledger) == finding
    assert exhibit(section, "decomposition").drawing is not None


def test_losses_give_no_split_and_no_multiple() -> None:
    losses = "earnings are negative"
    text = said(
        *price_facts(),
        fact("earnings_per_security", -2.0, PER),
        fact("pe_ttm", None, X, reason=losses, not_meaningful=True),
        fact("ps_ttm", 2.5, X),
    )
    assert "twelve-month earnings are negative" in text
    assert "A trailing P/E has no meaning, because earnings are negative; the shares cost 2.50× trailing sales." in text


def test_a_meaningless_multiple_prints_as_such_in_the_table() -> None:
    facts = [fact("pe_ttm", None, X, reason="earnings are negative", not_meaningful=True), fact("ps_ttm", 2.5, X)]
    ledger = small([*price_facts(), *facts])
    assert cells(built(ledger), "multiples", ledger)["P/E, trailing"] == ["n/m"]


def test_missing_multiples_are_named_below_the_table() -> None:
    ledger = small([*price_facts(), fact("ps_ttm", 2.5, X)])
    section = built(ledger)
    assert list(cells(section, "multiples", ledger)) == ["P/S, trailing"]


def test_a_target_above_the_price_is_said_to_be_above() -> None:
    text = said(*price_facts(), *consensus(120.0))
    assert "The average target of 12 analysts on 2 October 2025 is US$120, 20.0% above the price of US$100." in text
    assert "9 of 10 ratings were Buy or Strong Buy" in text
    assert "contradict" not in text


def test_a_target_below_the_price_is_a_downside_and_contradicts_the_ratings() -> None:
    ledger = small([*price_facts(), *consensus(90.0)], lines=[prices()])
    section = built(ledger)
    text = words(section, ledger)
    assert "below the price of US$100: a downside of −10.0%" in text
    assert "Ratings and targets contradict each other" in text
    assert title(section, "target_fan", ledger) == "The average target is 10.0% below the price"


def test_targets_that_all_lie_below_the_price_are_said_to() -> None:
    text = said(*price_facts(), *consensus(90.0, low=60.0, high=95.0))
    assert "(−5.0%), all below the price" in text


def test_a_stale_consensus_is_shown_with_its_day_and_not_compared() -> None:
    old = fact("target_mean", 90.0, PER, period=Period.instant(date(2025, 2, 24)))
    text = said(*price_facts(), old)
    assert "US$90.00, is of 24 February 2025: too old to be set against today's price" in text
    assert "downside" not in text


def test_named_houses_stand_with_their_day_and_the_signed_distance() -> None:
    ledger = small([*price_facts(), *target("House A", 110.0, 100.0), *target("House B", 95.0, 100.0)])
    section = built(ledger)
    text = words(section, ledger)
    assert "House A US$110 (2 October 2025, +10.0%) and House B US$95.00 (2 October 2025, −5.0%)" in text
    assert "both sides of the price" in text
    assert title(section, "targets", ledger) == "One of two targets lies below the price"


def test_many_houses_are_told_by_their_ends() -> None:
    facts = [each for i in range(5) for each in target(f"House {'ABCDE'[i]}", 90.0 + 10 * i, 100.0)]
    text = said(*price_facts(), *facts)
    assert "Five confirmed house targets" in text
    assert "run from US$90.00 (House A, −10.0%) to US$130 (House E, +30.0%); one lies below the price" in text


def test_a_target_in_another_currency_is_shown_and_not_compared() -> None:
    text = said(*price_facts(), *target("House A", 800.0, 100.0, currency="HKD"))
    assert "One target is in another currency and is not compared with the price: House A HK$800" in text


def test_a_press_claim_is_told_as_a_claim_below_the_price() -> None:
    claim = target("", 90.0, 100.0, metric="consensus_target_mean", confirmed=False, publisher="Made-up Press")
    counts = {"consensus_buy_ratings": 15, "consensus_ratings_total": 16}
    ratings = [fact(key, value, Unit.COUNT, confirmed=False) for key, value in counts.items()]
    ledger = small([*price_facts(), *claim, *ratings, *target("House A", 110.0, 100.0)])
    section = built(ledger)
    text = words(section, ledger)
    assert (
        "An average target of US$90.00 (15 of 16 analysts at Buy), as reported by Made-up Press, is not confirmed; "
        "at US$100 it stands below the price, a downside of −10.0%."
    ) in text
    assert "One confirmed target of a named house is held: House A US$110" in text
    assert "as reported by Made-up Press, not confirmed" in text
    assert title(section, "targets", ledger) == "The only confirmed target is above the price"


def test_no_opinion_at_all_is_said_plainly() -> None:
    assert "No source gives a rating or a price target for Invented." in said(*price_facts())


def test_a_forward_multiple_carries_the_day_of_its_estimate() -> None:
    day = Period.instant(date(2025, 8, 15))
    results = fact("revenue", 1e9, period=Period(kind="quarter", start=date(2025, 4, 1), end=date(2025, 8, 29)))
    facts = [fact("pe_forward", 12.0, X), fact("forward_eps", 8.0, PER, period=day), fact("implied_growth", 0.3, F)]
    text = said(*price_facts(), *facts, results)
    assert "rests on an estimate of US$8.00 dated 15 August 2025, which is older than the last results." in text
    assert "for granted" not in text


def test_an_old_estimate_gives_no_forward_multiple() -> None:
    day = Period.instant(date(2025, 2, 24))
    text = said(*price_facts(), fact("pe_forward", 12.0, X), fact("forward_eps", 8.0, PER, period=day))
    assert "No forward P/E is shown: the estimate held for Invented is of 24 February 2025" in text


def test_the_price_at_a_peers_multiple_is_a_ratio_of_two() -> None:
    facts = [*price_facts(), fact("pe_ttm", 20.0, X), fact("pe_ttm", 30.0, X, entity="PEER")]
    known = Known(ledger=small(facts, peers=("PEER",)), entity="INVT")
    row = Metric(key="price_at_peer_multiple", label="price", unit=PER, shown="{0} × {1} ÷ {2}")
    [found] = price_at_peer_multiple(known, row)
    assert found.value == pytest.approx(150.0)
    assert found.arithmetic == "US$100 × 30.0× ÷ 20.0×"


def test_the_checker_sees_a_figure_typed_by_hand() -> None:
    ledger = small(price_facts())
    typed = Section(key="x", title="x", lede=say("The price rose 12% by 2 October 2025."))
    assert typed_figures(typed, ledger) == ["The price rose 12% by ."]


def test_alibaba_multiples_with_their_arithmetic() -> None:
    ledger = shipped("BABA")
    section = built(ledger)
    text = words(section, ledger)
    assert "21.9× trailing diluted earnings and 3.13× trailing sales" in text
    shown = cells(notes.build(ledger, setting(ledger)), "arithmetic", ledger)
    assert shown["P/E, trailing"][1:] == ["US$189.34 × 7.1328 ÷ RMB 61.64", "21.9×"]
    assert shown["P/S, trailing"][1:] == ["US$439.1bn × 7.1328 ÷ RMB 1,000.8bn", "3.13×"]


def test_alibaba_claim_stands_beside_the_confirmed_targets() -> None:
    ledger = shipped("BABA")
    text = words(built(ledger), ledger)
    assert "(15 of 16 analysts at Buy), as reported by AInvest, is not confirmed" in text
    assert "a downside of −10.7%" in text
    for house in ("Barclays US$190", "Morgan Stanley US$200", "JPMorgan HK$240"):
        assert house in text


def test_alibaba_gain_is_split_on_net_income() -> None:
    ledger = shipped("BABA")
    section = built(ledger)
    text = words(section, ledger)
    assert "+123.3%" in text
    assert "uses net income over today's count of ADSs" in text
    assert title(section, "decomposition", ledger) == "Earnings drove more of the gain than the multiple"


def test_reprinted_quarters_do_not_hide_that_earnings_were_known() -> None:
    """Nvidia reprinted split-adjusted quarters a year later; its multiple at the end of 2024 was some 53, not 570."""
    base = shipped("NVDA").latest("NVDA", "multiple_at_base")
    assert base.number == pytest.approx(52.9, abs=0.2)


def test_the_security_is_called_by_its_name() -> None:
    assert COMPANY.security == "share"
    assert "per share by house" in said(*price_facts(), *target("House A", 110.0, 100.0))
