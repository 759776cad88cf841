"""Rules about the figures of a text: two values, periods that cannot be, plans and parts, and sums done again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from generator.language.days import MONTHS
from generator.lint.claims import AHEAD, Claim, Plan, clause, wholes_in
from generator.lint.finding import Lint, at
from generator.lint.numbers import Number, numbers_in
from generator.lint.prose import MONTH, Sentence

APART = re.compile(
    r"\b(?:from|compared|versus|vs|against|earlier|ago|previous\w*|prior|before|after|revised|accelerated|slow(?:ed|s)"
    r"|faster|slower|consensus|respectively|peers?|industry|sector|averag\w+|median|histor\w+|competitors?|rivals?"
    r"|index|S&P|month\w*)\b",
    re.IGNORECASE,
)
QUALIFIED = re.compile(
    r"\b(?:constant[- ]currency|organic\w*|excluding|adjusted|like-for-like|same-store|sequential\w*"
    r"|quarter[- ](?:on|over)[- ]quarter)\b",
    re.IGNORECASE,
)
SINGLE = ("P/E", "forward P/E", "P/S", "growth")
QUARTER = re.compile(
    r"(?<!fiscal )(?<!FY)\b(?:Q(?P<q>[1-4])|(?P<w>first|second|third|fourth)[- ]quarter)(?: of)? (?P<y>20\d\d)\b",
    re.IGNORECASE,
)
WORDS = ("first", "second", "third", "fourth")
ENDED = re.compile(
    r"\b(?:quarter|half|year|months)(?: that)? (?:ended|ending|to)(?: on)? "
    rf"(?:(?P<d1>\d{{1,2}}) )?(?P<m>{MONTH})\.?(?: (?P<d2>\d{{1,2}}),?)? (?P<y>20\d\d)\b"
)
YEAR = re.compile(
    r"\b(?:reached|totall?ed|was|were|came to|amounted to|hit|stood at|generated|earned|posted) (?:a record )?"
    r"(?P<n>\S+(?: (?:trillion|billion|million))?) (?:in|for) (?P<y>20\d\d)\b"
)
SO_FAR = re.compile(
    r"\b(?:so far|to date|year[- ]to[- ]date|fiscal|FY|first half|nine months|trailing)\b", re.IGNORECASE
)
DUE = re.compile(r"\b(?:consensus|due|scheduled|payable|ex-dividend|seen|implied|priced|so far)\b", re.IGNORECASE)
COMPARES = re.compile(
    r"\b(?:lag\w*|trail\w*|behind|dwarf\w*|exceed\w*|outspend\w*|ahead of|outpac\w*|less than"
    r"|more than|larger|smaller|bigger|compared (?:with|to)|versus|against|tops?|surpass\w*|pales?"
    r"|match\w*)\b",
    re.IGNORECASE,
)
PER_YEAR = re.compile(r"\b(?:per year|a year|annually|annuali[sz]ed|yearly|each year|per annum)\b", re.IGNORECASE)
SHARE = re.compile(r"\bmarket share|share of the [\w -]+ market", re.IGNORECASE)
TOGETHER = re.compile(
    r"\b(?:together|combined|jointly|top (?:two|three|four|five|ten)|total|in all|between them|from|compared|year)\b",
    re.IGNORECASE,
)
OF = re.compile(r"\b(?P<part>\d{1,4}) (?:out )?of (?:the |its )?(?P<whole>\d{1,4}) (?P<what>[a-z]+s)\b")
MOVE = re.compile(
    r"\b(?P<verb>ros\w+|rise\w*|gr[eo]w\w*|increas\w+|climb\w*|gain\w*|jump\w*|surg\w+|fell|fall\w*"
    r"|declin\w+|drop\w*|decreas\w+|slump\w*|up|down)\b",
    re.IGNORECASE,
)
DOWN = re.compile(r"^(?:fell|fall|declin|drop|decreas|slump|down)", re.IGNORECASE)
FROM_TO = re.compile(
    r"^[\s,]*(?:a share|per share|vehicles|units|users|subscribers)?[\s,]*(?:up|down)?\s*(?:from|to)\s+"
    r"(?:about|around|just|nearly|an?|the)?\s*$",
    re.IGNORECASE,
)
OTHER = re.compile(r"\b(?:and|while|whereas|but)\b|;", re.IGNORECASE)
BESIDE = 30
ROOM = 0.5
NEWEST = timedelta(days=120)


def doubled(claims: Sequence[Claim], day: date | None = None) -> Iterator[Lint]:
    """One figure with two values, at least one of which does not say of when it is."""
    groups: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.metric in SINGLE and not claim.ahead:
            groups[claim.entity, claim.metric, claim.topic].append(claim)
    for (entity, metric, topic), group in groups.items():
        told: set[float] = set()
        for index, one in enumerate(group):
            for other in group[index + 1 :]:
                if _contradict(one, other, day) and other.number.value not in told:
                    told.add(other.number.value)
                    what = " ".join(part for part in (entity and f"{entity}:", topic, metric) if part)
                    there = f"{one.number.text} on {one.number.sentence.unit} {one.line}{_of(one)}"
                    said = f"{what} is {there}, and {other.number.text} here{_of(other)}"
                    yield at(
                        "doubled", other.line, other.number.sentence.unit, said, "keep the newest, with its period"
                    )


def _of(claim: Claim) -> str:
    return f" ({claim.period})" if claim.period else ""


def _contradict(one: Claim, other: Claim, day: date | None) -> bool:
    a, b = one.number, other.number
    if a.sentence.number == b.sentence.number or not (_recent(one, day) and _recent(other, day)):
        return False
    if one.period and other.period and "latest" not in {one.period, other.period}:
        return False
    if any(APART.search(clause(each)) or QUALIFIED.search(each.sentence.text) for each in (a, b)):
        return False
    if a.sentence.heading != b.sentence.heading:
        return False
    room = max(a.step, b.step) * ROOM
    return a.high + room < b.value or b.high + room < a.value


def _recent(claim: Claim, day: date | None) -> bool:
    """Tell whether a claim speaks of the newest period: it says so, or names none, or one that has just ended."""
    if claim.period in {"", "latest"}:
        return True
    ends = [end for _, _, end in _ends(claim.period)]
    return bool(ends) and day is not None and ends[0] >= day - NEWEST


def impossible(texts: Sequence[Sentence], day: date | None) -> Iterator[Lint]:
    """A period that had not ended on the day of the text, told as if it had."""
    for sentence in texts:
        for start, named, end in _ends(sentence.text):
            around = sentence.text[max(0, start - 80) : start + 60]
            told = any(number.unit in {"percent", "money"} for number in numbers_in(sentence))
            if day is not None and day <= end and told and not (AHEAD.search(around) or DUE.search(sentence.text)):
                said = f"“{named}” had not ended on the day of the text ({day})"
                advice = "if it is a fiscal quarter, say so and when it ended; else mend the period"
                yield at("impossible_period", sentence.line, sentence.unit, said, advice)


def _ends(text: str) -> Iterator[tuple[int, str, date]]:
    for match in QUARTER.finditer(text):
        quarter = int(match["q"]) if match["q"] else WORDS.index(match["w"].lower()) + 1
        yield match.start(), match[0], _month_end(int(match["y"]), quarter * 3)
    for match in ENDED.finditer(text):
        month = [name[:3] for name in MONTHS].index(match["m"][:3]) + 1
        yield match.start(), match[0], _month_end(int(match["y"]), month)
    for match in YEAR.finditer(text):
        if not SO_FAR.search(text):
            yield match.start(), match[0], date(int(match["y"]), 12, 31)


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def horizons(texts: Sequence[Sentence], plans: Sequence[Plan]) -> Iterator[Lint]:
    """Plans over different lengths of time set against each other."""
    for sentence in texts:
        mine = [plan for plan in plans if plan.number.sentence.number == sentence.number]
        if not mine or not COMPARES.search(sentence.text) or PER_YEAR.search(sentence.text):
            continue
        near = [plan for plan in plans if plan.number.sentence.paragraph == sentence.paragraph]
        others = [plan for plan in near if plan.entity != mine[-1].entity and plan.years == 1]
        for plan in mine:
            if plan.years and plan.years > 1 and others:
                rivals = ", ".join(dict.fromkeys(f"{other.entity} {other.number.text}" for other in others))
                plan_of = f"{plan.entity}'s {plan.number.text} over {plan.years:g} years"
                said = f"{plan_of} is set against plans of one year ({rivals})"
                yearly = (
                    f"compare a year with a year: {plan.number.currency} {plan.number.value / plan.years / 1e9:.1f} bn"
                )
                yield at("horizons", sentence.line, sentence.unit, said, yearly)
                break


def parts(texts: Sequence[Sentence], plans: Sequence[Plan]) -> Iterator[Lint]:
    """Parts that make more than the whole: companies above their industry, shares above 100%, 17 of 16."""
    yield from _above_whole(texts, plans)
    for sentence in texts:
        if SHARE.search(sentence.text) and not TOGETHER.search(sentence.text):
            shares = [n for n in numbers_in(sentence) if n.unit == "percent" and not MOVE.search(clause(n))]
            total = sum(number.value for number in shares)
            if len(shares) > 2 and total > 100 + len(shares) * ROOM:
                listed = " + ".join(number.text for number in shares)
                said = f"shares of one market make {total:g}%: {listed}"
                yield at("parts", sentence.line, sentence.unit, said, "look each share up again")
        for match in OF.finditer(sentence.text):
            if int(match["part"]) > int(match["whole"]):
                said = f"“{match[0]}” is more than all of them"
                yield at("parts", sentence.line, sentence.unit, said, "look both counts up again")


def _above_whole(texts: Sequence[Sentence], plans: Sequence[Plan]) -> Iterator[Lint]:
    done: set[float] = set()
    for whole in wholes_in(texts):
        yearly = {
            plan.entity: plan
            for plan in plans
            if plan.number.currency == whole.currency and plan.number.sentence.number != whole.sentence.number
        }
        total = sum(plan.number.value / (plan.years or 1.0) for plan in yearly.values())
        if len(yearly) > 1 and total > whole.high * 1.01 and whole.value not in done:
            done.add(whole.value)
            named = ", ".join(f"{name} {plan.number.text}" for name, plan in yearly.items())
            said = (
                f"the companies named ({named}) spend {total / 1e9:.0f} bn a year, above the {whole.text} of the whole"
            )
            yield at("parts", whole.sentence.line, whole.sentence.unit, said, "say what the whole counts, or mend it")


def moves(texts: Sequence[Sentence]) -> Iterator[Lint]:
    """A change in percent that does not lead from the one figure to the other: "rose 50% from 10 to 12"."""
    for sentence in texts:
        numbers = list(numbers_in(sentence))
        for first, second in pairwise(numbers):
            alike = first.unit == second.unit != "percent" and first.currency == second.currency
            leads = FROM_TO.match(sentence.text[first.end : second.start])
            changes = [each for each in numbers if _belongs(each, first, second)]
            verb = _verb(sentence.text, first)
            if alike and leads and verb and len(changes) == 1 and min(first.value, second.value) > 0:
                yield from _moved(sentence, first, second, changes[0], verb)


def _belongs(change: Number, first: Number, second: Number) -> bool:
    """Tell whether a percentage stands beside two figures, with nothing else between."""
    text = change.sentence.text
    gap = text[change.end : first.start] if change.end <= first.start else text[second.end : change.start]
    return change.unit == "percent" and not change.ranged and len(gap) < BESIDE and not OTHER.search(gap)


def _verb(text: str, first: Number) -> str:
    """Return the verb of movement nearest before two figures, or none."""
    found = list(MOVE.finditer(text[: first.start]))
    return found[-1][0] if found else ""


def _moved(sentence: Sentence, first: Number, second: Number, change: Number, verb: str) -> Iterator[Lint]:
    ahead = re.search(r"\bfrom\s*$", sentence.text[: first.start]) is not None
    old, new = (first, second) if ahead else (second, first)
    sign = -1 if DOWN.match(verb) else 1
    made = sign * (new.value / old.value - 1) * 100
    room = change.step * ROOM + 100 * (new.step / 2 / old.value + new.value * old.step / 2 / old.value**2)
    if abs(made - change.value) > room * 1.01:
        said = f"from {old.text} to {new.text} is {sign * made:+.1f}%, not {change.text}"
        yield at("arithmetic", sentence.line, sentence.unit, said, "look up the two figures and the change")


def multiples(claims: Sequence[Claim]) -> Iterator[Lint]:
    """Figures of one company that cannot all be: P/S times revenue is the market value, margin times revenue income."""
    by: dict[tuple[str, int], dict[str, Claim]] = defaultdict(dict)
    for claim in claims:
        if not claim.topic and not claim.ahead and not APART.search(clause(claim.number)):
            by[claim.entity, claim.number.sentence.paragraph].setdefault(claim.metric, claim)
    for (entity, _), held in by.items():
        yield from _product(entity, held, ("P/S", "revenue", "market value"))
        yield from _product(entity, held, ("net margin", "revenue", "net income"))


def _product(entity: str, held: dict[str, Claim], keys: tuple[str, str, str]) -> Iterator[Lint]:
    if any(key not in held for key in keys):
        return
    factor, base, result = (held[key].number for key in keys)
    times = factor.value / 100 if factor.unit == "percent" else factor.value
    made = times * base.value
    if base.currency == result.currency and not result.near(made, slack=0.1):
        said = (
            f"{entity}: {keys[0]} of {factor.text} and {keys[1]} of {base.text} make a {keys[2]} of "
            f"{made / 1e9:.1f} bn, not {result.text}"
        )
        yield at("arithmetic", result.sentence.line, result.sentence.unit, said, "look for another period or currency")
