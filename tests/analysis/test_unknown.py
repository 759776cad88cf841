"""Unknown in, unknown out: what every formula on single figures keeps to."""

from __future__ import annotations

import inspect
import math
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis import cash_flow, consensus, decomposition, growth, profitability, valuation
from generator.analysis.outcome import NotMeaningful, finite, quotient
from generator.errors import NotMeaningfulError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

MODULES: tuple[ModuleType, ...] = (cash_flow, consensus, decomposition, growth, profitability, valuation)
OF_SEQUENCES = {"ttm", "streak", "target_range"}
OF_STANDINGS = {"currency_decomposition"}
MAGNITUDES = st.floats(1e-6, 1e15)
FIGURES = st.one_of(MAGNITUDES, MAGNITUDES.map(lambda size: -size), st.just(0.0), st.just(math.nan))


def formulas() -> list[Callable[..., Any]]:
    """Every public function that is defined in a module of formulas and takes single figures."""
    return [
        function
        for module in MODULES
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and name not in OF_SEQUENCES | OF_STANDINGS
    ]


def call(formula: Callable[..., Any], figures: list[float | None]) -> object:
    """Call a formula with figures for its parameters in their order."""
    parameters = inspect.signature(formula).parameters.values()
    positional = [f for f, p in zip(figures, parameters, strict=False) if p.kind is not p.KEYWORD_ONLY]
    named = {p.name: f for f, p in zip(figures, parameters, strict=False) if p.kind is p.KEYWORD_ONLY}
    return formula(*positional, **named)


def numbers(result: object) -> Iterator[float]:
    """Return the numbers inside a result."""
    if isinstance(result, float | int):
        yield result
    elif isinstance(result, tuple):
        yield from result
    elif isinstance(result, decomposition.Decomposition):
        yield from (result.multiple, result.earnings, result.currency, result.cross, result.total)


def test_the_formulas_are_found() -> None:
    """The search finds the formulas it is meant to try."""
    assert {valuation.price_to_earnings, growth.growth, cash_flow.net_cash} <= set(formulas())
    assert len(formulas()) > 35


@pytest.mark.parametrize("formula", formulas(), ids=lambda formula: formula.__name__)
@given(figures=st.lists(FIGURES, min_size=5, max_size=5), gap=st.integers(0, 4))
def test_an_unknown_input_gives_unknown(formula: Callable[..., Any], figures: list[float | None], gap: int) -> None:
    """Whatever the other figures are, one that is not known makes the result not known."""
    count = len(inspect.signature(formula).parameters)
    figures[gap % count] = None
    assert call(formula, figures) is None


@pytest.mark.parametrize("formula", formulas(), ids=lambda formula: formula.__name__)
@given(figures=st.lists(FIGURES, min_size=5, max_size=5))
def test_what_leaves_is_a_finite_number(formula: Callable[..., Any], figures: list[float | None]) -> None:
    """A formula answers with finite numbers, with unknown, or with a reason in words."""
    try:
        result = call(formula, figures)
    except NotMeaningful as raised:
        words = str(raised).split()
        assert len(words) >= 3
    else:
        assert all(math.isfinite(number) for number in numbers(result))
        assert result is None or any(True for _ in numbers(result))


@pytest.mark.parametrize("gap", ["price", "eps", "rate"])
def test_a_standing_with_a_gap_has_no_decomposition(gap: str) -> None:
    """Each of price, earnings and rate is needed at both ends, even beside a loss."""
    whole: dict[str, float | None] = {"price": 1.0, "eps": -1.0, "rate": 1.0}
    full, lacking = decomposition.Standing(**whole), decomposition.Standing(**(whole | {gap: None}))
    assert decomposition.currency_decomposition(full, lacking) is None
    assert decomposition.currency_decomposition(lacking, full) is None


def test_a_reason_is_an_error_the_measures_catch() -> None:
    """The exception of the formulas is the one the measures turn into n/m."""
    assert issubclass(NotMeaningful, NotMeaningfulError)


def test_finite() -> None:
    """NaN and both infinities are unknown."""
    assert [finite(value) for value in (1.5, math.nan, math.inf, -math.inf)] == [1.5, None, None, None]


def test_quotient_names_the_divisor() -> None:
    """A divisor of zero or less gives a reason, one of 8 for 2 gives 0.25, and overflow is unknown."""
    assert quotient(2.0, 8.0, divisor_is="x is {sign}") == 0.25
    assert quotient(1e300, 1e-300, divisor_is="x is {sign}") is None
    with pytest.raises(NotMeaningful, match=r"^x is zero$"):
        quotient(2.0, 0.0, divisor_is="x is {sign}")
    with pytest.raises(NotMeaningful, match=r"^x is negative$"):
        quotient(2.0, -8.0, divisor_is="x is {sign}")
