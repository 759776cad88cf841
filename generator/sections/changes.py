"""Since the last issue: what moved and why; in a first issue, the price over the windows and what became public."""

from __future__ import annotations

from datetime import date, timedelta

from generator.analysis.moved import then_of
from generator.language import counted, day_in_words, in_words, msgid, phrase, translated
from generator.model.brief import Column, Exhibit, Paragraph, Row, Section, Table
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.text import Part, Text, listed, say
from generator.sections.moves import moves_table, watched
from generator.sections.news import news_table
from generator.sections.phrases import exhibit, fitting, price_moved
from generator.sections.readings import is_fresh
from generator.sections.setting import Setting

LOOK_BACK = timedelta(days=90)
TITLE = 95
WINDOWS = (
    ("1w", msgid("One week")),
    ("1m", msgid("One month")),
    ("3m", msgid("Three months")),
    ("6m", msgid("Six months")),
    ("ytd", msgid("Year to date")),
    ("1y", msgid("One year")),
)


def build(ledger: Ledger, setting: Setting) -> Section:
    """Return the section."""
    previous = setting.previous
    since = previous.until if previous is not None else ledger.until - LOOK_BACK
    table = windows_table(ledger) if previous is None else moves_table(ledger, previous)
    exhibits = tuple(each for each in (table, news_table(ledger, since)) if each is not None)
    lede = _first(ledger) if previous is None else _since(ledger, previous)
    prose = tuple(
        Paragraph(lead=lead, sentences=sentences)
        for lead, sentences in (("", quiet(ledger, since, exhibits)), (phrase("Consensus."), consensus(ledger)))
        if sentences
    )
    return Section(
        key="changes",
        title=phrase("Since the last issue"),
        lede=lede,
        prose=prose,
        exhibits=exhibits,
        words=setting.words,
    )


def _first(ledger: Ledger) -> Text:
    """The answer of a first issue: the price's last three months beside the benchmark's."""
    change, other = (ledger.latest(each, "price_change", name="3m") for each in (ledger.subject, ledger.benchmark))
    opening = phrase("This is the first issue")
    if change.number is None:
        return say(
            "{opening}; the price cannot be followed over three months ({why}).", opening=opening, why=change.reason
        )
    parts: dict[str, Part] = {"opening": opening, "verb": price_moved(change, flat=""), "change": change}
    flat, way = (
        "{opening}. Over three months the price hardly moved",
        "{opening}. Over three months the price {verb} {change:abs}",
    )
    head = say(way if parts["verb"] else flat, **parts)
    if not other.known:
        return say("{head}.", head=head)
    return say(
        "{head}, while {name} moved {other:signed}.", head=head, name=ledger.name_of(ledger.benchmark), other=other
    )


def _since(ledger: Ledger, previous: Ledger) -> Text:
    """The answer of a later issue: where the price went, and how many other figures moved."""
    then = then_of(previous, previous.latest(ledger.subject, "price"))
    now = ledger.latest(ledger.subject, "price")
    others = sum(move.metric not in ("price", "market_value") for move in watched(ledger, previous))
    parts: dict[str, Part] = {"day": day_in_words(previous.until), "then": then, "now": now}
    rest = (
        counted(others, "{count} other watched figure moved", "{count} other watched figures moved")
        if others
        else phrase("no other watched figure moved")
    )
    if then.value == now.value:
        return say("Since the issue of {day} the close has stayed at {now}; {rest}.", **parts, rest=rest)
    verb = phrase("risen") if (now.number or 0.0) > (then.number or 0.0) else phrase("fallen")
    return say(
        "Since the issue of {day} the close has {verb} from {then} to {now}; {rest}.", **parts, verb=verb, rest=rest
    )


def windows_table(ledger: Ledger) -> Exhibit | None:
    """Return the price over the standard windows beside the benchmark; None without a price history."""
    shown = [
        (name, translated(label))
        for name, label in WINDOWS
        if ledger.latest(ledger.subject, "price_change", name=name).known
    ]
    if not shown:
        return None
    columns = (
        Column(label=phrase("Change of the close"), kind="text", share=1.8),
        *(Column(label=label) for _, label in shown),
    )
    rows = [
        _row(
            ledger.name_of(entity),
            [ledger.latest(entity, "price_change", name=name) for name, _ in shown],
            subject=entity == ledger.subject,
        )
        for entity in (ledger.subject, ledger.benchmark)
    ]
    excess = [ledger.latest(ledger.subject, "excess_return", name=name) for name, _ in shown]
    if any(fact.known for fact in excess):
        rows.append(_row(phrase("Difference, points"), excess))
    else:
        rows = rows[:1]
    title = fitting(ledger.wording, TITLE, *_windows_titles(ledger, excess))
    subtitle = say(
        "Close to {day}, dividends left out", day=day_in_words(ledger.latest(ledger.subject, "price").period.end)
    )
    return exhibit("windows", title, subtitle, table=Table(columns=columns, rows=tuple(rows)), width="full")


def _row(head: str, facts: list[Fact], *, subject: bool = False) -> Row:
    cells = tuple(say("{fact:signed}", fact=fact) if fact.known else say("–") for fact in facts)
    return Row(head=say("{head}", head=head), cells=cells, kind="subject" if subject else "")


def _windows_titles(ledger: Ledger, excess: list[Fact]) -> list[Text]:
    who, values = ledger.company.short_name, [fact.number for fact in excess if fact.number is not None]
    if not values:
        return [say("{who} over the standard windows", who=who)]
    ahead = sum(value > 0 for value in values)
    name = ledger.name_of(ledger.benchmark)
    count = counted(len(values), "{count} window", "{count} windows")
    if ahead == len(values):
        return [say("{who} is ahead of {name} over every window shown", who=who, name=name)]
    if ahead == 0:
        return [say("{who} is behind {name} over every window shown", who=who, name=name)]
    return [say("{who} is ahead of {name} over {n} of {count}", who=who, name=name, n=in_words(ahead), count=count)]


def quiet(ledger: Ledger, since: date, exhibits: tuple[Exhibit, ...]) -> tuple[Text, ...]:
    """Say so where nothing moved or nothing became public."""
    del ledger
    if any(each.key == "news" for each in exhibits):
        return ()
    return (
        say("No statement, plan, target or event in our sources was published after {day}.", day=day_in_words(since)),
    )


def consensus(ledger: Ledger) -> tuple[Text, ...]:
    """Return how targets, estimates and ratings went over the last months, or that none are fresh."""
    found = (*_target_trend(ledger), *_estimate_trend(ledger), *_rating_trend(ledger))
    if found:
        return found
    newest = ledger.latest(ledger.subject, "target_mean")
    if newest.known and newest.confirmed:
        day = day_in_words(newest.published_on)
        return (
            say(
                "The newest mean target in our sources is {newest}, of {day}; it is too old to be read as a consensus.",
                newest=newest,
                day=day,
            ),
        )
    return (say("No consensus is in our sources: {why}.", why=newest.reason or phrase("none is confirmed")),)


def _vintages(facts: list[Fact], until: date) -> list[Fact]:
    """Return the newest of some vintages and those nearest to 30 and 90 days before it, oldest first."""
    if not facts or not is_fresh(facts[-1], until):
        return []
    newest, picked = facts[-1], [facts[-1]]
    for days in (30, 90):
        wanted = newest.published_on - timedelta(days=days)
        earlier = [fact for fact in facts if fact.published_on <= wanted]
        if earlier and earlier[-1] not in picked:
            picked.append(earlier[-1])
    return list(reversed(picked))


def _dated(facts: list[Fact]) -> Text:
    return listed([say("{fact} on {day}", fact=fact, day=day_in_words(fact.published_on)) for fact in facts])


def _target_trend(ledger: Ledger) -> tuple[Text, ...]:
    facts = [
        fact for fact in ledger.all(ledger.subject, "target_mean") if fact.known and fact.confirmed and not fact.name
    ]
    picked = _vintages(sorted(facts, key=lambda fact: fact.published_on), ledger.until)
    if not picked:
        return ()
    return (say("The mean target was {all}.", all=_dated(picked)),)


def _estimate_trend(ledger: Ledger) -> tuple[Text, ...]:
    """The EPS estimate of the fiscal year that runs, as it stood on several days."""
    facts = [
        fact
        for fact in ledger.all(ledger.subject, "eps_estimate_fy")
        if fact.known and fact.confirmed and not fact.name and fact.period.end >= ledger.until
    ]
    years = sorted({fact.period.end for fact in facts})
    running = (
        sorted((fact for fact in facts if fact.period.end == years[0]), key=lambda fact: fact.published_on)
        if years
        else []
    )
    picked = _vintages(running, ledger.until)
    if len(picked) < 2:
        return ()
    return (say("The EPS estimate for {year} was {all}.", year=picked[-1].period.label, all=_dated(picked)),)


def _rating_trend(ledger: Ledger) -> tuple[Text, ...]:
    """Ratings of buy and of strong buy, now and on the oldest day of the last months."""
    found = []
    for metric in ("ratings_strong_buy", "ratings_buy"):
        facts = [fact for fact in ledger.current(ledger.subject, metric) if fact.known and is_fresh(fact, ledger.until)]
        if len(facts) > 1:
            found.append(say("{what}: {all}", what=facts[-1].label, all=_dated([facts[0], facts[-1]])))
    return (say("Ratings, {all}.", all=listed(found)),) if found else ()
