"""Words: the sentences of alternative texts, and the data behind a chart as rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from generator.charts.sheet import Cell, Table
from generator.language import day_in_words, phrase
from generator.model.fact import Fact
from generator.model.series import Series
from generator.model.text import Text, listed, say
from generator.model.wording import Style


def known(facts: Iterable[Fact | None]) -> tuple[Fact, ...]:
    """Return the facts that have a number."""
    return tuple(fact for fact in facts if fact is not None and fact.number is not None)


def number(fact: Fact) -> float:
    """Return a fact's number; only for facts that are `known`."""
    value = fact.number
    if value is None:
        raise ValueError(f"{fact.id}: there is no number to draw")
    return value


def figures(pairs: Iterable[tuple[str, Fact]], style: Style = "") -> Text:
    """Return names with their figures as a list: "Amazon 31% and Microsoft 25%"."""
    return listed([say("{name} {fact}", name=name, fact=say(f"{{fact:{style}}}", fact=fact)) for name, fact in pairs])


def way(line: Series) -> str:
    """Return which way a line went: "rises", "falls" or "ends where it began"."""
    first, last = line.values[0], line.values[-1]
    return phrase("ends where it began") if first == last else phrase("rises") if last > first else phrase("falls")


def days_of(line: Series) -> str:
    """Return the days a line spans, in words."""
    return phrase("from {start} to {end}", start=day_in_words(line.days[0]), end=day_in_words(line.days[-1]))


def dated_rows(lines: Iterable[tuple[str, Series]], facts: Iterable[tuple[str, Fact]] = ()) -> Table:
    """Return series one below the other, full and dated, and the facts that are marked on them."""
    rows: list[tuple[Cell, ...]] = [
        (name, day.isoformat(), value)
        for name, line in lines
        for day, value in zip(line.days, line.values, strict=True)
    ]
    rows.extend((name, fact.as_of.isoformat(), fact.number) for name, fact in facts)
    return ("series", "date", "value"), rows


def fact_rows(pairs: Iterable[tuple[str, Fact]]) -> Table:
    """Return facts as rows with what is needed to read them alone."""
    rows: list[tuple[Cell, ...]] = []
    for name, fact in pairs:
        start = fact.period.start.isoformat() if fact.period.start else None
        end = fact.period.end.isoformat()
        rows.append((name, fact.label, _cell(fact), fact.unit.value, fact.currency, start, end, fact.id))
    return ("name", "measure", "value", "unit", "currency", "from", "to", "fact"), rows


def _cell(fact: Fact) -> Cell:
    if isinstance(fact.value, date):
        return fact.value.isoformat()
    return fact.value if fact.value is not None else fact.number


def one_currency(facts: Sequence[Fact]) -> None:
    """Refuse to draw amounts of two currencies on one axis.

    Raises: ValueError.
    """
    currencies = {fact.currency for fact in facts}
    if len(currencies) > 1:
        raise ValueError(f"{', '.join(sorted(map(str, currencies)))} cannot stand on one axis")
