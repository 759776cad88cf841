"""Lint finds the faults of texts that others wrote, each on its line, and nothing in sound ones."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from generator.cli.app import app
from generator.errors import InputError
from generator.lint import CHECKS, Given, Lint, Page, lint, read, read_claims

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CLEAN = sorted((HERE / "clean").iterdir())
ARTICLE = HERE / "article.txt"


def found(file: Path, **given: object) -> dict[str, list[Lint]]:
    """Return what lint says about a file, by check."""
    told: dict[str, list[Lint]] = {}
    for each in lint(read(file), Given(**given)):  # type: ignore[arg-type]
        told.setdefault(each.check, []).append(each)
    return told


def says(text: str, day: date = date(2025, 10, 2), price: float | None = None) -> list[str]:
    """Return the checks that speak about a text, in the order of its lines."""
    pages = [Page(text=each, starts=((0, i),)) for i, each in enumerate(text.split("\n"), 1) if each]
    return [each.check for each in lint(pages, Given(day=day, price=price))]


@pytest.mark.parametrize("file", CLEAN, ids=lambda file: file.name)
@pytest.mark.parametrize("price", [None, 1.0, 5000.0])
def test_a_sound_text_has_no_finding(file: Path, price: float | None) -> None:
    """Whatever the price is said to be."""
    assert found(file, price=price) == {}


def test_the_holes_of_the_article_are_found() -> None:
    """Seven names and citations were lost, each is found once and on its line."""
    assert [each.line for each in found(ARTICLE)["hole"]] == [20, 20, 26, 30, 36, 40, 52]


def test_the_two_growth_figures_of_the_article_are_found() -> None:
    """13% in the latest quarter and 18% in Q4 2025 cannot both be the newest."""
    (told,) = found(ARTICLE)["doubled"]
    assert told.line == 54
    assert "cloud growth is 13%" in told.message
    assert "18% here (Q4 2025)" in told.message


def test_the_quarter_that_had_just_begun_is_found() -> None:
    """So is the year that was said to be over; neither where the text is of the year after."""
    lines = {each.line: each.message for each in found(ARTICLE)["impossible_period"]}
    assert set(lines) == {44, 54}
    assert lines[54] == "“Q4 2025” had not ended on the day of the text (2025-10-02)"
    assert "impossible_period" not in found(ARTICLE, day=date(2026, 1, 2))


def test_three_years_against_one_are_found_in_the_article() -> None:
    """With what a year of the plan comes to."""
    (told,) = found(ARTICLE)["horizons"]
    assert (told.line, told.advice) == (36, "compare a year with a year: USD 17.7 bn")


def test_parts_above_the_whole_are_found_in_the_article() -> None:
    """Four companies cannot spend more than the world."""
    (told,) = found(ARTICLE)["parts"]
    assert "above the $244B of the whole" in told.message


def test_bullish_above_a_target_below_the_price_is_found_once_a_price_is_given() -> None:
    """Without a price nobody knows."""
    assert "bullish" not in found(ARTICLE)
    (told,) = found(ARTICLE, price=189.34)["bullish"]
    assert (told.line, told.level) == (46, "block")
    assert "10.7% below the price of 189.34" in told.message
    assert "bullish" not in found(ARTICLE, price=150.0)


def test_the_vague_sources_of_the_article_are_found() -> None:
    """Market coverage, sector analyses, sector commentators."""
    assert [each.line for each in found(ARTICLE)["vague_source"]] == [46, 46, 54]


def test_what_is_right_in_the_article_is_left_alone() -> None:
    """The rate between the two amounts of the plan, shares of 67% in all, 15 of 16, a surge of 85%."""
    told = lint(read(ARTICLE), Given(price=189.34))
    words = " ".join(each.message for each in told)
    assert not any(each in words for each in ("380", "67%", "30%", "15 of 16", "1 trillion", "85", "surge-driven"))


def test_a_claims_table_tells_what_was_wrong_and_right() -> None:
    """Each claim on its own line; those judged sound are silent, those without a source are notes."""
    told = found(ARTICLE, judged=read_claims(HERE / "claims.csv"))
    assert [(each.line, each.advice) for each in told["claim"]] == [
        (12, "right is: 26% (quarter to June 2025)"),
        (26, "right is: 26% (quarter to June 2025)"),
        (46, "right is: 198"),
    ]
    assert [(each.line, each.level) for each in told["claim_unsure"]] == [(14, "note")]


def test_other_companies_are_read_by_the_same_rules() -> None:
    """Chips and oil: every fault that was put into the two texts, and no other."""
    nvidia = found(HERE / "faulty" / "nvidia.txt", price=181.6)
    assert {check: [each.line for each in told] for check, told in nvidia.items()} == {
        "words": [5],
        "arithmetic": [7],
        "hole": [9],
        "parts": [9, 11],
        "promise": [9],
        "bullish": [11],
        "vague_source": [11],
        "doubled": [13],
        "impossible_period": [13],
    }
    exxon = found(HERE / "faulty" / "exxon.txt")
    assert {check: [each.line for each in told] for check, told in exxon.items()} == {
        "horizons": [5],
        "parts": [7],
        "words": [9, 9],
        "hole": [11, 11],
        "arithmetic": [11, 13],
        "vague_source": [11, 13],
    }


@pytest.mark.parametrize(
    ("text", "checks"),
    [
        ("Sales rose 10% to $110 million, from $100 million a year before.", []),
        ("Sales rose 10% to $130 million, from $100 million a year before.", ["arithmetic"]),
        ("Profit fell from $4.0 billion to $3.0 billion, down 25%.", []),
        ("Profit fell from $4.0 billion to $3.0 billion, down 33%.", ["arithmetic"]),
        ("The shares have surged 4% this week.", ["words"]),
        ("The shares have surged 40% this year.", []),
        ("The bond is not guaranteed, and there is no risk-free rate.", []),
        ("The fund is a no-brainer for savers.", ["promise"]),
        ("Revenue is expected to grow in Q4 2025, as guided.", []),
        ("Revenue grew 5% in the fourth quarter of 2025, it said.", ["impossible_period"]),
        ("Revenue grew 5% in fiscal Q4 2025, it said.", []),
        ("Revenue grew 5% in the quarter ended 31 December 2025.", ["impossible_period"]),
        ("The bank trades at 9 times earnings, a discount to the median of 12.", []),
        ("According to , the bank is sound.", ["hole"]),
        ("The bank (see the annual report) is sound, it said, and safe.", []),
    ],
)
def test_a_sentence_is_a_finding_or_none(text: str, checks: list[str]) -> None:
    """Near misses on both sides."""
    assert says(text) == checks


@pytest.mark.parametrize(
    "text",
    [
        "Apple Inc.'s shares trade at a P/E of 30.\nIts peers trade at a P/E of 22 on average.",
        "Cloud revenue grew 26% in the quarter.\nCloud profit grew 31% in the quarter.\nThe cloud segment is large.",
        "Cloud revenue grew 26%.\nIn constant currency, cloud revenue grew 24%.",
        "Barclays has a price target of $190 for it.\nMorgan Stanley has a price target of $200 for it.",
        "In the third quarter of 2025 the company opened two plants.",
        "The consensus for Q4 2025 stands at $2.10 a share.",
        "A dividend of $0.25 is payable in the fourth quarter of 2025.",
        "Revenue rose 10% to $110 million and profit rose from $10 million to $20 million.",
        "It holds a market share of 40%, and with Google's 35% and Amazon's 25% the three hold 100% together.",
        "Its market share rose from 25% to 30%, and that of Google from 40% to 45%.",
        "Alibaba plans to invest more than $53 billion over three years.\nAmazon plans to spend $100 billion in 2025.",
        "Its total capital expenditure will be $50 billion.\nMeta plans $30 billion in 2025.\nShell plans $40 billion.",
        "SpaceX rockets and crashes of other makers were in the news.",
        "A strong balance sheet helped, though revenue grew 3%.",
        "Its cheap labour and attractive prices win customers.",
        "The loans are guaranteed by the state, and the guarantee costs 1% a year.",
        "It is expected to report on 5 November 2025.",
        "The broker raised its price target to $200 from $150, and its upside grew.",
        "The bank's price target is HK$170 and ours is $200, an upside of 10%.\nOurs is a price target of $200.",
        "Aerospace reported a 9% rise in sales.\nThe aerospace unit is one of three; aerospace margins fell.",
        "Revenue was $50 billion in 2024, and $20 billion in 2025 so far.",
        "In the quarter to June 2025 cloud revenue grew 26%.\nIn the quarter to March 2025 cloud revenue grew 18%.",
        "The silicon maker's forecast for fiscal Q4 2025 was $9.0 billion, it said.",
        "The company must own 25% of it by law.",
    ],
)
def test_what_is_only_like_a_fault_is_no_finding(text: str) -> None:
    """Peers, other measures, other houses, plans beside each other, words in another sense."""
    assert [each for each in says(text, price=189.0) if CHECKS[each][0] != "note"] == []


def test_a_page_of_the_web_is_read_without_its_scripts(tmp_path: Path) -> None:
    """A link that lost its words leaves a hole, on the line of its paragraph."""
    file = tmp_path / "page.html"
    file.write_text(
        "<html><head><script>x = 'according to .'</script></head>\n<body>\n<h1>A bank</h1>\n"
        "<p>The bank grew last year, according to\n<a href='https://example.com'></a>.</p>\n"
        "<p>All is well, the bank says, and quiet.</p></body></html>",
        encoding="utf-8",
    )
    assert {check: [each.line for each in told] for check, told in found(file).items()} == {"hole": [4]}


def test_a_pdf_is_read_by_its_pages(tmp_path: Path) -> None:
    """Places are pages; a table's figures are no sentences."""
    from reportlab.pdfgen.canvas import Canvas

    file = tmp_path / "note.pdf"
    canvas = Canvas(str(file))
    for lines in (
        ["A note of 2 October 2025", "Revenue 10.1 12.2 13.3", "Growth 5% 8% 13%"],
        ["The shares are guaranteed to double, market participants say of them."],
    ):
        for row, line in enumerate(lines):
            canvas.drawString(72, 720 - 20 * row, line)
        canvas.showPage()
    canvas.save()
    told = found(file)
    assert {check: [(each.unit, each.line) for each in each_told] for check, each_told in told.items()} == {
        "promise": [("page", 2)],
        "vague_source": [("page", 2)],
    }


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A kind without text, a PDF that is none, a claims table without its columns."""
    (tmp_path / "a.docx").write_bytes(b"PK")
    (tmp_path / "a.pdf").write_bytes(b"no pdf")
    (tmp_path / "a.csv").write_text("claim,value\nx,1\n", encoding="utf-8")
    for name, what in (("a.docx", "cannot be read"), ("a.pdf", "no PDF"), ("gone.txt", "cannot be read")):
        with pytest.raises(InputError, match=what):
            read(tmp_path / name)
    with pytest.raises(InputError, match="the column 'unit' is missing"):
        read_claims(tmp_path / "a.csv")


def run(*words: str) -> tuple[int, str, str]:
    """Run `brief lint` and return its code, output and errors."""
    outcome = CliRunner().invoke(app, ["lint", *words])
    return outcome.exit_code, outcome.stdout, outcome.stderr


def test_the_command_tells_file_and_line_and_the_code() -> None:
    """One for a text with findings, none for a sound one, two for a file that is not there."""
    code, told, _ = run(str(ARTICLE), "--price", "189.34")
    assert code == 1
    assert f"{ARTICLE}:46: block: “bullish” beside a target of $169" in told
    code, told, errors = run(str(CLEAN[0]))
    assert (code, told) == (0, "")
    assert errors.endswith("no finding\n")
    assert run("gone.txt")[0] == 2


def test_the_command_writes_json() -> None:
    """One object a finding."""
    code, told, _ = run(str(ARTICLE), "--json")
    rows = json.loads(told)
    assert code == 1
    assert {"file", "line", "check", "level", "message", "advice"} <= set(rows[0])
    assert {row["check"] for row in rows} <= set(CHECKS)


def test_a_text_is_held_against_what_was_known_on_its_day() -> None:
    """Outdated growth and multiples are told with the newest; the price comes from the snapshot."""
    code, told, _ = run(str(ARTICLE), "--snapshot", "BABA", "--project", str(ROOT), "--json")
    rows = json.loads(told)
    facts = [(row["line"], row["message"]) for row in rows if row["check"] == "fact"]
    assert code == 1
    assert (26, "Alibaba: cloud growth of 13%; the newest known is 26%") in facts
    assert (44, "Alibaba: forward P/E of 13.99; the newest known is 19.2×") in facts
    assert not any("P/S" in message for _, message in facts)
    assert any(row["check"] == "bullish" for row in rows)


def test_the_guide_to_the_code_lists_every_check() -> None:
    """With its level and the reason why it is there."""
    guide = (ROOT / "generator" / "README.md").read_text(encoding="utf-8")
    for name, (level, why) in CHECKS.items():
        assert f"| `{name}` ({level}) | {why} |" in guide
