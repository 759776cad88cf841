"""PDF -> proof that every number in it stands in the ledger, at the place where the page says it."""

from generator.proof.comparing import differing
from generator.proof.enclosing import completed, enclosures, to_come
from generator.proof.proving import prove, prove_html, prove_pdf, prove_text
from generator.proof.reading import Printed, read_attachments, read_pdf
from generator.proof.register import Register, printed_facts
from generator.proof.stretches import Page, Stretch, read_page

__all__ = [
    "Page",
    "Printed",
    "Register",
    "Stretch",
    "completed",
    "differing",
    "enclosures",
    "printed_facts",
    "prove",
    "prove_html",
    "prove_pdf",
    "prove_text",
    "read_attachments",
    "read_page",
    "read_pdf",
    "to_come",
]
