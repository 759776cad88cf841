"""Edits of a finished PDF as a forger would make them: one drawn digit becomes another, one attached file another."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

import pikepdf
from pikepdf import AttachedFileSpec, Name

TOKEN = re.compile(rb"/(?P<font>\S+) [\d.]+ Tf|<(?P<glyph>[0-9a-fA-F]{4})>")
PAIR = re.compile(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]{4})>")


@dataclass(frozen=True, kw_only=True)
class Digit:
    """A digit that a page draws: where its glyph stands in what draws the page, and the glyphs of other digits."""

    page: int
    place: int
    letter: str
    others: tuple[bytes, ...]


def digits(pdf: bytes) -> tuple[Digit, ...]:
    """Return every digit drawn on the pages themselves (those of charts are drawn apart)."""
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for number, page in enumerate(opened.pages):
            fonts = page.obj.Resources.Font
            glyphs = {str(name)[1:].encode(): _glyphs(fonts[name]) for name in fonts.keys()}  # noqa: SIM118
            known: dict[bytes, str] = {}
            for token in TOKEN.finditer(page.obj.Contents.read_bytes()):
                if token["font"]:
                    known = glyphs[token["font"]]
                elif known.get(token["glyph"], "x").isdecimal():
                    letter = known[token["glyph"]]
                    others = tuple(code for code, each in known.items() if each.isdecimal() and each != letter)
                    found.append(Digit(page=number, place=token.start("glyph"), letter=letter, others=others))
    return tuple(found)


def _glyphs(font: pikepdf.Object) -> dict[bytes, str]:
    pairs = PAIR.findall(font.ToUnicode.read_bytes())
    return {code: chr(int(letter, 16)) for code, letter in pairs}


def with_digit(pdf: bytes, digit: Digit, *, nth: int = 0) -> bytes:
    """Return the PDF in which one digit is drawn as another that its font holds."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        page = opened.pages[digit.page]
        drawn = page.obj.Contents.read_bytes()
        new = digit.others[nth % len(digit.others)]
        page.obj.Contents = opened.make_stream(drawn[: digit.place] + new + drawn[digit.place + 4 :])
        return _saved(opened)


def with_file(pdf: bytes, name: str, data: bytes) -> bytes:
    """Return the PDF in which another file rides under a name."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.attachments[name] = AttachedFileSpec(opened, data, filename=name, relationship=Name.Data)
        return _saved(opened)


def without_file(pdf: bytes, name: str) -> bytes:
    """Return the PDF in which a file no longer rides."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        del opened.attachments[name]
        return _saved(opened)


def _saved(opened: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()
