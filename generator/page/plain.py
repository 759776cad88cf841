"""Plain: paragraphs for readers without a page, in lines that a terminal shows whole."""

from __future__ import annotations

import re
import textwrap

COLUMNS = 72


def wrapped(words: str, indent: int = 0, first: str = "") -> str:
    """Return a paragraph in lines of at most 72 characters; `first` opens the first line, the others are indented."""
    return textwrap.fill(
        str(words),
        COLUMNS,
        initial_indent=first or " " * indent,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def tidy(text: str) -> str:
    """Return a plain text without spaces at the ends of lines, and with one empty line where there were more."""
    plain = "\n".join(line.rstrip() for line in text.replace("\u00a0", " ").splitlines())
    return re.sub(r"\n{3,}", "\n\n", plain).strip() + "\n"


def beside(figure: str, label: str) -> str:
    """Return a figure under the other figures, its label before it."""
    return f"{label:<30} {figure}"
