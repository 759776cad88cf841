"""Consensus: targets, ratings, estimates and their trend, houses' targets, and the days ahead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from generator.language import day_in_words
from generator.model.fact import Fact, Unit
from generator.model.period import Period
from generator.sources.yahoo.answers import Summary, day, listed, number, part, text
from generator.sources.yahoo.estimates import Estimate, read_estimates, year_ahead
from generator.sources.yahoo.money import close_to
from generator.sources.yahoo.quote import Quote
from generator.sources.yahoo.reporting import Rate
from generator.sources.yahoo.stating import Stating, span

TARGETS = {
    "target_mean": "targetMeanPrice",
    "target_median": "targetMedianPrice",
    "target_low": "targetLowPrice",
    "target_high": "targetHighPrice",
}
RATINGS = {
    "ratings_strong_buy": "strongBuy",
    "ratings_buy": "buy",
    "ratings_hold": "hold",
    "ratings_sell": "sell",
    "ratings_strong_sell": "strongSell",
}
HOUSES_SINCE = timedelta(days=60)
FARTHEST = 5.0
"""A target more than this many times above or below the price is in another currency or on another share basis."""
NEAR = 0.1
"""How far beyond the range of the dated estimates the undated forward EPS may lie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consensus:
    """What analysts say about a listing; `rate` is units of a currency per one of the price currency."""

    quote: Quote
    summary: Summary
    stating: Stating
    rate: Rate

    def facts(self) -> tuple[tuple[Fact, ...], tuple[str, ...]]:
        """Return the facts, and what was left out or chosen, in words."""
        notes: list[str] = []
        parts = (self._targets(notes), self._ratings(), self._estimates(), self._houses(notes), self._ahead())
        facts = (*(fact for part in parts for fact in part), *self._forward(notes))
        ticker = self.quote.ticker
        metrics = {fact.metric for fact in facts}
        lacking = [words for words, metric in LACKING.items() if metric not in metrics]
        if lacking:
            notes.append(f"Yahoo Finance has no {', '.join(lacking)} of {ticker}")
        return facts, tuple(notes)

    def _targets(self, notes: list[str]) -> Iterator[Fact]:
        part = self.summary["financialData"]
        values = {metric: number(part.get(field)) for metric, field in TARGETS.items()}
        mean = values["target_mean"]
        if mean is None:
            return
        if not self._is_near(self.quote.coin.major(mean)):
            said = f"Yahoo's mean target of {self.quote.ticker}, {mean:g}, is far off the price; targets are left out"
            notes.append(said)
            return
        for metric, value in values.items():
            if value is not None:
                yield self._of_price(metric, self.quote.coin.major(value))
        if (analysts := number(part.get("numberOfAnalystOpinions"))) is not None:
            yield self.stating.fact("target_analysts", analysts, "analysis")

    def _of_price(self, metric: str, value: float, **details: object) -> Fact:
        return self.stating.fact(metric, value, "analysis", currency=self.quote.coin.currency, **details)

    def _is_near(self, target: float) -> bool:
        last = self.quote.last
        return last is None or close_to(target, last.price, factor=FARTHEST)

    def _ratings(self) -> Iterator[Fact]:
        """Give the counts of this month, unless nobody is counted."""
        rows = self.summary.rows("recommendationTrend", "trend")
        now = next((row for row in rows if row.get("period") == "0m"), None)
        counts = {metric: number(now.get(field)) for metric, field in RATINGS.items()} if now else {}
        if any(counts.values()) and None not in counts.values():
            for metric, count in counts.items():
                yield self.stating.fact(metric, count, "analysis")

    def _estimates(self) -> Iterator[Fact]:
        """Give the estimates of earnings and revenue by fiscal year and quarter, those of EPS also as they stood."""
        for estimate in read_estimates(self.summary):
            period = span(estimate.kind, estimate.end, months=12 if estimate.kind == "fiscal_year" else 3)
            tail = "fy" if estimate.kind == "fiscal_year" else "quarter"
            words = f"for the {'fiscal year' if tail == 'fy' else 'quarter'}"
            analysts = f"mean of {estimate.analysts:.0f} analysts"
            for days, value in estimate.trend:
                yield self.stating.fact(
                    f"eps_estimate_{tail}", value, "analysis", period=period, currency=estimate.currency,
                    label=f"EPS estimate {words}", unit=Unit.QUOTED, note="" if days else analysts,
                    published_on=self.stating.seen - timedelta(days=days),
                )  # fmt: skip
            if estimate.revenue is not None:
                yield self.stating.fact(
                    f"revenue_estimate_{tail}", estimate.revenue, "analysis", period=period, unit=Unit.MONEY,
                    currency=estimate.revenue_currency, label=f"revenue estimate {words}",
                )  # fmt: skip
            for way, count in (("up", estimate.up), ("down", estimate.down)):
                if count is not None and tail == "fy":
                    yield self.stating.fact(
                        f"estimate_revisions_{way}", count, "analysis", period=period, unit=Unit.COUNT,
                        label=f"EPS estimates revised {way} in thirty days",
                    )  # fmt: skip

    def _forward(self, notes: list[str]) -> Iterator[Fact]:
        """State forward EPS: Yahoo's undated one where it fits its dated estimates, else the year's nearest ahead.

        Why: the undated field can be a year old or on the basis before a split (Erdemir: 6.16 beside 1.56 and 2.73).
        """
        ticker, price, stale = self.quote.ticker, self.quote.coin.currency, self.quote.forward_eps
        years = [each for each in read_estimates(self.summary) if each.kind == "fiscal_year"]
        chosen = year_ahead(years, self.stating.seen)
        fits = self._fits(stale, years) if stale is not None else False
        if stale is not None and fits:
            checked = "it does not name its fiscal year" if years else "no dated estimate to check it against"
            yield self._of_price("forward_eps", stale, note=f"Yahoo's forwardEps; {checked}")
        elif stale is not None and fits is None:
            notes.append(f"Yahoo's forward EPS of {ticker} cannot be checked without an exchange rate; left out")
        elif chosen is not None:
            year = Period(kind="fiscal_year", end=chosen.end).label
            note = f"mean of {chosen.analysts:.0f} analysts for {year}"
            yield self.stating.fact("forward_eps", chosen.eps, "analysis", currency=chosen.currency, note=note)
        if stale is not None and fits is False:
            instead = "the dated estimate is used" if chosen else "left out"
            notes.append(f"Yahoo's forward EPS of {ticker}, {stale:g} {price}, does not fit its estimates; {instead}")

    def _fits(self, value: float, years: list[Estimate]) -> bool | None:
        """Tell whether a figure in the currency of the price lies among the estimates, or a tenth beyond them.

        None: an exchange rate lacks. Without estimates, it fits where price and statements share their currency.
        """
        if not years:
            return self.quote.declared in ("", self.quote.coin.currency)
        units = [self._units(each.currency) for each in years]
        known = sorted(each.eps / unit for each, unit in zip(years, units, strict=True) if unit)
        if len(known) < len(years):
            return None
        low, high = known[0], known[-1]
        return low - NEAR * abs(low) <= value <= high + NEAR * abs(high)

    def _units(self, currency: str) -> float | None:
        return 1.0 if currency == self.quote.coin.currency else self.rate(currency)

    def _houses(self, notes: list[str]) -> Iterator[Fact]:
        """Give the newest target of each house in the last sixty days."""
        told: set[str] = set()
        rows = self.summary.rows("upgradeDowngradeHistory", "history")
        for row in sorted(rows, key=lambda each: number(each.get("epochGradeDate")) or 0.0, reverse=True):
            when, firm = day(row.get("epochGradeDate"), self.quote.zone), text(row.get("firm"))
            target = number(row.get("currentPriceTarget"))
            if when is None or not firm or not target or firm in told or not self._is_recent(when):
                continue
            told.add(firm)
            value = self.quote.coin.major(target)
            if not self._is_near(value):
                notes.append(
                    f"the target of {firm} for {self.quote.ticker}, {target:g}, is far off the price; left out"
                )
                continue
            grade = text(row.get("toGrade"))
            yield self._of_price(
                "house_target", value, name=firm, period=Period.instant(when), published_on=when,
                note=f"rated {grade}" if grade else "",
            )  # fmt: skip

    def _is_recent(self, when: date) -> bool:
        return self.stating.seen - HOUSES_SINCE <= when <= self.stating.seen

    def _ahead(self) -> Iterator[Fact]:
        """Give the next day of results and the next ex-dividend day."""
        events = self.summary["calendarEvents"]
        results = part(events.get("earnings"))
        days = [day(each, self.quote.zone) for each in listed(results.get("earningsDate"))]
        ahead = sorted(each for each in days if each is not None and each >= self.stating.seen)
        if ahead:
            window = f" between {day_in_words(ahead[0])} and {day_in_words(ahead[-1])}" if len(ahead) > 1 else ""
            guess = "expected" if results.get("isEarningsDateEstimate") else ""
            yield self._day("next_earnings", ahead[0], "next results", f"{guess}{window}".strip())
        dividend = day(events.get("exDividendDate"))
        if dividend is not None and dividend >= self.stating.seen:
            yield self._day("next_dividend", dividend, "next ex-dividend day", "")

    def _day(self, metric: str, when: date, label: str, note: str) -> Fact:
        return self.stating.fact(metric, when, "analysis", unit=Unit.DATE, label=label, note=note)


LACKING = {"price targets": "target_mean", "ratings": "ratings_buy", "estimates of earnings": "eps_estimate_fy"}
