"""Reading a finished PDF back: the words of its pages, its alternative texts, bookmarks, attachments and title."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.errors import NotABriefError


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What a PDF says. `pages` hold the words of each page as they are drawn, `anchors` where its links lead."""

    pages: tuple[str, ...]
    alts: tuple[str, ...] = ()
    bookmarks: tuple[str, ...] = ()
    info: tuple[str, ...] = ()
    anchors: Mapping[str, int]
    attachments: tuple[str, ...] = ()


def read_pdf(pdf: bytes, *, name: str = "the PDF") -> Printed:
    """Return what a PDF says.

    Raises:
        NotABriefError: it is no PDF, or a damaged one.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            return Printed(
                pages=_pages(pdf),
                alts=tuple(_alts(opened)),
                bookmarks=tuple(_bookmarks(opened)),
                info=tuple(str(opened.docinfo[key]) for key in ("/Title", "/Subject") if key in opened.docinfo),
                anchors=_anchors(opened),
                attachments=tuple(opened.attachments),
            )
    except pikepdf.PdfError as error:
        raise NotABriefError(name, f"it cannot be read as a PDF ({str(error).partition(':')[2].strip()})") from None


def read_attachments(pdf: bytes, *, name: str = "the PDF") -> dict[str, bytes]:
    """Return the files that ride in a PDF by their names.

    Raises:
        NotABriefError: it is no PDF, or a damaged one.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            return {key: opened.attachments[key].get_file().read_bytes() for key in opened.attachments}
    except pikepdf.PdfError as error:
        raise NotABriefError(name, f"it cannot be read as a PDF ({str(error).partition(':')[2].strip()})") from None


def _pages(pdf: bytes) -> tuple[str, ...]:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = []
        for page in document:
            words = page.get_textpage()
            texts.append(str(words.get_text_range()))
            words.close()
            page.close()
        return tuple(texts)
    except pypdfium2.PdfiumError as error:
        raise NotABriefError("the PDF", f"its pages cannot be read ({error})") from None
    finally:
        document.close()


def _anchors(opened: object) -> dict[str, int]:
    """Return the number of the page that each named place stands on."""
    from pikepdf import Name, NameTree

    root = opened.Root  # type: ignore[attr-defined]
    if Name.Names not in root or Name.Dests not in root.Names:
        return {}
    numbers = {page.obj.objgen: i for i, page in enumerate(opened.pages, start=1)}  # type: ignore[attr-defined]
    return {str(name): numbers[place[0].objgen] for name, place in NameTree(root.Names.Dests).items()}


def _alts(opened: object) -> Iterator[str]:
    """Yield the alternative texts of a tagged PDF in reading order."""
    from pikepdf import Array, Dictionary, Name

    root = opened.Root  # type: ignore[attr-defined]
    stack: list[Any] = [root.StructTreeRoot.K] if Name.StructTreeRoot in root else []
    while stack:
        node: Any = stack.pop()
        if isinstance(node, Array):
            # By far the most kids are the numbers of marked words.
            several: list[Any] = list(node)
            stack.extend(reversed([kid for kid in several if not isinstance(kid, int)]))
        elif isinstance(node, Dictionary):
            if "/Alt" in node:
                yield str(node["/Alt"])
            kids: Any = node.get("/K", 0)
            if not isinstance(kids, int):
                stack.append(kids)


def _bookmarks(opened: object) -> Iterator[str]:
    with opened.open_outline() as outline:  # type: ignore[attr-defined]
        stack = list(reversed(outline.root))
        while stack:
            item = stack.pop()
            yield str(item.title)
            stack.extend(reversed(item.children))
