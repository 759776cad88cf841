"""Printing: HTML laid out by WeasyPrint, with page one fitted, and written as a PDF of fixed bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from generator.errors import LayoutError
from generator.pdf import finishing
from generator.pdf.fence import BASE, Shelf, strict

VARIANT = "pdf/a-3a"
RUNGS = ("", "fit-1", "fit-2", "fit-3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that rides in the PDF."""

    name: str
    data: bytes
    description: str
    mime: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A finished PDF and how many pages it has."""

    pdf: bytes
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What is set up once per process for some template folders: the fonts and the parsed stylesheets."""

    shelf: Shelf
    fonts: FontConfiguration
    sheets: dict[str, weasyprint.CSS]

    def sheet(self, href: str) -> weasyprint.CSS:
        """Return a parsed stylesheet of the template folders."""
        if href not in self.sheets:
            with strict(f"the stylesheet {href}"):
                url = BASE + href
                self.sheets[href] = weasyprint.CSS(url=url, url_fetcher=self.shelf, font_config=self.fonts)
        return self.sheets[href]


def to_pdf(
    html: str, *, folders: Sequence[Path], created: date, attachments: Sequence[Attachment] = ()
) -> Printed:
    """Return the page as a PDF/A-3a that is a PDF/UA-1 too; the same input gives the same bytes.

    `folders` are the template folders, in their order, and all that the page may read. `created` is the day of the
    brief: it is the only date in the file.

    Raises: LayoutError, for anything WeasyPrint warns of, and when page one does not fit on a page.
    """
    press = _press(tuple(folders), _stamp(folders))
    document = _fitted(html, press)
    digest = sha256(html.encode()).hexdigest()[:32].encode()
    enclosed = [_enclosed(each, created) for each in sorted(attachments, key=lambda each: each.name)]
    finishing.claim(document, created)
    with strict("writing the PDF"):
        raw = document.write_pdf(pdf_variant=VARIANT, pdf_identifier=digest, attachments=enclosed)
    assert raw is not None
    mimes = {each.name: each.mime for each in attachments}
    return Printed(pdf=finishing.finished(raw, names=finishing.anchor_names(html), mimes=mimes), pages=len(document.pages))


@lru_cache(maxsize=8)
def _press(folders: tuple[Path, ...], _stamp: tuple[tuple[str, int], ...]) -> Press:
    return Press(shelf=Shelf(folders), fonts=FontConfiguration(), sheets={})


def _stamp(folders: Sequence[Path]) -> tuple[tuple[str, int], ...]:
    """Return the stylesheets of the folders with their times, so that an edited one is read again."""
    sheets = [path for folder in folders for path in sorted(folder.glob("*.css"))]
    return tuple((str(path), path.stat().st_mtime_ns) for path in sheets)


def _fitted(html: str, press: Press) -> Any:
    """Return the document laid out with the first rung of the ladder at which page one is a single page."""
    for rung in RUNGS:
        document = _laid_out(html, press, rung)
        if _front_pages(document) <= 1:
            return document
    raise LayoutError("page one does not fit on a page; shorten the headline, the deck or the takeaways")


def _laid_out(html: str, press: Press, rung: str) -> Any:
    """Return the document laid out, its root marked with the rung of the fit ladder."""
    with strict("laying out the page"):
        page = weasyprint.HTML(string=html, base_url=BASE, url_fetcher=press.shelf)
        root = page.etree_element
        root.set("class", f"{root.get('class', '')} {rung}".strip())
        sheets = [press.sheet(href) for href in _stylesheets(root)]
        return page.render(font_config=press.fonts, stylesheets=sheets)


def _stylesheets(root: Any) -> list[str]:
    """Return the stylesheets a page links, and unlink them: they are handed over parsed."""
    links = [link for link in root.iter("link") if link.get("rel") == "stylesheet"]
    for link in links:
        link.set("rel", "x-parsed")
    return [link.get("href", "") for link in links]


def _front_pages(document: Any) -> int:
    """Count the pages that page one takes up. Why: the layout tree is internal to WeasyPrint, but says it exactly."""
    return sum(page._page_box.page_type.name == "front" for page in document.pages)


def _enclosed(attachment: Attachment, created: date) -> weasyprint.Attachment:
    when = datetime(created.year, created.month, created.day)  # noqa: DTZ001 - written as UTC by WeasyPrint
    return weasyprint.Attachment(
        string=attachment.data,
        name=attachment.name,
        description=attachment.description,
        relationship="Data",
        created=when,
        modified=when,
    )
