"""Corrections: what a finished brief told wrong is found, with its cause, and a notice is drafted."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from shipped import DAY, ROOT, Built
from typer.testing import CliRunner

from generator.audit.corrections import Corrected, Told, corrected, notice, told_in
from generator.cli.app import app
from generator.cli.project import Project
from generator.definitions import read_report
from generator.model.delivery import File, Parcel, Planned
from generator.model.document import Document
from generator.model.issue import Making
from generator.model.letter import Letter
from generator.model.report import Report
from generator.model.tables import ledger_rows, rows_json
from generator.store.deliveries import Deliveries
from generator.store.issues import events_of, record_issue
from generator.store.parcels import keep_letter, keep_parcel, read_letter

LATER = date(2025, 11, 25)


@pytest.fixture(scope="module")
def told(baba: Built) -> Told:
    return told_in(baba.document.pdf, "baba.pdf")


@pytest.fixture(scope="module")
def report() -> Report:
    return read_report(ROOT / "reports" / "baba.toml")


def only(found: tuple[Corrected, ...], fact: str) -> Corrected:
    (item,) = [each for each in found if each.fact == fact and each.cause != "a check objects"]
    return item


def test_a_brief_whose_figures_stand_has_nothing_to_correct(told: Told, baba: Built, report: Report) -> None:
    assert corrected(told, baba.ledger, baba.ledger, report) == ()


def test_a_figure_that_its_source_restated_is_found_with_before_and_after(
    told: Told, baba: Built, report: Report
) -> None:
    old = baba.ledger.facts["baba-fcf-2506"]
    new = replace(old, id="restated", value=-19.9e9, published_on=LATER, as_of=LATER)
    item = only(corrected(told, baba.ledger, baba.ledger.plus([new]), report), "baba-fcf-2506")
    assert (item.before, item.after) == ("\u2212RMB\u00a018.8bn", "\u2212RMB\u00a019.9bn")
    assert (item.cause, item.known_since) == ("source restated", LATER)
    assert "RMB" in item.sentence


def test_a_figure_that_we_had_recorded_wrong_is_found(told: Told, baba: Built, report: Report) -> None:
    old = baba.ledger.facts["baba-cloudg-2506"]
    then = baba.ledger.plus([replace(old, value=0.28)])
    item = only(corrected(told, then, then, report), "baba-cloudg-2506")
    assert (item.before, item.after, item.cause) == ("26%", "28%", "our record was corrected")


def test_another_formula_is_our_method(told: Told, baba: Built, report: Report) -> None:
    old = baba.ledger.facts["BABA.pe_ttm.d2025-10-02"]
    then = baba.ledger.plus([replace(old, value=20.0, formula="another")])
    assert only(corrected(told, then, then, report), old.id).cause == "our method changed"


def test_what_a_check_forbids_today_is_an_objection(told: Told, baba: Built, report: Report) -> None:
    old = baba.ledger.latest("BABA", "market_value")
    then = baba.ledger.plus([replace(old, value=(old.number or 0.0) * 1000)])
    assert "a check objects" in {each.cause for each in corrected(told, then, then, report)}


def test_the_notice_says_before_after_cause_and_what_it_supersedes() -> None:
    item = Corrected(
        fact="x", label="Home: revenue", period="FY2025", before="US$5bn", after="US$4bn", cause="source restated",
        known_since=LATER, sentence="Revenue was US$5bn & more.",
    )  # fmt: skip
    drafted = notice("HOM 2025-W40 r1", "Home", DAY, (item,))
    for words in (drafted.markdown, drafted.text):
        assert "printed US$5bn, correct is US$4bn (source restated, 25\u00a0November 2025)" in words
        assert "HOM 2025-W40 r1" in words
        assert "supersedes" in words
    assert "<td>US$5bn</td><td>US$4bn</td>" in drafted.html
    assert drafted.subject == "Correction: Home, brief of 2\u00a0October 2025"


def spoiled(root: Path) -> Project:
    """Return a project whose record of one revenue is no longer what the brief was made from."""
    for name in ("reports", "templates"):
        (root / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "seeds", root / "seeds")
    seed = root / "seeds" / "facts" / "BABA.csv"
    text = seed.read_text(encoding="utf-8")
    assert text.count("revenue,,247652,") == 1
    seed.write_text(text.replace("revenue,,247652,", "revenue,,272417,"), encoding="utf-8")
    return Project(root=root)


def test_the_command_drafts_a_notice_beside_the_brief(baba: Built, tmp_path: Path) -> None:
    project = spoiled(tmp_path)
    week = project.output / "2025-W40"
    week.mkdir(parents=True)
    (week / "baba.pdf").write_bytes(baba.document.pdf)
    command = ["correct", "BABA", "--as-of", str(DAY), "--project", str(tmp_path)]
    found = CliRunner().invoke(app, [*command, "--json"])
    assert found.exit_code == 1, found.output
    (case,) = json.loads(found.stdout)
    assert {"before": "RMB\u00a0247.7bn", "after": "RMB\u00a0272.4bn", "cause": "our record was corrected"} in [
        {key: item[key] for key in ("before", "after", "cause")} for item in case["items"]
    ]
    assert sorted(path.name for path in week.iterdir()) == [
        "baba.correction.html", "baba.correction.md", "baba.correction.txt", "baba.pdf",
    ]  # fmt: skip
    shutil.copy(ROOT / "seeds" / "facts" / "BABA.csv", tmp_path / "seeds" / "facts" / "BABA.csv")
    clean = CliRunner().invoke(app, command)
    assert clean.exit_code == 0, clean.output
    assert "stands as it was told" in clean.output


def recorded(project: Project, document: Document) -> None:
    """Record a brief as an issue, sent to one reader and refused by another."""
    at = datetime(2025, 10, 2, 12, tzinfo=UTC)
    with project.store() as store:
        pdf = store.objects.put(document.pdf)
        letter = keep_letter(store, Letter(subject="S", preheader="", html="<p>S</p>", text="S"))
        making = Making(
            ticker="BABA", period="2025-W40", as_of=DAY, inputs="a" * 64, snapshot="b" * 64, pdf_sha=pdf,
            ledger_sha=store.objects.put(rows_json(ledger_rows(document.ledger))), letter_sha=letter, pages=8,
            blocks=0, warns=0, notes=0,
        )  # fmt: skip
        record_issue(store, making, at=at, who="desk")
        parcel = Parcel(
            subject="BABA", period="2025-W40", revision=1, letter=read_letter(store, letter),
            files=(File(name="baba.pdf", data=document.pdf),),
        )  # fmt: skip
        ledger = Deliveries(store=store, gate=lambda _connection, _dispatch: "")
        readers = [
            Planned(channel="email", address=f"{name}@example.org", name=name, form="attached", message_id=f"<{name}>",
                    token=name) for name in ("reader", "gone")
        ]  # fmt: skip
        ledger.plan(keep_parcel(store, parcel, at), readers, at)
        for dispatch in ledger.due(at):
            ledger.claim(dispatch, sha256=pdf, signature="", form="attached", at=at)
            ledger.commit(dispatch, at)
            settle = ledger.accept if dispatch.address.startswith("reader") else ledger.refuse
            settle(dispatch, code=250, reply="", at=at)


def test_recorded_issues_name_whom_they_reached_and_keep_the_register(baba: Built, tmp_path: Path) -> None:
    project = spoiled(tmp_path)
    recorded(project, baba.document)
    command = ["correct", "BABA", "--as-of", str(DAY), "--project", str(tmp_path)]
    CliRunner().invoke(app, command)
    found = CliRunner().invoke(app, command)
    assert found.exit_code == 1, found.output
    assert "BABA 2025-W40 r1" in found.output
    assert "reached reader@example.org" in found.output
    assert "gone@example.org" not in found.output
    with project.store() as store:
        (noted,) = [each for each in events_of(store, "BABA") if each.what == "noted"]
    assert "our record was corrected" in noted.detail
    assert "1 recipient" in noted.detail
