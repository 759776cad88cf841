"""A press that makes a small real PDF at once, in place of the one that takes seconds."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from fake_brief import fake_brief

from generator import pipeline
from generator.model.brief import Brief
from generator.model.document import Document
from generator.model.finding import Finding, Level
from generator.model.ledger import Ledger
from generator.model.letter import Letter, Notice
from generator.model.report import Report
from generator.model.snapshot import Snapshot


def small_pdf(words: str) -> bytes:
    """Return a PDF of one page that holds the words as its title."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.obj.Contents = pdf.make_stream(b"q Q")
        pdf.docinfo["/Title"] = words
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


@dataclass
class FakePress:
    """What it printed, and what its checks say: a level for each ticker that is not clean."""

    levels: dict[str, Level] = field(default_factory=dict)
    printed: list[str] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    compared: list[date | None] = field(default_factory=list)

    def make_from(
        self,
        report: Report,
        snapshots: Sequence[Snapshot],
        *,
        templates: Sequence[Path],
        previous: Ledger | None = None,
    ) -> Document:
        """Return a document on the report's company; its file differs where what is known does."""
        assert templates
        if report.ticker in self.broken:
            raise ZeroDivisionError("division by zero")
        self.printed.append(report.ticker)
        self.compared.append(previous.until if previous else None)
        level = self.levels.get(report.ticker)
        findings = (Finding(check="sums", level=level, message=("It does not add up.",)),) if level else ()
        brief = replace(fake_brief(), as_of=snapshots[0].until)
        return Document(
            name=report.ticker.lower(),
            brief=brief,
            html="",
            pdf=small_pdf(f"{report.ticker} {snapshots[0].until} {report.author} {level}"),
            pages=1,
            ledger=pipeline.measure_brief(report, snapshots),
            findings=findings,
        )

    def letter(self, brief: Brief, *, templates: Sequence[Path], notice: Notice | None = None) -> Letter:
        """Return a letter."""
        assert templates
        mark = f"{notice.mark}: " if notice else ""
        text = f"{notice.words}\n" if notice else ""
        return Letter(subject=f"{mark}Brief of {brief.as_of}", preheader="", html=f"<p>{text}</p>", text=text)


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> FakePress:
    """Return the press, in place."""
    fake = FakePress()
    monkeypatch.setattr(pipeline, "make_from", fake.make_from)
    monkeypatch.setattr(pipeline, "write_letter", fake.letter)
    # The letter of an invented brief stands on other facts than those of the project.
    monkeypatch.setattr(pipeline, "unproven_letter", lambda _document, *, templates: () if templates else None)
    return fake
