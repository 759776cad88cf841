"""`brief verify`: a fresh brief is proven from its file alone, and whatever was changed in it is named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from pdf_edits import digits, with_digit, with_file, without_file
from shipped import ROOT, Built
from typer.testing import CliRunner

from generator.audit.verify import Verdict, verify
from generator.cli.app import app
from generator.errors import NotABriefError
from generator.proof import read_attachments

TEMPLATES = (ROOT / "templates",)


def verdict_on(pdf: bytes, templates: tuple[Path, ...] = TEMPLATES) -> Verdict:
    return verify(pdf, name="brief.pdf", templates=templates)


def words_of(verdict: Verdict) -> str:
    return "\n".join(f"{each.where}: {each.words}" for each in verdict.differences)


def test_a_fresh_brief_is_proven_and_printed_again_to_the_last_byte(baba: Built) -> None:
    verdict = verdict_on(baba.document.pdf)
    assert words_of(verdict) == ""
    assert verdict.printed_again is True
    assert (verdict.ticker, verdict.as_of) == ("BABA", "2025-10-02")
    assert verdict.facts == len(baba.ledger.facts)
    assert verdict.numbers > 900


def test_a_digit_changed_on_a_page_is_named_with_its_page_and_its_fact(baba: Built) -> None:
    places = [each for each in digits(baba.document.pdf) if each.page == 0]
    first_of_price = next(
        i for i in range(len(places)) if "".join(each.letter for each in places[i : i + 5]) == "18934"
    )
    verdict = verdict_on(with_digit(baba.document.pdf, places[first_of_price + 4]))
    (only,) = verdict.differences
    assert only.where == "page"
    assert only.words.startswith("Page 1 shows")
    assert "US$189.34" in only.words
    assert "close" in only.words


def test_a_swapped_a_missing_and_an_added_attachment_are_named(baba: Built) -> None:
    pdf = baba.document.pdf
    csv = next(name for name in read_attachments(pdf) if name.endswith("price.csv"))
    assert f"attachment {csv}: is not what was put in" in words_of(verdict_on(with_file(pdf, csv, b"day,value\n")))
    assert f"attachment {csv}: is missing" in words_of(verdict_on(without_file(pdf, csv)))
    assert "attachment more.csv: was not put in" in words_of(verdict_on(with_file(pdf, "more.csv", b"a\n")))


def test_a_fact_changed_in_the_ledger_is_named_with_what_the_snapshot_gives(baba: Built) -> None:
    files = read_attachments(baba.document.pdf)
    rows = json.loads(files["facts.json"])
    row = next(each for each in rows if each["id"] == "BABA.pe_ttm.d2025-10-02")
    row["value"], row["written"] = 20.9, "20.9×"
    verdict = verdict_on(with_file(baba.document.pdf, "facts.json", json.dumps(rows).encode()))
    words = words_of(verdict)
    assert "fact BABA.pe_ttm.d2025-10-02: P/E, trailing: facts.json says 20.9×" in words
    assert "gives 21.9×" in words


def test_a_changed_template_is_named(baba: Built, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    sheet = tmp_path / "templates" / "house" / "theme.css"
    sheet.write_text(sheet.read_text(encoding="utf-8") + "\np { color: red; }\n", encoding="utf-8")
    verdict = verdict_on(baba.document.pdf, (tmp_path / "templates",))
    (only,) = verdict.differences
    assert only.where == "template house/theme.css"
    assert "not as it was" in only.words


def test_a_change_that_no_number_shows_is_seen_in_the_bytes(baba: Built) -> None:
    verdict = verdict_on(baba.document.pdf + b"%\n")
    assert verdict.printed_again is False
    assert "printed again it is another" in words_of(verdict)


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7\nnot really", b"plain text"])
def test_what_is_no_brief_is_said_to_be_none(pdf: bytes) -> None:
    with pytest.raises(NotABriefError, match=r"brief\.pdf"):
        verdict_on(pdf)


def test_a_brief_without_its_snapshot_cannot_be_proven(baba: Built) -> None:
    with pytest.raises(NotABriefError, match=r"snapshot\.json is missing"):
        verdict_on(without_file(baba.document.pdf, "snapshot.json"))
    with pytest.raises(NotABriefError, match=r"no manifest\.json"):
        verdict_on(without_file(baba.document.pdf, "manifest.json"))


def test_the_command_tells_the_shell_what_it_found(baba: Built, tmp_path: Path) -> None:
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(with_digit(baba.document.pdf, digits(baba.document.pdf)[200]))
    project = ["--project", str(ROOT)]
    found = CliRunner().invoke(app, ["verify", str(changed), "--json", *project])
    assert found.exit_code == 1
    assert json.loads(found.stdout)["proven"] is False
    assert json.loads(found.stdout)["differences"][0]["words"]
    text = tmp_path / "text.pdf"
    text.write_text("words", encoding="utf-8")
    none = CliRunner().invoke(app, ["verify", str(text), *project])
    assert none.exit_code == 2
    assert "brief build" in none.output
    assert CliRunner().invoke(app, ["verify", str(tmp_path / "nowhere.pdf"), *project]).exit_code == 2
