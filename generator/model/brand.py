"""Brand: how a publisher's briefs look and what they say of themselves; what a template folder's `brand.toml` sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model.authorship import Writing
from generator.model.vocabulary import Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """The seven colours of a brand, as "#RRGGBB"; without a word from the brand they are those of the house."""

    brand: str = "#0F2C4C"
    brand_2: str = "#174A78"
    accent: str = "#BF4713"
    teal: str = "#1F8A83"
    blue: str = "#2F6DA8"
    panel: str = "#F6F3EC"
    tint: str = "#FBEEE6"


@dataclass(frozen=True, slots=True, kw_only=True)
class Faces:
    """The families of a brand: of headlines, of running text, and of tables, captions and labels."""

    display: str = "Source Serif 4 Display"
    text: str = "Source Serif 4"
    sans: str = "Source Sans 3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """A publisher's look and words.

    `logo` is a picture in the template's folder. `author` signs, `writing` is who writes and `sections` the order of
    the sections where the report says nothing. `disclosures` fill the blocks at the back; one of the `required` that is
    empty is printed as not confirmed. `vocabulary` are its words with the facts they need.
    """

    name: str = "Equity Brief"
    logo: str = ""
    author: str = ""
    writing: Writing = "rules"
    footer: str = ""
    colours: Colours = field(default_factory=Colours)
    faces: Faces = field(default_factory=Faces)
    sections: tuple[str, ...] = ()
    disclosures: Mapping[str, str] = field(default_factory=dict)
    vocabulary: tuple[Word, ...] = ()
    required: tuple[str, ...] = ("publisher", "conflicts", "ratings", "licences")


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
