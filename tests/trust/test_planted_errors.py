"""Errors planted into the finished briefs of all shipped companies, one at a time: what is caught, in a table.

`make trust` prints the table.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from plants import Plant, Soil, planted
from shipped import TICKERS, built

# What changes what a page shows is caught by the proof, without exception; what is wrong about a fact or a word by its
# check, but for the few that no sum of the brief can tell.
BY_PROOF = (
    "a digit on a page", "another fact's value", "a sign on a page", "a period swapped",
    "a company swapped", "a digit beside the pages",
    "a digit in the PDF itself", "a sign in a figure", "a currency in a figure", "a unit in a figure",
    "a scale in a figure",
)  # fmt: skip
LEAST = 0.98
# The findings that a clean brief may have, each explained in its data notes.
EXPLAINED = {"stale_estimate", "unconfirmed_claim"}


@pytest.fixture(scope="module")
def plants(folder: Path) -> list[Plant]:
    return [plant for ticker in TICKERS for plant in planted(Soil.of(ticker, built(ticker, folder)))]


def table(plants: list[Plant]) -> str:
    all_of, caught = Counter(each.kind for each in plants), Counter(each.kind for each in plants if each.caught)
    rows = [f"{kind:28} {caught[kind]:5} of {count:5}  {caught[kind] / count:6.1%}" for kind, count in all_of.items()]
    missed = [f"not caught: {each.ticker}, {each.kind}, {each.what}" for each in plants if not each.caught]
    total = f"{'all':28} {sum(caught.values()):5} of {len(plants):5}  {sum(caught.values()) / len(plants):6.1%}"
    return "\n".join(("", *rows, total, *missed))


def test_planted_errors_are_caught(plants: list[Plant]) -> None:
    said = table(plants)
    print(said)  # noqa: T201 -- the table is what `make trust` is for
    assert len(plants) >= 1000
    assert {each.ticker for each in plants} == set(TICKERS)
    assert [each for each in plants if each.kind in BY_PROOF and not each.caught] == [], said
    for kind in {each.kind for each in plants} - set(BY_PROOF):
        of_kind = [each.caught for each in plants if each.kind == kind]
        assert sum(of_kind) >= LEAST * len(of_kind), said


@pytest.mark.parametrize("ticker", TICKERS)
def test_a_clean_brief_has_no_finding_that_its_data_notes_do_not_explain(ticker: str, folder: Path) -> None:
    document = built(ticker, folder).document
    told = {each.check for each in document.findings if each.level != "note"}
    assert told <= EXPLAINED, told
    assert document.proof.findings == ()
