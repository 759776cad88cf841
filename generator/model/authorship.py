"""Authorship: who wrote a brief's sentences, in words a program reads; what a page says of it must agree."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal, get_args

Writing = Literal["rules", "mixed", "model"]
WRITINGS: tuple[Writing, ...] = get_args(Writing)
TERMS = "http://cv.iptc.org/newscodes/digitalsourcetype/"
# The terms of the IPTC's vocabulary, by what they mean: "representation of data via human programming or creativity"
# (its example is a weather report that a program writes from readings; "algorithmicMedia" would be made from no data at
# all), several elements of which some are from a trained model, and made by a trained model.
SOURCE_TYPES: Mapping[Writing, str] = MappingProxyType(
    {
        "rules": f"{TERMS}dataDrivenMedia",
        "mixed": f"{TERMS}compositeWithTrainedAlgorithmicMedia",
        "model": f"{TERMS}trainedAlgorithmicMedia",
    }
)
# A weekly brief is read in its week; what was said of an older one says nothing about this one.
READ_WITHIN = timedelta(days=7)


def read_on(day: str, until: date) -> date | None:
    """Return the day (ISO) on which a person read a brief, if it can have been this one, of the day `until`."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return None
    return found if until <= found <= until + READ_WITHIN else None
