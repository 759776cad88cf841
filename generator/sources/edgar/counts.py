"""Counts: how many shares there are, how many make one ADS, and which splits the restated counts show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from generator.model.period import day_in_words
from generator.sources.edgar.answers import Filed
from generator.sources.edgar.concepts import COVER, RATIO, TAXONOMIES
from generator.sources.edgar.publications import Publication, publications
from generator.sources.splits import Split

ONE_CLASS = 0.6
"""A count below this part of the average count is that of one class of shares, or of another company before it."""

SAME_RATIO = 0.003
LEAST_SPLIT = 1.2
FOREIGN = ("20-F", "40-F", "6-K")
NEAR = timedelta(days=200)
ONE_SPLIT = timedelta(days=540)
"""Quarter after quarter of the year before is restated for one and the same split; a second like it is rare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """Ordinary shares per ADS, as the newest filing gives it."""

    value: float
    filed: Filed


def ratio_of(filed: Sequence[Filed]) -> Ratio | None:
    """Return the newest ADS ratio filed, None where none was."""
    found = [each for each in filed if each.concept == RATIO and each.value > 0]
    newest = max(found, key=lambda each: (each.on, each.end, each.filing), default=None)
    return None if newest is None else Ratio(value=newest.value, filed=newest)


def is_foreign(filed: Sequence[Filed]) -> bool:
    """Tell whether a company files as a foreign one, whose listing may be an ADS."""
    return bool(filed) and filed[-1].form.removesuffix("/A") in FOREIGN


def splits_of(averages: Sequence[Publication], told: Sequence[Split] = ()) -> tuple[Split, ...]:
    """Return the splits told by a list, and those that only a restated average count shows.

    One of the latter stands on the day of the filing that restated it first.
    """
    found = list(told)
    for before, each in pairwise(averages):
        old, new = before.filed.value, each.filed.value
        ratio = _simple(new / old) if each.again and each.period == before.period and old > 0 and new > 0 else None
        if ratio is not None:
            split = Split(day=each.filed.on, ratio=Decimal(ratio.numerator) / Decimal(ratio.denominator))
            found.append(split)
    kept: list[Split] = []
    for split in sorted(found, key=lambda each: each.day):
        if not any(each.ratio == split.ratio and split.day - each.day <= ONE_SPLIT for each in kept):
            kept.append(split)
    return tuple(kept)


def _simple(quotient: float) -> Fraction | None:
    """Return the split ratio that a quotient of two counts stands for; None where it is a mere restatement."""
    if 1 / LEAST_SPLIT < quotient < LEAST_SPLIT:
        return None
    for numerator, denominator in ((quotient, 1), (1, 1 / quotient), (2 * quotient, 2), (3 * quotient, 3)):
        ratio = Fraction(max(round(numerator), 1), max(round(denominator), 1))
        if abs(quotient / float(ratio) - 1) <= SAME_RATIO:
            return ratio
    return None


def counts(
    taxonomy: str, filed: Sequence[Filed], averages: Sequence[Publication]
) -> tuple[list[Publication], list[str]]:
    """Return the counts of shares of cover and balance sheet, and what was left out: counts of one class alone."""
    kept: list[Publication] = []
    notes: list[str] = []
    for kind in (COVER, taxonomy):
        for metric, names in TAXONOMIES[kind].counts.items():
            rows = [each for each in filed if each.taxonomy == kind and each.unit == "shares"]
            for each in publications(metric, names, rows, since=rows[0].end if rows else filed[0].end):
                average = _average_near(each, averages)
                if average is not None and each.filed.value < ONE_CLASS * average.filed.value:
                    when = day_in_words(each.period.end)
                    count, mean = each.filed.value / 1e6, average.filed.value / 1e6
                    notes.append(
                        f"the count of {count:,.0f}m shares of {when} is far below the average of {mean:,.0f}m"
                    )
                else:
                    kept.append(each)
    return kept, notes


def _average_near(count: Publication, averages: Sequence[Publication]) -> Publication | None:
    near = [each for each in averages if abs(each.period.end - count.period.end) <= NEAR]
    same = [each for each in near if each.filed.on <= count.filed.on] or near
    return min(same, key=lambda each: abs(each.period.end - count.period.end), default=None)
