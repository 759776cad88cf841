"""Speech: what a template says in the language of the brief. Its places are filled as they are, never formatted."""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from generator.language import ENGLISH, phrase, spoken, translated
from generator.page.limits import joined

PLACE = re.compile(r"\{(\w+)\}")


def phrased(*, escaped: bool) -> Callable[..., str]:
    """Return the `phrase` of templates: `{{ phrase("Prices of {day}", day=brief.priced_on|day) }}`.

    Why not the house's own: a text of a user's template may be no format, which could ask for more than a value.
    """

    def filled(template: str, **parts: object) -> str:
        words = PLACE.split(translated(str(template)))
        pieces = [parts.get(piece, "") if place % 2 else piece for place, piece in enumerate(words)]
        marked = escaped and any(isinstance(part, Markup) for part in parts.values())
        return Markup(joined(map(escape, pieces))) if marked else joined(map(str, pieces))

    return filled


def inside(words: str) -> str:
    """Return a heading as it stands inside a sentence: in English with a small letter, elsewhere as it is."""
    return words[:1].lower() + words[1:] if spoken() == ENGLISH else words


def page_counter() -> str:
    """Return the rule that counts the pages in the foot; nothing in English, where the stylesheet has it."""
    if spoken() == ENGLISH:
        return ""
    before, _, rest = phrase("Page {page} of {pages}", page="\x00", pages="\x00").partition("\x00")
    between, _, after = rest.partition("\x00")
    words = [f'"{_quoted(each)}"' for each in (before, between, after)]
    return f" @page {{ @bottom-right {{ content: {words[0]} counter(page) {words[1]} counter(pages) {words[2]} }} }}"


def _quoted(words: str) -> str:
    """Return words as a string of a stylesheet may hold them."""
    return "".join(each for each in words if each.isprintable() and each not in '"\\<>')
