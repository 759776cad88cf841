"""HTML -> PDF: the only home of WeasyPrint and pikepdf. `to_pdf` prints a page as PDF/A-3a and PDF/UA-1 at once."""

from generator.pdf.draft import draft_of
from generator.pdf.picture import height_of, pages_of, to_picture
from generator.pdf.printing import Attachment, Pages, Printed, lay_out, to_pdf, write

__all__ = [
    "Attachment",
    "Pages",
    "Printed",
    "draft_of",
    "height_of",
    "lay_out",
    "pages_of",
    "to_pdf",
    "to_picture",
    "write",
]
