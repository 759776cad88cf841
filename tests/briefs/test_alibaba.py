"""The brief on Alibaba of 2 October 2025 says what was known that day, and says it right."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from shipped import Built, built
from verapdf import Profile, failures


def test_it_is_as_long_as_its_model_or_a_page_longer(baba: Built) -> None:
    """The model has eight pages and fewer exhibits."""
    assert 8 <= baba.document.pages <= 9


def test_price_and_change_of_the_year(baba: Built) -> None:
    """The close of the day and the change since the last close of 2024 (189.34 / 84.79 - 1)."""
    assert "US$189.34" in baba.text
    assert "+123.3%" in baba.text


def test_newest_cloud_growth(baba: Built) -> None:
    """26% for the quarter to June 2025 is the figure; 13% and 18% appear only as superseded."""
    assert re.search(r"26% .{0,80}quarter to June 2025|quarter to June 2025.{0,80}26%", baba.text)


def test_twelve_months_of_revenue(baba: Built) -> None:
    """Four quarters to June 2025 add up to RMB 1,000.8bn."""
    assert "RMB 1,000.8bn" in baba.text


def test_multiples_with_their_arithmetic(baba: Built) -> None:
    """P/E and P/S stand with the ADS count and the exchange rate they were computed with."""
    assert "21.9×" in baba.text
    assert "3.13×" in baba.text
    assert "US$189.34 × 7.1328 ÷ RMB 61.64" in baba.text
    assert "US$439.1bn × 7.1328 ÷ RMB 1,000.8bn" in baba.text
    assert "2,319m" in baba.text


def test_free_cash_flow_without_a_percentage(baba: Built) -> None:
    """An outflow of 18.8 against an inflow of 17.4 has no growth rate."""
    assert "RMB 18.8bn" in baba.text
    assert "RMB 17.4bn" in baba.text
    assert "outflow" in baba.text
    assert "208" not in re.findall(r"(\d+)(?:\.\d)?%", baba.text)


def test_the_press_claim_is_marked_and_below_the_price(baba: Built) -> None:
    """The average target of 169 is told as a claim, with its downside, beside the confirmed targets of houses."""
    claim = re.search(r"[^.]*US\$169[^.]*not confirmed.{0,300}", baba.text)
    assert claim
    assert "AInvest" in claim.group()
    assert "10.7%" in baba.text
    for house in ("Barclays", "Morgan Stanley", "JPMorgan"):
        assert house in baba.text


def test_the_plan_is_compared_year_by_year(baba: Built) -> None:
    """RMB 380bn over three years is 17.7 a year beside the yearly plans of rivals, Alphabet's being 85."""
    assert "RMB 380bn" in baba.text
    assert "US$53bn" in baba.text
    assert "US$17.7bn" in baba.text
    assert "US$85bn" in baba.text or "85.0" in baba.text
    for place in re.finditer(r"US\$75bn", baba.text):
        around = baba.text[max(0, place.start() - 60) : place.end() + 80]
        assert re.search(r"superseded|no longer|before", around), around


def test_market_shares_with_their_quarter(baba: Built) -> None:
    """Shares of 30, 20, 13 and 4% belong to the quarter to June 2025."""
    for share in ("30%", "20%", "13%", "4%"):
        assert share in baba.text
    assert re.search(r"[Mm]arket.{0,200}quarter to June 2025", baba.text)


def test_five_weeks_earlier_the_new_quarter_is_not_known(folder: Path) -> None:
    """As of 28 August 2025 neither the 26% nor any figure of the quarter to June is there."""
    early = built("BABA", folder, date(2025, 8, 28))
    assert "26%" not in early.text.replace("26%)", "26%")
    assert "18%" in early.text
    assert "1,000.8" not in early.text


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_it_is_archival_and_accessible(baba: Built, profile: Profile) -> None:
    """veraPDF finds no fault against PDF/A-3a and PDF/UA-1."""
    assert failures(baba.path, profile) == []
