"""Tables: a TOML file of figures as rows with cells, read and refused like those of a CSV file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from generator.sources.rows import Row, Sheet

TABLE, DEFAULTS = "fact", "defaults"
HEADER = re.compile(r"^\s*\[\[\s*fact\s*\]\]", re.MULTILINE)
PLACE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")
PLAIN = {True: "yes", False: "no"}


class TableSheet(Sheet):
    """One TOML file: a table [[fact]] for each row, and in [defaults] what all of them share."""

    __slots__ = ()

    def rows(self, columns: Sequence[str], *, optional: Sequence[str] = ()) -> tuple[Row, ...]:
        """Return a row for each table, in their order; `optional` columns may be missing, as all may here."""
        text = self._text()
        data = None if text is None else self._data(text)
        if text is None or data is None:
            return ()
        known = (*columns, *optional)
        for name in data:
            if name not in (TABLE, DEFAULTS):
                self.wrong(f'"{name}" is not a known table', "a row is [[fact]], what all rows share is [defaults]")
        tables, shared = data.get(TABLE, []), data.get(DEFAULTS, {})
        if not isinstance(shared, dict):
            self.wrong("defaults is not a table", "write [defaults] above its keys")
            shared = {}
        if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
            self.wrong("fact is not a list of tables", "write [[fact]], with two brackets, above each row")
            return ()
        self._see_keys(shared, known, line=None)
        lines = [text.count("\n", 0, found.start()) + found.group().count("\n") + 1 for found in HEADER.finditer(text)]
        places = lines if len(lines) == len(tables) else [0] * len(tables)
        return tuple(self._table(table, shared, known, line) for table, line in zip(tables, places, strict=True))

    def _data(self, text: str) -> dict[str, Any] | None:
        try:
            return tomllib.loads(text, parse_float=str)
        except tomllib.TOMLDecodeError as error:
            found = PLACE.search(str(error))
            what = PLACE.sub("", str(error)).strip().removesuffix(".")
            self.wrong(f"it is no TOML ({what})", line=int(found[1]) if found and found[1] else None)
        return None

    def _see_keys(self, table: Mapping[str, Any], known: Sequence[str], *, line: int | None) -> None:
        for name in table:
            if name not in known:
                near = get_close_matches(name, known, n=1)
                advice = f"did you mean {near[0]!r}?" if near else f"the keys are {', '.join(known)}"
                self.wrong(f"{name!r} is not a known key", advice, line=line)

    def _table(self, table: Mapping[str, Any], shared: Mapping[str, Any], known: Sequence[str], line: int) -> Row:
        self._see_keys(table, known, line=line)
        cells = {}
        for name in known:
            cell = _cell(table.get(name, shared.get(name, "")))
            if cell is None:
                self.wrong(f"{name} is neither text, number nor day", "write one value", line=line)
            cells[name] = cell or ""
        row = Row(sheet=self, line=line, cells=cells)
        row.refuse_junk()
        return row


def _cell(value: object) -> str | None:
    """Return a value as the cell of a CSV file would have it; None for a list or a table."""
    if isinstance(value, bool):
        return PLAIN[value]
    if isinstance(value, datetime):
        return None
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip() if isinstance(value, str | int) else None
