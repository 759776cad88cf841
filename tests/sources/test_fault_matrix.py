"""Both providers, every address, every fault: each figure of the ledger is right, or says which failure took it away.

What one provider gives when the other fails is right too: the ledgers of each alone count as fault-free.
"""

from __future__ import annotations

import itertools
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from replay import Fault, Replay
from replay.clients import DAY, HASTY, SHORT, measured, source
from replay.filings import edgar

from generator.errors import SourceFailedError
from generator.model.ledger import Ledger
from generator.sources.desk import Collect, Desk

PLACES: dict[str, dict[str, str]] = {
    "Yahoo's cookie": {"host": "fc.yahoo.com"},
    "Yahoo's crumb": {"path": "/v1/test/getcrumb"},
    "Yahoo's summary": {"path": "*/quoteSummary/*"},
    "Yahoo's chart": {"path": "*/chart/[A-Z]*[!X]"},
    "Yahoo's rates": {"path": "*/chart/*=X"},
    "Yahoo's statements": {"path": "*/timeseries/*"},
    "Yahoo's headlines": {"path": "/xhr/ncp"},
    "all of Yahoo": {"host": "*.yahoo.com"},
    "the SEC's tickers": {"path": "/files/company_tickers.json"},
    "the SEC's facts": {"path": "/api/xbrl/companyfacts/*"},
    "the SEC's filings": {"path": "/submissions/*"},
    "all of the SEC": {"host": "*.sec.gov"},
    "everything": {},
}
FAULTS: dict[str, dict[str, object]] = {
    "401": {"kind": "status", "status": 401},
    "403": {"kind": "status", "status": 403},
    "429": {"kind": "status", "status": 429},
    "500": {"kind": "status", "status": 500},
    "502": {"kind": "status", "status": 502},
    "slow": {"kind": "slow", "seconds": 0.8},
    "cut": {"kind": "cut"},
    "truncated": {"kind": "truncated"},
    "html": {"kind": "html"},
    "nan": {"kind": "nan"},
    "empty": {"kind": "empty"},
    "refused": {"kind": "refused"},
}
SAID = {
    "401": "answered 401", "403": "answered 403", "429": "answered 429", "500": "answered 500", "502": "answered 502",
    "slow": "did not answer within", "cut": "cut the connection", "truncated": "broken or half a body",
    "html": "a web page instead of", "nan": "no ", "empty": "answered ", "refused": "could not be reached",
}  # fmt: skip
Key = tuple[str, str, str]


@dataclass(slots=True)
class Count:
    """How the cases ended, and what became of the figures."""

    cases: int = 0
    refused: int = 0
    right: int = 0
    missing: int = 0


def desk(folder: Path, *names: str, slow: bool = False) -> Desk:
    """Return both sources as one, the SEC's statements first."""
    patience = HASTY if slow else SHORT
    sources: dict[str, Collect] = {
        "edgar": edgar(folder, patience=patience),
        "yahoo": source(folder, patience=patience),
    }
    return Desk(sources={name: sources[name] for name in names or sources}, order=("edgar", "yahoo"))


def figures(ledger: Ledger) -> dict[Key, set[tuple[object, ...]]]:
    found: dict[Key, set[tuple[object, ...]]] = {}
    for fact in ledger.facts.values():
        if fact.known and not fact.metric.startswith("second_"):
            key = (fact.metric, fact.name, fact.period.code)
            found.setdefault(key, set()).add((fact.value, fact.low, fact.high, fact.currency, fact.unit))
    return found


def collected(ticker: str, folder: Path, case: str) -> tuple[Ledger | None, str]:
    """Return the ledger with all that is said beside it, or what was said in its place."""
    try:
        ledger = measured(desk(folder, slow="slow" in case).collect(ticker, DAY))
    except SourceFailedError as error:
        return None, str(error)
    return ledger, " ".join(ledger.notes)


def fault_free(ticker: str, folder: Path) -> tuple[Ledger, dict[Key, set[tuple[object, ...]]]]:
    """Return the ledger of both sources, and every value that it, Yahoo's or the SEC's alone holds."""
    snapshots = [desk(folder, *names).collect(ticker, DAY) for names in ((), ("yahoo",))]
    filed = edgar(folder).collect(ticker, DAY)
    snapshots.append(replace(snapshots[0], facts=filed.facts))
    ledgers = [measured(each) for each in snapshots]
    right: dict[Key, set[tuple[object, ...]]] = {}
    for ledger in ledgers:
        for key, values in figures(ledger).items():
            right.setdefault(key, set()).update(values)
    return ledgers[0], right


def explained(name: str, said: str) -> bool:
    """Tell whether words name a fault; half a crumb is not accepted, and half a consent page cannot be read."""
    otherwise = {"truncated": ("answered 401", "a page that cannot be read"), "slow": ("answered 401",)}
    return any(words in said for words in (SAID[name], *otherwise.get(name, ())))


def test_no_fault_makes_a_wrong_or_silently_empty_figure(
    replay: Replay, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ticker, count = "BABA", Count()
    whole, right = fault_free(ticker, tmp_path)
    metrics = sorted({metric for metric, _, _ in figures(whole)})
    for place, name in itertools.product(PLACES, FAULTS):
        case = f"{place}: {name}"
        replay.inject(Fault(**PLACES[place], **FAULTS[name]))  # type: ignore[arg-type]
        ledger, said = collected(ticker, tmp_path, case)
        count.cases += 1
        if ledger is None:
            assert explained(name, said), (case, said)
            count.refused += 1
            continue
        found = figures(ledger)
        assert [key for key, values in found.items() if not values <= right.get(key, set())] == [], case
        missing = [fact for key in metrics if not (fact := ledger.latest(ticker, key)).known]
        assert not missing or explained(name, said), (case, missing, said)
        assert all(fact.reason for fact in missing), case
        count.right, count.missing = count.right + len(found), count.missing + len(missing)
    with capsys.disabled():
        told = f"{count.right} figures right, {count.missing} missing and told, 0 wrong"
        sys.stdout.write(f"\n{ticker}: {count.cases} faults, {count.refused} refused, {told}\n")


@pytest.mark.parametrize(
    ("fault", "metric", "reason"),
    [
        (
            {"path": "*/timeseries/*", "status": 429}, "research_and_development",
            "the statements of BABA are missing: Yahoo Finance answered 429 (too many requests)",
        ),
        (
            {"path": "*/chart/*=X", "status": 500}, "ps_ttm",
            "the exchange rate of CNY per USD is missing: Yahoo Finance answered 500",
        ),
        (
            {"path": "*/chart/BABA", "status": 502}, "volatility",
            "the price history and dividends of BABA are missing: Yahoo Finance answered 502",
        ),
    ],
)  # fmt: skip
def test_a_figure_that_a_failure_took_away_says_so(
    fault: dict[str, object], metric: str, reason: str, replay: Replay, tmp_path: Path
) -> None:
    """Where it has none, that is told from where it could not be asked."""
    replay.inject(Fault(kind="status", **fault))  # type: ignore[arg-type]
    fact = measured(source(tmp_path).collect("BABA", DAY)).latest("BABA", metric)
    assert (fact.known, fact.reason) == (False, reason)
    replay.inject()
    whole = measured(source(tmp_path).collect("BABA", DAY)).latest("BABA", metric)
    assert whole.known or whole.reason != reason
