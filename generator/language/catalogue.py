"""Catalogue: the texts of one language, from its .po file."""

from __future__ import annotations

import io
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The texts of a language, and each English text with what it is in that language."""

    texts: NullTranslations
    pairs: tuple[tuple[str, str], ...]


def read_catalogue(path: Path) -> Catalogue:
    """Return the texts of a .po file; one marked as fuzzy counts as not translated."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with path.open("rb") as file:
        read = read_po(file)
    write_mo(compiled, read)
    compiled.seek(0)
    texts = GNUTranslations(compiled)
    texts.add_fallback(_Nothing())
    pairs = ((each.id, each.string) for each in read if each.id and not each.fuzzy)
    whole = tuple((text, told) for text, told in pairs if isinstance(text, str) and isinstance(told, str) and told)
    return Catalogue(texts=texts, pairs=whole)
