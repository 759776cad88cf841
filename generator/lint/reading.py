"""Reading: a text, a web page or a PDF as paragraphs that know the line or page they stand on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from generator.errors import InputError

KINDS = (".txt", ".md", ".html", ".htm", ".pdf")
_BLOCKS = """
address article aside blockquote br caption dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
header hr li main nav ol p pre section table td th title tr ul
"""
BLOCKS = frozenset(_BLOCKS.split())
UNREAD = frozenset(("script", "style", "noscript", "template", "svg"))
SPACES = re.compile(r"[ \t\u00a0\u2009\u202f]+")
LIMIT = 20_000_000
TABULAR, FEW = 0.34, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A stretch of text between two blank lines, in one line; `starts` say from which character on which line."""

    text: str
    starts: tuple[tuple[int, int], ...]
    unit: str = "line"

    def line(self, at: int) -> int:
        """Return the line, or page, of a character."""
        return max((start for start in self.starts if start[0] <= at), default=self.starts[0])[1]


def read(path: Path) -> tuple[Page, ...]:
    """Return the paragraphs of a file.

    Raises:
        InputError: it is of a kind that cannot be read, or it cannot be read.
    """
    if path.suffix.lower() not in KINDS:
        raise InputError.at(str(path), "this kind of file cannot be read", f"use {', '.join(KINDS)}")
    try:
        if path.stat().st_size > LIMIT:
            raise InputError.at(str(path), "the file is larger than 20 MB", "lint a part of it")
        data = path.read_bytes()
    except OSError as error:
        raise InputError.at(str(path), f"the file cannot be read ({error.strerror})") from None
    if path.suffix.lower() == ".pdf":
        return tuple(_paragraphs(_pdf_lines(data, path), unit="page"))
    text = data.decode("utf-8-sig", errors="replace")
    lines = _html_lines(text) if path.suffix.lower() in (".html", ".htm") else enumerate(text.splitlines(), 1)
    return tuple(_paragraphs(lines))


def _paragraphs(lines: Iterator[tuple[int, str]], *, unit: str = "line") -> Iterator[Page]:
    held: list[tuple[int, str]] = []
    for number, raw in lines:
        line = SPACES.sub(" ", raw).strip()
        if line:
            held.append((number, line))
        elif held:
            yield _joined(held, unit)
            held = []
    if held:
        yield _joined(held, unit)


def _joined(lines: Sequence[tuple[int, str]], unit: str) -> Page:
    text, starts = "", []
    for number, line in lines:
        text += " " if text else ""
        starts.append((len(text), number))
        text += line
    return Page(text=text, starts=tuple(starts), unit=unit)


class _Reader(HTMLParser):
    """Collects the visible text of a page with the line it stands on; a block element ends a paragraph."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[int, str]] = []
        self.held, self.at, self.hidden = "", 1, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a paragraph at a block; a published time is read as a line of its own."""
        self.hidden += tag in UNREAD
        named = dict(attrs)
        when = named.get("datetime") if tag == "time" else None
        if tag == "meta" and named.get("property") == "article:published_time":
            when = named.get("content")
        if tag in BLOCKS:
            self.end()
        if when:
            self.lines += [(self.getpos()[0], when[:10]), (self.getpos()[0], "")]

    def handle_endtag(self, tag: str) -> None:
        """End a paragraph at the end of a block."""
        self.hidden -= tag in UNREAD and self.hidden > 0
        if tag in BLOCKS:
            self.end()

    def handle_data(self, data: str) -> None:
        """Add words to the paragraph."""
        if not self.hidden:
            if not self.held.strip():
                self.at = self.getpos()[0] + len(data[: len(data) - len(data.lstrip())].splitlines()) - 1
                self.at = max(self.at, self.getpos()[0])
            self.held += data

    def end(self) -> None:
        """End the paragraph."""
        if self.held.strip():
            self.lines += [(self.at, " ".join(self.held.split())), (self.at, "")]
        self.held = ""


def _html_lines(text: str) -> Iterator[tuple[int, str]]:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.end()
    yield from reader.lines


def _tabular(line: str) -> bool:
    """Tell a row of a table or the labels of a chart from a line of a paragraph."""
    words = line.split()
    figures = sum(any(letter.isdigit() for letter in word) for word in words)
    return figures >= TABULAR * len(words) or (len(words) < FEW and not line[:1].islower())


def _pdf_lines(data: bytes, path: Path) -> Iterator[tuple[int, str]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise InputError.at(str(path), "this is no PDF that can be read", "save it again, without a password") from None
    try:
        for number in range(len(document)):
            page = document[number]
            words = page.get_textpage()
            lines = str(words.get_text_bounded()).splitlines()
            words.close()
            page.close()
            for line in lines:
                if _tabular(line):
                    yield from ((number + 1, ""), (number + 1, line), (number + 1, ""))
                else:
                    yield number + 1, line
    finally:
        document.close()
