"""Form: every key a report file may hold, its type and its explanation for the editor."""

from __future__ import annotations

import json
from datetime import date, time, timedelta
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema, field_validator, model_validator

from generator.model.authorship import Writing
from generator.model.schedule import Approval, Schedule

TICKER_PATTERN = r"^[A-Z0-9][A-Z0-9.\-=^]{0,14}$"
SCHEMA_ID = "report.schema.json"

Section = Literal[
    "takeaways", "changes", "thesis", "strategy", "landscape", "valuation", "financials", "risks", "implications",
    "conclusion", "notes", "sources",
]  # fmt: skip
Worded = Literal[
    "changes", "thesis", "strategy", "landscape", "valuation", "financials", "risks", "implications", "conclusion",
    "notes",
]  # fmt: skip
Window = Literal["1w", "1m", "3m", "6m", "ytd", "1y", "3y", "5y"]
Comparison = Literal[
    "market_value", "revenue", "revenue_growth", "operating_margin", "net_margin", "capital_expenditure",
    "capex_intensity", "price_change", "pe_ttm", "pe_forward", "ps_ttm", "pb", "ev_ebitda", "fcf_yield",
]  # fmt: skip
Level = Literal["off", "note", "warn", "block"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
SECTIONS: tuple[Section, ...] = get_args(Section)

Ticker = Annotated[str, Field(pattern=TICKER_PATTERN, examples=["BABA", "9988.HK"])]
Line = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
Words = Annotated[str, Field(max_length=4000)]


def _without_repeats(names: tuple[str, ...]) -> tuple[str, ...]:
    for i, name in enumerate(names):
        if name in names[:i]:
            raise ValueError(f'"{name}" stands twice; take one out')
    return names


Once = AfterValidator(_without_repeats)


class Table(BaseModel):
    """A table of a report file: a key it does not know is a problem."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Takeaways(Table):
    """Options of the key takeaways on page one."""

    limit: int | None = Field(default=None, ge=1, le=4, description="Bullets at most. Without it: 4.")


class Landscape(Table):
    """Options of the competitive landscape."""

    columns: Annotated[tuple[Comparison, ...], Once] | None = Field(
        default=None,
        min_length=2,
        max_length=9,
        description="Columns of the peer table, in their order. Without it: eight.",
    )


class Valuation(Table):
    """Options of valuation and sentiment."""

    windows: Annotated[tuple[Window, ...], Once] | None = Field(
        default=None, min_length=1, description="Windows of the price told besides the year to date, in their order."
    )


class Financials(Table):
    """Options of the financial summary."""

    years: int | None = Field(default=None, ge=3, le=5, description="Fiscal years shown. Without it: 5.")
    quarters: int | None = Field(default=None, ge=4, le=8, description="Quarters shown. Without it: 8.")


class Risks(Table):
    """Options of the risks."""

    limit: int | None = Field(
        default=None, ge=1, le=12, description="Curated risks at most, newest first. Without it: 3."
    )


class Sections(Table):
    """Which sections the brief has, and what each of them is told."""

    order: Annotated[tuple[Section, ...], Once] = Field(
        default=SECTIONS, min_length=1, description="The sections in their order. Without it: the brand's, or all."
    )
    takeaways: Takeaways = Takeaways()
    landscape: Landscape = Landscape()
    valuation: Valuation = Valuation()
    financials: Financials = Financials()
    risks: Risks = Risks()


Checks = Annotated[
    dict[str, Any],
    WithJsonSchema(
        {
            "type": "object",
            "additionalProperties": {
                "anyOf": [
                    {"enum": list(get_args(Level)), "type": "string"},
                    {
                        "type": "object",
                        "properties": {"level": {"enum": list(get_args(Level)), "type": "string"}},
                        "additionalProperties": {"type": "number"},
                    },
                ]
            },
        }
    ),
]
"""Checks by name; what stands in it is looked at with the table of checks, in `beyond`."""


class Override(Table):
    """A finding that a person answers for; it is printed with the name and the reason."""

    check: Line = Field(min_length=1, description="The check's name.")
    fact: Line = Field(default="", description="The id of a fact the finding names.")
    place: Line = Field(default="", description='Where the finding stands: "valuation, exhibit 9".')
    by: Line = Field(min_length=1, description="Who answers for it.")
    reason: Line = Field(min_length=1, description="Why it may stand.")

    @model_validator(mode="after")
    def _is_about_something(self) -> Override:
        if not self.fact and not self.place:
            raise ValueError("it names neither fact nor place; write fact = or place = as the data notes name it")
        return self


class Disclosures(Table):
    """What the publisher states at the back of the brief; what is left out is printed as not confirmed."""

    publisher: Words | None = Field(default=None, description="Who publishes the brief: the legal entity.")
    address: Words | None = Field(default=None, description="The publisher's address.")
    label: Words | None = Field(default=None, description='What the brief is in law: "Marketing communication".')
    reviewer: Words | None = Field(default=None, description="Who reads the brief and answers for it.")
    reviewed_on: date | None = Field(default=None, description="The day of that reading, within a week of the brief's.")
    licence: Words | None = Field(default=None, description="Under which terms the brief may be passed on.")
    conflicts: Words | None = Field(default=None, description="Positions and mandates of author and publisher.")
    machine: Words | None = Field(default=None, description="Replaces the note on machine-generated content.")
    advice: Words | None = Field(default=None, description="Replaces the note that this is no recommendation.")
    certification: Words | None = Field(default=None, description="Replaces the note on analyst certification.")
    ratings: Words | None = Field(default=None, description="The history of the publisher's own ratings.")
    licences: Words | None = Field(default=None, description="Licences of the data shown.")
    method: Words | None = Field(default=None, description="Replaces the note on method.")
    definitions: Words | None = Field(default=None, description="Replaces the list of abbreviations.")
    risk: Words | None = Field(default=None, description="Replaces the risk warning.")


class ScheduleTable(Table):
    """When a brief is due. Without it: weekly, after the last session of the week."""

    paused: bool = Field(default=False, description="No brief is due by itself; `brief run TICKER` still makes one.")
    weekday: Weekday | None = Field(
        default=None, description="The weekday whose session is told. Without it: the last session of the week."
    )
    settle_hours: float = Field(default=2, ge=0, le=72, description="Hours to wait after the exchange has closed.")
    earliest: str = Field(
        default="", pattern=r"^(([01]\d|2[0-3]):[0-5]\d)?$", description='Not before this time of day: "18:30".'
    )
    time_zone: Line = Field(default="", description='The time zone of that time: "Europe/Berlin". Without it: UTC.')
    exchange: str = Field(
        default="",
        pattern=r"^([A-Z0-9]{4})?$",
        description='The exchange by its MIC: "XNYS". Without it: the listing\'s.',
    )
    on_filing: bool = Field(default=False, description="Also when a new filing has been published since.")
    on_move: str = Field(
        default="", pattern=r"^(\d{1,2}(\.\d{1,2})?%)?$", description='Also when the price has moved this much: "5%".'
    )
    catch_up: Literal["none", "last", "all"] = Field(
        default="last", description="Missed weeks: none is made late, the last one is, or all of them are."
    )

    @field_validator("time_zone")
    @classmethod
    def _real_zone(cls, text: str) -> str:
        try:
            ZoneInfo(text or "UTC")
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f'"{text}" is not a time zone; write it as "Europe/Berlin"') from None
        return text

    def schedule(self) -> Schedule:
        """Return it as the rest of the program takes it."""
        return Schedule(
            paused=self.paused,
            weekday=None if self.weekday is None else WEEKDAYS.index(self.weekday),
            settle=timedelta(hours=self.settle_hours),
            earliest=time.fromisoformat(self.earliest) if self.earliest else None,
            time_zone=self.time_zone,
            exchange=self.exchange,
            on_filing=self.on_filing,
            on_move=float(self.on_move.rstrip("%")) / 100 if self.on_move else None,
            catch_up=self.catch_up,
        )


class ApprovalTable(Table):
    """Who must approve a brief before it is sent."""

    need: Literal["one", "two", "automatic"] = Field(
        default="one",
        description="One person, two people, or nobody where no finding is graver than a note.",
    )
    send_last_good: bool = Field(
        default=False, description="Where the new brief is blocked, send the last approved one again, with its date."
    )

    def approval(self) -> Approval:
        """Return it as the rest of the program takes it."""
        return Approval(need=self.need, send_last_good=self.send_last_good)


Language = Literal["en", "de", "ja", "zh-Hans"]
"""English, and each language that generator/language has a catalogue of."""


class ReportFile(Table):
    """One company's standing order: reports/<ticker>.toml."""

    ticker: Ticker = Field(description="The listing the brief is about. The only key that must be there.")
    name: Line = Field(default="", description="The company's full name. Without it: from the sources.")
    short_name: Line = Field(default="", description='What the text calls the company: "Alibaba".')
    native_name: Line = Field(default="", description="The name in the company's own script.")
    native_lang: str = Field(
        default="", pattern=r"^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$", description='Its language: "zh-Hans", "ja".'
    )
    peers: Annotated[tuple[Ticker, ...], Once] = Field(
        default=(), max_length=12, description="Companies to compare with, at most 12."
    )
    benchmark: Ticker = Field(default="SPY", description="An index fund to measure the price against.")
    fiscal_year_end: str = Field(
        default="", pattern=r"^(\d{2}-\d{2})?$", description='Month and day the fiscal year ends: "03-31".'
    )
    ads_ratio: float | None = Field(default=None, gt=0, le=10_000, description="Ordinary shares per ADS.")
    template: str = Field(
        default="house", pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$", description="A folder in templates/; house has all."
    )
    brand: Line = Field(default="", description="The name in the running head.")
    language: Language = Field(default="en", description="The language of the text, of its numbers and its dates.")
    paper: Literal["A4", "Letter"] = Field(default="A4", description="The paper size.")
    author: Line = Field(default="", description="Who signs the brief.")
    writing: Writing | None = Field(
        default=None,
        description="Who writes the sentences: rules (from the figures), a language model, or both (mixed). "
        "Without it: the brand's, or rules.",
    )
    kpis: Line = Field(default="", description="The KPI file, below reports/; else <ticker>/kpis.toml or kpis.csv.")
    sections: Sections = Field(default=Sections(), description="The sections and their options.")
    words: dict[Worded, str] = Field(
        default={},
        description='The analyst\'s own words by section: Markdown, or a file below reports/ ("baba/thesis.md").',
    )
    checks: Checks = Field(
        default={}, description="The level of a check's findings, by the check's name; or a table of level and limits."
    )
    overrides: tuple[Override, ...] = Field(default=(), description="Findings that a person answers for.")
    disclosures: Disclosures = Field(default=Disclosures(), description="What the publisher states at the back.")
    schedule: ScheduleTable = Field(default=ScheduleTable(), description="When a brief is due.")
    approval: ApprovalTable = Field(default=ApprovalTable(), description="Who must approve it before it is sent.")

    @field_validator("fiscal_year_end")
    @classmethod
    def _real_day(cls, text: str) -> str:
        try:
            date.fromisoformat(f"2024-{text or '12-31'}")
        except ValueError:
            raise ValueError(f'"{text}" is not a month and day; write it as "03-31"') from None
        return text


def write_schema() -> dict[str, Any]:
    """Return the JSON Schema of a report file, from which editors complete keys and check values."""
    # Draft 7, which the editors' TOML plugins read, says "definitions" where pydantic writes "$defs".
    text = json.dumps(ReportFile.model_json_schema()).replace("#/$defs/", "#/definitions/")
    schema: dict[str, Any] = json.loads(text)
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "$id": SCHEMA_ID, "title": "A report of equity-brief"}
    rest = {"definitions": schema.pop("$defs")}
    return head | {key: value for key, value in schema.items() if key not in head} | rest
