"""Profitability. Amounts of one formula share a period and a currency; results are shares. None: an input unknown."""

from __future__ import annotations

from generator.analysis.outcome import NotMeaningful, finite, quotient
from generator.language import msgid, phrase


def margin(part: float | None, whole: float | None) -> float | None:
    """Return part / whole, such as a profit over revenue; a loss gives a negative margin."""
    return quotient(part, whole, divisor_is=msgid("revenue is {sign}"))


def gross_margin(gross_profit: float | None, revenue: float | None) -> float | None:
    """Return gross profit / revenue."""
    return margin(gross_profit, revenue)


def operating_margin(operating_income: float | None, revenue: float | None) -> float | None:
    """Return operating income / revenue."""
    return margin(operating_income, revenue)


def net_margin(net_income: float | None, revenue: float | None) -> float | None:
    """Return net income / revenue."""
    return margin(net_income, revenue)


def return_on_equity(
    net_income: float | None, opening_equity: float | None, *, closing_equity: float | None
) -> float | None:
    """Return a year's net income / mean of opening and closing equity; not meaningful unless both are positive."""
    if net_income is None or opening_equity is None or closing_equity is None:
        return None
    if opening_equity <= 0 or closing_equity <= 0:
        raise NotMeaningful(phrase("equity is not positive"))
    return finite(net_income / ((opening_equity + closing_equity) / 2))


def effective_tax_rate(income_tax: float | None, pretax_income: float | None) -> float | None:
    """Return income tax / income before tax; a tax credit gives a negative rate."""
    return quotient(
        income_tax,
        pretax_income,
        divisor_is=msgid("income before tax is {sign}"),
    )


def ebitda(operating_income: float | None, depreciation_amortisation: float | None) -> float | None:
    """Return operating income + depreciation and amortisation (a positive charge), in the currency of both."""
    if operating_income is None or depreciation_amortisation is None:
        return None
    return finite(operating_income + depreciation_amortisation)
