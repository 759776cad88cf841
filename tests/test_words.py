"""The analyst's own words from the report file to the page: figures, sources, and what is told of a bad id."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from shipped import DAY, ROOT, ledger_of
from small_project import FACT_HEAD, GROWTH, REPORT, SmallProject

from generator.definitions import read_report
from generator.errors import TemplateError
from generator.model.ledger import Ledger
from generator.model.report import Report
from generator.page import fill_brief
from generator.pipeline import Collect, compose_brief, gather, measure_brief
from generator.sources.kpis import KpiSource
from generator.sources.seeds import SeedSource

TEMPLATES = (ROOT / "templates",)
CLAIM = (
    "acme-claim,ACME,segment_growth,Games,40,,,%,,quarter,2025-04-01,2025-06-30,"
    "2025-09-01,A paper,A claim,https://example.com/c,,claim,\n"
)


def page(report: Report, ledger: Ledger) -> str:
    """Return the HTML of a brief, as the PDF is printed from it."""
    return fill_brief(compose_brief(report, ledger, templates=TEMPLATES), folders=TEMPLATES)


def measured(report: Report, until: date = DAY) -> Ledger:
    seeds = SeedSource(Path("seeds"))
    sources: Sequence[Collect] = (seeds, KpiSource(Path("reports"), splits=seeds.splits))
    return measure_brief(report, gather(report, sources=sources, until=until))


def acme(project: SmallProject, text: str, until: date = DAY) -> str:
    """Return the page of a brief with these words in a file of their own."""
    project.write("reports/acme/thesis.md", text)
    path = project.write("reports/acme.toml", REPORT + '[words]\nthesis = "acme/thesis.md"\n')
    report = read_report(path.relative_to(project.root))
    return page(report, measured(report, until))


def test_words_of_a_file_are_printed_with_their_sources(project: SmallProject) -> None:
    """The figure is a link to a source of the list, and that source is in it although nothing else may cite it."""
    html = acme(project, 'Cloud *grew* {{ fig("acme-cloud-2506") }}.\n')
    (words,) = re.findall(r"From the analyst</p>\s*<p>(.*?)</p>", html)
    assert words.startswith("Cloud <em>grew</em> ")
    (anchor,) = re.findall(r'data-fact="acme-cloud-2506" href="#([^"]+)">26%<', words)
    assert 'class="refs"' in words
    assert re.search(rf'id="{anchor}"[^>]*>\s*<a href="https://example.com/q">June quarter results</a>', html)


def test_a_claim_in_words_is_called_one(project: SmallProject) -> None:
    """What the press says and nobody confirms is marked by the program, not by the analyst's goodwill."""
    project.write("reports/acme/kpis.csv", FACT_HEAD + GROWTH + CLAIM)
    html = acme(project, 'Games grew {{ fig("acme-claim") }}.')
    (words,) = re.findall(r"From the analyst</p>\s*<p>(.*?)</p>", html)
    assert "40% (not confirmed)" in re.sub(r"<[^>]+>", "", words).replace("\u00a0", " ")


def test_a_figure_published_later_is_not_known_yet(project: SmallProject) -> None:
    """Words cannot see further than the brief."""
    where = r"^reports/acme/thesis\.md \(words\.thesis\), line 2: "
    with pytest.raises(TemplateError, match=where + r"fig\('acme-cloud-2506'\): no fact known on 2025-08-28"):
        acme(project, 'One line.\n{{ fig("acme-cloud-2506") }}', date(2025, 8, 28))


def test_words_are_shown_where_a_section_has_nothing_else(project: SmallProject) -> None:
    """The reason stands first, then the words."""
    path = project.write("reports/acme.toml", 'ticker = "ACME"\n[words]\nlandscape = "No rival is *listed*."\n')
    report = read_report(path)
    html = page(report, measured(report))
    assert re.search(
        r"Not available:</strong> the report names no peers.*?No rival is <em>listed</em>\.", html, re.DOTALL
    )


@pytest.mark.parametrize("day", [DAY, date(2025, 8, 28)])
def test_the_shipped_example_can_be_printed(day: date) -> None:
    """reports/baba/thesis.md, on both days; each of its figures has a source."""
    text = (ROOT / "reports" / "baba" / "thesis.md").read_text(encoding="utf-8")
    report = replace(read_report(ROOT / "reports" / "baba.toml"), words={"thesis": text})
    html = page(report, ledger_of("BABA", day))
    (words,) = re.findall(r"From the analyst</p>\s*<p>(.*?)</p>", html, re.DOTALL)
    ids = re.findall(r'fig\("([^"]+)"\)', text)
    assert re.findall(r'data-fact="([^"]+)" href="#source-', words) == ids
    assert not re.search(r"\d", re.sub(r"\{\{.*?\}\}|\d{4}", "", text))
