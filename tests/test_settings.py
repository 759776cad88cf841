"""The settings of a project: defaults without a file, every problem at once with one."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.definitions import read_reports, read_settings, report_files, write_settings_schema
from generator.errors import InputError


def _problems(text: str, folder: Path) -> list[str]:
    (folder / "settings.toml").write_text(text)
    with pytest.raises(InputError) as caught:
        read_settings(folder)
    return [str(problem) for problem in caught.value.problems]


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    """Nothing is asked live, and the store stands beside the briefs."""
    settings = read_settings(tmp_path)
    assert (settings.sources.live, settings.store.url, settings.store.oldest_days) == (False, "", 10)
    assert settings.sources.order == ("kpis", "edgar", "yahoo", "seeds")


def test_what_the_file_says_holds(tmp_path: Path) -> None:
    """Also for one kind of fact alone."""
    text = '[sources]\nlive = true\n[sources.kinds]\nstatements = ["yahoo"]\n[edgar]\ncontact = "Desk d@example.com"\n'
    (tmp_path / "settings.toml").write_text(text)
    settings = read_settings(tmp_path)
    assert settings.sources.live
    assert settings.sources.kinds == {"statements": ("yahoo",)}
    assert settings.edgar.contact == "Desk d@example.com"


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    """With place, value and remedy."""
    text = '[sources]\nliev = true\norder = ["yahu", "seeds"]\n[store]\noldest_days = -1\n'
    text += '[sources.kinds]\nprise = ["yahoo"]\n'
    told = "\n".join(_problems(text, tmp_path))
    assert "sources.liev: the key is not known; did you mean 'live'?" in told
    assert 'sources.order[1]: "yahu" is not a source; use kpis, edgar, yahoo or seeds' in told
    assert "store.oldest_days: -1 is out of range; use a number at least 0" in told
    assert "sources.kinds.prise: the key is not known; did you mean 'prices'?" in told


def test_a_source_that_stands_twice_is_a_problem(tmp_path: Path) -> None:
    """It could only be a slip."""
    (told,) = _problems('[sources]\norder = ["seeds", "seeds"]\n', tmp_path)
    assert '"seeds" stands twice' in told


@pytest.mark.parametrize("url", ["postgresql://me:secret@host/db", "postgresql://me@host/db?password=secret"])
def test_a_password_is_refused_and_never_printed(url: str, tmp_path: Path) -> None:
    """It belongs into ~/.pgpass or the environment."""
    told = "\n".join(_problems(f'[store]\nurl = "{url}"\nobjects = "s3://b/o"\n', tmp_path))
    assert "holds a password" in told
    assert "secret" not in told


def test_a_server_needs_a_place_for_objects(tmp_path: Path) -> None:
    """Or each machine would keep its own."""
    (told,) = _problems('[store]\nurl = "postgresql://me@host/db"\n', tmp_path)
    assert "objects is missing" in told


def test_an_unknown_kind_of_store_is_refused(tmp_path: Path) -> None:
    """There are two."""
    (told,) = _problems('[store]\nurl = "mysql://me@host/db"\n', tmp_path)
    assert '"mysql" is not a kind of store' in told


def test_settings_and_recipients_are_no_reports(tmp_path: Path) -> None:
    """They stand in the same folder."""
    for name in ("settings", "recipients"):
        (tmp_path / f"{name}.toml").write_text("")
    (tmp_path / "acme.toml").write_text('ticker = "ACME"\n')
    assert [path.name for path in report_files(tmp_path)] == ["acme.toml"]
    assert [report.ticker for report in read_reports(tmp_path)] == ["ACME"]


def test_the_schema_names_every_table() -> None:
    """For the editor."""
    assert {"sources", "store", "edgar"} <= set(write_settings_schema()["properties"])
