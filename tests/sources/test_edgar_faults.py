"""Every injected fault of the SEC: a refusal, or figures that are all right and a note on what is missing."""

from __future__ import annotations

import itertools
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from replay import Fault, Replay
from replay.clients import HASTY, SHORT
from replay.filings import CONTACT, edgar

from generator.errors import NoDataError, SourceFailedError
from generator.model.answer import Answer
from generator.model.snapshot import Snapshot
from generator.sources.edgar import EdgarSource
from generator.sources.pace import Patience

NOW = date(2026, 4, 20)
PLACES = {
    "tickers": {"path": "/files/company_tickers.json"},
    "facts": {"path": "/api/xbrl/companyfacts/*"},
    "filings": {"path": "/submissions/*"},
    "everything": {"host": "*.sec.gov"},
}
FAULTS: dict[str, dict[str, object]] = {
    "401": {"kind": "status", "status": 401},
    "403": {"kind": "status", "status": 403},
    "404": {"kind": "status", "status": 404},
    "429": {"kind": "status", "status": 429},
    "500": {"kind": "status", "status": 500},
    "503": {"kind": "status", "status": 503},
    "slow": {"kind": "slow", "seconds": 1.0},
    "cut": {"kind": "cut"},
    "truncated": {"kind": "truncated"},
    "html": {"kind": "html"},
    "empty": {"kind": "empty"},
    "nan": {"kind": "nan"},
}
SAID = {
    "401": "answered 401", "403": "answered 403", "404": "answered 404", "429": "answered 429",
    "500": "answered 500", "503": "answered 503", "slow": "did not answer within 0.5 seconds",
    "cut": "cut the connection", "truncated": "broken or half a body", "html": "a web page instead of data",
    "empty": "answered ", "nan": "have no number",
}  # fmt: skip
"""What must be read of each fault, be it in the refusal or in a note."""

CASES = [f"{place} {fault}" for place, fault in itertools.product(PLACES, FAULTS)]


def fault_of(case: str) -> Fault:
    place, _, name = case.partition(" ")
    return Fault(**PLACES[place], **FAULTS[name])  # type: ignore[arg-type]


def figures(snapshot: Snapshot) -> dict[tuple[object, ...], set[object]]:
    """Return the values of each metric and period; a repeated one may be known from the filing that repeats it."""
    found: dict[tuple[object, ...], set[object]] = {}
    for fact in snapshot.facts:
        found.setdefault((fact.metric, fact.period), set()).add((fact.value, fact.currency, fact.unit))
    return found


def collected(ticker: str, case: str, folder: Path) -> tuple[Snapshot | None, str]:
    """Return the snapshot, or what was said in its place."""
    try:
        snapshot = edgar(folder, patience=HASTY if "slow" in case else SHORT).collect(ticker, NOW)
    except SourceFailedError as error:
        return None, str(error)
    return snapshot, " ".join(snapshot.notes)


@pytest.mark.parametrize("ticker", ["SNOW", "BABA"])
def test_no_fault_makes_a_wrong_figure(
    ticker: str, replay: Replay, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right, refused, same, missing = figures(edgar(tmp_path).collect(ticker, NOW)), 0, 0, 0
    for case in CASES:
        replay.inject(fault_of(case))
        snapshot, said = collected(ticker, case, tmp_path)
        found = figures(snapshot) if snapshot else {}
        assert {key: values for key, values in found.items() if not values <= right[key]} == {}, case
        assert len(found) == len(right) or SAID[case.partition(" ")[2]] in said, case
        assert snapshot is not None or not case.startswith("filings"), case
        refused, same, missing = refused + (not snapshot), same + len(found), missing + len(right) - len(found)
    with capsys.disabled():
        told = f"{refused} refused, {same} figures right, {missing} missing and told, 0 wrong"
        sys.stdout.write(f"\nSEC EDGAR, {ticker}: {len(CASES)} faults, {told}\n")


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("tickers 500", "the list of tickers: SEC EDGAR answered 500"),
        ("facts 429", "company facts of AAPL: SEC EDGAR answered 429 (too many requests)"),
        ("facts empty", "company facts of AAPL: SEC EDGAR answered about filer nobody instead of 320193"),
        ("facts 404", "company facts of AAPL: SEC EDGAR answered 404"),
        ("facts html", "company facts of AAPL: SEC EDGAR answered with a web page instead of data"),
    ],
)
def test_a_refusal_says_what_failed_and_what_to_do(case: str, words: str, replay: Replay, tmp_path: Path) -> None:
    replay.inject(fault_of(case))
    with pytest.raises(SourceFailedError) as refused:
        edgar(tmp_path).collect("AAPL", NOW)
    assert str(refused.value) == f"{words}; try again later, or build the brief from a stored snapshot"


def test_statements_come_without_the_list_of_filings(replay: Replay, tmp_path: Path) -> None:
    replay.inject(fault_of("filings 503"))
    snapshot = edgar(tmp_path).collect("AAPL", NOW)
    assert snapshot.notes == ("the list of filings of AAPL is missing: SEC EDGAR answered 503",)
    assert len(snapshot.facts) > 1000


def test_an_undeclared_client_is_told_apart_from_an_unknown_filer(replay: Replay, tmp_path: Path) -> None:
    replay.inject()
    with pytest.raises(NoDataError):
        edgar(tmp_path).collect("TSLA", NOW)
    replay.inject(fault_of("facts 403"))
    with pytest.raises(SourceFailedError, match="answered 403"):
        edgar(tmp_path).collect("TSLA", NOW)
    assert sum("companyfacts" in asked.path for asked in replay.asked) == 1, "a refusal is not asked about again"


def test_a_transient_fault_is_asked_about_again(replay: Replay, tmp_path: Path) -> None:
    whole = edgar(tmp_path).collect("AAPL", NOW).digest
    for name in ("429", "500", "cut", "truncated", "html"):
        replay.inject(Fault(**FAULTS[name], path="/api/*", times=1))  # type: ignore[arg-type]
        assert edgar(tmp_path).collect("AAPL", NOW).digest == whole, name


def test_a_collection_ends_in_time(replay: Replay, tmp_path: Path) -> None:
    replay.inject(Fault(kind="slow", seconds=5.0, path="/api/*"))
    patience = Patience(answer=5.0, first=0.01, longest=0.01, collection=0.8)
    start = time.monotonic()
    with pytest.raises(SourceFailedError, match="used up the time for this collection"):
        edgar(tmp_path, patience=patience).collect("AAPL", NOW)
    assert time.monotonic() - start < 3


def test_every_answer_is_handed_on(replay: Replay, tmp_path: Path) -> None:
    kept: list[Answer] = []
    replay.inject(Fault(kind="status", status=500, path="/api/*", times=1))
    edgar(tmp_path, record=kept.append).collect("AAPL", NOW)
    assert [(answer.provider, answer.status) for answer in kept] == [
        ("edgar", 200), ("edgar", 500), ("edgar", 200), ("edgar", 200),
    ]  # fmt: skip
    assert kept[-1].url == "https://data.sec.gov/submissions/CIK0000320193.json"


COLLECT = f"""
import sys
from datetime import date
from pathlib import Path
from generator.sources.edgar import EdgarSource
for ticker in sys.argv[2:]:
    EdgarSource(Path(sys.argv[1]), contact="{CONTACT}").collect(ticker, date(2026, 4, 20))
"""


def test_processes_together_ask_at_most_ten_times_a_second(replay: Replay, tmp_path: Path) -> None:
    assert isinstance(edgar(tmp_path), EdgarSource)
    command = [sys.executable, "-c", COLLECT, str(tmp_path)]
    running = [subprocess.Popen([*command, "LPA", "BABA", "WMT"]) for _ in range(3)]
    assert [each.wait(60) for each in running] == [0, 0, 0]
    times = sorted(each.at for each in replay.asked)
    assert len(times) == 27
    assert max(sum(start <= other < start + 1.0 for other in times) for start in times) <= 11
    assert times[-1] - times[0] >= (27 - 5) / 5 - 0.5
