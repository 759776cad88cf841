"""Limits: how much a template may make, so that none can fill the memory or keep the printer busy for ever.

Why these: WeasyPrint has no limits of its own; the measures lie far above what any brief needs. What is left (a
stylesheet that keeps the printer thinking) ends with the process, which has limits of time and memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from html.parser import HTMLParser

from jinja2.exceptions import SecurityError

from generator.errors import TemplateError

LARGEST = 4_000_000
DEEPEST, MOST_CELLS, WIDEST = 100, 20_000, 1_000
MOST_STEPS = 10_000
LEAVES_OPEN = frozenset(
    ("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)  # fmt: skip
FORBIDDEN = frozenset(
    ("script", "iframe", "frame", "object", "embed", "applet", "base", "form", "video", "audio", "foreignobject", "use")
)  # fmt: skip
SPANS = ("colspan", "rowspan", "span")
NUMBER = re.compile(r"(?<![\w#.])(?:\d{6,}|\d[\d.]*[eE]\+?\d)")
FANNED = re.compile(r"--[\w-]+\s*:[^;}]*var\([^;}]*var\(")


def steps() -> Callable[..., range]:
    """Return the `range` of one page: all its loops together may count to ten thousand."""
    left = MOST_STEPS

    def counted(*bounds: int) -> range:
        nonlocal left
        found = range(*bounds)
        # Not len(): it fails on very long ranges in words of its own.
        if found and abs(found[-1] - found[0]) // abs(found.step) >= left:
            raise SecurityError(f"the ranges of a page may count to {MOST_STEPS:,} in all")
        left -= len(found)
        return found

    return counted


def joined(parts: Iterable[str]) -> str:
    """Return texts as one, as long as a page may be long."""
    held: list[str] = []
    length = 0
    for part in parts:
        length += len(part)
        if length > LARGEST:
            raise SecurityError(f"the text is longer than {LARGEST:,} characters")
        held.append(part)
    return "".join(held)


def check_length(text: str, old: str, new: str) -> None:
    """Let a replacement pass whose result is not too long."""
    if len(text) + text.count(old) * len(new) > LARGEST:
        raise SecurityError(f"the text would be longer than {LARGEST:,} characters")


class _Measure(HTMLParser):
    """Measures a page and notes what it must not hold."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.deepest = self.cells = 0
        self.faults: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in LEAVES_OPEN:
            self.depth += 1
            self.deepest = max(self.deepest, self.depth)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.cells += tag in ("td", "th")
        given = {name: (value or "").strip() for name, value in attrs}
        if found := heavy(given.get("style", "")):
            self.faults[found[0]] = None
        if tag in FORBIDDEN:
            self.faults[f"it holds a <{tag}>"] = None
        if any(name.startswith("on") for name in given):
            self.faults[f"a <{tag}> holds a script"] = None
        if "attachment" in given.get("rel", "").lower():
            self.faults["it would attach a file"] = None
        if any(len(given[name]) > 4 or int(given[name] or 0) > WIDEST for name in SPANS if _is_number(given.get(name))):
            self.faults[f"a cell spans more than {WIDEST:,}"] = None

    def handle_data(self, data: str) -> None:
        if self.lasttag == "style" and (found := heavy(data)):
            self.faults[found[0]] = None

    def handle_endtag(self, tag: str) -> None:
        self.depth = max(self.depth - (tag not in LEAVES_OPEN), 0)


def heavy(css: str) -> tuple[str, int] | None:
    """Return what in a stylesheet would keep the printer busy for ever, and in which line; None if nothing would."""
    for pattern, what in (
        (NUMBER, "a stylesheet holds a number above 99,999"),
        (FANNED, "a property of a stylesheet is made of several others"),
    ):
        if found := pattern.search(css):
            return what, css.count("\n", 0, found.start()) + 1
    return None


def check_sheet(css: str, place: str) -> None:
    """Let a stylesheet pass that can be applied in reasonable time and memory.

    Raises:
        TemplateError: naming the file and the line.
    """
    if found := heavy(css):
        raise TemplateError(f"{place}, line {found[1]}: {found[0]}; take it out")


def _is_number(text: str | None) -> bool:
    return bool(text) and str(text).isdecimal()


def check_page(html: str, place: str) -> str:
    """Return a page that can be printed in reasonable time and memory, and that nothing acts in.

    Raises:
        TemplateError: naming the template, what is too much, and the limit.
    """
    size = len(html.encode())
    faults: Sequence[str] = [f"the page has {size:,} bytes, and may have {LARGEST:,}"] if size > LARGEST else []
    if not faults:
        measure = _Measure()
        measure.feed(html)
        faults = [*measure.faults]
        if measure.deepest > DEEPEST:
            faults.append(f"elements are nested {measure.deepest:,} deep, and may be {DEEPEST}")
        if measure.cells > MOST_CELLS:
            faults.append(f"its tables have {measure.cells:,} cells, and may have {MOST_CELLS:,}")
    if faults:
        raise TemplateError(f"{place}: {'; '.join(faults)}; make the template, or the data it prints, simpler")
    return html
