"""How the house writes figures: every unit, every style, as a reader sees it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_facts import DAY, fact, plain

from generator.model.fact import Fact, Unit, unknown
from generator.model.period import Period
from generator.model.wording import Style, Wording

WORDING = Wording()
M, F, X = Unit.MONEY, Unit.FRACTION, Unit.MULTIPLE


def written(figure: Fact, style: Style = "") -> str:
    """Return what the page prints, with plain spaces."""
    return WORDING.write(figure, style).replace("\u00a0", " ")


def computed(value: float, unit: Unit, currency: str | None = None) -> Fact:
    """Return a figure of our own formula."""
    return plain(value, unit, formula="a ÷ b", currency=currency)


@pytest.mark.parametrize(
    ("value", "unit", "currency", "style", "expected"),
    [
        (1000.763e9, M, "CNY", "", "RMB 1,000.8bn"),
        (17.6666e9, M, "USD", "", "US$17.7bn"),
        (-18.815e9, M, "CNY", "", "−RMB 18.8bn"),
        (-18.815e9, M, "CNY", "abs", "RMB 18.8bn"),
        (5.0e9, M, "USD", "signed", "+US$5.0bn"),
        (2.98826e12, M, "CNY", "", "RMB 2.99tn"),
        (2e12, M, "USD", "", "US$2.00tn"),
        (1.9994e12, M, "USD", "", "US$1,999.4bn"),
        (42.4e6, M, "GBP", "", "£42m"),
        (950_000, M, "USD", "", "US$950,000"),
        (12.3e9, M, "EUR", "bn", "12.3"),
        (12.3e9, M, "EUR", "m", "12,300"),
        (12.3e9, M, "EUR", "plain", "12.3bn"),
        (12.6e9, M, "EUR", "whole", "€13bn"),
        (-6.0e9, M, "USD", "table", "(6.0)"),
        (6.0e9, M, "USD", "table", "6.0"),
        (-6.0e9, M, "USD", "bn", "−6.0"),
        (3.0e9, M, "SEK", "", "SEK 3.0bn"),
        (-0.10743, F, None, "", "−10.7%"),
        (-0.10743, F, None, "table", "(10.7%)"),
        (1.23305, F, None, "signed", "+123.3%"),
        (0.05316, F, None, "precise", "5.32%"),
        (0.05316, F, None, "whole", "5%"),
        (21.9098, X, None, "", "21.9×"),
        (3.12948, X, None, "", "3.13×"),
        (9.996, X, None, "", "10.0×"),
        (9.994, X, None, "", "9.99×"),
        (189.34, Unit.PER_ADS, "USD", "", "US$189.34"),
        (189.34, Unit.PER_ADS, "USD", "plain", "189.34"),
        (-1.5, Unit.PER_SHARE, "USD", "table", "(1.50)"),
        (61.64, Unit.PER_ADS, "CNY", "", "RMB 61.64"),
        (2.319e9, Unit.SHARES, None, "", "2,319m"),
        (2.319e9, Unit.SHARES, None, "m", "2,319"),
        (16.0, Unit.COUNT, None, "", "16"),
        (0.694, Unit.NUMBER, None, "", "0.69"),
        (7.1328, Unit.RATE, None, "", "7.1328"),
        (0.0213, Unit.POINTS, None, "signed", "+2.1"),
        (223.3, Unit.INDEX, None, "", "223"),
        (223.34, Unit.INDEX, None, "precise", "223.3"),
    ],
)
def test_a_computed_figure(value: float, unit: Unit, currency: str | None, style: Style, expected: str) -> None:
    """Scale, decimals, sign and currency follow the house's number format."""
    assert written(computed(value, unit, currency), style) == expected


@pytest.mark.parametrize(
    ("value", "unit", "style", "expected"),
    [
        (0.26, F, "", "26%"),
        (0.07, F, "", "7%"),
        (0.258, F, "", "25.8%"),
        (0.26, F, "table", "26.0%"),
        (380e9, M, "", "US$380bn"),
        (380.5e9, M, "", "US$380.5bn"),
        (169.0, Unit.PER_SHARE, "", "US$169"),
        (169.5, Unit.PER_SHARE, "", "US$169.50"),
        (90.0, Unit.PER_SHARE, "", "US$90.00"),
    ],
)
def test_a_round_figure_stays_as_its_source_printed_it(value: float, unit: Unit, style: Style, expected: str) -> None:
    """A stated 26% does not pretend to know a decimal, and neither does a plan of 380 billion."""
    assert written(plain(value, unit), style) == expected


def test_the_same_growth_stated_and_computed() -> None:
    """26% as the company prints it stands beside 25.8% and 26.0% as its figures give it."""
    assert written(plain(0.26, F)) == "26%"
    assert written(computed(0.258, F)) == "25.8%"
    assert written(computed(0.26, F)) == "26.0%"


@pytest.mark.parametrize("style", ["", "signed", "table", "whole", "abs", "precise", "plain", "bn", "m"])
@pytest.mark.parametrize("unit", [M, F, X, Unit.PER_SHARE, Unit.NUMBER, Unit.POINTS, Unit.RATE])
def test_nothing_is_never_negative(style: Style, unit: Unit) -> None:
    """A loss too small to show is a plain zero, without minus, plus or parentheses."""
    assert written(computed(-0.000001, unit), style)[0] not in "−-+("


def test_what_is_not_known_is_told_from_what_means_nothing() -> None:
    """A missing figure prints n/a, one without meaning n/m, in every style."""
    gap = unknown("HOM", "pe", label="P/E", unit=X, period=Period.instant(DAY), reason="no source gives it")
    loss = fact("pe", None, DAY, unit=X, reason="earnings are negative", not_meaningful=True)
    assert {written(gap, style) for style in ("", "table", "signed")} == {"n/a"}
    assert {written(loss, style) for style in ("", "table", "signed")} == {"n/m"}


def test_words_and_days_print_as_they_are() -> None:
    """An event prints its own words, a date the day in words."""
    assert written(plain("Plan raised", Unit.TEXT)) == "Plan raised"
    assert written(plain(date(2025, 11, 5), Unit.DATE)) == "5 November 2025"


@pytest.mark.parametrize(
    ("low", "high", "unit", "style", "expected"),
    [
        (66e9, 72e9, M, "", "US$66–72bn"),
        (66.5e9, 72e9, M, "", "US$66.5–72.0bn"),
        (800e6, 1.2e9, M, "", "US$0.8–1.2bn"),
        (700e6, 900e6, M, "", "US$700–900m"),
        (1.5e12, 2.5e12, M, "", "US$1.50–2.50tn"),
        (66e9, 72e9, M, "bn", "66.0–72.0"),
        (66e9, 72e9, M, "plain", "66–72bn"),
        (150.0, 200.0, Unit.PER_SHARE, "", "US$150–200"),
        (0.05, 0.07, F, "", "5–7%"),
        (0.05, 0.075, F, "", "5.0–7.5%"),
        (9.5, 12.0, X, "", "9.5–12.0×"),
        (-0.02, 0.03, F, "", "−2% to 3%"),
        (-2e9, 3e9, M, "", "−US$2bn to US$3bn"),
    ],
)
def test_a_range_has_one_currency_and_one_scale(
    low: float, high: float, unit: Unit, style: Style, expected: str
) -> None:
    """Both ends of a stated range share currency, scale and decimals, so that they can be compared at a glance."""
    assert written(plain(None, unit, low=low, high=high), style) == expected


def test_a_writer_may_call_a_currency_otherwise() -> None:
    """Where no other dollar is near, the brief may write "$" alone."""
    alone = Wording(symbols={"USD": "$"})
    assert alone.write(computed(17.7e9, M, "USD")) == "$17.7bn"


def test_letters_before_an_amount_do_not_break_off() -> None:
    """RMB and its amount stay on one line."""
    assert WORDING.write(computed(1e9, M, "CNY")) == "RMB\u00a01.0bn"


@given(st.floats(-1e14, 1e14), st.sampled_from([M, F, X, Unit.PER_SHARE, Unit.SHARES, Unit.NUMBER]))
def test_signs_never_lie(value: float, unit: Unit) -> None:
    """Whatever the value: a minus only below zero, a signed plus only above, and "abs" without any."""
    figure = computed(value, unit, "USD")
    assert written(figure).startswith("−") <= (value < 0)
    assert written(figure, "signed").startswith("+") <= (value > 0)
    assert "−" not in written(figure, "abs")
