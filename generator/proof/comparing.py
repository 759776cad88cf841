"""Comparing: where two PDFs that should be the same are not."""

from __future__ import annotations

import io
import itertools

from generator.proof.reading import read_attachments


def differing(one: bytes, other: bytes) -> tuple[str, ...]:
    """Return in words where two PDFs differ: a page's drawing, a file that rides along, or the frame around both."""
    import pikepdf

    with pikepdf.open(io.BytesIO(one)) as left, pikepdf.open(io.BytesIO(other)) as right:
        pages = itertools.zip_longest(_drawings(left), _drawings(right))
        found = [f"page {number} is drawn otherwise" for number, (a, b) in enumerate(pages, start=1) if a != b]
        titles = [str(pdf.docinfo.get("/Title", "")) for pdf in (left, right)]
        found += ["its title"] if titles[0] != titles[1] else []
    files = [read_attachments(each) for each in (one, other)]
    names = sorted(files[0].keys() | files[1].keys())
    found += [f"its attachment {name}" for name in names if files[0].get(name) != files[1].get(name)]
    return tuple(found) or ("the frame of the file: its tags, links, fonts or the order of its parts",)


def _drawings(opened: object) -> list[bytes]:
    """Return what draws each page."""
    return [page.obj.Contents.read_bytes() for page in opened.pages]  # type: ignore[attr-defined]
