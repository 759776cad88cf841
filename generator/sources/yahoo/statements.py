"""Statements: the lines of income, balance sheet and cash flow, in the currency they were found to be in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from generator.language import day_in_words
from generator.model.fact import Fact
from generator.model.period import Kind, Period
from generator.sources.yahoo.answers import Point
from generator.sources.yahoo.money import close_to
from generator.sources.yahoo.stating import Stating, span

# What the product calls a line, and Yahoo's keys for it, the best first; a minus: Yahoo prints money spent as negative.
FLOWS: dict[str, tuple[str, ...]] = {
    "revenue": ("TotalRevenue", "OperatingRevenue"),
    "cost_of_revenue": ("CostOfRevenue",),
    "gross_profit": ("GrossProfit",),
    "operating_income": ("TotalOperatingIncomeAsReported", "OperatingIncome"),
    "net_income": ("NetIncomeIncludingNoncontrollingInterests",),
    "net_income_attributable": ("NetIncomeCommonStockholders", "NetIncome"),
    "income_tax": ("TaxProvision",),
    "depreciation_amortisation": ("DepreciationAndAmortization", "ReconciledDepreciation"),
    "research_and_development": ("ResearchAndDevelopment",),
    "sales_and_marketing": ("SellingAndMarketingExpense",),
    "operating_cash_flow": ("OperatingCashFlow",),
    "capital_expenditure": ("-CapitalExpenditure",),
    "stock_based_compensation": ("StockBasedCompensation",),
    "share_repurchases": ("-RepurchaseOfCapitalStock",),
    "dividends_paid": ("-CashDividendsPaid",),
}
STOCKS: dict[str, tuple[str, ...]] = {
    "cash_and_equivalents": ("CashAndCashEquivalents",),
    "short_term_investments": ("OtherShortTermInvestments",),
    "cash_and_investments": ("CashCashEquivalentsAndShortTermInvestments",),
    "long_term_debt": ("LongTermDebt",),
    "equity": ("CommonStockEquity", "StockholdersEquity"),
    "total_assets": ("TotalAssets",),
    "total_liabilities": ("TotalLiabilitiesNetMinorityInterest",),
    "current_assets": ("CurrentAssets",),
    "current_liabilities": ("CurrentLiabilities",),
}
DEBT = ("CurrentDebt", "OtherCurrentBorrowings", "CommercialPaper", "TotalDebt")
PER_SHARE = ("DilutedEPS", "DilutedAverageShares")
KINDS: dict[str, tuple[Kind, int]] = {
    "3M": ("quarter", 3),
    "6M": ("half", 6),
    "9M": ("nine_months", 9),
    "12M": ("fiscal_year", 12),
}
SAME_PERIOD = timedelta(days=7)
SAME_FIGURE = 1.25
SAME_SECURITY = 1.8
"""Fewer shares than this times the count are the quoted security; ordinary shares behind an ADS are more."""

Lines = Mapping[tuple[str, date, str], float]


def asked() -> tuple[str, ...]:
    """Return Yahoo's names of all lines that are asked for."""
    named = [key.lstrip("-") for row in (*FLOWS.values(), *STOCKS.values()) for key in row]
    return tuple(dict.fromkeys((*named, *DEBT, *PER_SHARE)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """When the newest quarter ended and was published; None: not known, and the day it was seen counts."""

    quarter: date | None = None
    on: date | None = None

    def published(self, end: date, seen: date) -> date:
        """Return the day a figure for a period that ends on `end` is known to have been public, never too early."""
        newest = self.quarter is not None and abs(end - self.quarter) <= SAME_PERIOD
        return self.on if newest and self.on is not None and end < self.on <= seen else seen

    def latest(self, end: date, seen: date) -> str:
        """Return what to say of a figure whose day of publication is not known."""
        known = self.published(end, seen) < seen
        return "" if known else f"; public by {day_in_words(seen)} at the latest"


def read_lines(points: tuple[Point, ...]) -> Lines:
    """Return the lines by key, end and length, those in another currency than the rest left out."""
    codes = [point.code for point in points if point.key not in PER_SHARE]
    usual = max(sorted(set(codes)), key=codes.count, default="")
    return {
        (point.key, point.end, point.length): point.value
        for point in points
        if point.key in PER_SHARE or point.code == usual
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """All lines of a company with their currency, ready to be stated."""

    lines: Lines
    currency: str
    reported: Reported
    stating: Stating
    count: float | None = None

    def facts(self) -> tuple[tuple[Fact, ...], tuple[str, ...]]:
        """Return the facts, and what had to be left out."""
        notes: list[str] = []
        amounts = (*self._flows(), *self._stocks(), *self._debts(), *self._earnings(notes))
        return amounts, tuple(notes)

    def _first(self, names: tuple[str, ...], end: date, length: str) -> tuple[float, str] | None:
        """Return the best line there is, with what it is called at Yahoo."""
        for name in names:
            key, sign = name.lstrip("-"), -1.0 if name.startswith("-") else 1.0
            if (value := self.lines.get((key, end, length))) is not None:
                return sign * value if value else 0.0, key
        return None

    def _flows(self) -> Iterator[Fact]:
        for end, length in self._periods():
            kind, months = KINDS[length]
            for metric, names in FLOWS.items():
                if (found := self._first(names, end, length)) is not None:
                    yield self._amount(metric, found[0], span(kind, end, months=months), note=found[1])

    def _stocks(self) -> Iterator[Fact]:
        for end, length in self._days():
            for metric, names in STOCKS.items():
                if (found := self._first(names, end, length)) is not None:
                    yield self._amount(metric, found[0], Period.instant(end), note=found[1])

    def _debts(self) -> Iterator[Fact]:
        """State short-term debt in parts where they add up, else as a whole; all debt where there is nothing else."""
        for end, length in self._days():
            found = {key: self._first((key,), end, length) for key in (*DEBT, "LongTermDebt")}
            value = {key: pair[0] for key, pair in found.items() if pair is not None}
            period = Period.instant(end)
            parts = value.get("OtherCurrentBorrowings", 0.0), value.get("CommercialPaper", 0.0)
            current = value.get("CurrentDebt")
            if "LongTermDebt" not in value:
                if "TotalDebt" in value:
                    yield self._amount("total_debt", value["TotalDebt"], period, note="TotalDebt, leases included")
            elif current is not None and abs(sum(parts) - current) <= abs(current) * 1e-6:
                yield self._amount("long_term_debt_current", parts[0], period, note="OtherCurrentBorrowings")
                yield self._amount("commercial_paper", parts[1], period, note="CommercialPaper")
            elif current is not None:
                yield self._amount("long_term_debt_current", current, period, note="CurrentDebt, all of it")

    def _earnings(self, notes: list[str]) -> Iterator[Fact]:
        """State earnings per share that agree with net income ÷ shares, on the basis of the quoted security.

        Why: Yahoo's code for them names the currency of the price, while the figures stand in that of the statements.
        """
        odd = []
        for end, length in self._periods():
            per, shares = (self._first((key,), end, length) for key in PER_SHARE)
            income = self._first(FLOWS["net_income_attributable"], end, length)
            if per is None:
                continue
            if not shares or not income or not self._agree(per[0], income[0], shares[0]):
                odd.append(f"{end:%Y-%m}")
                continue
            kind, months = KINDS[length]
            yield self._amount("diluted_eps", per[0], span(kind, end, months=months), note="DilutedEPS")
        if odd:
            notes.append(
                f"diluted EPS of {self.stating.ticker} for periods to {', '.join(odd)} does not agree with net income "
                f"and shares in {self.currency}, and is left out"
            )

    def _agree(self, per_share: float, income: float, shares: float) -> bool:
        if self.count is not None and not close_to(shares, self.count, factor=SAME_SECURITY):
            return False
        rounding = 0.006
        expected = income / shares
        return abs(per_share - expected) <= rounding or close_to(per_share, expected, factor=SAME_FIGURE)

    def _periods(self) -> list[tuple[date, str]]:
        return sorted({(end, length) for _, end, length in self.lines if length in KINDS})

    def _days(self) -> list[tuple[date, str]]:
        """Return each balance-sheet day once: a year's end stands in the yearly and in the quarterly statements."""
        best: dict[date, str] = {}
        for end, length in self._periods():
            has = any(self._first(names, end, length) for names in STOCKS.values())
            if has and (end not in best or length == "3M"):
                best[end] = length
        return sorted(best.items())

    def _amount(self, metric: str, value: float, period: Period, *, note: str) -> Fact:
        published = self.reported.published(period.end, self.stating.seen)
        return self.stating.fact(
            metric,
            value,
            "financials",
            period=period,
            published_on=published,
            currency=self.currency,
            note=f"Yahoo's {note}{self.reported.latest(period.end, self.stating.seen)}",
        )
