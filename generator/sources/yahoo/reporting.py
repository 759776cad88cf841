"""Reporting: in which currency statements and earnings per share stand. Yahoo's flag is a witness, not a judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from generator.sources.yahoo.answers import Summary, number, part, text
from generator.sources.yahoo.money import close_to
from generator.sources.yahoo.quote import Quote

SAME_SIZE = 1.45
"""Net income over today's count and diluted earnings per share differ by dilution and by the year's mean rate."""

FAR_APART = 2.2
"""Exchange rates nearer to one than this cannot be told from no exchange by the size of figures."""

Rate = Callable[[str], float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporting:
    """The currency of the statements, that of trailing earnings per share (empty: unknown), and what was noticed."""

    currency: str
    eps_currency: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Witnesses:
    """Who says which currency the statements are in: Yahoo's flag, the statement lines, the analysts' estimates."""

    flag: str
    lines: str
    estimates: str

    @property
    def candidates(self) -> tuple[str, ...]:
        """The currencies named, the statement lines' first."""
        return tuple(dict.fromkeys(each for each in (self.lines, self.flag, self.estimates) if each))


def witnesses(summary: Summary, codes: tuple[str, ...], flag: str) -> Witnesses:
    """Return the witnesses; the estimates are one only where last year's revenue there is that of the statements."""
    lines = Counter(code for code in codes if code).most_common(1)
    revenue = number(summary["financialData"].get("totalRevenue"))
    estimates = ""
    for row in summary.rows("earningsTrend", "trend"):
        estimate = part(row.get("revenueEstimate"))
        before = number(estimate.get("yearAgoRevenue"))
        if row.get("period") == "0y" and revenue and before and close_to(revenue, before, factor=FAR_APART):
            estimates = text(estimate.get("revenueCurrency"))
    return Witnesses(flag=flag, lines=lines[0][0] if lines else "", estimates=estimates)


def judge(quote: Quote, summary: Summary, named: Witnesses, rate: Rate) -> Reporting:
    """Return the currencies that agree with the size of the figures; `rate` is units per one of the price currency.

    The test: net income over the number of securities, against trailing earnings per share, which Yahoo gives in the
    currency of the price. Their quotient is the exchange rate, or one where both stand in the same currency.
    """
    price = quote.coin.currency
    candidates = named.candidates or (price,)
    quotient = _quotient(quote, summary)
    disagreement = () if len(candidates) == 1 else (_said(quote.ticker, named),)
    if quotient is None:
        return _untested(quote, candidates[0], rate, disagreement)
    for candidate in candidates:
        units = 1.0 if candidate == price else rate(candidate)
        if units is not None and close_to(quotient, units, factor=SAME_SIZE):
            return Reporting(currency=candidate, eps_currency=price, notes=disagreement)
    return _misfit(quote, candidates, named, quotient, rate)


def _quotient(quote: Quote, summary: Summary) -> float | None:
    income = number(summary["defaultKeyStatistics"].get("netIncomeToCommon"))
    if not income or not quote.trailing_eps or quote.count is None:
        return None
    return income / quote.count.value / quote.trailing_eps


def _said(ticker: str, named: Witnesses) -> str:
    parts = (("its flag", named.flag), ("its statement lines", named.lines), ("its estimates", named.estimates))
    listed = ", ".join(f"{what} {code}" for what, code in parts if code)
    return f"Yahoo Finance contradicts itself about the currency of {ticker}'s statements: {listed}"


def _untested(quote: Quote, currency: str, rate: Rate, notes: tuple[str, ...]) -> Reporting:
    """Return the reading where size proves nothing: EPS in the currency of the price, as Yahoo always gives it."""
    price = quote.coin.currency
    if currency != price and quote.trailing_eps is not None:
        lacking = "" if rate(currency) else " without an exchange rate"
        said = f"Yahoo's trailing EPS of {quote.ticker} is taken to be in {price}; it cannot be checked{lacking}"
        notes = (*notes, said)
    return Reporting(currency=currency, eps_currency=price, notes=notes)


def _misfit(quote: Quote, candidates: tuple[str, ...], named: Witnesses, quotient: float, rate: Rate) -> Reporting:
    """Return the best reading where no witness fits the size of the figures, and say so."""
    price, first = quote.coin.currency, candidates[0]
    units = 1.0 if first == price else rate(first)
    if units is None:
        return _untested(quote, first, rate, ())
    if close_to(quotient, 1.0, factor=SAME_SIZE) and first != price:
        return _alike(quote, first, named, units)
    note = (
        f"Yahoo's trailing EPS of {quote.ticker}, {quote.trailing_eps:g}, cannot be reconciled with its net income and "
        f"share count in {' or '.join(candidates)}; left out"
    )
    return Reporting(currency=first, eps_currency="", notes=(note,))


def _alike(quote: Quote, first: str, named: Witnesses, units: float) -> Reporting:
    """Return the reading where net income and EPS share a currency: that of the statements, or is the flag wrong?"""
    price, ticker = quote.coin.currency, quote.ticker
    ratio = quote.last.price / quote.trailing_eps if quote.last and quote.trailing_eps else None
    if ratio is not None and _is_plausible(ratio) and not _is_plausible(ratio * units):
        note = (
            f"Yahoo Finance flags the statements of {ticker} as {first}, but by the size of its earnings per share "
            f"they are in {price}; read as {price}"
        )
        return Reporting(currency=price, eps_currency=price, notes=(note,))
    if named.lines or named.estimates:
        note = f"Yahoo's trailing EPS of {ticker} stands in {first}, the currency of its statements"
        return Reporting(currency=first, eps_currency=first, notes=(note,))
    note = f"whether Yahoo's figures of {ticker} are in {first}, as flagged, or in {price} cannot be told; EPS left out"
    return Reporting(currency=first, eps_currency="", notes=(note,))


def _is_plausible(ratio: float) -> bool:
    """Tell whether a price-earnings ratio can be one: shares do not cost less than a year's earnings."""
    return 1.0 <= abs(ratio) <= 1000.0
