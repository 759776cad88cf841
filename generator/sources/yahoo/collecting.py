"""Collecting: one ticker from the first question to the snapshot; what could not be had ends in the notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from generator.errors import NoDataError, SourceFailedError
from generator.language import day_in_words
from generator.model.fact import PER_SECURITY, Fact, Unit
from generator.model.series import Series
from generator.model.snapshot import Company, Snapshot
from generator.sources.outcome import AskFailedError, NotThereError
from generator.sources.yahoo.answers import EMPTY, Json, Point, Summary, day, listed, number, part
from generator.sources.yahoo.asking import Asking
from generator.sources.yahoo.consensus import Consensus
from generator.sources.yahoo.estimates import read_estimates
from generator.sources.yahoo.history import History, read_history, topped_up, unbroken
from generator.sources.yahoo.news import headline_facts
from generator.sources.yahoo.quote import Quote, read_listing, standing_note, year_end
from generator.sources.yahoo.rates import BASE, STALE, Rates, Remembered
from generator.sources.yahoo.reporting import judge, witnesses
from generator.sources.yahoo.statements import PER_SHARE, Books, Reported, read_lines
from generator.sources.yahoo.stating import PUBLISHER, Stating, month_end, page
from generator.sources.yahoo.vendor import Vendor

T = TypeVar("T")


@dataclass(slots=True, kw_only=True)
class Collecting:
    """Asks for the parts of one snapshot and puts them together."""

    asking: Asking
    remembered: Remembered
    ticker: str
    until: date
    today: date
    notes: list[str] = field(default_factory=list)

    def snapshot(self) -> Snapshot:
        """Return what was known on the day.

        Raises:
            NoDataError: Yahoo does not know the ticker, or has no price of it.
            SourceFailedError: quote and profile could not be had, or no price at all.
        """
        summary = self._summary()
        quote = self._quote(summary)
        history = self._history(quote)
        rates = Rates(
            asking=self.asking, remembered=self.remembered, ticker=self.ticker,
            base=quote.coin.currency, until=self.until,
        )  # fmt: skip
        company, facts = self._reporting(quote, summary, rates) if quote.is_share else (quote.company, ())
        return Snapshot(
            ticker=self.ticker,
            until=self.until,
            company=company,
            prices=self._series("close", history.days, history.closes, quote),
            dividends=self._paid(history, quote),
            rates={currency: line for currency, line in rates.lines.items() if line is not None},
            facts=(*self._known(facts, history), *(self._news() if quote.is_share else ())),
            notes=tuple(dict.fromkeys((*self.notes, *rates.notes))),
        )

    def _summary(self) -> Summary:
        try:
            return self.asking.summary(self.ticker)
        except NotThereError as said:
            raise NoDataError(f"{PUBLISHER} does not know {self.ticker} ({said})") from None
        except AskFailedError as error:
            raise SourceFailedError(PUBLISHER, f"quote and profile of {self.ticker}", error.why) from error

    def _quote(self, summary: Summary) -> Quote:
        """Return the quote out of the summary, or with the short quote's help."""
        short: Json = EMPTY
        if number(summary["price"].get("regularMarketPrice")) is None:
            try:
                short = self.asking.short_quote(self.ticker)
            except NotThereError:
                short = EMPTY
            except AskFailedError as error:
                raise SourceFailedError(PUBLISHER, f"quote of {self.ticker}", error.why) from error
        quote = read_listing(self.ticker, summary, short)
        if quote is None:
            raise NoDataError(f"{PUBLISHER} knows {self.ticker}, but gives no price of it: neither amount nor currency")
        self.notes += [f"{self.ticker}: {note}" for note in (quote.coin.note, standing_note(quote, self.until)) if note]
        return quote

    def _history(self, quote: Quote) -> History:
        """Return the closes up to the day, the last price filling its own day."""
        nothing = History(coin=quote.coin, zone=quote.zone, days=(), closes=())
        why = ""
        try:
            history = read_history(self.asking.chart(self.ticker, self.until), self.until)
        except NotThereError:
            history = nothing
            self.notes.append(f"{PUBLISHER} has no price history of {self.ticker}")
        except AskFailedError as error:
            history, why = nothing, error.why
            self.notes.append(f"the price history and dividends of {self.ticker} are missing: {PUBLISHER} {why}")
        if history.coin.currency != quote.coin.currency:
            said = f"{history.coin.quoted}, its quote in {quote.coin.quoted}; the history is left out"
            self.notes.append(f"Yahoo's price history of {self.ticker} is in {said}")
            history = nothing
        history = unbroken(topped_up(history, quote.last, self.until) if quote.last else history, self.until)
        self.notes += [f"{self.ticker}: {note}" for note in history.notes]
        if history.days and self.until - history.days[-1] > STALE:
            self.notes.append(f"the last close of {self.ticker} is of {day_in_words(history.days[-1])}")
        if not history.days and why:
            raise SourceFailedError(PUBLISHER, f"prices of {self.ticker}", why)
        if not history.days:
            raise NoDataError(f"{PUBLISHER} has no price of {self.ticker} by {day_in_words(self.until)}")
        return history

    def _reporting(self, quote: Quote, summary: Summary, rates: Rates) -> tuple[Company, tuple[Fact, ...]]:
        """Return the company with the currency and year it reports in, and all facts that Yahoo states about it."""
        points = self._optional("statements", lambda: self.asking.statements(self.ticker)) or ()
        lines = read_lines(points)
        named = witnesses(summary, tuple(each.code for each in points if each.key not in PER_SHARE), quote.declared)
        reporting = judge(quote, summary, named, rates.latest)
        for currency in (reporting.currency, BASE):  # by way of the dollar, peers of two currencies can be compared
            rates.latest(currency)
        stating = Stating(ticker=self.ticker, seen=self._seen(quote))
        reported = _reported(summary, quote, points)
        books = Books(
            lines=lines, currency=reporting.currency, reported=reported, stating=stating,
            count=quote.count.value if quote.count else None,
        )  # fmt: skip
        vendor = Vendor(
            quote=quote, summary=summary, lines=lines, reporting=reporting, reported=reported, stating=stating
        )
        stated, left_out = books.facts()
        opinions, remarks = Consensus(quote=quote, summary=summary, stating=stating, rate=rates.latest).facts()
        self.notes += [*reporting.notes, *left_out, *vendor.notes(), *remarks]
        ends = fiscal_year_end(summary, points)
        company = replace(quote.company, statement_currency=reporting.currency, fiscal_year_end=ends)
        return company, (*stated, *vendor.facts(), *opinions)

    def _news(self) -> tuple[Fact, ...]:
        """Return the headlines that were public on the day; asked for last, as the least that a brief needs.

        Why no note where there is none: no page prints them, and the newest ten are all later than a past day.
        """
        try:
            found = self.asking.news(self.ticker)
        except NotThereError:
            return ()
        except AskFailedError as error:
            self.notes.append(f"the headlines of {self.ticker} are missing: {PUBLISHER} {error.why}")
            return ()
        return headline_facts(found, Stating(ticker=self.ticker, seen=self.until), self.until)

    def _optional(self, what: str, ask: Callable[[], T]) -> T | None:
        """Return an answer that a snapshot can do without, or None with a note that tells failure from absence."""
        try:
            found = ask()
        except NotThereError:
            self.notes.append(f"{PUBLISHER} has no {what} of {self.ticker}")
            return None
        except AskFailedError as error:
            self.notes.append(f"the {what} of {self.ticker} are missing: {PUBLISHER} {error.why}")
            return None
        if not found:
            self.notes.append(f"{PUBLISHER} has no {what} of {self.ticker}")
        return found

    def _seen(self, quote: Quote) -> date:
        """Return the day on which undated figures count as public: that of the answer, never before.

        An answer read after the day of the brief still speaks of that day where no session lies between.
        """
        if self.until >= self.today or quote.last is None or quote.last.day > self.until:
            return self.today
        words = day_in_words(self.today)
        self.notes.append(f"figures of {self.ticker} without a date were read on {words}, no session after the day")
        return self.until

    def _known(self, facts: tuple[Fact, ...], history: History) -> tuple[Fact, ...]:
        """Return the facts that were public on the day, on the share basis of the day."""
        public = [fact for fact in facts if fact.published_on <= self.until]
        if len(public) < len(facts):
            self.notes.append(
                f"{len(facts) - len(public)} figures of {self.ticker} are left out: {PUBLISHER} gives them as of "
                f"today, not as of {day_in_words(self.until)}; a snapshot stored that day has them"
            )
        if history.basis == 1.0:
            return tuple(public)
        self.notes.append(f"{self.ticker} has split its shares since; figures per share and counts are left out")
        return tuple(fact for fact in public if fact.unit not in (Unit.SHARES, *PER_SECURITY))

    def _paid(self, history: History, quote: Quote) -> Series | None:
        """Return the dividends; None where the history is too short to tell, an empty series where none was paid."""
        if not history.paid:
            self.notes.append(f"dividends of {self.ticker} over a year are not known")
            return None
        return self._series(
            "dividends",
            tuple(when for when, _ in history.dividends),
            tuple(paid for _, paid in history.dividends),
            quote,
        )

    def _series(self, metric: str, days: tuple[date, ...], values: tuple[float, ...], quote: Quote) -> Series:
        return Series(
            entity=self.ticker,
            metric=metric,
            label=metric,
            days=days,
            values=values,
            unit=Unit.QUOTED,
            currency=quote.coin.currency,
            sources=(page(self.ticker, "history", days[-1]),) if days else (),
        )


def fiscal_year_end(summary: Summary, points: tuple[Point, ...]) -> str:
    """Return the month and day a fiscal year ends on: as Yahoo dates it, else its newest yearly lines or estimates."""
    stated = day(summary["defaultKeyStatistics"].get("lastFiscalYearEnd"))
    yearly = max((point.end for point in points if point.length == "12M"), default=None)
    ahead = next((each.end for each in read_estimates(summary) if each.kind == "fiscal_year"), None)
    return year_end(stated or yearly or ahead)


def _reported(summary: Summary, quote: Quote, points: tuple[Point, ...]) -> Reported:
    """Return when the newest quarter ended, and the day of the call on its results, where Yahoo still gives it."""
    ended = day(summary["defaultKeyStatistics"].get("mostRecentQuarter"))
    quarter = month_end(ended) if ended else max((point.end for point in points if point.length == "3M"), default=None)
    results = part(summary["calendarEvents"].get("earnings"))
    calls = [day(each, quote.zone) for each in listed(results.get("earningsCallDate"))]
    on = min((each for each in calls if each is not None and quarter and each > quarter), default=None)
    return Reported(quarter=quarter, on=on)
