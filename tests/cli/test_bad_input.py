"""Bad input: one clear sentence with file and place, exit code 2, no traceback, no half-written file."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from small_project import FACT_HEAD, GROWTH, REPORT, SmallProject
from typer.testing import CliRunner, Result

from generator.cli import app, clock

OUT = Path("out")
Spoil = Callable[[SmallProject], object]


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2025, 10, 6))


def brief(*arguments: str) -> Result:
    """Run `brief` in this process."""
    return CliRunner().invoke(app, list(arguments))


def files() -> list[str]:
    """Return what stands in the output folder, hidden files too."""
    return sorted(path.name for path in OUT.rglob("*"))


def take_out_a_week(project: SmallProject) -> None:
    """Leave a hole in the price file."""
    lines = project.read("seeds/prices/ACME.csv").splitlines(keepends=True)
    project.write("seeds/prices/ACME.csv", "".join(each for each in lines if not "2025-03-10" <= each < "2025-03-15"))


def spoil(name: str, old: str, new: str) -> Spoil:
    """Return what spoils one place of one file."""
    return lambda project: project.swap(name, old, new)


PRICES = "seeds/prices/ACME.csv"
WORDS = '[words]\nthesis = """\nOne line.\nCloud grew {{ fig("FIG") }}.\n"""\n'
CASES: dict[str, tuple[Spoil, str]] = {
    "malformed TOML": (
        lambda project: project.write("reports/acme.toml", 'ticker = "ACME"\npeers = ["PEER"\nbenchmark = 1\n'),
        "reports/acme.toml: line 3, column 1: not TOML: unclosed array; write each line",
    ),
    "unknown key": (
        lambda project: project.write("reports/acme.toml", REPORT + 'bechmark = "SPY"\n'),
        "reports/acme.toml: bechmark: the key is not known; did you mean 'benchmark'?",
    ),
    "unknown section": (
        lambda project: project.write("reports/acme.toml", REPORT + '[sections]\norder = ["valution"]\n'),
        "reports/acme.toml: sections.order[1]: \"valution\" is not a section; did you mean 'valuation'?",
    ),
    "KPI row with a bad date": (
        spoil("reports/acme/kpis.csv", "2025-06-30", "2025-06-31"),
        'reports/acme/kpis.csv: line 2: end "2025-06-31" is not a date; write it as 2025-10-02',
    ),
    "KPI row with a bad unit": (
        spoil("reports/acme/kpis.csv", "%", "percent"),
        'reports/acme/kpis.csv: line 2: unit "percent" is not a unit; use one of thousand, million',
    ),
    "KPI file that is not UTF-8": (
        lambda project: project.write("reports/acme/kpis.csv", (FACT_HEAD + GROWTH).encode() + b"\xe9"),
        "reports/acme/kpis.csv: line 3: the text is not UTF-8; save the file as UTF-8",
    ),
    "price file with a gap": (
        take_out_a_week,
        "seeds/prices/ACME.csv: no close between 2025-03-07 and 2025-03-17; add the missing days",
    ),
    "price file with NaN": (
        spoil(PRICES, "104.20", "NaN"),
        'seeds/prices/ACME.csv: line 4: close "NaN" is not a price; write digits and a point',
    ),
    "price file with a future date": (
        spoil(PRICES, "2025-10-02,", "2025-11-02,"),
        "seeds/prices/ACME.csv: line 459: date 2025-11-02 is in the future; today is 2025-10-06",
    ),
    "words with an unknown figure": (
        lambda project: project.write("reports/acme.toml", REPORT + WORDS.replace("FIG", "acme-clout-2506")),
        "words.thesis, line 2: fig('acme-clout-2506'): no fact known on 2025-10-02 has that id; did you mean 'acme-",
    ),
    "words in a file with an unknown figure": (
        lambda project: (
            project.write("reports/acme/risks.md", 'Watch {{ fig("none") }}.\n'),
            project.write("reports/acme.toml", REPORT + '[words]\nrisks = "acme/risks.md"\n'),
        ),
        "reports/acme/risks.md (words.risks), line 1: fig('none'): no fact known on 2025-10-02 has that id; `brief",
    ),
    "peer without data": (
        lambda project: project.swap("reports/acme.toml", '"PEER"', '"GONE"'),
        "reports/acme.toml: peers: no source has data on 'GONE'",
    ),
    "benchmark without data": (
        lambda project: project.swap("reports/acme.toml", '"SPY"', '"GONE"'),
        "reports/acme.toml: benchmark: no source has data on 'GONE'",
    ),
    "output folder that is a file": (
        lambda project: project.write("out", ""),
        "out: cannot be written (File exists); choose another folder with --out",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_told_in_one_sentence(project: SmallProject, case: str) -> None:
    """The sentence names the file and the place; nothing is written."""
    spoiled, sentence = CASES[case]
    spoiled(project)
    result = brief("build", "ACME", "--as-of", "2025-10-02", "--out", str(OUT))
    assert result.exit_code == 2, result.output
    assert sentence in result.stderr
    assert "Traceback" not in result.output
    assert not [name for name in files() if name.endswith((".pdf", ".json", ".part"))]


def test_words_on_a_later_figure_leave_the_brief_before_it_as_it_was(project: SmallProject) -> None:
    """A day before its publication the figure is as unknown as any other."""
    project.write("reports/acme.toml", REPORT + WORDS.replace("FIG", "acme-cloud-2506"))
    project.write("out/acme.pdf", "last week's")
    result = brief("build", "ACME", "--as-of", "2025-08-28", "--out", str(OUT))
    assert result.exit_code == 2, result.output
    where = "reports/acme.toml: words.thesis, line 2"
    assert f"{where}: fig('acme-cloud-2506'): no fact known on 2025-08-28 has that id" in result.stderr
    assert files() == ["acme.pdf"]
    assert project.read("out/acme.pdf") == "last week's"


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["ACNE"], "reports: 'ACNE' is not a known ticker; did you mean 'ACME'?"),
        (["../../x"], 'ticker: "../../x" is not a ticker; use up to 15 capital letters, digits'),
        (["reports/none.toml"], "reports/none.toml: the file cannot be read (No such file or directory)"),
        ([], "brief build: no ticker is named; write `brief build BABA`, or say --all"),
        (["ACME", "--project", "nowhere"], '--project: there is no folder "nowhere"'),
        (["ACME", "--project", "seeds"], "seeds/reports: there is no such folder; run brief in the project's folder"),
    ],
)
def test_a_bad_name_is_told_in_one_sentence(arguments: list[str], sentence: str) -> None:
    """Unknown and impossible names end with code 2."""
    result = brief("build", *arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("day", ["2025-13-01", "20251002", "2025-W40-4", "tomorrow", "2025-10-07"])
def test_a_bad_day_is_a_usage_error(day: str) -> None:
    """Not a date, or one that has not been yet."""
    result = brief("build", "ACME", "--as-of", day)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


@pytest.mark.usefixtures("project")
def test_a_day_before_all_prices_is_no_data() -> None:
    """Exit code 3 tells a program that the input is fine and the data are missing."""
    result = brief("build", "ACME", "--as-of", "2020-01-02")
    assert result.exit_code == 3
    assert "reports/acme.toml: ACME has no price on or before 2020-01-02" in result.stderr


def test_a_company_that_no_source_knows_is_no_data(project: SmallProject) -> None:
    """A report file may be there before its data are."""
    project.write("reports/gone.toml", 'ticker = "GONE"\n')
    result = brief("build", "GONE")
    assert result.exit_code == 3
    assert "no source knows GONE" in result.stderr


def test_a_read_only_folder_is_refused_even_to_the_superuser(project: SmallProject) -> None:
    """A week's folder that was closed stays as it is."""
    folder = project.root / "out"
    folder.mkdir()
    folder.chmod(0o555)
    result = brief("build", "ACME", "--as-of", "2025-10-02", "--out", str(OUT))
    folder.chmod(0o755)
    assert result.exit_code == 2
    assert "out: the folder is read-only; choose another with --out" in result.stderr
    assert files() == []


def test_a_template_error_is_told_with_its_file(project: SmallProject) -> None:
    """A project's own template may be wrong; the brief before it stays as it was."""
    project.write("reports/acme.toml", REPORT + 'template = "desk"\n')
    project.write("templates/desk/brief.html", "<p>{% if %}</p>")
    project.write("out/acme.pdf", "last week's")
    result = brief("build", "ACME", "--as-of", "2025-10-02", "--out", str(OUT))
    assert result.exit_code == 2, result.output
    assert "desk/brief.html" in result.stderr
    assert "Traceback" not in result.output
    assert files() == ["acme.pdf"]
    assert project.read("out/acme.pdf") == "last week's"


def test_the_real_command_shows_no_traceback(project: SmallProject) -> None:
    """In a process of its own, as a user runs it."""
    project.swap("reports/acme/kpis.csv", "%", "percent")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "generator", "build", "ACME", "--as-of", "2025-10-02"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert done.returncode == 2, done.stderr
    assert 'reports/acme/kpis.csv: line 2: unit "percent" is not a unit' in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(project.root.glob("output/**/*.pdf"))
