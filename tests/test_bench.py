"""The benchmark's own reckoning: ratios, turns, and the same content for the others."""

from __future__ import annotations

import pytest
from bench.__main__ import Line, show
from bench.content import parts_of
from bench.subject import Subject
from bench.timing import alternated, program
from shipped import ROOT


def test_calls_take_turns_and_the_median_is_told() -> None:
    order: list[str] = []
    took = alternated({"a": lambda: order.append("a"), "b": lambda: order.append("b")}, runs=3, warm_up=1)
    assert order == ["a", "b", "a", "b", "a", "b", "a", "b"]
    assert len(took["a"].seconds) == 3
    assert min(took["a"].seconds) <= took["a"].median <= max(took["a"].seconds)


def test_a_program_that_fails_is_no_measurement() -> None:
    with pytest.raises(RuntimeError, match="no_such_module"):
        program(["-m", "no_such_module"])()


def test_the_others_print_the_same_words_tables_and_charts() -> None:
    brief = Subject("BABA").brief
    parts = parts_of(brief)
    assert sum(part.kind == "chart" for part in parts) >= 9
    assert sum(part.kind == "table" for part in parts) >= 7
    words = " ".join(part.words for part in parts)
    assert all(section.title in words for section in brief.sections)
    assert "26%" in words
    assert all(len({len(row) for row in part.rows}) == 1 for part in parts if part.rows)


def test_the_table_names_what_a_ratio_is_against(capsys: pytest.CaptureFixture[str]) -> None:
    show([Line(group="warm", what="Chromium", value=0.5, ratio=2.0, against="brief / this")])
    assert "0.500 s" in capsys.readouterr().out
    assert (ROOT / "tests" / "bench" / "README.md").exists()
