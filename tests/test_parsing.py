"""A page read as XML is the page a browser reads."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

import pytest
import weasyprint
from shipped import build

from generator.pdf import parsing
from generator.pdf.parsing import page_of

NAMESPACE = "{http://www.w3.org/2000/xmlns/}xmlns"
PAGE = "<!DOCTYPE html><html><head><title>A</title></head><body>{}</body></html>"


def flat(root: Element) -> list[tuple[Any, ...]]:
    """Return all that a tree says, in its order."""
    return [
        (each.tag, {name: value for name, value in each.attrib.items() if name != NAMESPACE}, each.text, each.tail)
        for each in root.iter()
    ]


def parts(root: Element) -> list[Element]:
    """Return what is printed; the white space around it is nobody's."""
    return [part for whole in root.findall("./body/*") for part in whole]


def test_a_shipped_page_is_read_as_xml_and_says_what_a_browser_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    html = build("MSFT").html
    read = [flat(part) for part in parts(weasyprint.HTML(string=html).etree_element)]
    monkeypatch.delattr(parsing, "weasyprint")
    assert [flat(part) for part in parts(page_of(html))] == read
    assert len(read) > 10


@pytest.mark.parametrize(
    "body",
    [
        "<p>one<br>two &amp; three&nbsp;mm",
        "<table><tr><td>1</td></tr></table>",
        '<p><svg viewBox="0 0 1 1"><path d="M 0 0"/></svg></p>',
        "<ul><li>one<li>two</ul>",
        '<p><img src="a.png" alt="x > y"> &eacute;</p>',
        "<style>p > b { color: red }</style><p>&lt;</p>",
    ],
)
def test_what_is_no_xml_is_read_as_browsers_do(body: str) -> None:
    html = PAGE.format(body)
    assert flat(page_of(html)) == flat(weasyprint.HTML(string=html).etree_element)


def test_entities_of_a_page_are_not_made_larger() -> None:
    laughs = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><html><body><p>&b;</p></body></html>'
    assert "hahaha" not in "".join(page_of(laughs).itertext())
