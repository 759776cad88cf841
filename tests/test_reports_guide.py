"""The guide reports/README.md: its examples run, and it names all there is."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from small_project import SmallProject
from typer.testing import CliRunner

from generator.checks import CHECKS
from generator.checks.vocabulary import RULES
from generator.cli import app
from generator.definitions import SECTIONS, read_recipients, read_report, read_settings
from generator.definitions.form import ApprovalTable, Comparison, Disclosures, ReportFile, ScheduleTable, Window
from generator.definitions.mail import MailboxTable, MailTable
from generator.definitions.recipients import Person
from generator.definitions.settings import KindName
from generator.model.period import KINDS
from generator.sources.facts import COLUMNS, QUALIFIER
from generator.sources.kpis import KpiSource
from generator.sources.units import UNITS, unit_of

GUIDE = (Path(__file__).parents[1] / "reports" / "README.md").read_text(encoding="utf-8")


def examples(language: str) -> list[str]:
    """Return the guide's examples in a language."""
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


def of_figures(text: str) -> bool:
    """Tell a file of figures from a report file."""
    return "fact" in tomllib.loads(text)


@pytest.mark.parametrize("text", [text for text in examples("toml") if not of_figures(text)])
def test_the_report_files_of_the_guide_can_be_read(project: SmallProject, text: str) -> None:
    """As they stand."""
    path = project.write("reports/example.toml", text)
    assert read_report(path).ticker == tomllib.loads(text)["ticker"]


def test_the_settings_of_the_guide_can_be_read_and_name_every_key(project: SmallProject) -> None:
    """Of the sources, the store and the SEC."""
    (text,) = examples("toml sources")
    project.write("reports/settings.toml", text)
    settings = read_settings(Path("reports"))
    assert settings.edgar.contact.endswith("desk@example.com")
    for table in (settings.sources, settings.store, settings.edgar):
        for key in type(table).model_fields:
            assert re.search(rf"^(\[sources\.)?{key}\b", text, re.MULTILINE), key
    for kind in get_args(KindName):
        assert kind in text


def test_the_kpi_file_of_the_guide_can_be_read(project: SmallProject) -> None:
    """Every line of it."""
    (text,) = examples("csv")
    project.write("reports/acme/kpis.csv", text)
    facts = KpiSource(Path("reports"), today=date(2025, 10, 6)).collect("ACME", date(2025, 10, 2)).facts
    assert len(facts) == len(text.splitlines()) - 1


def test_the_kpi_file_in_toml_of_the_guide_can_be_read(project: SmallProject) -> None:
    """Every table of it."""
    (text,) = [text for text in examples("toml") if of_figures(text)]
    (project.root / "reports/acme/kpis.csv").unlink(missing_ok=True)
    project.write("reports/acme/kpis.toml", text)
    facts = KpiSource(Path("reports"), today=date(2025, 10, 6)).collect("ACME", date(2025, 10, 2)).facts
    assert len(facts) == text.count("[[fact]]")


@pytest.mark.parametrize(
    "name",
    [
        *ReportFile.model_fields,
        *Disclosures.model_fields,
        *ScheduleTable.model_fields,
        *ApprovalTable.model_fields,
        *SECTIONS,
        *CHECKS,
        *COLUMNS,
        *KINDS,
        *UNITS,
        *get_args(Window),
        *get_args(Comparison),
    ],
)
def test_the_guide_names_every_key(name: str) -> None:
    """Keys, sections, checks, columns, periods, units and options."""
    assert re.search(rf"`[^`\n]*\b{re.escape(name)}|`{re.escape(name)}`|\[{re.escape(name)}", GUIDE), name


def test_the_units_of_the_guide_are_units() -> None:
    """Also those that name what they count."""
    table = GUIDE.partition("| unit | means |")[2].partition("\n\n")[0]
    words = re.findall(r"`([^`]+)`", "\n".join(line.split(" | ")[0] for line in table.splitlines()))
    assert len(words) > len(UNITS)
    assert all(unit_of(each) for each in words)


def test_the_qualifiers_of_the_guide_are_known() -> None:
    """They are printed before a figure."""
    line = next(line for line in GUIDE.splitlines() if line.startswith("| `note`"))
    words = [each for each in re.findall(r"`([^`]+)`", line) if each != "note"]
    assert len(words) == 8
    assert all(QUALIFIER.fullmatch(each) for each in words)


def test_the_guide_lists_every_check_as_the_table_has_it() -> None:
    """With its level, its limits and the reason why it is there."""
    for each in CHECKS.values():
        limits = "".join(f"; `{name}` {limit:g}" for name, limit in each.limits.items())
        assert f"| `{each.name}` ({each.level}{limits}) | {each.why} |" in GUIDE


def test_the_vocabulary_of_the_guide_can_be_read(project: SmallProject) -> None:
    """As it stands, beside the report files; its rules are all there are."""
    project.write("reports/vocabulary.toml", examples("toml vocabulary")[0])
    path = project.write("reports/example.toml", 'ticker = "ACME"\n')
    assert [word.name for word in read_report(path).vocabulary] == ["hot"]
    assert all(f"`{rule}`" in GUIDE for rule in RULES)


def test_the_recipients_of_the_guide_can_be_read(project: SmallProject) -> None:
    """People, a folder and a webhook."""
    (text,) = examples("toml recipients")
    project.write("reports/recipients.toml", text)
    assert [each.channel for each in read_recipients(Path("reports"))] == ["email", "email", "folder", "webhook"]


def test_the_mail_settings_of_the_guide_can_be_read(project: SmallProject) -> None:
    """As they stand."""
    (text,) = examples("toml settings")
    project.write("reports/settings.toml", text)
    mail = read_settings(Path("reports")).mail
    assert mail is not None
    assert mail.mail().audit_address == "audit@desk.example"


@pytest.mark.parametrize("name", sorted({*MailTable.model_fields, *MailboxTable.model_fields, *Person.model_fields}))
def test_the_guide_names_every_key_of_mail_and_of_recipients(name: str) -> None:
    """In its tables or its examples."""
    assert re.search(rf"`{name}`|^{name} = |\[mail\.{name}\]|`{name} = ", GUIDE, re.MULTILINE), name


SENDING = [
    line.split("#")[0].split()[1:] for line in GUIDE.splitlines() if re.match("brief (send|recip|deliv|bounc)", line)
]


@pytest.mark.parametrize("words", SENDING, ids=" ".join)
def test_the_commands_of_sending_exist(words: list[str]) -> None:
    """With the options shown."""
    result = CliRunner().invoke(app, [*words, "--help"])
    assert result.exit_code == 0, result.output
    options = [word for word in words if word.startswith("--")]
    plain = re.sub(r"\x1b\[[0-9;]*m", "", result.output)
    assert all(option in plain for option in options)
