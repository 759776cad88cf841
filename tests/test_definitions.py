"""Report files: what they become, and what is said of a bad one."""

from __future__ import annotations

import json
import pickle
from datetime import time, timedelta
from pathlib import Path

import jsonschema
import pytest
from small_project import REPORT, SmallProject

from generator.checks import CHECKS
from generator.definitions import SECTIONS, read_report, read_reports, report_for, ticker_of, write_schema
from generator.definitions.form import ReportFile
from generator.errors import InputError, UnknownNameError
from generator.model.schedule import Approval, Schedule
from generator.sections import compose

HOME = Path(__file__).parents[1]
ACME = Path("reports/acme.toml")


def told(project: SmallProject, text: str) -> list[str]:
    """Return the sentences said about a report file with this text."""
    project.write("reports/acme.toml", text)
    with pytest.raises(InputError) as caught:
        read_report(ACME)
    return [str(problem) for problem in caught.value.problems]


def test_a_short_file_takes_defaults(project: SmallProject) -> None:
    """Only the ticker must be there; the KPI file is found by its place."""
    project.write("reports/acme.toml", 'ticker = "ACME"\n')
    report = read_report(ACME)
    assert (report.ticker, report.benchmark, report.paper, report.template) == ("ACME", "SPY", "A4", "house")
    assert report.sections == (), "those of the brand"
    assert report.kpis == Path("reports/acme/kpis.csv")
    assert report.options == {}


def test_a_full_file_is_read_whole(project: SmallProject) -> None:
    """Every key of the form arrives in the report."""
    project.write("reports/acme/risks.md", "Watch {{ fig('x') }}.\n")
    project.write(
        "reports/acme.toml",
        REPORT
        + """
name = "Acme Holding"
native_name = "阿里"
native_lang = "zh-Hans"
fiscal_year_end = "03-31"
ads_ratio = 8
paper = "Letter"
author = "A. Nalyst"
brand = "Desk"
[sections]
order = ["thesis", "valuation", "risks"]
valuation.windows = ["1m", "ytd"]
financials.years = 4
[words]
thesis = "Inline words."
risks = "acme/risks.md"
[checks]
stale_price = "block"
[disclosures]
publisher = "Desk Ltd"
reviewed_on = 2025-10-02
""",
    )
    report = read_report(ACME)
    assert report.ads_ratio == 8.0
    assert report.sections == ("thesis", "valuation", "risks")
    assert report.options == {"valuation": {"windows": ("1m", "ytd")}, "financials": {"years": 4}}
    assert report.words == {"thesis": "Inline words.", "risks": "Watch {{ fig('x') }}.\n"}
    assert report.words_from == {
        "thesis": "reports/acme.toml: words.thesis",
        "risks": "reports/acme/risks.md (words.risks)",
    }
    assert report.checks == {"stale_price": "block"}
    assert report.disclosures == {"publisher": "Desk Ltd", "reviewed_on": "2025-10-02"}
    assert pickle.loads(pickle.dumps(report)) == report  # noqa: S301 -- executors send reports to other processes


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('pears = ["PEER"]', "pears: the key is not known; did you mean 'peers'?"),
        ('language = "fr"', 'language: "fr" is not a language; use en, de, ja or zh-Hans'),
        ('paper = "A5"', 'paper: "A5" is not a paper size; use A4 or Letter'),
        ("ads_ratio = 0", "ads_ratio: 0 is out of range; use a number above 0"),
        ('ads_ratio = "many"', 'ads_ratio: "many" is not a number'),
        ("author = 3", "author: 3 is not a text in quotes"),
        ('author = "a\\nb"', 'author: "a?b" is not one line of text; write it in one line'),
        ('fiscal_year_end = "02-31"', 'fiscal_year_end: "02-31" is not a month and day; write it as "03-31"'),
        ('fiscal_year_end = "March"', 'fiscal_year_end: "March" is not a month and day; write it as "03-31"'),
        (
            'template = "../evil"',
            'template: "../evil" is not a template\'s name; use small letters, digits and hyphens',
        ),
        ('native_lang = "Chinese!"', 'native_lang: "Chinese!" is not a language tag; write it as "zh-Hans" or "ja"'),
        (
            'native_name = "阿里"',
            'native_lang: the key is missing beside native_name; name its language, such as native_lang = "zh-Hans"',
        ),
        ('kpis = "../kpis.csv"', 'kpis: "../kpis.csv" leads out of reports/; name a file below it'),
        ('kpis = "/etc/passwd"', 'kpis: "/etc/passwd" leads out of reports/; name a file below it'),
        ('kpis = "acme/kpi.csv"', 'kpis: there is no file "acme/kpi.csv" to read; it is sought below reports/'),
        ("sections = 3", "sections: 3 is not a table of its own"),
        (
            '[sections]\nvaluation.windows = ["1m", "1yr"]',
            'sections.valuation.windows[2]: "1yr" is not a window; use 1w, 1m, 3m, 6m, ytd, 1y, 3y or 5y',
        ),
        ('[sections]\norder = ["riks"]', "sections.order[1]: \"riks\" is not a section; did you mean 'risks'?"),
        ('[sections]\norder = ["risks", "risks"]', 'sections.order: "risks" stands twice; take one out'),
        ("[sections]\norder = []", "sections.order: it has 0 entries; use at least 1"),
        ("[sections.financials]\nyears = 9", "sections.financials.years: 9 is out of range; use a number at most 5"),
        ("[sections.financials]\nyear = 5", "sections.financials.year: the key is not known; did you mean 'years'?"),
        ("[sections.thesis]\nlimit = 1", "sections.thesis: the key is not known; use order,"),
        ('[words]\nthesus = "x"', "words.thesus: the key is not known; did you mean 'thesis'?"),
        ('[words]\ntakeaways = "x"', "words.takeaways: the key is not known; use changes, thesis,"),
        (
            '[sections]\norder = ["risks"]\n[words]\nthesis = "x"',
            "words.thesis: sections.order leaves that section out; add it there",
        ),
        ('[sections.valuation]\nbands = ["pb"]', "sections.valuation.bands: the key is not known; use windows"),
        (
            '[sections.landscape]\ncolumns = ["pe_tm", "pb"]',
            "sections.landscape.columns[1]: \"pe_tm\" is not a column; did you mean 'pe_ttm'?",
        ),
        ('[words]\nthesis = "no.md"', 'words.thesis: there is no file "no.md" to read; it is sought below reports/'),
        ('[words]\nthesis = "../../x.md"', 'words.thesis: "../../x.md" leads out of reports/; name a file below it'),
        ('[checks]\nstale_prize = "off"', "checks.stale_prize: the key is not known; did you mean 'stale_price'?"),
        (
            '[checks]\nstale_price = "loud"',
            'checks.stale_price: "loud" is not a level; use off, note, warn or block',
        ),
        ('[disclosures]\npublsher = "x"', "disclosures.publsher: the key is not known; did you mean 'publisher'?"),
        (
            '[disclosures]\nreviewed_on = "soon"',
            'disclosures.reviewed_on: "soon" is not a date such as 2025-10-02',
        ),
    ],
)
def test_a_bad_key_is_told_with_its_place(project: SmallProject, line: str, sentence: str) -> None:
    """One sentence: the file, the key, what is wrong and what to write."""
    sentences = told(project, REPORT + line + "\n")
    assert len(sentences) == 1
    assert sentences[0].startswith(f"reports/acme.toml: {sentence}")


@pytest.mark.parametrize(
    ("peers", "sentence"),
    [
        ('["ACME"]', 'peers: "ACME" is the company itself; take it out'),
        ('["PEER", "PEER"]', 'peers: "PEER" stands twice; take one out'),
        ('["peer"]', 'peers[1]: "peer" is not a ticker; use up to 15 capital letters'),
        ('["../x"]', 'peers[1]: "../x" is not a ticker; use up to 15 capital letters'),
        (str([f"T{i}" for i in range(13)]), "peers: it has 13 entries; use at most 12"),
        ('"PEER"', 'peers: "PEER" is not a list, such as ["MSFT", "AMZN"]'),
    ],
)
def test_peers_are_other_listings(project: SmallProject, peers: str, sentence: str) -> None:
    """At most twelve, each once, and none of them the company itself."""
    (only,) = told(project, f'ticker = "ACME"\npeers = {peers}\n')
    assert only.startswith(f"reports/acme.toml: {sentence}")


def test_all_problems_of_a_file_are_told_at_once(project: SmallProject) -> None:
    """Problems of form do not hide those of files that are missing."""
    sentences = told(project, 'ticker = "ACME"\npaper = "A5"\npeers = ["ACME"]\nkpis = "x.csv"\n[checks]\nx = "off"\n')
    assert len(sentences) == 4


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('ticker = "ACME\n', "line 1, column 15: not TOML: illegal character"),
        ('ticker = "ACME"\npeers =', "line 2, column 8: not TOML: invalid value"),
        ('ticker = "ACME"\nticker = "X"\n', "line 2, column 13: not TOML: cannot overwrite a value"),
        ("", 'ticker: the key is missing; write ticker = "..."'),
        ("x = " + "[" * 5000, "its lists are nested too deeply"),
    ],
)
def test_malformed_toml_is_told_with_line_and_column(project: SmallProject, text: str, sentence: str) -> None:
    """The place is the line and column of the file."""
    (only,) = told(project, text)
    assert sentence in only


def test_a_file_that_is_not_utf8_is_told_with_its_line(project: SmallProject) -> None:
    """The old encodings of spreadsheets and editors are named, not guessed."""
    project.write("reports/acme.toml", b'ticker = "ACME"\nname = "\xe9"\n')
    with pytest.raises(InputError, match=r"acme\.toml: line 2: the text is not UTF-8"):
        read_report(ACME)


def test_a_byte_order_mark_is_no_problem(project: SmallProject) -> None:
    """Windows editors write one."""
    project.write("reports/acme.toml", b"\xef\xbb\xbf" + REPORT.encode())
    assert read_report(ACME).ticker == "ACME"


def test_problems_of_all_files_come_in_one_error(project: SmallProject) -> None:
    """Two spoilt files and a ticker that two files share make three sentences."""
    project.write("reports/b.toml", 'ticker = "../../x"\n')
    project.write("reports/c.toml", "ticker =\n")
    project.write("reports/d.toml", 'ticker = "ACME"\n')
    with pytest.raises(InputError) as caught:
        read_reports(Path("reports"))
    sentences = [str(problem) for problem in caught.value.problems]
    assert len(sentences) == 3
    assert sentences[0].startswith('reports/b.toml: ticker: "../../x" is not a ticker; use up to 15 capital letters')
    assert sentences[1].startswith("reports/c.toml: line 1, column 9: not TOML")
    assert sentences[2] == ('reports/d.toml: ticker: "ACME" is also that of reports/acme.toml; keep one file a ticker')


def test_a_report_is_found_by_ticker_whatever_its_file_is_called(project: SmallProject) -> None:
    """The problems of other files do not matter then."""
    project.write("reports/other.toml", 'ticker = "PEER"\n')
    project.write("reports/spoilt.toml", "ticker =\n")
    assert report_for("peer", Path("reports")).path == Path("reports/other.toml")
    assert report_for("reports/other.toml", Path("reports")).ticker == "PEER"


@pytest.mark.usefixtures("project")
def test_an_unknown_ticker_is_answered_with_the_nearest() -> None:
    """The nearest spelling, or all there are."""
    with pytest.raises(UnknownNameError, match="did you mean 'ACME'"):
        report_for("ACNE", Path("reports"))
    with pytest.raises(UnknownNameError, match="known: ACME"):
        report_for("ZZZZ", Path("reports"))


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("name", ["../../x", "", "a/b", "A B", "x\x00", "SIXTEENLETTERSXX", "-rf"])
def test_a_path_is_no_ticker(name: str) -> None:
    """It is refused before it can become a path."""
    with pytest.raises(InputError, match="is not a ticker; use up to 15 capital letters"):
        report_for(name, Path("reports"))


@pytest.mark.parametrize("name", ["BABA", "9988.HK", "BRK-B", "GC=F", "7203.T"])
def test_tickers_of_all_markets_are_tickers(name: str) -> None:
    """Digits, points, hyphens and equals signs stand in them."""
    assert ticker_of(name.lower()) == name


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    """With what to do about it."""
    with pytest.raises(InputError, match="there is no such folder; run brief in the project's folder"):
        read_reports(tmp_path / "reports")


def test_two_files_of_one_ticker_are_refused(project: SmallProject) -> None:
    """Nobody should have to guess which one was built."""
    project.write("reports/z.toml", REPORT)
    with pytest.raises(InputError, match=r"reports/z\.toml: ticker: \"ACME\" is also that of reports/acme\.toml"):
        report_for("ACME", Path("reports"))


def test_the_schema_accepts_what_the_program_accepts() -> None:
    """Every shipped report file is valid against the schema, and a bad one is not."""
    schema = write_schema()
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    form = ReportFile(ticker="BABA", peers=("AMZN",)).model_dump(mode="json", exclude_none=True)
    assert not list(validator.iter_errors(form))
    assert list(validator.iter_errors({"ticker": "BABA", "pears": []}))
    assert list(validator.iter_errors({"ticker": "../../x"}))


def test_every_key_of_the_schema_is_explained() -> None:
    """An editor shows the explanation beside the key."""
    properties = write_schema()["properties"]
    assert all(each.get("description") for each in properties.values())


def test_the_schema_beside_the_report_files_is_the_newest() -> None:
    """`brief schema --out reports/report.schema.json` writes it."""
    shipped = json.loads((HOME / "reports" / "report.schema.json").read_text(encoding="utf-8"))
    assert shipped == write_schema()


def test_the_shipped_reports_are_valid_and_name_the_schema() -> None:
    """Six companies, each with peers that have seeds."""
    reports = read_reports(HOME / "reports")
    assert {"BABA", "GOOGL", "MSFT", "AMZN", "AAPL", "NVDA"} <= {report.ticker for report in reports}
    for report in reports:
        assert report.path.read_text(encoding="utf-8").startswith("#:schema report.schema.json\n")
        assert all((HOME / "seeds" / "prices" / f"{each}.csv").is_file() for each in (*report.peers, report.benchmark))


def test_the_sections_of_the_form_are_those_that_can_be_built() -> None:
    """Takeaways stand on page one; all others have a builder."""
    from generator.sections.compose import SECTIONS as BUILT

    assert set(SECTIONS) == {"takeaways", *BUILT}


def test_the_checks_can_be_tuned_by_name(project: SmallProject) -> None:
    """Every check of the program may stand in a report file."""
    lines = "\n".join(f'{name} = "off"' for name in CHECKS)
    project.write("reports/acme.toml", f"{REPORT}[checks]\n{lines}\n")
    assert set(read_report(ACME).checks) == set(CHECKS)


def test_a_report_file_may_name_just_the_sections_there_are() -> None:
    """The names it accepts and the sections that can be built are the same, takeaways being on page one."""
    assert set(SECTIONS) == {"takeaways", *compose.SECTIONS}


def test_a_schedule_is_read_as_it_is_meant(project: SmallProject) -> None:
    """Times, shares and weekdays; what is left out is weekly, after the last session, approved by one person."""
    plain = read_report(project.root / "reports" / "acme.toml")
    assert (plain.schedule, plain.approval) == (Schedule(), Approval())
    text = (
        '[schedule]\nweekday = "friday"\nearliest = "18:30"\ntime_zone = "Europe/Berlin"\non_move = "7.5%"\n'
        'settle_hours = 0.5\n[approval]\nneed = "two"\n'
    )
    report = read_report(project.write("reports/acme.toml", 'ticker = "ACME"\n' + text))
    assert report.schedule == Schedule(
        weekday=4, earliest=time(18, 30), time_zone="Europe/Berlin", on_move=0.075, settle=timedelta(minutes=30)
    )
    assert report.approval.hands == 2


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('weekday = "fri"', 'schedule.weekday: "fri" is not a weekday; use monday, tuesday'),
        ('earliest = "6pm"', 'schedule.earliest: "6pm" is not a time of day; write it as "18:30"'),
        ('time_zone = "Berlin"', 'schedule.time_zone: "Berlin" is not a time zone; write it as "Europe/Berlin"'),
        ('time_zone = "../../etc/passwd"', 'schedule.time_zone: "../../etc/passwd" is not a time zone'),
        ('on_move = "five"', 'schedule.on_move: "five" is not a share; write it as "5%"'),
        ('exchange = "nyse"', 'schedule.exchange: "nyse" is not an exchange\'s code'),
    ],
)
def test_a_schedule_that_cannot_be_kept_is_told(project: SmallProject, line: str, sentence: str) -> None:
    """With the key and the remedy."""
    path = project.write("reports/acme.toml", f'ticker = "ACME"\n[schedule]\n{line}\n')
    with pytest.raises(InputError) as caught:
        read_report(path)
    assert sentence in str(caught.value)
