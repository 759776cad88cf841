"""CSV files: what is said of a bad one, with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.sources.rows import Sheet, ascending, place

COLUMNS = ("date", "text", "value")
HEAD = "date,text,value\n"


def sheet(folder: Path, text: str | bytes) -> Sheet:
    """Return a sheet with this text."""
    path = folder / "a.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Sheet(path, where="seeds/a.csv")


def told(found: Sheet) -> list[str]:
    """Return the sentences of a sheet."""
    return [str(problem) for problem in found.problems]


def test_rows_keep_their_lines(tmp_path: Path) -> None:
    """Blank lines are passed over and quoted commas are text; the lines are those of an editor."""
    found = sheet(tmp_path, HEAD + '2025-01-01,"a, b",1\n\n2025-01-02,c,2\n')
    rows = found.rows(COLUMNS)
    assert [(row.line, row["text"], row["value"]) for row in rows] == [(2, "a, b", "1"), (4, "c", "2")]
    assert told(found) == []


@pytest.mark.parametrize("text", [b"\xef\xbb\xbf" + HEAD.encode(), HEAD.replace("\n", "\r\n").encode()])
def test_what_spreadsheets_add_is_no_problem(tmp_path: Path, text: bytes) -> None:
    """A byte order mark and the line ends of Windows are read as if they were not there."""
    found = sheet(tmp_path, text)
    assert found.rows(COLUMNS) == ()
    assert told(found) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"", "seeds/a.csv: the file is empty; its first line must be date,text,value"),
        (b"date,text\n", "seeds/a.csv: line 1: the column 'value' is missing; the columns are date,text,value"),
        (b"date,text,valeu\n", "seeds/a.csv: line 1: 'valeu' is not a known column; did you mean 'value'?"),
        (b"date,text,value,value\n", "seeds/a.csv: line 1: a column stands twice in the first line"),
        (
            b"date;text;value\n",
            "seeds/a.csv: line 1: the columns are separated by semicolons; save the file with commas",
        ),
        (b"date,text,value\n1,\xe9,2\n", "seeds/a.csv: line 2: the text is not UTF-8; save the file as UTF-8"),
        (HEAD.encode("utf-16"), "seeds/a.csv: line 1: the text is not UTF-8; save the file as UTF-8"),
        (b'date,text,value\n1,"open,2\n', 'seeds/a.csv: line 2: the quotes do not close; write "" for a quote'),
        (b"date,text,value\n1,2\n", "seeds/a.csv: line 2: 2 cells where the first line has 3; put a text with a comma"),
        (b"date,text,value\n1,a,b,c\n", "seeds/a.csv: line 2: 4 cells where the first line has 3; put a text"),
        (b"date,text,value\n1,=1+1,2\n", 'seeds/a.csv: line 2: text "=1+1" begins like a spreadsheet formula'),
        (b"date,text,value\n1,@SUM(A1),2\n", 'seeds/a.csv: line 2: text "@SUM(A1)" begins like a spreadsheet formula'),
        (b"date,text,value\n1,+cmd|' /C calc'!A0,2\n", "begins like a spreadsheet formula; write its result"),
        (b"date,text,value\n1,a\x00b,2\n", "seeds/a.csv: line 2: text holds a line break or an invisible character"),
        (b'date,text,value\n1,"a\nb",2\n', "seeds/a.csv: line 2: text holds a line break or an invisible character"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, text: bytes, sentence: str) -> None:
    """One sentence each, whatever the file holds."""
    found = sheet(tmp_path, text)
    found.rows(COLUMNS)
    assert any(sentence in each for each in told(found)), told(found)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """As the system says it."""
    found = Sheet(tmp_path / "none.csv", where="seeds/none.csv")
    assert found.rows(COLUMNS) == ()
    assert told(found) == ["seeds/none.csv: the file cannot be read (No such file or directory)"]


def test_growth_in_a_note_is_no_formula(tmp_path: Path) -> None:
    """Notes begin with a sign where they tell a change."""
    found = sheet(tmp_path, HEAD + "2025-01-01,+23% yoy,1\n2025-01-02,-4% yoy,1\n")
    assert len(found.rows(COLUMNS)) == 2
    assert told(found) == []


@pytest.mark.parametrize("text", ["nan", "NaN", "inf", "-inf", "1e5", "1,000", "", " ", "0x10", "١٢", "1_000", "1.2.3"])
def test_only_plain_digits_are_a_number(tmp_path: Path, text: str) -> None:
    """No NaN, no infinity, no thousands separator: a figure is what one reads."""
    found = sheet(tmp_path, f'{HEAD}2025-01-01,a,"{text}"\n')
    assert found.rows(COLUMNS)[0].number("value") is None
    assert told(found) == [
        f'seeds/a.csv: line 2: value "{text.strip()}" is not a number; write digits and a point, such as 1234.5'
    ]


@pytest.mark.parametrize("text", ["2025-13-01", "2025-02-30", "20250101", "01.02.2025", "2025-1-1", "1066-10-14", ""])
def test_only_iso_dates_are_a_date(tmp_path: Path, text: str) -> None:
    """One way to write a day, and no day before there were markets of this kind."""
    found = sheet(tmp_path, f"{HEAD}{text},a,1\n")
    assert found.rows(COLUMNS)[0].day("date") is None
    assert told(found) == [f'seeds/a.csv: line 2: date "{text}" is not a date; write it as 2025-10-02']


def test_days_ascend(tmp_path: Path) -> None:
    """A day that stands twice or too late is told and left out."""
    found = sheet(tmp_path, HEAD + "2025-01-02,a,1\n2025-01-02,b,2\n2025-01-01,c,3\n2025-01-03,d,4\n")
    days = [str(day) for day, _ in ascending(found.rows(COLUMNS), "date")]
    assert days == ["2025-01-02", "2025-01-03"]
    assert told(found) == [
        "seeds/a.csv: line 3: date 2025-01-02 stands twice; one line a day, oldest first",
        "seeds/a.csv: line 4: date 2025-01-01 comes after 2025-01-02; one line a day, oldest first",
    ]


def test_a_place_is_named_from_the_project(tmp_path: Path) -> None:
    """The user's own words for it, not a path of this machine."""
    assert place(tmp_path / "seeds" / "prices" / "A.csv", tmp_path / "seeds") == "seeds/prices/A.csv"
    assert place(Path("/elsewhere/a.csv"), tmp_path) == "/elsewhere/a.csv"
