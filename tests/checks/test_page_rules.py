"""Errors planted into what a finished brief says are found, with their place; the shipped briefs have none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import pytest
from shipped import ROOT, TICKERS, ledger_of

from generator import pipeline
from generator.checks import check_brief, settle
from generator.definitions import read_report
from generator.model.brief import Brief, Exhibit, Paragraph, Row, Section
from generator.model.fact import Fact
from generator.model.finding import Finding, Override
from generator.model.text import Figure, Text, say


@lru_cache(maxsize=6)
def composed(ticker: str = "BABA") -> Brief:
    """Return a shipped brief as it is composed, before it is printed."""
    report = read_report(ROOT / "reports" / f"{ticker.lower()}.toml")
    return pipeline.compose_brief(report, ledger_of(ticker), templates=(ROOT / "templates",))


def saying(sentence: Text, *, before: Text = ()) -> Brief:
    """Return the brief with one more sentence in its thesis."""
    brief = composed()
    return with_section(
        brief, "thesis", lambda s: replace(s, prose=(*s.prose, Paragraph(sentences=(before, sentence))))
    )


def with_section(brief: Brief, key: str, change: Callable[[Section], Section]) -> Brief:
    """Return a brief with one section changed."""
    return replace(brief, sections=tuple(change(each) if each.key == key else each for each in brief.sections))


def written(words: str) -> Brief:
    """Return the brief with the analyst's words on valuation."""
    brief = with_section(composed(), "valuation", lambda s: replace(s, words=words))
    return replace(brief, words_from={"valuation": "reports/baba/valuation.md (words.valuation)"})


def found(brief: Brief) -> list[Finding]:
    """Return what the checks of the page say about a brief of Alibaba."""
    return list(check_brief(brief, ledger_of("BABA")))


def names(brief: Brief) -> set[str]:
    """Return the names of the checks that speak."""
    return {each.check for each in found(brief)}


def fact(metric: str, ticker: str = "BABA", *, name: str | None = None, back: int = 0) -> Fact:
    """Return the newest known figure of a metric, or one so many periods before it."""
    rows = [f for f in ledger_of("BABA").current(ticker, metric, name=name) if f.known]
    rows = [row for row in rows if row.period.kind == rows[-1].period.kind]
    return rows[-1 - back]


@pytest.mark.parametrize("ticker", TICKERS)
def test_no_check_of_the_page_speaks_about_a_shipped_brief(ticker: str) -> None:
    """Not even as a note."""
    assert check_brief(composed(ticker), ledger_of(ticker)) == ()


GROWTH = fact("segment_growth", name="Cloud Intelligence")
OLD_GROWTH = fact("segment_growth", name="Cloud Intelligence", back=2)
CASH, CASH_BEFORE = fact("free_cash_flow_company"), fact("free_cash_flow_company", back=3)
PLANTS: dict[str, tuple[Text, str]] = {
    "a changed digit": (say("Cloud grew {x}.", x=replace(GROWTH, value=0.28)), "foreign_figure"),
    "a figure from nowhere": (say("It has {x}.", x=replace(GROWTH, id="nowhere")), "foreign_figure"),
    "another value of one figure": (say("Cloud grew {x}.", x=replace(GROWTH, id="b", value=0.2)), "two_values"),
    "a stale figure": (say("Cloud Intelligence grew {x}.", x=OLD_GROWTH), "outdated_figure"),
    "a swapped period": (say("Cloud grew {x} in the quarter to June 2025.", x=OLD_GROWTH), "period_mismatch"),
    "a swapped peer": (say("Its margin is {x}.", x=fact("net_margin", "AMZN")), "other_company"),
    "the figure of a company not named": (
        say("Microsoft costs {x} earnings.", x=fact("pe_ttm", "AMZN")), "other_company"),
    "the figure of another company beside a name": (
        say("Peers: Amazon at {x}, Microsoft at {y}.", x=fact("pe_ttm", "MSFT"), y=fact("pe_ttm", "MSFT")),
        "other_company"),
    "two halves of a year apart": (
        say("Cloud Intelligence grew {x}, after {y} a year before.", x=GROWTH, y=OLD_GROWTH), "outdated_figure"),
    "an older quarter called the newest": (
        say("In the newest quarter Cloud Intelligence grew {x}, after less before.", x=OLD_GROWTH), "outdated_figure"),
    "a period beside another's figure": (
        say("It grew {x} in the quarter to June 2025, after {y} in the quarter to March 2025.", x=OLD_GROWTH, y=GROWTH),
        "period_mismatch"),
    "plans of different lengths": (
        say("Alibaba plans {x}, Amazon {y}.", x=fact("capex_plan"), y=fact("capex_plan", "AMZN")), "unlike_plans"),
    "points called percent": (say("It is {x}% ahead.", x=fact("excess_return", name="ytd")), "points_as_percent"),
    "surged above a fall": (say("The price surged {x}.", x=fact("scenario_change", name="bear")), "words"),
    "surged above a small rise": (say("Revenue soared by {x}.", x=fact("revenue_growth")), "words"),
    "bullish below the price": (say("Opinion is overwhelmingly bullish."), "words"),
    "plunged above a rise": (say("Cloud plunged by {x}.", x=GROWTH), "words"),
    "strong above nothing": (say("Growth is strong."), "words"),
    "record below an earlier one": (say("A record quarter: {x} of cash.", x=fact("operating_cash_flow")), "words"),
    "weak above a rise of a quarter": (say("Cloud is weak, at {x}.", x=GROWTH), "words"),
    "a record high below an older one": (say("The price set a record high."), "words"),
    "a promise": (say("The shares will outperform."), "promises"),
    "a guarantee": (say("The dividend is guaranteed."), "promises"),
}  # fmt: skip


@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_sentence_is_found_where_it_stands(plant: str) -> None:
    """By the check of its kind, with its section."""
    sentence, name = PLANTS[plant]
    hits = [each for each in found(saying(sentence)) if each.check == name]
    assert hits, found(saying(sentence))
    assert hits[0].place.startswith("thesis, paragraph")


@pytest.mark.parametrize(
    "sentence",
    [
        say("The price surged {x}.", x=fact("price_change", name="ytd")),
        say("Cloud Intelligence grew a strong {x}.", x=GROWTH),
        say("Cloud Intelligence grew {x}, a quarter before {y}.", x=GROWTH, y=OLD_GROWTH),
        say("Cash flow plunged to {x}, after {y} a year before.", x=CASH, y=CASH_BEFORE),
        say("Strong Buy is what few say; the risk-free rate is not guaranteed to stay."),
        say("Amazon costs {x} earnings.", x=fact("pe_ttm", "AMZN")),
        say("最大はAmazonの{x}。", x=fact("pe_ttm", "AMZN")),
        say("Free cash flow was {x} in the quarter to June 2025.", x=fact("free_cash_flow_company")),
    ],
)  # fmt: skip
def test_a_word_whose_rule_is_met_is_no_finding(sentence: Text) -> None:
    """Nor a figure that says of when and of whom it is."""
    assert found(saying(sentence)) == []


def changed_cell(key: str, row: int, cell: int, new: Fact) -> Brief:
    """Return the brief with one cell of a table changed."""

    def exhibit(each: Exhibit) -> Exhibit:
        if each.key != key or each.table is None:
            return each
        rows = list(each.table.rows)
        cells = list(rows[row].cells)
        cells[cell] = (Figure(fact=new),)
        rows[row] = Row(head=rows[row].head, cells=tuple(cells), kind=rows[row].kind)
        return replace(each, table=replace(each.table, rows=tuple(rows)))

    brief = composed()
    sections = (replace(s, exhibits=tuple(exhibit(each) for each in s.exhibits)) for s in brief.sections)
    return replace(brief, sections=tuple(sections))


def test_a_cell_of_another_company_or_window_is_found() -> None:
    """With the number of its exhibit."""
    theirs = fact("price_change", "SPY", name="1y")
    hits = [each for each in found(changed_cell("windows", 0, 5, theirs)) if each.check == "other_company"]
    assert hits
    assert "exhibit" in hits[0].place
    assert "unlike_cells" in names(changed_cell("windows", 0, 5, fact("volatility")))


def test_a_figure_under_another_period_is_found() -> None:
    """Of the quarter before, in the column of the newest."""
    brief = composed()
    tables = [each for section in brief.sections for each in section.exhibits if each.table is not None]
    quarters = next(each for each in tables if each.table and each.table.columns[-1].label == "Jun 2025")
    assert quarters.table is not None
    wrong = changed_cell(quarters.key, 0, len(quarters.table.columns) - 2, fact("revenue", back=1))
    assert "column_period" not in names(brief)
    assert "column_period" in names(wrong)


def test_words_of_the_analyst_are_held_to_the_same_rules() -> None:
    """Each finding with file and line."""
    brief = written("The plan is large.\n\nMarket coverage is bullish: 15 of 16 analysts say so, the best of all.")
    told = {(each.check, each.place) for each in found(brief)}
    line = "reports/baba/valuation.md (words.valuation), line 3"
    assert told == {
        ("words", line),
        ("typed_number", line),
        ("superlative", line),
        ("vague_source", line),
    }


def test_sober_words_of_the_analyst_are_no_finding() -> None:
    """Facts, dates, periods, names with digits and lists."""
    words = (
        '1. Cloud grew {{ fig("baba-cloudg-2506") }} in Q1 of fiscal 2026, the fastest of the year to 30 June 2025.\n'
        "2. Qwen3-Max came on 24 September 2025; see the 20-F of FY2025 and [the page](https://example.com/12).\n"
    )
    assert found(written(words)) == []


def test_an_override_is_a_note_with_its_answer() -> None:
    """By check and place; the others stay, and one that answers for nothing is told."""
    findings = found(saying(say("The shares will outperform.")))
    asked = (
        Override(check="promises", place="thesis", by="A. Analyst", reason="a quotation"),
        Override(check="words", fact="nothing", by="A. Analyst", reason="none"),
    )
    first, idle = settle(findings, asked)
    assert (first.level, first.was, first.override) == ("note", "block", asked[0])
    assert (idle.check, idle.level) == ("unused_override", "note")
