"""The catalogue: every metric the product knows, in the order in which they are measured. One row, one metric."""

from __future__ import annotations

import pandas as pd

from generator.analysis import cash_flow, history, market, multiples, statements, valuation
from generator.analysis.known import Metric
from generator.model.fact import Unit

M, F, X, S = Unit.MONEY, Unit.FRACTION, Unit.MULTIPLE, Unit.SHARES


def _flow(key: str, label: str, unit: Unit = M, **more: object) -> Metric:
    return Metric(key=key, label=label, unit=unit, flow=True, **more)  # type: ignore[arg-type]


def _stock(key: str, label: str, unit: Unit = M) -> Metric:
    return Metric(key=key, label=label, unit=unit)


ROWS = (
    # Stated by companies: flows, from which quarters and twelve months are derived.
    _flow("revenue", "revenue"),
    _flow("cost_of_revenue", "cost of revenue"),
    _flow("operating_income", "operating income"),
    _flow("net_income", "net income before minorities"),
    _flow("net_income_attributable", "net income to shareholders"),
    _flow("non_gaap_net_income", "non-GAAP net income"),
    _flow("adjusted_ebita", "adjusted EBITA"),
    _flow("depreciation_amortisation", "depreciation and amortisation"),
    _flow("research_and_development", "research and development"),
    _flow("sales_and_marketing", "sales and marketing"),
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
    _stock("consensus_target_mean", "average target as a press claim", Unit.PER_SHARE),
    _stock("house_target", "target", Unit.PER_SHARE),
    _stock("ratings_strong_buy", "strong buy", Unit.COUNT),
    _stock("ratings_buy", "buy", Unit.COUNT),
    _stock("ratings_hold", "hold", Unit.COUNT),
    _stock("ratings_sell", "sell", Unit.COUNT),
    _stock("ratings_strong_sell", "strong sell", Unit.COUNT),
    _stock("forward_eps", "forward EPS estimate", Unit.PER_SHARE),
    _stock("eps_estimate_fy", "EPS estimate for the fiscal year", Unit.PER_SHARE),
    _stock("vendor_trailing_pe", "trailing P/E as a vendor prints it", X),
    _stock("vendor_forward_pe", "forward P/E as a vendor prints it", X),
    _stock("vendor_market_cap", "market value as a vendor prints it"),
    _stock("vendor_shares", "share count as a vendor prints it", S),
    _stock("capex_plan", "investment plan"),
    _stock("capex_guidance", "capital expenditure guidance"),
    _stock("market_share", "market share", F),
    _stock("market_size", "market size"),
    _stock("segment_growth", "segment growth", F),
    _stock("segment_streak", "quarters in a row", Unit.COUNT),
    # Market.
    Metric(key="price", label="close", unit=Unit.PER_SHARE, measure=market.price),
    Metric(key="base_price", label="close at the start of the window", unit=Unit.PER_SHARE, measure=market.base_price),
    Metric(
        key="price_change",
        label="price change",
        unit=F,
        formula="close ÷ close at the start of the window \u2212 1",
        shown="{0} ÷ {1} \u2212 1",
        measure=market.price_change,
    ),
    Metric(
        key="total_return",
        label="total return",
        unit=F,
        formula="price change with dividends reinvested at the close of their ex-date",
        measure=market.total_return,
    ),
    Metric(
        key="excess_return",
        label="price change against the benchmark",
        unit=F,
        formula="own price change \u2212 benchmark's",
        shown="{0} \u2212 {1}",
        measure=market.excess_return,
    ),
    Metric(key="rebased_end", label="price, year's base = 100", unit=Unit.INDEX, formula="100 × (1 + price change)", measure=market.rebased_end),
    Metric(key="high_52w", label="52-week high (close)", unit=Unit.PER_SHARE, measure=market.extreme(pd.Series.idxmax)),
    Metric(key="low_52w", label="52-week low (close)", unit=Unit.PER_SHARE, measure=market.extreme(pd.Series.idxmin)),
    Metric(key="from_high", label="distance from the 52-week high", unit=F, formula="close ÷ 52-week high \u2212 1", shown="{0} ÷ {1} \u2212 1", measure=market.from_high),
    Metric(key="volatility", label="volatility, one year", unit=F, formula="standard deviation of daily returns × √252", measure=market.volatility),
    Metric(key="value_at_risk", label="one-day value at risk, 95%", unit=F, formula="5th percentile of one year's daily returns", measure=market.value_at_risk),
    Metric(key="beta", label="beta", unit=Unit.NUMBER, formula="covariance with the benchmark's daily returns ÷ their variance, one year", measure=market.beta),
    Metric(key="correlation", label="correlation of daily returns, one year", unit=Unit.NUMBER, formula="Pearson correlation of daily returns over one year", measure=market.correlation),
    Metric(key="drawdown", label="distance from the highest close held", unit=F, formula="close ÷ highest close \u2212 1", measure=market.drawdown),
    Metric(key="max_drawdown", label="deepest fall", unit=F, formula="lowest close ÷ highest close before it \u2212 1", measure=market.max_drawdown),
    # Statements.
    Metric(key="gross_profit", label="gross profit", unit=M, formula="revenue \u2212 cost of revenue", shown="{0} \u2212 {1}", flow=True, measure=statements.gross_profit),
    Metric(key="free_cash_flow", label="free cash flow (operating cash flow less capex)", unit=M, formula="operating cash flow \u2212 capital expenditure", shown="{0} \u2212 {1}", measure=statements.free_cash_flow),
    Metric(key="ebitda", label="EBITDA", unit=M, formula="operating income + depreciation and amortisation", shown="{0} + {1}", measure=statements.ebitda),
    Metric(key="total_debt", label="debt", unit=M, formula="long-term debt + its current part + commercial paper", measure=statements.sum_of(("long_term_debt", "long_term_debt_current", "commercial_paper"))),
    Metric(key="cash_and_investments", label="cash and short-term investments", unit=M, formula="cash + short-term investments", measure=statements.sum_of(("cash_and_equivalents", "short_term_investments"), required=2)),
    Metric(key="net_cash", label="net cash", unit=M, formula="cash and short-term investments \u2212 debt", shown="{0} \u2212 {1}", measure=statements.net_cash),
    Metric(key="gross_margin", label="gross margin", unit=F, formula="gross profit ÷ revenue", shown="{0} ÷ {1}", measure=statements.ratio_of("gross_profit", "revenue")),
    Metric(key="operating_margin", label="operating margin", unit=F, formula="operating income ÷ revenue", shown="{0} ÷ {1}", measure=statements.ratio_of("operating_income", "revenue")),
    Metric(key="net_margin", label="net margin", unit=F, formula="net income to shareholders ÷ revenue", shown="{0} ÷ {1}", measure=statements.ratio_of("net_income_attributable", "revenue")),
    Metric(key="fcf_margin", label="free cash flow margin", unit=F, formula="free cash flow ÷ revenue", shown="{0} ÷ {1}", measure=statements.ratio_of("free_cash_flow", "revenue")),
    Metric(key="capex_intensity", label="capex intensity", unit=F, formula="capital expenditure ÷ revenue", shown="{0} ÷ {1}", measure=statements.ratio_of("capital_expenditure", "revenue")),
    Metric(key="capex_to_cash_flow", label="capex as a share of operating cash flow", unit=F, formula="capital expenditure ÷ operating cash flow", shown="{0} ÷ {1}", measure=statements.ratio_of("capital_expenditure", "operating_cash_flow")),
    Metric(key="rd_intensity", label="R&D intensity", unit=F, formula="research and development ÷ revenue", shown="{0} ÷ {1}", measure=statements.ratio_of("research_and_development", "revenue")),
    Metric(key="sales_intensity", label="sales and marketing as a share of revenue", unit=F, formula="sales and marketing ÷ revenue", shown="{0} ÷ {1}", measure=statements.ratio_of("sales_and_marketing", "revenue")),
    Metric(key="cash_conversion", label="cash conversion", unit=F, formula="free cash flow ÷ net income to shareholders", shown="{0} ÷ {1}", measure=statements.ratio_of("free_cash_flow", "net_income_attributable")),
    Metric(key="revenue_growth", label="revenue growth", unit=F, formula="revenue ÷ revenue a year before \u2212 1", shown="{0} ÷ {1} \u2212 1", measure=statements.growth_of("revenue")),
    Metric(key="income_growth", label="net income growth", unit=F, formula="net income ÷ net income a year before \u2212 1", shown="{0} ÷ {1} \u2212 1", measure=statements.growth_of("net_income_attributable")),
    Metric(key="eps_growth", label="EPS growth", unit=F, formula="diluted EPS ÷ diluted EPS a year before \u2212 1", shown="{0} ÷ {1} \u2212 1", measure=statements.growth_of("diluted_eps")),
    Metric(key="cash_flow_growth", label="operating cash flow growth", unit=F, formula="operating cash flow ÷ a year before \u2212 1", shown="{0} ÷ {1} \u2212 1", measure=statements.growth_of("operating_cash_flow")),
    Metric(key="capex_growth", label="capex growth", unit=F, formula="capital expenditure ÷ a year before \u2212 1", shown="{0} ÷ {1} \u2212 1", measure=statements.growth_of("capital_expenditure")),
    Metric(key="fcf_growth", label="free cash flow growth", unit=F, formula="free cash flow ÷ a year before \u2212 1", shown="{0} ÷ {1} \u2212 1", measure=statements.growth_of("free_cash_flow")),
    Metric(key="fcf_company_growth", label="growth of free cash flow as the company defines it", unit=F, formula="free cash flow ÷ a year before \u2212 1", shown="{0} ÷ {1} \u2212 1", measure=statements.growth_of("free_cash_flow_company")),
    Metric(key="return_on_equity", label="return on equity", unit=F, formula="twelve months' net income ÷ mean of opening and closing equity", shown="{0} ÷ (({1} + {2}) ÷ 2)", measure=statements.return_on_equity),
    # Valuation.
    Metric(key="exchange_rate", label="exchange rate", unit=Unit.RATE, measure=multiples.exchange_rate),
    Metric(key="securities", label="shares or ADSs", unit=S, formula="shares outstanding ÷ ordinary shares per ADS", measure=multiples.securities),
    Metric(key="market_value", label="market value", unit=M, formula="close × number of shares or ADSs", shown="{0} × {1}", measure=multiples.market_value),
    Metric(key="pe_ttm", label="P/E, trailing", unit=X, formula="close × exchange rate ÷ twelve months' diluted EPS", measure=multiples.per_security("diluted_eps")),
    Metric(key="pe_non_gaap", label="P/E, trailing, non-GAAP", unit=X, formula="close × exchange rate ÷ twelve months' non-GAAP diluted EPS", measure=multiples.per_security("non_gaap_diluted_eps")),
    Metric(key="pe_forward", label="P/E, forward", unit=X, formula="close ÷ forward EPS estimate", measure=multiples.per_security("forward_eps")),
    Metric(key="ps_ttm", label="P/S, trailing", unit=X, formula="market value × exchange rate ÷ twelve months' revenue", measure=multiples.of_market_value("revenue", valuation.price_to_sales)),
    Metric(key="pb", label="P/B", unit=X, formula="market value × exchange rate ÷ shareholders' equity", measure=multiples.of_market_value("equity", valuation.price_to_book, flow=False)),
    Metric(key="enterprise_value", label="enterprise value", unit=M, formula="market value × exchange rate + debt \u2212 cash and short-term investments", measure=multiples.enterprise_value),
    Metric(key="ev_sales", label="EV/sales", unit=X, formula="enterprise value ÷ twelve months' revenue", measure=multiples.of_enterprise_value("revenue", valuation.ev_to_sales)),
    Metric(key="ev_ebitda", label="EV/EBITDA", unit=X, formula="enterprise value ÷ twelve months' EBITDA", measure=multiples.of_enterprise_value("ebitda", valuation.ev_to_ebitda)),
    Metric(key="fcf_yield", label="free cash flow yield", unit=F, formula="twelve months' free cash flow ÷ (market value × exchange rate)", measure=multiples.cash_flow_yield),
    Metric(key="dividend_yield", label="dividend yield", unit=F, formula="dividends of twelve months by ex-date ÷ close", measure=multiples.dividend_yield),
    Metric(key="peg", label="PEG", unit=X, formula="trailing P/E ÷ (growth of twelve months' EPS in percent)", shown="{0} ÷ {1}", measure=multiples.peg),
    Metric(key="implied_growth", label="earnings growth the forward multiple implies", unit=F, formula="trailing P/E ÷ forward P/E \u2212 1", shown="{0} ÷ {1} \u2212 1", measure=multiples.implied_growth),
    Metric(key="converted", label="translated to the currency of the price", unit=M, formula="figure ÷ exchange rate", measure=multiples.converted),
    # Outlook.
    Metric(key="upside", label="upside to the target", unit=F, formula="target ÷ close \u2212 1", shown="{0} ÷ {1} \u2212 1", measure=multiples.upside),
    Metric(key="buy_share", label="share of buy ratings", unit=F, formula="(strong buy + buy) ÷ all ratings", measure=multiples.buy_share),
    Metric(key="ratings_total", label="ratings", unit=Unit.COUNT, formula="sum of all ratings", shown="{0} + {1} + {2} + {3} + {4}", measure=multiples.ratings_total),
    Metric(key="plan_converted", label="plan in the currency of the price", unit=M, formula="plan ÷ exchange rate", measure=multiples.plan_in_price_currency("capex_plan")),
    Metric(key="plan_per_year", label="plan per year", unit=M, formula="plan ÷ years", measure=multiples.plan_per_year),
    Metric(key="plan_per_year_converted", label="plan per year in the currency of the price", unit=M, formula="plan per year ÷ exchange rate", measure=multiples.plan_in_price_currency("plan_per_year")),
    Metric(key="plan_share_of_revenue", label="plan per year as a share of revenue", unit=F, formula="plan per year ÷ twelve months' revenue", shown="{0} ÷ {1}", measure=multiples.plan_share("revenue")),
    Metric(key="plan_share_of_cash_flow", label="plan per year as a share of operating cash flow", unit=F, formula="plan per year ÷ twelve months' operating cash flow", shown="{0} ÷ {1}", measure=multiples.plan_share("operating_cash_flow")),
    # History of the multiple.
    Metric(key="earnings_per_security", label="twelve-month earnings per share or ADS", unit=Unit.PER_SHARE, formula="twelve-month earnings ÷ exchange rate of the day", measure=history.earnings_per_security),
    Metric(key="multiple_low", label="lowest multiple of the record", unit=X, formula="lowest close ÷ earnings known on the day", measure=history.of_multiple("low")),
    Metric(key="multiple_median", label="middle multiple of the record", unit=X, formula="median of close ÷ earnings known on the day", measure=history.of_multiple("median")),
    Metric(key="multiple_high", label="highest multiple of the record", unit=X, formula="highest close ÷ earnings known on the day", measure=history.of_multiple("high")),
    Metric(key="multiple_now", label="multiple on the basis of the record", unit=X, formula="close ÷ earnings known on the day", measure=history.of_multiple("now")),
    Metric(key="multiple_at_base", label="multiple at the start of the year", unit=X, formula="close ÷ earnings known on the day", measure=history.multiple_at_base),
    Metric(key="decomposition", label="part of the price change", unit=F, formula="(1 + multiple) × (1 + earnings) × (1 + currency) = 1 + price change", measure=history.decompose),
    Metric(key="scenario_price", label="price at a multiple of the record", unit=Unit.PER_SHARE, formula="twelve-month earnings × multiple of the record", shown="{0} × {1}", measure=history.scenario),
    Metric(key="scenario_change", label="scenario against the price", unit=F, formula="scenario price ÷ close \u2212 1", shown="{0} ÷ {1} \u2212 1", measure=history.scenario_change),
)

METRICS: dict[str, Metric] = {row.key: row for row in ROWS}
