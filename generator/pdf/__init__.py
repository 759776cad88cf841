"""HTML -> PDF: the only home of WeasyPrint and pikepdf. `to_pdf` prints a page as PDF/A-3a and PDF/UA-1 at once."""

from generator.pdf.draft import draft_of
from generator.pdf.picture import height_of, to_picture
from generator.pdf.printing import Attachment, Printed, to_pdf

__all__ = ["Attachment", "Printed", "draft_of", "height_of", "to_pdf", "to_picture"]
