"""Brand: its colours and faces as the page's stylesheet, and what a `fonts.css` may say."""

from __future__ import annotations

import re
from dataclasses import fields

from markupsafe import Markup

from generator.errors import TemplateError
from generator.language import spoken
from generator.model.brand import Brand, Faces
from generator.page.speech import page_counter

HAN, HAN_OF = "Brief Han", {"ja": "Brief Han JP"}
"""The typeface of Chinese letters, and those of languages that write some of them otherwise."""

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;{}]+)")
FACE = re.compile(r"@font-face\s*\{([^}]*)\}")


def style_of(brand: Brand) -> Markup:
    """Return the brand as custom properties; all that a brand may change without a stylesheet of its own."""
    tokens = {f"--{each.name.replace('_', '-')}": getattr(brand.colours, each.name) for each in fields(brand.colours)}
    faces = brand.faces
    tokens["--serif"] = stack(faces.text)
    tokens["--display"] = stack(faces.display, faces.text)
    tokens["--sans"] = stack(faces.sans)
    return Markup("html { " + "; ".join(f"{name}: {value}" for name, value in tokens.items()) + " }" + page_counter())


def stack(*families: str, prefix: str = "") -> str:
    """Return families as a stylesheet lists them, those with the Chinese letters last."""
    return ", ".join(f'"{prefix}{family}"' for family in dict.fromkeys((*families, *han())))


def han() -> tuple[str, ...]:
    """Return the typefaces with Chinese letters, the one of the language that is spoken first."""
    own = HAN_OF.get(spoken())
    return (own, HAN) if own else (HAN,)


def fallback(family: str) -> Markup:
    """Return a family with the ones a mail program has in its place."""
    rest = "'Segoe UI', Helvetica, Arial, sans-serif" if "Sans" in family else "Georgia, 'Times New Roman', serif"
    return Markup("'{}', {}").format(family, Markup(rest))


def check_families(faces: Faces, css: str, place: str) -> None:
    """Let a brand pass whose families all have a file.

    Raises:
        TemplateError: naming the family and those there are.
    """
    known = sorted(
        {settings_of(face)["font-family"] for face in FACE.finditer(uncommented(css))} - {HAN, *HAN_OF.values()}
    )
    for key in fields(faces):
        family = getattr(faces, key.name)
        if family not in known:
            advice = f"name one of {', '.join(known)}, or add it to fonts.css"
            raise TemplateError(f"{place}: faces.{key.name}: there is no typeface {family!r}; {advice}")


def settings_of(face: re.Match[str]) -> dict[str, str]:
    """Return what an @font-face rule says, by property."""
    found = {name: value.strip().strip("'\"") for name, value in DECLARATION.findall(face[1])}
    return {"font-family": "", **found}


def check_faces(css: str, place: str) -> None:
    """Let a font file pass that gives each family, weight and style one file.

    Why: with two, WeasyPrint draws the wrong letters, while the text of the PDF still reads right.

    Raises:
        TemplateError: naming the file and the line.
    """
    seen: set[tuple[str, ...]] = set()
    for face in FACE.finditer(uncommented(css)):
        set_to = settings_of(face)
        key = (set_to["font-family"], set_to.get("font-weight", "400"), set_to.get("font-style", "normal"))
        if key in seen:
            line = css.count("\n", 0, face.start()) + 1
            what = f"a second file for {key[0]} {key[1]} {key[2]}"
            raise TemplateError(f"{place}, line {line}: {what}; give each family, weight and style one file")
        seen.add(key)


def uncommented(css: str) -> str:
    """Return a stylesheet without its comments, each line where it was."""
    return COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), css)
