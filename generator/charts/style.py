"""Style: colours, letters and printed sizes that every chart of a brief shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

from generator.model.brief import Width
from generator.model.wording import Wording

Size = Literal["S", "M", "L"]
Tone = Literal["brand", "blue", "teal", "accent", "muted"]
Align = Literal["left", "center", "right"]

FAMILY = "Source Sans 3"
FILES: Mapping[int, str] = MappingProxyType(
    {400: "SourceSans3-Regular.ttf", 600: "SourceSans3-Semibold.ttf", 700: "SourceSans3-Bold.ttf"}
)
MM_PER_POINT = 25.4 / 72
MEDIUM = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeface:
    """The letters of a chart: the family, as stylesheets call it, and its upright files by their weights."""

    family: str
    files: tuple[tuple[int, Path], ...]

    @classmethod
    def of_house(cls, folder: Path) -> Typeface:
        """Return the typeface of the house, whose files lie in a folder."""
        return cls(family=FAMILY, files=tuple((weight, folder / name) for weight, name in FILES.items()))

    def file(self, weight: int) -> Path:
        """Return the file of a weight, or of the one a page would take for it: bolder for bold words, else lighter."""
        found = dict(self.files)
        heavier, lighter = (
            sorted(each for each in found if each > weight),
            sorted((each for each in found if each < weight), reverse=True),
        )
        order = (*heavier, *lighter) if weight > MEDIUM else (*lighter, *heavier)
        return found[weight if weight in found else order[0]]


WIDTHS: Mapping[Width, float] = MappingProxyType({"main": 118.0, "half": 85.0, "full": 178.0, "side": 46.0})
HEIGHTS: Mapping[Width, Mapping[Size, float]] = MappingProxyType(
    {
        "main": {"S": 60.0, "M": 70.0, "L": 82.0},
        "half": {"S": 43.0, "M": 52.0, "L": 60.0},
        "full": {"S": 50.0, "M": 58.0, "L": 68.0},
        "side": {"S": 15.0, "M": 18.0, "L": 21.0},
    }
)
BOUNDS: Mapping[Width, tuple[float, float]] = MappingProxyType(
    {"main": (50.0, 104.0), "half": (38.5, 66.0), "full": (42.0, 80.0), "side": (15.0, 21.0)}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of one brand, as "#RRGGBB"."""

    brand: str = "#0F2C4C"
    brand_2: str = "#174A78"
    accent: str = "#BF4713"
    blue: str = "#2F6DA8"
    teal: str = "#1F8A83"
    panel: str = "#F6F3EC"
    tint: str = "#FBEEE6"
    ink: str = "#17202C"
    text: str = "#242D38"
    muted: str = "#5F6975"
    hair: str = "#DDD7CA"

    def tone(self, name: Tone) -> str:
        """Return the colour of a tone; "muted" is the quiet grey of fills, not that of text."""
        return mix(self.muted, 0.5) if name == "muted" else cast("str", getattr(self, name))

    @property
    def peers(self) -> tuple[str, ...]:
        """The colours of peers in their order; from the fourth peer on all are grey, told apart by their labels."""
        return (self.brand, self.blue, self.teal, mix(self.muted, 0.72))


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """How letters look: size in points, weight, colour, and which end of the words is put at the given place."""

    size: float = 7.2
    weight: int = 400
    color: str = "#17202C"
    align: Align = "left"

    def but(self, *, color: str | None = None, align: Align | None = None) -> Face:
        """Return the face in another colour or alignment."""
        return replace(self, color=color or self.color, align=align or self.align)

    @property
    def cap(self) -> float:
        """The height of capitals and figures in mm (0.66 em in Source Sans 3)."""
        return 0.66 * self.size * MM_PER_POINT

    @property
    def leading(self) -> float:
        """The distance of two lines in mm."""
        return 1.22 * self.size * MM_PER_POINT


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a chart needs besides its data: colours, wording, letters, short names of entities, height.

    A `height` in mm goes before the size; a chart follows it as far as it can.
    """

    wording: Wording
    typeface: Typeface
    palette: Palette = field(default_factory=Palette)
    names: Mapping[str, str] = field(default_factory=dict)
    size: Size = "M"
    height: float | None = None

    def at(self, size: Size) -> Look:
        """Return the look for charts of another height."""
        return replace(self, size=size)

    def name(self, entity: str) -> str:
        """Return an entity's short name, or its ticker."""
        return self.names.get(entity, entity)

    @property
    def tick(self) -> Face:
        """The face of axis ticks."""
        return Face(color=self.palette.muted)

    @property
    def plain(self) -> Face:
        """The face of row heads and other plain words."""
        return Face(color=self.palette.ink)

    @property
    def label(self) -> Face:
        """The face of labels inside a chart."""
        return Face(weight=600, color=self.palette.ink)

    @property
    def value(self) -> Face:
        """The face of figures inside a chart."""
        return Face(size=7.8, weight=700, color=self.palette.ink)

    @property
    def note(self) -> Face:
        """The face of asides."""
        return Face(size=6.8, color=self.palette.muted)

    def colors(self, entities: Sequence[str], subject: str) -> dict[str, str]:
        """Return a colour for each entity: the subject's is always the accent."""
        peers = self.palette.peers
        others = [entity for entity in entities if entity != subject]
        chosen = {entity: peers[min(i, len(peers) - 1)] for i, entity in enumerate(others)}
        return chosen | {subject: self.palette.accent}


def mix(color: str, share: float, ground: str = "#FFFFFF") -> str:
    """Return an opaque colour: `share` of the colour on the ground."""
    pairs = zip(_channels(color), _channels(ground), strict=True)
    return "#" + "".join(f"{round(share * over + (1 - share) * under):02X}" for over, under in pairs)


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours as WCAG 2 defines it, from 1 to 21."""
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def readable(color: str, ground: str = "#FFFFFF") -> str:
    """Return the colour, darkened as far as small text on the ground needs it (contrast 4.8)."""
    for step in range(20):
        darker = mix(color, 1 - step / 20, "#000000")
        if contrast(darker, ground) >= 4.8:
            return darker
    return "#000000"


def _channels(color: str) -> tuple[int, ...]:
    return tuple(int(color[i : i + 2], 16) for i in (1, 3, 5))


def _luminance(color: str) -> float:
    shares = (channel / 255 for channel in _channels(color))
    red, green, blue = (share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def row_bounds(rows: int, around: float) -> tuple[float, float]:
    """Return the lowest and the greatest height of a chart of rows."""
    return around + 4.6 * rows, around + 12.0 * rows


def row_height(width: Width, size: Size, rows: int, around: float) -> float:
    """Return the height of a chart of rows: the usual one, more if the rows need it, less if it would gape."""
    return min(max(HEIGHTS[width][size], around + 4.4 * rows), around + 11.0 * rows)
