"""Every chart as the page gets it: labels are the wording of facts, nothing overlaps, the bytes never change."""

import csv
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree as ET

import pytest
from invented_charts import BABA, EPS, FONTS, HOUSES, LOOK, PARTS, RANGES, TYPEFACE, fact, money, price, quarters
from nasty_charts import NASTY
from usual_charts import USUAL

from generator.charts import (
    Panel,
    PlanBar,
    Size,
    Typeface,
    clipped,
    draw_consensus,
    draw_correlation,
    draw_football_field,
    draw_growth,
    draw_margins,
    draw_multiple_band,
    draw_multiple_strip,
    draw_peer_scatter,
    draw_plans,
    draw_price,
    draw_rebased,
    draw_share_squares,
    draw_small_multiples,
    draw_spending,
    draw_target_fan,
    draw_targets,
    draw_waterfall,
    overlaps,
)
from generator.charts.letters import labels
from generator.model.brief import Drawing
from generator.model.fact import Unit
from generator.model.series import Series
from generator.model.text import Figure, facts_in

DRAWN: dict[str, Callable[[], Drawing]] = {
    **{name: lambda draw=draw: draw(LOOK) for name, draw in USUAL.items()},  # type: ignore[misc]
    **NASTY,
}
EVERY = pytest.mark.parametrize("name", sorted(DRAWN))
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def written(drawing: Drawing) -> str:
    """Return the alternative text as it is read out."""
    return "".join(
        LOOK.wording.write(run.fact, run.style) if isinstance(run, Figure) else str(run) for run in drawing.alt
    )


def texts(drawing: Drawing) -> list[ET.Element]:
    root = ET.fromstring(drawing.svg)  # noqa: S314 - our own drawing
    return [each for each in root.iter() if each.tag.endswith("}text")]


@EVERY
def test_no_label_overlaps_another_or_leaves_the_chart(name: str) -> None:
    drawing = DRAWN[name]()
    assert overlaps(drawing.svg, TYPEFACE) == []
    assert clipped(drawing.svg, TYPEFACE) == []


@pytest.mark.parametrize("size", get_args(Size))
@pytest.mark.parametrize("name", sorted(USUAL))
def test_each_chart_can_be_drawn_in_three_heights(name: str, size: Size) -> None:
    drawing = USUAL[name](LOOK.at(size))
    assert overlaps(drawing.svg, TYPEFACE) == []
    assert clipped(drawing.svg, TYPEFACE) == []


@EVERY
def test_every_figure_on_a_label_is_the_wording_of_a_fact_of_the_drawing(name: str) -> None:
    drawing = DRAWN[name]()
    facts = {fact.id: fact for fact in drawing.facts}
    for element in texts(drawing):
        words = element.text or ""
        if element.get("class") == "tick":
            continue
        wordings = [
            LOOK.wording.write(facts[key], style)
            for key in sorted(facts, key=len, reverse=True)
            if key in element.get("data-facts", "")
            for style in ("", "signed", "plain", "bn")
        ]
        if "data-facts" in element.attrib:
            assert any(wording in words for wording in wordings), words
        else:
            names = (
                " ".join(str(row[0]) for row in drawing.rows)
                + "Company number n/a 11.7\u00d7 19.2\u00d7 16.0\u00d7 9% 52"
            )
            assert all(number in names for number in NUMBER.findall(words)), words


@EVERY
def test_the_alternative_text_holds_every_figure_of_the_chart(name: str) -> None:
    drawing = DRAWN[name]()
    told = {each.id for each in facts_in(drawing.alt)}
    assert {each.id for each in drawing.facts} <= told
    assert written(drawing).endswith(".")
    assert ".." not in written(drawing)


@EVERY
def test_the_data_is_a_table_of_full_numbers_and_iso_dates(name: str) -> None:
    drawing = DRAWN[name]()
    assert drawing.rows
    assert {len(row) for row in drawing.rows} == {len(drawing.columns)}
    if "date" in drawing.columns:
        place = drawing.columns.index("date")
        assert all(date.fromisoformat(str(row[place])) for row in drawing.rows)


@EVERY
def test_an_svg_is_plain_shapes_and_text_in_millimetres(name: str) -> None:
    svg = DRAWN[name]().svg
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    assert {each.tag.rpartition("}")[2] for each in root.iter()} <= {"svg", "path", "text"}
    for banned in ("opacity", "radient", "<image", "<use", "url(", " id=", "xlink", "<style", "<?xml", "rgba", "Date"):
        assert banned not in svg
    assert root.attrib["width"].endswith("mm")
    assert float(root.attrib["width"][:-2]) in (118.0, 85.0, 178.0, 46.0)
    points = [float(part) for part in root.attrib["viewBox"].split()]
    assert points[2] * 25.4 / 72 == pytest.approx(float(root.attrib["width"][:-2]), abs=0.02)
    assert points[3] * 25.4 / 72 == pytest.approx(float(root.attrib["height"][:-2]), abs=0.02)


@EVERY
def test_all_letters_are_source_sans_in_a_shipped_weight_and_large_enough(name: str) -> None:
    for element in texts(DRAWN[name]()):
        assert element.attrib["font-family"].strip("'\"") == "Source Sans 3"
        assert element.attrib.get("font-weight", "600") in ("600", "700")
        assert float(element.attrib["font-size"].removesuffix("px")) >= 6.7


def test_a_chart_is_the_same_bytes_in_every_process() -> None:
    script = (
        "import hashlib; from usual_charts import USUAL; from invented_charts import LOOK; "
        "print(hashlib.sha256(''.join(draw(LOOK).svg for draw in USUAL.values()).encode()).hexdigest())"
    )
    here = Path(__file__).parent
    digests = set()
    for seed in ("0", "1", "4711"):
        env = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": f"{here}{os.pathsep}{here.parents[1]}"}
        run = subprocess.run([sys.executable, "-c", script], env=env, check=True, capture_output=True, text=True)
        digests.add(run.stdout)
    assert len(digests) == 1


def test_drawing_leaves_the_settings_of_matplotlib_alone() -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    USUAL["price"](LOOK)
    assert dict(mpl.rcParams) == before


def test_importing_the_charts_does_not_load_matplotlib() -> None:
    script = "import sys, generator.charts; sys.exit('matplotlib' in sys.modules)"
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    subprocess.run([sys.executable, "-c", script], env=env, check=True)


def test_text_stays_text_in_the_fonts_of_the_house_when_printed() -> None:
    import pikepdf
    from weasyprint import HTML

    body = "".join(draw(LOOK).svg for draw in USUAL.values())
    head = '<head><meta charset="utf-8"><link rel="stylesheet" href="fonts.css"></head>'
    out = HTML(string=f'<html lang="en">{head}<body>{body}</body></html>', base_url=f"{FONTS.parent}/").write_pdf()
    with pikepdf.open(BytesIO(out)) as pdf:
        names = {
            str(each["/BaseFont"])
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each
        }
    assert names
    assert all("Source-Sans-3" in name for name in names)


def test_the_last_price_stands_in_the_tag_in_the_words_of_the_page() -> None:
    drawing = USUAL["price"](LOOK)
    words = [words for words, _ in labels(drawing.svg, TYPEFACE)]
    assert {"US$159", "Average target US$169", "Year start US$100.40"} <= set(words)


def test_the_alternative_text_tells_type_direction_and_figures() -> None:
    assert written(USUAL["price"](LOOK)) == (
        "Line chart of the share price of Alibaba from 1\u00a0October 2024 to 1\u00a0October 2025: it rises to US$159, "
        "from US$100.40 at the start of the year. Dashed lines: Average target US$169."
    )
    assert written(USUAL["waterfall"](LOOK)).endswith("add up to Share price year to date +87.5%.")


def test_the_subject_is_the_accent_and_drawn_last_and_thickest() -> None:
    svg = USUAL["rebased"](LOOK).svg
    strokes = re.findall(r'stroke="(#\w+)" stroke-width="([\d.]+)" stroke-linecap="round"', svg)
    assert strokes[-1] == (LOOK.palette.accent.lower(), "1.7")
    assert all(width == "1.1" for _, width in strokes[:-1])


def test_a_waterfall_whose_parts_do_not_sum_is_refused() -> None:
    with pytest.raises(ValueError, match="the parts sum to"):
        draw_waterfall(PARTS, total=("Share price", fact(0.9)), look=LOOK)


def test_a_waterfall_with_a_missing_part_is_refused() -> None:
    with pytest.raises(ValueError, match="no number"):
        draw_waterfall([*PARTS, ("Dividends", fact(None))], total=("Share price", fact(0.875)), look=LOOK)


def test_two_currencies_never_share_an_axis() -> None:
    bars = [PlanBar(label="Alibaba", year=money(126.7, currency="CNY")), PlanBar(label="Amazon", year=money(100.0))]
    with pytest.raises(ValueError, match="CNY, USD"):
        draw_plans(bars, subject="Alibaba", look=LOOK)


def test_missing_facts_are_left_out() -> None:
    none = price(None)
    drawing = draw_price(BABA, last=none, base=none, targets=[none], look=LOOK)
    assert drawing.facts == ()
    assert draw_targets(HOUSES[:1], price=none, claim=none, look=LOOK).facts[0].value == 205.0
    assert ">–<" in draw_growth(quarters((None, 0.1)), look=LOOK).svg


NOTHING: dict[str, Callable[[], Drawing]] = {
    "price": lambda: draw_price(empty(), last=None, look=LOOK),
    "rebased": lambda: draw_rebased([empty()], ends=[], subject="BABA", look=LOOK),
    "band": lambda: draw_multiple_band(
        BABA, per_share=replace(EPS, values=(-1.0,) * 5), multiples=(10,), now=None, look=LOOK
    ),
    "fan": lambda: draw_target_fan(BABA, low=None, mean=None, high=None, look=LOOK),
    "football": lambda: draw_football_field([replace(RANGES[0], low=price(None))], price=price(1.0), look=LOOK),
    "targets": lambda: draw_targets([], price=price(1.0), look=LOOK),
    "consensus": lambda: draw_consensus([("Buy", fact(0.0, Unit.COUNT))], look=LOOK),
    "strip": lambda: draw_multiple_strip([("then", fact(None))], look=LOOK),
    "plans": lambda: draw_plans([], subject="Alibaba", look=LOOK),
    "spending": lambda: draw_spending([], subject="Alibaba", look=LOOK),
    "shares": lambda: draw_share_squares([], subject="Alibaba", look=LOOK),
    "shares over the whole": lambda: draw_share_squares([("A", fact(0.6)), ("B", fact(0.6))], subject="A", look=LOOK),
    "panels": lambda: draw_small_multiples([Panel(label="Revenue", facts=[fact(None)])], look=LOOK),
    "margins": lambda: draw_margins([("Gross", [fact(None)])], look=LOOK),
    "growth": lambda: draw_growth([fact(None)], look=LOOK),
    "scatter": lambda: draw_peer_scatter([("A", fact(None), fact(1.0))], subject="A", axes=("x", "y"), look=LOOK),
    "correlation": lambda: draw_correlation([("A", fact(None))], look=LOOK),
}


@pytest.mark.parametrize("name", sorted(NOTHING))
def test_a_chart_of_nothing_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        NOTHING[name]()


def test_a_missing_font_is_told_by_its_path(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="SourceSans3-"):
        USUAL["price"](replace(LOOK, typeface=Typeface.of_house(tmp_path)))


def seed(ticker: str) -> Series:
    text = (FONTS.parents[2] / "seeds" / "prices" / f"{ticker}.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    days, values = tuple(date.fromisoformat(row["date"]) for row in rows), tuple(float(row["close"]) for row in rows)
    return replace(BABA, entity=ticker, days=days, values=values)


def test_years_of_real_prices_print_as_few_points_and_are_attached_in_full() -> None:
    line = seed("BABA")
    drawing = draw_price(line, last=None, look=LOOK)
    longest = max(re.findall(r' d="([^"]+)" fill="none" stroke="#bf4713', drawing.svg), key=len)
    assert longest.count("L") < 260
    assert len(drawing.rows) == len(line.days)


def empty() -> Series:
    return replace(BABA, days=(), values=())
