"""Press: what is set up once per process to print with some template folders, and how a page is laid out on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element

import weasyprint
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration

from generator.pdf.arrangement import Arrangement
from generator.pdf.fence import BASE, Shelf, strict
from generator.pdf.galley import Galley
from generator.pdf.memo import remember
from generator.pdf.parsing import page_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """The files, the fonts and the parsed stylesheets of some template folders."""

    shelf: Shelf
    fonts: FontConfiguration = field(default_factory=FontConfiguration)
    _sheets: dict[str, weasyprint.CSS] = field(default_factory=dict)

    def galley(self, html: str, *, classes: Iterable[str] = (), style: str = "") -> Galley:
        """Return the page's boxes, its root with these classes and this style."""
        root = deepcopy(_parsed(html))
        root.set("class", " ".join((root.get("class", ""), *classes)))
        root.set("style", style)
        return Galley(root, self.shelf, self.fonts, [self._sheet(href) for href in _unlinked(root)])

    def lay_out(self, html: str, *, classes: Iterable[str] = (), style: str = "") -> Document:
        """Return the page laid out as it is."""
        return self.galley(html, classes=classes, style=style).lay_out(Arrangement())

    def _sheet(self, href: str) -> weasyprint.CSS:
        if href not in self._sheets:
            with strict(f"the stylesheet {href}"):
                self._sheets[href] = weasyprint.CSS(url=BASE + href, url_fetcher=self.shelf, font_config=self.fonts)
        return self._sheets[href]


def press(folders: Sequence[Path]) -> Press:
    """Return the press of these folders; it is made anew when a stylesheet has changed."""
    sheets = [path for folder in folders for path in sorted(folder.glob("*/*.css"))]
    return _press(tuple(folders), tuple((str(path), path.stat().st_mtime_ns) for path in sheets))


@lru_cache(maxsize=8)
def _press(folders: tuple[Path, ...], _stamp: tuple[tuple[str, int], ...]) -> Press:
    remember()
    return Press(shelf=Shelf(folders))


@lru_cache(maxsize=2)
def _parsed(html: str) -> Element:
    """Return the tree of a page, which a trial changes only in a copy; page one alone is one, the whole the other."""
    return page_of(html)


def _unlinked(root: Element) -> list[str]:
    """Return the stylesheets a page links, and unlink them: they are handed over parsed."""
    links = [link for link in root.iter("link") if link.get("rel") == "stylesheet"]
    for link in links:
        link.set("rel", "x-parsed")
    return [link.get("href", "") for link in links]
