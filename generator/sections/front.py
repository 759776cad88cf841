"""Front: page one. Headline, tiles, takeaways, the price, and the sidebar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from generator.analysis.history import on_diluted
from generator.charts import draw_consensus, draw_multiple_strip, draw_price
from generator.language import counted, day_in_words, in_words, msgids, phrase, translated
from generator.model.brief import Exhibit, Front
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.text import Text, join, listed, say
from generator.sections.headline import headline
from generator.sections.phrases import against, compared, currency_name, exhibit, fitting, mark_of
from generator.sections.readings import TARGET_DAYS, house_targets, is_fresh, mean_target, ratings_of
from generator.sections.setting import Setting
from generator.sections.takeaways import takeaways
from generator.sections.tiles import key_data, tiles

YEAR = timedelta(days=366)
MOST_TARGETS = 3
NAMES = msgids("strong buy", "buy", "hold", "sell", "strong sell")


def build(ledger: Ledger, setting: Setting) -> Front:
    """Return page one."""
    title, deck = headline(ledger)
    sides = (multiple_strip(ledger, setting), ratings(ledger, setting))
    return Front(
        headline=title,
        deck=deck,
        tiles=tiles(ledger),
        takeaways=takeaways(ledger, setting),
        exhibit=price_exhibit(ledger, setting),
        key_data=key_data(ledger),
        side_exhibits=tuple(each for each in sides if each is not None),
        key_data_note=_note(ledger),
        banner=_banner(ledger),
    )


def _banner(ledger: Ledger) -> Text:
    """Of which day the prices are, where a stored snapshot stands in for those of the brief's day."""
    day = ledger.latest(ledger.subject, "prices_as_of")
    return say("Prices as of {day}: {why}.", day=day, why=day.note) if day.known else ()


def _note(ledger: Ledger) -> Text:
    """Which currency the statements are in, and how many shares one ADS stands for."""
    company = ledger.company
    texts = []
    if company.statement_currency != company.price_currency:
        texts.append(phrase("Statements in {currency}", currency=mark_of(ledger, company.statement_currency)))
    if company.ads_ratio and company.ads_ratio == int(company.ads_ratio):
        shares = counted(int(company.ads_ratio), "{count} ordinary share", "{count} ordinary shares")
        texts.append(phrase("one ADS is {shares}", shares=shares))
    words = phrase("; ").join(texts)
    return say("{words}.", words=words[:1].upper() + words[1:]) if words else ()


def targets_shown(ledger: Ledger) -> tuple[Fact, ...]:
    """Return up to three targets in the currency of the price: low, mean and high if fresh, else the newest houses'."""
    mean = mean_target(ledger)
    if mean is None:
        return house_targets(ledger)[:MOST_TARGETS]
    ends = (ledger.at(ledger.subject, metric, mean.period) for metric in ("target_low", "target_high"))
    return (mean, *(fact for fact in ends if fact.known))


def price_exhibit(ledger: Ledger, setting: Setting) -> Exhibit | None:
    """Return the price of one year with the year's base and the targets; None without a history."""
    line, now = ledger.line(ledger.subject, "close"), ledger.latest(ledger.subject, "price")
    if line is None or not now.known:
        return None
    year = line.since(now.period.end - YEAR)
    base, targets = ledger.latest(ledger.subject, "base_price", name="ytd"), targets_shown(ledger)
    drawing = draw_price(year, last=now, base=base if base.known else None, targets=targets, look=setting.look.at("M"))
    first, last = day_in_words(year.days[0]), day_in_words(year.days[-1])
    currency = currency_name(ledger, ledger.company.price_currency)
    subtitle = say(
        "Close per {security}, {currency}, {first} to {last}",
        security=ledger.company.security,
        currency=currency,
        first=first,
        last=last,
    )
    title = fitting(ledger.wording, 70, *_price_titles(ledger, targets))
    return exhibit(
        "price", title, subtitle, drawing=drawing, width="main", sources=line.sources, note=_price_note(ledger, targets)
    )


def _price_note(ledger: Ledger, targets: Sequence[Fact]) -> Text:
    """When each target shown was published, and which targets cannot stand on this axis."""
    texts = [say("{who} ({day})", who=fact.name or fact.label, day=day_in_words(fact.published_on)) for fact in targets]
    foreign = [fact for fact in ledger.current(ledger.subject, "house_target") if _is_foreign(fact, ledger)]
    other = [say("{who} {target}", who=fact.name, target=fact) for fact in foreign]
    shown = say("Targets: {all}.", all=listed(texts)) if texts else ()
    return join(shown, say("Not drawn, being in another currency: {all}.", all=listed(other)) if other else ())


def _is_foreign(fact: Fact, ledger: Ledger) -> bool:
    recent = ledger.until - fact.published_on <= TARGET_DAYS
    return fact.known and fact.confirmed and recent and fact.currency != ledger.company.price_currency


def _price_titles(ledger: Ledger, targets: Sequence[Fact]) -> list[Text]:
    """Return the findings that fit the chart, the most telling first."""
    return [*_against_targets(ledger, targets), *_against_high(ledger)]


def _against_targets(ledger: Ledger, targets: Sequence[Fact]) -> list[Text]:
    now = ledger.latest(ledger.subject, "price")
    if not targets or now.number is None:
        return []
    if targets[0].metric == "target_mean":
        side = against(now, targets[0])
        return [say("The close is {side} the mean target", side=side)]
    above = sum((fact.number or 0.0) < now.number for fact in targets)
    if len(targets) == 1:
        return [say("The close is {side} the newest house target", side=against(now, targets[0]))]
    all_of = phrase("both") if len(targets) == 2 else phrase("all {count}", count=in_words(len(targets)))
    if above == 0:
        return [say("The close is below {all_of} house targets shown", all_of=all_of)]
    if above == len(targets):
        return [say("The close is above {all_of} house targets shown", all_of=all_of)]
    return [say("The close stands between the house targets shown")]


def _against_high(ledger: Ledger) -> list[Text]:
    distance = ledger.latest(ledger.subject, "from_high")
    if distance.number is None:
        return [say("The price over the history held")]
    if distance.number > -0.0005:
        return [say("The close is the highest of twelve months")]
    return [say("The close is {distance:abs} below its twelve-month high", distance=distance)]


def multiple_strip(ledger: Ledger, setting: Setting) -> Exhibit | None:
    """Return the multiple at the start of the year, now and forward; None with fewer than two of them."""
    base, record = ledger.latest(ledger.subject, "multiple_at_base"), ledger.latest(ledger.subject, "multiple_now")
    on_eps = not base.known or on_diluted(base)
    now = ledger.latest(ledger.subject, "pe_ttm") if on_eps else record
    forward, estimate = ledger.latest(ledger.subject, "pe_forward"), ledger.latest(ledger.subject, "forward_eps")
    points = [(phrase("start of year"), base), (phrase("trailing"), now)]
    if forward.known and is_fresh(estimate, ledger.until):
        points.append((phrase("forward"), forward))
    known = [(name, fact) for name, fact in points if fact.known]
    if len(known) < 2:
        return None
    basis = phrase("diluted EPS") if on_eps else phrase("net income")
    subtitle = say("Price over twelve-month {basis} per {security}", basis=basis, security=ledger.company.security)
    dated = say("Forward: EPS estimate of {day}.", day=day_in_words(estimate.published_on)) if len(points) > 2 else ()
    note = dated if on_eps else join(say("Trailing: on net income per security, not on diluted EPS."), dated)
    drawing = draw_multiple_strip(points, look=setting.look)
    return exhibit(
        "multiple-strip", _strip_title(base, now, forward), subtitle, drawing=drawing, width="side", note=note
    )


def _strip_title(base: Fact, now: Fact, forward: Fact) -> Text:
    if base.known and now.known:
        side = compared(now, base)
        way = phrase("is unchanged") if not side else phrase("has risen") if side > 0 else phrase("has fallen")
        return say("P/E {way} since the start of the year", way=way)
    return say("Forward P/E is {side} the trailing one", side=against(forward, now))


def ratings(ledger: Ledger, setting: Setting) -> Exhibit | None:
    """Return analysts as dots, if their ratings are fresh."""
    counts = ratings_of(ledger)
    if not counts:
        return None
    positive, total = ledger.latest(ledger.subject, "ratings_positive"), ledger.latest(ledger.subject, "ratings_total")
    shown = [(translated(name), fact) for name, fact in zip(NAMES, counts, strict=True) if fact.number]
    title = say("{positive} of {total} ratings are buy or better", positive=positive, total=total)
    subtitle = say("Ratings, {day}", day=day_in_words(counts[0].period.end))
    return exhibit("ratings", title, subtitle, drawing=draw_consensus(shown, look=setting.look), width="side")
