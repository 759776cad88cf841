"""Brief -> HTML: the only home of Jinja2 and markdown-it, and the only reader of `templates/`.

`fill_brief` fills the first `brief.html` of the template folders, in their order; `Redraw` draws a chart of it
again in another height. `same input, same text`: nothing here reads a clock, an environment or a file outside those
folders.
"""

from generator.page.drawings import Redraw
from generator.page.fill import fill_brief
from generator.page.letter import fill_email, picture_of
from generator.page.single import fill_markdown, fill_page
from generator.page.stamps import template_hashes
from generator.page.typefaces import font_files

__all__ = [
    "Redraw",
    "fill_brief",
    "fill_email",
    "fill_markdown",
    "fill_page",
    "font_files",
    "picture_of",
    "template_hashes",
]
