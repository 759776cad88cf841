"""Thresholds: from which change on a figure counts as moved between two issues, and how much it matters."""

from __future__ import annotations

from generator.model.fact import Unit

BY_UNIT: dict[Unit, float] = {
    Unit.MONEY: 0.005,
    Unit.PER_SHARE: 0.005,
    Unit.PER_ADS: 0.005,
    Unit.MULTIPLE: 0.01,
    Unit.SHARES: 0.005,
    Unit.RATE: 0.0025,
    Unit.FRACTION: 0.005,
    Unit.POINTS: 0.005,
    Unit.INDEX: 0.01,
    Unit.NUMBER: 0.05,
    Unit.COUNT: 0.0,
}
"""Amounts, prices, multiples, rates: as a share of the older figure. Percentages: in points (0.005: half a point)."""
BY_METRIC: dict[str, float] = {
    "price": 0.01,
    "market_value": 0.01,
    "dividend_yield": 0.001,
    "fcf_yield": 0.002,
    "volatility": 0.02,
    "segment_growth": 0.0,
    "capex_plan": 0.0,
    "house_target": 0.0,
    "decomposition": 0.02,
}
WEIGHTS: dict[str, int] = {
    "price": 0, "market_value": 1, "pe_ttm": 1, "pe_forward": 1, "ps_ttm": 1, "segment_growth": 1, "capex_plan": 1,
    "capex_guidance": 1, "revenue": 1, "net_income_attributable": 1, "free_cash_flow": 1, "free_cash_flow_company": 1,
    "target_mean": 1, "house_target": 1, "diluted_eps": 2, "forward_eps": 1, "exchange_rate": 2, "revenue_growth": 2,
    "capital_expenditure": 2, "operating_cash_flow": 2, "net_margin": 2, "market_share": 2, "dividend_yield": 2,
    "net_cash": 2, "segment_revenue": 2, "ev_sales": 2, "ev_ebitda": 2, "pb": 2, "fcf_yield": 2, "against_peers": 2,
    "eps_estimate_fy": 2, "target_low": 2, "target_high": 2, "shares_outstanding": 2, "risk": 2, "event": 3,
}  # fmt: skip
"""How much a metric matters, 1 the most; what is not named here is 4."""
FOLLOWERS = frozenset((
    "base_price", "total_return", "excess_return", "rebased_end", "correlation", "beta", "from_high", "drawdown",
    "max_drawdown", "high_52w", "low_52w", "value_at_risk", "scenario_price", "scenario_change", "upside",
    "price_at_peer_multiple", "multiple_now", "multiple_low", "multiple_median", "multiple_high", "multiple_at_base",
    "earnings_per_security", "converted", "exchange_rate_at_base", "peer_median", "decomposition", "price_change",
    "vendor_trailing_pe", "vendor_forward_pe", "vendor_market_cap", "vendor_shares", "consensus_buy_ratings",
    "consensus_ratings_total", "model_parameters", "implied_growth", "plan_against_rival", "news",
    "peer_rate", "at_home",
))  # fmt: skip
"""What moves with the price or the calendar alone, and is left out unless everything is asked for."""
