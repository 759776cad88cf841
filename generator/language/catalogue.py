"""Catalogue: the texts of one language, from its .po file."""

from __future__ import annotations

import io
from gettext import GNUTranslations, NullTranslations
from pathlib import Path


class _Nothing(NullTranslations):
    """Answers for what a catalogue lacks: nothing, so that whoever asks can tell."""

    def gettext(self, message: str) -> str:
        del message
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        del msgid1, msgid2, n
        return ""

    def pgettext(self, context: str, message: str) -> str:
        del context, message
        return ""


def read_catalogue(path: Path) -> NullTranslations:
    """Return the texts of a .po file; one marked as fuzzy counts as not translated."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    texts = GNUTranslations(compiled)
    texts.add_fallback(_Nothing())
    return texts
