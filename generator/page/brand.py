"""Brand: what a company's `brand.css` and `fonts.css` may say, checked before a page is filled with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from generator.errors import TemplateError

TOKENS = ("--brand", "--brand-2", "--accent", "--teal", "--blue", "--panel", "--tint")
WHITE = "#FFFFFF"
MUTED, HIGH = "#5F6975", "#A93C0C"
# What is printed on what: text needs a contrast of 4.5 (WCAG 2.2, 1.4.3). A name stands for the token of that name.
TEXTS: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "--brand": (("--brand", WHITE), ("--brand", "--panel")),
        "--brand-2": ((WHITE, "--brand-2"),),
        "--accent": (("--accent", WHITE),),
        "--teal": (("--teal", WHITE),),
        "--blue": (("--blue", WHITE),),
        "--panel": ((MUTED, "--panel"),),
        "--tint": ((HIGH, "--tint"),),
    }
)
LEAST = 4.5
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;{}]+)")
HEX = re.compile(r"#[0-9A-Fa-f]{6}")
FACE = re.compile(r"@font-face\s*\{([^}]*)\}")


def check_brand(css: str, place: str) -> None:
    """Let a brand file pass that sets the seven colours, each readable where it is printed.

    Raises:
        TemplateError: naming the file and the line.
    """
    colours: dict[str, tuple[str, int]] = {}
    for name, value, line in _declarations(css):
        if name not in TOKENS:
            advice = f"a brand sets {', '.join(TOKENS)}; other rules go into a stylesheet of your own"
            raise TemplateError(f"{place}, line {line}: {name} is not a colour of the brand; {advice}")
        if not HEX.fullmatch(value):
            raise TemplateError(f"{place}, line {line}: {value!r} is not a colour; write it like #0F2C4C")
        colours[name] = (value, line)
    if missing := [name for name in TOKENS if name not in colours]:
        raise TemplateError(f"{place}: {', '.join(missing)} is not set; copy it from templates/house/brand.css")
    _check_contrasts(colours, place)


def _check_contrasts(colours: Mapping[str, tuple[str, int]], place: str) -> None:
    for name, pairs in TEXTS.items():
        for text, ground in pairs:
            written, behind = (colours[each][0] if each in colours else each for each in (text, ground))
            found = contrast(written, behind)
            if found < LEAST:
                what = f"{name} gives a contrast of {found:.1f} ({written} on {behind})"
                advice = f"text needs {LEAST}; take a {'darker' if text == name else 'fainter'} colour"
                raise TemplateError(f"{place}, line {colours[name][1]}: {what}; {advice}")


def check_faces(css: str, place: str) -> None:
    """Let a font file pass that gives each family, weight and style one file.

    Why: with two, WeasyPrint draws the wrong letters, while the text of the PDF still reads right.

    Raises:
        TemplateError: naming the file and the line.
    """
    seen: set[tuple[str, ...]] = set()
    for face in FACE.finditer(COMMENT.sub(_blank, css)):
        set_to = {name: value.strip().strip("'\"") for name, value in DECLARATION.findall(face[1])}
        key = (set_to.get("font-family", ""), set_to.get("font-weight", "400"), set_to.get("font-style", "normal"))
        if key in seen:
            line = css.count("\n", 0, face.start()) + 1
            what = f"a second file for {key[0]} {key[1]} {key[2]}"
            raise TemplateError(f"{place}, line {line}: {what}; give each family, weight and style one file")
        seen.add(key)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _declarations(css: str) -> Iterator[tuple[str, str, int]]:
    """Yield the declarations of a stylesheet with their lines."""
    plain = COMMENT.sub(_blank, css)
    for found in DECLARATION.finditer(plain):
        yield found[1], found[2].strip(), plain.count("\n", 0, found.start()) + 1


def _blank(comment: re.Match[str]) -> str:
    return "\n" * comment[0].count("\n")
