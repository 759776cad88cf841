"""What is remembered between layouts changes nothing on the page."""

from __future__ import annotations

import gc
from typing import Any

from shipped import ROOT, build

from generator.page import Redraw
from generator.pdf import to_pdf, tree
from generator.pdf.filling import filled
from generator.pdf.garbage import left_lying
from generator.pdf.memo import forgotten
from generator.pdf.press import press
from generator.pdf.setting import Setting
from generator.pdf.shaping import remembered

FOLDERS = (ROOT / "templates",)
PAGE = (
    '<html lang="en"><head><title>Two</title><style>p { width: 40mm; font: 10pt "Source Sans 3" } '
    "b { letter-spacing: 1mm }</style></head><body><p>{}</p></body></html>"
)


class Line:
    """A line as a text layout would give it out."""


def split(calls: list[str]) -> Any:  # noqa: ANN401
    def first_line(text: str, *_: Any) -> tuple[Any, ...]:  # noqa: ANN401
        calls.append(text)
        return (Line(), len(text))

    return first_line


class Style(dict[str, Any]):
    """A style that knows every property, as WeasyPrint's do."""

    font_config = object()

    def __missing__(self, key: str) -> str:
        return key


def test_the_same_words_in_the_same_style_are_shaped_once_and_handed_out_as_copies() -> None:
    calls: list[str] = []
    first_line = remembered(split(calls))
    one, other = first_line("26%", Style(), None, 40.0, 0), first_line("26%", Style(), None, 40.0, 0)
    assert calls == ["26%"]
    assert one[1:] == other[1:]
    assert one[0] is not other[0]


def test_another_width_size_or_word_is_shaped_anew() -> None:
    calls: list[str] = []
    first_line = remembered(split(calls))
    for text, style, width in (("26%", Style(), 40.0), ("26%", Style(), 41.0), ("27%", Style(), 40.0)):
        first_line(text, style, None, width, 0)
    first_line("26%", Style(font_size=12), None, 40.0, 0)
    first_line("26%", Style(hyphens="auto"), None, 40.0, 0)
    assert len(calls) == 5


def test_a_page_set_from_memory_is_the_page_set_anew() -> None:
    machine = press(FOLDERS)
    words = "A plan of <b>RMB 380bn</b> over three years, <a href='#x'>a plan</a> of <b>RMB 380bn</b>. " * 4
    page = PAGE.replace("{}", f"<span id='x'></span>{words}")
    first, second = (machine.lay_out(page).write_pdf(pdf_identifier=b"x") for _ in range(2))
    with forgotten():
        assert first == second == machine.lay_out(page).write_pdf(pdf_identifier=b"x")


def test_garbage_is_left_lying_during_a_print_and_the_collector_is_left_as_it_was() -> None:
    with left_lying():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_whole_brief_set_from_memory_is_the_brief_set_anew() -> None:
    document = build("MSFT")
    html, created, redraw = document.html, document.brief.as_of, Redraw(document.brief)
    first = to_pdf(html, folders=FOLDERS, created=created, redraw=redraw)
    with forgotten():
        assert to_pdf(html, folders=FOLDERS, created=created, redraw=redraw).pdf == first.pdf


def test_margins_below_are_those_of_the_style_whatever_their_unit() -> None:
    blocks = "".join(f'<div style="margin: 0 0 {below}"><p>{below}</p></div>' for below in ("auto", "5%", "3mm", "0"))
    page = PAGE.replace("{}", "</p></body></html>").replace("<body>", f"<body><main><section>{blocks}</section></main>")

    def tops() -> list[float]:
        document = filled(Setting(html=page.replace("p {", "p { margin: 0;"), machine=press(FOLDERS)))
        return [box.position_y for box in tree.body(document.pages[0]) if getattr(box, "text", "").strip()]

    remembered_tops = tops()
    with forgotten():
        assert tops() == remembered_tops
    assert len(remembered_tops) == 4
