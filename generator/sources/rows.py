"""Rows: a CSV file as its lines and cells, with every problem told by its place."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache, wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from generator.errors import InputError, Problem

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
NUMBER = re.compile(r"[+-]?\d{1,18}(\.\d{1,18})?", re.ASCII)
CURRENCY = re.compile(r"[A-Z]{3}")
TICKER = re.compile(r"[A-Z0-9][A-Z0-9.\-=^]{0,14}")
# What a spreadsheet would run rather than show: "=SUM(A1)", "@name", "+cmd|...", "-HYPERLINK(...)".
FORMULA = re.compile(r"[=@]|[+-]\s*[A-Za-z_]+\s*[(|!]")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# Whether any line of a text can be one or hold the other: most rows are clear of both at one look.
SUSPECT = re.compile(r"^(?:[=@]|[+-]\s*[A-Za-z_])|[\x00-\x09\x0b-\x1f\x7f]", re.MULTILINE)
EARLIEST = date(1900, 1, 1)


P = ParamSpec("P")
T = TypeVar("T")
REMEMBERED = 32
"""How many files of a kind a process remembers: those of the companies of its last few briefs."""


def once(read: Callable[Concatenate[Sheet, P], T]) -> Callable[Concatenate[Sheet, P], T]:
    """Return a reader that reads a file again only when it has changed; its problems are told each time."""

    def fresh(
        kind: type[Sheet], path: Path, where: str, _: tuple[int, ...], *args: P.args, **kwargs: P.kwargs
    ) -> tuple[T, tuple[Problem, ...]]:
        sheet = kind(path, where=where)
        return read(sheet, *args, **kwargs), tuple(sheet.problems)

    remembered: Callable[..., tuple[T, tuple[Problem, ...]]] = lru_cache(maxsize=REMEMBERED)(fresh)

    @wraps(read)
    def reader(sheet: Sheet, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            stat = sheet.path.stat()
        except OSError:
            return read(sheet, *args, **kwargs)
        if sheet.problems:
            return read(sheet, *args, **kwargs)
        stamp = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        found, problems = remembered(type(sheet), sheet.path.absolute(), sheet.where, stamp, *args, **kwargs)
        sheet.problems.extend(problems)
        return found

    return reader


class Sheet:
    """One CSV file: where it stands in the words of the user, and the problems found so far."""

    __slots__ = ("path", "problems", "where")

    def __init__(self, path: Path, *, where: str) -> None:
        self.path = path
        self.where = where
        self.problems: list[Problem] = []

    def wrong(self, what: str, advice: str = "", *, line: int | None = None) -> None:
        """Remember a problem of the file, or of one line."""
        self.problems.append(Problem(f"{self.where}: line {line}" if line else self.where, what, advice))

    def rows(self, columns: Sequence[str], *, optional: Sequence[str] = ()) -> tuple[Row, ...]:
        """Return the rows below the header, in their order; a file that cannot be read at all has none.

        `optional` columns may be missing and then read as empty.
        """
        text = self._text()
        if text is None:
            return ()
        lines = self._lines(text)
        if not lines:
            self.wrong("the file is empty", f"its first line must be {','.join(columns)}")
            return ()
        _, header = lines[0]
        if not self._header_fits([cell.strip() for cell in header], columns, optional):
            return ()
        names = [cell.strip() for cell in header]
        return tuple(self._row(line, cells, names, optional) for line, cells in lines[1:] if any(cells))

    def raise_problems(self) -> None:
        """Raise what was found wrong, if anything.

        Raises:
            InputError: the file has problems.
        """
        if self.problems:
            raise InputError(self.problems)

    def _text(self) -> str | None:
        try:
            return self.path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            self.wrong("the text is not UTF-8", 'save the file as UTF-8 (in Excel: "CSV UTF-8")', line=line)
        except OSError as error:
            self.wrong(f"the file cannot be read ({error.strerror})")
        return None

    def _lines(self, text: str) -> list[tuple[int, list[str]]]:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        lines: list[tuple[int, list[str]]] = []
        first = 1
        try:
            for cells in reader:
                lines.append((first, cells))
                first = reader.line_num + 1
        except csv.Error:
            self.wrong("the quotes do not close", 'write "" for a quote inside a quoted text', line=first)
        return lines

    def _header_fits(self, header: list[str], columns: Sequence[str], optional: Sequence[str]) -> bool:
        if len(header) == 1 and ";" in header[0]:
            self.wrong("the columns are separated by semicolons", "save the file with commas", line=1)
            return False
        missing = [name for name in columns if name not in header]
        for name in header:
            if name not in columns and name not in optional:
                near = get_close_matches(name, missing or columns, n=1)
                advice = f"did you mean {near[0]!r}?" if near else f"the columns are {','.join(columns)}"
                self.wrong(f"{name!r} is not a known column", advice, line=1)
        for name in missing:
            self.wrong(f"the column {name!r} is missing", f"the columns are {','.join(columns)}", line=1)
        if len(set(header)) < len(header):
            self.wrong("a column stands twice in the first line", line=1)
        return not self.problems

    def _row(self, line: int, cells: list[str], names: list[str], optional: Sequence[str]) -> Row:
        if len(cells) != len(names):
            advice = "put a text with a comma in quotes"
            self.wrong(f"{len(cells)} cells where the first line has {len(names)}", advice, line=line)
        padded = [cell.strip() for cell in cells] + [""] * (len(names) - len(cells))
        row = Row(sheet=self, line=line, cells=dict.fromkeys(optional, "") | dict(zip(names, padded, strict=False)))
        row.refuse_junk()
        return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a sheet. A cell that cannot be read is None, and its problem is remembered in the sheet."""

    sheet: Sheet
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def wrong(self, what: str, advice: str = "") -> None:
        """Remember a problem of this line."""
        self.sheet.wrong(what, advice, line=self.line)

    def unfit(self, column: str, kind: str, advice: str = "") -> None:
        """Remember that a cell is not of its kind: 'close "nan" is not a price'."""
        self.wrong(f'{column} "{self[column]}" is not {kind}', advice)

    def refuse_junk(self) -> None:
        """Remember the cells that a spreadsheet would run as a formula, and those with control characters."""
        whole = "\n".join(self.cells.values())
        if whole.count("\n") < len(self.cells) and not SUSPECT.search(whole):
            return
        for column, text in self.cells.items():
            if FORMULA.match(text):
                what = f'{column} "{text[:40]}" begins like a spreadsheet formula'
                self.wrong(what, "write its result or plain words")
            elif CONTROL.search(text):
                what = f"{column} holds a line break or an invisible character"
                self.wrong(what, "write it in one line of plain text")

    def day(self, column: str) -> date | None:
        """Return a date in the form 2025-10-02."""
        text = self[column]
        try:
            day = date.fromisoformat(text) if DAY.fullmatch(text) else None
        except ValueError:
            day = None
        if day is None or day < EARLIEST:
            self.unfit(column, "a date", "write it as 2025-10-02")
            return None
        return day

    def number(self, column: str, kind: str = "a number") -> Decimal | None:
        """Return a plain decimal number, exact."""
        text = self[column]
        if NUMBER.fullmatch(text):
            return Decimal(text)
        self.unfit(column, kind, "write digits and a point, such as 1234.5")
        return None

    def positive(self, column: str, kind: str) -> Decimal | None:
        """Return a number above zero."""
        number = self.number(column, kind)
        if number is not None and number <= 0:
            self.unfit(column, kind, "it must be above zero")
            return None
        return number

    def currency(self, column: str) -> str | None:
        """Return a currency's three letters."""
        if CURRENCY.fullmatch(self[column]):
            return self[column]
        self.unfit(column, "a currency", "write its three letters, such as USD")
        return None


def ascending(rows: Sequence[Row], column: str) -> Iterator[tuple[date, Row]]:
    """Give the rows with their day; a day that is not after the one before is a problem and is left out."""
    last: date | None = None
    for row in rows:
        day = row.day(column)
        if day is None:
            continue
        if last is not None and day <= last:
            what = f"{column} {day} stands twice" if day == last else f"{column} {day} comes after {last}"
            row.wrong(what, "one line a day, oldest first")
            continue
        last = day
        yield day, row


def refuse_future(row: Row, column: str, *, today: date | None) -> None:
    """Remember a day that nobody can know yet."""
    text = row[column]
    if today is not None and text > today.isoformat() and DAY.fullmatch(text):
        row.wrong(f"{column} {text} is in the future", f"today is {today}")


def place(path: Path, folder: Path) -> str:
    """Return a file's name as the user sees it: "seeds/prices/BABA.csv"."""
    try:
        return (Path(folder.resolve().name) / path.resolve().relative_to(folder.resolve())).as_posix()
    except ValueError:
        return path.as_posix()
