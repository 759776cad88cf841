"""Printing: HTML laid out by WeasyPrint, with page one fitted, and written as a PDF of fixed bytes."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import weasyprint
from weasyprint.document import Document

from generator.model.finding import Finding
from generator.pdf import finishing, tree
from generator.pdf.arrangement import Redraw
from generator.pdf.fence import strict
from generator.pdf.filling import filled
from generator.pdf.fitting import fitted
from generator.pdf.garbage import left_lying
from generator.pdf.gate import findings_of
from generator.pdf.press import Press, press
from generator.pdf.redrawing import redrawn
from generator.pdf.setting import Setting

VARIANT = "pdf/a-3a"


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
class Pages:
    """A brief laid out, not yet written: its HTML, and the heights in mm of the charts that were drawn again."""

    html: str
    document: Document

    @property
    def heights(self) -> dict[int, float]:
        """The heights of the charts that were drawn again, by their numbers."""
        return redrawn(tree.root(self.document))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the layout."""
        return findings_of(self.document)


def to_pdf(
    html: str,
    *,
    folders: Sequence[Path],
    created: date,
    source_type: str = "",
    attachments: Sequence[Attachment] = (),
    redraw: Redraw | None = None,
) -> Printed:
    """Return the page as a PDF: laid out and written. Raises as `lay_out` does."""
    pages = lay_out(html, folders=folders, redraw=redraw)
    return write(pages, created=created, source_type=source_type, attachments=attachments)


def lay_out(html: str, *, folders: Sequence[Path], redraw: Redraw | None = None) -> Pages:
    """Return the page laid out.

    `folders` hold the template folders, in the order of `fill_brief`; nothing else may be read. `redraw` gives a
    chart's SVG in another height, by its number; without it all charts stay as they are.

    Raises:
        LayoutError: WeasyPrint warned of something, or page one does not fit on a page.
    """
    with left_lying():
        return Pages(html=html, document=_laid_out(html, press(folders), redraw))


def write(pages: Pages, *, created: date, source_type: str = "", attachments: Sequence[Attachment] = ()) -> Printed:
    """Return laid out pages as a PDF/A-3a that is a PDF/UA-1 too; the same input gives the same bytes.

    `created` is the day of the brief: it is the only date in the file. `source_type` is the kind of its source, as a
    term of the IPTC. Pages are written once.

    Raises:
        LayoutError: WeasyPrint warned of something.
    """
    document, digest = pages.document, sha256(pages.html.encode()).hexdigest()[:32].encode()
    enclosed = [_enclosed(each, created) for each in sorted(attachments, key=lambda each: each.name)]
    with left_lying():
        finishing.claim(document, created, source_type)
        raw = _written(document, digest, enclosed)
        names, mimes = finishing.anchor_names(pages.html), {each.name: each.mime for each in attachments}
        return Printed(pdf=finishing.finished(raw, names=names, mimes=mimes), pages=len(document.pages))


def _laid_out(html: str, machine: Press, redraw: Redraw | None) -> Document:
    """Return the document laid out: page one fitted, the other pages filled."""
    fit = fitted(html, machine, resizes=redraw is not None)
    with strict("laying out the page"):
        return filled(Setting(html=html, machine=machine, fit=fit, redraw=redraw))


def _written(document: Document, digest: bytes, enclosed: Sequence[weasyprint.Attachment]) -> bytes:
    """Return the PDF as WeasyPrint writes it, to be compressed when it is finished.

    Why no ResourceWarning: it leaves its colour profile's file open.
    """
    with strict("writing the PDF"), warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        return bytes(
            document.write_pdf(pdf_variant=VARIANT, pdf_identifier=digest, attachments=enclosed, uncompressed_pdf=True)
        )


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
