"""Valuation and investor sentiment: what the price did, what moved it, what is paid now, and what analysts say."""

from __future__ import annotations

from generator.analysis.history import basis_of
from generator.language import counted, day_in_words, in_words, msgid, phrase, translated
from generator.model.brief import Section
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.text import Text, join, listed, say
from generator.sections.figures import no_multiple
from generator.sections.phrases import against, capital, day_of, known, moved, name_of, paragraphs, price_moved, side
from generator.sections.setting import Setting
from generator.sections.valuation_exhibits import exhibits
from generator.sections.valuation_table import forward_of
from generator.sections.valuation_targets import sentiment

PARTS = ("multiple", "earnings", "currency", "cross")
LENGTHS = {
    "1w": msgid("one week"),
    "1m": msgid("one month"),
    "3m": msgid("three months"),
    "6m": msgid("six months"),
    "1y": msgid("one year"),
    "3y": msgid("three years"),
    "5y": msgid("five years"),
}


def build(ledger: Ledger, setting: Setting) -> Section:
    """Return the section; without a price it says why there is none."""
    price = ledger.latest(ledger.subject, "price")
    if not price.known:
        return Section(
            key="valuation",
            title=phrase("Valuation and investor sentiment"),
            unavailable=price.reason,
            words=setting.words,
        )
    return Section(
        key="valuation",
        title=phrase("Valuation and investor sentiment"),
        lede=lede(ledger),
        prose=paragraphs(
            [*performance(ledger), *windows(ledger, setting)], drivers(ledger), paid(ledger), sentiment(ledger)
        ),
        exhibits=exhibits(ledger, setting.look),
        words=setting.words,
    )


def lede(ledger: Ledger) -> Text:
    """Return the answer in one sentence: how far the price went, on what, and to which multiple."""
    change = ledger.latest(ledger.subject, "price_change", name="ytd")
    multiple = ledger.latest(ledger.subject, "pe_ttm")
    first = _moved_this_year(change, _cause(ledger)) if change.known else ()
    if multiple.known:
        second = say("the shares cost {pe} trailing earnings{record}", pe=multiple, record=_against_record(ledger))
    else:
        second = say(
            "a trailing P/E {state}",
            state=phrase("has no meaning") if multiple.not_meaningful else phrase("is not available"),
        )
    return say("{text}.", text=join(first, second, by=phrase("; "))) if first else say("{text}.", text=_capital(second))


def _moved_this_year(change: Fact, cause: str) -> Text:
    verb = moved(change, up=phrase("has risen"), down=phrase("has fallen"), flat="")
    if not verb:
        return say("The price is little changed since the start of the year ({change:signed})", change=change)
    return say(
        "The price {verb} {change:abs} since the start of the year{cause}", verb=verb, change=change, cause=cause
    )


def _capital(text: Text) -> Text:
    first, *rest = text
    return (capital(first) if isinstance(first, str) else first, *rest)


def parts_of(ledger: Ledger) -> dict[str, Fact]:
    """Return the parts of the year's price change by name, empty where it cannot be split."""
    found = {name: ledger.latest(ledger.subject, "decomposition", name=name) for name in PARTS}
    return {name: fact for name, fact in found.items() if fact.known}


def _cause(ledger: Ledger) -> str:
    """Return what explains more of the change, as the end of a sentence."""
    parts = parts_of(ledger)
    if not parts:
        return ""
    multiple, earnings = parts["multiple"].number or 0.0, parts["earnings"].number or 0.0
    if (multiple > 0) == (earnings > 0):
        if abs(multiple) > abs(earnings):
            return phrase(", more through the multiple than through earnings")
        return phrase(", more through earnings than through the multiple")
    if earnings > 0:
        return phrase(", with higher earnings at a lower multiple")
    return phrase(", with lower earnings at a higher multiple")


def _against_record(ledger: Ledger) -> str:
    now, middle = (ledger.latest(ledger.subject, key) for key in ("multiple_now", "multiple_median"))
    return phrase(", {side} the median of their own record", side=against(now, middle)) if known(now, middle) else ""


def performance(ledger: Ledger) -> list[Text]:
    """Return the sentences on the price since the start of the year, against the benchmark and the peers."""
    price = ledger.latest(ledger.subject, "price")
    change = ledger.latest(ledger.subject, "price_change", name="ytd")
    base = ledger.latest(ledger.subject, "base_price", name="ytd")
    name = name_of(ledger, ledger.subject)
    closed = say("{name} closed at {price} on {day}", name=name, price=price, day=day_of(price))
    if not known(change, base):
        return [say("{closed}; the prices held do not reach the start of the year.", closed=closed)]
    first = say(
        "{closed}, {change:abs} {side} its close of {base} on {start}.",
        closed=closed, change=change, side=side(change), base=base, start=day_of(base),
    )  # fmt: skip
    return [first, *_benchmark(ledger, change), *_peers(ledger, change)]


def _benchmark(ledger: Ledger, change: Fact) -> list[Text]:
    other = ledger.latest(ledger.benchmark, "price_change", name="ytd")
    if not ledger.benchmark or not other.known:
        return []
    name, verb = name_of(ledger, ledger.benchmark), price_moved(other, flat="")
    if not verb:
        return [say("{name} was little changed ({x:signed}).", name=name, x=other)]
    own, theirs = change.number or 0.0, other.number or 0.0
    more = phrase(", more than the shares") if abs(theirs) > abs(own) else phrase(", less than the shares")
    tail = more if own * theirs > 0 else ""
    return [say("{name} {verb} {x:abs} over the same days{tail}.", name=name, verb=verb, x=other, tail=tail)]


def _peers(ledger: Ledger, change: Fact) -> list[Text]:
    """Say how many peers did better, and list these; all, from the best to the worst, where all or none did."""
    facts = [ledger.latest(peer, "price_change", name="ytd") for peer in ledger.peers]
    theirs = sorted((fact for fact in facts if fact.known), key=lambda fact: -(fact.number or 0.0))
    if not theirs:
        return []
    better = sum((fact.number or 0.0) > (change.number or 0.0) for fact in theirs)
    shown = theirs[:better] or theirs
    names = listed([say("{name} {x:signed}", name=name_of(ledger, fact.entity), x=fact) for fact in shown])
    return [say("{lead}: {names}.", lead=_how_many(better, len(theirs)), names=names)]


def _how_many(better: int, total: int) -> str:
    if total == 1:
        return phrase("Its peer did better") if better else phrase("Its peer did worse")
    if better == 0:
        return phrase("Not one of the {peers} did better", peers=counted(total, "{count} peer", "{count} peers"))
    if better == total:
        return phrase("All {peers} did better", peers=counted(total, "{count} peer", "{count} peers"))
    return phrase(
        "{n} of the {peers} did better",
        n=capital(in_words(better)),
        peers=counted(total, "{count} peer", "{count} peers"),
    )


def windows(ledger: Ledger, setting: Setting) -> list[Text]:
    """Return a sentence for each further window of time the report file asks for; those out of reach are named."""
    asked = [window for window in setting.options.get("windows") or () if window != "ytd"]
    told = {window: _window(ledger, window) for window in asked}
    out = phrase(" or ").join(translated(LENGTHS[window]) for window, sentence in told.items() if not sentence)
    short = [say("The prices held do not reach back {out}.", out=out)] if out else []
    return [*(sentence for sentence in told.values() if sentence), *short]


def _window(ledger: Ledger, window: str) -> Text:
    own = ledger.latest(ledger.subject, "price_change", name=window)
    other = ledger.latest(ledger.benchmark, "price_change", name=window)
    if not own.known or own.period.start is None:
        return ()
    against = say(", {name} by {x:signed}", name=name_of(ledger, ledger.benchmark), x=other) if other.known else ()
    return say("Since {day} the price changed by {own:signed}{against}.", day=_start(own), own=own, against=against)


def drivers(ledger: Ledger) -> list[Text]:
    """Return the sentences on what the price change is made of, or on why it cannot be split."""
    parts, total = parts_of(ledger), ledger.latest(ledger.subject, "price_change", name="ytd")
    if not total.known:
        return []
    if not parts:
        return [_unsplit(ledger)]
    basis = basis_of(parts["multiple"])
    currency = say(", {x:signed} to the currency", x=parts["currency"]) if "currency" in parts else ()
    split = say(
        "Of the change of {total:signed}, each part measured against the starting price, {multiple:signed} goes back "
        "to the multiple, {earnings:signed} to twelve-month {basis}{currency} and {cross:signed} to their compounding.",
        total=total, multiple=parts["multiple"], earnings=parts["earnings"], basis=basis, currency=currency,
        cross=parts["cross"],
    )  # fmt: skip
    return [split, _basis_sentence(ledger, basis)]


def _basis_sentence(ledger: Ledger, basis: str) -> Text:
    if basis == phrase("diluted EPS"):
        return ()
    words = "The split uses {basis} over today's count of {securities}, because diluted EPS are not held for both ends."
    return say(words, basis=basis, securities=ledger.company.securities)


def _unsplit(ledger: Ledger) -> Text:
    earned = ledger.latest(ledger.subject, "earnings_per_security")
    if earned.number is not None and earned.number <= 0:
        return say("The change cannot be split into earnings and multiple: twelve-month earnings are negative.")
    words = "The change cannot be split into earnings and multiple: twelve-month earnings are not held for {gap}."
    return say(words, gap=phrase("the start of the year") if earned.known else phrase("either end of it"))


def paid(ledger: Ledger) -> list[Text]:
    """Return the sentences on what is paid now, against the own record and the peers."""
    return [_trailing(ledger), _peers_multiples(ledger), _record(ledger), _forward(ledger), _cash_yield(ledger)]


def _trailing(ledger: Ledger) -> Text:
    pe, price, ps = (ledger.latest(ledger.subject, key) for key in ("pe_ttm", "price", "ps_ttm"))
    sales = say(" and {ps} trailing sales", ps=ps) if ps.known else ()
    if pe.known:
        return say("At {price} the shares cost {pe} trailing diluted earnings{sales}.", price=price, pe=pe, sales=sales)
    instead = say("; the shares cost {ps} trailing sales", ps=ps) if ps.known else ()
    state = phrase("has no meaning") if pe.not_meaningful else phrase("is not available")
    return say("A trailing P/E {state}, because {why}{instead}.", state=state, why=no_multiple(pe), instead=instead)


def _record(ledger: Ledger) -> Text:
    """Set the multiple against its own record, on the record's basis."""
    low, middle, high, now = (
        ledger.latest(ledger.subject, f"multiple_{key}") for key in ("low", "median", "high", "now")
    )
    if not known(low, middle, high, now) or now.period.start is None:
        return ()
    return say(
        "On the record held since {start}, {basis}, the multiple of {now} stands {side} the median of {middle}; "
        "it ran from {low} to {high}.",
        start=_start(now), basis=now.note, now=now, side=against(now, middle), middle=middle, low=low, high=high,
    )  # fmt: skip


def _start(fact: Fact) -> str:
    return day_in_words(fact.period.start or fact.period.end)


def _peers_multiples(ledger: Ledger) -> Text:
    own = ledger.latest(ledger.subject, "pe_ttm")
    facts = sorted(
        (fact for fact in (ledger.latest(peer, "pe_ttm") for peer in ledger.peers) if fact.known),
        key=lambda fact: -(fact.number or 0.0),
    )
    if not facts or not ledger.peers:
        return say("No peer's trailing P/E can be computed from what is held.") if ledger.peers else ()
    names = listed([say("{name} at {pe}", name=name_of(ledger, fact.entity), pe=fact) for fact in facts])
    if not own.known:
        lead = phrase("One peer's trailing P/E is known") if len(facts) == 1 else phrase("Peers' trailing P/Es")
        return say("{lead}: {names}.", lead=lead, names=names)
    sides = {against(own, fact) for fact in facts}
    if len(facts) == 1:
        return say("That is {side} {names}.", side=sides.pop(), names=names)
    lead = (
        phrase("That is {side} every peer with a P/E", side=sides.pop())
        if len(sides) == 1
        else phrase("Peers lie on both sides of it")
    )
    return say("{lead}: {names}.", lead=lead, names=names)


def _forward(ledger: Ledger) -> Text:
    """State the forward multiple with the day of its estimate, and whether results have been published since."""
    multiple, estimate = forward_of(ledger, ledger.subject), ledger.latest(ledger.subject, "forward_eps")
    if not known(multiple, estimate):
        return say("No forward P/E is shown: {why}.", why=multiple.reason)
    results = ledger.latest(ledger.subject, "revenue", kind="quarter")
    stale = results.known and results.published_on > estimate.published_on
    growth = ledger.latest(ledger.subject, "implied_growth")
    return say(
        "The forward P/E of {pe} rests on an estimate of {eps} dated {day}{age}{growth}.",
        pe=multiple,
        eps=estimate,
        day=day_of(estimate),
        age=phrase(", which is older than the last results") if stale else "",
        growth=() if stale else _implied(growth),
    )


def _implied(growth: Fact) -> Text:
    if not growth.known:
        return ()
    up = (growth.number or 0.0) >= 0
    return say(
        "; it takes {way} earnings of {growth:abs} for granted",
        way=phrase("a rise in") if up else phrase("a fall in"),
        growth=growth,
    )


def _cash_yield(ledger: Ledger) -> Text:
    fact = ledger.latest(ledger.subject, "fcf_yield")
    if not fact.known:
        return ()
    if (fact.number or 0.0) < 0:
        return say("Free cash flow over twelve months is negative, a yield of {x}.", x=fact)
    return say("Twelve months' free cash flow is {x} of the market value.", x=fact)
