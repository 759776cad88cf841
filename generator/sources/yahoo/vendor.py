"""Vendor: Yahoo's own figures of the day: counts and ratios for comparison, and twelve months where statements lack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from generator.language import day_in_words
from generator.model.fact import Fact, Unit
from generator.model.period import Period
from generator.sources.yahoo.answers import Summary, number
from generator.sources.yahoo.money import single
from generator.sources.yahoo.quote import Quote
from generator.sources.yahoo.reporting import Reporting
from generator.sources.yahoo.statements import FLOWS, SAME_PERIOD, Lines, Reported
from generator.sources.yahoo.stating import PUBLISHER, Stating, months_back, span

# What the product calls it: Yahoo's module and field. All are sums of twelve months in the currency of the statements.
TWELVE_MONTHS: dict[str, tuple[str, str]] = {
    "revenue": ("financialData", "totalRevenue"),
    "gross_profit": ("financialData", "grossProfits"),
    "operating_cash_flow": ("financialData", "operatingCashflow"),
    "ebitda": ("financialData", "ebitda"),
    "net_income_attributable": ("defaultKeyStatistics", "netIncomeToCommon"),
}
BALANCES: dict[str, tuple[str, str, str]] = {
    "cash_and_investments": ("totalCash", "CashCashEquivalentsAndShortTermInvestments", "totalCash"),
    "total_debt": ("totalDebt", "LongTermDebt", "totalDebt, leases included"),
}
# Ratios as Yahoo prints them, never used: its module, its field, and what the ratio is called.
RATIOS: dict[str, tuple[str, str, str]] = {
    "vendor_trailing_pe": ("summaryDetail", "trailingPE", "trailing P/E as a vendor prints it"),
    "vendor_forward_pe": ("summaryDetail", "forwardPE", "forward P/E as a vendor prints it"),
    "vendor_ps": ("summaryDetail", "priceToSalesTrailing12Months", "P/S as a vendor prints it"),
    "vendor_pb": ("defaultKeyStatistics", "priceToBook", "P/B as a vendor prints it"),
    "vendor_ev_sales": ("defaultKeyStatistics", "enterpriseToRevenue", "EV/sales as a vendor prints it"),
    "vendor_ev_ebitda": ("defaultKeyStatistics", "enterpriseToEbitda", "EV/EBITDA as a vendor prints it"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """Yahoo's figures of the day about one company."""

    quote: Quote
    summary: Summary
    lines: Lines
    reporting: Reporting
    reported: Reported
    stating: Stating

    def facts(self) -> Iterator[Fact]:
        """Give the facts."""
        yield from self._counts()
        yield from self._ratios()
        if self.reported.quarter is not None:
            yield from self._twelve_months(self.reported.quarter)
            yield from self._balances(self.reported.quarter)

    def notes(self) -> Iterator[str]:
        """Give what is worth knowing about Yahoo's twelve months: lines that end before them, and none with a date."""
        ticker, revenue = self.quote.ticker, number(self.summary["financialData"].get("totalRevenue"))
        newest = max((end for _, end, _ in self.lines), default=None)
        if newest and self.reported.quarter and newest < self.reported.quarter - SAME_PERIOD:
            yield (
                f"Yahoo's statement lines of {ticker} end on {day_in_words(newest)}; its twelve-month figures run to "
                f"{day_in_words(self.reported.quarter)}"
            )
        if self.reported.quarter is None and (revenue or self.quote.trailing_eps is not None):
            yield f"Yahoo Finance does not date its twelve-month figures of {ticker}; they are left out"

    def _counts(self) -> Iterator[Fact]:
        day = Period.instant(self.stating.seen)
        if self.quote.count is not None:
            yield self.stating.fact(
                "vendor_shares", self.quote.count.value, "key-statistics", name=PUBLISHER, note=self.quote.count.note
            )
        if self.quote.market_value is not None:
            currency = self.quote.coin.currency
            yield self.stating.fact(
                "vendor_market_cap",
                self.quote.market_value,
                "key-statistics",
                name=PUBLISHER,
                currency=currency,
                period=day,
            )

    def _ratios(self) -> Iterator[Fact]:
        for metric, (module, field, label) in RATIOS.items():
            if (value := number(self.summary[module].get(field))) is not None:
                yield self.stating.fact(
                    metric, value, "key-statistics", name=PUBLISHER, label=label, unit=Unit.MULTIPLE,
                    note=f"Yahoo's {field}, as printed",
                )  # fmt: skip

    def _twelve_months(self, end: date) -> Iterator[Fact]:
        """State what the quarters do not add up to, and EPS, which Yahoo brings to the quoted security and currency."""
        period = span("ttm", end, months=12)
        for metric, (module, field) in TWELVE_MONTHS.items():
            value = number(self.summary[module].get(field))
            if value and self._means(metric, value) and not self._has_year(metric, end):
                yield self._stated(metric, value, period, note=f"Yahoo's {field}")
        if self.quote.trailing_eps is not None and self.reporting.eps_currency:
            currency = self.reporting.eps_currency
            yield self._stated(
                "diluted_eps", self.quote.trailing_eps, period, note="Yahoo's trailingEps", currency=currency
            )

    def _means(self, metric: str, value: float) -> bool:
        """Tell whether a figure is one: a gross profit as large as revenue is that of a bank, which has none."""
        revenue = number(self.summary["financialData"].get("totalRevenue"))
        return metric != "gross_profit" or revenue is None or value < revenue

    def _has_year(self, metric: str, end: date) -> bool:
        """Tell whether the statements have four quarters in a row, or a year, up to a day."""
        names = [name.lstrip("-") for name in FLOWS.get(metric, ())]
        if metric == "ebitda":
            return self._has_year("operating_income", end) and self._has_year("depreciation_amortisation", end)
        if any((name, end, "12M") in self.lines for name in names):
            return True
        ends = sorted({day for key, day, length in self.lines if key in names and length == "3M" and day <= end})[-4:]
        in_a_row = all(abs(months_back(b, 3) - a) <= SAME_PERIOD for a, b in pairwise(ends))
        return len(ends) == 4 and ends[-1] == end and in_a_row

    def _balances(self, day: date) -> Iterator[Fact]:
        for metric, (field, key, note) in BALANCES.items():
            value = number(self.summary["financialData"].get(field))
            if value is not None and not any(name == key and end == day for name, end, _ in self.lines):
                yield self._stated(metric, value, Period.instant(day), note=f"Yahoo's {note}")

    def _stated(self, metric: str, value: float, period: Period, *, note: str, currency: str = "") -> Fact:
        return self.stating.fact(
            metric,
            single(value),
            "key-statistics",
            period=period,
            published_on=self.reported.published(period.end, self.stating.seen),
            currency=currency or self.reporting.currency,
            note=f"{note}{self.reported.latest(period.end, self.stating.seen)}",
        )
