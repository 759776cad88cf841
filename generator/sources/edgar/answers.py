"""Answers: what the SEC's bodies say, each looked at for its canary before anything in it is believed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.sources.edgar.concepts import RATIO, TAXONOMIES
from generator.sources.outcome import GarbledError

Json = Mapping[str, Any]
PERIODIC = ("10-K", "10-Q", "20-F", "40-F")
FORMS = ("10-K", "10-Q", "20-F", "40-F", "6-K", "10-KT", "10-QT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """One figure as one filing gives it. `unit` is a currency, "USD/shares", "shares" or "pure"."""

    taxonomy: str
    concept: str
    unit: str
    start: date | None
    end: date
    value: float
    form: str
    filing: str
    on: date

    @property
    def currency(self) -> str:
        """The currency of an amount, or of an amount per share; nothing for a count."""
        code = self.unit.removesuffix("/shares")
        return code if len(code) == 3 and code.isupper() else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A periodic report as the list of filings names it: its form, its day, and the end of the period it is about."""

    form: str
    on: date
    end: date


def read_numbers(body: Json) -> dict[str, int]:
    """Return the number of the filer behind each ticker.

    Raises:
        GarbledError: the list is empty, or no list of tickers.
    """
    rows = [row for row in body.values() if isinstance(row, dict)]
    found = {
        row["ticker"].upper(): row["cik_str"]
        for row in rows
        if isinstance(row.get("ticker"), str) and isinstance(row.get("cik_str"), int)
    }
    if not found:
        raise GarbledError("answered with a list without tickers")
    return found


def read_reports(body: Json, number: int) -> tuple[Report, ...]:
    """Return the periodic reports among the recent filings.

    Raises:
        GarbledError: the canary is missing: the number asked for, and as many days as forms.
    """
    _same(body, number)
    recent = (body.get("filings") or {}).get("recent")
    keys = ("form", "filingDate", "reportDate")
    columns = [list(recent.get(key) or []) for key in keys] if isinstance(recent, dict) else []
    if not columns or any(len(each) != len(columns[0]) for each in columns):
        raise GarbledError("answered with a list of filings without their days")
    rows = ((str(form), _day(on), _day(end)) for form, on, end in zip(*columns, strict=True))
    return tuple(
        Report(form=form, on=on, end=end)
        for form, on, end in rows
        if form in PERIODIC and on is not None and end is not None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of a filer under names the product knows, in the order of filing, and how many had no number."""

    filed: tuple[Filed, ...]
    blank: int = 0


def read_figures(body: Json, number: int, until: date) -> Figures:
    """Return the figures filed by a day.

    Raises:
        GarbledError: the canary is missing: the number asked for and at least one taxonomy with a concept.
    """
    _same(body, number)
    facts = body.get("facts")
    if not isinstance(facts, dict) or not any(isinstance(each, dict) and each for each in facts.values()):
        raise GarbledError("answered without facts")
    found = [each for taxonomy in TAXONOMIES for each in _of_taxonomy(taxonomy, facts.get(taxonomy))]
    filed = sorted((each for each in found if each and each.on <= until), key=lambda each: (each.on, each.filing))
    return Figures(filed=tuple(filed), blank=found.count(None))


def _same(body: Json, number: int) -> None:
    cik = body.get("cik")
    said = str(cik).lstrip("0") if isinstance(cik, int | str) else ""
    if said != str(number):
        raise GarbledError(f"answered about filer {said or 'nobody'} instead of {number}")


def _of_taxonomy(taxonomy: str, concepts: Any) -> Iterator[Filed | None]:  # noqa: ANN401
    kinds = TAXONOMIES[taxonomy]
    groups = (kinds.flows, kinds.stocks, kinds.per_share, kinds.averages, kinds.counts)
    wanted = {name for group in groups for names in group.values() for name in names} | {RATIO}
    for concept in sorted(wanted & set(concepts)) if isinstance(concepts, dict) else ():
        units = concepts[concept].get("units") if isinstance(concepts[concept], dict) else None
        for unit, rows in units.items() if isinstance(units, dict) else ():
            for row in rows if isinstance(rows, list) else ():
                if isinstance(row, dict) and str(row.get("form") or "").removesuffix("/A") in FORMS:
                    yield _row(row, taxonomy, concept, str(unit))


def _row(row: Json, taxonomy: str, concept: str, unit: str) -> Filed | None:
    """Return one row; None where it has no number or no day."""
    value = row.get("val")
    end, on, start = _day(row.get("end")), _day(row.get("filed")), _day(row.get("start"))
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    if end is None or on is None or (start is not None and start > end):
        return None
    return Filed(
        taxonomy=taxonomy, concept=concept, unit=unit, start=start, end=end, value=float(value), form=str(row["form"]),
        filing=str(row.get("accn") or ""), on=on,
    )  # fmt: skip


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
