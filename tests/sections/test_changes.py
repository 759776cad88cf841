"""Since the last issue: windows and news in a first issue, moved figures with their cause afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from small_ledger import DAY, cells, fact, price_facts, quarter, setting, shipped, small, source, target, title, words

from generator.model.brief import Section
from generator.model.fact import Fact, Unit
from generator.model.ledger import Ledger
from generator.model.period import Period
from generator.model.snapshot import Company
from generator.sections import changes

BN = 1e9
F, X, PER = Unit.FRACTION, Unit.MULTIPLE, Unit.PER_SHARE
MARKET = Company(
    ticker="MRKT", name="Made-up Market", short_name="Market", exchange="NYSE", mic="XNYS", price_currency="USD",
    statement_currency="USD",
)  # fmt: skip


def built(ledger: Ledger, previous: Ledger | None = None) -> Section:
    return changes.build(ledger, replace(setting(ledger), previous=previous))


def windows(**values: tuple[float, float]) -> Ledger:
    facts = []
    for name, (own, other) in values.items():
        facts += [
            fact("price_change", own, F, name=name),
            fact("price_change", other, F, name=name, entity="MRKT"),
            fact("excess_return", own - other, Unit.POINTS, name=name),
        ]
    ledger = small([*price_facts()[:1], *facts], benchmark="MRKT")
    return replace(ledger, companies={**ledger.companies, "MRKT": MARKET})


@pytest.mark.parametrize(
    ("own", "lede"),
    [
        (0.10, "This is the first issue. Over three months the price rose 10.0%, while Market moved +4.0%."),
        (-0.10, "This is the first issue. Over three months the price fell 10.0%, while Market moved +4.0%."),
        (0.001, "This is the first issue. Over three months the price hardly moved, while Market moved +4.0%."),
    ],
)
def test_a_first_issue_opens_with_three_months(own: float, lede: str) -> None:
    assert words(built(windows(**{"3m": (own, 0.04)})), windows()).startswith(lede)


def test_windows_stand_beside_the_benchmark() -> None:
    ledger = windows(**{"1m": (0.05, 0.02), "3m": (0.01, 0.04), "ytd": (0.30, 0.10)})
    section = built(ledger)
    assert title(section, "windows", ledger) == "Invented is ahead of Market over two of three windows"
    assert cells(section, "windows", ledger)["Difference, points"] == ["+3.0", "−3.0", "+20.0"]
    ahead = windows(**{"1m": (0.05, 0.02)})
    assert title(built(ahead), "windows", ahead) == "Invented is ahead of Market over every window shown"
    behind = windows(**{"1m": (0.01, 0.02)})
    assert title(built(behind), "windows", behind) == "Invented is behind Market over every window shown"


def test_a_short_history_says_why() -> None:
    ledger = small(price_facts()[:1])
    assert "This is the first issue; the price cannot be followed over three months (" in words(built(ledger), ledger)
    assert "windows" not in [each.key for each in built(ledger).exhibits]


def test_what_became_public_is_dated_with_its_publisher() -> None:
    results = [
        fact("revenue", 12 * BN, period=quarter(2025, 9), publisher="Invented Group"),
        fact("revenue_growth", 0.2, F, period=quarter(2025, 9)),
    ]
    event = fact("event", "A made-up plant opened", Unit.TEXT, publisher="Made-up Daily")
    ledger = small([*price_facts(), *results, event, *target("House", 90.0, 100.0)])
    section = built(ledger)
    rows = cells(section, "news", ledger)
    assert rows["2\u00a0October 2025"] == ["A made-up plant opened", "Made-up Daily"]
    assert rows["30\u00a0September 2025"] == ["Quarter to September 2025: revenue US$12bn (+20%)", "Invented Group"]
    assert title(section, "news", ledger) == (
        "Results of the quarter to September 2025, one target and one event became public"
    )


def test_a_revised_plan_names_the_figure_before() -> None:
    period = Period(kind="plan", start=date(2025, 1, 1), end=date(2025, 12, 31))
    old = replace(
        fact("capex_plan", 75 * BN, period=period), id="old", published_on=date(2025, 2, 4), qualifier="about"
    )
    new = replace(fact("capex_plan", 85 * BN, period=period), id="new", published_on=date(2025, 7, 23))
    ledger = small([*price_facts(), old, new])
    assert "Invented: investment plan US$85bn; about US$75bn before" in words(built(ledger), ledger)


def test_silence_is_said() -> None:
    ledger = small(price_facts())
    text = words(built(ledger), ledger)
    assert "No statement, plan, target or event in our sources was published after 4 July 2025." in text


def test_an_old_mean_target_is_no_consensus() -> None:
    old = replace(fact("target_mean", 150.0, PER), published_on=date(2025, 2, 24))
    ledger = small([*price_facts(), old])
    assert "The newest mean target in our sources is US$150, of 24 February 2025; it is too old" in words(
        built(ledger), ledger
    )


def test_estimates_are_followed_over_thirty_and_ninety_days() -> None:
    period = Period(kind="fiscal_year", start=date(2025, 1, 1), end=date(2025, 12, 31))
    days = {date(2025, 6, 30): 7.81, date(2025, 8, 30): 7.96, date(2025, 9, 20): 7.97, date(2025, 10, 1): 7.99}
    facts = [
        replace(
            fact("eps_estimate_fy", value, PER, period=period),
            id=str(day),
            published_on=day,
            sources=(source("V", day),),
        )
        for day, value in days.items()
    ]
    ledger = small([*price_facts(), *facts])
    assert (
        "The EPS estimate for FY2025 was US$7.81 on 30 June 2025, US$7.96 on 30 August 2025 "
        "and US$7.99 on 1 October 2025."
    ) in words(built(ledger), ledger)


BEFORE = date(2025, 9, 25)


def issue(*facts: Fact, day: date = DAY) -> Ledger:
    return replace(small(facts), until=day)


def at(price: float, day: date) -> list[Fact]:
    return [
        fact("price", price, PER, period=Period.instant(day)),
        fact("pe_ttm", price / 5, X, period=Period.instant(day)),
    ]


def moved(then: list[Fact], now: list[Fact]) -> dict[str, list[str]]:
    ledger = issue(*now)
    return cells(built(ledger, issue(*then, day=BEFORE)), "moves", ledger)


def test_figures_that_moved_carry_their_cause() -> None:
    rows = moved(at(90, BEFORE), at(100, DAY))
    assert rows["Price"] == ["US$90.00", "US$100 (+11.1%)", "Price move"]
    filed = moved(
        [*at(90, BEFORE), fact("revenue", 5 * BN, period=quarter(2025, 3))],
        [*at(100, DAY), fact("revenue", 6 * BN, period=quarter(2025, 6))],
    )
    assert filed["Revenue, newest quarter"] == ["US$5bn", "US$6bn (+20.0%)", "New filing"]
    restated = moved(
        [*at(90, BEFORE), fact("revenue", 5 * BN, period=quarter(2025, 3))],
        [*at(100, DAY), fact("revenue", 4 * BN, period=quarter(2025, 3))],
    )
    assert restated["Revenue, newest quarter"] == ["US$5bn", "US$4bn (\u221220.0%)", "Source restated"]


def test_a_houses_target_is_followed_for_itself() -> None:
    rows = moved(
        [*at(90, BEFORE), *target("One", 90.0, 100.0)],
        [*at(100, DAY), *target("One", 80.0, 100.0), *target("Two", 80.0, 100.0)],
    )
    assert rows["House target (One)"][2] == "Estimate revision"
    assert "House target (Two)" not in rows


def test_what_did_not_move_is_left_out() -> None:
    now = issue(*at(100, DAY))
    section = built(now, issue(*at(100, BEFORE), day=BEFORE))
    assert "moves" not in [each.key for each in section.exhibits]
    assert "the close has stayed at US$100; no other watched figure moved." in words(section, now)


def test_alibaba_between_two_shipped_days() -> None:
    now, before = shipped("BABA"), shipped("BABA", date(2025, 8, 28))
    section = built(now, before)
    rows = cells(section, "moves", now)
    assert rows["Close"] == ["US$119.57", "US$189.34 (+58.4%)", "Price move"]
    assert rows["P/E, trailing"][2] == "Price move +58.4%, new filing \u221213.1% and exchange rate \u22120.5%"
    assert rows["Segment growth (Cloud Intelligence), newest quarter"] == ["18%", "26% (+8.0)", "New filing"]
    assert rows["Revenue, newest quarter"] == ["RMB 236.5bn", "RMB 247.7bn (+4.7%)", "New filing"]
