"""What sources state, by the name the whole product uses for it. One row, one metric."""

from __future__ import annotations

from generator.analysis import statements
from generator.analysis.known import Measure, Metric
from generator.model.fact import Unit

M, F, X, S = Unit.MONEY, Unit.FRACTION, Unit.MULTIPLE, Unit.SHARES


def _flow(key: str, label: str, unit: Unit = M, *, measure: Measure | None = None) -> Metric:
    return Metric(key=key, label=label, unit=unit, flow=True, measure=measure)


def _stock(key: str, label: str, unit: Unit = M) -> Metric:
    return Metric(key=key, label=label, unit=unit)


STATED = (
    # Stated by companies: flows, from which quarters and twelve months are derived.
    _flow("revenue", "revenue"),
    _flow("cost_of_revenue", "cost of revenue"),
    _flow("operating_income", "operating income"),
    _flow("net_income", "net income before minorities"),
    _flow("net_income_attributable", "net income to shareholders", measure=statements.shareholders_income),
    _flow("non_gaap_net_income", "non-GAAP net income"),
    _flow("adjusted_ebita", "adjusted EBITA"),
    _flow("depreciation_amortisation", "depreciation and amortisation"),
    _flow("research_and_development", "research and development"),
    _flow("sales_and_marketing", "sales and marketing"),
    _flow("income_tax", "income tax"),
    _flow("diluted_eps", "diluted EPS", Unit.PER_SHARE),
    _flow("non_gaap_diluted_eps", "non-GAAP diluted EPS", Unit.PER_SHARE),
    _flow("operating_cash_flow", "operating cash flow"),
    _flow("capital_expenditure", "capital expenditure"),
    _flow("capital_expenditure_net", "capital expenditure net of incentives"),
    _flow("capital_expenditure_with_leases", "capital expenditure with finance leases"),
    _flow("free_cash_flow_company", "free cash flow as the company defines it"),
    _flow("stock_based_compensation", "stock-based compensation"),
    _flow("share_repurchases", "share repurchases"),
    _flow("dividends_paid", "dividends paid"),
    _flow("segment_revenue", "segment revenue"),
    # Stated by companies: balances and counts.
    _stock("diluted_shares", "diluted average shares", S),
    _stock("shares_outstanding", "shares outstanding", S),
    _stock("cash_and_equivalents", "cash and equivalents"),
    _stock("short_term_investments", "short-term investments"),
    _stock("long_term_debt", "long-term debt"),
    _stock("long_term_debt_current", "current part of long-term debt"),
    _stock("commercial_paper", "commercial paper"),
    _stock("equity", "shareholders' equity"),
    _stock("total_assets", "total assets"),
    _stock("total_liabilities", "total liabilities"),
    _stock("current_assets", "current assets"),
    _stock("current_liabilities", "current liabilities"),
    # Stated by vendors, houses and the desk.
    _stock("target_mean", "mean target", Unit.PER_SHARE),
    _stock("target_low", "lowest target", Unit.PER_SHARE),
    _stock("target_high", "highest target", Unit.PER_SHARE),
    _stock("target_median", "median target", Unit.PER_SHARE),
    _stock("target_analysts", "analysts with a target", Unit.COUNT),
    _stock("consensus_target_mean", "average target (press)", Unit.PER_SHARE),
    _stock("house_target", "target", Unit.PER_SHARE),
    _stock("ratings_strong_buy", "strong buy ratings", Unit.COUNT),
    _stock("ratings_buy", "buy ratings", Unit.COUNT),
    _stock("ratings_hold", "hold ratings", Unit.COUNT),
    _stock("ratings_sell", "sell ratings", Unit.COUNT),
    _stock("ratings_strong_sell", "strong sell ratings", Unit.COUNT),
    _stock("forward_eps", "forward EPS estimate", Unit.PER_SHARE),
    _stock("eps_estimate_fy", "EPS estimate for the fiscal year", Unit.PER_SHARE),
    _stock("vendor_trailing_pe", "trailing P/E as a vendor prints it", X),
    _stock("vendor_forward_pe", "forward P/E as a vendor prints it", X),
    _stock("vendor_market_cap", "market value as a vendor prints it"),
    _stock("vendor_shares", "share count as a vendor prints it", S),
    _stock("capex_plan", "investment plan"),
    _stock("capex_plan_translated", "investment plan as translated when announced"),
    _stock("capex_guidance", "capital expenditure guidance"),
    _stock("market_share", "market share", F),
    _stock("market_size", "market size"),
    _stock("segment_growth", "segment growth", F),
    _stock("segment_streak", "quarters in a row", Unit.COUNT),
)
