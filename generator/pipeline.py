"""One brief, read aloud: gather, measure, check, compose, fill, print, prove."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from generator.errors import InputError, InstrumentError, NoDataError, SourceFailedError, StaleError
from generator.language import in_its_language, speaking, untranslated
from generator.model.authorship import SOURCE_TYPES
from generator.model.brand import Brand
from generator.model.brief import Brief
from generator.model.document import Document
from generator.model.finding import Finding
from generator.model.instrument import refusal
from generator.model.ledger import Ledger
from generator.model.letter import Letter, Notice
from generator.model.report import Report
from generator.model.snapshot import Company, Snapshot, joined
from generator.sources.desk import advised

if TYPE_CHECKING:
    from generator.proof import Register

if TYPE_CHECKING:
    from generator.charts.style import Typeface

Watch = Callable[[str], None]
# How wide the chart of a letter is, in px: the letter's 600 less its margins.
LETTER_CHART = 536


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """What stands behind a brief and rides in its file: what was asked, what was known, the facts of the last issue."""

    report: Report | None = None
    snapshots: tuple[Snapshot, ...] = ()
    previous: Ledger | None = None


class Collect(Protocol):
    """The promise of a source."""

    def collect(self, ticker: str, until: date) -> Snapshot:
        """Return what was known about a ticker on a day.

        Raises:
            NoDataError: the source has never heard of it.
        """
        ...


def make(
    report: Report,
    *,
    sources: Sequence[Collect],
    until: date,
    templates: Sequence[Path],
    previous: Ledger | None = None,
    watch: Watch = lambda _: None,
) -> Document:
    """Return the finished brief of one report; `watch` is told each stage as it begins.

    Raises:
        BriefError: the report, its data or its template cannot make a brief; the sentence says what to mend.
    """
    watch("gather")
    snapshots = gather(report, sources=sources, until=until)
    return make_from(report, snapshots, templates=templates, previous=previous, watch=watch)


@in_its_language
def make_from(
    report: Report,
    snapshots: Sequence[Snapshot],
    *,
    templates: Sequence[Path],
    previous: Ledger | None = None,
    watch: Watch = lambda _: None,
) -> Document:
    """Return the finished brief of one report from what is known; `previous` are the facts of the last issue.

    The same report, snapshots, last issue and templates give the same bytes: this is what a brief is verified by.
    """
    watch("measure")
    previous = previous and previous.own()
    ledger = measure_brief(report, snapshots, previous=previous)
    watch("check and compose")
    brief = compose_brief(report, ledger, templates=templates, previous=previous)
    behind = Behind(report=report, snapshots=tuple(snapshots), previous=previous)
    return print_brief(brief, ledger, behind=behind, templates=templates, watch=watch)


def gather(report: Report, *, sources: Sequence[Collect], until: date) -> tuple[Snapshot, ...]:
    """Return what the sources know about the company, then its peers, then its benchmark.

    Raises:
        NoDataError: nobody knows the company, or it has no price by `until`.
        InputError: a peer or the benchmark of the report file is known to no source.
        InstrumentError: no company stands behind the ticker, and no brief can be made of it.
    """
    subject = gather_one(report, sources=sources, until=until)
    others, lost = _others(report, sources, until)
    notes = (*subject.notes, *((report.remark,) if report.remark else ()), *lost)
    return (replace(subject, notes=notes, origins=_origins((subject, *others))), *others)


def gather_one(report: Report, *, sources: Sequence[Collect], until: date) -> Snapshot:
    """Return what the sources know about the company alone.

    Raises:
        NoDataError: nobody knows the company, or it has no price by `until`.
    """
    subject = _collected(report.ticker, sources, until)
    if isinstance(subject, NoDataError) or subject.company is None:
        advice = advised("mend the ticker", sources)
        why = f" ({subject})" if isinstance(subject, NoDataError) else ""
        raise NoDataError(f"{report.path}: no source knows {report.ticker}{why}; {advice}")
    if (reason := refusal(subject.company)) is not None:
        raise InstrumentError(report.ticker, reason)
    if subject.prices is None or not subject.prices.values:
        raise NoDataError(f"{report.path}: {report.ticker} has no price on or before {until}; a brief needs one")
    return _as_asked(subject, subject.company, report)


def _others(report: Report, sources: Sequence[Collect], until: date) -> tuple[list[Snapshot], list[str]]:
    """Return the peers and the benchmark, and a note on each that failed or, where no file names it, is not known."""
    forgiven = (SourceFailedError, StaleError, *((InputError,) if report.remark else ()))
    others, lost = [], []
    for ticker in dict.fromkeys((*report.peers, report.benchmark)):
        try:
            others.append(_other(report, ticker, sources, until))
        except forgiven as error:
            lost.append(f"{ticker} is left out of the comparison: {error}")
    return others, lost


def _origins(snapshots: Sequence[Snapshot]) -> tuple[str, ...]:
    """Return which sources answered about whom; those answered alike share a sentence."""
    alike: dict[str, list[str]] = {}
    for snapshot in snapshots:
        for origin in snapshot.origins:
            alike.setdefault(origin, []).append(snapshot.ticker)
    return tuple(f"{', '.join(tickers)}: {origin}" for origin, tickers in alike.items())


def _other(report: Report, ticker: str, sources: Sequence[Collect], until: date) -> Snapshot:
    found = _collected(ticker, sources, until)
    if isinstance(found, NoDataError) or found.company is None:
        key = f"{report.path}: {'benchmark' if ticker == report.benchmark else 'peers'}"
        raise InputError.at(key, f"no source has data on {ticker!r}", advised("take it out", sources))
    return found


def _collected(ticker: str, sources: Sequence[Collect], until: date) -> Snapshot | NoDataError:
    """Return what the sources know about a ticker, or what the last one said that does not know it."""
    found, unknown = [], NoDataError("no source is asked")
    for source in sources:
        try:
            found.append(source.collect(ticker, until))
        except NoDataError as error:
            unknown = error
    return joined(found) if found else unknown


def _as_asked(snapshot: Snapshot, company: Company, report: Report) -> Snapshot:
    """Return the snapshot with the profile as the report file corrects it."""
    keys = ("name", "short_name", "native_name", "native_lang", "ads_ratio", "fiscal_year_end")
    asked = {key: getattr(report, key) for key in keys if getattr(report, key)}
    return replace(snapshot, company=replace(company, **asked))


@in_its_language
def measure_brief(report: Report, snapshots: Sequence[Snapshot], *, previous: Ledger | None = None) -> Ledger:
    """Return the ledger of the report's company: all that was gathered and all that follows from it.

    What moved since the last issue is kept in it too, so that each figure of that section is a fact.
    """
    from generator.analysis.measure import measure
    from generator.analysis.moved import remembered

    known = {snapshot.ticker for snapshot in snapshots}
    ledger = measure(snapshots, benchmark=report.benchmark, peers=[peer for peer in report.peers if peer in known])
    return remembered(ledger, previous) if previous is not None else ledger


@in_its_language
def compose_brief(
    report: Report, ledger: Ledger, *, templates: Sequence[Path], previous: Ledger | None = None
) -> Brief:
    """Return what the brief says: sections, exhibits, sources and findings.

    What it says is checked in its turn, and the data notes are written again with all that was found. `previous` are
    the facts of the last issue, if there was one.
    """
    from generator.charts.style import Look, Palette
    from generator.checks import check, check_brief, settle
    from generator.definitions import read_brand
    from generator.sections.compose import compose, noted

    names = {ticker: company.short_name for ticker, company in ledger.companies.items()}
    brand = read_brand(templates, report.template)
    report = _of_brand(report, brand)
    colours = {each.name: getattr(brand.colours, each.name) for each in fields(brand.colours)}
    look = Look(
        palette=Palette(**colours),
        wording=ledger.wording,
        typeface=_typeface(brand, report.template, templates),
        names=names,
        size="S",
    )
    found = check(ledger, report.checks)
    brief = compose(report, ledger, findings=found, look=look, brand=brand, previous=previous)
    said = check_brief(brief, ledger, report.checks, vocabulary=report.vocabulary)
    settled = settle((*found, *said), report.overrides)
    return brief if settled == found else noted(brief, report, ledger, findings=settled, look=look)


def _typeface(brand: Brand, template: str, templates: Sequence[Path]) -> Typeface:
    """Return the letters of a brand's charts: its own for labels, or the house's where those cannot be measured."""
    from generator.charts.style import Typeface
    from generator.page import font_files

    files = font_files(templates, template, brand.faces.sans)
    house = Typeface.of_house(templates[-1] / "house" / "fonts")
    return Typeface(family=brand.faces.sans, files=files) if files else house


def _of_brand(report: Report, brand: Brand) -> Report:
    """Return the report with what its brand says wherever it says nothing itself."""
    return replace(
        report,
        sections=report.sections or brand.sections,
        author=report.author or brand.author,
        writing=report.writing or brand.writing,
        disclosures={**brand.disclosures, **report.disclosures},
        vocabulary=(*brand.vocabulary, *report.vocabulary),
    )


@in_its_language
def print_brief(
    brief: Brief,
    ledger: Ledger,
    *,
    templates: Sequence[Path],
    behind: Behind | None = None,
    watch: Watch = lambda _: None,
) -> Document:
    """Return the document: the brief filled into its templates, printed with its data attached, and read back."""
    from generator.page import Redraw, fill_brief, template_hashes
    from generator.pdf import Attachment, lay_out, write
    from generator.proof import completed, enclosures, prove_pdf, read_page, to_come

    watch("fill")
    given = behind or Behind()
    files = enclosures(brief, ledger, report=given.report, snapshots=given.snapshots, previous=given.previous)
    html = fill_brief(brief, folders=templates, attachments=(*files, *to_come()))
    watch("print")
    redraw = Redraw(brief)
    pages = lay_out(html, folders=templates, redraw=redraw)
    html = redraw.printed(html, pages.heights)
    page = read_page(html)
    looks = template_hashes(templates, brief.template)
    files = completed(files, page, brief, templates=looks, previous=given.previous)
    attached = [
        Attachment(name=each.name, data=each.data, description=each.description, mime=each.mime) for each in files
    ]
    printed = write(pages, created=brief.as_of, source_type=SOURCE_TYPES[brief.writing], attachments=attached)
    watch("prove")
    proof = prove_pdf(printed.pdf, page, brief, ledger)
    return Document(
        name=brief.company.ticker.lower(),
        brief=brief,
        html=html,
        pdf=printed.pdf,
        pages=printed.pages,
        ledger=ledger,
        findings=(*proof.findings, *pages.findings, *brief.findings, *_left_in_english()),
        proof=proof,
    )


def _left_in_english() -> tuple[Finding, ...]:
    """Return a finding on the texts that the catalogue of the brief's language lacks: they stand in English."""
    lacking = untranslated()
    if not lacking:
        return ()
    shown = "; ".join(f"“{each}”" for each in lacking[:3])
    said = (f"{len(lacking)} texts of this brief have no translation and stand in English, such as {shown}.",)
    return (Finding(check="untranslated", level="note", message=said, advice="translate them in the catalogue"),)


@in_its_language
def write_letter(brief: Brief, *, templates: Sequence[Path], notice: Notice | None = None) -> Letter:
    """Return the e-mail of a brief, with the exhibit of page one as a picture; a notice opens it (a draft, say).

    Raises:
        BriefError: a template failed, or the chart could not be drawn.
    """
    from generator.page import fill_email, picture_of
    from generator.pdf import height_of, to_picture

    exhibit, chart = brief.front.exhibit, None
    if exhibit is not None and exhibit.drawing is not None:
        svg = exhibit.drawing.svg
        png = to_picture(svg, folders=templates, width=LETTER_CHART)
        chart = picture_of(brief, png, width=LETTER_CHART, height=height_of(svg, LETTER_CHART))
    return fill_email(brief, folders=templates, chart=chart, notice=notice)


def prove_letter(letter: Letter, document: Document) -> tuple[Finding, ...]:
    """Return a finding for every number of a brief's e-mail that no fact its pages print accounts for."""
    from generator.proof import Register, printed_facts, read_page

    with speaking(document.brief.language):
        register = Register.of(document.brief, document.ledger)
        return _letter_findings(letter, register, printed_facts(read_page(document.html)))


def _letter_findings(letter: Letter, register: Register, facts: Sequence[str]) -> tuple[Finding, ...]:
    from generator.proof import prove_html, prove_text

    alts = "\n".join(picture.alt for picture in letter.pictures)
    said = {"subject": letter.subject, "preview line": letter.preheader, "text": letter.text, "picture": alts}
    found = [
        prove_text(words, register, facts=facts, place=f"the {name} of the e-mail") for name, words in said.items()
    ]
    found.append(prove_html(letter.html, register, facts=facts, place="the page of the e-mail"))
    return tuple(finding for findings in found for finding in findings)


def unproven_letter(document: Document, *, templates: Sequence[Path]) -> tuple[Finding, ...]:
    """Return what cannot be proven of the e-mail that goes with a brief; its picture is proven with the pages."""
    from generator.page import fill_email

    return prove_letter(fill_email(document.brief, folders=templates), document)
