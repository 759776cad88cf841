"""Tiles and key data: the six figures under the masthead, and the short list in the sidebar."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.history import on_diluted
from generator.language import day_in_words, phrase
from generator.model.brief import KeyDatum, Tile
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.period import month_in_words
from generator.model.text import Part, Text, say
from generator.sections.clauses import flow_name
from generator.sections.readings import cash_of, house_targets, mean_target, ratings_of, upside_of

ROWS = 8


def tiles(ledger: Ledger) -> tuple[Tile, ...]:
    """Return price, change, P/E, P/S, target and free cash flow, each with the figure it is read against."""
    return (_price(ledger), _change(ledger), _earnings(ledger), _sales(ledger), _target(ledger), _cash(ledger))


def _price(ledger: Ledger) -> Tile:
    now = ledger.latest(ledger.subject, "price")
    return Tile(
        figure=say("{now}", now=now),
        label=phrase("Price per {security}", security=ledger.company.security),
        context=say("close, {day}", day=now.period.label),
    )


def _change(ledger: Ledger) -> Tile:
    change, base = (
        ledger.latest(ledger.subject, "price_change", name="ytd"),
        ledger.latest(ledger.subject, "base_price", name="ytd"),
    )
    context = (
        say("from {base} on {day}", base=base, day=base.period.label) if base.known else say("{why}", why=change.reason)
    )
    return Tile(figure=say("{change:signed}", change=change), label=phrase("Price, year to date"), context=context)


def _earnings(ledger: Ledger) -> Tile:
    now, base = ledger.latest(ledger.subject, "pe_ttm"), ledger.latest(ledger.subject, "multiple_at_base")
    if not now.known:
        context = say("{why}", why=now.reason)
    elif base.known:
        context = _since_base(ledger, base)
    else:
        context = say("diluted EPS, {when}", when=_twelve_months(ledger, "diluted_eps"))
    return Tile(figure=say("{now}", now=now), label=phrase("P/E, trailing"), context=context)


def _since_base(ledger: Ledger, base: Fact) -> Text:
    """Return the multiple at the start of the year; on another basis than the tile's, with today's on that basis."""
    now = ledger.latest(ledger.subject, "multiple_now")
    if on_diluted(base) or not now.known:
        return say("{base} at the start of the year", base=base)
    return say("on net income {now}, after {base} at the start of the year", now=now, base=base)


def _twelve_months(ledger: Ledger, metric: str) -> str:
    return ledger.latest(ledger.subject, metric, kind="ttm").period.label


def _sales(ledger: Ledger) -> Tile:
    now, revenue = ledger.latest(ledger.subject, "ps_ttm"), ledger.latest(ledger.subject, "revenue", kind="ttm")
    context = (
        say("revenue {revenue}, {when}", revenue=revenue, when=revenue.period.label)
        if now.known
        else say("{why}", why=now.reason)
    )
    return Tile(figure=say("{now}", now=now), label=phrase("P/S, trailing"), context=context)


def _target(ledger: Ledger) -> Tile:
    mean, houses, ratings = mean_target(ledger), house_targets(ledger), ratings_of(ledger)
    if mean is not None:
        return Tile(
            figure=say("{mean}", mean=mean),
            label=phrase("Mean target"),
            context=_mean_context(ledger, mean, rated=bool(ratings)),
        )
    if houses:
        parts: dict[str, Part] = {
            "upside": upside_of(ledger, houses[0]),
            "house": houses[0].name,
            "day": day_in_words(houses[0].published_on),
        }
        context = say("{upside:signed} to the close; {house}, {day}", **parts)
        return Tile(figure=say("{target}", target=houses[0]), label=phrase("Newest house target"), context=context)
    if ratings:
        share = ledger.latest(ledger.subject, "buy_share")
        return Tile(figure=say("{share}", share=share), label=phrase("Ratings at buy"), context=_ratings(ledger))
    lacking = ledger.missing(
        ledger.subject, "target_mean", reason=phrase("no target of the last months in our sources")
    )
    return Tile(
        figure=say("{lacking}", lacking=lacking), label=phrase("Price target"), context=say("{why}", why=lacking.reason)
    )


def _mean_context(ledger: Ledger, mean: Fact, *, rated: bool) -> Text:
    upside = upside_of(ledger, mean)
    if not rated:
        return say("{upside:signed} to the close; {day}", upside=upside, day=day_in_words(mean.published_on))
    return say("{upside:signed} to the close; {ratings}", upside=upside, ratings=_ratings(ledger))


def _ratings(ledger: Ledger) -> Text:
    positive, total = ledger.latest(ledger.subject, "ratings_positive"), ledger.latest(ledger.subject, "ratings_total")
    return say("{positive} of {total} rate it buy", positive=positive, total=total)


def _cash(ledger: Ledger) -> Tile:
    cash = cash_of(ledger)
    if cash is None:
        lacking = ledger.missing(ledger.subject, "free_cash_flow")
        return Tile(
            figure=say("{lacking}", lacking=lacking),
            label=phrase("Free cash flow"),
            context=say("{why}", why=lacking.reason),
        )
    quarter = cash.now.period.kind == "quarter"
    label = phrase("Free cash flow, quarter") if quarter else phrase("Free cash flow, twelve months")
    until = month_in_words(cash.now.period.end)
    if not cash.before.known:
        return Tile(
            figure=say("{now}", now=cash.now),
            label=label,
            context=say("to {until}; a year before not known", until=until),
        )
    context = say(
        "to {until}; {flow} of {before:abs} a year before", until=until, flow=flow_name(cash.before), before=cash.before
    )
    return Tile(figure=say("{now}", now=cash.now), label=label, context=context)


def key_data(ledger: Ledger) -> tuple[KeyDatum, ...]:
    """Return the first eight rows whose figures are known."""
    return tuple(KeyDatum(label=label, figure=figure) for label, figure in _rows(ledger))[:ROWS]


def _rows(ledger: Ledger) -> Iterator[tuple[str, Text]]:
    """Every row that can be shown, the most asked for first."""
    subject = ledger.subject
    plain = (
        (phrase("Market value"), ledger.latest(subject, "market_value")),
        (phrase("Revenue, TTM"), ledger.latest(subject, "revenue", kind="ttm")),
        (phrase("Net income, TTM"), ledger.latest(subject, "net_income_attributable", kind="ttm")),
        (phrase("Net margin, TTM"), ledger.latest(subject, "net_margin", kind="ttm")),
    )
    for label, fact in plain:
        if fact.known:
            yield label, say("{fact}", fact=fact)
    low, high = ledger.latest(subject, "low_52w"), ledger.latest(subject, "high_52w")
    if low.known and high.known:
        yield phrase("52-week range"), say("{low}–{high:plain}", low=low, high=high)
    yield from _dated(ledger)
    for label, fact in ((phrase("Dividend yield"), ledger.latest(subject, "dividend_yield")), *_risk(ledger)):
        if fact.number:
            yield label, say("{fact}", fact=fact)


def _dated(ledger: Ledger) -> Iterator[tuple[str, Text]]:
    """Net cash and the exchange rate, which are figures of a day of their own."""
    net, rate = ledger.latest(ledger.subject, "net_cash"), ledger.latest(ledger.subject, "exchange_rate")
    if net.number is not None:
        name = phrase("Net cash") if net.number >= 0 else phrase("Net debt")
        yield phrase("{name}, {day}", name=name, day=day_in_words(net.period.end)), say("{net:abs}", net=net)
    if rate.known:
        yield phrase("{name}, {day}", name=rate.name, day=day_in_words(rate.period.end)), say("{rate}", rate=rate)


def _risk(ledger: Ledger) -> tuple[tuple[str, Fact], ...]:
    """Beta and volatility of one year."""
    beta, volatility = ledger.latest(ledger.subject, "beta"), ledger.latest(ledger.subject, "volatility")
    name = ledger.name_of(beta.name) if beta.known else ""
    return ((phrase("Beta to {name}", name=name), beta), (phrase("Volatility, one year"), volatility))
