"""Draft: the finished file under a band that says it must not be sent; beneath the band nothing is changed."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

import pikepdf
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

WORDS = "DRAFT: not approved, must not be sent"
TITLE = "DRAFT: "
BAND, SIZE, BASELINE = 14.0, 9.0, 4.1
RED, WHITE = "0.72 0.07 0.1 rg", "1 1 1 rg"
FACE = Path("house") / "fonts" / "SourceSans3-Bold.ttf"


def draft_of(pdf: bytes, *, templates: Path) -> bytes:
    """Return the review copy of a finished PDF; `templates` is the shipped folder, where the typeface is.

    The words are drawn as shapes along the top edge of every page and marked as no part of the text, so that what
    is read, searched and proved is the finished file's. The same input gives the same bytes.
    """
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for page in file.pages:
            left, _, right, top = (float(side) for side in page.mediabox)
            whole = b"q\n" + page.obj.Contents.read_bytes() + b"\nQ\n" + _band(left, right, top, templates / FACE)
            page.obj.Contents = file.make_stream(whole)
        _retitle(file)
        out = io.BytesIO()
        file.save(
            out,
            static_id=False,
            deterministic_id=True,
            fix_metadata_version=False,
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return out.getvalue()


def _band(left: float, right: float, top: float, face: Path) -> bytes:
    outline, width = _outline(face, WORDS)
    start = left + (right - left - width) / 2
    lines = (
        "/Artifact <</Type /Pagination>> BDC",
        f"q {RED} {left:g} {top - BAND:g} {right - left:g} {BAND:g} re f",
        f"{WHITE} 1 0 0 1 {start:.2f} {top - BAND + BASELINE:.2f} cm",
        f"{outline} f Q",
        "EMC",
    )
    return "\n".join(lines).encode()


def _retitle(file: pikepdf.Pdf) -> None:
    title = str(file.docinfo.get("/Title", ""))
    with file.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = TITLE + title
    file.docinfo["/Title"] = TITLE + title


@lru_cache(maxsize=4)
def _outline(face: Path, words: str) -> tuple[str, float]:
    """Return words as the path of a PDF, and how wide they are."""
    with TTFont(face) as font:
        glyphs, names, scale = font.getGlyphSet(), font.getBestCmap(), SIZE / font["head"].unitsPerEm
        at, parts = 0.0, []
        for letter in words:
            glyph = glyphs[names[ord(letter)]]
            pen = _Pen(glyphs, at, scale)
            glyph.draw(pen)
            parts.extend(pen.steps)
            at += glyph.width * scale
    return "\n".join(parts), at


class _Pen(BasePen):
    """Writes a glyph as the steps of a path, from a place on the line."""

    def __init__(self, glyphs: object, at: float, scale: float) -> None:
        super().__init__(glyphs)
        self._at, self._scale = at, scale
        self.steps: list[str] = []

    def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 -- theirs
        self._step("m", point)

    def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802 -- theirs
        self._step("l", point)

    def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802 -- theirs
        self._step("c", *points)

    def _closePath(self) -> None:  # noqa: N802 -- theirs
        self.steps.append("h")

    def _step(self, name: str, *points: tuple[float, float]) -> None:
        numbers = (f"{self._at + x * self._scale:.2f} {y * self._scale:.2f}" for x, y in points)
        self.steps.append(f"{' '.join(numbers)} {name}")
