"""Against what is known: a table of judged claims, and the facts of a ledger."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.errors import InputError
from generator.lint.claims import Claim
from generator.lint.finding import Lint, at
from generator.lint.numbers import Number, numbers_in
from generator.lint.prose import Sentence
from generator.model.fact import Fact, Unit
from generator.model.ledger import Ledger

NEEDED = ("claim", "value", "unit", "verdict", "correct_figure")
SOUND = ("consistent", "ok", "right", "true", "confirmed")
UNSURE = ("unverifiable", "unknown", "unconfirmed")
METRICS = {
    "P/E": "pe_ttm", "forward P/E": "pe_forward", "P/S": "ps_ttm", "market value": "market_value",
    "operating margin": "operating_margin", "gross margin": "gross_margin", "net margin": "net_margin",
}  # fmt: skip
MULTIPLES_ROOM = 0.05
POINTS_ROOM = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One row of a claims table: what a text says, what became of it, and the right figure."""

    key: str
    claim: str
    low: float
    high: float
    unit: str
    verdict: str
    correct: str


def read_claims(path: Path) -> tuple[Judged, ...]:
    """Return the rows of a claims table that hold a number.

    Raises:
        InputError: the file cannot be read, or a column or a number is wrong; all of it is told.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError.at(str(path), f"the file cannot be read ({error})", "save it as CSV in UTF-8") from None
    rows = csv.DictReader(text.splitlines())
    missing = [name for name in NEEDED if name not in (rows.fieldnames or ())]
    if missing:
        raise InputError.at(
            str(path), f"the column {missing[0]!r} is missing", f"its first line names {', '.join(NEEDED)}"
        )
    found = []
    for line, row in enumerate(rows, 2):
        low, high = (row.get("low") or row["value"] or "", row.get("high") or row["value"] or "")
        numbers = [re.sub(r"[^\d.\-]", "", each) for each in (low, high)]
        if all(numbers):
            try:
                found.append(_judged(row, float(numbers[0]), float(numbers[1]), line))
            except ValueError:
                raise InputError.at(f"{path}: line {line}", f'"{low}" is not a number', "write 1234.5") from None
    return tuple(found)


def _judged(row: dict[str, str], low: float, high: float, line: int) -> Judged:
    return Judged(
        key=row.get("claim_id") or f"line {line}",
        claim=row["claim"],
        low=low,
        high=high,
        unit=row["unit"] or "",
        verdict=row["verdict"] or "",
        correct=row["correct_figure"] or "",
    )


def against_claims(texts: Sequence[Sentence], judged: Iterable[Judged]) -> Iterator[Lint]:
    """Give the numbers of a text that a claims table judges to be anything but sound, in the order of the table."""
    numbers = [number for sentence in texts for number in numbers_in(sentence)]
    used: set[int] = set()
    for row in judged:
        index = next((i for i, number in enumerate(numbers) if i not in used and _is(number, row)), None)
        if index is None:
            continue
        used.add(index)
        verdict = row.verdict.strip().lower()
        if verdict not in SOUND:
            number = numbers[index]
            said = f"{row.claim}: {number.text} is judged “{row.verdict}” ({row.key})"
            check = "claim_unsure" if verdict in UNSURE else "claim"
            advice = f"right is: {row.correct}" if row.correct else "find a source for it"
            yield at(check, number.sentence.line, number.sentence.unit, said, advice)


def _is(number: Number, row: Judged) -> bool:
    """Tell whether a number of the text is the one a row speaks of."""
    unit = row.unit.lower()
    scale = next(
        (value for word, value in (("trillion", 1e12), ("billion", 1e9), ("million", 1e6)) if word in unit), 1.0
    )
    if ("%" in unit) != (number.unit == "percent"):
        return False
    if any(code in row.unit for code in ("USD", "CNY", "EUR", "GBP", "JPY", "HKD")) and number.currency not in row.unit:
        return False
    return all(
        abs(abs(mine) - abs(theirs) * scale) <= number.step / 2
        for mine, theirs in ((number.value, row.low), (number.high, row.high))
    )


def against_facts(claims: Sequence[Claim], ledger: Ledger, main: str) -> Iterator[Lint]:
    """Give the figures of a text that the facts of a ledger contradict, with the newest of them."""
    names = {company.short_name.lower(): ticker for ticker, company in ledger.companies.items() if company.short_name}
    for claim in claims:
        ticker = names.get(claim.entity.lower()) or (ledger.subject if claim.entity == main else None)
        fact = _fact(claim, ledger, ticker) if ticker and not claim.ahead else None
        if fact is not None and not _agrees(claim, fact):
            what = " ".join(part for part in (claim.topic, claim.metric) if part)
            newest = ledger.wording.write(fact)
            said = f"{ledger.name_of(fact.entity)}: {what} of {claim.number.text}; the newest known is {newest}"
            source = fact.sources[0].publisher if fact.sources else "computed"
            advice = f"print {newest} ({fact.period.label}, {source})"
            yield at("fact", claim.line, claim.number.sentence.unit, said, advice)


def _fact(claim: Claim, ledger: Ledger, ticker: str) -> Fact | None:
    """Return the newest known fact a claim can be held against; a claim of a named older period is left alone."""
    if claim.period and claim.period != "latest" and "TTM" not in claim.period and "trailing" not in claim.period:
        return None
    if claim.metric == "growth":
        rows = [f for f in ledger.current(ticker, "segment_growth", kind="quarter") if f.confirmed and f.known]
        mine = [fact for fact in rows if claim.topic and claim.topic in fact.name.lower()]
        return mine[-1] if mine else None
    key = METRICS.get(claim.metric)
    fact = ledger.latest(ticker, key) if key else None
    return fact if fact is not None and fact.number is not None else None


def _agrees(claim: Claim, fact: Fact) -> bool:
    value = fact.number or 0.0
    if fact.unit is Unit.FRACTION:
        return claim.number.near(value * 100) or abs(claim.number.value / 100 - value) <= POINTS_ROOM
    return claim.number.near(value, slack=MULTIPLES_ROOM)
