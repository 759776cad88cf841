"""The live door: fetched, stored, built offline from the store; an outage; too old a snapshot; no report file."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from replay import Fault, Replay
from replay.clients import QUICK, SHORT
from typer.testing import CliRunner, Result

from generator.cli import app, clock
from generator.cli.project import project_at

DAY = date(2025, 2, 24)


class Day:
    """The day on the desk's clock."""

    def __init__(self) -> None:
        self.today = DAY

    def passes(self, days: int) -> None:
        """Let some days pass."""
        self.today += timedelta(days=days)


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Day:
    day = Day()
    monkeypatch.setattr(clock, "today", lambda: day.today)
    monkeypatch.setattr(clock, "now", lambda: datetime(*day.today.timetuple()[:3], 22, 30, tzinfo=UTC))
    return day


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replay: Replay, day: Day) -> Path:
    """Return an empty project whose providers are the replay."""
    assert replay.environment
    assert day.today == DAY
    monkeypatch.setattr("generator.sources.yahoo.source.Pace", lambda: QUICK)
    monkeypatch.setattr("generator.sources.yahoo.source.Patience", lambda: SHORT)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "baba.toml").write_text('ticker = "BABA"\npeers = ["AMZN"]\nbenchmark = "QQQ"\n')
    return tmp_path


def brief(*arguments: str) -> Result:
    """Run `brief` in this process."""
    return CliRunner().invoke(app, list(arguments))


def facts(*arguments: str) -> list[dict[str, Any]]:
    """Return what `brief facts` says."""
    done = brief("facts", *arguments, "--format", "json")
    assert done.exit_code == 0, done.output
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def values(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the figures of rows by identifier, without the banner."""
    return {row["id"]: row["value"] for row in rows if row["metric"] != "prices_as_of"}


def test_fetched_then_built_offline(desk: Path, replay: Replay) -> None:
    """The company, its peer and its benchmark are asked about once; the build asks nobody and has the same figures."""
    done = brief("fetch", "BABA")
    assert done.exit_code == 0, done.output
    assert [line.split()[:2] for line in done.stdout.splitlines()] == [
        ["BABA", "company"], ["AMZN", "peer"], ["QQQ", "benchmark"],
    ]  # fmt: skip
    asked = len(replay.asked)
    assert asked > 8
    (row,) = json.loads(brief("build", "BABA", "--as-of", "2025-02-24", "--json").stdout)
    assert Path(row["path"]).is_file(), row
    text = _text(Path(row["path"]))
    assert "Prices as of" not in text
    assert "Yahoo Finance, as stored on 24 February 2025" in text
    stored = values(facts("BABA"))
    assert len(replay.asked) == asked
    assert values(facts("BABA", "--live")) == stored
    assert len(replay.asked) > asked
    assert desk.joinpath("output/store/store.sqlite3").is_file()


def test_an_outage_falls_back_on_the_last_snapshot_and_page_one_says_so(desk: Path, replay: Replay, day: Day) -> None:
    """With the day of its prices; the data notes say what the provider answered."""
    assert brief("fetch", "BABA").exit_code == 0
    whole = values(facts("BABA"))
    day.passes(1)
    replay.inject(Fault(kind="status", status=503))
    done = brief("build", "BABA", "--live", "--out", str(desk))
    assert done.exit_code in (0, 1), done.output
    first = _text(desk / "baba.pdf", pages=1)
    assert "Prices as of 21 February 2025: Yahoo Finance did not answer; the stored snapshot stands in." in first
    assert "BABA: Yahoo Finance answered 503; the snapshot of 24 February 2025 stands in" in _text(desk / "baba.pdf")
    now = values(facts("BABA", "--live"))
    prices = {key: value for key, value in whole.items() if ".price." in key}
    assert prices
    assert prices.items() <= now.items()


def test_a_snapshot_that_is_too_old_is_refused(desk: Path, replay: Replay, day: Day) -> None:
    """Offline, and in an outage; the sentence says how old it is and what to do."""
    assert brief("fetch", "BABA").exit_code == 0
    day.passes(11)
    done = brief("build", "BABA")
    assert done.exit_code == 3
    said = "the newest stored snapshot of Yahoo Finance is of 2025-02-24, 11 days before the brief's day"
    assert said in done.stderr
    assert "brief fetch BABA" in done.stderr
    replay.inject(Fault(kind="refused"))
    done = brief("build", "BABA", "--live")
    assert done.exit_code == 3
    assert said in done.stderr
    desk.joinpath("reports/settings.toml").write_text("[store]\noldest_days = 11\n")
    assert facts("BABA")


@pytest.mark.usefixtures("desk")
def test_an_outage_with_nothing_stored_writes_no_brief(replay: Replay) -> None:
    """The exit code tells it from bad input and from missing data."""
    replay.inject(Fault(kind="status", status=503))
    done = brief("build", "BABA", "--live")
    assert done.exit_code == 69
    assert "BABA: no brief was written" in done.stderr
    assert "Yahoo Finance answered 503" in done.stderr
    assert brief("fetch", "BABA").exit_code == 69


@pytest.mark.usefixtures("desk")
def test_a_peer_that_cannot_be_had_is_left_out_and_named(replay: Replay) -> None:
    """The company's own figures stand."""
    replay.inject(Fault(kind="status", status=503, path="*AMZN*"))
    row = json.loads(brief("build", "BABA", "--live", "--json").stdout)[0]
    assert row["path"], row
    assert any(gap.startswith("AMZN is left out of the comparison") and "503" in gap for gap in row["gaps"])


@pytest.mark.usefixtures("desk")
def test_a_snapshot_of_a_later_day_is_not_seen() -> None:
    """What was fetched on Monday was not known on Friday."""
    assert brief("fetch", "BABA").exit_code == 0
    done = brief("build", "BABA", "--as-of", "2025-02-21")
    assert done.exit_code == 3
    assert "nothing of Yahoo Finance on BABA was stored by 21" in done.stderr


def test_advice_on_an_unknown_peer_names_live_only_where_it_was_not_asked(desk: Path) -> None:
    desk.joinpath("reports/baba.toml").write_text('ticker = "BABA"\npeers = ["NOSUCH"]\nbenchmark = "QQQ"\n')
    asked = " ".join(brief("build", "BABA", "--live").output.split())
    assert "no source has data on 'NOSUCH'" in asked
    assert "take it out, or add its data to the seeds" in asked
    assert "--live" not in asked
    assert brief("fetch", "BABA").exit_code != 0
    kept = " ".join(brief("build", "BABA").output.split())
    assert "no source has data on 'NOSUCH'" in kept
    assert "ask the live sources with --live" in kept


def test_a_company_without_a_report_file_gets_peers_of_its_industry(desk: Path, replay: Replay) -> None:
    """Those that are known here; a line says how to name others. Not even the folder of report files must be there."""
    assert "AMZN       company    Yahoo Finance  closes to 2025-02-21" in brief("fetch", "AMZN").stdout
    shutil.rmtree(desk / "reports")
    row = json.loads(brief("build", "baba", "--live", "--json").stdout)[0]
    assert row["path"], row
    said = "the peers (AMZN) were chosen for being in the same industry; `brief new BABA` writes a report file"
    assert any(gap.startswith(said) for gap in row["gaps"]), row["gaps"]
    assert any(gap.startswith("SPY is left out of the comparison") for gap in row["gaps"])
    assert replay.asked


@pytest.mark.usefixtures("desk", "replay")
def test_nobody_knows_the_ticker() -> None:
    """Offline the sentence tells of --live; live it is the provider's word."""
    done = brief("build", "XYZZY")
    assert done.exit_code == 2
    assert "ask the live sources with `brief build XYZZY --live`" in done.stderr
    done = brief("build", "XYZZY", "--live")
    assert done.exit_code == 3
    assert "Yahoo Finance does not know XYZZY" in done.stderr


def test_settings_may_ask_live_always(desk: Path, replay: Replay) -> None:
    """Without the option."""
    desk.joinpath("reports/settings.toml").write_text("[sources]\nlive = true\n")
    assert facts("BABA")
    assert replay.asked


def test_a_run_asks_once_about_what_is_due(desk: Path, replay: Replay) -> None:
    """One process asks; the brief is made of what was kept, and a draft that waits is not asked about again."""
    desk.joinpath("reports/settings.toml").write_text("[sources]\nlive = true\n")
    schedule = '[schedule]\nexchange = "XNYS"\nweekday = "monday"\nsettle_hours = 0.5\n'
    desk.joinpath("reports/baba.toml").write_text(f'ticker = "BABA"\npeers = ["AMZN"]\nbenchmark = "QQQ"\n{schedule}')
    assert "BABA       build    2025-W09" in brief("due").stdout
    assert not replay.asked
    (row,) = json.loads(brief("run", "--workers", "0", "--json").stdout)
    assert (row["period"], row["revision"]) == ("2025-W09", 1), row
    asked = len(replay.asked)
    assert asked > 8
    (row,) = json.loads(brief("run", "--workers", "0", "--json").stdout)
    assert row["revision"] == 1
    assert len(replay.asked) == asked


def test_snapshots_are_listed_and_pruned(desk: Path, day: Day) -> None:
    """Old ones go with their answers; the newest of each ticker stays."""
    assert brief("fetch", "BABA").exit_code == 0
    day.passes(7)
    assert brief("fetch", "BABA").exit_code == 0
    rows = json.loads(brief("snapshots", "baba", "--json").stdout)
    assert [(row["ticker"], row["source"], row["day"]) for row in rows] == [
        ("BABA", "yahoo", "2025-03-03"), ("BABA", "yahoo", "2025-02-24"),
    ]  # fmt: skip
    assert "Alibaba" in brief("snapshots").stdout
    before = len(list(desk.glob("output/store/objects/*/*")))
    assert "3 snapshots" in brief("prune", "--keep", "1", "--dry-run").stdout
    assert len(list(desk.glob("output/store/objects/*/*"))) == before
    assert "3 snapshots" in brief("prune", "--keep", "1").stdout
    assert len(list(desk.glob("output/store/objects/*/*"))) < before
    (row,) = json.loads(brief("snapshots", "BABA", "--json").stdout)
    assert row["day"] == "2025-03-03"
    assert facts("BABA")


@pytest.mark.usefixtures("replay")
def test_the_sec_is_asked_once_somebody_says_who_asks(desk: Path) -> None:
    """Its statements lead, Yahoo's bear witness; without the SEC the others stand in, and the notes say so."""
    assert "SEC EDGAR was not asked: write contact under [edgar]" in brief("fetch", "AAPL").stderr
    settings = desk / "reports/settings.toml"
    settings.write_text('[edgar]\ncontact = "Example Desk desk@example.com"\n')
    done = brief("fetch", "AAPL")
    assert "AAPL       company    SEC EDGAR" in done.stdout
    rows = facts("AAPL")
    revenue = [row for row in rows if row["metric"] == "revenue" and row["period"] == "FY2024" and row["sources"]]
    assert {row["sources"][0]["publisher"] for row in revenue} == {"SEC EDGAR"}
    assert any(row["metric"] == "second_revenue" for row in rows)
    settings.write_text('[sources.kinds]\nstatements = ["yahoo", "edgar"]\n')
    revenue = [row for row in facts("AAPL") if row["metric"] == "revenue" and row["period"] == "FY2024"]
    assert {row["sources"][0]["publisher"] for row in revenue if row["sources"]} == {"Yahoo Finance"}


@pytest.mark.usefixtures("replay")
def test_new_writes_a_report_file_of_a_company_asked_live(desk: Path) -> None:
    """Without --live it is not known."""
    assert brief("new", "AAPL").exit_code == 3
    assert brief("new", "AAPL", "--live").exit_code == 0
    assert 'name = "Apple Inc."' in (desk / "reports/aapl.toml").read_text()


def test_check_reads_the_settings(desk: Path) -> None:
    """Their problems are told with all others."""
    desk.joinpath("reports/settings.toml").write_text("[store]\noldest_day = 3\n")
    desk.joinpath("reports/bad.toml").write_text("ticker =\n")
    done = brief("check")
    assert done.exit_code == 2
    assert "settings.toml: store.oldest_day: the key is not known; did you mean 'oldest_days'?" in done.stdout
    assert "bad.toml: line 1" in done.stdout


@pytest.mark.usefixtures("desk")
def test_prune_must_be_told_what_is_old() -> None:
    """It removes nothing by itself."""
    done = brief("prune")
    assert done.exit_code == 2
    assert "write --keep 8, or --before" in done.stderr
    assert brief("snapshots").exit_code == 3


def _text(path: Path, *, pages: int = 99) -> str:
    done = subprocess.run(["pdftotext", "-l", str(pages), str(path), "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


@pytest.mark.usefixtures("project")
def test_the_secs_source_is_told_the_splits_of_the_seeds(monkeypatch: pytest.MonkeyPatch, day: Day) -> None:
    """Counts and amounts per share from before a split are then on the basis of the price."""
    told: dict[str, Any] = {}
    monkeypatch.setattr("generator.sources.edgar.EdgarSource", lambda *_, **named: told.update(named))
    Path("reports/settings.toml").write_text('[edgar]\ncontact = "Desk desk@example.com"\n')
    seeds = project_at(Path()).sources(today=day.today, live=True).seeds
    assert seeds.splits
    assert told["splits"] == seeds.splits
