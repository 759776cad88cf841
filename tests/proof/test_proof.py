"""The proof: what a page shows is what the brief says, and what the brief says are facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from shipped import ROOT, Built

from generator import pipeline
from generator.model.finding import Finding
from generator.proof import Page, Printed, Register, prove, prove_text, read_page, read_pdf


def said(findings: tuple[Finding, ...]) -> str:
    return "\n".join("".join(map(str, finding.message)) for finding in findings)


@pytest.fixture(scope="module")
def printed(baba: Built) -> Printed:
    return read_pdf(baba.document.pdf)


@pytest.fixture(scope="module")
def page(baba: Built) -> Page:
    return read_page(baba.document.html)


@pytest.fixture(scope="module")
def register(baba: Built) -> Register:
    names = tuple(name.removesuffix(".csv") for name in read_pdf(baba.document.pdf).attachments)
    listed = (*names, *(name.removeprefix("exhibit-") for name in names))
    return Register.of(baba.document.brief, baba.ledger, names=listed)


@pytest.fixture(scope="module")
def with_page(printed: Printed, page: Page, register: Register) -> Callable[..., tuple[Finding, ...]]:
    def proven(number: int, old: str, new: str, *, nth: int = 0) -> tuple[Finding, ...]:
        words = printed.pages[number - 1]
        place = -1
        for _ in range(nth + 1):
            place = words.index(old, place + 1)
        altered = words[:place] + new + words[place + len(old) :]
        pages = (*printed.pages[: number - 1], altered, *printed.pages[number:])
        return prove(replace(printed, pages=pages), page, register).findings

    return proven


def test_every_number_of_every_shipped_brief_is_accounted_for(each: Built) -> None:
    assert said(each.document.proof.findings) == ""
    assert each.document.proof.numbers > 900
    assert each.document.proof.pages == each.document.pages


def test_a_changed_digit_is_told_with_its_page_its_sentence_and_its_fact(
    with_page: Callable[..., tuple[Finding, ...]],
) -> None:
    (finding,) = with_page(1, "21.9×", "21.8×", nth=1)
    assert finding.level == "block"
    assert finding.facts == ("BABA.pe_ttm.d2025-10-02",)
    words = said((finding,))
    assert words.startswith("Page 1 shows")
    assert "21.8×" in words
    assert "P/E, trailing" in words
    assert "The price is 21.9× twelve-month earnings" in words


def test_the_value_of_another_fact_in_a_figures_place_is_caught(with_page: Callable[..., tuple[Finding, ...]]) -> None:
    (finding,) = with_page(1, "RMB 18.8bn", "RMB 17.4bn")
    assert "baba-fcf-2506" in finding.facts


@pytest.mark.parametrize(
    ("number", "old", "new"),
    [
        (3, "Page 3 of", "Page 4 of"),
        (1, "US$200", "US$210"),
        (2, "+7.9%", "\u22127.9%"),
        (2, "Synergy Research Group 12", "Synergy Research Group 13"),
        (2, "Exhibit 2", "Exhibit 3"),
        (1, "29 September 2025", "28 September 2025"),
        (1, "RMB 1,000.8bn", "US$1,000.8bn"),
    ],
)
def test_no_number_of_a_page_can_be_changed(
    number: int, old: str, new: str, with_page: Callable[..., tuple[Finding, ...]]
) -> None:
    assert with_page(number, old, new)


def test_a_number_beside_the_pages_is_proven_too(printed: Printed, page: Page, register: Register) -> None:
    alt = next(words for words in printed.alts if "US$189.34" in words)
    changed = tuple(words.replace("US$189.34", "US$198.34") for words in printed.alts)
    assert alt not in changed
    assert "alternative text" in said(prove(replace(printed, alts=changed), page, register).findings)
    marks = ("Alibaba is up 132.3% this year", *printed.bookmarks)
    assert "bookmark" in said(prove(replace(printed, bookmarks=marks), page, register).findings)
    files = (*printed.attachments, "revenue-1234.csv")
    assert "attachment" in said(prove(replace(printed, attachments=files), page, register).findings)


def test_a_literal_number_in_a_template_or_a_text_is_caught(printed: Printed, baba: Built, register: Register) -> None:
    html = baba.document.html.replace("Key takeaways", "Key takeaways of 37 experts", 1)
    found = prove(printed, read_page(html), register).findings
    assert "In the text, 37 is no fact" in said(found)


def test_a_figure_must_be_written_as_its_own_fact_is(printed: Printed, baba: Built, register: Register) -> None:
    html = baba.document.html.replace('data-fact="baba-fcf-2506"', 'data-fact="baba-fcf-2406"', 1)
    assert "baba-fcf-2406" in {
        name for each in prove(printed, read_page(html), register).findings for name in each.facts
    }


def test_the_letter_of_a_brief_is_proven(each: Built) -> None:
    letter = pipeline.write_letter(each.document.brief, templates=(ROOT / "templates",))
    assert said(pipeline.prove_letter(letter, each.document)) == ""
    assert said(pipeline.unproven_letter(each.document, templates=(ROOT / "templates",))) == ""
    wrong = replace(letter, text=letter.text.replace("%", "1%", 1), subject=f"{letter.subject} 77")
    found = said(pipeline.prove_letter(wrong, each.document))
    assert "the text of the e-mail" in found
    assert "the subject of the e-mail" in found


def test_a_text_may_print_only_the_facts_it_is_given(register: Register) -> None:
    price = ("BABA.price.d2025-10-02",)
    assert prove_text("It closed at US$189.34 on 2 October 2025.", register, facts=price, place="the text") == ()
    for wrong in ("US$189.35", "US$1189.34", "\u2212US$189.34", "US$189.34bn", "EUR 189.34", "2 October 2031", "21.9×"):
        assert prove_text(f"It closed at {wrong}.", register, facts=price, place="the text"), wrong
