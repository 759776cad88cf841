"""Single: the brief as one HTML file that carries all it shows, and as Markdown."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path

import jinja2
from markupsafe import Markup

from generator.errors import TemplateError
from generator.language import in_its_language
from generator.model.brief import Brief
from generator.page.brand import han, stack
from generator.page.fill import environment_of, names_of, prepared
from generator.page.limits import check_page
from generator.page.plain import tidy
from generator.page.sandbox import FAULTS, HOUSE, Fence, template_error
from generator.page.typefaces import PREFIX, carried
from generator.pictures import cleaned

FONTS = "/*FONTS*/"
IMAGE = re.compile(r"""(<img\b[^>]*?\bsrc=)(["'])(.*?)\2""", re.DOTALL)
FETCHED = re.compile(r"url\(|@import|</", re.IGNORECASE)
BEYOND = re.compile(r"<link\b", re.IGNORECASE)


@in_its_language
def fill_page(brief: Brief, *, folders: Sequence[Path]) -> str:
    """Return the brief as one HTML file for a browser: styles, letters, charts and pictures stand inside it.

    Raises:
        TemplateError: a template failed, or the file would have to ask for something.
    """
    environment = prepared(brief, folders)
    names = names_of(brief, environment) | {"inlined": _inlined(brief, environment)}
    try:
        page = environment.get_template("web.html").render(names)
        whole = _with_pictures(page, environment)
    except FAULTS as error:
        raise template_error(error, whole=f"templates/{brief.template}/web.html") from error
    check_page(page, f"templates/{environment.folders.place('web.html')}")
    if found := BEYOND.search(whole):
        raise TemplateError(f"templates/{brief.template}: a page for browsers holds no {found[0]}>; take it out")
    return whole.replace(FONTS, _letters(brief, environment, whole), 1)


@in_its_language
def fill_markdown(brief: Brief, *, folders: Sequence[Path]) -> str:
    """Return the brief as Markdown, filled into the first `brief.md` of its template folders.

    Raises:
        TemplateError: a template failed.
    """
    environment = environment_of(tuple(folders), brief.template, text=True)
    try:
        return tidy(environment.get_template("brief.md").render(names_of(brief, environment)))
    except FAULTS as error:
        raise template_error(error, whole=f"templates/{brief.template}/brief.md") from error


def _inlined(brief: Brief, environment: Fence) -> Callable[..., Markup]:
    """Return the function that writes stylesheets into the page, after the brand's colours and before its letters."""

    def inlined(*names: str) -> Markup:
        sheets = [FONTS, str(_tokens(brief))]
        for name in names:
            place = environment.folders.optional(name)
            css = environment.folders.read(place) if place.endswith(".css") else ""
            if found := FETCHED.search(css):
                line = css.count("\n", 0, found.start()) + 1
                what = f"{found[0]!r} would make the page ask for something"
                raise TemplateError(f"templates/{place}, line {line}: {what}; take it out")
            sheets.append(css)
        return Markup("<style>{}</style>").format(Markup("\n".join(sheets)))

    return inlined


def _tokens(brief: Brief) -> Markup:
    """Return the brand as custom properties, its families those that the page carries."""
    brand, faces = brief.brand, brief.brand.faces
    tokens = {f"--{each.name.replace('_', '-')}": getattr(brand.colours, each.name) for each in fields(brand.colours)}
    tokens["--serif"] = _families(faces.text)
    tokens["--display"] = _families(faces.display, faces.text)
    tokens["--sans"] = _families(faces.sans)
    tokens["--drawn"] = _families(faces.sans)
    return Markup("html { " + "; ".join(f"{name}: {value}" for name, value in tokens.items()) + " }")


def _families(*names: str) -> str:
    rest = "system-ui, sans-serif" if "Sans" in names[0] else "Georgia, serif"
    return f"{stack(*names, prefix=PREFIX)}, {rest}"


def _letters(brief: Brief, environment: Fence, page: str) -> str:
    folders = environment.folders
    places = dict.fromkeys((f"{HOUSE}/fonts.css", folders.place("fonts.css")))
    sheets = {place.rpartition("/")[0]: folders.read(place) for place in places}
    families = {getattr(brief.brand.faces, each.name) for each in fields(brief.brand.faces)}
    return carried(sheets, families | {*han()}, page, folders.data)


def _with_pictures(page: str, environment: Fence) -> str:
    """Return a page with its pictures inside, each drawn anew."""

    def held(found: re.Match[str]) -> str:
        name = found[3]
        if not name.startswith("data:"):
            try:
                data = environment.folders.picture(name)
            except jinja2.TemplateNotFound:
                raise TemplateError(
                    f"the picture {name[:80]!r} is not below the template folders; add the file"
                ) from None
            clean = cleaned(data, f"templates/{name}")
            name = "data:image/png;base64," + base64.b64encode(clean.data).decode()
        return f"{found[1]}{found[2]}{name}{found[2]}"

    return IMAGE.sub(held, page)
