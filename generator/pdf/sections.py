"""The sections of a page after page one, and their blocks."""

from __future__ import annotations

from xml.etree.ElementTree import Element


def sections_of(root: Element) -> list[Element]:
    """Return the sections after page one."""
    main = root.find("./body/main")
    return [] if main is None else list(main)
