"""Brands: a template folder's brand.toml in, `Brand` out; a colour that could not be read on the page is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationError

from generator.definitions.beyond import VOCABULARY, vocabulary_of
from generator.definitions.form import Disclosures, Line, Once, Section, Table
from generator.definitions.reading import read_toml
from generator.definitions.sentences import problems_of, quoted
from generator.errors import InputError, Problem
from generator.model.authorship import Writing
from generator.model.brand import Brand, Colours, Faces, contrast

BRAND = "brand.toml"
HOUSE = "house"
LARGEST = 256_000
WHITE = "#FFFFFF"
# Colours of the page that no brand changes: quiet text, quiet text on the masthead, and the text of a marked row.
MUTED, PALE, HIGH = "#5F6975", "#DCE6F0", "#A93C0C"
TEXT, FILL = 4.5, 3.0
# What is printed on what (WCAG 2.2, 1.4.3 and 1.4.11). A name stands for the colour of that name.
PAIRS: Mapping[str, tuple[tuple[str, str, float], ...]] = MappingProxyType(
    {
        "brand": (("brand", WHITE, TEXT), (PALE, "brand", TEXT)),
        "brand_2": ((PALE, "brand_2", TEXT),),
        "accent": (("accent", WHITE, TEXT),),
        "blue": (("blue", WHITE, TEXT),),
        "teal": (("teal", WHITE, FILL),),
        "panel": ((MUTED, "panel", TEXT), ("brand", "panel", TEXT)),
        "tint": ((HIGH, "tint", TEXT),),
    }
)


def _colour(text: str) -> str:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", text):
        raise ValueError(f"{quoted(text)} is not a colour; write it like #0F2C4C")
    return text


def _family(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 -]{0,59}", text):
        raise ValueError(f"{quoted(text)} is not the name of a typeface; name one that fonts.css has")
    return text


def _picture(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}\.(png|jpg|jpeg)", text):
        raise ValueError(f"{quoted(text)} is not a picture beside the file; name a PNG or JPEG, such as logo.png")
    return text


Colour = Annotated[str, AfterValidator(_colour)]
Family = Annotated[str, AfterValidator(_family)]
PictureName = Annotated[str, AfterValidator(_picture)]
Required = Literal["publisher", "address", "label", "reviewer", "licence", "conflicts", "ratings", "licences"]


class ColoursTable(Table):
    """The colours a brand sets; those it leaves out are the house's."""

    brand: Colour | None = Field(default=None, description="Headings, rules, the dark end of the masthead.")
    brand_2: Colour | None = Field(default=None, description="The light end of the masthead.")
    accent: Colour | None = Field(default=None, description="The company in charts, the answer of a section.")
    teal: Colour | None = Field(default=None, description="A fill of charts.")
    blue: Colour | None = Field(default=None, description="Links, data checks, a line of charts.")
    panel: Colour | None = Field(default=None, description="The ground of the sidebar and of boxes.")
    tint: Colour | None = Field(default=None, description="The ground of the company's row in a table.")


class FacesTable(Table):
    """The families a brand sets; each must have a file in fonts.css, the house's or its own."""

    display: Family | None = Field(default=None, description="Headlines and large figures.")
    text: Family | None = Field(default=None, description="Running text.")
    sans: Family | None = Field(default=None, description="Tables, captions and labels.")


class BrandDisclosures(Disclosures):
    """What the publisher states at the back of each brief of the brand."""

    required: Annotated[tuple[Required, ...], Once] | None = Field(
        default=None, description="What must be stated; what is not is printed as not confirmed."
    )


class BrandFile(Table):
    """A brand: templates/<template>/brand.toml. Every key may be left out."""

    name: Line | None = Field(default=None, description="The name in the masthead and at the foot of each page.")
    logo: PictureName | None = Field(
        default=None, description="A PNG or JPEG in the folder, shown instead of the name."
    )
    author: Line | None = Field(default=None, description="Who signs, where the report names nobody.")
    writing: Writing | None = Field(
        default=None, description="Who writes: rules, a language model, or both (mixed), where the report does not say."
    )
    footer: Line | None = Field(default=None, description="The line at the foot of each page, after name and date.")
    sections: Annotated[tuple[Section, ...], Once] | None = Field(
        default=None, min_length=1, description="The sections in their order, where the report gives none."
    )
    colours: ColoursTable = ColoursTable()
    faces: FacesTable = FacesTable()
    disclosures: BrandDisclosures = BrandDisclosures()


def read_brand(templates: Sequence[Path], template: str) -> Brand:
    """Return the brand of a template: what its brand.toml says, then what the house's says, then the defaults.

    A vocabulary.toml beside it holds the brand's own words.

    Raises:
        InputError: a file has problems, all of them told; or a colour cannot be read where it is printed.
    """
    brand = Brand()
    for name in dict.fromkeys((HOUSE, template)):
        path = next((each for root in templates if (each := root / name / BRAND).is_file()), None)
        if path is not None:
            brand = _over(brand, _read(path))
            _check_contrasts(brand.colours, path)
        words = next((each for root in templates if (each := root / name / VOCABULARY).is_file()), None)
        if words is not None:
            brand = replace(brand, vocabulary=(*brand.vocabulary, *vocabulary_of(words.parent)))
    return brand


def _read(path: Path) -> BrandFile:
    where = shown(path)
    if path.stat().st_size > LARGEST:
        raise InputError.at(where, f"the file is larger than {LARGEST:,} bytes", "keep to what a brand sets")
    try:
        return BrandFile.model_validate(read_toml(path))
    except ValidationError as error:
        lines = path.read_text("utf-8-sig").splitlines()
        found = problems_of(error, where, form=BrandFile)
        raise InputError([_with_line(problem, where, lines) for problem in found]) from None


def _with_line(problem: Problem, where: str, lines: Sequence[str]) -> Problem:
    """Return a problem that names the line of its key as well."""
    key = problem.where.removeprefix(f"{where}: ")
    line = _line_of(re.split(r"[.\[]", key)[1 if "." in key else 0], lines)
    return Problem(problem.where.replace(where, f"{where}{line}", 1), problem.what, problem.advice)


def shown(path: Path) -> str:
    """Return a template's file as a user knows it: "templates/acme/brand.toml"."""
    return "/".join(("templates", *path.parts[-2:]))


def _over(brand: Brand, form: BrandFile) -> Brand:
    """Return the brand with what a file says over what was said before."""
    said = form.model_dump(exclude_none=True)
    colours = {name: getattr(brand.colours, name) for name in ColoursTable.model_fields}
    faces = {name: getattr(brand.faces, name) for name in FacesTable.model_fields}
    stated = {key: str(value) for key, value in said["disclosures"].items() if key != "required"}
    return Brand(
        name=said.get("name", brand.name),
        logo=said.get("logo", brand.logo),
        author=said.get("author", brand.author),
        writing=said.get("writing", brand.writing),
        footer=said.get("footer", brand.footer),
        sections=said.get("sections", brand.sections),
        colours=Colours(**(colours | said["colours"])),
        faces=Faces(**(faces | said["faces"])),
        disclosures={**brand.disclosures, **stated},
        required=said["disclosures"].get("required", brand.required),
        vocabulary=brand.vocabulary,
    )


def _check_contrasts(colours: Colours, path: Path) -> None:
    """Let colours pass that can be read wherever they are printed.

    Raises: InputError, with every colour that cannot.
    """
    lines = path.read_text("utf-8-sig").splitlines()
    problems = [Problem(f"{shown(path)}{_line_of(name, lines)}", what, advice) for name, what, advice in _pale(colours)]
    if problems:
        raise InputError(problems)


def _pale(colours: Colours) -> Iterator[tuple[str, str, str]]:
    for name, pairs in PAIRS.items():
        for over, under, least in pairs:
            first, second = (getattr(colours, each) if not each.startswith("#") else each for each in (over, under))
            found = contrast(first, second)
            if found < least:
                kind = "text" if least == TEXT else "a fill"
                way = "darker" if under == WHITE or over == PALE else "fainter"
                yield (
                    name,
                    f"colours.{name} gives a contrast of {found:.1f} ({first} on {second})",
                    f"{kind} needs {least}; take a {way} colour",
                )
                break


def _line_of(key: str, lines: Sequence[str]) -> str:
    """Return ", line 3" where a key stands in a file, "" where the file leaves it to the house."""
    number = next((i for i, line in enumerate(lines, 1) if re.match(rf"\s*(colours\.)?{key}\s*=", line)), 0)
    return f", line {number}" if number else ""
