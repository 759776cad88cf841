"""Filling the pages: the first layout is measured, the best pages are found on paper, and laid out.

A template marks what may give way: `data-float` on a block that may be printed before its neighbours (a callout),
`data-if-pushed="split"` on one that may run over if it must (a long table), `data-if-pushed="apart"` on prose beside a
chart, and `data-heights` on a chart that can be drawn lower or higher.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from weasyprint.document import Document

from generator.pdf import tree
from generator.pdf.arrangement import Arrangement
from generator.pdf.measuring import measured
from generator.pdf.paging import PAGE, Block, Key, Paging, holes, paged, set_heights, sparse
from generator.pdf.setting import Setting

MOVED = 40.0
SLACKS = (1.6, 4.6, 9.2)
ROUNDS = 2
SAME = 0.3
AIR = 2.6
AS_IT_IS = Arrangement()


@dataclass(frozen=True, slots=True)
class Order:
    """The blocks in the order in which they are put on pages; some taken apart, some moved."""

    blocks: tuple[Block, ...]
    apart: frozenset[Key] = frozenset()
    moved: int = 0

    @property
    def parts(self) -> tuple[Block, ...]:
        """The blocks, those taken apart as their parts."""
        return tuple(part for each in self.blocks for part in (each.apart if each.key in self.apart else (each,)))

    def paged(self, room: float) -> Paging:
        """Return the best pages of this order; moving and taking apart cost a little."""
        found = paged(self.parts, room)
        return replace(found, cost=found.cost + MOVED * (self.moved + len(self.apart)))


def filled(setting: Setting) -> Document:
    """Return the layout whose pages are best filled, arranged by what a first one on endless paper has measured.

    Why more than one try: a page may break other than was meant, then it is planned again with more slack.
    """
    endless = setting.measure()
    blocks = measured(endless)
    if not blocks:
        return setting.lay_out(AS_IT_IS)
    tries = []
    for slack in SLACKS:
        room = tree.height(endless.pages[-1]) - slack
        order = ordered(blocks, room)
        paging = order.paged(room)
        tries.append(document := setting.lay_out(arrangement(order, paging, room)))
        if len(document.pages) - _fronts(document) <= len(paging.leaves):
            break
    return min(tries, key=badness)


def _fronts(document: Document) -> int:
    return sum(tree.name(page) == "front" for page in document.pages)


def badness(document: Document) -> float:
    """Return the squares of the holes of all pages but the first and the last, and a page's worth for each page.

    A last page with little on it is bad too.
    """
    holes_ = sum(max(tree.hole(page), 0.0) ** 2 for page in document.pages[1:-1])
    last = document.pages[-1]
    left = sparse(tree.height(last) - tree.hole(last), tree.height(last)) if len(document.pages) > 2 else 0.0
    return holes_ + PAGE * len(document.pages) + left


def ordered(blocks: Sequence[Block], room: float) -> Order:
    """Return the order whose pages cost least: each block that may give way is tried in each of its places."""
    best = Order(tuple(blocks))
    cost = best.paged(room).cost
    for _ in range(ROUNDS):
        before = cost
        for key in [block.key for block in blocks if block.floats or block.apart]:
            for other in _others(best, key):
                if (found := other.paged(room).cost) < cost:
                    best, cost = other, found
        if cost == before:
            break
    return best


def _others(order: Order, key: Key) -> Iterator[Order]:
    """Yield the orders in which one block stands elsewhere in its section, or is taken apart."""
    block = next(each for each in order.blocks if each.key == key)
    if block.apart:
        yield Order(order.blocks, order.apart ^ {key}, order.moved)
        return
    rest = tuple(each for each in order.blocks if each.key != key)
    places = [i for i, each in enumerate(rest) if each.key[0] == key[0]]
    now = order.blocks.index(block)
    for place in range(places[0] + 2, places[-1] + 2) if places else ():
        if place != now:
            yield Order((*rest[:place], block, *rest[place:]), order.apart, order.moved + 1)


def arrangement(order: Order, paging: Paging, room: float) -> Arrangement:
    """Return what must be changed on the page so that it breaks as planned."""
    blocks, heights = order.parts, set_heights(order.parts, paging, room)
    empty = holes(blocks, paging, room)
    opened: set[Key] = set()
    gaps: dict[Key, float] = {}
    breaks: set[Key] = set()
    parted: set[Key] = set()
    for i, leaf in enumerate(paging.leaves[:-1]):
        last, shown = blocks[leaf.end - 1], blocks[leaf.start : leaf.end]
        if leaf.broken:
            opened |= {last.key} if last.opens else set()
            continue
        air = min(AIR, empty[i] / max(1, len(shown) - 1))
        if air > SAME:
            gaps |= {each.key: round(each.after + air, 2) for each in shown[:-1] if not each.keeps}
        following = blocks[leaf.end].key
        (parted if following == last.key else breaks).add(following)
    charts = {
        chart.number: height
        for block in blocks
        for chart in block.charts
        if abs(
            (height := _set(heights[block.key] - block.height + chart.height + chart.blank, chart.low, chart.high))
            - chart.height
        )
        > SAME
    }
    orders = {
        section: [each.key[1] for each in order.blocks if each.key[0] == section]
        for section in {each.key[0] for each in order.blocks}
    }
    return Arrangement(
        orders=orders if order.moved else {},
        apart=order.apart,
        opened=frozenset(opened),
        gaps=gaps,
        breaks=frozenset(breaks),
        parted=frozenset(parted),
        heights=charts,
    )


def _set(height: float, low: float, high: float) -> float:
    return round(min(max(height, low), high), 1)
