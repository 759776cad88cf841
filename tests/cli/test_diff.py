"""`brief diff` and `--since`: what moved between two days, for a person and for a program."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from shipped import ROOT, build
from typer.testing import CliRunner

from generator.cli.app import app
from generator.cli.last import last_issue
from generator.cli.project import Project
from generator.definitions import read_report

REPORT = ROOT / "reports" / "baba.toml"


def asked(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["diff", *words, "--project", str(ROOT)])
    return result.exit_code, result.output


def test_it_tells_what_moved_with_causes_and_parts() -> None:
    code, text = asked("BABA", "2025-08-28", "2025-10-02", "--json")
    rows = {(row["metric"], row["name"], row["now_period"]): row for row in json.loads(text)}
    assert code == 0
    assert rows["segment_growth", "Cloud Intelligence", "quarter to June 2025"]["causes"] == ["new filing"]
    multiple = rows["pe_ttm", "", "2\u00a0October 2025"]
    assert multiple["parts"][0]["cause"] == "price move"
    assert [part["cause"] for part in multiple["parts"]] == ["price move", "new filing", "exchange rate"]


def test_days_in_the_wrong_order_are_refused() -> None:
    code, text = asked("BABA", "2025-10-02", "2025-08-28")
    assert code == 2
    assert "name the earlier day first" in text


def test_the_last_issue_is_the_newest_built_before_the_day(tmp_path: Path) -> None:
    week = tmp_path / "output" / "2025-W40"
    week.mkdir(parents=True)
    (week / "baba.pdf").write_bytes(build("BABA").pdf)
    (tmp_path / "output" / "2025-W41").mkdir()
    (tmp_path / "output" / "2025-W41" / "baba.pdf").write_bytes(b"no brief")
    report, project, today = read_report(REPORT), Project(root=tmp_path), date(2025, 10, 20)
    found = last_issue(project, report, until=date(2025, 10, 9), today=today)
    assert found is not None
    assert found.until == date(2025, 10, 2)
    assert found.latest("BABA", "price").value == 189.34
    assert last_issue(project, report, until=date(2025, 10, 2), today=today) is None
