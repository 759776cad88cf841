"""What the market says: price, changes over standard windows, total return, risk against a benchmark."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache, partial

import pandas as pd

from generator.analysis import growth, returns, risk
from generator.analysis.known import Known, Metric, year_back
from generator.language import day_in_words, phrase, translated
from generator.model.fact import Fact, Unit, fact_id
from generator.model.period import Period
from generator.model.series import Series

WINDOWS: tuple[returns.Window, ...] = ("1w", "1m", "3m", "6m", "ytd", "1y", "3y", "5y")
RETURN_WINDOWS = ("1m", "ytd", "1y", "3y", "5y")
MIN_SESSIONS = 60
SAME_WINDOW = timedelta(days=7)


@lru_cache(maxsize=64)
def frame(line: Series) -> pd.Series[float]:
    """Return a series as pandas see it: values by day."""
    return pd.Series(line.values, index=pd.DatetimeIndex(line.days), dtype=float)


def closes(known: Known) -> pd.Series[float] | None:
    """Return the entity's closes, or None where there are none."""
    line = known.line("close")
    return frame(line) if line is not None and line.days else None


def close_fact(known: Known, metric: Metric, day: date, *, name: str = "") -> Fact | None:
    """Return the last close on or before a day as a fact, or None where the history does not reach it."""
    line, prices = known.line("close"), closes(known)
    found = None if prices is None else returns.close_on_or_before(prices, day)
    if line is None or found is None:
        return None
    session, value = found
    period = Period.instant(session)
    return Fact(
        id=fact_id(known.entity, metric.key, period, name),
        entity=known.entity,
        metric=metric.key,
        label=translated(metric.label),
        value=value,
        unit=line.unit,
        currency=line.currency,
        period=period,
        as_of=session,
        published_on=session,
        name=name,
        sources=line.sources,
    )


def price(known: Known, metric: Metric) -> Iterator[Fact]:
    """The last close by the brief's day."""
    fact = close_fact(known, metric, known.ledger.until)
    if fact is not None:
        yield fact


def base_price(known: Known, metric: Metric) -> Iterator[Fact]:
    """The close each window starts from."""
    for window in WINDOWS:
        fact = close_fact(known, metric, returns.window_start(last_day(known), window), name=window)
        if fact is not None and fact.period.end >= returns.window_start(last_day(known), window) - timedelta(days=7):
            yield fact


def last_day(known: Known) -> date:
    """Return the day of the last close, or the brief's day where there is no price."""
    return known.latest("price").period.end


def price_change(known: Known, metric: Metric) -> Iterator[Fact]:
    """The change of the close over each standard window, dividends left out."""
    now = known.latest("price")
    for base in known.current("base_price"):
        period = Period(kind="window", start=base.period.end, end=now.period.end)
        yield known.compute(metric, growth.growth, (now, base), period=period, name=base.name)


def total_return(known: Known, metric: Metric) -> Iterator[Fact]:
    """Price change with each dividend reinvested at the close of its ex-date; only where dividends are known."""
    prices, cash, now = closes(known), known.line("dividends"), known.latest("price")
    if prices is None or cash is None or cash.currency not in (None, now.currency):
        return
    dividends = frame(cash) if cash.days else pd.Series(dtype=float, index=pd.DatetimeIndex([]))
    for base in known.current("base_price"):
        if base.name in RETURN_WINDOWS:
            start, end = base.period.end, now.period.end
            value = returns.total_return(prices, dividends, start=start, end=end)
            period = Period(kind="window", start=start, end=end)
            fact = known.compute(metric, lambda *_, v=value: v, (now, base), period=period, name=base.name)
            yield replace(fact, sources=tuple(dict.fromkeys((*fact.sources, *cash.sources))))


def excess_return(known: Known, metric: Metric) -> Iterator[Fact]:
    """The price change less the benchmark's over the same window, give or take the holidays of two exchanges."""
    for own in known.current("price_change"):
        other = known.ledger.latest(known.ledger.benchmark, "price_change", name=own.name)
        if other.known and known.entity != known.ledger.benchmark and _same_window(own.period, other.period):
            yield known.compute(metric, lambda a, b: a - b, (own, other), period=own.period, name=own.name)


def _same_window(a: Period, b: Period) -> bool:
    starts = abs((a.start or a.end) - (b.start or b.end))
    return max(starts, abs(a.end - b.end)) <= SAME_WINDOW


def high(known: Known, metric: Metric) -> Iterator[Fact]:
    """The highest close of the last 52 weeks."""
    yield from _close_of_year(known, metric, lambda year: year.idxmax())


def low(known: Known, metric: Metric) -> Iterator[Fact]:
    """The lowest close of the last 52 weeks."""
    yield from _close_of_year(known, metric, lambda year: year.idxmin())


def _close_of_year(known: Known, metric: Metric, pick: Callable[[pd.Series[float]], Hashable]) -> Iterator[Fact]:
    prices = closes(known)
    if prices is None:
        return
    end = last_day(known)
    year = prices[pd.Timestamp(year_back(end)) : pd.Timestamp(end)]
    if len(year) > 1:
        fact = close_fact(known, metric, pd.Timestamp(str(pick(year))).date())
        if fact is not None:
            yield replace(fact, note=_too_short(known))


def from_high(known: Known, metric: Metric) -> Iterator[Fact]:
    """The distance of the price from its 52-week high."""
    now, top = known.latest("price"), known.latest("high_52w")
    yield known.compute(metric, growth.growth, (now, top), note=top.note)


def _too_short(known: Known) -> str:
    """Return why the prices held do not make a year, or nothing."""
    prices, end = closes(known), last_day(known)
    if prices is None:
        return phrase("no prices of {name} are held", name=known.ledger.name_of(known.entity))
    first = prices.index[0].date()
    if first > year_back(end) + SAME_WINDOW:
        failure = known.ledger.failures.get((known.entity, "price_change"))
        who = known.ledger.name_of(known.entity)
        return failure or phrase("prices of {name} are held only since {day}", name=who, day=day_in_words(first))
    return ""


def _year_of_returns(known: Known) -> pd.Series[float] | None:
    """Return one year's daily returns, or None where the prices held do not make a year."""
    prices, end = closes(known), last_day(known)
    if prices is None or _too_short(known):
        return None
    daily = returns.daily_returns(prices[pd.Timestamp(year_back(end)) : pd.Timestamp(end)])
    return daily if len(daily) >= MIN_SESSIONS else None


def _risk_fact(known: Known, metric: Metric, formula: Callable[[], float | None], name: str = "") -> Fact:
    now, end = known.latest("price"), last_day(known)
    period = Period(kind="window", start=year_back(end), end=end)
    return known.compute(metric, lambda _: formula(), (now,), period=period, name=name)


def _of_year(known: Known, metric: Metric, formula: Callable[[pd.Series[float]], float | None]) -> Iterator[Fact]:
    """Measure one year's returns, or say from when on prices are held."""
    daily = _year_of_returns(known)
    if daily is not None:
        yield _risk_fact(known, metric, lambda: formula(daily))
    elif known.latest("price").known:
        yield known.compute(metric, lambda _: None, (known.latest("price"),), **_short(known))


def _short(known: Known) -> dict[str, str]:
    reason = _too_short(known) or phrase("fewer than {count} closes are held for the year", count=MIN_SESSIONS)
    return {"reason": reason}


def volatility(known: Known, metric: Metric) -> Iterator[Fact]:
    """Annualised volatility of one year's daily returns."""
    yield from _of_year(known, metric, risk.volatility)


def value_at_risk(known: Known, metric: Metric) -> Iterator[Fact]:
    """The loss that 95% of the year's days did not exceed."""
    yield from _of_year(known, metric, risk.value_at_risk)


def beta(known: Known, metric: Metric) -> Iterator[Fact]:
    """Beta of one year's daily returns to the benchmark's."""
    own, market = _year_of_returns(known), _year_of_returns(_of(known, known.ledger.benchmark))
    if own is not None and market is not None and known.entity != known.ledger.benchmark:
        yield _risk_fact(known, metric, lambda: risk.beta(own, market), known.ledger.benchmark)


def correlation(known: Known, metric: Metric) -> Iterator[Fact]:
    """Correlation of the subject's daily returns with each peer's and the benchmark's."""
    own = _year_of_returns(known)
    if own is None or known.entity != known.ledger.subject:
        return
    for other in (*known.ledger.peers, known.ledger.benchmark):
        theirs = _year_of_returns(_of(known, other))
        if theirs is not None:
            yield _risk_fact(known, metric, partial(risk.correlation, own, theirs), other)


def _of(known: Known, entity: str) -> Known:
    return Known(ledger=known.ledger, entity=entity)


def drawdown(known: Known, metric: Metric) -> Iterator[Fact]:
    """The distance of the price from its highest close in the history held."""
    prices, now = closes(known), known.latest("price")
    if prices is None or len(prices) < 2:
        return
    line = risk.drawdown(prices)
    peak = prices[prices == prices.max()].index[-1].date()
    yield known.compute(
        metric,
        lambda _: float(line.iloc[-1]),
        (now,),
        period=Period(kind="window", start=peak, end=now.period.end),
        note=phrase("from the close of {day}", day=day_in_words(peak)),
    )


def max_drawdown(known: Known, metric: Metric) -> Iterator[Fact]:
    """The deepest fall from a peak in the history held, and its days."""
    prices, now = closes(known), known.latest("price")
    found = None if prices is None or len(prices) < 2 else risk.max_drawdown(prices)
    if found is None:
        return
    depth, peak, trough = found
    yield known.compute(
        metric,
        lambda _: depth,
        (now,),
        period=Period(kind="window", start=peak, end=trough),
        note=phrase("from {start} to {end}", start=day_in_words(peak), end=day_in_words(trough)),
    )


def rebased_end(known: Known, metric: Metric) -> Iterator[Fact]:
    """Where a line that started the year at 100 stands now."""
    change = known.latest("price_change", name="ytd")
    if change.known:
        yield known.compute(metric, lambda value: 100 * (1 + value), (change,), period=change.period)


def rebased_line(known: Known) -> Series | None:
    """Return the closes since the year's base with the base at 100."""
    line, base = known.line("close"), known.latest("base_price", name="ytd")
    if line is None or base.number is None:
        return None
    year = line.since(base.period.end)
    return Series(
        entity=line.entity,
        metric="rebased_ytd",
        label=phrase("price, year's base = 100"),
        days=year.days,
        values=tuple(value / base.number * 100 for value in year.values),  # noqa: PD011 -- our own series
        unit=Unit.INDEX,
        sources=line.sources,
        formula="close ÷ close at the end of last year × 100",
    )


def drawdown_line(known: Known) -> Series | None:
    """Return the distance from the running peak, by day."""
    line, prices = known.line("close"), closes(known)
    if line is None or prices is None or len(prices) < 2:
        return None
    depth = risk.drawdown(prices)
    return Series(
        entity=line.entity,
        metric="drawdown",
        label=phrase("distance from the running peak"),
        days=line.days,
        values=tuple(float(value) for value in depth),
        unit=Unit.FRACTION,
        sources=line.sources,
        formula="close ÷ highest close so far \u2212 1",
    )
