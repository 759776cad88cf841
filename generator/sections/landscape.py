"""Competitive landscape: the company and its peers side by side, market shares, and plans made comparable."""

from __future__ import annotations

from generator.charts import draw_share_squares
from generator.language import counted, day_in_words, in_words, phrase, phrase_in
from generator.model.brief import Exhibit, Paragraph, Section
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.text import Part, Text, listed, say
from generator.sections.clauses import horizon, in_period
from generator.sections.peers import peer_table
from generator.sections.phrases import against, exhibit, fitting, possessive, qualified
from generator.sections.plans import plans_shown
from generator.sections.readings import plan_of
from generator.sections.scatter import scatter_exhibit
from generator.sections.setting import Setting

TITLE = 50


def build(ledger: Ledger, setting: Setting) -> Section:
    """Return the section; without peers and market shares it says so."""
    title = phrase("Competitive landscape")
    found = (
        share_exhibit(ledger, setting),
        scatter_exhibit(ledger, setting),
        peer_table(ledger, setting.options.get("columns")),
    )
    exhibits = tuple(each for each in found if each is not None)
    if not exhibits:
        why = phrase("the report names no peers, and no market share is in our sources")
        return Section(key="landscape", title=title, unavailable=why, words=setting.words)
    paragraphs = (
        (phrase("Size."), size(ledger)),
        (phrase("Price."), price(ledger)),
        (phrase("Share."), share(ledger)),
        (phrase("Plans."), plans(ledger)),
    )
    prose = tuple(Paragraph(lead=lead, sentences=sentences) for lead, sentences in paragraphs if sentences)
    return Section(
        key="landscape", title=title, lede=_lede(ledger), prose=prose, exhibits=exhibits, words=setting.words
    )


def _lede(ledger: Ledger) -> Text:
    """The answer: growth and multiple against the peers, as far as both can be compared."""
    who = ledger.company.short_name
    distance = ledger.latest(ledger.subject, "against_peers", name="pe_ttm")
    own, middle = _with_median(ledger, "revenue_growth")
    faster, dearer = (own.number or 0.0) > (middle.number or 0.0), (distance.number or 0.0) > 0
    grows = phrase("faster") if faster else phrase("more slowly")
    costs = phrase_in("of a price", "more") if dearer else phrase_in("of a price", "less")
    if own.known and middle.known and distance.number is not None:
        link = phrase("and") if faster == dearer else phrase("but")
        head = (
            "{who} grows {grows} than the median of its peers {link} costs {distance:abs} {costs} per unit of earnings."
        )
        return say(head, who=who, grows=grows, link=link, distance=distance, costs=costs)
    if distance.number is not None:
        margin = _margin(ledger)
        head = "{who} costs {distance:abs} {costs} per unit of earnings than the median of its peers{margin}."
        return say(head, who=who, distance=distance, costs=costs, margin=margin)
    if own.known and middle.known:
        return say(
            "{who} grows {grows} than the median of its peers; their multiples cannot be compared.",
            who=who,
            grows=grows,
        )
    return say("Too few peers publish comparable figures to place {who} among them.", who=who)


def _margin(ledger: Ledger) -> Text:
    """Return ", and keeps 14.8% of revenue as net income against their 27.5%", where both are known."""
    own, middle = _with_median(ledger, "net_margin")
    return (
        say(", and keeps {own} of revenue as net income against their {middle}", own=own, middle=middle)
        if own.known and middle.known
        else ()
    )


def _with_median(ledger: Ledger, key: str) -> tuple[Fact, Fact]:
    """Return the subject's twelve-month figure and the peers' median of it."""
    return ledger.latest(ledger.subject, key, kind="ttm"), ledger.latest(ledger.subject, "peer_median", name=key)


def _named(ledger: Ledger, metric: str, name: str | None = None) -> list[tuple[str, Fact]]:
    """Return the known figures of the subject and its peers with their names."""
    facts = [(ledger.name_of(each), ledger.latest(each, metric, name=name)) for each in (ledger.subject, *ledger.peers)]
    return [(who, fact) for who, fact in facts if fact.number is not None]


def size(ledger: Ledger) -> tuple[Text, ...]:
    """Return who is largest by market value, and where the company stands by growth and margin."""
    values = _named(ledger, "market_value")
    sentences = []
    own = ledger.latest(ledger.subject, "market_value")
    if own.known and len(values) > 1:
        rank = sum((fact.number or 0.0) > (own.number or 0.0) for _, fact in values)
        largest = max(values, key=lambda each: each[1].number or 0.0)
        parts: dict[str, Part] = {
            "who": ledger.company.short_name,
            "own": own,
            "all": counted(len(values), "{count} company", "{count} companies"),
        }
        if rank == 0:
            sentences.append(say("At {own}, {who} is the largest of the {all} whose market value is known.", **parts))
        else:
            head = "At {own}, {who} is smaller than {n} of the {all} whose market value is known."
            sentences.append(say(head, **parts, n=in_words(rank)))
            sentences.append(say("The largest, {first}, is worth {value}.", first=largest[0], value=largest[1]))
    for key, what in (("revenue_growth", phrase("Revenue growth")), ("net_margin", phrase("The net margin"))):
        sentences.extend(_against_median(ledger, key, what))
    return tuple(sentences)


def _against_median(ledger: Ledger, key: str, what: str) -> tuple[Text, ...]:
    own, middle = _with_median(ledger, key)
    if not own.known or not middle.known:
        return ()
    parts: dict[str, Part] = {"what": what, "own": own, "middle": middle, "when": in_period(own.period)}
    side, peers = against(own, middle), counted(len(middle.inputs), "{count} peer", "{count} peers")
    return (say("{what} {when} was {own}, {side} the median of {peers} ({middle}).", **parts, side=side, peers=peers),)


def price(ledger: Ledger) -> tuple[Text, ...]:
    """Return the multiples against the peers' median, and the price's year beside theirs."""
    sentences = []
    for key, what in (("pe_ttm", phrase("trailing earnings")), ("ps_ttm", phrase("sales"))):
        own, distance = ledger.latest(ledger.subject, key), ledger.latest(ledger.subject, "against_peers", name=key)
        middle = ledger.latest(ledger.subject, "peer_median", name=key)
        if own.known and distance.number is not None:
            side = phrase("above") if distance.number > 0 else phrase("below")
            parts: dict[str, Part] = {"own": own, "what": what, "distance": distance, "side": side, "middle": middle}
            peers = counted(len(middle.inputs), "{count} peer", "{count} peers")
            sentences.append(
                say(
                    "At {own} {what} it stands {distance:abs} {side} the median of {peers} ({middle}).",
                    **parts,
                    peers=peers,
                )
            )
    changes = _named(ledger, "price_change", "ytd")
    own = ledger.latest(ledger.subject, "price_change", name="ytd")
    if own.number is not None and len(changes) > 1:
        sentences.append(_year(ledger, own, changes))
    return tuple(sentences)


def _year(ledger: Ledger, own: Fact, changes: list[tuple[str, Fact]]) -> Text:
    """Return the price's year so far beside the best and the worst of the peers."""
    peers = [each for each in changes if each[1].entity != ledger.subject]
    best, worst = (pick(peers, key=lambda each: each[1].number or 0.0) for pick in (max, min))
    parts: dict[str, Part] = {"own": own, "best": best[0], "high": best[1], "worst": worst[0], "low": worst[1]}
    if len(peers) == 1:
        return say("Its price has moved {own:signed} this year, that of {best} {high:signed}.", **parts)
    head = "Its price has moved {own:signed} this year; peers lie from {low:signed} ({worst}) to {high:signed} ({best})"
    return say("{head}.", head=say(head, **parts))


def shares(ledger: Ledger) -> tuple[Fact, ...]:
    """Return the market shares of one market in its newest quarter, largest first."""
    own = [
        fact for fact in ledger.current(ledger.subject, "market_share") if fact.number is not None and fact.confirmed
    ]
    if not own:
        return ()
    newest = own[-1]
    found = [newest]
    for peer in ledger.peers:
        fact = ledger.at(peer, "market_share", newest.period, name=newest.name)
        if fact.number is not None and fact.confirmed:
            found.append(fact)
    return tuple(sorted(found, key=lambda fact: -(fact.number or 0.0)))


def share(ledger: Ledger) -> tuple[Text, ...]:
    """Return the company's share beside the leaders', and the size of the market."""
    found = shares(ledger)
    if not found:
        return ()
    own = next(fact for fact in found if fact.entity == ledger.subject)
    others = [fact for fact in found if fact.entity != ledger.subject]
    who, market = ledger.company.short_name, own.name
    head = say(
        "{who} held {own} of the market ({market}) {when}", who=who, own=own, market=market, when=in_period(own.period)
    )
    beside = listed([say("{who} {fact}", who=ledger.name_of(fact.entity), fact=fact) for fact in others])
    sentences = [
        say("{head}; beside it stood {beside}.", head=head, beside=beside) if others else say("{head}.", head=head)
    ]
    whole = ledger.at("SECTOR", "market_size", own.period, name=market)
    if whole.known:
        sentences.append(say("That market was {whole} in the quarter.", whole=whole))
    return tuple(sentences)


def share_exhibit(ledger: Ledger, setting: Setting) -> Exhibit | None:
    """Return market shares as a hundred squares; None without the subject's share or where they exceed the whole."""
    found = shares(ledger)
    if not found or sum(fact.number or 0.0 for fact in found) > 1:
        return None
    who = ledger.company.short_name
    drawing = draw_share_squares(
        [(ledger.name_of(fact.entity), fact) for fact in found], subject=who, look=setting.look
    )
    subtitle = say("{market}, {when}", market=found[0].name, when=found[0].period.label)
    title = fitting(ledger.wording, TITLE, *_share_titles(ledger, found))
    return exhibit(
        "market-shares",
        title,
        subtitle,
        drawing=drawing,
        note=say("One square is a hundredth; grey: all others, as the remainder."),
    )


def _share_titles(ledger: Ledger, found: tuple[Fact, ...]) -> list[Text]:
    who = ledger.company.short_name
    own = next(fact for fact in found if fact.entity == ledger.subject)
    if len(found) == 1:
        return [say("{who} holds {own} of its market", who=who, own=own)]
    if found[0] is own:
        return [say("{who} leads with {own}", who=who, own=own)]
    leader = ledger.name_of(found[0].entity)
    return [
        say("{who} holds {own}, {leader} {first}", who=who, own=own, leader=leader, first=found[0]),
        say("{own} of the market, the leader {first}", own=own, first=found[0]),
    ]


def plans(ledger: Ledger) -> tuple[Text, ...]:
    """Return the plans per year beside each other, and the subject's as a share of the largest."""
    own, found = plan_of(ledger, ledger.subject), plans_shown(ledger)
    others = [plan for plan in found if plan.total.entity != ledger.subject]
    if own is None or not others:
        return ()
    who = possessive(ledger.company.short_name)
    year = own.year_converted if own.year_converted.known else own.year
    sentences = []
    if own.years > 1:
        sentences.append(
            say(
                "{who} plan runs {when}; a year of it, {year}, is what compares with rivals' yearly plans.",
                who=who,
                when=horizon(own),
                year=year,
            )
        )
    running = [plan for plan in others if not plan.ended]
    ended = [plan for plan in others if plan.ended]
    yearly = [_planned(ledger, plan.year_converted, phrase("plans")) for plan in running if plan.years <= 1]
    if yearly:
        sentences.append(say("For one year {all}.", all=listed(yearly)))
    sentences.extend(
        say(
            "{whose} plan runs {when}; a year of it comes to {about}{fact}.",
            whose=possessive(ledger.name_of(plan.total.entity)),
            when=horizon(plan),
            about=_about(plan.year_converted),
            fact=plan.year_converted,
        )
        for plan in running
        if plan.years > 1
    )
    sentences.extend(
        say(
            "{planned} for the year to {until}, which has ended.",
            planned=_planned(ledger, plan.year_converted, phrase("had planned")),
            until=day_in_words(plan.total.period.end),
        )
        for plan in ended
    )
    ratio = ledger.latest(ledger.subject, "plan_against_rival")
    if ratio.number is not None:
        sentences.append(
            say(
                "{who} {part} is {ratio} of the plan of {rival}.",
                who=who,
                part=phrase("yearly part") if own.years > 1 else phrase("plan"),
                ratio=ratio,
                rival=ledger.name_of(ratio.name),
            )
        )
    return tuple(sentences)


def _planned(ledger: Ledger, fact: Fact, verb: str) -> Text:
    who = ledger.name_of(fact.entity)
    return say("{who} {verb} {about}{fact}", who=who, verb=verb, about=_about(fact), fact=fact)


def _about(fact: Fact) -> str:
    return qualified(fact)
