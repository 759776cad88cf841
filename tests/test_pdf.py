from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import verapdf
import weasyprint
from fake_brief import DAY, fake_brief
from pikepdf import Name
from weasyprint.document import Document, Page

from generator.errors import LayoutError
from generator.model.authorship import SOURCE_TYPES, WRITINGS
from generator.model.brief import Column, Exhibit, Front, Paragraph, Row, Section, Table
from generator.page import fill_brief
from generator.pdf import Attachment, Printed, to_pdf, tree
from generator.pdf.filling import filled
from generator.pdf.fitting import fitted
from generator.pdf.press import Press, press
from generator.pdf.setting import Setting

TEMPLATES = Path(__file__).parent.parent / "templates"
ATTACHED = (
    Attachment(name="facts.json", data=b'{"made": "up"}', description="Every figure", mime="application/json"),
    Attachment(name="exhibit-01-price.csv", data=b"day,value\n", description="Exhibit 1", mime="text/csv"),
    Attachment(name="reports-baba.toml", data=b"a = 1\n", description="What was asked", mime="application/toml"),
)
SHIPPED = {"Source-Serif-4", "Source-Serif-4-Display", "Source-Sans-3", "Brief-Han"}


def page_one(headline: str = "A headline", *, paper: str = "A4", takeaways: int = 4) -> str:
    brief = fake_brief()
    front = replace(brief.front, headline=(headline,), takeaways=(brief.front.takeaways * 9)[:takeaways])
    return fill_brief(replace(brief, front=front, paper=paper, sections=()), folders=[TEMPLATES])


def printed(html: str) -> Printed:
    return to_pdf(html, folders=[TEMPLATES], created=DAY)


def bare(body: str, style: str = "") -> str:
    return f'<html lang="en"><head><title>T</title><style>{style}</style></head><body>{body}</body></html>'


@pytest.fixture(scope="module")
def whole() -> Printed:
    html = fill_brief(fake_brief(), folders=[TEMPLATES], attachments=ATTACHED)
    return to_pdf(html, folders=[TEMPLATES], created=DAY, source_type=SOURCE_TYPES["mixed"], attachments=ATTACHED)


@pytest.fixture
def opened(whole: Printed) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(whole.pdf)) as pdf:
        yield pdf


# --- conformance -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_the_whole_brief_conforms(whole: Printed, profile: verapdf.Profile, tmp_path: Path) -> None:
    path = tmp_path / "brief.pdf"
    path.write_bytes(whole.pdf)
    assert verapdf.failures(path, profile) == []


def test_the_validator_finds_planted_faults(tmp_path: Path) -> None:
    path = tmp_path / "faulty.pdf"
    html = bare('<h1>A</h1><h3>B</h3><svg width="9" height="9"><rect width="9" height="9"/></svg>')
    path.write_bytes(weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1"))
    told = [each.split()[0] for each in verapdf.failures(path, "ua1")]
    assert "7.3-1" in told
    assert "7.4.2-1" in told
    assert verapdf.failures(path, "3a")


def test_the_file_is_sound(opened: pikepdf.Pdf) -> None:
    assert opened.check_pdf_syntax() == []


def test_all_fonts_are_embedded_and_shipped(opened: pikepdf.Pdf) -> None:
    fonts = [each for each in opened.objects if isinstance(each, pikepdf.Dictionary) and each.get("/FontDescriptor")]
    assert fonts
    for font in fonts:
        name = str(font.BaseFont).removeprefix("/").partition("+")[2].rstrip(",")
        for style in ("-Italic", "-Bold", "-Semi-Bold", "-Semi"):
            name = name.removesuffix(style)
        assert name in SHIPPED, font.BaseFont
        assert any(key in font.FontDescriptor for key in ("/FontFile2", "/FontFile3"))


# --- tags ------------------------------------------------------------------------------------------------------------


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    stack = [pdf.Root.StructTreeRoot.K]
    while stack:
        node = stack.pop()
        if isinstance(node, pikepdf.Array):
            stack.extend(reversed(list(node)))
        elif isinstance(node, pikepdf.Dictionary) and Name.S in node:
            yield node
            if Name.K in node:
                stack.append(node.K)


def test_headings_skip_no_level_and_there_is_one_title(opened: pikepdf.Pdf) -> None:
    levels = [int(str(each.S)[2:]) for each in elements(opened) if str(each.S) in ("/H1", "/H2", "/H3", "/H4")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_table_heads_have_their_scope(opened: pikepdf.Pdf) -> None:
    scopes = {str(each.A.Scope) for each in elements(opened) if each.S == Name.TH}
    assert scopes == {"/Column", "/Row"}


def test_figures_have_words_and_a_box_on_the_page(opened: pikepdf.Pdf) -> None:
    figures = [each for each in elements(opened) if Name.Figure == each.S]
    assert len(figures) == 12
    for figure in figures:
        left, bottom, right, top = (float(side) for side in figure.A.BBox)
        assert str(figure.Alt)
        assert left >= 0
        assert left < right
        assert right <= 596
        assert bottom >= 0
        assert bottom < top
        assert top <= 842


def test_links_say_where_they_lead(opened: pikepdf.Pdf) -> None:
    links = [link for page in opened.pages for link in page.obj.get("/Annots", [])]
    told = {str(link.Contents) for link in links if "/Dest" in link}
    assert {"Source 3", "Valuation and investor sentiment"} <= told
    assert not any(words.startswith(("source-", "section-")) for words in told)


def test_running_heads_are_artifacts(opened: pikepdf.Pdf) -> None:
    for page in opened.pages:
        artifacts = [
            each for each in pikepdf.parse_content_stream(page) if each.operands and each.operands[0] == Name.Artifact
        ]
        assert artifacts


def test_bookmarks_are_headings_and_no_exhibits(opened: pikepdf.Pdf) -> None:
    with opened.open_outline() as outline:
        (title,) = outline.root
        names = [str(each.title) for each in title.children]
    assert names[:3] == ["Key takeaways Machine-generated summary", "Since the last issue", "Investment thesis"]
    assert not any("Exhibit" in name for name in names)


def test_the_text_reads_in_order(whole: Printed) -> None:
    with pypdfium2.PdfDocument(whole.pdf) as pdf:
        text = pdf[0].get_textpage().get_text_range()
    marks = [
        "Invented Group Holding",
        "turnaround",
        "Key takeaways",
        "The gap.",
        "Exhibit 1",
        "Key data",
        "In this brief",
    ]
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places)


# --- the file --------------------------------------------------------------------------------------------------------


def test_metadata_are_the_briefs_and_its_day_is_the_only_date(opened: pikepdf.Pdf) -> None:
    assert str(opened.docinfo["/CreationDate"]) == str(opened.docinfo["/ModDate"]) == "D:20251002000000Z"
    assert str(opened.docinfo["/Author"]) == "A. Nonymous"
    assert str(opened.docinfo["/Title"]).startswith("Invented Group (NYSE: INVT): ")
    assert str(opened.Root.Lang) == "en"


SOURCE_TYPE = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType"


def test_programs_read_who_wrote_the_brief(opened: pikepdf.Pdf) -> None:
    assert opened.open_metadata()[SOURCE_TYPE] == SOURCE_TYPES["mixed"]


def test_who_wrote_is_told_by_three_different_terms_of_the_iptc() -> None:
    names = [SOURCE_TYPES[each].rpartition("/")[2] for each in WRITINGS]
    assert names == ["dataDrivenMedia", "compositeWithTrainedAlgorithmicMedia", "trainedAlgorithmicMedia"]


def test_attachments_ride_with_their_types_and_words(opened: pikepdf.Pdf) -> None:
    assert sorted(opened.attachments) == sorted(each.name for each in ATTACHED)
    for each in ATTACHED:
        spec = opened.attachments[each.name]
        assert spec.get_file().read_bytes() == each.data
        assert spec.get_file().mime_type == each.mime
        assert spec.description == each.description
        assert spec.obj.AFRelationship == Name.Data
    assert json.loads(opened.attachments["facts.json"].get_file().read_bytes()) == {"made": "up"}


def test_letter_paper_is_letter() -> None:
    with pikepdf.open(io.BytesIO(printed(page_one(paper="Letter")).pdf)) as pdf:
        assert [round(float(side)) for side in pdf.pages[0].mediabox] == [0, 0, 612, 792]


SCRIPT = """
import hashlib, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_pdf import DAY, TEMPLATES, ATTACHED, page_one
from generator.pdf import to_pdf
print(hashlib.sha256(to_pdf(page_one(), folders=[TEMPLATES], created=DAY, attachments=ATTACHED).pdf).hexdigest())
"""


def test_another_process_prints_the_same_bytes() -> None:
    here = hashlib.sha256(to_pdf(page_one(), folders=[TEMPLATES], created=DAY, attachments=ATTACHED).pdf).hexdigest()
    for seed in ("1", "2"):
        there = subprocess.run(
            [sys.executable, "-c", SCRIPT.format(tests=str(Path(__file__).parent))],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(TEMPLATES.parent), "TZ": f"UTC-{seed}"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert there.stdout.split()[-1] == here


# --- the fence -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        '<img alt="a" src="file:///etc/passwd">',
        '<img alt="a" src="http://127.0.0.1/a.png">',
        '<img alt="a" src="https://example.com/a.png">',
        '<img alt="a" src="data:image/png;base64,AAAA">',
        '<img alt="a" src="/../../etc/passwd">',
        '<img alt="a" src="nowhere.png">',
        '<link rel="stylesheet" href="file:///etc/passwd">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<a rel="attachment" href="file:///etc/passwd">a</a>',
        '<base href="file:///etc/"><img alt="a" src="passwd">',
        '<p style="background: url(file:///etc/passwd)">a</p>',
        '<p style="background: url(//example.com/a.png)">a</p>',
    ],
)
def test_nothing_outside_the_template_folders_is_read(body: str) -> None:
    with pytest.raises(LayoutError, match="may not be read"):
        printed(bare(body))


def test_an_svg_cannot_read_files_either() -> None:
    image = '<image href="file:///etc/passwd" width="9" height="9"/>'
    with pytest.raises(LayoutError, match="Failed to render SVG"):
        printed(bare(f'<svg width="9" height="9"><title>a</title>{image}</svg>'))


def test_imports_and_fonts_of_a_stylesheet_are_fenced_too() -> None:
    for style in (
        '@import "file:///etc/passwd";',
        '@font-face { font-family: x; src: url("http://example.com/x.ttf"); }',
    ):
        with pytest.raises(LayoutError, match="may not be read"):
            printed(bare("a", style))


@pytest.mark.parametrize(
    ("body", "style", "told"),
    [
        ("a", "p { opacit: 1 }", "opacit"),
        ('<a href="#nowhere">a</a>', "", "nowhere"),
    ],
)
def test_a_warning_is_an_error(body: str, style: str, told: str) -> None:
    with pytest.raises(LayoutError, match=told):
        printed(bare(body, style))


def test_a_letter_no_font_has_is_an_error() -> None:
    with pytest.raises(LayoutError, match="notdef"):
        printed(page_one("A headline with \U000f0000 in it"))


# --- fitting and filling ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize(
    "headline", ["Short", "A headline of middling length that says what happened, and what it means " * 2]
)
def test_page_one_is_one_page(headline: str, paper: str) -> None:
    document = _document(page_one(headline, paper=paper))
    assert [tree.name(page) for page in document.pages].count("front") == 1


def test_a_page_one_that_cannot_fit_is_refused() -> None:
    with pytest.raises(LayoutError, match=r"page one does not fit on a page \(main"):
        printed(page_one(takeaways=30))


def test_a_short_page_one_is_set_larger() -> None:
    fit = fitted(page_one(takeaways=2), _press())
    assert fit.opened
    assert not fit.main


def stack(*blocks: str) -> str:
    """Return a page of one section: blocks of 200 mm (capital) or 150 mm that cannot break, and others as written."""
    tall = '<div style="height: {}mm; break-inside: avoid">{}</div>'
    body = "".join(each if each[0] == "<" else tall.format(200 if each.isupper() else 150, each) for each in blocks)
    return bare(f"<main><section>{body}</section></main>")


def pages_of(html: str) -> list[str]:
    return [_text(page) for page in filled(Setting(html=html, machine=_press())).pages]


def test_a_callout_moves_up_into_a_hole() -> None:
    html = stack("a", "b", "C", '<aside data-float style="height: 70mm">note</aside>', "D", "E")
    assert pages_of(html) == ["a", "bnote", "C", "D", "E"]


def test_what_may_not_float_stays() -> None:
    html = stack("a", "b", "C", '<aside style="height: 70mm">note</aside>', "D", "E")
    assert pages_of(html) == ["a", "b", "C", "note", "D", "E"]


def test_a_long_table_is_split_to_fill_a_hole() -> None:
    rows = "".join(f"<tr><td>{i}</td></tr>" for i in range(40))
    table = f'<figure style="break-inside: avoid" class="exhibit" data-if-pushed="split"><table>{rows}</table></figure>'
    low = '<div style="height: 90mm; break-inside: avoid">c</div>'
    html = stack("a", "b", table, low)
    assert pages_of(html)[1].startswith("b012")


def _press() -> Press:
    return press([TEMPLATES])


def _document(html: str) -> Document:
    machine = _press()
    fit = fitted(html, machine)
    return machine.lay_out(html, classes=fit.classes, style=fit.style)


def _text(page: Page) -> str:
    return "".join(getattr(box, "text", "") for box in tree.body(page))


@pytest.mark.parametrize("above", [1, 2, 4, 6, 8])
def test_a_table_with_bands_and_estimates_may_run_over_pages(above: int) -> None:
    columns = (Column(label="Item", kind="text"), Column(label="FY2025A"), Column(label="FY2026E", estimate=True))
    line = Row(head=("Revenue",), cells=(("1.0",), ("(1.1)",)))
    table = Table(columns=columns, rows=(Row(head=("Income",), kind="band"), *[line] * 5) * 14)
    exhibit = Exhibit(key="t", title=("T",), subtitle=("S",), width="full", as_of=DAY, table=table, number=1)
    prose = (Paragraph(sentences=(("word " * 120,),)),) * above
    sections = (Section(key="financials", title="Financials", prose=prose, exhibits=(exhibit,)),)
    brief = replace(fake_brief(), front=Front(headline=("H",), deck=("D",)), sections=sections)
    assert printed(fill_brief(brief, folders=[TEMPLATES])).pages >= 4


def test_a_brief_of_page_one_only_prints() -> None:
    brief = replace(
        fake_brief(),
        front=Front(headline=("H",), deck=("D",)),
        sections=(Section(key="risks", title="R", unavailable="x"),),
    )
    assert printed(fill_brief(brief, folders=[TEMPLATES])).pages >= 2
