"""Concepts: what the product calls a figure, and its names in the two taxonomies of filings, the best first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

GAAP, IFRS, COVER = "us-gaap", "ifrs-full", "dei"
RATIO = "EntityListingDepositoryReceiptRatio"

LARGEST = frozenset({"revenue"})
"""Of these the largest of the first two names counts: the second is a part of the first where both are filed."""

Names = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """The names of one taxonomy: flows over a period, balances on a day, amounts per share, averages and counts."""

    flows: Names
    stocks: Names
    per_share: Names
    averages: Names
    counts: Names


TAXONOMIES: dict[str, Taxonomy] = {
    GAAP: Taxonomy(
        flows={
            "revenue": (
                "Revenues", "RevenueFromContractWithCustomerExcludingAssessedTax", "RevenuesNetOfInterestExpense",
                "RevenueFromContractWithCustomerIncludingAssessedTax", "SalesRevenueNet", "SalesRevenueGoodsNet",
            ),
            "cost_of_revenue": ("CostOfRevenue", "CostOfGoodsAndServicesSold", "CostOfGoodsSold"),
            "gross_profit": ("GrossProfit",),
            "operating_income": ("OperatingIncomeLoss",),
            "net_income": ("ProfitLoss", "NetIncomeLoss"),
            "net_income_attributable": ("NetIncomeLoss", "NetIncomeLossAvailableToCommonStockholdersBasic"),
            "income_tax": ("IncomeTaxExpenseBenefit",),
            "depreciation_amortisation": (
                "DepreciationDepletionAndAmortization", "DepreciationAmortizationAndAccretionNet",
                "DepreciationAndAmortization",
            ),
            "research_and_development": (
                "ResearchAndDevelopmentExpense", "ResearchAndDevelopmentExpenseExcludingAcquiredInProcessCost",
            ),
            "sales_and_marketing": ("SellingAndMarketingExpense",),
            "operating_cash_flow": (
                "NetCashProvidedByUsedInOperatingActivities",
                "NetCashProvidedByUsedInOperatingActivitiesContinuingOperations",
            ),
            "capital_expenditure": (
                "PaymentsToAcquirePropertyPlantAndEquipment", "PaymentsToAcquireProductiveAssets",
            ),
            "stock_based_compensation": ("ShareBasedCompensation",),
            "share_repurchases": ("PaymentsForRepurchaseOfCommonStock",),
            "dividends_paid": ("PaymentsOfDividends", "PaymentsOfDividendsCommonStock"),
        },
        stocks={
            "cash_and_equivalents": ("CashAndCashEquivalentsAtCarryingValue",),
            "short_term_investments": (
                "MarketableSecuritiesCurrent", "ShortTermInvestments",
                "AvailableForSaleSecuritiesDebtSecuritiesCurrent",
            ),
            "cash_and_investments": ("CashCashEquivalentsAndShortTermInvestments",),
            "long_term_debt": ("LongTermDebtNoncurrent", "LongTermDebtAndCapitalLeaseObligations"),
            "long_term_debt_current": (
                "LongTermDebtCurrent", "LongTermDebtAndCapitalLeaseObligationsCurrent", "DebtCurrent",
            ),
            "commercial_paper": ("CommercialPaper", "ShortTermBorrowings"),
            "equity": ("StockholdersEquity",),
            "total_assets": ("Assets",),
            "total_liabilities": ("Liabilities",),
            "current_assets": ("AssetsCurrent",),
            "current_liabilities": ("LiabilitiesCurrent",),
        },
        per_share={"diluted_eps": ("EarningsPerShareDiluted", "EarningsPerShareBasicAndDiluted")},
        averages={
            "diluted_shares": (
                "WeightedAverageNumberOfDilutedSharesOutstanding",
                "WeightedAverageNumberOfShareOutstandingBasicAndDiluted",
            ),
        },
        counts={"shares_outstanding": ("CommonStockSharesOutstanding",)},
    ),
    IFRS: Taxonomy(
        flows={
            "revenue": ("Revenue", "RevenueFromContractsWithCustomers"),
            "cost_of_revenue": ("CostOfSales",),
            "gross_profit": ("GrossProfit",),
            "operating_income": ("ProfitLossFromOperatingActivities",),
            "net_income": ("ProfitLoss",),
            "net_income_attributable": ("ProfitLossAttributableToOwnersOfParent",),
            "income_tax": ("IncomeTaxExpenseContinuingOperations",),
            "depreciation_amortisation": (
                "DepreciationAndAmortisationExpense", "AdjustmentsForDepreciationAndAmortisationExpense",
            ),
            "research_and_development": ("ResearchAndDevelopmentExpense",),
            "sales_and_marketing": ("SalesAndMarketingExpense",),
            "operating_cash_flow": ("CashFlowsFromUsedInOperatingActivities",),
            "capital_expenditure": ("PurchaseOfPropertyPlantAndEquipmentClassifiedAsInvestingActivities",),
            "stock_based_compensation": ("AdjustmentsForSharebasedPayments",),
            "share_repurchases": ("PaymentsToAcquireOrRedeemEntitysShares",),
            "dividends_paid": (
                "DividendsPaidToEquityHoldersOfParentClassifiedAsFinancingActivities",
                "DividendsPaidClassifiedAsFinancingActivities",
            ),
        },
        stocks={
            "cash_and_equivalents": ("CashAndCashEquivalents",),
            "total_debt": ("Borrowings",),
            "long_term_debt": ("LongtermBorrowings",),
            "long_term_debt_current": ("CurrentPortionOfLongtermBorrowings",),
            "commercial_paper": ("ShorttermBorrowings",),
            "equity": ("EquityAttributableToOwnersOfParent", "Equity"),
            "total_assets": ("Assets",),
            "total_liabilities": ("Liabilities",),
            "current_assets": ("CurrentAssets",),
            "current_liabilities": ("CurrentLiabilities",),
        },
        per_share={"diluted_eps": ("DilutedEarningsLossPerShare",)},
        averages={"diluted_shares": ("AdjustedWeightedAverageShares",)},
        counts={"shares_outstanding": ("NumberOfSharesOutstanding",)},
    ),
    COVER: Taxonomy(
        flows={}, stocks={}, per_share={}, averages={},
        counts={"shares_outstanding": ("EntityCommonStockSharesOutstanding",)},
    ),
}  # fmt: skip
