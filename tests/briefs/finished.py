"""What must hold of every finished PDF: its words, links, attachments, size, and its look against a baseline.

The baseline are small grey pictures of the pages. `make pictures` draws them anew after a change that was meant; look
at the pictures that a failed run leaves in output/pictures/ first.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections import Counter
from html import unescape
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image, ImageChops

from generator.model.document import Document

ROOT = Path(__file__).parents[2]
BASELINE = Path(__file__).with_name("baseline")
DIFFERENT = ROOT / "output" / "pictures"
RENEW = "BRIEF_RENEW_PICTURES"
DPI, SMALLER = 100, 4
GREY, MOST_PIXELS = 24, 0.005
MOST_TOKENS = 0.02
LARGEST = 1_000_000
UNSEEN = re.compile(r"<(style|title|head)\b.*?</\1>|<[^>]+>", re.DOTALL)
# Words apart from numbers: in the text of a PDF the number of a source sticks to the word before it.
TOKEN = re.compile(r"[^\W\d_]+|\d[\d.,]*\d|\d")


def tokens_lost(document: Document) -> float:
    """Return which part of the page's words and numbers the PDF's pages do not hold."""
    body = document.html.partition("<body")[2].partition(">")[2]
    meant = Counter(TOKEN.findall(unescape(UNSEEN.sub(" ", body)).replace("\u00a0", " ")))
    with pypdfium2.PdfDocument(document.pdf) as pdf:
        text = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
    shown = Counter(TOKEN.findall(text.replace("\u00a0", " ").replace("\ufffe", "-")))
    return sum((meant - shown).values()) / sum(meant.values())


def links_astray(document: Document) -> list[str]:
    """Return the links of a PDF that lead nowhere, or out to what its list of sources does not name."""
    sources = {source.url for source in document.brief.sources}
    with pikepdf.open(io.BytesIO(document.pdf)) as pdf:
        anchors = {str(name) for name, _ in pikepdf.NameTree(pdf.Root.Names.Dests).items()}
        astray, found = [], 0
        for page in pdf.pages:
            for link in page.obj.get("/Annots", pikepdf.Array()):
                found += 1
                out = str(link.A.URI) if "/A" in link and "/URI" in link.A else ""
                inner = str(link.Dest) if "/Dest" in link else str(link.A.get("/D", "")) if "/A" in link else ""
                if out and not (out.startswith(("https://", "http://")) and out in sources):
                    astray.append(out)
                elif not out and inner not in anchors:
                    astray.append(inner or "nowhere")
    assert found, "the brief has no link at all"
    return astray


def attachments_wrong(document: Document) -> list[str]:
    """Return the attachments that cannot be read, and the charts whose attached data are not what was drawn."""
    wrong = []
    with pikepdf.open(io.BytesIO(document.pdf)) as pdf:
        files = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
    for name, data in files.items():
        if name.endswith(".json"):
            json.loads(data)
    drawn = {f"exhibit-{each.number:02d}-": each.drawing for each in document.brief.exhibits if each.drawing}
    for start, drawing in drawn.items():
        name = next((each for each in files if each.startswith(start)), "")
        rows = list(csv.reader(io.StringIO(files.get(name, b"").decode("utf-8-sig"))))
        if rows[:1] != [list(drawing.columns)] or len(rows) != len(drawing.rows) + 1:
            wrong.append(name or start)
            continue
        for row, meant in zip(rows[1:], drawing.rows, strict=True):
            if any(not _same(cell, value) for cell, value in zip(row, meant, strict=True)):
                wrong.append(name)
                break
    return wrong


def _same(cell: str, value: str | float | None) -> bool:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(cell) == float(value)
    return cell.lstrip("'") == ("" if value is None else str(value)).lstrip("'")


def pages_changed(document: Document, name: str) -> list[str]:
    """Return the pages that do not look like the baseline's; both stand side by side in output/pictures/."""
    changed = []
    with pypdfium2.PdfDocument(document.pdf) as pdf:
        pages = [_small(page.render(scale=DPI / 72).to_pil()) for page in pdf]
    if os.environ.get(RENEW):
        BASELINE.mkdir(exist_ok=True)
        for old in BASELINE.glob(f"{name}-*.png"):
            old.unlink()
        for number, page in enumerate(pages, start=1):
            page.save(BASELINE / f"{name}-{number}.png", optimize=True)
    for number, page in enumerate(pages, start=1):
        path = BASELINE / f"{name}-{number}.png"
        if not path.is_file() or unlike(before := Image.open(path), page) > MOST_PIXELS:
            changed.append(path.name)
            DIFFERENT.mkdir(parents=True, exist_ok=True)
            beside(before if path.is_file() else page, page).save(DIFFERENT / path.name)
    gone = [path.name for path in BASELINE.glob(f"{name}-*.png") if int(path.stem.rpartition("-")[2]) > len(pages)]
    return [*changed, *gone]


def _small(page: Image.Image) -> Image.Image:
    """Return a page in grey at a quarter of its size, each of its pixels the mean of sixteen."""
    size = (page.width // SMALLER, page.height // SMALLER)
    return page.convert("L").resize(size, Image.Resampling.BOX)


def unlike(one: Image.Image, other: Image.Image) -> float:
    """Return which part of two pictures differs so much that an eye would see it."""
    if one.size != other.size:
        return 1.0
    counts = ImageChops.difference(one, other).histogram()
    return sum(counts[GREY + 1 :]) / sum(counts)


def beside(one: Image.Image, other: Image.Image) -> Image.Image:
    """Return two pictures side by side."""
    sheet = Image.new("L", (one.width + other.width + 8, max(one.height, other.height)), 128)
    sheet.paste(one, (0, 0))
    sheet.paste(other, (one.width + 8, 0))
    return sheet
