"""Golden briefs of invented companies: each is hard in its way, and is printed without a fault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from finished import LARGEST, MOST_TOKENS, attachments_wrong, links_astray, pages_changed, tokens_lost, unlike
from invented_project import Invented, document_of
from PIL import Image
from verapdf import failures

from generator.model.authorship import SOURCE_TYPES

PEER = Invented(ticker="PEER", name="Peer Incorporated", close=50, revenue=4000)
PLAIN = Invented(ticker="INVT", name="Invented Group Holding", short="Invented")
LONG = Invented(
    ticker="LONGNAME.XX",
    name="The Incomparably Long-Named Internationale Beteiligungsgesellschaft and Sons Holding Company of Nowhere",
    short="Internationale Beteiligungsgesellschaft and Sons",
    revenue=987_654_321,
)
FEW: dict[str, Any] = {"sections": {"order": ["valuation", "financials"]}}
SOURCE_TYPE = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType"
PICTURED = {"losses": "losses", "one section": "one-section"}
GOLDEN: dict[str, tuple[tuple[Invented, ...], dict[str, Any]]] = {
    "long names": ((LONG, PEER), {"sections": {"order": ["landscape", "valuation", "financials"]}}),
    "one section": ((PLAIN, PEER), {"sections": {"order": ["risks"]}}),
    "half the data missing": ((Invented(ticker="HALF", name="Half Known", metrics=("revenue",)),), {}),
    "losses": ((Invented(ticker="LOSS", name="Lossmaking Invention", margin=-0.2), PEER), FEW),
    "twelve peers": (
        (
            PLAIN,
            *(
                Invented(ticker=f"PEER{each}", name=f"Peer {each}", close=30 + i)
                for i, each in enumerate("ABCDEFGHIJKL")
            ),
        ),
        {"sections": {"order": ["landscape", "valuation"]}},
    ),
    "sixty sources": ((Invented(ticker="MANY", name="Much Quoted", publishers=60), PEER), FEW),
    "Letter, written by a model and read by a person": (
        (PLAIN, PEER),
        {
            "paper": "Letter",
            "writing": "model",
            "disclosures": {"reviewer": "R. Reader", "reviewed_on": "2025-10-04"},
            **FEW,
        },
    ),
    "Chinese and Japanese names": (
        (
            Invented(ticker="HAN", name="Invented Han", native="虚构集团控股", lang="zh-Hans"),
            Invented(ticker="KANA", name="架空商事株式会社", lang="ja"),
        ),
        {"sections": {"order": ["landscape"]}},
    ),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_a_hard_brief_is_printed_without_a_fault(name: str, tmp_path: Path) -> None:
    companies, report = GOLDEN[name]
    document = document_of(tmp_path, companies, **report)
    assert [each for each in document.findings if each.check in {"layout", "proof"}] == []
    path = tmp_path / "brief.pdf"
    path.write_bytes(document.pdf)
    assert failures(path, "3a") == []
    assert failures(path, "ua1") == []
    with pikepdf.open(path) as pdf:
        assert pdf.open_metadata()[SOURCE_TYPE] == SOURCE_TYPES[report.get("writing", "rules")]
    assert tokens_lost(document) <= MOST_TOKENS
    assert links_astray(document) == []
    assert attachments_wrong(document) == []
    assert len(document.pdf) < LARGEST
    if name in PICTURED:
        assert pages_changed(document, PICTURED[name]) == [], "look at output/pictures/; if it was meant: make pictures"


def test_a_page_is_another_where_a_word_is_and_the_same_where_a_grey_is_a_shade_off() -> None:
    page = Image.new("L", (200, 280), 255)
    shade = Image.new("L", (200, 280), 255 - 20)
    other = page.copy()
    other.paste(0, (20, 20, 60, 30))
    assert unlike(page, shade) == 0
    assert unlike(page, other) == pytest.approx(400 / 56_000)
    assert unlike(page, page.resize((200, 281))) == 1
