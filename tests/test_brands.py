"""Brands: one short file, each colour readable, and a page that shows it."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from fake_brief import fake_brief
from PIL import Image
from shipped import ROOT, ledger_of
from small_project import SmallProject
from typer.testing import CliRunner

from generator import pipeline
from generator.cli.app import app
from generator.definitions import read_brand, read_report
from generator.errors import BriefError, InputError, TemplateError
from generator.model.brand import Brand
from generator.page import fill_brief, fill_email, fill_page
from generator.pdf import to_pdf
from generator.pictures import cleaned

TEMPLATES = ROOT / "templates"
SHIPPED = ("house", "harbour", "broadsheet")


def brand_of(folder: Path, text: str) -> Brand:
    path = folder / "templates" / "acme" / "brand.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return read_brand((folder / "templates", TEMPLATES), "acme")


def picture(width: int = 40, height: int = 20, form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#AA2211").save(out, form)
    return out.getvalue()


# --- the file --------------------------------------------------------------------------------------------------------


def test_without_a_file_the_brand_is_that_of_the_house() -> None:
    assert read_brand((TEMPLATES,), "house") == Brand()


def test_what_a_file_leaves_out_is_the_houses(tmp_path: Path) -> None:
    brand = brand_of(tmp_path, 'name = "ACME"\n[colours]\naccent = "#7A1020"\n[disclosures]\npublisher = "ACME Ltd"\n')
    assert (brand.name, brand.colours.accent, brand.colours.brand) == ("ACME", "#7A1020", Brand().colours.brand)
    assert brand.disclosures == {"publisher": "ACME Ltd"}
    assert brand.required == Brand().required


def test_a_brand_of_the_house_is_the_ground_of_every_other(tmp_path: Path) -> None:
    house = tmp_path / "templates" / "house" / "brand.toml"
    house.parent.mkdir(parents=True)
    house.write_text('name = "The Desk"\nauthor = "A. Nalyst"\n', "utf-8")
    brand = brand_of(tmp_path, 'name = "ACME"\n')
    assert (brand.name, brand.author) == ("ACME", "A. Nalyst")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('accent = "#FFB000"', r"colours\.accent gives a contrast of 1\.8 \(#FFB000 on #FFFFFF\); text needs 4\.5"),
        ('brand_2 = "#88AADD"', r"colours\.brand_2 gives a contrast of 1\.9 .* text needs 4\.5; take"),
        ('teal = "#9AD0CC"', r"colours\.teal gives a contrast of 1\.\d .* a fill needs 3\.0; take a darker"),
        ('tint = "#804020"', r"colours\.tint gives a contrast of .*; take a fainter colour"),
        ('panel = "#606060"', r"colours\.panel gives a contrast of .*; take a fainter colour"),
        ('accent = "tomato"', r'colours\.accent: "tomato" is not a colour; write it like #0F2C4C'),
        ('accent = "#FFF; } body { display: none"', r"colours\.accent: .* is not a colour"),
        ('acent = "#7A1020"', r"colours\.acent: the key is not known; did you mean 'accent'\?"),
    ],
)  # fmt: skip
def test_a_colour_that_could_not_be_read_is_refused_with_line_and_ratio(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(InputError, match=r"^templates/acme/brand\.toml, line 3: " + told):
        brand_of(tmp_path, f'name = "ACME"\n[colours]\n{line}\n')


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('logo = "../../etc/passwd"', "is not a picture beside the file"),
        ('logo = "logo.svg"', "is not a picture beside the file; name a PNG or JPEG"),
        ('faces.text = "A\\"; } @import url(x)"', "is not the name of a typeface"),
        ('sections = ["riks"]', "did you mean 'risks'"),
        ('disclosures.required = ["all"]', 'disclosures.required[1]: "all" is not known'),
    ],
)
def test_other_keys_are_held_to_their_form(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(InputError) as raised:
        brand_of(tmp_path, line + "\n")
    assert told in str(raised.value)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="larger than 256,000 bytes"):
        brand_of(tmp_path, "#" * 300_000)


# --- the page --------------------------------------------------------------------------------------------------------


def test_a_report_says_more_than_its_brand(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "acme"
    folder.mkdir(parents=True)
    (folder / "brand.toml").write_text(
        'name = "ACME"\nauthor = "A. Nalyst"\nsections = ["risks", "thesis"]\n[colours]\naccent = "#7A1020"\n'
        '[disclosures]\npublisher = "ACME Ltd"\nconflicts = "None."\n',
        "utf-8",
    )
    report = replace(
        read_report(ROOT / "reports" / "aapl.toml"), template="acme", author="", disclosures={"conflicts": "One."}
    )
    brief = pipeline.compose_brief(report, ledger_of("AAPL"), templates=(tmp_path / "templates", TEMPLATES))
    assert [section.key for section in brief.sections] == ["risks", "thesis", "notes", "sources"]
    assert (brief.brand.name, brief.author) == ("ACME", "A. Nalyst")
    assert brief.disclosures == {"publisher": "ACME Ltd", "conflicts": "One."}
    assert brief.front.exhibit is not None
    assert brief.front.exhibit.drawing is not None
    assert "#7a1020" in brief.front.exhibit.drawing.svg.lower(), "charts have the colours of the brand"


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_brands_can_be_read_and_are_told_apart(name: str) -> None:
    brand = read_brand((TEMPLATES,), name)
    others = [read_brand((TEMPLATES,), each) for each in SHIPPED if each != name]
    for other in others:
        assert brand.name != other.name
        assert brand.colours.brand != other.colours.brand
        assert brand.faces != other.faces
    path = TEMPLATES / name / "brand.toml"
    assert not path.exists() or len(path.read_text("utf-8").splitlines()) <= 30


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_brands_fill_every_form(name: str) -> None:
    brief = replace(fake_brief(), brand=read_brand((TEMPLATES,), name), template=name)
    for fill in (fill_brief, fill_page):
        assert brief.brand.colours.accent in fill(brief, folders=(TEMPLATES,))
    assert brief.brand.colours.accent in fill_email(brief, folders=(TEMPLATES,)).html


WORDS = '[hot]\nwords = ["up"]\nrule = "never"\nneeds = "nothing: {word} is not said"\n'


def test_a_brand_has_words_of_its_own_that_its_briefs_are_held_to(tmp_path: Path) -> None:
    brand_of(tmp_path, 'name = "ACME"\n')
    folder = tmp_path / "templates" / "acme"
    report = replace(read_report(ROOT / "reports" / "aapl.toml"), template="acme")

    def promised() -> int:
        brief = pipeline.compose_brief(report, ledger_of("AAPL"), templates=(tmp_path / "templates", TEMPLATES))
        return sum("up" in str(each.message) for each in brief.findings if each.check == "promises")

    before = promised()
    (folder / "vocabulary.toml").write_text(WORDS, "utf-8")
    assert promised() > before
    (folder / "vocabulary.toml").write_text("[hot]\nwords = 3\n", "utf-8")
    with pytest.raises(InputError, match=r"acme/vocabulary\.toml"):
        promised()


# --- pictures --------------------------------------------------------------------------------------------------------


def test_a_logo_stands_in_the_page_and_in_the_letter(tmp_path: Path) -> None:
    brand = brand_of(tmp_path, 'name = "ACME"\nlogo = "logo.png"\n')
    (tmp_path / "templates" / "acme" / "logo.png").write_bytes(picture(400, 100))
    folders = (tmp_path / "templates", TEMPLATES)
    brief = replace(fake_brief(), brand=brand, template="acme")
    html = fill_brief(brief, folders=folders)
    assert '<img src="acme/logo.png" alt="ACME">' in html
    page = '<html lang="en"><title>A</title><body><img src="acme/logo.png" alt="ACME">'
    assert b"/XObject" in to_pdf(page, folders=folders, created=brief.as_of).pdf
    letter = fill_email(brief, folders=folders)
    (logo,) = letter.pictures
    assert (logo.width, logo.height, logo.alt) == (144, 36, "ACME")
    assert 'src="cid:logo@brief" width="144" height="36" alt="ACME"' in letter.html


def test_a_picture_is_written_anew_without_what_else_its_file_held() -> None:
    whole = picture(form="JPEG") + b"<?php system($_GET['x']); ?>"
    clean = cleaned(whole, "templates/acme/logo.jpg")
    assert clean.data.startswith(b"\x89PNG")
    assert b"php" not in clean.data
    assert (clean.width, clean.height) == (40, 20)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "no picture that can be read"),
        (picture(form="GIF"), "no picture that can be read"),
        (b"", "no picture that can be read"),
        (b"\x89PNG" + b"0" * 2_100_000, "use one of at most 2,000,000"),
        (picture(13_000, 1_300), "13,000 by 1,300 pixels; use one of at most 16,000,000 in all"),
    ],
)
def test_other_pictures_are_refused(data: bytes, told: str) -> None:
    with pytest.raises(TemplateError, match=r"^templates/acme/logo\.png: ") as raised:
        cleaned(data, "templates/acme/logo.png")
    assert told in str(raised.value)


def test_a_picture_that_is_refused_stops_the_pdf(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "acme"
    folder.mkdir(parents=True)
    (folder / "logo.png").write_bytes(picture(form="GIF"))
    (folder / "logo.svg").write_text("<svg/>", "utf-8")
    for name, told in (("logo.png", "no picture that can be read"), ("logo.svg", "PNG or JPEG pictures")):
        page = f'<html lang="en"><title>A</title><body><img src="acme/{name}" alt="A">'
        with pytest.raises(BriefError, match=told):
            to_pdf(page, folders=(tmp_path / "templates", TEMPLATES), created=fake_brief().as_of)


# --- the command -----------------------------------------------------------------------------------------------------


def test_one_command_gives_a_brand_of_at_most_thirty_lines(project: SmallProject) -> None:
    result = CliRunner().invoke(app, ["template", "new", "acme-research"])
    assert result.exit_code == 0, result.output
    text = project.read("templates/acme-research/brand.toml")
    assert len(text.splitlines()) <= 30
    brand = read_brand((project.root / "templates", TEMPLATES), "acme-research")
    assert brand == replace(Brand(), name="Acme Research"), "as it stands, it is the house's"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("harbour", "there is already a template of that name"),
        ("house", "cannot be a new template"),
        ("../acme", "cannot be a new template"),
        ("ACME", "cannot be a new template"),
    ],
)
@pytest.mark.usefixtures("project")
def test_a_name_that_is_taken_or_none_is_refused(name: str, told: str) -> None:
    result = CliRunner().invoke(app, ["template", "new", name])
    assert result.exit_code == 2
    assert told in result.stderr


def test_a_check_of_the_reports_tells_the_problems_of_their_brands(project: SmallProject) -> None:
    project.write("templates/pale/brand.toml", '[colours]\naccent = "#FFB000"\n')
    project.swap("reports/acme.toml", 'ticker = "ACME"', 'ticker = "ACME"\ntemplate = "pale"')
    result = CliRunner().invoke(app, ["check"])
    assert result.exit_code == 2
    assert result.stdout.count("templates/pale/brand.toml, line 2: colours.accent gives a contrast of 1.8") == 1
