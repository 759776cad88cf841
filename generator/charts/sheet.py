"""Sheet: the paper a chart is drawn on, in millimetres from the lower left corner; what comes later lies on top."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from generator.charts.geometry import Box, Point
from generator.charts.letters import box_of, font, shortened, width_of, wrapped
from generator.charts.style import BOUNDS, HEIGHTS, MM_PER_POINT, WIDTHS, Face, Look
from generator.charts.svg import to_svg
from generator.model.brief import Drawing, Width
from generator.model.fact import Fact
from generator.model.text import Figure, Strong, Text

if TYPE_CHECKING:
    from matplotlib.artist import Artist

Words = str | Text
Cell = str | float | None
Table = tuple[tuple[str, ...], Sequence[tuple[Cell, ...]]]


class Sheet:
    """A chart in the making. It remembers the facts it has printed and the room its labels and lines take.

    Why: with every label, bar and line placed in mm on one sheet, overlaps can be avoided before they are drawn,
    and the SVG holds nothing but paths and text.
    """

    def __init__(
        self, look: Look, width: Width, height: float | None = None, *, bounds: tuple[float, float] | None = None
    ) -> None:
        """Return a sheet of the usual or of a given height; `bounds` are the heights between which it can be asked for.

        A sheet with a height of its own and without bounds is always as high.
        """
        from matplotlib.figure import Figure as Canvas
        from matplotlib.transforms import Affine2D

        self.look = look
        self.width = WIDTHS[width]
        usual = height or HEIGHTS[width][look.size]
        self._bounds = bounds or (BOUNDS[width] if height is None else (usual, usual))
        low, high = self._bounds
        self.height = usual if look.height is None else min(max(look.height, low), max(high, usual))
        self._canvas = Canvas(figsize=(self.width / 25.4, self.height / 25.4), dpi=72)
        # Straight on the figure: axes bring spines, ticks and scales, and take longer to make than most charts.
        self._scale = Affine2D().scale(1 / MM_PER_POINT)
        self._taken: list[Box] = []
        self._lines: list[tuple[Sequence[Point], int]] = []
        self._facts: dict[str, Fact] = {}
        self._layer = 1

    # --- words ---

    def write(self, words: Words) -> str:
        """Return words as they are printed, figures in the house's wording."""
        if isinstance(words, str):
            return words
        return "".join(self._run(run) for run in words)

    def _run(self, run: str | Figure | Strong) -> str:
        if isinstance(run, Figure):
            return self.look.wording.write(run.fact, run.style)
        return run.words if isinstance(run, Strong) else run

    def width_of(self, words: Words, face: Face) -> float:
        """Return how many millimetres words take."""
        return width_of(self.write(words), face, self.look.typeface)

    def box_of(self, at: Point, words: Words, face: Face) -> Box:
        """Return the box words would take."""
        return box_of(self.write(words), face, self.look.typeface, x=at[0], y=at[1])

    def shortened(self, name: str, face: Face, limit: float) -> str:
        """Return a name cut to a width."""
        return shortened(name, face, self.look.typeface, limit)

    def wrapped(self, words: str, face: Face, limit: float) -> tuple[str, ...]:
        """Return words in at most two lines."""
        return wrapped(words, face, self.look.typeface, limit)

    def text(self, at: Point, words: Words, face: Face, *, tick: bool = False) -> Box:
        """Print words with the middle of their capitals at a place and return the box they take."""
        from matplotlib.text import Text as Letters

        shown = self.write(words)
        facts = () if isinstance(words, str) else tuple(run.fact for run in words if isinstance(run, Figure))
        self._facts.update({fact.id: fact for fact in facts})
        artist = Letters(
            at[0],
            at[1] - face.cap / 2,
            shown,
            fontproperties=font(self.look.typeface, face.weight, face.size),
            color=face.color,
            ha=face.align,
            va="baseline",
            parse_math=False,
        )
        artist.set_gid("tick" if tick else f"fact:{' '.join(fact.id for fact in facts)}" if facts else None)
        self._add(artist)
        box = self.box_of(at, words, face)
        self._taken.append(box)
        return box

    def stack(self, at: Point, lines: Sequence[Words], face: Face) -> None:
        """Print lines below each other, the first with the middle of its capitals at the place."""
        for i, line in enumerate(lines):
            self.text((at[0], at[1] - i * face.leading), line, face)

    def place(self, places: Sequence[tuple[Point, Face]], words: Words) -> Box:
        """Print words at the first place that is free of labels and lines; at the least crowded one if none is."""
        at, face = min(places, key=lambda place: self.crowd(self.box_of(place[0], words, place[1])))
        return self.text(at, words, face)

    def block(self, points: Sequence[Point], weight: int = 1) -> None:
        """Keep labels that look for a place off a line, the more the heavier it is."""
        self._lines.append((points, weight))

    def reserve(self, box: Box) -> None:
        """Keep labels that look for a place off a box."""
        self._taken.append(box)

    def free(self, box: Box) -> bool:
        """Whether a box lies on the sheet and touches no label and no line."""
        return self.crowd(box) == 0

    def crowd(self, box: Box) -> int:
        """Return how badly a place is taken: off the sheet is worst, then labels, then lines."""
        page = Box(0.0, 0.0, self.width, self.height)
        labels = sum(taken.meets(box) for taken in self._taken)
        return 8 * (not page.holds(box)) + 6 * labels + sum(weight * box.crossed(line) for line, weight in self._lines)

    # --- shapes ---

    def line(self, points: Sequence[Point], color: str, width: float = 0.5, dash: Sequence[float] = ()) -> None:
        """Draw a line; widths and dashes are in points."""
        from matplotlib.lines import Line2D

        xs, ys = [point[0] for point in points], [point[1] for point in points]
        style: Any = (0, tuple(part / width for part in dash)) if dash else "-"
        joins: Any = {"solid_joinstyle": "round", "dash_joinstyle": "round", "dash_capstyle": "butt"}
        cap: Any = "round" if len(points) > 2 else "butt"
        self._add(Line2D(xs, ys, color=color, linewidth=width, linestyle=style, solid_capstyle=cap, **joins))

    def area(self, points: Sequence[Point], color: str) -> None:
        """Fill a polygon."""
        from matplotlib.patches import Polygon

        self._add(Polygon(list(points), closed=True, facecolor=color, edgecolor="none", linewidth=0))

    def bar(self, box: Box, color: str, *, radius: float = 0.0, edge: str = "none") -> None:
        """Fill a rectangle, or outline it if an edge is given."""
        from matplotlib.patches import FancyBboxPatch, Rectangle

        style: Any = {"facecolor": color, "edgecolor": edge, "linewidth": 0.0 if edge == "none" else 0.8}
        corner, width, height = (box.left, box.bottom), box.width, box.height
        round_ = min(radius, width / 2, height / 2)
        if round_ <= 0:
            self._add(Rectangle(corner, width, height, **style))
        else:
            shape = f"round,pad=0,rounding_size={round_:.4f}"
            self._add(FancyBboxPatch(corner, width, height, boxstyle=shape, **style))

    def hatched(self, box: Box, color: str, gap: float = 1.3) -> None:
        """Draw an outlined rectangle with slanted lines: planned, not yet done."""
        start = box.left - box.height
        while start < box.right:
            left, right = max(start, box.left), min(start + box.height, box.right)
            if right > left:
                ends = ((left, box.bottom + left - start), (right, box.bottom + right - start))
                self.line(ends, color, 0.5)
            start += gap
        self.bar(box, "none", edge=color)

    def dot(self, at: Point, radius: float, color: str, *, edge: str = "none") -> None:
        """Draw a disc, or a ring if the colour is "none"."""
        from matplotlib.patches import Circle

        self._add(Circle(at, radius, facecolor=color, edgecolor=edge, linewidth=0.0 if edge == "none" else 0.9))

    def diamond(self, at: Point, radius: float, color: str) -> None:
        """Draw a square on its corner."""
        x, y = at
        self.area(((x - radius, y), (x, y + radius), (x + radius, y), (x, y - radius)), color)

    def _add(self, artist: Artist) -> None:
        artist.set_clip_on(False)
        artist.set_zorder(self._layer)
        artist.set_transform(self._scale)
        self._layer += 1
        self._canvas.add_artist(artist)

    # --- the finished chart ---

    def drawing(self, alt: Text, table: Table) -> Drawing:
        """Return the chart with its words, its data and the facts it prints."""
        columns, rows = table
        facts = tuple(self._facts.values())
        heights = (min(self._bounds[0], self.height), self.height, max(self._bounds[1], self.height))
        svg = to_svg(self._canvas)
        return Drawing(svg=svg, alt=alt, columns=columns, rows=tuple(rows), facts=facts, heights=heights)
