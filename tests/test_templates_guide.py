"""The guide templates/README.md: its examples work, its commands run, and it names all there is."""

from __future__ import annotations

import io
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from fake_brief import fake_brief
from PIL import Image
from shipped import ROOT
from small_project import SmallProject
from typer.testing import CliRunner

from generator.cli.app import app
from generator.definitions import read_brand
from generator.definitions.brands import BrandFile, ColoursTable, FacesTable
from generator.page import fill_brief, fill_email, fill_markdown, fill_page

GUIDE = (ROOT / "templates" / "README.md").read_text("utf-8")
TEMPLATES = ROOT / "templates"
REPORT = """\
ticker = "AAPL"
peers = ["MSFT"]
[sections]
order = ["thesis"]
"""


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    """Return a folder of templates with the brand of the guide and the pictures it names."""
    folder = tmp_path / "templates" / "acme"
    folder.mkdir(parents=True)
    (brand,) = [text for text in examples("toml") if "[colours]" in text]
    (folder / "brand.toml").write_text(brand, "utf-8")
    out = io.BytesIO()
    Image.new("RGB", (80, 20), "#AA2211").save(out, "PNG")
    for name in ("logo.png", "seal.png"):
        (folder / name).write_bytes(out.getvalue())
    return folder


def test_the_brand_of_the_guide_is_a_brand_in_every_form(acme: Path) -> None:
    folders = (acme.parent, TEMPLATES)
    brief = replace(fake_brief(), brand=read_brand(folders, "acme"), template="acme")
    assert brief.brand.name == "ACME Research"
    for fill in (fill_brief, fill_page, fill_markdown):
        assert "Invented" in fill(brief, folders=folders)
    assert fill_email(brief, folders=folders).pictures


@pytest.mark.parametrize("words", examples("jinja"))
def test_the_templates_of_the_guide_can_be_filled(acme: Path, words: str) -> None:
    name = "sections/conclusion.html" if 'id="section-' in words else "brief.html"
    if name == "brief.html" and "{% extends" not in words:
        words = '{% extends "house/brief.html" %}\n' + words
    (acme / name).parent.mkdir(exist_ok=True)
    (acme / name).write_text(words, "utf-8")
    folders = (acme.parent, TEMPLATES)
    brief = replace(fake_brief(), brand=read_brand(folders, "acme"), template="acme")
    assert "ACME" in fill_brief(brief, folders=folders)


@pytest.mark.parametrize(
    "name", [*BrandFile.model_fields, *ColoursTable.model_fields, *FacesTable.model_fields, "required"]
)
def test_the_guide_names_every_key_of_a_brand(name: str) -> None:
    assert re.search(rf"^{name} =|`{name}`|\[{name}\]|`[^`\n]*\b{name}\b[^`\n]*`", GUIDE, re.MULTILINE), name


def test_the_guide_names_every_block() -> None:
    names = set()
    for path in ("brief.html", "sections/sources.html"):
        names |= set(re.findall(r"{% block (\w+)", (TEMPLATES / "house" / path).read_text("utf-8")))
    for name in names:
        assert f"`{name}`" in GUIDE, name


def test_the_commands_of_the_guide_are_commands() -> None:
    commands = [line.split() for line in GUIDE.splitlines() if line.startswith("brief ")]
    assert [command[1] for command in commands] == ["template", "preview", "gallery", "export"]
    for command in commands:
        options = re.findall(r"--[\w-]+", " ".join(command))
        names = [each for each in command[1:3] if each.isalpha() and each.islower()]
        result = CliRunner().invoke(app, [*names, "--help"], env={"COLUMNS": "200"})
        assert result.exit_code == 0
        plain = re.sub(r"\x1b\[[\d;]*m", "", result.output)
        assert all(option in plain for option in options)


def near(wanted: tuple[int, int, int], colours: set[tuple[int, int, int]]) -> bool:
    """Whether a colour is there, give or take what a sheet of few colours and small pictures loses."""
    return any(max(abs(a - b) for a, b in zip(wanted, each, strict=True)) <= 12 for each in colours)


def test_one_command_and_one_file_make_a_brand_of_ones_own(project: SmallProject) -> None:
    """And the gallery shows it beside those that ship."""
    shutil.rmtree(project.root / "seeds")
    shutil.copytree(ROOT / "seeds", project.root / "seeds")
    project.write("reports/aapl.toml", REPORT)
    assert CliRunner().invoke(app, ["template", "new", "acme"]).exit_code == 0
    project.swap("templates/acme/brand.toml", "#BF4713", "#7A1020")
    result = CliRunner().invoke(
        app, ["gallery", "AAPL", "--brand", "acme", "--brand", "harbour", "--as-of", "2025-10-02"]
    )
    assert result.exit_code == 0, result.output
    place = project.root / "output" / "gallery"
    html = (place / "index.html").read_text("utf-8")
    for name in ("aapl-acme", "aapl-harbour"):
        assert (place / f"{name}.pdf").read_bytes().startswith(b"%PDF-")
        assert f'src="{name}-1.png"' in html
        assert f'href="{name}.pdf"' in html
    with Image.open(place / "sheet.png") as sheet:
        found = [colour for _, colour in sheet.convert("RGB").getcolors(1 << 24) or []]
        colours = {(colour[0], colour[1], colour[2]) for colour in found if isinstance(colour, tuple)}
    assert near((122, 16, 32), colours)
    assert near((11, 79, 74), colours)


def test_a_brand_that_cannot_be_made_does_not_stop_the_gallery(project: SmallProject) -> None:
    project.write("templates/pale/brand.toml", '[colours]\naccent = "#FFB000"\n')
    result = CliRunner().invoke(app, ["gallery", "ACME", "--brand", "pale", "--as-of", "2025-10-02"])
    assert result.exit_code == 2
    assert "colours.accent gives a contrast of 1.8" in result.stderr
    assert "colours.accent" in project.read("output/gallery/index.html")
