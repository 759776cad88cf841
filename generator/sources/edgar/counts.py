"""Counts: how many shares there are, how many make one ADS, and which splits the restated counts show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from statistics import median

from generator.language import day_in_words
from generator.sources.edgar.answers import Filed
from generator.sources.edgar.concepts import COVER, RATIO, TAXONOMIES
from generator.sources.edgar.publications import Publication, publications
from generator.sources.splits import Split

ONE_CLASS = 0.6
"""A count below this part of the average count is that of one class of shares, or of another company before it."""

OF_ONE_SIZE = 500.0
SAME_RATIO = 0.003
LEAST_SPLIT, LARGEST_SPLIT = 1.2, 200.0
"""A quotient of a thousand or a million is a filer's millions taken for units, and no split."""

LEAST_EARNINGS, CENT = 0.6, 0.006
"""Amounts per share below this are too rounded to tell a ratio; half a cent of rounding, and a little."""
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


def splits_of(
    averages: Sequence[Publication], earnings: Sequence[Publication] = (), told: Sequence[Split] = ()
) -> tuple[Split, ...]:
    """Return the splits told by a list, and those that only restated figures show.

    One of the latter stands on the day of the filing that restated first. Amounts per share are rounded, so two of them
    must show the same ratio where no average count does.
    """
    shown = [(ratio, day) for old, new, day in _restated(averages) if (ratio := _simple(new / old, SAME_RATIO))]
    rounded = [
        (ratio, day)
        for old, new, day in _restated(earnings)
        if min(abs(old), abs(new)) > LEAST_EARNINGS and (ratio := _simple(old / new, CENT / min(abs(old), abs(new))))
    ]
    often = Counter(ratio for ratio, _ in rounded)
    shown += [(ratio, day) for ratio, day in rounded if often[ratio] > 1]
    found = [*told, *(Split(day=day, ratio=Decimal(each.numerator) / each.denominator) for each, day in shown)]
    kept: list[Split] = []
    for split in sorted(found, key=lambda each: each.day):
        if not any(each.ratio == split.ratio and split.day - each.day <= ONE_SPLIT for each in kept):
            kept.append(split)
    return tuple(kept)


def _restated(figures: Sequence[Publication]) -> Iterator[tuple[float, float, date]]:
    """Give each value that was restated with the same sign, what it was restated to, and when."""
    for before, each in pairwise(figures):
        if each.again and each.period == before.period and before.filed.value * each.filed.value > 0:
            yield before.filed.value, each.filed.value, each.filed.on


def _simple(quotient: float, near: float) -> Fraction | None:
    """Return the split ratio that a quotient of two counts stands for; None where it is a mere restatement."""
    if 1 / LEAST_SPLIT < quotient < LEAST_SPLIT or not 1 / LARGEST_SPLIT <= quotient <= LARGEST_SPLIT:
        return None
    for numerator, denominator in ((quotient, 1.0), (1.0, 1 / quotient), (2 * quotient, 2.0), (3 * quotient, 3.0)):
        ratio = Fraction(max(round(numerator), 1), max(round(denominator), 1))
        if abs(quotient / float(ratio) - 1) <= near:
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


def in_scale(
    averages: Sequence[Publication], found: Sequence[Publication]
) -> tuple[list[Publication], tuple[str, ...]]:
    """Return the averages that are of the size of the counts, and a note on those filed in millions for units."""
    sizes = [each.filed.value for each in found if each.filed.value > 0]
    if not sizes:
        return list(averages), ()
    size = median(sizes)
    kept = [each for each in averages if 1 / OF_ONE_SIZE < each.filed.value / size < OF_ONE_SIZE]
    count = len(averages) - len(kept)
    return kept, (f"{count} average counts of shares are filed in another scale than the rest",) if count else ()
