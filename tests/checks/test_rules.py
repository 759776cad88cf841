"""Each check finds the error planted for it, and nothing in figures that are sound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from invented_facts import ADS, DAY, HOME, company, fact, ledger, measured, months, q, steady

from generator.analysis.catalogue import METRICS
from generator.checks import CHECKS, LEVELS, check
from generator.errors import UnknownNameError
from generator.model.fact import Fact, Unit
from generator.model.finding import Finding
from generator.model.ledger import Ledger
from generator.model.period import Period
from generator.model.text import Figure

JUNE, MARCH, DECEMBER = q(2025, 6), q(2025, 3), q(2024, 12)
PLAN = Period(kind="plan", start=date(2025, 1, 1), end=date(2025, 12, 31))
CLAIM = METRICS["consensus_target_mean"].label.capitalize()
PEER = company("PEE", short_name="Peer")


def sound() -> list[Fact]:
    """Return figures of HOM with nothing wrong about them."""
    quarters = [fact("revenue", 100e9, q(2024, month)) for month in (3, 6, 9, 12)]
    growth = fact("segment_growth", 0.26, JUNE, unit=Unit.FRACTION, currency=None, name="Cloud")
    estimates = [
        fact("eps_estimate_fy", 5.0, months("fiscal_year", 2026, 12), unit=Unit.PER_SHARE, published_on=day)
        for day in (date(2025, 8, 20), date(2025, 9, 20))
    ]
    return [
        *quarters,
        fact("revenue", 400e9, months("fiscal_year", 2024, 12)),
        fact("shares_outstanding", 1e9, date(2025, 6, 30), unit=Unit.SHARES, currency=None),
        fact("vendor_shares", 1.01e9, date(2025, 9, 1), unit=Unit.SHARES, currency=None, name="Vendor"),
        fact("diluted_eps", 4.0, months("fiscal_year", 2024, 12), unit=Unit.PER_SHARE),
        fact("forward_eps", 5.0, date(2025, 2, 24), unit=Unit.PER_SHARE),
        fact("house_target", 140.0, DAY, unit=Unit.PER_SHARE, name="Barclays"),
        fact("capex_plan", 85e9, PLAN, name="Capital expenditure 2025", published_on=date(2025, 2, 4)),
        fact("event", "Fair in October", Period(kind="window", start=DAY, end=date(2025, 10, 30)), unit=Unit.TEXT,
             currency=None, published_on=date(2025, 9, 1)),
        growth,
        *estimates,
    ]  # fmt: skip


def with_error(*planted: Fact, prices: Mapping[date, float] | None = None) -> Ledger:
    """Return a sound ledger with facts planted in it."""
    return measured([*sound(), *planted], prices or steady(date(2024, 1, 2), DAY, 100.0))


def found(held: Ledger, name: str) -> list[Finding]:
    """Return the findings of one check."""
    return [each for each in check(held) if each.check == name]


def words(finding: Finding, held: Ledger) -> str:
    """Return the sentence as a reader sees it."""
    runs = (held.wording.write(run.fact, run.style) if isinstance(run, Figure) else run for run in finding.message)
    return "".join(str(run) for run in runs).replace("\u00a0", " ")


def growth(value: float, period: Period, **changes: object) -> Fact:
    """Return a stated growth of HOM's cloud."""
    fields = {"unit": Unit.FRACTION, "currency": None, "name": "Cloud"} | changes
    return fact("segment_growth", value, period, **fields)


ERRORS: dict[str, tuple[list[Fact], str]] = {
    "impossible_period": (
        [fact("revenue", 9e9, q(2025, 9), published_on=date(2025, 9, 1))],
        "Hom: revenue, quarter to September 2025 is dated 1 September 2025, before the period ended.",
    ),
    "stale_estimate": (
        [fact("forward_eps", 5.0, date(2025, 8, 15), unit=Unit.PER_SHARE),
         fact("revenue", 99e9, JUNE, published_on=date(2025, 8, 29))],
        "The forward EPS estimate of US$5.00 is dated 15 August 2025, before the quarter to June 2025 was published.",
    ),
    "unconfirmed_claim": (
        [fact("consensus_target_mean", 169.0, DAY, unit=Unit.PER_SHARE, confirmed=False)],
        f"{CLAIM} of US$169, as reported by Wire, is not confirmed by any source held.",
    ),
    "target_below_price": (
        [fact("house_target", 90.0, DAY, unit=Unit.PER_SHARE, name="Bear House")],
        "The target of Bear House of US$90.00 lies below the price of US$100: −10.0%.",
    ),
    "superseded": (
        [fact("capex_plan", 75e9, PLAN, name="Capital expenditure 2025", published_on=date(2025, 1, 4))],
        "Hom: Capital expenditure 2025 is US$85bn, no longer US$75bn (4 January 2025).",
    ),
    "newer_period": (
        [growth(0.18, MARCH), growth(0.13, DECEMBER), growth(0.07, q(2024, 9))],
        (
            "Cloud: the newest growth is 26% (quarter to June 2025); it replaces 18% (quarter to March 2025) and "
            "13% (quarter to December 2024)."
        ),
    ),
    "share_counts_differ": (
        [fact("vendor_shares", 1.07e9, date(2025, 9, 2), unit=Unit.SHARES, currency=None, name="Vendor")],
        "Wire counts 1,070m shares; this brief uses 1,000m (shares outstanding, 30 June 2025).",
    ),
    "sources_differ": (
        [fact("second_revenue", 91e9, replace(DECEMBER, end=date(2024, 12, 28)), label="revenue")],
        "Wire gives US$91bn as revenue for the quarter to December 2024, this brief uses US$100bn (Wire).",
    ),
    "vendor_ratio_differs": (
        [fact("vendor_trailing_pe", 31.0, DAY, unit=Unit.MULTIPLE, currency=None, name="Vendor")],
        "Wire\u2019s P/E of 31.0\u00d7 is not that of its parts, which give 25.0\u00d7.",
    ),
    "quarters_sum": (
        [fact("revenue", 120e9, q(2024, 6), published_on=date(2025, 3, 1))],
        "The quarters of revenue do not add up to FY2024.",
    ),
    "growth_across_sign": (
        [fact("free_cash_flow_company", 17.4e9, q(2024, 6)), fact("free_cash_flow_company", -18.8e9, JUNE)],
        (
            "Growth of free cash flow as the company defines it for the quarter to June 2025 is not meaningful: the "
            "sign changed from positive to negative."
        ),
    ),
}  # fmt: skip


def planted(name: str) -> Ledger:
    """Return the ledger with one check's error in it."""
    if name == "stale_price":
        return with_error(prices=steady(date(2024, 1, 2), date(2025, 9, 26), 100.0))
    return with_error(*ERRORS[name][0])


def test_sound_figures_raise_no_finding() -> None:
    """No check complains about a ledger in which nothing is wrong."""
    held = with_error()
    assert [words(each, held) for each in check(held)] == []


@pytest.mark.parametrize("name", ERRORS)
def test_a_planted_error_is_found_and_told(name: str) -> None:
    """Each rule finds its error once, in one sentence that says what is wrong."""
    held = planted(name)
    assert [words(each, held) for each in found(held, name)] == [ERRORS[name][1]]


def test_a_stale_price_is_found() -> None:
    """A last close that its exchange has traded past on two days is told; one that it traded past on one is not."""
    held = planted("stale_price")
    assert [words(each, held) for each in found(held, "stale_price")] == [
        "The last close of Hom is of 26 September 2025."
    ]
    fresh = with_error(prices=steady(date(2024, 1, 2), date(2025, 9, 30), 100.0))
    assert found(fresh, "stale_price") == []


@pytest.mark.parametrize("name", [*ERRORS, "stale_price"])
def test_a_finding_names_its_facts(name: str) -> None:
    """Every finding points at facts of the ledger, bears its check's name and level, and ends like a sentence."""
    held = planted(name)
    for each in found(held, name):
        assert each.facts
        assert all(key in held.facts for key in each.facts)
        assert each.level == CHECKS[name].level
        assert words(each, held).endswith(".")
        assert words(each, held)[0].isupper()


def test_every_check_says_why_it_is_there() -> None:
    """The table of checks can be read by those who set their levels."""
    for each in CHECKS.values():
        assert each.why.endswith(".")
        assert each.level in LEVELS


def test_a_level_is_retuned_by_name() -> None:
    """A desk may make a note a block, or silence a check."""
    held = planted("target_below_price")
    assert [each.level for each in check(held, {"target_below_price": "block"})] == ["block"]
    assert check(held, {"target_below_price": "off"}) == ()


def test_the_gravest_come_first() -> None:
    """Blocks stand before warnings and warnings before notes."""
    everything = [each for errors, _ in ERRORS.values() for each in errors]
    levels = [LEVELS.index(each.level) for each in check(with_error(*everything))]
    assert levels == sorted(levels)
    assert len(set(levels)) == 3


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ({"stale_prise": "warn"}, "checks: 'stale_prise' is not a known check; did you mean 'stale_price'?"),
        ({"stale_price": "wran"}, "checks.stale_price: 'wran' is not a known level; did you mean 'warn'?"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(levels: dict[str, str], said: str) -> None:
    """A slip in a report file is told with what was probably meant."""
    with pytest.raises(UnknownNameError) as error:
        check(ledger(), levels)
    assert str(error.value) == said


def test_an_estimate_may_look_ahead() -> None:
    """Estimates, guidance, plans and announced events speak of periods that have not ended."""
    year = months("fiscal_year", 2026, 12)
    looks = [
        fact("capex_guidance", 9e9, year, published_on=DAY),
        fact("revenue_estimate", 9e9, year, published_on=DAY),
        fact(
            "expected_report",
            DAY + timedelta(30),
            Period.instant(DAY + timedelta(30)),
            unit=Unit.DATE,
            published_on=DAY,
        ),
    ]
    assert found(with_error(*looks), "impossible_period") == []


def test_claims_and_estimates_of_others_are_their_own_matter() -> None:
    """A claim about a peer is no finding of this brief, a peer's revised plan is."""
    theirs = [
        fact("revenue", 9e9, JUNE, entity="PEE", confirmed=False),
        fact("capex_plan", 75e9, PLAN, entity="PEE", name="Capex", published_on=date(2025, 2, 4)),
        fact("capex_plan", 85e9, PLAN, entity="PEE", name="Capex", published_on=date(2025, 7, 23)),
    ]
    held = ledger([*sound(), *theirs], others=[PEER], peers=("PEE",))
    assert [each.check for each in check(held)] == ["superseded"]
    assert words(check(held)[0], held) == "Peer: Capex is US$85bn, no longer US$75bn (4 February 2025)."


def test_a_claim_without_a_source_is_told_too() -> None:
    """Who claims nothing is known of is said to be unnamed, and nothing breaks."""
    held = with_error(fact("revenue", 9e9, JUNE, confirmed=False, sources=()))
    assert "a source without a name" in words(found(held, "unconfirmed_claim")[0], held)


def test_a_claim_does_not_supersede() -> None:
    """A later press claim is told as a claim, not as a restatement."""
    held = with_error(
        fact("revenue", 100e9, JUNE), fact("revenue", 130e9, JUNE, confirmed=False, published_on=date(2025, 9, 20))
    )
    assert [each.check for each in check(held) if each.check in {"superseded", "unconfirmed_claim"}] == [
        "unconfirmed_claim"
    ]


def test_a_restatement_is_told_by_its_full_name() -> None:
    """What was restated is named with its segment and its period."""
    held = with_error(
        growth(0.24, JUNE, published_on=date(2025, 8, 1)), growth(0.22, JUNE, published_on=date(2025, 7, 9))
    )
    told = [words(each, held) for each in found(held, "superseded")]
    assert told[0] == "Hom: segment growth, Cloud, quarter to June 2025 is 26%, no longer 22% (9 July 2025)."


def test_rounding_and_splits_are_no_restatement() -> None:
    """A figure reprinted in rounder numbers, or adjusted for a split, was not changed."""
    held = with_error(
        fact("net_income", 10.02e9, JUNE, published_on=date(2025, 8, 1)),
        fact("net_income", 10.0e9, JUNE, published_on=date(2025, 9, 1)),
        fact("diluted_eps", 8.0, JUNE, unit=Unit.PER_SHARE, note="before the split", published_on=date(2025, 8, 1)),
        fact("diluted_eps", 4.0, JUNE, unit=Unit.PER_SHARE, published_on=date(2025, 9, 1)),
    )
    assert found(held, "superseded") == []


def test_growth_of_a_year_is_not_a_newer_quarter() -> None:
    """Growth of the fiscal year stands beside that of the quarter; neither replaces the other."""
    held = with_error(growth(0.11, months("fiscal_year", 2025, 3)))
    assert found(held, "newer_period") == []


def test_quarters_in_another_currency_are_not_summed() -> None:
    """A year in dollars is not checked against quarters in yuan, nor against those of a segment."""
    yuan = [fact("net_income", 7e9, q(2024, month), currency="CNY") for month in (3, 6, 9, 12)]
    part = [fact("operating_cash_flow", 7e9, q(2024, month), name="Cloud") for month in (3, 6, 9, 12)]
    years = [fact(key, 4e9, months("fiscal_year", 2024, 12)) for key in ("net_income", "operating_cash_flow")]
    assert found(with_error(*yuan, *part, *years), "quarters_sum") == []


def test_parts_that_do_not_sum_block() -> None:
    """A split of the year's move that does not add up to it forbids sending."""
    eps = [fact("diluted_eps", v, months("fiscal_year", y, 12), unit=Unit.PER_SHARE, published_on=date(y + 1, 2, 20))
           for y, v in ((2022, 3.0), (2023, 4.0))]  # fmt: skip
    held = measured(eps, steady(date(2023, 1, 3), DAY, 100.0))
    assert check(held) == ()
    part = held.latest("HOM", "decomposition", name="earnings")
    broken = held.plus([replace(part, value=0.7)])
    assert [(each.check, each.level) for each in check(broken)] == [("waterfall", "block")]


def test_checks_of_a_company_of_which_nothing_is_known() -> None:
    """An empty ledger has no findings and breaks no rule."""
    assert check(ledger()) == ()
    assert check(ledger(of=ADS, others=[HOME], peers=("HOM",), benchmark="MKT")) == ()


def test_years_that_no_brief_shows_are_not_summed() -> None:
    """A year of long ago whose quarters differ is no matter of today; among the last five it is."""
    quarters = [fact("net_income", 7e9, q(2018, month)) for month in (3, 6, 9, 12)]
    old = fact("net_income", 20e9, months("fiscal_year", 2018, 12))
    later = [fact("net_income", 20e9, months("fiscal_year", year, 12)) for year in range(2019, 2024)]
    assert found(with_error(*quarters, old, *later), "quarters_sum") == []
    assert found(with_error(*quarters, old), "quarters_sum") != []
