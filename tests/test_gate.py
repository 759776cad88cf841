"""The gate finds each planted fault of a layout, and nothing on a sound page."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.pdf.gate import faults, findings_of
from generator.pdf.press import press

TEMPLATES = Path(__file__).parent.parent / "templates"
STYLE = """
@page { size: 200mm 200mm; margin: 20mm }
html { font: 12pt/15pt "Source Sans 3" }
body, p, h2 { margin: 0 }
@page front { margin: 20mm }
.front { page: front }
.grid { display: grid; grid-template-columns: 1fr 1fr 1fr }
"""
TEXT = "<p>" + "Plain words of a sound page that nobody minds, one after another. " * 26 + "</p>"


def kinds(body: str, style: str = "") -> set[str]:
    html = f'<html lang="en"><head><title>T</title><style>{STYLE}{style}</style></head><body>{body}</body></html>'
    return {each.kind for each in faults(press([TEMPLATES]).lay_out(html))}


def test_a_sound_page_has_no_fault() -> None:
    tiles = '<div class="grid">' + '<div class="tile">1,234</div>' * 3 + "</div>"
    assert kinds(tiles + TEXT) == set()


@pytest.mark.parametrize(
    ("fault", "body", "style"),
    [
        ("off the page", f'{TEXT}<p style="margin-left: 150mm; white-space: nowrap">words beyond the paper</p>', ""),
        ("too wide", f'{TEXT}<p style="width: 20mm">Unbreakablewordthatiswiderthanitsplace</p>', ""),
        (
            "too wide",
            f'{TEXT}<div style="width: 40mm"><table style="width: 90mm"><tr><td>a</td></tr></table></div>',
            "",
        ),
        ("cut off", f'{TEXT}<p style="height: 6mm; overflow: hidden">One line<br>and two<br>and three</p>', ""),
        (
            "overlap",
            f'{TEXT}<div class="grid"><p>first of two</p><p style="margin-left: -60mm">over the first one</p></div>',
            "",
        ),
        ("stranded", f'{TEXT}<div style="height: 30mm"></div><h2>A heading alone</h2><p class="next">{TEXT}</p>',
         ".next { break-before: page }"),
        ("stranded", f'{TEXT}<figure><figcaption>Exhibit 9</figcaption></figure><p class="next">{TEXT}</p>',
         ".next { break-before: page }"),
        ("nearly empty", f'{TEXT}<p style="break-before: page">Two words</p>', ""),
        ("half empty", f'<p>{"Some words. " * 20}</p><div style="break-before: page">{TEXT}</div>', ""),
        ("half empty", f'{TEXT}<p style="break-before: page">{"Words. " * 13}</p>', ""),
        ("runt", f"<p>{'Plain words of a sound page that nobody minds. ' * 6}<br>how.</p>", ""),
        (
            "uneven tiles",
            f'<div class="grid"><div class="tile">1</div><div class="tile">{"1,234," * 9}</div></div>{TEXT}',
            "",
        ),
        ("front", f'<section class="front">{TEXT}{TEXT}{TEXT}</section>', ""),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(fault: str, body: str, style: str) -> None:
    assert fault in kinds(body, style)


def test_what_nobody_should_be_sent_blocks_and_names_the_words() -> None:
    body = f'{TEXT}<p style="margin-left: 150mm; white-space: nowrap">words beyond the paper</p>'
    html = f'<html lang="en"><head><title>T</title><style>{STYLE}</style></head><body>{body}</body></html>'
    found = [each for each in findings_of(press([TEMPLATES]).lay_out(html)) if each.level == "block"]
    assert found
    assert all(each.check == "layout" and each.advice for each in found)
    assert "words beyond the paper" in str(found[0].message)
