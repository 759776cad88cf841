"""Cash flow and the balance of cash and debt. Amounts share a period and a currency. None: an input unknown."""

from __future__ import annotations

from generator.analysis.outcome import finite, quotient
from generator.language import msgid


def free_cash_flow(operating_cash_flow: float | None, capex: float | None) -> float | None:
    """Return operating cash flow - capital expenditure, the latter given as a positive amount spent."""
    if operating_cash_flow is None or capex is None:
        return None
    return finite(operating_cash_flow - capex)


def share_of_revenue(amount: float | None, revenue: float | None) -> float | None:
    """Return amount / revenue; a plan goes in per year (see `growth.per_year`)."""
    return quotient(amount, revenue, divisor_is=msgid("revenue is {sign}"))


def share_of_operating_cash_flow(amount: float | None, operating_cash_flow: float | None) -> float | None:
    """Return amount / operating cash flow; above 1 means that the business does not pay for it."""
    return quotient(
        amount,
        operating_cash_flow,
        divisor_is=msgid("operating cash flow is {sign}"),
    )


def capex_intensity(capex: float | None, revenue: float | None) -> float | None:
    """Return capital expenditure (a positive amount spent) / revenue."""
    return share_of_revenue(capex, revenue)


def cash_conversion(free_cash_flow: float | None, net_income: float | None) -> float | None:
    """Return free cash flow / net income; not meaningful on losses."""
    return quotient(free_cash_flow, net_income, divisor_is=msgid("net income is {sign}"))


def net_cash(cash: float | None, debt: float | None) -> float | None:
    """Return cash and liquid investments - interest-bearing debt; negative is net debt."""
    return None if cash is None or debt is None else finite(cash - debt)


def net_debt_to_ebitda(debt: float | None, cash: float | None, *, ebitda: float | None) -> float | None:
    """Return (debt - cash) / twelve months' EBITDA as a multiple; negative is net cash."""
    liquid = net_cash(cash, debt)
    return quotient(
        None if liquid is None else -liquid,
        ebitda,
        divisor_is=msgid("EBITDA is {sign}"),
    )
