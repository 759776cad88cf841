"""Proving: every number that a finished brief shows is a fact as the house writes it, or the brief's own structure.

Two steps, so that a digit changed into the value of another fact is caught too. What the page was meant to print is
resolved place by place: a figure must be written as *its* fact is. What the PDF shows must then be that, word for word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from generator.model.brief import Brief
from generator.model.document import Proof
from generator.model.finding import Finding
from generator.model.ledger import Ledger
from generator.model.text import Text
from generator.proof.matching import Difference, differences, squeezed
from generator.proof.reading import Printed, read_pdf
from generator.proof.register import NUMBER, Register, printed_facts, unexplained, unresolved
from generator.proof.stretches import Page, Stretch, plain, read_page

CHECK = "proof"
LONG = 160
PARTS = re.compile(r"\n\s*\n")
APART = 24
WRITTEN = re.compile(
    r"[\u2212+(]?(?:(?:us|hk)?\$|rmb\s?|[\u20ac\u00a3\u00a5])?\d[\d.,]*(?:%|×|bn\b|tn\b|m\b)?", re.IGNORECASE
)
ADVICE = "do not send this file; build the brief again, and if it stays, look at the template or the text named here"


def prove_pdf(pdf: bytes, page: Page, brief: Brief, ledger: Ledger) -> Proof:
    """Return the proof of a brief that was just printed."""
    names = (f"exhibit-{each.number:02d}-{each.key}" for each in brief.exhibits)
    listed = (part for name in names for part in (name, name.removeprefix("exhibit-")))
    return prove(read_pdf(pdf), page, Register.of(brief, ledger, names=tuple(listed)))


def prove(printed: Printed, page: Page, register: Register) -> Proof:
    """Return the proof of a finished PDF against what its page says and the facts behind it."""
    findings = (
        *(_unresolved(each, numbers) for each, numbers in _open_questions(page, register)),
        *(_differs(each, register) for each in differences(page, printed.pages, printed.anchors)),
        *_beside(printed, page, register),
    )
    said = (*printed.pages, *printed.alts, *printed.bookmarks, *printed.info)
    numbers = sum(len(NUMBER.findall(words)) for words in said)
    return Proof(pages=len(printed.pages), numbers=numbers, findings=findings)


def prove_text(words: str, register: Register, *, facts: Iterable[str], place: str) -> tuple[Finding, ...]:
    """Return a finding for every number in plain words that none of these facts, as written, accounts for.

    `facts` are those the text may print, such as `printed_facts` of the brief's page; `place` names the text.
    """
    known = tuple(facts)
    asked = ((part, unexplained(plain(part), register, known=known)) for part in PARTS.split(words))
    return tuple(_finding(_sentence(place, numbers, part)) for part, numbers in asked if numbers)


def prove_html(html: str, register: Register, *, facts: Iterable[str] = (), place: str) -> tuple[Finding, ...]:
    """Return the findings of a page that is read as it is, such as an e-mail's: its figures carry their facts."""
    known = tuple(facts)
    asked = ((each, unresolved(each, register, known=known)) for each in read_page(html).stretches)
    return tuple(_finding(_sentence(place, numbers, each.words), _facts_of(each)) for each, numbers in asked if numbers)


def _open_questions(page: Page, register: Register) -> list[tuple[Stretch, tuple[str, ...]]]:
    known = printed_facts(page)
    asked = [(each, unresolved(each, register, known=known if _in_words(each) else ())) for each in page.stretches]
    return [(each, numbers) for each, numbers in asked if numbers]


def _in_words(stretch: Stretch) -> bool:
    """Tell whether a stretch holds figures that no mark can show: an alternative text, a title."""
    return stretch.kind in ("alt", "title")


def _beside(printed: Printed, page: Page, register: Register) -> Iterable[Finding]:
    """Yield what stands beside the pages and is not as the page says: alternative texts, bookmarks, title, files."""
    meant = {squeezed(each.words) for each in page.stretches if each.kind in ("alt", "title", "heading")}
    beside: Sequence[tuple[str, Sequence[str]]] = (
        ("the alternative text of an exhibit", printed.alts),
        ("a bookmark", printed.bookmarks),
        ("the title of the file", printed.info),
    )
    for place, texts in beside:
        for words in texts:
            if NUMBER.search(words) and squeezed(words) not in meant:
                yield _finding(_sentence(place, tuple(NUMBER.findall(words)), words))
    for name in printed.attachments:
        if numbers := unexplained(name, register):
            yield _finding(_sentence("the name of an attachment", numbers, name))


def _unresolved(stretch: Stretch, numbers: tuple[str, ...]) -> Finding:
    place = {"alt": "the alternative text of an exhibit", "label": "the label of a chart", "title": "the title"}
    return _finding(_sentence(place.get(stretch.kind, "the text"), numbers, stretch.words), _facts_of(stretch))


def _sentence(place: str, numbers: Sequence[str], words: str) -> str:
    shown = ", ".join(dict.fromkeys(numbers))
    are = "is no fact of this brief as it is written there" if len(set(numbers)) == 1 else "are no facts of this brief"
    return f"In {place}, {shown} {are}: \u201c{shortened(words)}\u201d."


def _differs(each: Difference, register: Register) -> Finding:
    """Return the finding of a place where the PDF does not show what the page says, with the facts that stand there."""
    page = f"Page {each.page}" if each.page else "No page"
    if each.meant is None:
        return _finding(f"{page} shows \u201c{each.shown[:LONG]}\u201d, which the brief does not say.")
    meant, shown, at = around(each.meant.words, each.shown)
    facts = _facts_at(each.meant, at) or _facts_of(each.meant)
    known = (register.ledger.facts[name] for name in facts[:2] if name in register.ledger.facts)
    names = "; ".join(f"{fact.label}{f' ({fact.name})' if fact.name else ''}, {fact.period.label}" for fact in known)
    what = f" ({names})" if names else ""
    return _finding(
        f"{page} shows \u201c{shown}\u201d where the brief says \u201c{meant}\u201d{what}: "
        f"\u201c{shortened(each.meant.words)}\u201d.",
        facts,
    )


def around(meant: str, shown: str) -> tuple[str, str, int]:
    """Return the words that differ between two texts, as meant and as shown, and where in the first one they stand.

    The second text comes without spaces, as the pages are compared.
    """
    letters = [i for i, letter in enumerate(meant) if squeezed(letter)]
    bare = squeezed(meant)
    first = next((i for i, (a, b) in enumerate(zip(bare, shown, strict=False)) if a != b), min(len(bare), len(shown)))
    at = letters[min(first, len(letters) - 1)] if letters else 0
    return _word_at(meant, at), _word_at(shown, first), at


def _word_at(words: str, place: int) -> str:
    """Return the figure that stands at a place of a text, or a few letters around it."""
    for found in WRITTEN.finditer(words):
        if found.start() <= place <= found.end():
            return plain(found[0])
    return plain(words[max(0, place - APART) : place + APART])


def _facts_at(stretch: Stretch, place: int) -> tuple[str, ...]:
    return tuple(
        name for mark in stretch.marks if mark.start <= place <= mark.end for name in mark.facts if name[0] != "#"
    )


def _facts_of(stretch: Stretch) -> tuple[str, ...]:
    marked = (name for mark in stretch.marks for name in mark.facts if not name.startswith("#"))
    return tuple(dict.fromkeys((*marked, *stretch.facts)))


def _finding(sentence: str, facts: tuple[str, ...] = ()) -> Finding:
    message: Text = (sentence,)
    return Finding(check=CHECK, level="block", message=message, advice=ADVICE, facts=facts)


def shortened(words: str) -> str:
    """Return a sentence as it is quoted: on one line, and not too long."""
    line = plain(words)
    return line if len(line) <= LONG else f"{line[:LONG].rsplit(' ', 1)[0]} \u2026"
