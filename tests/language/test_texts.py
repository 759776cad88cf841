"""The texts of a brief in other languages: the catalogues, what they lack, and the words that count and list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import pytest
import texts
from babel.messages.catalog import Catalog

from generator.definitions.form import Language
from generator.errors import UnknownNameError
from generator.language import (
    counted,
    enumerated,
    in_words,
    is_phrase,
    known_languages,
    phrase,
    speaking,
    spoken,
    untranslated,
)
from generator.language.texts import CATALOGUES
from generator.model.period import Period
from generator.model.text import join, say

OTHERS = known_languages()[1:]


def test_the_texts_of_the_code_are_those_the_translators_see() -> None:
    found = {(each.text, each.context) for each in texts.found()}
    written = {(_text(each.id), each.context or "") for each in texts.read(texts.TEMPLATE) if each.id}
    assert found - written == set(), "run `make texts`"
    assert written - found == set(), "run `make texts`"


def _text(told: str | Sequence[str]) -> str:
    return told if isinstance(told, str) else told[0]


@pytest.mark.parametrize("tag", OTHERS)
def test_a_translation_keeps_the_places_of_its_text(tag: str) -> None:
    catalogue = texts.read(CATALOGUES / f"{tag.replace('-', '_')}.po")
    assert list(texts.faults(catalogue)) == []


@pytest.mark.parametrize("tag", OTHERS)
def test_a_language_lacks_no_text(tag: str) -> None:
    catalogue = texts.read(CATALOGUES / f"{tag.replace('-', '_')}.po")
    assert [each.id for each in texts.lacking(catalogue)] == []


def test_a_lost_place_is_told() -> None:
    catalogue = Catalog(locale="de")
    catalogue.add("Up {gain:signed} to {day}", "Plus {gain:signed}")
    catalogue.add(("{count} peer", "{count} peers"), ("ein Vergleich", "{n} Vergleiche"))
    assert len(list(texts.faults(catalogue))) == 2


def test_a_report_may_name_every_language_there_is_a_catalogue_of() -> None:
    assert set(get_args(Language)) == set(known_languages())


def test_a_language_without_a_catalogue_is_refused_with_those_there_are() -> None:
    with (
        pytest.raises(UnknownNameError, match="'fr' is not a known language; known: en, de, ja, zh-Hans"),
        speaking("fr"),
    ):
        pass


def test_a_text_that_is_not_translated_stands_in_english_and_is_told() -> None:
    with speaking("de"):
        assert phrase("Nobody wrote {this} into a catalogue", this="that") == "Nobody wrote that into a catalogue"
        assert say("{alone}", alone="x") == ("x",)
        assert untranslated() == ("Nobody wrote {this} into a catalogue",)
    assert untranslated() == ()
    assert spoken() == "en"


def test_a_language_within_another_ends_with_its_block() -> None:
    with speaking("de"):
        with speaking("en"):
            assert spoken() == "en"
        assert spoken() == "de"


def test_english_counts_and_lists_as_it_always_did() -> None:
    assert [in_words(each) for each in (0, 1, 19, 20, 27, 100)] == [
        "no",
        "one",
        "nineteen",
        "twenty",
        "twenty-seven",
        "100",
    ]
    assert counted(1, "{count} peer", "{count} peers") == "one peer"
    assert counted(3, "{count} peer", "{count} peers") == "three peers"
    assert [enumerated("abc"[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


@pytest.mark.parametrize(
    ("tag", "three", "sentences"), [("de", "a, b und c", "x y"), ("zh-Hans", "a、b和c", "xy"), ("ja", "a、b、c", "xy")]
)
def test_lists_and_sentences_are_joined_as_the_language_does(tag: str, three: str, sentences: str) -> None:
    with speaking(tag):
        assert enumerated("abc") == three
        assert "".join(map(str, join(("x",), ("y",)))) == sentences


def test_a_phrase_is_known_again_whatever_stands_in_its_places() -> None:
    template = "{who} is listed in {currency}"
    assert is_phrase(template, phrase(template, who="A (B) Inc.", currency="HKD"))
    assert not is_phrase(template, "A is sold in HKD")


def test_a_period_is_named_anew_in_each_language() -> None:
    from datetime import date

    year = Period(kind="window", start=date(2025, 1, 1), end=date(2025, 10, 2))
    assert year.label == "1\u00a0January 2025 to 2\u00a0October 2025"
    with speaking("de"):
        assert "2.\u00a0Oktober 2025" in year.label
    with speaking("ja"):
        assert "2025年10月2日" in year.label
