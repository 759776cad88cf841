"""`brief template`: a template folder of one's own."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from generator.cli.boundary import told
from generator.cli.folder import ready, write_files
from generator.cli.group import Listing
from generator.cli.options import HERE, ProjectDir
from generator.cli.project import project_at
from generator.errors import InputError

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
BRAND = """\
# The brand "{name}". What is left out is the house's; templates/README.md explains every key.
name = "{title}"
# logo = "logo.png"                  # a PNG or JPEG in this folder, instead of the name
# author = "A. Nalyst"               # who signs, where a report names nobody
# writing = "mixed"                  # who writes: rules (from the figures), a language model ("model"), or both
# footer = "For clients only."       # at the foot of each page, after name and date
# sections = ["thesis", "valuation", "financials", "risks"]  # the order, where a report gives none

[colours]
brand = "#0F2C4C"      # headings, rules, the dark end of the masthead
brand_2 = "#174A78"    # its light end
accent = "#BF4713"     # the company in charts, the answer of a section
teal = "#1F8A83"       # a fill of charts
blue = "#2F6DA8"       # links, data checks, a line of charts
panel = "#F6F3EC"      # the ground of the sidebar and of boxes
tint = "#FBEEE6"       # the company's row in a table

[faces]                # families that fonts.css has: "Source Serif 4", "Source Serif 4 Display", "Source Sans 3"
display = "Source Serif 4 Display"
text = "Source Serif 4"
sans = "Source Sans 3"

[disclosures]          # what is not stated is printed as not confirmed
# publisher = "ACME Research Ltd, 1 Main Street, London"
# conflicts = "Neither the publisher nor the author holds a position in the company."
required = ["publisher", "conflicts", "ratings", "licences"]
"""

app = typer.Typer(
    cls=Listing,
    rich_markup_mode=None,
    name="template",
    help="Template folders: how a brief looks.",
    no_args_is_help=True,
)


@app.command(name="new")
@told
def new(
    name: Annotated[str, typer.Argument(help="The folder's name: small letters, digits and hyphens.")],
    project: ProjectDir = HERE,
) -> None:
    """Write templates/NAME/brand.toml: seven colours, typefaces, logo, words and disclosures of a brand."""
    home = project_at(project)
    if not NAME.fullmatch(name) or name == "house":
        raise InputError.at("template", f'"{name[:60]}" cannot be a new template', "use small letters and digits")
    folder = home.root / "templates" / name
    taken = next((each / name for each in home.templates if (each / name).exists()), None)
    if taken is not None:
        raise InputError.at(str(taken), "there is already a template of that name", "edit it, or take another name")
    ready(folder)
    title = name.replace("-", " ").replace("_", " ").title()
    write_files(folder, {"brand.toml": BRAND.format(name=name, title=title).encode()})
    typer.echo(f'{folder / "brand.toml"}\nWrite template = "{name}" into a report file, then: brief build TICKER')
