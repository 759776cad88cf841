"""Briefs in German, Chinese and Japanese: printed without a fault, and no digit of them can be changed unnoticed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from invented_project import Invented, document_of
from pdf_edits import Digit, digits, with_digit
from verapdf import failures

from generator.language import speaking
from generator.model.document import Document
from generator.proof import prove_pdf, read_page

SUBJECT = {
    "de": Invented(ticker="ERDA", name="Erdachte Vermögensverwaltungsgesellschaft AG", short="Erdachte"),
    "zh-Hans": Invented(ticker="HAN", name="Invented Han", native="虚构集团控股", lang="zh-Hans"),
    "ja": Invented(ticker="KANA", name="Invented Kana", native="架空商事株式会社", lang="ja"),
}
PEER = Invented(ticker="PEER", name="Société Générée", close=50, revenue=4000)
ORDER = {"order": ["valuation"]}
SOME = 12


@pytest.fixture(scope="module", params=SUBJECT)
def document(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Document:
    tag = request.param
    return document_of(tmp_path_factory.mktemp(tag), (SUBJECT[tag], PEER), language=tag, sections=ORDER)


def test_a_brief_of_another_language_is_printed_without_a_fault(document: Document, tmp_path: Path) -> None:
    assert [each for each in document.findings if each.check in {"layout", "proof"}] == []
    path = tmp_path / "brief.pdf"
    path.write_bytes(document.pdf)
    assert failures(path, "3a") == []
    assert failures(path, "ua1") == []
    assert f'<html lang="{document.brief.language}"' in document.html


def test_a_changed_digit_of_a_brief_in_another_language_is_caught(document: Document) -> None:
    page, missed = read_page(document.html), []
    with speaking(document.brief.language):
        for number, digit in enumerate(_some(document.pdf)):
            proof = prove_pdf(with_digit(document.pdf, digit, nth=number), page, document.brief, document.ledger)
            missed += [] if proof.findings else [digit]
    assert missed == []


def _some(pdf: bytes) -> Iterator[Digit]:
    every = digits(pdf)
    yield from every[:: len(every) // SOME]
