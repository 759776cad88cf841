"""Language: every word a brief prints goes through here, every number and date as its readers write them.

`phrase` is a sentence in the language that is spoken, `counted` one that counts; `msgid` and `msgids` mark the words of
a table for the translators, and `translated` is such a word in the language that is spoken. `speaking` sets it.
"""

from generator.language.counting import in_words
from generator.language.days import day_in_words
from generator.language.joining import between, enumerated, is_phrase, lowered, space
from generator.language.texts import (
    ENGLISH,
    counted,
    in_its_language,
    known_languages,
    msgid,
    msgids,
    phrase,
    phrase_in,
    speaking,
    spoken,
    translated,
    untranslated,
)

__all__ = [
    "ENGLISH",
    "between",
    "counted",
    "day_in_words",
    "enumerated",
    "in_its_language",
    "in_words",
    "is_phrase",
    "known_languages",
    "lowered",
    "msgid",
    "msgids",
    "phrase",
    "phrase_in",
    "space",
    "speaking",
    "spoken",
    "translated",
    "untranslated",
]
