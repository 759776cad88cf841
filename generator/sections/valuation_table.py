"""The table of multiples: subject and peers now, the own record, and the arithmetic in the note."""

from __future__ import annotations

from datetime import timedelta

from generator.language import counted, msgid, phrase, translated
from generator.model.brief import Exhibit
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.text import Text, join, say
from generator.sections.grids import Line, gap_note, grid, kept
from generator.sections.phrases import against, day_of, exhibit, fitting, known, name_of

MOST_PEERS = 5
TITLE = 95
FEWEST = 5
FRESH = timedelta(days=100)
NOW = (
    ("pe_ttm", msgid("P/E, trailing")),
    ("pe_forward", msgid("P/E, forward")),
    ("ps_ttm", msgid("P/S, trailing")),
    ("pb", msgid("P/B")),
    ("ev_ebitda", msgid("EV/EBITDA")),
    ("fcf_yield", msgid("Free cash flow yield")),
    ("peg", msgid("PEG")),
)
PRINTED_ARITHMETIC = (("pe_ttm", msgid("P/E")), ("ps_ttm", msgid("P/S")))


def multiples_table(ledger: Ledger) -> Exhibit | None:
    """Return the table over the full width, or None where the peers' table and the text hold all there is."""
    companies = (ledger.subject, *_peers(ledger))
    now = [Line(head=translated(label), facts=_facts(ledger, companies, key)) for key, label in NOW]
    shown = [line for line in now if line.facts[0].known or line.facts[0].not_meaningful]
    lines = kept(shown)
    if not lines or (ledger.peers and len(lines) < FEWEST):
        return None
    table = grid(phrase("Multiple"), [name_of(ledger, company) for company in companies], lines)
    subtitle = say("At the closes of {day}; × unless marked %", day=day_of(ledger.latest(ledger.subject, "price")))
    note = join(*_arithmetic(ledger), estimate_days(ledger, companies), _bare(ledger), gap_note(lines))
    return exhibit("multiples", _title(ledger), subtitle, table=table, width="full", note=note)


def _peers(ledger: Ledger) -> tuple[str, ...]:
    """Return the peers with at least one multiple."""
    keys = [key for key, _ in NOW]
    return tuple(peer for peer in ledger.peers if any(ledger.latest(peer, key).known for key in keys))[:MOST_PEERS]


def _bare(ledger: Ledger) -> Text:
    """Name the peers of which no multiple is known."""
    names = [name_of(ledger, peer) for peer in ledger.peers if peer not in _peers(ledger)]
    return say("No multiple can be computed for {names}.", names=phrase(", ").join(names)) if names else ()


def _facts(ledger: Ledger, companies: tuple[str, ...], key: str) -> tuple[Fact, ...]:
    forward = key == "pe_forward"
    return tuple(forward_of(ledger, each) if forward else ledger.latest(each, key) for each in companies)


def forward_of(ledger: Ledger, company: str) -> Fact:
    """Return the forward P/E; on an estimate older than a quarter of a year it counts as missing."""
    fact, estimate = ledger.latest(company, "pe_forward"), ledger.latest(company, "forward_eps")
    if not fact.known or ledger.until - estimate.published_on <= FRESH:
        return fact
    reason = phrase(
        "the estimate held for {name} is of {day}, too old for today's price",
        name=name_of(ledger, company),
        day=day_of(estimate),
    )
    return ledger.missing(company, "pe_forward", reason=reason)


def _title(ledger: Ledger) -> Text:
    pe, ps = ledger.latest(ledger.subject, "pe_ttm"), ledger.latest(ledger.subject, "ps_ttm")
    now, middle = ledger.latest(ledger.subject, "multiple_now"), ledger.latest(ledger.subject, "multiple_median")
    name = name_of(ledger, ledger.subject)
    short = say("What the market pays for {name}", name=name)
    if not pe.known:
        sales = say("{name} costs {ps} trailing sales; a trailing P/E {state}", name=name, ps=ps,
                    state=phrase("has no meaning") if pe.not_meaningful else phrase("is not available"))  # fmt: skip
        return fitting(ledger.wording, TITLE, sales if ps.known else (), short)
    record = say(", {side} the median of its own record", side=against(now, middle)) if known(now, middle) else ()
    peers = _against_peers(ledger, pe)
    head = say("{name} costs {pe} trailing earnings", name=name, pe=pe)
    tail = say(" and {peers}", peers=peers) if record and peers else say(", {peers}", peers=peers) if peers else ()
    return fitting(ledger.wording, TITLE, (*head, *record, *tail), (*head, *record), head, short)


def _against_peers(ledger: Ledger, own: Fact) -> str:
    facts = [fact for fact in (ledger.latest(peer, "pe_ttm") for peer in ledger.peers) if fact.known]
    sides = {against(own, fact) for fact in facts}
    if len(sides) != 1:
        return ""
    every = len(facts) > 1
    return phrase("{side} every peer", side=sides.pop()) if every else phrase("{side} its peer", side=sides.pop())


def _arithmetic(ledger: Ledger) -> list[Text]:
    """Print how P/E and P/S come about: price, rate, earnings, the day of the rate, and what one ADS stands for."""
    facts = [(label, ledger.latest(ledger.subject, key)) for key, label in PRINTED_ARITHMETIC]
    sums = [say("{label}: {sum}.", label=translated(label), sum=fact.arithmetic) for label, fact in facts if fact.known]
    rate = ledger.latest(ledger.subject, "exchange_rate")
    if sums and rate.known:
        sums.append(say("Exchange rate: {rate} {name} on {day}.", rate=rate, name=rate.name, day=day_of(rate)))
    ratio = ledger.company.ads_ratio
    if sums and ratio and ratio == int(ratio):
        stands = counted(int(ratio), "{count} ordinary share", "{count} ordinary shares")
        sums.append(say("Earnings are per ADS; one ADS stands for {shares}.", shares=stands))
    count = ledger.latest(ledger.subject, "securities")
    if count.known and count.note:
        sums.append(say("Count: {count} ({note}).", count=count, note=count.note))
    return sums


def estimate_days(ledger: Ledger, companies: tuple[str, ...]) -> Text:
    """Name the day of each forward estimate."""
    estimates = [
        f"{name_of(ledger, company)} {day_of(ledger.latest(company, 'forward_eps'))}"
        for company in companies
        if forward_of(ledger, company).known
    ]
    return say("Forward estimates dated: {names}.", names=phrase("; ").join(estimates)) if estimates else ()
