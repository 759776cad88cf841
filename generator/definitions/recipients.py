"""Recipients: reports/recipients.toml, or recipients.csv, or both; who gets which brief, and how."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationError

from generator.definitions.form import TICKER_PATTERN, Line, Table
from generator.definitions.reading import read_text, read_toml
from generator.definitions.sentences import near, problems_of
from generator.errors import InputError, Problem
from generator.model.address import read_address
from generator.model.delivery import Channel, Recipient

RECIPIENTS, RECIPIENTS_CSV = "recipients.toml", "recipients.csv"
SCHEMA_ID = "recipients.schema.json"
ALL = "*"
LISTS = ("companies", "groups")

Company = Annotated[str, Field(pattern=rf"^\*$|{TICKER_PATTERN}", examples=["BABA", "*"])]
GroupName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 _-]{0,39}$")]
Companies = Annotated[tuple[Company, ...], Field(default=(), description='Tickers, or "*" for all.')]
Groups = Annotated[tuple[GroupName, ...], Field(default=(), description="Groups of [groups], whose companies it gets.")]


class Person(Table):
    """Somebody who gets mail."""

    address: Annotated[Line, AfterValidator(read_address)] = Field(description="The e-mail address.")
    name: Line = Field(default="", description="The name beside it.")
    companies: Companies
    groups: Groups
    language: str = Field(default="en", pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", description="Their language.")
    brand: Line = Field(default="", description="The brand their briefs bear. Without it: the report's.")
    pdf: Literal["attached", "linked"] = Field(default="attached", description="Whether the PDF is in the mail.")
    cadence: Literal["each", "digest"] = Field(default="each", description="A mail for each brief, or one a week.")
    suspended: Line = Field(default="", description="Why they get nothing for now. Without it: they do.")


class Folder(Table):
    """A folder that briefs are put into."""

    place: Line = Field(min_length=1, description='A path, or "s3://bucket/folder".')
    companies: Companies
    groups: Groups


class Webhook(Table):
    """A program that is told of each brief."""

    url: Line = Field(
        pattern=r"^(https://[!-~]+|http://(127\.0\.0\.1|localhost)[:/][!-~]*)$", description="An https:// address."
    )
    companies: Companies
    groups: Groups


class RecipientsFile(Table):
    """Who gets which brief: reports/recipients.toml."""

    groups: dict[GroupName, tuple[Company, ...]] = Field(default={}, description="Companies by the name of a group.")
    people: tuple[Person, ...] = Field(default=(), description="Who gets mail.")
    folders: tuple[Folder, ...] = Field(default=(), description="Folders that briefs are put into.")
    webhooks: tuple[Webhook, ...] = Field(default=(), description="Programs that are told of each brief.")


@dataclass(frozen=True, slots=True)
class Entry:
    """A recipient and where it stands."""

    where: str
    recipient: Recipient


def read_recipients(folder: Path) -> tuple[Recipient, ...]:
    """Return all recipients; `folder` is reports/. Without a file there are none.

    Raises:
        InputError: the files have problems, all of them told.
    """
    forms, problems = _forms(folder)
    groups = {name: companies for _, form in forms for name, companies in form.groups.items()}
    entries: list[Entry] = []
    for path, form in forms:
        problems += _unknown_groups(form, groups, path)
        entries += _entries(form, groups, path)
    problems += _twins(entries)
    if problems:
        raise InputError(problems)
    return tuple(entry.recipient for entry in entries)


def write_recipients_schema() -> dict[str, Any]:
    """Return the JSON Schema of recipients.toml."""
    text = json.dumps(RecipientsFile.model_json_schema()).replace("#/$defs/", "#/definitions/")
    schema: dict[str, Any] = json.loads(text)
    title = "The recipients of equity-brief"
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "$id": SCHEMA_ID, "title": title}
    rest = {"definitions": schema.pop("$defs")}
    return head | {key: value for key, value in schema.items() if key not in head} | rest


def _forms(folder: Path) -> tuple[list[tuple[Path, RecipientsFile]], list[Problem]]:
    forms: list[tuple[Path, RecipientsFile]] = []
    problems: list[Problem] = []
    for name, read in ((RECIPIENTS, read_toml), (RECIPIENTS_CSV, _read_csv)):
        path = folder / name
        if not path.is_file():
            continue
        try:
            forms.append((path, RecipientsFile.model_validate(read(path))))
        except ValidationError as error:
            problems += problems_of(error, str(path), form=RecipientsFile)
        except InputError as error:
            problems += error.problems
    return forms, problems


def _read_csv(path: Path) -> dict[str, Any]:
    """Return the people of a CSV file, whose lists are written "BABA; MSFT"."""
    reader = csv.DictReader(read_text(path).splitlines())
    unknown = [name for name in reader.fieldnames or () if name not in Person.model_fields]
    if unknown or "address" not in (reader.fieldnames or ()):
        what = f'"{unknown[0]}" is not a column' if unknown else "the column address is missing"
        raise InputError.at(f"{path}: line 1", what, f"use {', '.join(Person.model_fields)}")
    try:
        return {"people": [_of_line(line, path, reader.line_num) for line in reader]}
    except csv.Error as error:
        raise InputError.at(f"{path}: line {reader.line_num}", f"cannot be read ({error})") from None


def _of_line(line: Mapping[str | None, Any], path: Path, number: int) -> dict[str, Any]:
    if None in line or None in line.values():
        raise InputError.at(f"{path}: line {number}", "has not as many cells as there are columns")
    row = {str(key): value for key, value in line.items() if str(value).strip()}
    for key in LISTS:
        if key in row:
            row[key] = [name.strip() for name in row[key].split(";") if name.strip()]
    return row


def _entries(form: RecipientsFile, groups: Mapping[str, tuple[str, ...]], path: Path) -> Iterator[Entry]:
    for number, person in enumerate(form.people, start=1):
        yield Entry(f"{path}: people[{number}].address", _person(person, groups))
    for number, folder in enumerate(form.folders, start=1):
        companies = _companies(folder, groups)
        yield Entry(f"{path}: folders[{number}].place", _other("folder", folder.place, companies))
    for number, hook in enumerate(form.webhooks, start=1):
        yield Entry(f"{path}: webhooks[{number}].url", _other("webhook", hook.url, _companies(hook, groups)))


def _person(person: Person, groups: Mapping[str, tuple[str, ...]]) -> Recipient:
    return Recipient(
        address=person.address,
        name=person.name,
        companies=_companies(person, groups),
        language=person.language,
        brand=person.brand,
        pdf=person.pdf,
        cadence=person.cadence,
        suspended=person.suspended,
    )


def _other(channel: Channel, address: str, companies: tuple[str, ...]) -> Recipient:
    return Recipient(channel=channel, address=address, companies=companies)


def _companies(entry: Person | Folder | Webhook, groups: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return what an entry gets: its own companies, then those of its groups, each once."""
    of_groups = (company for name in entry.groups for company in groups.get(name, ()))
    return tuple(dict.fromkeys((*entry.companies, *of_groups)))


def _unknown_groups(form: RecipientsFile, groups: Mapping[str, object], path: Path) -> Iterator[Problem]:
    tables: dict[str, tuple[Person | Folder | Webhook, ...]] = {
        "people": form.people, "folders": form.folders, "webhooks": form.webhooks,
    }  # fmt: skip
    for kind, table in tables.items():
        for number, entry in enumerate(table, start=1):
            for name in entry.groups:
                if name not in groups:
                    advice = near(name, list(groups)) if groups else "write a table [groups]"
                    yield Problem(f"{path}: {kind}[{number}].groups", f'"{name}" is not a group', advice)


def _twins(entries: list[Entry]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for entry in entries:
        address = entry.recipient.address.casefold()
        if address in seen:
            what = f'"{entry.recipient.address}" stands twice'
            yield Problem(entry.where, what, f"keep one; the other is {seen[address]}")
        seen.setdefault(address, entry.where)
