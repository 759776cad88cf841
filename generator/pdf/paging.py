"""Paging: which blocks stand on which page, found by trying every way to break, as a typesetter breaks a paragraph.

Nothing here knows WeasyPrint: blocks are heights in mm, some of which may give or take a little because their charts
can be set lower or higher, and some of which may run over to the next page.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

NEVER = math.inf
PAGE = 3000.0
SPLIT = 60.0
LITTLE = 45.0
TOO_LITTLE = 4000.0
ENOUGH = 0.5
TOO_LONG = 1e6
SQUEEZE, STRETCH = 0.6, 0.04

Key = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart in a block: its number, its height, the bounds of it, and the room left blank beside or below it."""

    number: int
    height: float
    low: float
    high: float
    blank: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What is not parted from itself: a heading, a row of exhibits, a box; or what may be, a long text.

    `first` and `last` are the least of it that may stand at the foot of a page and at the head of the next; `again` is
    what is repeated there, or lost where columns are broken. `opens` is that it must be told to run over, `keeps`
    that its successor follows on the same page, `apart` what it falls into if it is taken apart.
    """

    key: Key
    height: float
    after: float = 0.0
    low: float = 0.0
    high: float = 0.0
    first: float = NEVER
    last: float = 0.0
    again: float = 0.0
    opens: bool = False
    keeps: bool = False
    floats: bool = False
    apart: tuple[Block, ...] = ()
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A page: its blocks from `start` up to `end`; the last of them runs over if `broken`."""

    start: int
    end: int
    broken: bool = False
    carried: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """The pages that cost least."""

    cost: float
    leaves: tuple[Leaf, ...]


@dataclass(slots=True)
class _Fill:
    """The heights of what stands on a page so far."""

    low: float = 0.0
    usual: float = 0.0
    high: float = 0.0

    def add(self, low: float, usual: float, high: float) -> None:
        self.low, self.usual, self.high = self.low + low, self.usual + usual, self.high + high

    def cost(self, room: float) -> float:
        """Return what a page costs that ends here: its hole, and how far its charts are from their usual height."""
        hole, over = max(0.0, room - self.high), max(0.0, self.usual - room)
        stretch = max(0.0, min(self.high, room) - self.usual)
        return PAGE + hole**2 + SQUEEZE * over**2 + STRETCH * stretch**2


@dataclass(slots=True)
class _Pager:
    blocks: Sequence[Block]
    room: float
    known: dict[tuple[int, float], Paging] = field(default_factory=dict)

    def rest(self, start: int, carried: float) -> Paging:
        """Return the best pages from a block on, of which `carried` mm are left (0: all of it)."""
        key = (start, round(carried, 1))
        if key not in self.known:
            options = self._options(start, carried)
            self.known[key] = min(options, key=lambda each: each.cost)
        return self.known[key]

    def _options(self, start: int, carried: float) -> list[Paging]:
        if start == len(self.blocks):
            return [Paging(cost=0.0, leaves=())]
        fill, options = _Fill(), list[Paging]()
        for end in range(start, len(self.blocks)):
            block, begun = self.blocks[end], end == start and carried > 0
            height = carried if begun else block.height
            options += self._broken(Leaf(start=start, end=end + 1, carried=carried), fill.usual, height)
            fill.add(*((height,) * 3 if begun else (block.low, height, block.high)))
            if fill.low > self.room and (options or end > start):
                break
            if not block.keeps:
                options.append(self._ended(Leaf(start=start, end=end + 1, carried=carried), fill))
            fill.add(block.after, block.after, block.after)
        return options or [Paging(cost=TOO_LONG, leaves=(Leaf(start=start, end=len(self.blocks)),))]

    def _broken(self, leaf: Leaf, above: float, height: float) -> list[Paging]:
        """Return the way to break inside the last block of a page, if it may."""
        block, head = self.blocks[leaf.end - 1], self.room - above
        if head < block.first or height - head < block.last:
            return []
        following = self.rest(leaf.end - 1, height - head + block.again)
        mark = Leaf(start=leaf.start, end=leaf.end, broken=True, carried=leaf.carried)
        cost = PAGE + following.cost + (SPLIT if block.opens else 0.0)
        return [Paging(cost=cost, leaves=(mark, *following.leaves))]

    def _ended(self, leaf: Leaf, fill: _Fill) -> Paging:
        """Return the way to end a page after a block; the last page may stay open, unless it holds too little."""
        if leaf.end == len(self.blocks):
            over = max(0.0, fill.usual - self.room)
            cost = PAGE + SQUEEZE * over**2 + (sparse(fill.usual, self.room) if leaf.start else 0.0)
        else:
            cost = fill.cost(self.room)
        if fill.low > self.room:
            cost += TOO_LONG
        following = self.rest(leaf.end, 0.0)
        return Paging(cost=cost + following.cost, leaves=(leaf, *following.leaves))


def sparse(height: float, room: float) -> float:
    """Return what it costs that a last page is filled to a height only: less than half of it looks left over."""
    return max(0.0, ENOUGH * room - height) ** 2 + (TOO_LITTLE if height < LITTLE else 0.0)


def paged(blocks: Sequence[Block], room: float) -> Paging:
    """Return the best way to put blocks, in their order, on pages with this much room."""
    return _Pager(blocks, room).rest(0, 0.0)


def set_heights(blocks: Sequence[Block], paging: Paging, room: float) -> Mapping[Key, float]:
    """Return how high each block is set: charts share what is left on their page, or what is lacking, alike."""
    found: dict[Key, float] = {}
    for i, leaf in enumerate(paging.leaves):
        shown = blocks[leaf.start : leaf.end]
        gaps = sum(block.after for block in shown[:-1])
        extra = 0.0 if leaf.broken else room - gaps - sum(block.height for block in shown) + _gone(blocks, leaf)
        if i == len(paging.leaves) - 1:
            extra = min(extra, 0.0)
        give = sum((block.high if extra > 0 else block.low) - block.height for block in shown)
        share = min(1.0, extra / give) if give else 0.0
        for block in shown:
            found[block.key] = block.height + share * ((block.high if extra > 0 else block.low) - block.height)
    return found


def holes(blocks: Sequence[Block], paging: Paging, room: float) -> list[float]:
    """Return what stays empty at the foot of each page; nothing where a block runs over."""
    heights = set_heights(blocks, paging, room)
    found = []
    for leaf in paging.leaves:
        shown = blocks[leaf.start : leaf.end]
        taken = sum(heights[block.key] for block in shown) + sum(block.after for block in shown[:-1])
        found.append(0.0 if leaf.broken else room - taken + _gone(blocks, leaf))
    return found


def _gone(blocks: Sequence[Block], leaf: Leaf) -> float:
    """Return how much of a page's first block stands on the page before."""
    return blocks[leaf.start].height - leaf.carried if leaf.carried else 0.0
