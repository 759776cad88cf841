"""Matching: what a PDF shows against what it was meant to show, word for word.

Every stretch of the page is sought in the words of the PDF and covered there. What is then left on a page may only be
page numbers, list markers and heads and feet; a digit too many, or a stretch with digits that is nowhere, is a
difference. Longer stretches are sought first, so that a chart's "20" does not take the "20" of a sentence.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.proof.stretches import Page, Stretch

COVER = "\0"
DIGIT = re.compile(r"\d")
DIGITS = re.compile(r"\d+")
MARKER = re.compile(r"source-(\d+)")
FIGURE = re.compile(r"[^\0]*\d[^\0]*")
SAME = {0xFFFE: "-", 0x2010: "-", 0x00AD: None, 0x200B: None, 0x2060: None, 0xFEFF: None, 0x02: None}
BLANK = {ord(c): None for c in " \t\r\n\f\v\u00a0\u2009\u200a\u202f\u2060\u00ad"} | SAME
PRINTED = ("text", "heading", "column", "head", "label", "tick")
NAMING = ("column", "head", "label")
"""What names the figures beside it: it must be there though it holds no digit."""
UNIT = re.compile(r"%(?=[^\W\d_])")
"""A percent sign ends a word also where the next one stands so near that a reader of the PDF sees no space."""
SHORT = 24
SOFT, MOST_SOFT = "\u00ad", 4
TORN = 8
MOST = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A place where page and brief differ: what the page shows, and the stretch that should stand there."""

    page: int
    shown: str
    meant: Stretch | None = None


def squeezed(words: str) -> str:
    """Return words without spaces and in small letters: what is left of them however lines break."""
    return words.translate(BLANK).lower()


@dataclass(slots=True, kw_only=True)
class _Sheet:
    """The squeezed words of all pages in a row, in which what has been found is covered.

    `edges` are the places where a word of the PDF begins, `starts` those where a page does.
    """

    words: str
    starts: list[int]
    edges: frozenset[int]

    @classmethod
    def of(cls, pages: Sequence[str]) -> _Sheet:
        edges, starts, words = {0}, [0], []
        place = 0
        for page in pages:
            for word in page.translate(SAME).split():
                words.append(letters := squeezed(word))
                edges.update(place + unit.end() for unit in UNIT.finditer(letters))
                place += len(letters)
                edges.add(place)
            starts.append(place)
        return cls(words="".join(words), starts=starts, edges=frozenset(edges))

    def page(self, place: int) -> int:
        return min(bisect_right(self.starts, place), len(self.starts) - 1)

    def cover(self, piece: str, *, whole: bool = False) -> int:
        """Cover a piece where it first stands (`whole`: as words of their own) and return its place, or -1."""
        place = self.words.find(piece)
        while whole and place >= 0 and not {place, place + len(piece)} <= self.edges:
            place = self.words.find(piece, place + 1)
        if place >= 0:
            self.hide(place, place + len(piece))
        return place

    def cover_whole(self, piece: str) -> int:
        """Cover a piece where it stands as words of its own, or, a long one, also torn; return its place, or -1."""
        if len(piece) < SHORT:
            return self.cover(piece, whole=True)
        place = self.cover(piece)
        return place if place >= 0 else self.cover_torn(piece)

    def left(self, start: int, end: int) -> Iterator[str]:
        """Yield the words with digits between two places that are not covered."""
        for piece in FIGURE.finditer(self.words, start, end):
            cuts = [piece.start(), *(i for i in range(piece.start() + 1, piece.end()) if i in self.edges), piece.end()]
            yield from (word for a, b in itertools.pairwise(cuts) if DIGIT.search(word := self.words[a:b]))

    def cover_all(self, piece: str) -> None:
        """Cover a piece wherever it stands."""
        self.words = self.words.replace(piece, COVER * len(piece))

    def cover_again(self, piece: str) -> None:
        """Cover the heads of a table's columns where they are repeated on a further page."""
        while self.cover(piece, whole=True) >= 0:
            pass

    def cover_torn(self, piece: str) -> int:
        """Cover a piece whose end stands further on than its beginning: a page or a column ended in between."""
        size = self._longest(piece)
        if size < TORN:
            return -1
        place = self.words.find(piece[:size])
        after = self.words.find(piece[size:], place + size)
        if after < 0 or self.page(after) > self.page(place) + 1:
            return -1
        self.hide(place, place + size)
        self.hide(after, after + len(piece) - size)
        return place

    def take_altered(self, piece: str) -> tuple[int, str] | None:
        """Cover what stands where a piece should, when most of it does; return its place and words."""
        head = self._longest(piece)
        tail = self._longest(piece[::-1], backwards=True)
        if head + tail < MOST * len(piece):
            return None
        if head >= TORN:
            start = self.words.find(piece[:head])
            end = self.words.find(piece[-tail:], start) + tail if tail >= TORN else start + len(piece)
        else:
            end = self.words.find(piece[-tail:]) + tail
            start = max(0, end - len(piece))
        if not 0 < end - start <= 2 * len(piece):
            end = start + len(piece)
        shown = self.words[start:end].strip(COVER)
        self.hide(start, end)
        return start, shown

    def hide(self, start: int, end: int) -> None:
        self.words = self.words[:start] + COVER * (end - start) + self.words[end:]

    def _longest(self, piece: str, *, backwards: bool = False) -> int:
        """Return how much of a piece's beginning stands somewhere (of its end, when it is given backwards)."""
        known, unknown = 0, len(piece) + 1
        while unknown - known > 1:
            middle = (known + unknown) // 2
            part = piece[:middle][::-1] if backwards else piece[:middle]
            if part in self.words:
                known = middle
            else:
                unknown = middle
        return known


def differences(page: Page, pages: Sequence[str], anchors: Mapping[str, int]) -> tuple[Difference, ...]:
    """Return where the pages of a PDF do not show what the page says; `anchors` are the pages its links lead to."""
    sheet = _Sheet.of(pages)
    shown = [each for each in page.stretches if each.kind in PRINTED]
    places, altered, missing = _covered(sheet, shown, page.running)
    for each in page.stretches:
        if each.kind == "column":
            sheet.cover_again(squeezed(each.words))
    over = _left_over(sheet, _structure(places, sheet), _pointers(shown, anchors))
    return (*altered, *_paired(missing, over))


def _cover(sheet: _Sheet, piece: str, stretch: Stretch) -> int:
    """Cover a stretch; a soft hyphen of it that ended a line of the pages stands there as a hyphen."""
    *parts, last = stretch.words.split(SOFT)
    if parts and len(parts) <= MOST_SOFT:
        for way in itertools.product(("-", ""), repeat=len(parts)):
            form = squeezed("".join(map("".join, zip(parts, way, strict=True))) + last)
            if (place := sheet.cover_whole(form)) >= 0:
                return place
    return sheet.cover_whole(piece)


def _covered(
    sheet: _Sheet, shown: Sequence[Stretch], running: Iterable[str]
) -> tuple[list[tuple[Stretch, int]], list[Difference], list[Stretch]]:
    """Cover what is found; return the stretches with their places, those found altered, and those that are nowhere."""
    pieces: list[tuple[str, Stretch | None]] = [(squeezed(each.words), each) for each in shown]
    pieces += [(squeezed(words), None) for words in running]
    places: list[tuple[Stretch, int]] = []
    altered: list[Difference] = []
    waiting: list[tuple[str, Stretch]] = []
    _cover_repeated(sheet, shown)
    for piece, each in sorted(pieces, key=lambda pair: -len(pair[0])):
        if each is None:
            sheet.cover_all(piece)
        elif (place := _cover(sheet, piece, each)) >= 0:
            places.append((each, place))
        elif len(piece) >= SHORT and (found := sheet.take_altered(piece)):
            altered += (
                [Difference(page=sheet.page(found[0]), shown=found[1], meant=each)] if _counts(piece, each) else []
            )
        else:
            waiting.append((piece, each))
    missing = []
    for piece, each in waiting:
        if (place := sheet.cover(piece)) >= 0:
            places.append((each, place))
        elif DIGIT.search(piece) or each.kind in NAMING:
            missing.append(each)
    return places, altered, missing


def _cover_repeated(sheet: _Sheet, shown: Sequence[Stretch]) -> None:
    """Cover the heads of a table, all of them in a row, where they are repeated on a further page.

    Why first, and why only all of them: a year of a chart would take that of "Sep 2023", or "Sep 2023" the chart's.
    """
    rows = [
        squeezed("".join(each.words for each in row))
        for kind, row in itertools.groupby(shown, key=lambda each: each.kind)
        if kind == "column"
    ]
    for row, tables in Counter(rows).items():
        place = -1
        for _ in range(tables):
            place = sheet.words.find(row, place + 1)
            if place < 0:
                break
        while place >= 0 and (place := sheet.words.find(row, place + 1)) >= 0:
            sheet.hide(place, place + len(row))


def _counts(piece: str, stretch: Stretch) -> bool:
    """Tell whether a change of a stretch touches numbers: it holds some."""
    return bool(stretch.marks) or DIGIT.search(piece) is not None


def _structure(places: Iterable[tuple[Stretch, int]], sheet: _Sheet) -> dict[int, Counter[str]]:
    """Return the digits that each page may show of its own: its number, the count of pages, list markers."""
    count = len(sheet.starts) - 1
    allowed = {number: Counter((str(number), str(count))) for number in range(1, count + 1)}
    for each, place in places:
        if each.kind == "text":
            markers = filter(None, map(MARKER.fullmatch, each.anchors))
            allowed[sheet.page(place)].update(marker[1] for marker in markers)
    return allowed


def _pointers(stretches: Iterable[Stretch], anchors: Mapping[str, int]) -> Counter[str]:
    """Return the page numbers that the links to sections may be followed by, one a link."""
    leads = (lead for each in stretches for lead in each.leads if lead.startswith("section-"))
    return Counter(str(anchors[lead]) for lead in leads if lead in anchors)


def _left_over(sheet: _Sheet, allowed: dict[int, Counter[str]], pointers: Counter[str]) -> list[tuple[int, str]]:
    """Return what is left on each page that holds a digit the page may not show of its own."""
    found = []
    for number, (start, end) in enumerate(itertools.pairwise(sheet.starts), start=1):
        for piece in sheet.left(start, end):
            own = Counter(DIGITS.findall(piece))
            rest = own - allowed[number]
            if rest - pointers:
                found.append((number, piece))
            else:
                allowed[number] -= own - rest
                pointers -= rest
    return found


def _paired(missing: list[Stretch], over: list[tuple[int, str]]) -> tuple[Difference, ...]:
    """Return each missing stretch with what stands in its place, then what stands there without being meant.

    What is missing without a figure in it and without anything in its place is only hidden by the template.
    """
    found = []
    for each in missing:
        best = max(over, key=lambda left: _likeness(squeezed(each.words), left[1]), default=None)
        if best is not None and 2 * _likeness(squeezed(each.words), best[1]) >= len(squeezed(each.words)):
            over.remove(best)
            found.append(Difference(page=best[0], shown=best[1], meant=each))
        elif each.marks or each.kind in NAMING:
            found.append(Difference(page=0, shown="", meant=each))
    found += [Difference(page=number, shown=piece) for number, piece in over]
    return tuple(sorted(found, key=lambda each: each.page))


def _likeness(one: str, other: str) -> int:
    """Return how many letters two pieces share at their beginnings and ends."""
    return _shared(one, other) + _shared(one[::-1], other[::-1])


def _shared(one: str, other: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
