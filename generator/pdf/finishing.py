"""Finishing: what WeasyPrint leaves undone on the way to PDF/UA-1 and to good tags."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from datetime import date

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String
from weasyprint.document import Document

PIXEL = 0.75
MARKED = re.compile(rb"/\w+ <</MCID (\d+)>> BDC")
Used = dict[tuple[int, int], set[int]]

IPTC = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
ORIGIN = """<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="{space}">
<Iptc4xmpExt:DigitalSourceType>{source_type}</Iptc4xmpExt:DigitalSourceType></rdf:Description>
"""
CLAIM = """<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
"""
# What PDF/A asks for where metadata are not of its own schemas: namespace, prefix, property, type, and what it is.
SCHEMAS = (
    ("PDF/UA identification", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid", "part", "Integer",
     "internal", "Part of ISO 14289 the file conforms to"),
    ("IPTC Extension", IPTC, "Iptc4xmpExt", "DigitalSourceType", "URI",
     "external", "The kind of source from which the content was created"),
)  # fmt: skip
SCHEMA = """<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>{}</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>{}</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>{}</pdfaProperty:name><pdfaProperty:valueType>{}</pdfaProperty:valueType>
<pdfaProperty:category>{}</pdfaProperty:category>
<pdfaProperty:description>{}</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li>
"""
EXTENSION = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag>
{}</rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def claim(document: Document, created: date, source_type: str = "") -> None:
    """Fix the document's dates and let its metadata say PDF/UA-1 beside PDF/A, and what kind of source it came from.

    Why: validators read the first rdf:RDF only, so the claim is written into the one WeasyPrint makes.
    """
    metadata = document.metadata
    metadata.created = metadata.modified = f"{created.isoformat()}T00:00:00Z"
    plain, said = metadata.generate_rdf_metadata, f"{_claims(source_type)}</rdf:RDF>".encode()
    metadata.generate_rdf_metadata = lambda *given: plain(*given).replace(b"</rdf:RDF>", said)


def _claims(source_type: str) -> str:
    origin = ORIGIN.format(space=IPTC, source_type=source_type) if source_type else ""
    schemas = SCHEMAS if source_type else SCHEMAS[:1]
    return CLAIM + origin + EXTENSION.format("".join(SCHEMA.format(*each) for each in schemas))


def anchor_names(html: str) -> dict[str, str]:
    """Return what each anchor of a page is called, for the links that lead there."""
    sources = re.findall(r'id="(source-(\d+)(?:-(\d+))?)"', html)
    names = {name: f"Source {number}" + (f", document {place}" if place else "") for name, number, place in sources}
    for name, title in re.findall(r'id="(section-[^"]+)".*?<h2>(.*?)</h2>', html, re.DOTALL):
        names[name] = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", title)).strip()
    return names


def finished(raw: bytes, *, names: Mapping[str, str], mimes: Mapping[str, str]) -> bytes:
    """Return the PDF with scopes for table heads, boxes for figures, words for links and artifacts marked as such."""
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        used: Used = {page.obj.objgen: set() for page in pdf.pages}
        heights = {page.obj.objgen: float(page.mediabox[3]) for page in pdf.pages}
        for element, parents in _elements(pdf.Root.StructTreeRoot.K, ()):
            _note_used(element, used)
            _mend(element, parents, heights)
        for page in pdf.pages:
            _name_links(page, names)
            _mark_artifacts(pdf, page, used[page.obj.objgen])
        _set_types(pdf, mimes)
        out = io.BytesIO()
        pdf.save(
            out,
            static_id=False,
            deterministic_id=True,
            fix_metadata_version=False,
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            linearize=False,
        )
        return out.getvalue()


def _elements(kids: Object, parents: tuple[str, ...]) -> Iterator[tuple[Object, tuple[str, ...]]]:
    """Yield the elements of the structure tree with the types of their parents, in reading order."""
    stack = [(kids, parents)]
    while stack:
        node, above = stack.pop()
        if isinstance(node, Array):
            stack.extend((kid, above) for kid in reversed(list(node)))
        elif isinstance(node, Dictionary) and Name.S in node:
            yield node, above
            if Name.K in node:
                stack.append((node.K, (*above, str(node.S))))


def _note_used(element: Object, used: Used) -> None:
    """Note which marked contents of its page an element owns."""
    kids = element.get(Name.K, Array())
    if Name.Pg in element:
        each: list[object] = list(kids) if isinstance(kids, Array) else [kids]
        used[element.Pg.objgen].update(kid for kid in each if isinstance(kid, int))


def _mend(element: Object, parents: tuple[str, ...], heights: Mapping[tuple[int, int], float]) -> None:
    """Give a table head its scope and a figure its box in points from the page's foot."""
    if element.S == Name.TH:
        element.A.Scope = Name.Column if "/THead" in parents else Name.Row
    elif Name.Figure == element.S and Name.A in element:
        left, top, right, bottom = (float(side) * PIXEL for side in element.A.BBox)
        height = heights[element.Pg.objgen]
        element.A.BBox = Array([round(side, 2) for side in (left, height - bottom, right, height - top)])
        element.A.Placement = Name.Block


def _name_links(page: pikepdf.Page, names: Mapping[str, str]) -> None:
    """Let each internal link say in words where it leads."""
    for link in page.obj.get(Name.Annots, Array()):
        if Name.Dest in link:
            target = str(link.Dest)
            link.Contents = String(names.get(target, target.replace("-", " ").capitalize()))


def _mark_artifacts(pdf: pikepdf.Pdf, page: pikepdf.Page, used: set[int]) -> None:
    """Mark as artifacts what stands outside the structure tree: running heads and footers."""
    content = MARKED.sub(
        lambda mark: mark[0] if int(mark[1]) in used else b"/Artifact <</Type /Pagination>> BDC",
        page.obj.Contents.read_bytes(),
    )
    page.obj.Contents = pdf.make_stream(content)


def _set_types(pdf: pikepdf.Pdf, mimes: Mapping[str, str]) -> None:
    """Write the media types of the attachments as they were given, not as their names suggest."""
    for name, mime in mimes.items():
        stream = pdf.attachments[name].get_file() if name in pdf.attachments else None
        if stream is not None:
            stream.obj.Subtype = Name("/" + mime)
