"""A brand with typefaces of its own: pages and charts are set in them, and nothing is left in the house's."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from fontTools.ttLib import TTFont
from invented_project import TEMPLATES, Invented, document_of

FONTS = TEMPLATES / "house" / "fonts"
WEIGHTS = {400: "Regular", 600: "Semibold", 700: "Bold"}
FACE = '@font-face {{ font-family: "Quill"; font-weight: {weight}; src: url("{weight}.ttf") format("truetype"); }}\n'
BRAND = 'name = "Quill"\n[faces]\ndisplay = "Quill"\ntext = "Quill"\nsans = "Quill"\n'


def quill(root: Path) -> Path:
    """Write a brand whose typeface is a serif under another name, and return the folder of templates."""
    folder = root / "own" / "quill"
    folder.mkdir(parents=True)
    for weight, style in WEIGHTS.items():
        font = TTFont(FONTS / f"SourceSerif4-{style}.ttf")
        for record in font["name"].names:
            record.string = {2: style, 17: style, 6: f"Quill-{style}"}.get(record.nameID, "Quill")
        font.save(folder / f"{weight}.ttf")
    (folder / "fonts.css").write_text("".join(FACE.format(weight=weight) for weight in WEIGHTS), "utf-8")
    (folder / "brand.toml").write_text(BRAND, "utf-8")
    return folder.parent


def test_no_letter_of_the_house_is_left_where_a_brand_has_its_own(tmp_path: Path) -> None:
    companies = (Invented(ticker="INVT", name="Invented"), Invented(ticker="PEER", name="Peer", close=50))
    order = {"order": ["valuation", "risks"]}
    document = document_of(tmp_path, companies, own=[quill(tmp_path)], template="quill", sections=order)
    assert [each for each in document.findings if each.check in {"layout", "proof"}] == []
    drawn = set(re.findall(r'<text[^>]*font-family="([^"]*)"', document.html))
    assert {family.strip("'") for family in drawn} == {"Quill"}
    path = tmp_path / "brief.pdf"
    path.write_bytes(document.pdf)
    done = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True)
    names = {line.split()[0].split("+")[-1] for line in done.stdout.splitlines()[2:]}
    assert any(name.startswith("Quill") for name in names)
    assert [name for name in names if name.startswith("Source")] == []
