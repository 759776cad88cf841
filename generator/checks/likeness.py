"""Like with like: one company, one period, one unit and one currency where a reader compares."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import pairwise

from generator.checks.figures import PLANS, finding, full_name
from generator.checks.page import PROSE, placed, worded
from generator.checks.places import clauses, exhibits, passages, words_in
from generator.language import phrase
from generator.model.brief import Brief, Exhibit, Row, Table
from generator.model.fact import Fact, Unit
from generator.model.finding import Finding
from generator.model.ledger import Ledger
from generator.model.period import month_in_words
from generator.model.text import Figure, Text, facts_in, say

LABEL = re.compile(
    r"\b(quarter|half-year|nine months|year to date|TTM|twelve months) to ([A-Z][a-z]+ \d{4})|\bFY(\d{4})\b"
)
AFTER = re.compile(rf"\s(?:in|for|over|\()\s?(?:the )?(?:{LABEL.pattern})")
KIND = {
    "quarter": "quarter", "half-year": "half", "nine months": "nine_months", "year to date": "ytd", "TTM": "ttm",
    "twelve months": "ttm",
}  # fmt: skip
BEFORE = re.compile(r"\b(before|after|earlier|previous|ago)\b")
LEADS = r"(?: at| plans| plans about| held| costs| is up| is down|:)? "
COLUMN_LABEL = re.compile(r"\b(?:(?P<month>[A-Z][a-z]{2}) |FY ?)(?P<year>20\d\d)\b")
HORIZON = 0.1
ENOUGH = 3


def other_company(brief: Brief, ledger: Ledger) -> Iterator[Finding]:
    """A figure of a company that the sentence, or the row of the table, does not speak of."""
    names = _names(ledger)
    for passage in passages(brief):
        if not worded(passage):
            continue
        spoken = f"{passage.before} {passage.words}"
        named = {entity for entity, words in names.items() if words.search(spoken)}
        for fact in passage.facts:
            foreign = fact.entity in names and fact.entity not in {*named, ledger.subject}
            if fact.known and foreign and fact.unit is not Unit.RATE:
                yield _elsewhere(fact, passage.place, ledger)
        yield from (_elsewhere(fact, passage.place, ledger) for fact in _misnamed(passage.text, names))
    for place, exhibit in exhibits(brief):
        for row in exhibit.table.rows if exhibit.table else ():
            yield from _row_of_another(row, place, names, ledger)
        if exhibit.table is not None:
            yield from (_elsewhere(fact, place, ledger) for fact in _strangers(exhibit.table, names, ledger.subject))


def _strangers(table: Table, names: dict[str, re.Pattern[str]], subject: str) -> Iterator[Fact]:
    """Give the figures of other companies in a table that names none: it is about the subject."""
    labels = [words_in(row.head) for row in table.rows] + [column.label for column in table.columns]
    cells = [cell for row in table.rows for cell in row.cells]
    if not any(words.search(label) for words in names.values() for label in (*labels, *map(words_in, cells))):
        strange = (fact for cell in cells for fact in facts_in(cell) if fact.known and fact.entity in names)
        yield from (fact for fact in strange if fact.entity != subject)


def _misnamed(text: Text, names: dict[str, re.Pattern[str]]) -> Iterator[Fact]:
    """Give the figures beside which another company's name stands: "Microsoft at 40x", "40x (Microsoft)"."""
    whole = words_in(text)
    said = {entity: words.pattern for entity, words in names.items() if words.search(whole)}
    for index, run in enumerate(text if said else ()):
        if not isinstance(run, Figure) or not run.fact.known or run.fact.entity not in names:
            continue
        before, after = words_in(text[:index]), words_in(text[index + 1 :])
        for entity, words in said.items():
            ahead = re.search(rf"(?:{words})(?:['’]s)?{LEADS}$", before)
            behind = re.match(rf"\s\((?:{words})\)", after)
            if (ahead or behind) and entity not in {run.fact.entity, run.fact.name}:
                yield run.fact


def _names(ledger: Ledger) -> dict[str, re.Pattern[str]]:
    """Return what finds each company by its name or ticker, also amid words that no space parts."""
    found = {}
    for entity, company in ledger.companies.items():
        words = {company.short_name, company.name, entity} - {""}
        found[entity] = re.compile("|".join(rf"(?<![0-9A-Za-z]){re.escape(word)}" for word in sorted(words)))
    return found


def _elsewhere(fact: Fact, place: str, ledger: Ledger) -> Finding:
    said = say(
        "{label} of {value} belongs to {who}, which is not named here.",
        label=full_name(fact)[:1].upper() + full_name(fact)[1:],
        value=fact,
        who=ledger.name_of(fact.entity),
    )
    return placed(finding(said, fact, advice=phrase("print the figure of the company that is named")), place)


def _row_of_another(row: Row, place: str, names: dict[str, re.Pattern[str]], ledger: Ledger) -> Iterator[Finding]:
    head = words_in(row.head)
    owners = {entity for entity, words in names.items() if words.match(head)}
    for cell in row.cells if len(owners) == 1 else ():
        for fact in facts_in(cell):
            if fact.known and fact.entity in names and fact.entity not in owners:
                yield _elsewhere(fact, place, ledger)


def period_mismatch(brief: Brief, ledger: Ledger) -> Iterator[Finding]:
    """A clause that names a period, and a figure in it that has another of the same length."""
    for passage in passages(brief):
        for clause in clauses(passage.text) if worded(passage) else ():
            words = words_in(clause)
            named = {_period(match) for match in LABEL.finditer(words)}
            if BEFORE.search(words):
                named |= {(kind, _year_before(when)) for kind, when in named}
            kinds = {kind for kind, _ in named}
            for fact in facts_in(clause):
                own = _period_of(fact)
                beside = _beside(clause, fact)
                if not fact.known or own is None or own[0] not in kinds:
                    continue
                if own not in named or (beside is not None and own[0] == beside[0] and own != beside):
                    said = say(
                        "{who}: {label} of {value} stands in a sentence about another period.",
                        who=ledger.name_of(fact.entity),
                        label=full_name(fact),
                        value=fact,
                    )
                    found = finding(said, fact, advice=phrase("name its period, or print the figure of the one named"))
                    yield placed(found, passage.place)


def _beside(clause: Text, fact: Fact) -> tuple[str, str] | None:
    """Return the period that stands right after a figure: "26% in the quarter to June 2025"."""
    for run, after in pairwise(clause):
        if isinstance(run, Figure) and run.fact is fact and isinstance(after, str):
            match = AFTER.match(after)
            return _period(match) if match else None
    return None


def _year_before(when: str) -> str:
    """Return the same month, or fiscal year, of the year before: "June 2025" becomes "June 2024"."""
    return f"{when[:-4]}{int(when[-4:]) - 1}"


def _period(match: re.Match[str]) -> tuple[str, str]:
    return ("fiscal_year", match[3]) if match[3] else (KIND[match[1]], match[2])


def _period_of(fact: Fact) -> tuple[str, str] | None:
    match = LABEL.search(fact.period.label)
    return _period(match) if match else None


MIXED = ("moves",)
"""Tables whose columns hold every kind of figure: one row a figure, then and now."""


def unlike_cells(brief: Brief, ledger: Ledger) -> Iterator[Finding]:
    """A cell that differs from all others of its row or column in what it measures, its unit, currency or period."""
    for place, exhibit in exhibits(brief):
        if exhibit.table is not None and exhibit.key not in MIXED:
            lines = [(line, ROW) for line in _rows(exhibit.table)]
            lines += [(line, COLUMN) for line in _columns(exhibit.table)]
            for line, traits in lines:
                yield from (_odd(fact, what, place, ledger) for fact, what in _unlike(line, traits))


def _rows(table: Table) -> Iterator[list[Fact]]:
    for row in table.rows:
        yield [facts[0] for cell in row.cells if len(facts := facts_in(cell)) == 1 and facts[0].known]


def _columns(table: Table) -> Iterator[list[Fact]]:
    for index, column in enumerate(table.columns[1:]):
        cells = (row.cells[index] for row in table.rows if len(row.cells) > index)
        if column.kind == "number":
            yield [facts[0] for cell in cells if len(facts := facts_in(cell)) == 1 and facts[0].known]


ROW: dict[str, Callable[[Fact], Hashable]] = {
    "figure": lambda fact: fact.metric,
    "company": lambda fact: fact.entity,
    "unit": lambda fact: fact.unit,
    "currency": lambda fact: fact.currency,
}
COLUMN = ROW | {"length of the period": lambda fact: fact.period.kind, "period": lambda fact: fact.period.end}
ALIKE = {"unit": "figure", "currency": "figure", "length of the period": "figure"}
"""Traits that are compared only where all cells agree in another."""


def _unlike(line: Sequence[Fact], traits: Mapping[str, Callable[[Fact], Hashable]]) -> Iterator[tuple[Fact, str]]:
    """Give the one fact that differs from all others of its line, with in what."""
    if len(line) <= ENOUGH:
        return
    several = len({fact.entity for fact in line}) > 1
    for what, trait in traits.items():
        if what in ALIKE and len({traits[ALIKE[what]](fact) for fact in line}) > 1:
            continue
        if what == "period" and several:
            continue
        usual, times = Counter(trait(fact) for fact in line).most_common(1)[0]
        if times == len(line) - 1:
            yield next(fact for fact in line if trait(fact) != usual), what


def column_period(brief: Brief, ledger: Ledger) -> Iterator[Finding]:
    """A cell under a period that its figure does not have: March's revenue under "Jun 2025"."""
    for place, exhibit in exhibits(brief):
        table = exhibit.table
        for row in table.rows if table else ():
            for column, cell in zip(table.columns[1:] if table else (), row.cells, strict=False):
                label = COLUMN_LABEL.search(column.label)
                for fact in facts_in(cell) if label else ():
                    if fact.known and label is not None and not _under(fact, label):
                        yield _odd(fact, f"period from the “{column.label}” above it", place, ledger)


def _under(fact: Fact, label: re.Match[str]) -> bool:
    """Tell whether a figure's period is that of a column's label."""
    month = month_in_words(fact.period.end)
    return label["year"] in {month[-4:], str(fact.period.end.year)} and (label["month"] or "") in month


def _odd(fact: Fact, what: str, place: str, ledger: Ledger) -> Finding:
    said = say(
        "{who}: {label} of {value} differs from what stands beside it in its {what}.",
        who=ledger.name_of(fact.entity),
        label=full_name(fact),
        value=fact,
        what=what,
    )
    return placed(finding(said, fact, advice=phrase("compare like with like, or say what differs")), place)


def unlike_plans(brief: Brief, ledger: Ledger) -> Iterator[Finding]:
    """Plans of different lengths side by side with nothing that makes them comparable."""
    for passage in passages(brief):
        plans = [fact for fact in passage.facts if fact.metric in PLANS and fact.period.years]
        lengths = [fact.period.years or 0.0 for fact in plans]
        several = len({fact.entity for fact in plans}) > 1 and max(lengths) > min(lengths) * (1 + HORIZON)
        yearly = any("per_year" in fact.metric for fact in passage.near) or "per year" in passage.words
        if passage.kind in PROSE and several and not yearly:
            said = say(
                "Plans over different lengths of time are set beside each other: {plans}.",
                plans=", ".join(f"{ledger.name_of(fact.entity)} ({fact.period.label})" for fact in plans),
            )
            yield placed(finding(said, *plans, advice=phrase("print them per year")), passage.place)


def sum_above_whole(brief: Brief, ledger: Ledger) -> Iterator[Finding]:
    """Shares of one whole in one chart or table that make more than the whole."""
    del ledger
    for place, exhibit in exhibits(brief):
        shares = [fact for fact in _of(exhibit) if fact.metric == "market_share" and fact.number is not None]
        latest = {(fact.entity, fact.name): fact for fact in shares}
        if sum(fact.number or 0.0 for fact in latest.values()) > 1 + 0.005 * len(latest):
            said = say("The shares shown make more than the whole of {name}.", name=shares[0].name or "their market")
            yield placed(finding(said, *latest.values(), advice=phrase("look up what each is a share of")), place)


def _of(exhibit: Exhibit) -> Iterator[Fact]:
    yield from exhibit.drawing.facts if exhibit.drawing else ()
    for row in exhibit.table.rows if exhibit.table else ():
        for cell in row.cells:
            yield from facts_in(cell)


def points_as_percent(brief: Brief, ledger: Ledger) -> Iterator[Finding]:
    """A difference in percentage points that the sentence calls percent."""
    del ledger
    for passage in passages(brief):
        runs = passage.text
        for index, run in enumerate(runs[1:], 1):
            before = runs[index - 1]
            fact = facts_in((before,))
            if fact and fact[0].unit is Unit.POINTS and isinstance(run, str) and re.match(r"\s?(%|per ?cent)", run):
                said = say("{value} are percentage points, not percent.", value=fact[0])
                yield placed(finding(said, fact[0], advice=phrase("write “points”")), passage.place)
