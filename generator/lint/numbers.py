"""Numbers of a sentence: value, unit, currency, and how finely they are given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from generator.lint.prose import Sentence

Unit = Literal["percent", "money", "multiple", "plain", "points"]
SCALES = {
    "trillion": 1e12, "tn": 1e12, "t": 1e12, "billion": 1e9, "bn": 1e9, "b": 1e9, "million": 1e6, "mn": 1e6, "m": 1e6,
    "thousand": 1e3, "k": 1e3,
}  # fmt: skip
CURRENCIES = {
    "US$": "USD", "$": "USD", "USD": "USD", "HK$": "HKD", "HKD": "HKD", "€": "EUR", "EUR": "EUR", "£": "GBP",
    "GBP": "GBP", "¥": "JPY", "RMB": "CNY", "CNY": "CNY", "C$": "CAD", "A$": "AUD", "dollars": "USD", "yuan": "CNY",
    "euros": "EUR", "pounds": "GBP", "yen": "JPY",
}  # fmt: skip
MARK = r"US\$|HK\$|C\$|A\$|[$€£¥]|(?:USD|HKD|EUR|GBP|RMB|CNY)\s?"
SCALE = r"(?:\s?(?:trillion|billion|million|thousand|tn|bn|mn)\b|[TBMKtbmk]\b)"
PLAIN = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
NUMBER = re.compile(
    rf"(?<![\w.,])(?P<sign>[-\u2212+])?(?P<mark>{MARK})?\s?(?P<low>{PLAIN})(?P<scale1>{SCALE})?"
    rf"(?:\s?[-–—]\s?(?:{MARK})?(?P<high>{PLAIN}))?(?P<scale2>{SCALE})?"
    r"(?P<unit>\s?%|\s?per ?cent(?:age points?)?\b|\s(?:percentage )?points?\b|\s?[x×](?!\w)|\stimes\b)?"
    r"(?P<word>\s(?:US )?(?:dollars|yuan|euros|pounds|yen)\b)?(?![\w])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number of a text; `high` is the end of a range, `step` the size of its last digit."""

    sentence: Sentence
    start: int
    end: int
    text: str
    value: float
    high: float
    unit: Unit
    currency: str = ""
    step: float = 1.0

    @property
    def ranged(self) -> bool:
        """Whether it is a range."""
        return self.high != self.value

    def near(self, value: float, *, slack: float = 0.0) -> bool:
        """Tell whether a value is what was printed, within its rounding and a share of it."""
        room = self.step / 2 * 1.001 + abs(value) * slack
        return self.value - room <= value <= self.high + room


def numbers_in(sentence: Sentence) -> Iterator[Number]:
    """Give the numbers of a sentence, in their order."""
    for match in NUMBER.finditer(sentence.text):
        yield _number(match, sentence)


def _number(match: re.Match[str], sentence: Sentence) -> Number:
    mark = (match["mark"] or "").strip() or (match["word"] or "").replace("US", "").strip()
    scale = _scale(match["scale1"] or match["scale2"])
    low, high = (
        _plain(match["low"]) * scale,
        _plain(match["high"] or match["low"]) * _scale(match["scale2"] or match["scale1"]),
    )
    places = len(match["low"].partition(".")[2])
    sign = -1.0 if match["sign"] in {"-", "\u2212"} else 1.0
    return Number(
        sentence=sentence,
        start=match.start(),
        end=match.end(),
        text=match[0].strip(),
        value=sign * low,
        high=sign * high if match["high"] else sign * low,
        unit=_unit(match["unit"] or "", mark),
        currency=CURRENCIES.get(mark, ""),
        step=scale * 10.0**-places,
    )


def _plain(text: str) -> float:
    return float(text.replace(",", ""))


def _scale(text: str | None) -> float:
    return SCALES[text.strip().lower()] if text else 1.0


def _unit(unit: str, mark: str) -> Unit:
    word = unit.strip()
    if "point" in word:
        return "points"
    if word.startswith(("%", "per")):
        return "percent"
    if mark:
        return "money"
    return "multiple" if word else "plain"
