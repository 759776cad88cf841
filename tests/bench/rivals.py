"""Rivals: what a user would pick instead, given the same content."""

from __future__ import annotations

import io
import logging
import re
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import which

from bench.content import Part
from bench.subject import ROOT

CHROMIUM = which("chromium") or which("chromium-browser") or "/usr/bin/chromium"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync")
FONTS = ROOT / "templates" / "house" / "fonts"
PAGE_MM = 178


def on_disk(html: str, folder: Path) -> Path:
    """Return the page as a file that a browser opens with its stylesheets and fonts."""
    path = folder / "brief.html"
    base = f'<head><base href="{(ROOT / "templates").as_uri()}/">'
    path.write_text(html.replace("<head>", base, 1), encoding="utf-8")
    return path


@contextmanager
def chromium_running(path: Path) -> Iterator[Callable[[], bytes]]:
    """Give a call that lets a browser that is running already load the page and print it, tagged and with bookmarks."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))

        def printed() -> bytes:
            page = browser.new_page()
            page.goto(path.as_uri())
            pdf = page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)
            page.close()
            return pdf

        yield printed
        browser.close()


def chromium_cold(path: Path) -> Callable[[], object]:
    """Return a call that starts a browser, prints the page and ends it."""
    out = path.with_suffix(".chromium.pdf")
    profile = tempfile.mkdtemp(dir=path.parent)
    command = [CHROMIUM, "--headless", *FLAGS, f"--user-data-dir={profile}", f"--print-to-pdf={out}", path.as_uri()]
    return lambda: subprocess.run(command, capture_output=True, check=True)


def typst(parts: Sequence[Part], folder: Path) -> Callable[[], object]:
    """Return a call that compiles an equivalent document with Typst, which is given the charts as they are."""
    import typst as compiler

    source = folder / "brief.typ"
    source.write_text(_typst_source(parts, folder), encoding="utf-8")
    return lambda: compiler.compile(str(source), root=str(folder), font_paths=[str(FONTS)])


def _typst_source(parts: Sequence[Part], folder: Path) -> str:
    lines = [
        '#set page(paper: "a4", margin: (x: 16mm, y: 20mm), numbering: "1 / 1")',
        '#set text(font: ("Source Serif 4", "Brief Han"), size: 9.35pt)',
        "#outline()",
    ]
    for number, part in enumerate(parts):
        if part.kind == "heading":
            lines.append(f"{'=' * part.level} {_typst_words(part.words)}")
        elif part.kind == "words":
            lines.append(_typst_words(part.words) + "\n")
        elif part.kind == "chart":
            (folder / f"chart-{number}.svg").write_text(part.svg, encoding="utf-8")
            lines.append(f'#image("chart-{number}.svg", width: {85 if part.half else PAGE_MM}mm)')
        else:
            cells = ", ".join(f"[{_typst_words(cell)}]" for row in part.rows for cell in row)
            lines.append(f"#table(columns: {len(part.rows[0])}, stroke: none, {cells})")
    return "\n".join(lines)


def _typst_words(words: str) -> str:
    return re.sub(r"([\\#$*_`<>@=\-+/~\[\]])", r"\\\1", words)


def reportlab(parts: Sequence[Part]) -> Callable[[], object]:
    """Return a call that prints the same content with ReportLab; it has no SVG, so its charts are drawn beforehand."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.lib.units import mm
    from reportlab.platypus import Image, Paragraph, SimpleDocTemplate, Table

    styles = getSampleStyleSheet()
    names = {1: styles["Title"], 2: styles["Heading2"], 3: styles["Heading3"]}
    pictures = {id(part): _picture(part) for part in parts if part.kind == "chart"}

    def flowable(part: Part) -> object:
        if part.kind == "heading":
            return Paragraph(_escaped(part.words), names[part.level])
        if part.kind == "words":
            return Paragraph(_escaped(part.words), styles["BodyText"])
        if part.kind == "chart":
            width = (85 if part.half else PAGE_MM) * mm
            return Image(io.BytesIO(pictures[id(part)]), width=width, height=width * 0.5)
        return Table([list(row) for row in part.rows])

    def printed() -> bytes:
        out = io.BytesIO()
        SimpleDocTemplate(out).build([flowable(part) for part in parts])
        return out.getvalue()

    return printed


def _picture(part: Part) -> bytes:
    """Return a chart as PNG at 150 dots an inch."""
    import pypdfium2
    import weasyprint

    page = f"<style>@page {{ margin: 0; size: 180mm 90mm }} body {{ margin: 0 }}</style>{part.svg}"
    pdf = weasyprint.HTML(string=page).write_pdf()
    out = io.BytesIO()
    pypdfium2.PdfDocument(pdf)[0].render(scale=150 / 72).to_pil().save(out, "PNG")
    return out.getvalue()


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quantstats(folder: Path, *, years: int = 5) -> Callable[[], object]:
    """Return a call that makes the report of quantstats on five years of the same daily closes."""
    import matplotlib as mpl
    import pandas as pd

    mpl.use("Agg")
    # It asks for a typeface that need not be there, a line for each time.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import quantstats as library

    def returns(ticker: str) -> pd.Series[float]:
        closes = pd.read_csv(ROOT / "seeds" / "prices" / f"{ticker}.csv", index_col="date", parse_dates=True)["close"]
        return closes.loc[:"2025-10-02"].tail(252 * years).pct_change().dropna()

    subject, benchmark = returns("BABA"), returns("SPY")

    def made() -> object:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return library.reports.html(subject, benchmark, output=str(folder / "quantstats.html"))  # type: ignore[no-untyped-call]

    return made
