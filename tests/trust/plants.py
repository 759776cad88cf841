"""Plants: one error at a time, put into a finished brief. Each says what it is and whether it was caught.

A plant on a page changes the words that were read back from the finished PDF, or the PDF itself; one in the page's
source gives a figure words that are not its fact's; one in the ledger changes a fact and leaves what follows from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from pdf_edits import digits, with_digit
from shipped import Built

from generator.checks import check, check_brief
from generator.model.brief import Brief, Paragraph
from generator.model.fact import Fact, Unit
from generator.model.ledger import Ledger
from generator.model.text import Text, say
from generator.proof import Page, Printed, Register, Stretch, prove, read_page, read_pdf
from generator.proof.matching import differences
from generator.proof.register import unresolved
from generator.proof.stretches import plain

DIGIT = re.compile(r"\d")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
ON_A_PAGE, IN_A_CHART, BESIDE, IN_THE_FILE, SOURCE = 110, 20, 8, 5, 12


@dataclass(frozen=True, kw_only=True)
class Plant:
    """One planted error: its kind, the brief it was put into, what was changed, and whether it was caught."""

    kind: str
    ticker: str
    what: str
    caught: bool


@dataclass(frozen=True, kw_only=True)
class Soil:
    """A finished brief with what is read of it once."""

    ticker: str
    built: Built
    printed: Printed
    page: Page
    register: Register

    @classmethod
    def of(cls, ticker: str, built: Built) -> Soil:
        """Return a brief ready to be planted into."""
        printed = read_pdf(built.document.pdf)
        names = [name.removesuffix(".csv") for name in printed.attachments]
        register = Register.of(
            built.document.brief, built.ledger, names=(*names, *(name.removeprefix("exhibit-") for name in names))
        )
        return cls(
            ticker=ticker, built=built, printed=printed, page=read_page(built.document.html), register=register
        )  # fmt: skip

    def shows(self, number: int, old: str, new: str, place: int) -> bool:
        """Tell whether the proof sees that a page shows other words at a place."""
        pages = list(self.printed.pages)
        pages[number] = pages[number][:place] + new + pages[number][place + len(old) :]
        return bool(differences(self.page, pages, self.printed.anchors))


def spread(found: list[tuple[int, int, str]], count: int) -> Iterator[tuple[int, int, str]]:
    """Yield so many of some places, evenly spread over all of them."""
    step = max(1, len(found) // count)
    return islice(found[::step], count)


def on_pages(soil: Soil) -> Iterator[Plant]:
    """Digits changed, figures swapped for others of the page, months and names swapped."""
    places = [
        (number, match.start(), match[0])
        for number, words in enumerate(soil.printed.pages)
        for match in DIGIT.finditer(words)
    ]
    for i, (number, place, old) in enumerate(spread(places, ON_A_PAGE)):
        new = str((int(old) + 1 + i % 8) % 10)
        yield _shown(soil, "a digit on a page", (number, place), old, new)
    figures = _figures(soil)
    for i, (number, place, old) in enumerate(spread(figures, IN_A_CHART)):
        new = next(each for _, _, each in (*figures[i:], *figures) if each != old)
        yield _shown(soil, "another fact's value", (number, place), old, new)
    signs = [
        (number, match.start(), match[0])
        for number, words in enumerate(soil.printed.pages)
        for match in re.finditer(r"[+\u2212](?=[\dUR])", words)
    ]
    for number, place, old in spread(signs, IN_A_CHART // 2):
        yield _shown(soil, "a sign on a page", (number, place), old, "" if old == "\u2212" else "\u2212")
    yield from _swapped(soil, "a period swapped", [f" {month} 20" for month in MONTHS])
    names = [company.short_name for company in soil.built.ledger.companies.values()]
    yield from _swapped(soil, "a company swapped", [f"{name} {mark}" for name in names for mark in ("US$", "+", "at ")])


def _shown(soil: Soil, kind: str, at: tuple[int, int], old: str, new: str) -> Plant:
    number, place = at
    what = f"page {number + 1}: {old!r} becomes {new!r}"
    return Plant(kind=kind, ticker=soil.ticker, what=what, caught=soil.shows(number, old, new, place))


def _figures(soil: Soil) -> list[tuple[int, int, str]]:
    """Return where the pages show figures of facts, as they stand in the words read back."""
    written = {plain(each.words[mark.start : mark.end]) for each in soil.page.stretches for mark in each.marks}
    telling = sorted(each for each in written if len(DIGIT.findall(each)) > 1)
    pages = enumerate(soil.printed.pages)
    return sorted((number, words.find(each), each) for number, words in pages for each in telling if each in words)


def _swapped(soil: Soil, kind: str, words: list[str]) -> Iterator[Plant]:
    found = [
        (number, match.start(), each)
        for number, page in enumerate(soil.printed.pages)
        for each in words
        for match in re.finditer(re.escape(each), page)
    ]
    for number, place, old in spread(found, IN_A_CHART // 2):
        new = next(each for each in words if each != old)
        yield _shown(soil, kind, (number, place), old, new)


def beside_pages(soil: Soil) -> Iterator[Plant]:
    """Digits changed in alternative texts, bookmarks and the title."""
    for kind in ("alts", "bookmarks", "info"):
        texts: tuple[str, ...] = getattr(soil.printed, kind)
        places = [(i, match.start(), match[0]) for i, words in enumerate(texts) for match in DIGIT.finditer(words)]
        for i, place, old in spread(places, BESIDE if kind == "alts" else 2):
            new = str((int(old) + 3) % 10)
            changed = (*texts[:i], texts[i][:place] + new + texts[i][place + 1 :], *texts[i + 1 :])
            given: Any = {kind: changed}
            proof = prove(replace(soil.printed, **given), soil.page, soil.register)
            what = f"{kind}: {old} becomes {new}"
            yield Plant(kind="a digit beside the pages", ticker=soil.ticker, what=what, caught=bool(proof.findings))


def in_the_file(soil: Soil) -> Iterator[Plant]:
    """Digits changed in the PDF itself."""
    found = digits(soil.built.document.pdf)
    for i, digit in enumerate(found[:: max(1, len(found) // IN_THE_FILE)][:IN_THE_FILE]):
        changed = read_pdf(with_digit(soil.built.document.pdf, digit, nth=i))
        seen = differences(soil.page, changed.pages, changed.anchors)
        what = f"page {digit.page + 1}: a drawn {digit.letter}"
        yield Plant(kind="a digit in the PDF itself", ticker=soil.ticker, what=what, caught=bool(seen))


REWRITTEN: dict[str, Callable[[str], str]] = {
    "a currency": lambda words: words.replace("US$", "\u20ac") if "US$" in words else words.replace("RMB", "US$"),
    "a unit": lambda words: words.replace("%", "×") if "%" in words else words.replace("×", "%"),
    "a scale": lambda words: words.replace("bn", "m") if "bn" in words else words.replace("tn", "bn"),
}


def in_the_source(soil: Soil) -> Iterator[Plant]:
    """Figures whose words are not those of their facts: another sign, currency, unit or scale."""
    changes = {"a sign": None, **REWRITTEN}
    for name, change in changes.items():
        found = []
        for each in soil.page.stretches:
            for mark in each.marks if each.kind == "text" else ():
                old = each.words[mark.start : mark.end].strip()
                fact = soil.built.ledger.facts.get(mark.facts[0])
                if fact is None or not fact.number or not DIGIT.search(old):
                    continue
                new = change(old) if change else _of_other_sign(old, fact)
                if new != old:
                    found.append((each, mark.start, mark.end, new))
        for each, start, end, new in found[:: max(1, len(found) // SOURCE)][:SOURCE]:
            caught = bool(unresolved(_rewritten(each, start, end, new), soil.register))
            yield Plant(kind=f"{name} in a figure", ticker=soil.ticker, what=f"{new}", caught=caught)


def _of_other_sign(words: str, fact: Fact) -> str:
    """Return a figure with the sign that its fact does not have."""
    bare = words.lstrip("+\u2212")
    return f"\u2212{bare}" if (fact.number or 0.0) > 0 else f"+{bare}"


def _rewritten(stretch: Stretch, start: int, end: int, new: str) -> Stretch:
    more = len(new) - (end - start)
    marks = tuple(
        replace(
            mark,
            start=mark.start + (more if mark.start > start else 0),
            end=mark.end + (more if mark.end >= end else 0),
        )
        for mark in stretch.marks
    )
    return replace(stretch, words=stretch.words[:start] + new + stretch.words[end:], marks=marks)


Change = Callable[[Fact, Ledger], Fact]


def scaled(factor: float) -> Change:
    """Return the change that multiplies a figure."""
    return lambda fact, _: replace(fact, value=(fact.number or 0.0) * factor)


def older(fact: Fact, held: Ledger) -> Fact:
    """Return a figure with the value of the period before, under its own period."""
    rows = [
        each for each in held.current(fact.entity, fact.metric, kind=fact.period.kind, name=fact.name) if each.known
    ]
    return replace(fact, value=rows[-2].value) if len(rows) > 1 else replace(fact, value=(fact.number or 0.0) * 0.93)


def earlier(fact: Fact, held: Ledger) -> Fact:
    """Return a figure of the newest period under the period before."""
    rows = [each for each in held.current(fact.entity, fact.metric, kind=fact.period.kind) if each.known]
    return replace(fact, period=rows[-2].period if len(rows) > 1 else fact.period)


def of_a_peer(fact: Fact, held: Ledger) -> Fact:
    """Return a figure as if it were a peer's."""
    return replace(fact, entity=held.peers[0])


def in_euros(fact: Fact, _: Ledger) -> Fact:
    """Return an amount in another currency."""
    return replace(fact, currency="EUR")


IN_THE_LEDGER: dict[str, tuple[tuple[str, Change], ...]] = {
    "a stale figure": (("price", scaled(0.95)), ("market_value", scaled(0.95)), ("revenue_growth", older),
                       ("net_margin", older), ("free_cash_flow", older), ("pe_ttm", scaled(0.93))),
    "a period of a fact": (("revenue", earlier), ("net_income_attributable", earlier)),
    "a currency of a fact": (("price", in_euros), ("revenue", in_euros), ("market_value", in_euros)),
    "a sign of a fact": (("revenue", scaled(-1)), ("revenue_growth", scaled(-1)), ("net_margin", scaled(-1)),
                         ("price", scaled(-1))),
    "a peer's fact": (("revenue", of_a_peer), ("net_income_attributable", of_a_peer), ("price", of_a_peer)),
    "a unit of a fact": (("net_margin", lambda fact, _: replace(fact, unit=Unit.MULTIPLE)),
                         ("pe_ttm", lambda fact, _: replace(fact, unit=Unit.FRACTION)),
                         ("market_value", lambda fact, _: replace(fact, currency=None))),
    "a scale of a fact": (("revenue", scaled(1000)), ("market_value", scaled(1000)), ("securities", scaled(1000)),
                          ("market_value", scaled(0.001)), ("pe_ttm", scaled(10))),
}  # fmt: skip


def in_the_ledger(soil: Soil) -> Iterator[Plant]:
    """Facts changed, with what follows from them left as it was."""
    held = soil.built.ledger
    before = {(each.check, each.facts) for each in check(held)}
    for kind, plants in IN_THE_LEDGER.items():
        for metric, change in plants:
            fact = held.latest(soil.ticker, metric)
            if not fact.known:
                continue
            planted = held.plus([change(fact, held)])
            new = {
                each.check for each in check(planted) if each.level != "note" and (each.check, each.facts) not in before
            }
            yield Plant(kind=kind, ticker=soil.ticker, what=f"{metric}: {', '.join(sorted(new))}", caught=bool(new))


def in_words(soil: Soil) -> Iterator[Plant]:
    """Words that the facts beside them do not bear out, in several sections."""
    held, brief = soil.built.ledger, soil.built.document.brief
    week = held.latest(soil.ticker, "price_change", name="1w")
    year = held.latest(soil.ticker, "price_change", name="1y")
    sentences = {
        "surged": say("The price surged {change:abs} in one week.", change=week),
        "doubled": say("The price doubled in one week, by {change:abs}.", change=week),
        "halved": say("The price halved in one week, by {change:abs}.", change=week),
        "guaranteed": say("After {change:signed} in a year, further gains are guaranteed.", change=year),
        "will outperform": say("After {change:signed} in a year, it will outperform.", change=year),
    }
    for key in ("thesis", "valuation", "conclusion"):
        for word, sentence in sentences.items():
            new = check_brief(_saying(brief, key, sentence), held)
            caught = any(each.level != "note" for each in new)
            yield Plant(kind="a wrong word", ticker=soil.ticker, what=f"{word} in {key}", caught=caught)


def _saying(brief: Brief, key: str, sentence: Text) -> Brief:
    more = Paragraph(sentences=(sentence,))
    sections = (replace(s, prose=(*s.prose, more)) if s.key == key else s for s in brief.sections)
    return replace(brief, sections=tuple(sections))


def planted(soil: Soil) -> Iterator[Plant]:
    """Yield every plant of one brief."""
    for sow in (on_pages, beside_pages, in_the_file, in_the_source, in_the_ledger, in_words):
        yield from sow(soil)
