"""What moved between two issues: each figure then and now, by how much, and the cause.

A figure that is a product or a quotient of others (a multiple, a market value) is taken apart: each part's change, up
or down, such that (1 + a)(1 + b)(1 + c) = 1 + the whole. That tells how much of a multiple's rise the price made, how
much a new filing took back, and how much is the exchange rate.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from generator.analysis.thresholds import BY_METRIC, BY_UNIT, FOLLOWERS, WEIGHTS
from generator.model.fact import Fact, Unit
from generator.model.ledger import Ledger
from generator.model.period import Kind

Cause = Literal[
    "price move", "exchange rate", "new filing", "estimate revision", "plan revised", "source restated",
    "our method changed", "share count", "peers", "first seen", "gone", "published since",
]  # fmt: skip
PRICES = frozenset(("price", "base_price", "high_52w", "low_52w", "price_change", "volatility"))
RATES = frozenset(("exchange_rate", "exchange_rate_at_base"))
OPINIONS = ("target", "ratings", "forward", "eps_estimate", "consensus", "house_target")
PLANS = ("capex_plan", "capex_guidance", "guidance")
COUNTS = frozenset(("securities", "shares_outstanding", "diluted_shares", "vendor_shares"))
SIGNS = (1.0, -1.0)
EXACT = 1e-6
LEAST = 0.0005
DEEPEST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a figure's change: the cause, and by how much it alone would have moved the figure."""

    cause: Cause
    change: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A figure that moved, then and now. `parts` are ordered by size; `change` is None where there is no percentage."""

    metric: str
    then: Fact
    now: Fact
    causes: tuple[Cause, ...]
    change: Fact | None = None
    parts: tuple[Part, ...] = ()

    @property
    def cause(self) -> Cause:
        """The largest cause."""
        return self.causes[0]


def moves(ledger: Ledger, previous: Ledger, *, every: bool = False) -> tuple[Move, ...]:
    """Return what moved beyond its threshold about the subject, the most important first.

    What only follows the price or the calendar (windows, scenarios) is left out unless `every` is asked for.
    """
    found = [move for key in _keys(ledger, previous) if (every or key[0] not in FOLLOWERS)
             if (move := _move(ledger, previous, key)) is not None]  # fmt: skip
    return tuple(sorted(found, key=_rank))


def remembered(ledger: Ledger, previous: Ledger) -> Ledger:
    """Return a ledger that also holds the figures of the last issue that its section prints, under that issue's day."""
    found = moves(ledger, previous)
    facts = (fact for move in found for fact in (move.then, move.change, *(part.change for part in move.parts)))
    price = then_of(previous, previous.latest(ledger.subject, "price"))
    return ledger.plus(fact for fact in (price, *facts) if fact is not None and fact.known)


def then_of(previous: Ledger, fact: Fact) -> Fact:
    """Return a fact of the last issue as it is kept beside the new ones: under a name of its own."""
    return replace(fact, id=f"{fact.id}@{previous.until}", entity=f"{fact.entity}@{previous.until}", inputs=())


Key = tuple[str, str, Kind]


def _keys(ledger: Ledger, previous: Ledger) -> Iterator[Key]:
    """Yield what can be compared: metric, name and kind of period, in the order of the ledger."""
    facts = (*ledger.facts.values(), *previous.facts.values())
    own = (fact for fact in facts if fact.entity == ledger.subject)
    yield from dict.fromkeys((fact.metric, fact.name, fact.period.kind) for fact in own)


def _move(ledger: Ledger, previous: Ledger, key: Key) -> Move | None:
    metric, name, kind = key
    then, now = (each.latest(ledger.subject, metric, kind=kind, name=name) for each in (previous, ledger))
    if not (then.known or now.known) or _is_same(then, now):
        return None
    change = _change(now, then, ledger, previous)
    parts = _parts(ledger, previous, then, now) if change is not None else ()
    causes = tuple(dict.fromkeys(part.cause for part in parts)) or _causes(ledger, previous, then, now)
    return Move(
        metric=metric,
        then=then_of(previous, then) if then.known else then,
        now=now,
        causes=causes,
        change=change,
        parts=parts if len(parts) > 1 else (),
    )


def _is_same(then: Fact, now: Fact) -> bool:
    """Tell whether a figure has not moved beyond its threshold."""
    if not (then.known and now.known):
        return False
    if then.number is None or now.number is None:
        return then.value == now.value
    if then.formula != now.formula:
        return False
    size = size_of(then, now)
    limit = BY_METRIC.get(now.metric, BY_UNIT.get(now.unit, 0.0))
    return size <= limit if limit else math.isclose(then.number, now.number, rel_tol=1e-9)


def size_of(then: Fact, now: Fact) -> float:
    """Return how far a figure moved: percentages in points, all else as a share of the older figure."""
    before, after = then.number or 0.0, now.number or 0.0
    if now.unit in (Unit.FRACTION, Unit.POINTS):
        return abs(after - before)
    return abs(after - before) / abs(before) if before else math.inf


def _rank(move: Move) -> tuple[int, int, float, str, str]:
    """Order by weight; known on both sides before what is new or gone; then by size against its threshold."""
    both = move.then.known and move.now.known
    limit = BY_METRIC.get(move.metric, BY_UNIT.get(move.now.unit, 0.0)) or 0.005
    size = size_of(move.then, move.now) / limit if both else 0.0
    return (WEIGHTS.get(move.metric, 4), 0 if both else 1, -size, move.metric, move.now.id)


def _change(now: Fact, then: Fact, ledger: Ledger, previous: Ledger) -> Fact | None:
    """Return the change as a fact: points for a percentage, else a share; None across a sign change or without both."""
    before, after = then.number, now.number
    if before is None or after is None or then.currency != now.currency or then.unit is not now.unit:
        return None
    if now.unit in (Unit.FRACTION, Unit.POINTS):
        return _made(now, "change", after - before, ledger, previous, unit=Unit.POINTS)
    return _made(now, "change", after / before - 1, ledger, previous) if before > 0 and after > 0 else None


def _made(now: Fact, what: str, value: float, ledger: Ledger, previous: Ledger, *, unit: Unit = Unit.FRACTION) -> Fact:
    return replace(
        now,
        id=f"{now.id}@{previous.until}.{what}",
        entity=f"{now.entity}@{previous.until}",
        metric=f"{what}_since",
        label=f"{now.label}, {what} since the last issue",
        value=value,
        low=None,
        high=None,
        unit=unit,
        currency=None,
        formula="figure now ÷ figure then \u2212 1" if unit is Unit.FRACTION else "figure now \u2212 figure then",
        arithmetic="",
        inputs=(),
        note="",
        as_of=ledger.until,
    )


def _parts(ledger: Ledger, previous: Ledger, then: Fact, now: Fact) -> tuple[Part, ...]:
    """Return the parts of a product's or a quotient's change by cause, the largest first; nothing for other figures."""
    leaves = _leaves(ledger, previous, (then, now), sign=1.0, depth=DEEPEST)
    if leaves is None:
        return ()
    sums: dict[Cause, float] = {}
    for cause, step in leaves:
        sums[cause] = sums.get(cause, 0.0) + step
    told = sorted(((cause, step) for cause, step in sums.items() if abs(step) > LEAST), key=lambda each: -abs(each[1]))
    return tuple(
        Part(cause=cause, change=_made(now, cause.replace(" ", "_"), math.exp(step) - 1, ledger, previous))
        for cause, step in told
    )


def _leaves(
    ledger: Ledger, previous: Ledger, pair: tuple[Fact, Fact], *, sign: float, depth: int
) -> list[tuple[Cause, float]] | None:
    """Return each last part of a product with its cause and its step (the logarithm of now ÷ then, with its sign).

    None when the figure is no product of positive parts.
    """
    then, now = pair
    step = _step(then, now)
    if step is None:
        return None
    if not now.inputs or now.metric in (PRICES | RATES | COUNTS) or then.formula != now.formula or depth == 0:
        return [(_causes(ledger, previous, then, now)[0], sign * step)] if step else []
    pairs = [(previous.facts.get(a), ledger.facts.get(b)) for a, b in zip(then.inputs, now.inputs, strict=False)]
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    signs = _signs(step, known) if len(known) == len(now.inputs) == len(then.inputs) else None
    if signs is None:
        return [(_causes(ledger, previous, then, now)[0], sign * step)] if step else []
    found: list[tuple[Cause, float]] = []
    for (a, b), each in zip(known, signs, strict=True):
        found += _leaves(ledger, previous, (a, b), sign=sign * each, depth=depth - 1) or []
    return found


def _step(then: Fact, now: Fact) -> float | None:
    before, after = then.number, now.number
    if before is None or after is None or before <= 0 or after <= 0 or then.unit is not now.unit:
        return None
    return math.log(after / before)


def _signs(step: float, pairs: Iterable[tuple[Fact, Fact]]) -> tuple[float, ...] | None:
    """Return which inputs multiply (1) and which divide (-1), such that their steps add up to the whole; else None."""
    steps = [_step(a, b) for a, b in pairs]
    if not steps or len(steps) > 4 or any(each is None for each in steps):
        return None
    sure = [each for each in steps if each is not None]
    for signs in itertools.product(SIGNS, repeat=len(sure)):
        if abs(sum(s * each for s, each in zip(signs, sure, strict=True)) - step) < EXACT:
            return signs
    return None


def _causes(ledger: Ledger, previous: Ledger, then: Fact, now: Fact) -> tuple[Cause, ...]:
    """Return why a figure is not what it was."""
    if not (then.known and now.known):
        return (_appeared(now, previous),)
    if now.metric in PRICES:
        return ("price move",)
    if now.metric in RATES:
        return ("exchange rate",)
    if then.formula != now.formula:
        return ("our method changed",)
    if now.stated or not now.inputs:
        return (_stated(then, now),)
    return _of_inputs(ledger, previous, then, now, depth=DEEPEST) or (_stated(then, now),)


def _appeared(now: Fact, previous: Ledger) -> Cause:
    if not now.known:
        return "new filing" if now.not_meaningful and now.period.kind != "instant" else "gone"
    return "published since" if now.stated and now.published_on > previous.until else "first seen"


def _stated(then: Fact, now: Fact) -> Cause:
    """Return why a stated figure moved: an opinion or a plan revised, a new period filed, an old one restated."""
    if now.metric.startswith(OPINIONS):
        return "estimate revision"
    if now.metric.startswith(PLANS):
        return "plan revised"
    if now.metric in COUNTS:
        return "share count"
    return "new filing" if now.period != then.period else "source restated"


def _of_inputs(ledger: Ledger, previous: Ledger, then: Fact, now: Fact, *, depth: int) -> tuple[Cause, ...]:
    """Return the causes of the inputs that moved, in their order."""
    if depth == 0:
        return ()
    if now.period != then.period and now.period.kind != "instant" and now.period.kind not in ("window", "plan"):
        return ("new filing",)
    found: dict[Cause, None] = {}
    for key in now.inputs:
        part = ledger.facts.get(key)
        if part is None:
            continue
        if part.entity != now.entity and part.metric not in RATES:
            found.setdefault("peers")
            continue
        old = previous.latest(part.entity, part.metric, kind=part.period.kind, name=part.name)
        if old.known and old.number != part.number:
            found.update(dict.fromkeys(_causes_at(ledger, previous, old, part, depth=depth - 1)))
    return tuple(found)


def _causes_at(ledger: Ledger, previous: Ledger, then: Fact, now: Fact, *, depth: int) -> tuple[Cause, ...]:
    if now.stated or now.metric in (PRICES | RATES):
        return _causes(ledger, previous, then, now)
    return _of_inputs(ledger, previous, then, now, depth=depth) or (_stated(then, now),)
