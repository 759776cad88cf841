"""Words bound to facts: what a sentence may say given the figures beside it and those of the ledger."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from generator.checks.analyst import Line, lines_of
from generator.checks.figures import finding
from generator.checks.page import placed
from generator.checks.places import passages
from generator.checks.vocabulary import extended
from generator.model.brief import Brief
from generator.model.fact import Fact, Unit
from generator.model.finding import Finding
from generator.model.ledger import Ledger
from generator.model.text import say
from generator.model.vocabulary import Word

Near = Sequence[Fact]
CHANGES = (
    "price_change", "total_return", "excess_return", "decomposition", "segment_growth", "scenario_change", "upside",
    "from_high", "drawdown", "max_drawdown",
)  # fmt: skip
AMOUNTS = (Unit.MONEY, Unit.PER_SHARE, Unit.PER_ADS, Unit.MULTIPLE, Unit.COUNT)
RECORD_HIGH = -0.005
HALF = 0.5
SPOKEN = re.compile("[^\ufffc\\s]")
"""What a text says beside its figures."""


def _moves(near: Near) -> list[float]:
    """Return the changes among facts: of prices, of figures, of growth."""
    moved = (fact for fact in near if fact.metric in CHANGES or fact.metric.endswith("growth"))
    return [fact.number for fact in moved if fact.number is not None]


def _rise(near: Near, ledger: Ledger, bound: float) -> bool:
    return max((*_moves(near), *_turns(near)), default=_year(ledger)) >= bound


def _fall(near: Near, ledger: Ledger, bound: float) -> bool:
    return min((*_moves(near), *_turns(near)), default=_year(ledger)) <= -bound


def _year(ledger: Ledger) -> float:
    """Return the price change of the year so far, which a word without a figure beside it is taken to mean."""
    return ledger.latest(ledger.subject, "price_change", name="ytd").number or 0.0


def _turns(near: Near) -> list[float]:
    """Return the change between two amounts of one figure that stand beside each other."""
    found = []
    for new in near:
        for old in near:
            same = (new.entity, new.metric, new.name, new.currency) == (old.entity, old.metric, old.name, old.currency)
            later = same and new.period.end > old.period.end and new.unit in AMOUNTS
            if later and new.number is not None and old.number:
                found.append((new.number - old.number) / abs(old.number))
    return found


def _growth(near: Near, ledger: Ledger, bound: float) -> bool:
    del ledger
    return any(move >= bound for move in (*_moves(near), *_turns(near)))


def _slow(near: Near, ledger: Ledger, bound: float) -> bool:
    del ledger
    return any(move < bound for move in (*_moves(near), *_turns(near)))


def _against_medians(ledger: Ledger) -> list[float]:
    """Return how far the multiple lies from its own median and from the peers', those of both that are known."""
    now, own = (ledger.latest(ledger.subject, key).number for key in ("multiple_now", "multiple_median"))
    peers = ledger.latest(ledger.subject, "against_peers", name="pe_ttm").number
    return [*([now / own - 1] if now and own else []), *([peers] if peers is not None else [])]


def _cheap(near: Near, ledger: Ledger, bound: float) -> bool:
    del near
    return any(distance < -bound for distance in _against_medians(ledger))


def _expensive(near: Near, ledger: Ledger, bound: float) -> bool:
    del near
    return any(distance > bound for distance in _against_medians(ledger))


def _mean_upside(ledger: Ledger) -> float | None:
    for name in ("target_mean", "consensus_target_mean"):
        upside = ledger.latest(ledger.subject, "upside", name=name)
        if upside.number is not None:
            return upside.number
    return None


def _bullish(near: Near, ledger: Ledger, bound: float) -> bool:
    del near
    upside, buys = _mean_upside(ledger), ledger.latest(ledger.subject, "buy_share").number
    return upside is not None and upside > bound and (buys is None or buys > HALF)


def _bearish(near: Near, ledger: Ledger, bound: float) -> bool:
    del near
    upside = _mean_upside(ledger)
    return upside is not None and upside < -bound


def _record(near: Near, ledger: Ledger, bound: float) -> bool:
    del bound
    if any(fact.metric in {"price", "high_52w", "from_high", "drawdown"} for fact in near) or not near:
        return (ledger.latest(ledger.subject, "drawdown").number or -1.0) >= RECORD_HIGH
    return any(_highest(fact, ledger) for fact in near)


def _highest(fact: Fact, ledger: Ledger) -> bool:
    rows = ledger.current(fact.entity, fact.metric, kind=fact.period.kind, name=fact.name)
    numbers = [each.number for each in rows if each.number is not None and each.currency == fact.currency]
    return len(numbers) > 1 and fact.number == max(numbers)


def _majority(near: Near, ledger: Ledger, bound: float) -> bool:
    del bound
    shares = [fact.number for fact in near if fact.metric in {"buy_share", "market_share"} and fact.number is not None]
    counts = sorted(fact.number for fact in near if fact.unit is Unit.COUNT and fact.number)
    buys = ledger.latest(ledger.subject, "buy_share").number
    found = [*shares, *([counts[0] / counts[-1]] if len(counts) > 1 else []), *([buys] if buys is not None else [])]
    return any(share > HALF for share in found)


def _never(near: Near, ledger: Ledger, bound: float) -> bool:
    del near, ledger, bound
    return False


HOLDS: Mapping[str, Callable[[Near, Ledger, float], bool]] = MappingProxyType(
    {
        "rise": _rise, "fall": _fall, "growth": _growth, "slow": _slow, "cheap": _cheap, "expensive": _expensive,
        "bullish": _bullish, "bearish": _bearish, "record": _record, "majority": _majority, "never": _never,
    }
)  # fmt: skip


def words(brief: Brief, ledger: Ledger, *, vocabulary: Iterable[Word] = ()) -> Iterator[Finding]:
    """A word in the brief's prose or in the analyst's text whose rule the facts do not meet."""
    yield from _all(brief, ledger, [word for word in extended(vocabulary) if word.rule != "never"])


def promises(brief: Brief, ledger: Ledger, *, vocabulary: Iterable[Word] = ()) -> Iterator[Finding]:
    """A promise that nobody can keep, in the brief's prose or in the analyst's text."""
    yield from _all(brief, ledger, [word for word in extended(vocabulary) if word.rule == "never"])


def _all(brief: Brief, ledger: Ledger, vocabulary: Sequence[Word]) -> Iterator[Finding]:
    for passage in passages(brief):
        near = passage.facts or passage.near
        yield from _unmet(passage.words, passage.place, near, ledger, vocabulary)
    for line in lines_of(brief):
        yield from _unmet(line.text, line.place, _named(line, ledger), ledger, vocabulary)


def _named(line: Line, ledger: Ledger) -> list[Fact]:
    return [ledger.facts[key] for key in line.facts if key in ledger.facts]


def _unmet(text: str, place: str, near: Near, ledger: Ledger, vocabulary: Sequence[Word]) -> Iterator[Finding]:
    # Most cells of a table hold a figure and no word.
    for word in vocabulary if SPOKEN.search(text) else ():
        for match in word.pattern.finditer(text):
            if _harmless(word, text, match.start(), match.end()) or HOLDS[word.rule](near, ledger, word.bound):
                continue
            said = say("“{used}” needs {needs}.", used=match[0], needs=word.needs)
            advice = word.advice or "write what the figure is, or take the word out"
            yield placed(finding(said, *near, advice=advice), place)


def _harmless(word: Word, text: str, start: int, end: int) -> bool:
    """Tell whether the word stands inside a phrase that needs nothing."""
    if word.harmless is None:
        return False
    return any(found.start() < end and start < found.end() for found in word.harmless.finditer(text))
