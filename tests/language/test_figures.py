"""Numbers and dates as German, Chinese and Japanese readers write them, and how the proof finds them again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from generator.language import day_in_words, speaking
from generator.language.days import day_of_year, month_alone, month_of, short_day, short_month, weekday
from generator.language.figures import decimal
from generator.model.fact import Fact, Unit
from generator.model.period import Period
from generator.model.wording import Style, Wording
from generator.proof.idiom import day_of, idiom_of

DAY = date(2025, 10, 2)


@pytest.fixture(params=["de", "zh-Hans", "ja"])
def tag(request: pytest.FixtureRequest) -> Iterator[str]:
    with speaking(request.param):
        yield request.param


def written(tag: str, value: float, unit: Unit = Unit.MONEY, style: Style = "", currency: str | None = "USD") -> str:
    fact = Fact(
        id="x", entity="X", metric="x", label="x", value=value, unit=unit, period=Period.instant(DAY), as_of=DAY,
        published_on=DAY, currency=currency, formula="made up",
    )  # fmt: skip
    return Wording(language=tag).write(fact, style)


EXPECTED = {
    "de": ("1.000,8\u00a0Mrd.", "+12,3\u00a0%", "3,13×", "1.000,8", "2,50\u00a0Bio.", "182,78", "450\u00a0Mio."),
    "zh-Hans": ("10,008.0亿", "+12.3%", "3.13×", "10,008.0", "2.50万亿", "182.78", "4.5亿"),
    "ja": ("10,008.0億", "+12.3%", "3.13×", "10,008.0", "2.50兆", "182.78", "4.5億"),
}


def test_amounts_are_written_in_the_large_units_of_the_language(tag: str) -> None:
    money, percent, multiple, table, large, price, small = EXPECTED[tag]
    assert money in written(tag, 1000.8e9)
    assert written(tag, 0.123, Unit.FRACTION, "signed") == percent
    assert written(tag, 3.13, Unit.MULTIPLE) == multiple
    assert written(tag, 1000.8e9, style="table") == table
    assert written(tag, -1000.8e9, style="table") == f"({table})"
    assert large in written(tag, 2.5e12)
    assert price in written(tag, 182.78, Unit.PER_SHARE)
    assert small in written(tag, 450e6)


def test_a_loss_has_its_sign_before_the_amount(tag: str) -> None:
    assert written(tag, -0.054, Unit.FRACTION).startswith("\u2212")


def test_dates_are_written_as_the_language_does() -> None:
    seen = {}
    for each in ("en", "de", "zh-Hans"):
        with speaking(each):
            seen[each] = (
                day_in_words(DAY), short_day(DAY), month_of(DAY), short_month(DAY), month_alone(DAY), weekday(DAY),
                day_of_year(3, 31), decimal(1234.5, 1),
            )  # fmt: skip
    assert seen["en"] == (
        "2\u00a0October 2025", "2\u00a0Oct 2025", "October 2025", "Oct 2025", "Oct", "Thursday", "31\u00a0March",
        "1,234.5",
    )  # fmt: skip
    assert seen["de"] == (
        "2.\u00a0Oktober 2025", "2.\u00a0Okt. 2025", "Oktober 2025", "Okt. 2025", "Okt", "Donnerstag", "31.\u00a0März",
        "1.234,5",
    )  # fmt: skip
    assert seen["zh-Hans"] == (
        "2025年10月2日", "2025年10月2日", "2025年10月", "2025年10月", "10月", "星期四", "3月31日", "1,234.5",
    )  # fmt: skip


def test_the_proof_reads_every_form_of_a_date_again(tag: str) -> None:
    idiom = idiom_of(tag)
    forms = (day_in_words(DAY), short_day(DAY), day_of_year(10, 2))

    def known(year: int | None, month: int | None, day: int | None) -> bool:
        return (year, month, day) in {(2025, 10, 2), (None, 10, 2)}

    for form in forms:
        words = form.replace("\u00a0", " ")
        found = [each for pattern in idiom.days if (each := pattern.fullmatch(words))]
        assert any(day_of(each, idiom, known) for each in found), words
        other = words.replace("2日", "3日") if "日" in words else words.replace("2. ", "3. ", 1)
        found = [each for pattern in idiom.days if (each := pattern.fullmatch(other))]
        assert not any(day_of(each, idiom, known) for each in found), other


def test_a_year_is_no_year_where_a_unit_follows(tag: str) -> None:
    idiom = idiom_of(tag)
    unit = {"de": " Mrd. US$", "zh-Hans": "亿美元", "ja": "億ドル"}[tag]
    assert idiom.year.search("2025") is not None
    assert idiom.year.search(f"2025{unit}") is None
    assert idiom.year.search("1.2025" if tag != "de" else "1,2025") is None
