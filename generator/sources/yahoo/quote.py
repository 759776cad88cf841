"""Quote: who the ticker is, its last price, its count and its currencies, out of the summary and the short quote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, tzinfo

from generator.language import day_in_words
from generator.model.snapshot import Company
from generator.sources.yahoo.answers import Json, Summary, number, text, zone_of
from generator.sources.yahoo.exchanges import INSTRUMENTS, exchange_of
from generator.sources.yahoo.history import Last, last_price
from generator.sources.yahoo.money import Coin, close_to, coin
from generator.sources.yahoo.stating import month_end

SAME_COUNT = 1.02
LEGAL = re.compile(
    r"[,\s]+(inc|incorporated|corp|corporation|co|company|plc|p\.l\.c|ltd|limited|llc|l\.p|lp|s\.?a|n\.?v|s\.?e|a\.?g|"
    r"s\.?p\.?a|a\.?s\.?a?|t\.?a\.?s|a\.?s|ab|oyj|asa|kgaa|group|holdings?|kabushiki kaisha|& co)\.?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number of securities, and in words what it counts."""

    value: float
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What Yahoo says about the listing itself. Amounts are in the major currency of the price."""

    ticker: str
    company: Company
    coin: Coin
    zone: tzinfo
    last: Last | None
    market_value: float | None
    count: Count | None
    trailing_eps: float | None
    forward_eps: float | None
    declared: str

    @property
    def is_share(self) -> bool:
        """Whether a company stands behind it that files statements."""
        return self.company.instrument == "equity"


def read_listing(ticker: str, summary: Summary, short: Json) -> Quote | None:
    """Return the quote; None where Yahoo gives neither a kind of instrument nor a currency.

    `short` is the v7 quote, asked for where the summary lacks the price; empty otherwise.
    """
    kind, price = summary["quoteType"], _first_with("regularMarketPrice", summary["price"], short)
    statistics, detail = summary["defaultKeyStatistics"], summary["summaryDetail"]
    instrument = text(kind.get("quoteType")) or text(price.get("quoteType"))
    code = text(price.get("currency")) or text(detail.get("currency"))
    if not instrument or not code:
        return None
    unit = coin(code)
    zone = zone_of(
        kind.get("timeZoneFullName") or price.get("exchangeTimezoneName"),
        (number(kind.get("gmtOffSetMilliseconds")) or number(price.get("gmtOffSetMilliseconds")) or 0.0) / 1000,
    )
    last = last_price(price, unit, zone)
    counted = _first_with("sharesOutstanding", statistics, short)
    value = _in_major(number(price.get("marketCap")) or number(detail.get("marketCap")), counted, last, unit)
    return Quote(
        ticker=ticker,
        company=_company(ticker, summary, price, unit),
        coin=unit,
        zone=zone,
        last=last,
        market_value=value,
        count=_count(counted, value, last),
        trailing_eps=_either(statistics.get("trailingEps"), short.get("epsTrailingTwelveMonths")),
        forward_eps=_either(statistics.get("forwardEps"), short.get("epsForward")),
        declared=coin(
            text(summary["financialData"].get("financialCurrency")) or text(short.get("financialCurrency"))
        ).currency,
    )


def _first_with(field: str, *parts: Json) -> Json:
    return next((part for part in parts if number(part.get(field)) is not None), parts[0] or parts[-1])


def _either(first: object, second: object) -> float | None:
    found = number(first)
    return number(second) if found is None else found


def _company(ticker: str, summary: Summary, price: Json, unit: Coin) -> Company:
    """Return the profile; what only statements tell (their currency, the fiscal year) is filled in later."""
    kind, profile = summary["quoteType"], summary["assetProfile"] or summary["summaryProfile"]
    name = next(
        (text(part.get(key)) for key in ("longName", "shortName") for part in (kind, price) if text(part.get(key))),
        ticker,
    )
    code = text(kind.get("exchange")) or text(price.get("exchange"))
    exchange, mic = exchange_of(code, text(price.get("exchangeName")) or text(price.get("fullExchangeName")))
    quote_type = text(kind.get("quoteType")) or text(price.get("quoteType"))
    return Company(
        ticker=ticker,
        name=name,
        short_name=short_name(name),
        exchange=exchange,
        mic=mic,
        price_currency=unit.currency,
        statement_currency=unit.currency,
        sector=text(profile.get("sector")),
        industry=text(profile.get("industry")),
        country=text(profile.get("country")),
        instrument=INSTRUMENTS.get(quote_type, "other"),
    )


def short_name(name: str) -> str:
    """Return a company's name without its legal form: "Alibaba" of "Alibaba Group Holding Limited"."""
    short = name.removeprefix("The ").removesuffix(" (The)")
    while (cut := LEGAL.sub("", short)) != short and len(cut) > 1:
        short = cut
    return short


def year_end(end: date | None) -> str:
    """Return the month's end on which, or nearest to which, a fiscal year ends: "09-30" for 28 September."""
    if end is None:
        return "12-31"
    last = month_end(end)
    return "02-28" if last.month == 2 else f"{last:%m-%d}"


def _in_major(value: float | None, statistics: Json, last: Last | None, unit: Coin) -> float | None:
    """Return the market value in the major currency, in which Yahoo gives it, whatever the price is quoted in."""
    shares = number(statistics.get("sharesOutstanding"))
    if value is None or last is None or not shares or unit.per_major == 1:
        return value
    in_minor = close_to(value, shares * last.price * unit.per_major, factor=SAME_COUNT)
    return unit.major(value) if in_minor else value


def _count(statistics: Json, value: float | None, last: Last | None) -> Count | None:
    """Return how many securities Yahoo's market value counts.

    Why not simply `sharesOutstanding`: of a company with several classes of shares it counts the quoted class alone
    (Alphabet: 5.5 of 12.1 billion), while the market value counts them all.
    """
    counts = {key: number(statistics.get(key)) for key in ("sharesOutstanding", "impliedSharesOutstanding")}
    implied = value / last.price if value and last else None
    for key, count in counts.items():
        if count and (implied is None or close_to(count, implied, factor=SAME_COUNT)):
            return Count(value=count, note=f"Yahoo's {key}, in securities as they are quoted")
    if implied is None:
        return None
    single = counts["sharesOutstanding"]
    classes = f"; its sharesOutstanding of {single / 1e6:,.0f}m are of one class" if single and single < implied else ""
    return Count(value=implied, note=f"Yahoo's market value ÷ its price{classes}")


def standing_note(quote: Quote, day_of_brief: date) -> str:
    """Return what is to be said about the last price: that the session was still open; nothing if it was not."""
    last = quote.last
    if last is None or not last.open or last.day > day_of_brief:
        return ""
    return f"the price of {day_in_words(last.day)} is of {last.at:%H:%M} UTC, while trading went on"
