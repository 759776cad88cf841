"""Letter: the e-mail with a brief, filled from templates of its own; mail programs know little of what a page knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

from generator.errors import TemplateError
from generator.language import in_its_language, phrase
from generator.model.brief import Brief
from generator.model.letter import Letter, Notice, Picture
from generator.model.text import Text
from generator.page.fill import environment_of
from generator.page.limits import steps
from generator.page.pen import Pen
from generator.page.plain import tidy
from generator.page.sandbox import FAULTS, template_error
from generator.pictures import cleaned

HTML, TEXT = "email.html", "email.txt"
LONGEST_SUBJECT = 78
LARGEST = 90_000
LOGO_HEIGHT, LOGO_WIDTH = 36, 220
BANNED = frozenset(("svg", "script", "link", "iframe", "object", "embed", "form", "video", "audio", "base"))
LOADS = re.compile(r"url\(|@import|var\(|expression\(", re.IGNORECASE)


@in_its_language
def fill_email(
    brief: Brief, *, folders: Sequence[Path], chart: Picture | None = None, notice: Notice | None = None
) -> Letter:
    """Return the letter of a brief, filled into the first `email.html` and `email.txt` of its template folders.

    `chart` is the exhibit of page one as a picture; `notice` opens the letter (a draft, a corrected issue).

    Raises:
        TemplateError: a template failed, or made something that mail programs do not show.
    """
    pen = Pen(brief)
    logo = _logo(brief, folders)
    subject = subject_of(brief, notice)
    names = {
        "brief": brief,
        "pen": pen,
        "chart": chart,
        "logo": logo,
        "notice": notice,
        "subject": subject,
        "range": steps(),
    }
    page = _filled(brief, folders, HTML, names)
    pictures = tuple(each for each in (chart, logo) if each and (each is not logo or f"cid:{each.cid}" in page))
    place = f"templates/{environment_of(tuple(folders), brief.template).folders.place(HTML)}"
    _check(page, {picture.cid for picture in pictures}, place)
    html = _inlined(page, place)
    return Letter(
        subject=subject,
        preheader=_line(pen, brief.front.deck or brief.front.headline),
        html=html,
        text=tidy(_filled(brief, folders, TEXT, names)),
        pictures=pictures,
    )


def subject_of(brief: Brief, notice: Notice | None = None) -> str:
    """Return the headline with the ticker if the line holds both, else what fits: nothing is cut inside a sentence."""
    mark = f"{notice.mark}: " if notice else ""
    headline = _line(Pen(brief), brief.front.headline)
    day = brief.as_of.isoformat()
    plain = phrase("{company}: brief of {day}", company=brief.company.short_name, day=day)
    lines = (f"{mark}{brief.company.ticker}: {headline}", f"{mark}{headline}", f"{mark}{plain}")
    fitting = next((line for line in lines if len(line) <= LONGEST_SUBJECT), None)
    shortest = phrase("{company}: brief of {day}", company=brief.company.ticker, day=day)
    return fitting or f"{mark}{shortest}"


def picture_of(brief: Brief, png: bytes, *, width: int, height: int) -> Picture | None:
    """Return the exhibit of page one as the letter's picture, with its alternative text; None if it has no drawing."""
    exhibit = brief.front.exhibit
    if exhibit is None or exhibit.drawing is None:
        return None
    alt = _line(Pen(brief), exhibit.drawing.alt)
    return Picture(cid="exhibit-1@brief", png=png, alt=alt, width=width, height=height)


def _logo(brief: Brief, folders: Sequence[Path]) -> Picture | None:
    """Return the brand's logo, written anew, 36 px high at most; None if the brand has none."""
    name = brief.brand.logo
    if not name:
        return None
    try:
        data = environment_of(tuple(folders), brief.template).folders.picture(name)
    except FAULTS as error:
        raise template_error(error) from error
    clean = cleaned(data, f"templates/{brief.template}/{name}")
    scale = min(LOGO_HEIGHT / clean.height, LOGO_WIDTH / clean.width, 1)
    width, height = max(1, round(clean.width * scale)), max(1, round(clean.height * scale))
    return Picture(cid="logo@brief", png=clean.data, alt=brief.brand.name, width=width, height=height)


def _line(pen: Pen, text: Text) -> str:
    """Return a text in one line with common spaces, as a header of a mail needs it."""
    return " ".join(pen.plain(text).split())


def _filled(brief: Brief, folders: Sequence[Path], name: str, names: dict[str, object]) -> str:
    environment = environment_of(tuple(folders), brief.template, text=name.endswith(".txt"))
    try:
        return environment.get_template(name).render(names)
    except FAULTS as error:
        raise template_error(error, whole=f"templates/{brief.template}/{name}") from error


def _inlined(html: str, place: str) -> str:
    """Return the page with its styles written into its elements; rules for small screens stay in the head."""
    from css_inline import CSSInliner, InlineError

    inliner = CSSInliner(keep_style_tags=False, keep_at_rules=True, load_remote_stylesheets=False)
    try:
        letter = inliner.inline(html)
    except InlineError as error:
        raise TemplateError(f"{place}: its styles cannot be written into the elements ({error})") from error
    if (size := len(letter.encode())) > LARGEST:
        raise TemplateError(f"{place}: it makes {size:,} bytes; mailboxes cut a letter off, keep it below {LARGEST:,}")
    return letter


class _Elements(HTMLParser):
    """Notes what a mail program would not show, or would have to fetch."""

    def __init__(self, pictures: set[str]) -> None:
        super().__init__()
        self.wanted = pictures
        self.used: set[str] = set()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in BANNED:
            self.faults.append(f"<{tag}> is not shown in e-mail")
        if "background" in given:
            self.faults.append("a background picture would be fetched")
        if LOADS.search(given.get("style") or ""):
            self.faults.append(f"the style of a <{tag}> names an address or a variable")
        if tag == "img":
            self._note_picture(given)

    def handle_data(self, data: str) -> None:
        if self.lasttag == "style" and LOADS.search(data):
            self.faults.append("a style names an address or a variable")

    def _note_picture(self, given: dict[str, str | None]) -> None:
        source = given.get("src") or ""
        cid = source.removeprefix("cid:")
        if not source.startswith("cid:") or cid not in self.wanted:
            self.faults.append(f"the picture {source[:80]!r} does not ride with the letter")
        if not given.get("alt"):
            self.faults.append("a picture has no alternative text")
        self.used.add(cid)


def _check(html: str, pictures: set[str], place: str) -> None:
    """Let a page pass that mail programs can show, and that makes nobody ask anyone for anything.

    Raises: TemplateError, with all that is wrong.
    """
    reader = _Elements(pictures)
    reader.feed(html)
    faults = list(dict.fromkeys(reader.faults))
    faults += [f"the picture {cid!r} is not shown" for cid in sorted(pictures - reader.used)]
    if faults:
        raise TemplateError(f"{place}: {'; '.join(faults)}; templates/README.md says what a letter may hold")
