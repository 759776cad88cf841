"""What holds for each section of every shipped brief, and of a ledger that knows next to nothing."""

from __future__ import annotations

from datetime import date

import pytest
from small_ledger import TICKERS, faults, price_facts, setting, shipped, small, words

from generator.model.ledger import Ledger
from generator.sections import conclusion, financials, implications, risks, valuation
from generator.sections.setting import Build

BUILDS: dict[str, Build] = {
    "valuation": valuation.build,
    "financials": financials.build,
    "risks": risks.build,
    "implications": implications.build,
    "conclusion": conclusion.build,
}
DAYS = (date(2025, 8, 28), date(2023, 5, 1), date(2020, 2, 3))


@pytest.mark.parametrize("ticker", TICKERS)
@pytest.mark.parametrize("name", BUILDS)
def test_a_shipped_section_has_no_fault(ticker: str, name: str) -> None:
    """Titles fit, no figure is typed by hand, nothing betrays a missing one."""
    ledger = shipped(ticker)
    assert faults(BUILDS[name](ledger, setting(ledger)), ledger) == []


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("name", BUILDS)
def test_an_early_section_has_no_fault(day: date, name: str) -> None:
    """On days on which little was known the sections say so, and nothing else."""
    for ticker in ("BABA", "NVDA"):
        ledger = shipped(ticker, day)
        section = BUILDS[name](ledger, setting(ledger))
        assert section.unavailable or faults(section, ledger) == []


@pytest.mark.parametrize("name", BUILDS)
def test_a_ledger_with_a_price_alone(name: str) -> None:
    """With nothing but a price each section still says what it can, and why it cannot say more."""
    ledger = small(price_facts()[:1])
    section = BUILDS[name](ledger, setting(ledger))
    assert section.unavailable or faults(section, ledger) == []
    assert section.unavailable or words(section, ledger)


@pytest.mark.parametrize("name", BUILDS)
def test_an_empty_ledger(name: str) -> None:
    """Without any fact a section is not a blank."""
    ledger: Ledger = small(())
    section = BUILDS[name](ledger, setting(ledger))
    assert section.unavailable or words(section, ledger)


def test_sections_are_the_same_each_time() -> None:
    """Two builds from one ledger say the same and draw the same."""
    ledger = shipped("BABA")
    for build in BUILDS.values():
        assert build(ledger, setting(ledger)) == build(ledger, setting(ledger))
