"""Strategic investments and thesis: plans per year, newest figures, and what is said where no desk file is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from small_ledger import (
    DAY,
    PEER,
    exhibit,
    fact,
    faults,
    price_facts,
    quarter,
    setting,
    shipped,
    small,
    title,
    words,
    year,
)

from generator.model.brief import Section
from generator.model.fact import Fact, Unit
from generator.model.ledger import Ledger
from generator.model.period import Period
from generator.sections import strategy, thesis
from generator.sections.phrases import printed

BN = 1e9
F, X, TEXT = Unit.FRACTION, Unit.MULTIPLE, Unit.TEXT
THREE_YEARS = Period(kind="plan", start=date(2025, 2, 24), end=date(2028, 2, 24))
ONE_YEAR = Period(kind="plan", start=date(2025, 1, 1), end=date(2025, 12, 31))
ENDED = Period(kind="plan", start=date(2024, 7, 1), end=date(2025, 6, 30))


def built(ledger: Ledger) -> Section:
    return strategy.build(ledger, setting(ledger))


def said(*facts: Fact, peers: tuple[str, ...] = ()) -> str:
    ledger = small(facts, peers=peers)
    return words(built(ledger), ledger)


def plan(total: float, period: Period = THREE_YEARS, *, entity: str = "INVT", published: date = DAY) -> list[Fact]:
    years = round(period.years or 1)
    made = {"capex_plan": total, "plan_converted": total, "plan_per_year": total / years}
    made |= {"plan_per_year_converted": total / years}
    money = [fact(key, value * BN, period=period, name="Made-up plan", entity=entity) for key, value in made.items()]
    share = fact("plan_share_of_revenue", total / years / 100, F, period=period, name="Made-up plan", entity=entity)
    return [replace(each, published_on=published) for each in (*money, share)]


def growth(**quarters: float) -> list[Fact]:
    facts = []
    for key, value in quarters.items():
        month = int(key[1:])
        period = quarter(2024 if month > 6 else 2025, month)
        facts.append(fact("segment_growth", value, F, period=period, name="Made-up Cloud"))
    return facts


STREAK = fact(
    "segment_streak", 8.0, Unit.COUNT, period=quarter(2025, 6), name="Triple-digit growth of made-up products"
)


def test_a_plan_of_several_years_is_told_per_year() -> None:
    text = said(*price_facts(), *plan(30.0))
    assert "Invented plans to invest US$30bn over three years, as published on 2 October 2025." in text
    assert "Spread evenly it is US$10bn a year: 10% of twelve-month revenue." in text


def test_a_plan_of_one_year_names_its_end() -> None:
    assert "Invented plans to invest US$30bn in the year to 31 December 2025" in said(
        *price_facts(), *plan(30.0, ONE_YEAR)
    )


def test_a_plan_that_has_ended_is_past() -> None:
    text = said(*price_facts(), *plan(30.0, ENDED))
    assert "planned US$30bn in the year to 30 June 2025; that plan has ended" in text
    assert "of twelve-month revenue" not in text


def test_a_revised_plan_names_what_it_replaces() -> None:
    old = replace(
        fact("capex_plan", 20 * BN, period=ONE_YEAR, name="Made-up plan"), id="old", published_on=date(2025, 2, 4)
    )
    assert "The earlier figure, US$20bn (4 February 2025), is superseded." in said(
        *price_facts(), old, *plan(30.0, ONE_YEAR)
    )


def test_plans_stand_beside_each_other_per_year() -> None:
    ledger = small([*price_facts(), *plan(30.0), *plan(80.0, ONE_YEAR, entity="RIVAL")], peers=("RIVAL",))
    section = built(ledger)
    assert title(section, "plans", ledger) == "Three years of Invented: less than one of a rival"
    larger = small([*price_facts(), *plan(300.0), *plan(80.0, ONE_YEAR, entity="RIVAL")], peers=("RIVAL",))
    assert title(built(larger), "plans", larger) == "Invented plans more a year than any rival shown"
    smaller = small([*price_facts(), *plan(210.0), *plan(80.0, ONE_YEAR, entity="RIVAL")], peers=("RIVAL",))
    assert title(built(smaller), "plans", smaller) == "Invented plans less a year than any rival shown"


def spent(share: float, entity: str = "INVT") -> Fact:
    return fact("capex_intensity", share, Unit.FRACTION, period=year(2024), entity=entity)


@pytest.mark.parametrize(
    ("own", "finding"),
    [
        (0.30, "Invented spent more of its revenue than peers"),
        (0.15, "Invented: 15%, more than one of two peers"),
        (0.05, "Invented spent less of its revenue than peers"),
    ],
)
def test_spending_of_a_year_stands_beside_that_of_peers_as_a_share_of_revenue(own: float, finding: str) -> None:
    total = fact("capital_expenditure", 1e9, period=year(2024, "ttm"))
    facts = [*price_facts(), total, spent(own), spent(0.1, "PEERA"), spent(0.2, "PEERB")]
    ledger = small(facts, peers=("PEERA", "PEERB"))
    section = built(ledger)
    assert title(section, "intensity", ledger) == finding
    assert faults(section, ledger) == []


def test_what_a_plan_goes_beyond_the_year_done_is_named_and_who_is_not_shown() -> None:
    facts = [*price_facts(), spent(0.05), *plan(300.0), spent(0.1, "PEERA")]
    ledger = small(facts, peers=("PEERA", "PEERB"))
    note = printed(ledger.wording, exhibit(built(ledger), "intensity").note)
    assert note.startswith("Hatched: what one year of the running plan")
    assert note.endswith(f"Not in our sources (n/a): {PEER.short_name}.")


def test_a_peer_without_a_plan_is_named_and_its_spending_not_mixed_in() -> None:
    spent = fact("capital_expenditure", 60 * BN, period=year(2024, "ttm"), entity="OTHER")
    facts = [*price_facts(), *plan(30.0), *plan(80.0, ONE_YEAR, entity="RIVAL"), spent]
    ledger = small(facts, peers=("RIVAL", "OTHER"))
    text = words(built(ledger), ledger)
    assert f"No yearly plan in our sources (n/a): {PEER.short_name}." in text
    assert "US$60bn" not in text


def test_without_a_desk_file_statements_speak_alone() -> None:
    facts = [
        fact("capital_expenditure", 5 * BN, period=year(2024, "ttm")),
        fact("capex_intensity", 0.031, F, period=year(2024, "ttm")),
        fact("research_and_development", 8 * BN, period=year(2024, "ttm")),
        fact("rd_intensity", 0.082, F, period=year(2024, "ttm")),
    ]
    text = said(*price_facts(), *facts)
    assert "No desk file is kept on Invented" in text
    assert "Capital expenditure was US$5bn over the twelve months to December 2024, 3.1% of revenue." in text
    assert "It took US$8bn over the twelve months to December 2024, 8.2% of revenue." in text


def test_what_is_not_published_is_said_with_its_reason() -> None:
    text = said(*price_facts(), *plan(30.0))
    assert "Capital expenditure is not available: no source gives" in text
    assert "It cannot be shown: no source gives" in text


def test_another_basis_is_named() -> None:
    net = replace(
        fact("capital_expenditure_net", 9 * BN, period=year(2024, "ttm")), label="capital expenditure net of incentives"
    )
    assert "Capital expenditure net of incentives was US$9bn" in said(*price_facts(), net)


@pytest.mark.parametrize(
    ("change", "text"),
    [(0.5, "50% more than a year before"), (-0.2, "20% less than a year before"), (0.0, "about as much")],
)
def test_the_newest_quarter_is_told_against_a_year_before(change: float, text: str) -> None:
    facts = [
        fact("capital_expenditure", 5 * BN, period=year(2024, "ttm")),
        fact("capital_expenditure", 2 * BN, period=quarter(2025, 6)),
        fact("capex_growth", change, F, period=quarter(2025, 6)),
    ]
    assert text in said(*price_facts(), *facts)


def test_the_newest_growth_supersedes_the_older_ones() -> None:
    ledger = small([*price_facts(), *growth(q12=0.13, q3=0.18, q6=0.26), STREAK])
    section = built(ledger)
    text = words(section, ledger)
    assert (
        "Made-up Cloud revenue rose 26% in the quarter to June 2025, after +18% in the quarter to March 2025." in text
    )
    assert "it supersedes 18% (quarter to March 2025) and 13% (quarter to December 2024)." in text
    assert "Triple-digit growth of made-up products has lasted 8 quarters." in text
    assert "In each of the last two quarters growth was higher than in the one before." in text
    assert section.callouts[0].kind == "check"
    assert title(section, "segment-growth", ledger).startswith("Made-up Cloud")


def test_a_shrinking_segment_is_said_to_shrink() -> None:
    text = said(*price_facts(), *growth(q3=0.05, q6=-0.04))
    assert "Made-up Cloud revenue fell 4% in the quarter to June 2025, after +5%" in text
    assert "growth was higher" not in text


def test_events_that_a_risk_is_built_on_stay_with_the_risks() -> None:
    event = fact("event", "A made-up summons", TEXT, name="Summons", publisher="Made-up Daily")
    risk = fact("risk", "A made-up risk", TEXT, name="Risk", publisher="Made-up Daily")
    other = replace(fact("event", "A made-up launch", TEXT, name="Launch"), sources=())
    assert "A made-up summons" in said(*price_facts(), *growth(q3=0.05, q6=0.04), event)
    text = said(*price_facts(), *growth(q3=0.05, q6=0.04), event, risk, other)
    assert "A made-up summons" not in text
    assert "2 October 2025: A made-up launch." in text


def test_nothing_known_is_unavailable_with_its_reason() -> None:
    section = built(small(price_facts()))
    assert section.unavailable.startswith("no source gives capital expenditure")
    assert section.unavailable.endswith("and the desk's file has no plan")


def test_alibaba_s_plan_beside_its_rivals() -> None:
    ledger = shipped("BABA")
    text = words(built(ledger), ledger)
    assert "at least RMB 380bn (about US$53bn) over three years" in text
    assert "RMB 126.7bn (US$17.7bn) a year: 12.7% of twelve-month revenue" in text
    assert "26% in the quarter to June 2025" in text
    assert "The plan of Alphabet has been US$85bn since 23 July 2025." in text
    early = shipped("BABA", date(2025, 8, 28))
    assert "26%" not in words(built(early), early)


def thesis_of(*facts: Fact, peers: tuple[str, ...] = ()) -> str:
    ledger = small(facts, peers=peers)
    return words(thesis.build(ledger, setting(ledger)), ledger)


@pytest.mark.parametrize(
    ("facts", "question"),
    [
        (
            [fact("pe_ttm", 20.0, X)],
            "The question is what growth a price of 20.0× twelve-month earnings takes for granted.",
        ),
        (
            [fact("pe_ttm", 20.0, X), fact("revenue_growth", 0.1, F, period=year(2024, "ttm"))],
            "The question is whether growth, +10% over twelve months, can last at a price of 20.0× earnings.",
        ),
        (
            [fact("pe_ttm", 20.0, X), fact("revenue_growth", -0.1, F, period=year(2024, "ttm"))],
            "The question is whether growth, −10% over twelve months, will return at a price of 20.0× earnings.",
        ),
        (
            [fact("pe_ttm", None, X, reason="earnings are negative", not_meaningful=True)],
            "The question is when earnings turn positive: earnings are negative, so there is no P/E to judge",
        ),
        (
            [fact("ps_ttm", 3.0, X)],
            "The question is what margin a price of 3.00× twelve-month sales takes for granted.",
        ),
        ([], "Too little is published to weigh the price: no source gives"),
    ],
)
def test_the_question_depends_on_what_is_known(facts: list[Fact], question: str) -> None:
    assert thesis_of(*price_facts(), *facts).startswith(question)


def test_a_loss_is_called_a_loss() -> None:
    ttm = year(2024, "ttm")
    text = thesis_of(
        *price_facts(), fact("revenue", 5 * BN, period=ttm), fact("net_income_attributable", -1 * BN, period=ttm)
    )
    assert "It took in US$5bn over the twelve months to December 2024 and lost US$1bn." in text


def test_a_price_that_cannot_be_split_says_why() -> None:
    assert "It cannot be split into earnings and multiple: earnings known at the start of the year" in thesis_of(
        *price_facts()
    )
