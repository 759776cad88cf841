from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from fake_brief import DAY, SOURCES, Facts, chart, fake_brief, line_svg

from generator.errors import TemplateError
from generator.model.authorship import Writing
from generator.model.brand import Brand, Colours, Faces, contrast
from generator.model.brief import Brief, Callout, Column, Exhibit, Front, Paragraph, Row, Section, Table
from generator.model.fact import Unit
from generator.model.period import Period
from generator.model.text import Strong, Text, say
from generator.page import fill_brief, fill_email, fill_markdown
from generator.page.arrange import arranged, rung, wraps
from generator.page.pen import Pen, glued, grouped, ranges

UNCONFIRMED = "Not confirmed by the publisher of this brief."
TEMPLATES = Path(__file__).parent.parent / "templates"


@cache
def whole() -> Brief:
    return fake_brief()


def small(*sections: Section, headline: Text = ("A headline",)) -> Brief:
    return replace(whole(), front=Front(headline=headline, deck=("A deck.",)), sections=sections)


def fill(brief: Brief, *own: Path) -> str:
    return fill_brief(replace(brief, template="acme") if own else brief, folders=[*own, TEMPLATES])


def half(key: str) -> Exhibit:
    return chart(key, ("Half",), "US$", width="half", svg=line_svg(85, 40), alt=("A line at 1.",), sources=SOURCES[:1])


def wide(key: str) -> Exhibit:
    return replace(half(key), width="full")


@pytest.fixture
def acme(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write a template of a company and return the folder of templates."""

    def write(name: str, words: str) -> Path:
        path = tmp_path / "templates" / "acme" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, "utf-8")
        return tmp_path / "templates"

    return write


# --- figures and words -----------------------------------------------------------------------------------------------


def test_markup_in_data_is_shown_as_text() -> None:
    html = fill(small(headline=("</style><script>alert(1)</script> & {{ 7 * 7 }}",)))
    assert "<script" not in html
    assert "&lt;/style&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7 * 7 }}" in html


def test_a_figure_links_to_its_first_source_and_carries_its_fact() -> None:
    facts = Facts()
    price = facts.make("price", 159.0, Unit.PER_ADS, source=4, currency="USD")
    written = Pen(whole()).text(say("At {x}.", x=price))
    assert f'<a class="fig" data-fact="{price.id}" href="#source-2-1"> US$159</a>' in written


def test_a_figure_without_source_is_no_link() -> None:
    fact = Facts().make("pe", 19.2, Unit.MULTIPLE, formula="price / EPS")
    assert "<a" not in Pen(whole()).figure(fact)


def test_a_missing_figure_says_why_in_its_title_and_under_its_exhibit() -> None:
    missing = Facts().missing("capex", "no cash flow statement was filed", unit=Unit.MONEY)
    table = Table(
        columns=(Column(label="Item"), Column(label="Now")),
        rows=(Row(head=("Capex",), cells=(say("{x}", x=missing),)),),
    )
    exhibit = Exhibit(
        key="t", title=("T",), subtitle=("S",), width="full", as_of=DAY, table=table, sources=SOURCES[:1], number=1
    )
    html = fill(small(Section(key="financials", title="Financials", exhibits=(exhibit,))))
    assert 'title="no cash flow statement was filed">n/a</span>' in html
    assert "n/a: no cash flow statement was filed." in html


def test_the_documents_of_a_publisher_share_a_number() -> None:
    groups = grouped(whole().sources)
    assert [(group.name, len(group.sources)) for group in groups[:3]] == [
        ("Invented Group", 3),
        ("Made-up Exchange", 1),
        ("Fictitious Consensus", 2),
    ]


def test_source_numbers_stand_once_at_the_end_of_the_sentence() -> None:
    facts = Facts()
    one, two = facts.make("a", 1, Unit.COUNT, source=5), facts.make("b", 2, Unit.COUNT, source=6)
    written = Pen(whole()).sentence(say("From {x} to {y}.", x=one, y=two))
    assert written.count("<sup") == 1
    assert written.endswith('.<sup class="refs">\u00a0<a href="#source-3" title="Source 3">3</a></sup>')


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((), []),
        ((3,), [(3, 3)]),
        ((1, 2), [(1, 1), (2, 2)]),
        ((1, 2, 3, 4, 7), [(1, 4), (7, 7)]),
        ((1, 3, 4, 5, 9, 10), [(1, 1), (3, 5), (9, 9), (10, 10)]),
    ],
)
def test_source_numbers_become_ranges_from_three_on(numbers: tuple[int, ...], expected: list[tuple[int, int]]) -> None:
    assert ranges(numbers) == expected


def test_a_range_of_sources_links_both_its_ends() -> None:
    words = re.sub(r"<[^>]+>", "", Pen(whole()).refs((1, 2, 3, 4, 7)))
    assert words == "\u00a01–4, 7"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("in 3 years", "in 3\u00a0years"),
        ("2 October 2025", "2\u00a0October 2025"),
        ("RMB 380 were spent", "RMB\u00a0380 were spent"),
        ("15 of 16 analysts", "15\u00a0of\u00a016\u00a0analysts"),
        ("3 offices", "3 offices"),
    ],
)
def test_numbers_are_glued_to_what_they_count(words: str, expected: str) -> None:
    assert glued((words,)) == (expected,)


def test_the_space_before_a_figure_stands_inside_it() -> None:
    fact = Facts().make("streak", 6, Unit.COUNT)
    assert Pen(whole()).text(say("It lasted {x} quarters.", x=fact)).startswith('It lasted<span class="fig"')
    assert "> 6</span> quarters." in Pen(whole()).text(say("It lasted {x} quarters.", x=fact))


def test_the_last_two_words_of_a_title_stay_together() -> None:
    assert Pen(whole()).title(("What the price assumes",)) == "What the price\u00a0assumes"


def test_bold_words_are_strong_and_escaped() -> None:
    assert Pen(whole()).text((Strong(words="R&D"),)) == "<strong>R&amp;D</strong>"


# --- the analyst's words ---------------------------------------------------------------------------------------------


def words(text: str) -> str:
    return fill(small(Section(key="thesis", title="Thesis", words=text)))


def test_words_are_markdown_with_figures_and_their_sources() -> None:
    name = next(key for key in whole().facts if ".plan." in key)
    html = words(f'A *bold* plan of {{{{ fig("{name}") }}}}, and {{{{ fig("{name}", "precise") }}}}.')
    assert "<em>bold</em>" in html
    assert f'data-fact="{name}" href="#source-1-3">US$53bn</a><sup class="refs">' in html


def test_the_source_list_tells_what_the_sentences_take_from_a_document() -> None:
    """With its period; each figure once, not those of tables and charts, and nothing that was computed."""
    quarter = Period(kind="quarter", start=date(2025, 4, 1), end=date(2025, 6, 30))
    stated = next(fact for fact in whole().facts.values() if fact.stated and fact.sources and fact.number is not None)
    fact = replace(stated, period=quarter)
    text = say("It was {x}, and {x:signed}.", x=fact)
    computed = say("Or {y}.", y=replace(fact, id="y", formula="x + y"))
    brief = small(Section(key="thesis", title="Thesis", prose=(Paragraph(sentences=(text, computed)),)))
    figure = f'<span class="fig" data-fact="{fact.id}">{brief.wording.write(fact)}</span>'
    assert Pen(brief).taken(fact.sources[0]) == f"{fact.period.label}: {figure}"
    assert fill(brief).count(f"({fact.period.label}: {figure})") == 1
    assert Pen(small()).taken(fact.sources[0]) == ""


def test_raw_html_and_images_in_words_are_shown_as_text() -> None:
    html = words("<script>alert(1)</script> ![a](http://example.com/a.png)")
    assert "<script" not in html
    assert "<img" not in html


def test_headings_in_words_stand_below_the_section() -> None:
    assert "<h3>Big</h3>" in words("# Big")


def test_an_unknown_figure_is_answered_with_the_nearest() -> None:
    with pytest.raises(
        TemplateError, match=r"the words of section 'thesis', line 3: fig\('INVT\.prise.*did you mean 'INVT\.price"
    ):
        words('One.\n\nTwo {{ fig("INVT.prise.d2025-10-01") }}.')


@pytest.mark.parametrize("attack", ["{{ ''.__class__ }}", "{{ fig.__globals__ }}", "{{ fig.__init__.__globals__ }}"])
def test_words_cannot_leave_the_sandbox(attack: str) -> None:
    with pytest.raises(TemplateError, match=r"the words of section 'thesis', line 1: .*unsafe"):
        words(attack)


def test_words_see_nothing_but_figures() -> None:
    with pytest.raises(TemplateError, match=r"'brief' is undefined"):
        words("{{ brief.company.name }}")


# --- templates -------------------------------------------------------------------------------------------------------


def test_a_company_replaces_a_block_of_the_house(acme: Callable[[str, str], Path]) -> None:
    folder = acme("brief.html", '{% extends "house/brief.html" %}{% block wordmark %}ACME Research{% endblock %}')
    html = fill(small(), folder)
    assert '<p class="wordmark">ACME Research</p>' in html
    assert "Key data" not in html


def test_a_company_replaces_one_section_and_keeps_the_rest(acme: Callable[[str, str], Path]) -> None:
    folder = acme(
        "sections/thesis.html", '<section class="section" id="section-thesis"><h2>{{ section.title }}!</h2></section>'
    )
    html = fill(small(Section(key="thesis", title="Thesis"), Section(key="risks", title="Risks")), folder)
    assert "<h2>Thesis!</h2>" in html
    assert "<h2>Risks</h2>" in html


def test_an_error_names_file_and_line_and_what_to_do(acme: Callable[[str, str], Path]) -> None:
    folder = acme("brief.html", "<html>\n<body>\n{{ brief.headlin }}\n")
    with pytest.raises(
        TemplateError, match=r"^templates/acme/brief\.html, line 3: .*'headlin'; templates/README\.md lists"
    ):
        fill(small(), folder)


def test_a_syntax_error_names_file_and_line(acme: Callable[[str, str], Path]) -> None:
    folder = acme("brief.html", "<html>\n{% if brief %}\n")
    with pytest.raises(TemplateError, match=r"^templates/acme/brief\.html, line \d: .*; mend the tag"):
        fill(small(), folder)


@pytest.mark.parametrize(
    "attack",
    [
        "{{ brief.as_of.today() }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ brief.headline|safe }}",
        "{% autoescape false %}{{ brief.brand.name }}{% endautoescape %}",
        "{{ 'a' * 10 }}",
        "{{ 2 ** 100 }}",
        "{{ '%s' % 1 }}",
        '{% include "../../../etc/passwd" %}',
        '{% include "/etc/passwd" %}',
        '{% include "stolen.html" %}',
        "{{ lipsum() }}",
        "{{ fig('no.such.fact') }}",
    ],
)
def test_templates_cannot_leave_their_folders_or_the_sandbox(acme: Callable[[str, str], Path], attack: str) -> None:
    folder = acme("brief.html", attack)
    (folder / "acme" / "stolen.html").symlink_to("/etc/hostname")
    with pytest.raises(TemplateError, match=r"^templates/acme/brief\.html, line 1: "):
        fill(small(), folder)


def test_macros_imported_without_the_brief_are_explained(acme: Callable[[str, str], Path]) -> None:
    folder = acme("brief.html", '{% import "house/macros.html" as m %}{{ m.paragraphs(brief.front.takeaways) }}')
    with pytest.raises(TemplateError, match="with context"):
        fill(whole(), folder)


def test_a_template_that_is_not_there_is_named() -> None:
    with pytest.raises(TemplateError, match=r"^templates/acne: there is no such folder"):
        fill(replace(small(), template="acne"))


def test_a_stylesheet_of_the_companys_own_comes_after_that_of_the_house(acme: Callable[[str, str], Path]) -> None:
    html = fill(small(), acme("style.css", "h2 { color: #000000 }"))
    assert 0 < html.index('href="house/theme.css"') < html.index("<style>") < html.index('href="acme/style.css"')


def test_colours_and_typefaces_of_the_brand_are_the_pages() -> None:
    brand = Brand(colours=Colours(accent="#7A1020"), faces=Faces(text="Source Sans 3"))
    html = fill(replace(small(), brand=brand))
    assert "--accent: #7A1020" in html
    assert '--serif: "Source Sans 3", "Brief Han"' in html


def test_a_typeface_without_a_file_is_refused() -> None:
    brand = Brand(faces=Faces(display="Comic Sans"))
    with pytest.raises(
        TemplateError, match=r"faces\.display: there is no typeface 'Comic Sans'; name one of Source Sans 3"
    ):
        fill(replace(small(), brand=brand))


def test_an_edited_template_is_read_again(acme: Callable[[str, str], Path]) -> None:
    folder = acme("brief.html", "one")
    assert fill(small(), folder) == "one"
    acme("brief.html", "two, and longer")
    assert fill(small(), folder) == "two, and longer"


def test_a_file_added_while_the_program_runs_is_found(acme: Callable[[str, str], Path]) -> None:
    folder = acme("style.css", "h2 { color: #000000 }")
    assert "Invented" in fill(small(), folder)
    acme("brief.html", "my own")
    assert fill(small(), folder) == "my own"
    (folder / "acme" / "brief.html").unlink()
    assert "Invented" in fill(small(), folder)


# --- brands ----------------------------------------------------------------------------------------------------------


def test_two_files_for_one_face_are_refused(acme: Callable[[str, str], Path]) -> None:
    face = '@font-face { font-family: "Zed"; font-weight: 400; src: url("fonts/Zed.ttf"); }\n'
    with pytest.raises(TemplateError, match=r"templates/acme/fonts\.css, line 2: a second file for Zed 400 normal"):
        fill(small(), acme("fonts.css", face * 2))


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#0F2C4C", "#FFFFFF") == pytest.approx(14.1, abs=0.05)


# --- layout ----------------------------------------------------------------------------------------------------------


def kinds(*exhibits: Exhibit, callouts: int = 0) -> list[str]:
    boxes = tuple(Callout(title=str(i), paragraphs=()) for i in range(callouts))
    rows = arranged(Section(key="x", title="X", exhibits=exhibits, callouts=boxes))
    return [f"{row.kind} {len(row.exhibits)}+{len(row.callouts)}" for row in rows]


def test_neighbouring_halves_make_pairs_and_full_ones_stand_alone() -> None:
    assert kinds(half("a"), half("b"), wide("c"), half("d"), half("e")) == ["pair 2+0", "full 1+0", "pair 2+0"]


def test_a_lone_half_stands_beside_the_callouts() -> None:
    assert kinds(wide("a"), half("b"), callouts=3) == ["full 1+0", "beside 1+2", "callouts 0+1"]


def test_a_lone_half_without_callouts_gets_a_row_of_its_own() -> None:
    assert kinds(half("a"), wide("b")) == ["lone 1+0", "full 1+0"]


def test_prose_stands_beside_the_only_half_when_it_is_neither_short_nor_long() -> None:
    prose = (Paragraph(sentences=(("word " * 80,),)),)
    assert wraps(Section(key="x", title="X", prose=prose, exhibits=(half("a"),)))
    assert not wraps(Section(key="x", title="X", prose=prose[:0], exhibits=(half("a"),)))
    assert not wraps(Section(key="x", title="X", prose=prose * 3, exhibits=(half("a"),)))


@pytest.mark.parametrize(("length", "step"), [(40, 1), (60, 2), (90, 3), (140, 4)])
def test_a_longer_title_is_set_smaller(length: int, step: int) -> None:
    assert rung("x" * length) == step


def test_short_prose_is_set_in_one_column() -> None:
    short, long = (Paragraph(sentences=(("word " * count,),)) for count in (20, 90))
    assert 'class="single"' in fill(small(Section(key="thesis", title="T", prose=(short,))))
    assert 'class="columns short"' in fill(small(Section(key="thesis", title="T", prose=(long,))))


def test_an_unavailable_section_says_so_and_shows_nothing_else() -> None:
    html = fill(small(Section(key="risks", title="Risks", unavailable="no prices", lede=("A lede.",))))
    assert "<strong>Not available:</strong> no prices" in html
    assert "A lede." not in html


def test_every_brief_ends_with_its_sources_and_disclosures() -> None:
    html = fill(small(Section(key="thesis", title="Thesis")))
    assert html.count('id="section-sources"') == 1
    assert html.count('id="source-1"') == 1
    assert "Not confirmed by the publisher of this brief." in html


STATED = {
    "publisher": ("Publisher", "Desk & Co Ltd"),
    "address": ("Address", "A street, a town"),
    "label": ("Label", "Marketing communication"),
    "reviewer": ("Reviewer", "R. Reader"),
    "licence": ("Licence", "For clients of the desk"),
    "conflicts": ("Conflicts of interest", "The desk holds no position"),
    "ratings": ("Rating history", "The desk gives no ratings"),
    "licences": ("Data licences", "Licensed from a vendor"),
}


def back(**stated: str) -> dict[str, str]:
    """Return the disclosures at the back, words by heading."""
    return blocks_of(fill(replace(small(), disclosures=stated)))


def back_of(brief: Brief) -> str:
    """Return the words of the disclosures at the back."""
    return " ".join(blocks_of(fill(brief)).values())


def blocks_of(html: str) -> dict[str, str]:
    """Return the disclosures of a page, words by heading."""
    found = re.findall(r'<div class="disclosure">\s*<h3>(.*?)</h3>\s*<p>(.*?)</p>', html, re.DOTALL)
    return {heading.strip(): words for heading, words in found}


@pytest.mark.parametrize("key", STATED)
def test_a_disclosure_is_printed_as_it_stands(key: str) -> None:
    heading, words = STATED[key]
    assert back(**{key: words})[heading] == words.replace("&", "&amp;")


def test_all_disclosures_are_printed_and_none_is_left_unconfirmed() -> None:
    shown = back(**{key: words for key, (_, words) in STATED.items()})
    assert {heading for heading, _ in STATED.values()} <= set(shown)
    assert UNCONFIRMED not in shown.values()


@pytest.mark.parametrize(
    ("stated", "heading"),
    [
        ((), "Publisher, conflicts of interest, rating history, data licences"),
        (("conflicts", "publisher"), "Rating history, data licences"),
        (("publisher", "conflicts", "licences"), "Rating history"),
    ],
)
def test_what_the_publisher_does_not_state_is_not_confirmed(stated: tuple[str, ...], heading: str) -> None:
    shown = back(**dict.fromkeys(stated, "Stated."))
    assert [each for each, words in shown.items() if words == UNCONFIRMED] == [heading]
    assert list(shown.values()).count("Stated.") == len(stated)


MARKS = ("Machine-generated", "Written in part by AI", "AI-generated", "AI-assisted")
READ = {"reviewer": "R. Reader", "reviewed_on": str(DAY)}


def front_of(html: str) -> str:
    """Return the page without its back, where who wrote it is told in any case."""
    return html.partition('id="section-sources"')[0]


@pytest.mark.parametrize(
    ("writing", "mark", "told"),
    [
        ("rules", "Machine-generated", "no language model wrote any of it"),
        ("mixed", "Written in part by AI", "A language model wrote part of the text"),
        ("model", "AI-generated", "A language model wrote the text"),
    ],
)
def test_byline_summary_foot_and_back_say_who_wrote_the_brief(writing: Writing, mark: str, told: str) -> None:
    brief = replace(small(), front=whole().front, writing=writing)
    front = front_of(fill(brief))
    assert f'<span class="bar">|</span>{mark}\n' in front
    assert f"{mark}{',' if writing == 'mixed' else ''} from dated, sourced figures" in front
    assert told in back_of(brief)
    letter = fill_email(brief, folders=[TEMPLATES])
    assert mark in letter.html
    assert mark in letter.text
    assert mark in fill_markdown(brief, folders=[TEMPLATES])


@pytest.mark.parametrize("writing", ["rules", "mixed", "model"])
def test_a_named_person_who_read_the_brief_stands_where_the_marks_stood(writing: Writing) -> None:
    brief = replace(small(), front=whole().front, writing=writing, disclosures=READ)
    front = front_of(fill(brief))
    assert "Reviewed by R. Reader, " in front
    assert not any(mark in front for mark in MARKS)
    assert "R. Reader read this brief on" in back_of(brief)
    assert "language model" in back_of(brief)


@pytest.mark.parametrize("days", [-1, 8])
def test_a_reading_of_another_week_lifts_no_mark(days: int) -> None:
    day = small().as_of + timedelta(days=days)
    brief = replace(small(), disclosures={"reviewer": "R. Reader", "reviewed_on": str(day)})
    assert "Machine-generated\n" in front_of(fill(brief))
    assert "R. Reader. That this brief was reviewed is not confirmed." in back_of(brief)


def test_a_brand_says_what_must_be_stated() -> None:
    brief = replace(
        small(), brand=Brand(required=("label", "reviewer")), disclosures={"label": "Marketing communication"}
    )
    html = fill(brief)
    assert "<h3>Reviewer</h3>\n<p>Not confirmed by the publisher of this brief.</p>" in html
    assert "<h3>Label</h3>\n<p>Marketing communication</p>" in html
    assert "Conflicts of interest" not in html


def test_every_publisher_has_a_line_on_its_licence() -> None:
    bare = replace(SOURCES[0], licence="")
    html = fill(replace(small(), sources=(bare, replace(SOURCES[3], licence="Free to show"))))
    assert re.findall(r'class="licence">([^<]+)<', html) == ["Licence not confirmed.", "Free to show."]


def test_letter_paper_brings_its_stylesheet() -> None:
    assert "letter.css" in fill(replace(small(), paper="Letter"))
    assert "letter.css" not in fill(small())


def test_every_link_of_the_whole_brief_leads_somewhere() -> None:
    html = fill(whole())
    names = set(re.findall(r'\bid="([^"]+)"', html))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= names
    assert len(re.findall(r'\bid="', html)) == len(names)


def test_the_same_brief_gives_the_same_page() -> None:
    assert fill(whole()) == fill(fake_brief())


def test_the_alternative_text_of_a_chart_stands_in_it() -> None:
    html = fill(whole())
    assert (
        html.count("<svg") == html.count('<svg role="img"') == len(re.findall(r"<svg[^>]*><title>[^<]+</title>", html))
    )


def test_dates_are_written_out() -> None:
    assert f"Thursday, 2\u00a0October {date(2025, 10, 2).year}" in fill(small())
