"""Settings: what holds for a whole project, read from reports/settings.toml; without the file, the defaults below."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator

from generator.definitions.form import Line, Once, Table
from generator.definitions.mail import MailTable
from generator.definitions.reading import read_toml
from generator.definitions.sentences import problems_of
from generator.errors import InputError

SETTINGS = "settings.toml"
SCHEMA_ID = "settings.schema.json"

SourceName = Literal["kpis", "edgar", "yahoo", "seeds"]
KindName = Literal["profile", "prices", "fx", "statements", "consensus", "other"]
Order = Annotated[tuple[SourceName, ...], Once, Field(min_length=1)]


class Sources(Table):
    """Where facts come from."""

    live: bool = Field(default=False, description="Whether `brief build` asks the live sources without --live.")
    order: Order = Field(
        default=("kpis", "edgar", "yahoo", "seeds"),
        description="The sources in the order in which they are asked; one that is left out is not asked.",
    )
    kinds: dict[KindName, Order] = Field(default={}, description="The order for one kind of fact, where it differs.")


class Store(Table):
    """Where raw answers, snapshots and what was sent are kept."""

    url: Line = Field(
        default="",
        description='A SQLite file ("desk.sqlite3", below the project), or a PostgreSQL server: '
        '"postgresql://brief@db.example.com/brief". Without it: output/store/store.sqlite3.',
    )
    objects: Line = Field(
        default="",
        description='The folder of large things, named by their hash: a path, or "s3://bucket/folder". Without it: '
        "objects/ beside the SQLite file.",
    )
    oldest_days: int = Field(
        default=10, ge=0, le=3660, description="How old a stored snapshot may be for a brief to stand on it, in days."
    )

    @field_validator("url")
    @classmethod
    def _holds_no_password(cls, text: str) -> str:
        parts = urlsplit(text)
        if parts.password is not None or "password=" in parts.query:
            raise ValueError("it holds a password; take it out, and set PGPASSWORD or write it into ~/.pgpass")
        if parts.scheme not in ("", "sqlite", "postgresql") and len(parts.scheme) > 1:
            raise ValueError(f'"{parts.scheme}" is not a kind of store; use a file, or postgresql://')
        return text

    @model_validator(mode="after")
    def _is_shared_whole(self) -> Store:
        if self.url.startswith("postgresql:") and not self.objects:
            raise ValueError(
                "objects is missing; with a PostgreSQL store, name a folder or s3:// address that all its machines see"
            )
        return self


class Edgar(Table):
    """How the SEC is asked."""

    contact: Line = Field(
        default="",
        description='Who asks, with an address, as the SEC demands: "Example Research desk@example.com". Without it, '
        "the SEC is not asked.",
    )


class Batch(Table):
    """How many briefs are made at once, and what one may take."""

    workers: int = Field(default=0, ge=0, le=256, description="Worker processes. 0: one a core, as memory allows.")
    seconds: float = Field(default=300, gt=0, le=86_400, description="How long one brief may take.")
    memory_mb: int = Field(
        default=3000, ge=1000, le=1_000_000, description="How much address space one brief may take (Linux only)."
    )
    cluster: Line = Field(default="", description='A Dask scheduler that makes them: "tls://scheduler:8786".')


class Settings(Table):
    """One project's settings: reports/settings.toml. Every key may be left out."""

    sources: Sources = Field(default=Sources(), description="Where facts come from.")
    store: Store = Field(default=Store(), description="Where raw answers and snapshots are kept.")
    edgar: Edgar = Field(default=Edgar(), description="How the SEC is asked.")
    batch: Batch = Field(default=Batch(), description="How many briefs are made at once, and what one may take.")
    mail: MailTable | None = Field(default=None, description="How mail is sent. Without it, none is.")


def read_settings(folder: Path) -> Settings:
    """Return the settings of a project; `folder` is reports/.

    Raises:
        InputError: the file has problems, all of them told.
    """
    path = folder / SETTINGS
    if not path.is_file():
        return Settings()
    try:
        return Settings.model_validate(read_toml(path))
    except ValidationError as error:
        raise InputError([*problems_of(error, str(path), form=Settings)]) from None


def write_settings_schema() -> dict[str, Any]:
    """Return the JSON Schema of the settings file."""
    text = json.dumps(Settings.model_json_schema()).replace("#/$defs/", "#/definitions/")
    schema: dict[str, Any] = json.loads(text)
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "$id": SCHEMA_ID, "title": "Settings of equity-brief"}
    rest = {"definitions": schema.pop("$defs")}
    return head | {key: value for key, value in schema.items() if key not in head} | rest
