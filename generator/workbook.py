"""Workbook: rows as a spreadsheet in which no text can act as a formula; the only home of XlsxWriter."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

FORMULA = re.compile(r"[=+\-@\t\r\n]")
LONGEST = 32_000
NAME = re.compile(r"[\[\]:*?/\\']")
WIDEST = 48
Cell = str | float | int | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: its name, the heads of its columns, and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


def to_xlsx(sheets: Sequence[Sheet], *, title: str, created: date) -> bytes:
    """Return a workbook of these sheets; numbers stay numbers, and the same sheets give the same bytes."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(out, options)
    book.set_properties({"title": title, "created": datetime(created.year, created.month, created.day)})  # noqa: DTZ001
    head = book.add_format({"bold": True, "bottom": 1})
    taken: dict[str, None] = {}
    for sheet in sheets:
        _write(book, sheet, _free(sheet.name, taken), head)
    book.close()
    return out.getvalue()


def _write(book: Workbook, sheet: Sheet, name: str, head: Format) -> None:
    page = book.add_worksheet(name)
    page.freeze_panes(1, 0)
    for column, label in enumerate(sheet.columns):
        page.write_string(0, column, shown(label), head)
        longest = max((len(str(row[column])) for row in sheet.rows if row[column] is not None), default=0)
        page.set_column(column, column, min(WIDEST, 2 + max(len(label), longest)))
    for line, row in enumerate(sheet.rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, bool):
                page.write_boolean(line, column, value)
            elif isinstance(value, int | float):
                page.write_number(line, column, value)
            elif value is not None:
                page.write_string(line, column, shown(value))


def shown(text: str) -> str:
    """Return a text as a cell: an apostrophe before one that a spreadsheet would run makes it show the text instead."""
    return f"'{text[:LONGEST]}" if FORMULA.match(text) else text[:LONGEST]


def _free(name: str, taken: dict[str, None]) -> str:
    """Return a name that a workbook allows and has not used yet."""
    plain = NAME.sub(" ", name).strip()[:28] or "Sheet"
    found = next(each for each in (plain, *(f"{plain} {i}" for i in range(2, 99))) if each.lower() not in taken)
    taken[found.lower()] = None
    return found


def as_cell(value: object) -> Cell:
    """Return any value of a ledger's row as a cell: lists in one line."""
    if isinstance(value, list):
        return " | ".join(_words(each) for each in value)
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def _words(value: object) -> str:
    if isinstance(value, Mapping):
        keys = ("publisher", "title", "published_on", "url", "licence")
        return ", ".join(str(value[key]) for key in keys if value.get(key))
    return str(value)
